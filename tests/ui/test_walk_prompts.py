"""What the walk asks: who finds out, why, a note, an owner; and what may be typed there."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import Reply
from app.domain.edits import records
from app.domain.ids import NOBODY, PersonId, QuestionId, StageId, WorkflowId
from app.domain.landscape import StageRecord
from app.ui.models.walk.place import OWNERS
from app.ui.page import Bench, Place
from app.ui.pages.walk import WalkPage
from tests.ui.walking import answer, at, shown_page, type_in

IDEA = WorkflowId("rosters")
CONFIRMED = WorkflowId("complaints")
FACTS = QuestionId("CX-01")
OWNER = QuestionId("RT-01")
ROUTING = StageId("routing")


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> WalkPage:
    return shown_page(bench, qtbot)


def seen(page: WalkPage, field: object) -> bool:
    """The whole field, or as much as fits, is inside what the board shows."""
    port = page.board.viewport()
    top = field.mapTo(port, field.rect().topLeft()).y()
    return top >= 0 and top + field.height() <= port.height()


def test_somebody_new_finds_out_and_is_added(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, IDEA, FACTS)
    before = desk.audit
    type_in(qtbot, page, "?Ana Lund\t+14\n")
    task = answer(desk, IDEA, FACTS).find_out
    assert task
    assert desk.audit.people[task.who].name == "Ana Lund"
    assert task.by == desk.today() + dt.timedelta(days=14)
    assert page.prompt.isHidden()
    desk.undo()
    assert desk.audit.people == before.people
    assert answer(desk, IDEA, FACTS).settled.reply is Reply.UNKNOWN  # type: ignore[union-attr]


def test_a_name_is_completed_while_it_is_typed(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    at(page, IDEA, FACTS)
    name = desk.audit.people[PersonId("zoe")].name
    type_in(qtbot, page, "?" + name[:2].lower() + "\n")
    assert answer(desk, IDEA, FACTS).find_out.who == "zoe"  # type: ignore[union-attr]


def test_after_the_reason_it_is_asked_who_finds_out(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    at(page, CONFIRMED, FACTS)
    type_in(qtbot, page, "?")
    assert page.prompt.line.isVisible()
    type_in(qtbot, page, "Nobody from IT is here.\n")
    assert answer(desk, CONFIRMED, FACTS).settled.reply is Reply.UNKNOWN  # type: ignore[union-attr]
    assert page.prompt.isVisible()
    assert "Who can find out" in page.prompt.sentence.text()
    type_in(qtbot, page, "Ben Ode\n")
    task = answer(desk, CONFIRMED, FACTS).find_out
    assert task
    assert desk.audit.people[task.who].name == "Ben Ode"


def test_what_always_applies_is_said_before_a_reason_is_typed(
    page: WalkPage, bench_told: list[str], qtbot: QtBot
) -> None:
    at(page, IDEA, OWNER)
    type_in(qtbot, page, "n")
    assert page.prompt.isHidden()
    assert "RT-01 is a condition that always applies" in bench_told[-1]
    assert not page.card.waive.isEnabled()
    assert "always applies" in page.card.waive.toolTip()
    at(page, IDEA, QuestionId("SRC-08"))
    assert page.card.waive.isEnabled()


def test_a_refused_prompt_keeps_what_was_typed(page: WalkPage, qtbot: QtBot) -> None:
    page.prompt.ask("Why?", lambda typed: typed.text == "Because.")
    type_in(qtbot, page, "Since\n")
    assert page.prompt.isVisible()
    assert page.prompt.line.text() == "Since"
    page.prompt.line.setText("Because.")
    type_in(qtbot, page, "\n")
    assert page.prompt.isHidden()


def test_a_note_is_written_in_sight_and_goes_on_at_its_end(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    page.resize(1100, 480)
    at(page, IDEA, FACTS)
    type_in(qtbot, page, "tFirst.")
    qtbot.waitUntil(lambda: seen(page, page.card.note))
    qtbot.keyClick(page.card.note, Qt.Key.Key_Escape)
    type_in(qtbot, page, "t Then.")
    page.card.flush()
    assert answer(desk, IDEA, FACTS).note == "First. Then."


def test_fields_of_the_evidence_come_into_view(page: WalkPage, qtbot: QtBot) -> None:
    page.resize(1100, 420)
    at(page, IDEA, FACTS)
    type_in(qtbot, page, "4e3")
    grades = page.card.grades
    for field in (grades.title, grades.place, grades.date, grades.seen_by):
        qtbot.waitUntil(lambda field=field: field.hasFocus() and seen(page, field))
        type_in(qtbot, page, "t\n")


def test_the_owner_strip_names_owners(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    """A level, O, a name, Enter: somebody new or nobody."""
    page.go_to(Place("walk", workflow=IDEA))
    page.view(OWNERS)
    for keys, owner in (("2oAna Lund\n", "Ana Lund"), ("0o\n", NOBODY), ("3o\b\n", None)):
        stage = page.ask().question.stage  # type: ignore[union-attr]
        assert stage
        type_in(qtbot, page, keys)
        found = desk.audit.stages.get(IDEA, {}).get(stage, StageRecord()).owner
        assert desk.audit.people[found].name == owner if owner == "Ana Lund" else found == owner
        assert QApplication.focusWidget() is page.card
        type_in(qtbot, page, "\n")


def test_an_answer_about_an_owner_offers_to_name_one(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    at(page, IDEA, OWNER)
    desk.apply("No record", records.remove, "stages", (IDEA, ROUTING))
    type_in(qtbot, page, "2")
    assert page.card.reply.text.text() == "Who owns the stage is not recorded."
    qtbot.mouseClick(page.card.reply.button, Qt.MouseButton.LeftButton)
    assert page.side.owner.hasFocus()
    type_in(qtbot, page, "Ana Lund")
    page.step(1)
    owner = desk.audit.stages[IDEA][ROUTING].owner
    assert desk.audit.people[owner].name == "Ana Lund"
    at(page, IDEA, OWNER)
    assert page.card.reply.isHidden()
