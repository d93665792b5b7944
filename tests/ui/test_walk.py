"""Walk the flow by keys and clicks; what counts is what the audit says afterwards."""

import datetime as dt

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import Answer, Reply, Review
from app.domain.bank import Grade
from app.domain.edits import answers
from app.domain.ids import PersonId, QuestionId, StageId, Target, WorkflowId
from app.domain.landscape import Mechanism
from app.ui.finder import Finder
from app.ui.page import Bench, Place
from app.ui.pages.walk import WalkPage
from tests.ui.walking import answer, at, shown_page, type_in

IDEA = WorkflowId("rosters")
CONFIRMED = WorkflowId("complaints")
FACTS = QuestionId("CX-01")


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> WalkPage:
    return shown_page(bench, qtbot)


def test_a_digit_answers_and_keeps_the_mode(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, IDEA, FACTS)
    type_in(qtbot, page, "3")
    found = answer(desk, IDEA, FACTS)
    assert found.settled
    assert found.settled.level == 3
    assert (found.review, found.mode) == (Review.AGREED, "core")
    assert desk.undo_label == "Answer CX-01 for Shift plan proposals"
    assert page.card.levels[3].isChecked()
    assert not page.card.levels[1].isChecked()


def test_a_click_answers_too(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, IDEA, FACTS)
    qtbot.mouseClick(page.card.levels[2], Qt.MouseButton.LeftButton)
    assert answer(desk, IDEA, FACTS).settled.level == 2  # type: ignore[union-attr]


def test_grades_and_proof_are_typed_in_line(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, IDEA, FACTS)
    type_in(qtbot, page, "3e3")
    assert QApplication.focusWidget() is page.card.grades.title
    type_in(qtbot, page, "Role sheet\nWiki\nt\nIngrid\n")
    said = answer(desk, IDEA, FACTS).settled
    assert said
    assert said.grade is Grade.DOCUMENTED
    assert said.proof
    proof = said.proof
    assert (proof.title, proof.place, proof.seen_by) == ("Role sheet", "Wiki", "Ingrid")
    assert proof.date == desk.today()
    assert QApplication.focusWidget() is page.card
    assert page.card.grades.missing.isHidden()


def test_another_level_starts_without_the_old_proof(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    at(page, IDEA, FACTS)
    type_in(qtbot, page, "3e2")
    assert answer(desk, IDEA, FACTS).settled.grade is Grade.EXPLAINED  # type: ignore[union-attr]
    type_in(qtbot, page, "4")
    assert answer(desk, IDEA, FACTS).settled.grade is Grade.ASSERTED  # type: ignore[union-attr]


def test_not_known_asks_who_finds_out_by_when(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, IDEA, FACTS)
    type_in(qtbot, page, "?")
    assert answer(desk, IDEA, FACTS).settled.reply is Reply.UNKNOWN  # type: ignore[union-attr]
    assert page.prompt.isVisible()
    page.prompt.who.put(PersonId("lan"))
    page.prompt.by.setFocus()
    type_in(qtbot, page, "+14\n")
    task = answer(desk, IDEA, FACTS).find_out
    assert task
    assert task.who == "lan"
    assert task.by == desk.today() + dt.timedelta(days=14)
    assert QApplication.focusWidget() is page.card


def test_not_applicable_asks_why_and_offers_the_banks_words(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    at(page, IDEA, QuestionId("SRC-08"))
    type_in(qtbot, page, "n")
    assert page.prompt.line.text() == "The workflow uses a single source."
    type_in(qtbot, page, "\n")
    said = answer(desk, IDEA, "SRC-08").settled
    assert said
    assert said.reply is Reply.NOT_APPLICABLE
    assert said.reason.startswith("The workflow")


def test_escape_leaves_everything_as_it_was(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, IDEA, QuestionId("SRC-08"))
    before = desk.audit
    type_in(qtbot, page, "n")
    qtbot.keyClick(page.prompt.line, Qt.Key.Key_Escape)
    assert desk.audit is before
    assert page.prompt.isHidden()


def test_a_condition_that_always_applies_is_refused(
    page: WalkPage, desk: Desk, bench_told: list[str], qtbot: QtBot
) -> None:
    at(page, IDEA, QuestionId("RT-01"))
    before = desk.audit
    type_in(qtbot, page, "nno\n")
    assert desk.audit is before
    assert "always applies" in bench_told[-1]


def test_a_confirmed_answer_changes_with_a_reason_only(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    at(page, CONFIRMED, QuestionId("WF-01"))
    before = answer(desk, CONFIRMED, "WF-01").settled
    level = (before.level + 1) % 5 if before and before.level is not None else 1
    type_in(qtbot, page, str(level))
    assert answer(desk, CONFIRMED, "WF-01").settled == before
    assert page.prompt.isVisible()
    type_in(qtbot, page, "We found the sheet\n")
    said = answer(desk, CONFIRMED, "WF-01").settled
    assert said
    assert said.level == level
    assert said.reason == "We found the sheet"
    type_in(qtbot, page, "e2")
    assert answer(desk, CONFIRMED, "WF-01").settled.grade is Grade.EXPLAINED  # type: ignore[union-attr]


def test_enter_backspace_and_jump_move(page: WalkPage, qtbot: QtBot) -> None:
    at(page, IDEA, QuestionId("RT-01"))
    first = page.place.key
    type_in(qtbot, page, "\n")
    assert page.place.key != first
    type_in(qtbot, page, "\b")
    assert page.place.key == first
    type_in(qtbot, page, "\b")
    assert page.place.key == first
    type_in(qtbot, page, "/")
    finder = page.findChild(Finder)
    qtbot.keyClicks(finder.line, "tc-03")
    qtbot.keyClick(finder.line, Qt.Key.Key_Return)
    assert page.place.key == ("TC-03", "")


def test_the_stage_on_the_flow_leads_to_its_questions(page: WalkPage, qtbot: QtBot) -> None:
    page.go_to(Place("walk", workflow=IDEA))
    stage = next(b for b in page.board.band.buttons if b.face.key == "output_validation")
    qtbot.mouseClick(stage, Qt.MouseButton.LeftButton)
    ask = page.ask()
    assert ask
    assert ask.question.stage == "output_validation"
    assert page.board.band.buttons[5].is_current


def test_missing_stages_are_dashed_and_unrecorded_ones_hatched(page: WalkPage) -> None:
    page.go_to(Place("walk", workflow=WorkflowId("returns")))
    faces = {b.face.key: b.face for b in page.board.band.buttons}
    assert faces["context_stitching"].missing
    assert faces["context_stitching"].lines[0] == ("No owner", "alarm")
    assert faces["telemetry_capture"].lines[1] == ("Nobody does it", "alarm")
    assert (faces["routing"].hatched, faces["routing"].answered) == (False, 1)
    assert faces["routing"].lines[0] == ("Owner not recorded", "third")
    assert not faces["routing"].missing
    page.go_to(Place("walk", workflow=WorkflowId("tenders")))
    parsing = page.board.band.buttons[0].face
    assert (parsing.hatched, parsing.answered) == (True, None)
    page.go_to(Place("walk", workflow=WorkflowId("returns")))
    assert not faces["output_validation"].missing
    assert not faces["output_validation"].hatched
    assert page.board.band.buttons[6].is_rail


def test_owner_and_mechanism_go_to_the_stage(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, IDEA, FACTS)
    page.side.owner.setCurrentIndex(page.side.owner.findData("lan"))
    page.side.owner.activated.emit(page.side.owner.currentIndex())
    index = page.side.mechanism.findData(Mechanism.CODE.value)
    page.side.mechanism.setCurrentIndex(index)
    page.side.mechanism.activated.emit(index)
    record = desk.audit.stages[IDEA][StageId("context_stitching")]
    assert (record.owner, record.mechanism) == ("lan", Mechanism.CODE)
    assert "Nguyễn Thị Lan" in page.board.band.buttons[2].accessibleDescription()


def test_notes_are_saved_when_left(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, IDEA, FACTS)
    type_in(qtbot, page, "t")
    assert QApplication.focusWidget() is page.card.note
    type_in(qtbot, page, "1 of 3 asked")
    qtbot.keyClick(page.card.note, Qt.Key.Key_Escape)
    assert answer(desk, IDEA, FACTS).note == "1 of 3 asked"
    assert QApplication.focusWidget() is page.card


def test_a_note_belongs_to_the_question_it_was_typed_at(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    at(page, IDEA, FACTS)
    page.card.write_note()
    page.card.note.setPlainText("kept")
    page.step(1)
    assert answer(desk, IDEA, FACTS).note == "kept"
    assert page.card.note.toPlainText() != "kept"


def test_gap_and_parking(
    page: WalkPage, desk: Desk, bench_places: list[Place], qtbot: QtBot
) -> None:
    at(page, IDEA, FACTS)
    type_in(qtbot, page, "g")
    assert bench_places[-1].page == "gaps"
    assert bench_places[-1].key == "CX-01/rosters"
    parked = len(desk.audit.parking)
    type_in(qtbot, page, "pcall the hub\n")
    assert len(desk.audit.parking) == parked + 1
    assert "CX-01: call the hub" in {p.text for p in desk.audit.parking.values()}


def test_dispute_and_settle(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, IDEA, FACTS)
    type_in(qtbot, page, "2d")
    assert answer(desk, IDEA, FACTS).review is Review.DISPUTED
    type_in(qtbot, page, "s")
    assert answer(desk, IDEA, FACTS).review is Review.AGREED


def test_a_copied_answer_is_a_proposal_until_settled(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    at(page, WorkflowId("shelves"), QuestionId("OV-01"))
    assert page.card.notice.isVisible()
    assert page.card.notice.is_hatched
    assert "Store returns triage" in page.card.notice.text.text()
    level = answer(desk, "shelves", "OV-01").settled.level  # type: ignore[union-attr]
    assert page.card.levels[level or 0].is_proposed
    type_in(qtbot, page, "s")
    assert answer(desk, "shelves", "OV-01").review is Review.AGREED
    assert not page.card.levels[level or 0].is_proposed


def test_a_workflow_may_differ_from_its_platform(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, WorkflowId("returns"), QuestionId("GC-02"))
    platform = answer(desk, "store-desk", "GC-02")
    assert page.card.notice.is_hatched
    page.card.notice.button.click()
    assert page.ask().target == "returns"  # type: ignore[union-attr]
    type_in(qtbot, page, "1")
    assert answer(desk, "returns", "GC-02").settled.level == 1  # type: ignore[union-attr]
    assert answer(desk, "store-desk", "GC-02") == platform
    page.card.notice.button.click()
    assert answer(desk, "returns", "GC-02") == Answer()
    assert page.ask().target == "store-desk"  # type: ignore[union-attr]


def test_others_levels_are_hidden_until_settled(page: WalkPage, desk: Desk) -> None:
    said = answer(desk, "returns", "RT-01").settled
    assert said

    def say(audit):  # type: ignore[no-untyped-def]
        for person, level in (("lan", 0), ("zoe", 3)):
            voice = replace(said, level=level, proof=None)
            audit = answers.say(audit, Target(IDEA), FACTS, PersonId(person), voice)
        return answers.withdraw(audit, Target(IDEA), FACTS)

    at(page, IDEA, FACTS)
    page.keys.level(1)
    assert desk.apply("Say", say)
    assert page.side.sealed.isVisible()
    assert page.side.dots.isHidden()
    page.keys.level(1)
    assert page.side.sealed.isHidden()
    assert page.side.dots.isVisible()
    assert "3" in page.side.apart.text()
