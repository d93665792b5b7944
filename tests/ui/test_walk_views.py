"""Strips, modes, tables and lists of Walk the flow; what counts is what the audit says."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import Reply, Review
from app.domain.bank import Scope
from app.domain.edits import answers, records, workshop
from app.domain.ids import NOBODY, PersonId, QuestionId, StageId, Target, WorkflowId
from app.domain.landscape import Mechanism
from app.domain.replies import case
from app.ui.models.walk.answers import LEVEL
from app.ui.models.walk.ask import ENTRY, SECTION, SOURCE, asks, to_discuss
from app.ui.models.walk.place import DISPUTED, OWNERS, PILOT, PROOFS, TABLE
from app.ui.page import Bench, Place
from app.ui.pages.walk import WalkPage
from tests.ui.walking import answer, at, shown_page, type_in

IDEA = WorkflowId("rosters")
CONFIRMED = WorkflowId("complaints")
FACTS = QuestionId("CX-01")


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> WalkPage:
    return shown_page(bench, qtbot)


def test_the_estimate_is_folded_until_the_question_is_answered(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    at(page, WorkflowId("returns"), QuestionId("RT-01"))
    assert page.side.estimate.isHidden()
    page.keys.command("estimate")
    assert "%" in page.side.estimate.text()
    page.step(1)
    assert page.side.estimate.isHidden()
    desk.apply("Withdraw", answers.withdraw, Target("returns"), page.ask().question.id)  # type: ignore[union-attr]
    page.keys.command("estimate")
    assert page.side.estimate.text() == "Answer the question first."


def test_strips_show_seven_cells_and_walk_them(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    page.go_to(Place("walk", workflow=IDEA))
    for view, facet in ((OWNERS, "owner"), (PROOFS, "evidence")):
        page.head.views.setCurrentIndex(view)
        assert [a.question.facet for a in page.place.found()] == [facet] * 7
        stages = [a.question.stage for a in page.place.found()]
        assert stages[0] == "intent_parsing"
        assert stages[-1] == "telemetry_capture"
    page.place.key = page.place.found()[0].key
    page.show_again()
    page.take_focus()
    type_in(qtbot, page, "0\n1\n2\n3\n4\n0\n1")
    levels = [b.face.level for b in page.board.band.buttons]
    assert levels == [0, 1, 2, 3, 4, 0, 1]


def test_modes_choose_the_questions_and_count_them(page: WalkPage, desk: Desk) -> None:
    page.go_to(Place("walk", workflow=IDEA))
    page.set_mode("conditions")
    assert all(a.question.golive_at is not None for a in page.place.found())
    assert page.head.progress.text().startswith("Conditions: ")
    page.set_mode(DISPUTED)
    assert page.place.stored_mode == "full"
    assert all(a.is_asked for a in page.place.found())


def test_only_what_is_disputed_and_one_key_for_the_rest(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    said = answer(desk, "returns", "RT-01").settled
    assert said

    def say(audit):  # type: ignore[no-untyped-def]
        for question, levels in ((FACTS, (1, 2)), (QuestionId("OV-01"), (0, 4))):
            target = Target(IDEA)
            if audit.answers[target].get(question):
                audit = answers.withdraw(audit, target, question)
            for person, level in zip(("lan", "zoe"), levels, strict=True):
                voice = replace(said, level=level, proof=None)
                audit = answers.say(audit, target, question, PersonId(person), voice)
        return audit

    page.go_to(Place("walk", workflow=IDEA))
    page.set_mode(DISPUTED)
    page.keys.level(1)
    assert desk.apply("Say", say)
    talked = {a.question.id for a in page.place.found()}
    assert "OV-01" in talked
    assert FACTS not in talked
    qtbot.keyClick(page.card, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.calm.table, Qt.Key.Key_Return)
    assert answer(desk, IDEA, FACTS).review is Review.AGREED
    assert answer(desk, IDEA, "OV-01").review is Review.OPEN


def test_next_and_previous_workflow_go_round(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    order = page.place.order()
    assert all(desk.audit.workflows[w].is_active for w in order)
    page.go_to(Place("walk", workflow=order[-1]))
    page.head.onward.click()
    assert page.place.workflow == order[0]
    page.head.back.click()
    assert page.place.workflow == order[-1]


def test_go_to_finds_questions_stages_and_targets(page: WalkPage) -> None:
    page.go_to(Place("walk", workflow=IDEA, key="governance_check"))
    assert page.ask().question.stage == "governance_check"  # type: ignore[union-attr]
    page.go_to(Place("walk", question=QuestionId("SRC-02"), target=Target("handbook")))
    assert page.place.workflow == "hr-desk"
    assert page.place.key == ("SRC-02", "handbook")


def test_the_order_is_entry_then_stages_and_sources_once_each(desk: Desk) -> None:
    found = asks(
        desk.audit,
        case(desk.audit, WorkflowId("returns"), desk.today()),
        {q.id for q in desk.audit.bank.questions},
    )
    assert [a.group[0] for a in found[:3]] == [ENTRY] * 3
    sources = [a.source for a in found if a.group[0] == SOURCE]
    assert sources == sorted(sources, key=str)
    assert len(sources) == 21
    assert len({a.key for a in found}) == len(found)


def test_a_symptom_brings_its_section_forward(desk: Desk) -> None:
    def sections(symptoms: tuple[str, ...]) -> list[str]:
        audit = records.amend(desk.audit, "organisation", (), symptoms=symptoms)
        found = asks(
            audit,
            case(audit, WorkflowId("returns"), desk.today()),
            {q.id for q in audit.bank.questions},
        )
        free = [a.question.section for a in found if a.group[0] == SECTION]
        return list(dict.fromkeys(free))

    plain = sections(())
    assert plain[0] != "sme"
    assert sections(("Experts are never asked #sme",)) == [
        "sme",
        *(s for s in plain if s != "sme"),
    ]


def test_settled_disputes_leave_the_list(desk: Desk) -> None:
    def found() -> set[QuestionId]:
        every = {q.id for q in desk.audit.bank.questions}
        resolved = case(desk.audit, WorkflowId("returns"), desk.today())
        return {a.question.id for a in to_discuss(desk.audit, asks(desk.audit, resolved, every))}

    question = QuestionId("RT-01")
    assert question not in found()
    desk.apply("Dispute", answers.dispute, Target("returns"), question)
    assert question in found()


def test_pilot_to_production_is_typed_in_its_table(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    page.go_to(Place("walk", workflow=IDEA))
    page.view(PILOT)
    model = page.stages
    ModelTester(None).check(model)
    assert model.rowCount() == 7
    fields = [c.field for c in model.columns]
    assert model.setData(model.index(1, fields.index("by_hand")), "Planners pick the tool")
    assert model.setData(model.index(1, fields.index("mechanism")), Mechanism.USER.value)
    assert model.setData(model.index(1, fields.index("owner")), NOBODY)
    record = desk.audit.stages[IDEA][StageId("routing")]
    assert (record.by_hand, record.mechanism) == ("Planners pick the tool", Mechanism.USER)
    to_do = next(n for n, c in enumerate(model.columns) if c.title == "To be automated")
    assert model.index(1, to_do).data() == "All of it: done by hand"


def test_the_table_answers_with_one_key_a_row(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    page.go_to(Place("walk", workflow=IDEA))
    page.set_mode("full")
    page.view(TABLE)
    table, model = page.answer_table, page.answers
    ModelTester(None).check(model)
    rows = [i for i in range(model.rowCount()) if model.ask(i).target == IDEA][:2]  # type: ignore[union-attr]
    for row, sign in zip(rows, "4?", strict=True):
        table.setCurrentIndex(model.index(row, LEVEL))
        qtbot.keyClicks(table, sign)
    first, second = (model.ask(row) for row in rows)
    assert first
    assert second
    assert answer(desk, IDEA, first.question.id).settled.level == 4  # type: ignore[union-attr]
    assert answer(desk, IDEA, second.question.id).settled.reply is Reply.UNKNOWN  # type: ignore[union-attr]
    note = [c.field for c in model.columns].index("note")
    assert model.setData(model.index(rows[0], note), "typed")
    assert answer(desk, IDEA, first.question.id).note == "typed"
    assert model.setData(model.index(rows[0], LEVEL), "")
    assert answer(desk, IDEA, first.question.id).settled is None


def test_the_table_asks_why_a_question_does_not_apply(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    page.go_to(Place("walk", workflow=IDEA))
    page.set_mode("full")
    page.view(TABLE)
    model = page.answers
    row = next(i for i in range(model.rowCount()) if model.ask(i).question.id == "SRC-08")  # type: ignore[union-attr]
    model.setData(model.index(row, LEVEL), "2")
    model.setData(model.index(row, LEVEL), "na")
    assert answer(desk, IDEA, "SRC-08").settled.level == 2  # type: ignore[union-attr]
    type_in(qtbot, page, "one source only\n")
    said = answer(desk, IDEA, "SRC-08").settled
    assert said
    assert (said.reply, said.reason) == (Reply.NOT_APPLICABLE, "one source only")


def test_nonsense_in_the_table_is_refused(
    page: WalkPage, desk: Desk, bench_told: list[str]
) -> None:
    page.go_to(Place("walk", workflow=IDEA))
    page.view(TABLE)
    before = desk.audit
    assert not page.answers.setData(page.answers.index(0, LEVEL), "7")
    assert desk.audit is before
    assert "no level" in bench_told[-1]


def test_completeness_counts_workflows_asked_in_full(page: WalkPage, desk: Desk) -> None:
    page.set_mode("core")
    first = page.completeness()
    assert first.of == len(page.place.order())
    from app.domain.progress import mode_questions, progress

    wanted = mode_questions(desk.audit.bank, "core")
    asked = [progress([desk.case(w)], wanted).not_asked == 0 for w in page.place.order()]
    assert first.done == sum(asked) > 0
    whole = page.place.order()[asked.index(True)]
    question = next(
        q.id
        for q in desk.audit.bank.questions
        if q.id in wanted and q.scope is Scope.WORKFLOW and not answer(desk, whole, q.id).individual
    )
    desk.apply("Withdraw", answers.withdraw, Target(whole), question, reason="wrong")
    assert page.completeness().done == first.done - 1


def test_an_audit_without_workflows_says_where_to_start(
    page: WalkPage, desk: Desk, bench_places: list[Place]
) -> None:
    def empty(audit):  # type: ignore[no-untyped-def]
        for workflow in sorted(audit.workflows):
            audit = records.remove(audit, "workflows", (workflow,))
        return audit

    assert desk.apply("Remove all", empty)
    assert page.stack.currentIndex() == 3
    assert page.head.isHidden()
    assert page.completeness().of == 0
    desk.undo()
    assert page.stack.currentIndex() == 0


def test_the_answer_before_comes_from_the_newest_snapshot(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    from app.domain.ids import SnapshotId
    from app.exchange.audit_json import audit_to_json

    at(page, IDEA, FACTS)
    page.keys.level(1)
    assert desk.file
    body = desk.file.put_snapshot_body(audit_to_json(desk.audit))
    desk.apply(
        "Snapshot", workshop.take_snapshot, SnapshotId("s1"), "In May", desk.now(), 1, body
    )  # fmt: skip
    page.keys.level(3)
    qtbot.waitUntil(lambda: page.board.before.is_read)
    page.show_again()
    assert page.side.before.text() == "Before (In May): 1 Informal, explained."


def test_every_field_that_takes_the_keyboard_has_a_name(page: WalkPage) -> None:
    page.go_to(Place("walk", workflow=WorkflowId("returns"), question=QuestionId("RT-01")))
    inside = (QTabBar,)
    nameless = [
        type(w).__name__
        for w in page.findChildren(QWidget)
        if w.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not w.accessibleName()
        and not isinstance(w, inside)
        and not w.objectName().startswith("qt_")
        and w.isVisible()
    ]
    assert nameless == []


def test_a_question_that_is_not_asked_is_said_so(
    page: WalkPage, bench_told: list[str], desk: Desk
) -> None:
    free = next(w for w in page.place.order() if not desk.audit.workflows[w].own_model_goal)
    page.go_to(Place("walk", workflow=free, question=QuestionId("AST-04")))
    assert bench_told[-1].startswith("AST-04 is not asked about")


def test_an_open_prompt_does_not_follow_to_another_question(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    at(page, IDEA, QuestionId("SRC-08"))
    before = desk.audit
    type_in(qtbot, page, "n")
    page.step(1)
    assert page.prompt.isHidden()
    assert desk.audit is before


def test_question_levels_and_keys_stay_in_sight_on_a_low_screen(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    """A laptop leaves the page about 1130 by 660; with larger letters the flow is one line."""
    board, card = page.board, page.card

    def is_seen() -> bool:
        bottom = card.ballot.mapTo(board.viewport(), card.ballot.rect().bottomLeft()).y()
        return board.verticalScrollBar().value() == 0 and bottom < board.viewport().height()

    def chips() -> list[bool]:
        return [b.is_chip for b in board.band.buttons if b.isVisible()]

    page.resize(1130, 665)
    for workflow, question in (
        ("complaints", "GC-01"),
        ("invoices", "MON-03"),
        ("returns", "RT-01"),
    ):
        page.go_to(Place("walk", workflow=WorkflowId(workflow), question=QuestionId(question)))
        qtbot.waitUntil(is_seen)
        assert not any(chips())
    page.resize(1130, 520)
    at(page, WorkflowId("returns"), QuestionId("RT-01"))
    qtbot.waitUntil(is_seen)
    assert chips() == [True] * 7
    assert len({b.y() for b in board.band.buttons if b.isVisible()}) == 1
    page.view(OWNERS)
    assert not any(chips())
    low = page.board.band.buttons[0].height()
    page.resize(1130, 900)
    qtbot.waitUntil(lambda: page.board.band.buttons[0].height() > low)


def test_the_source_is_named_where_a_question_says_this_source(page: WalkPage, desk: Desk) -> None:
    at(page, WorkflowId("tenders"), QuestionId("SRC-02"))
    assert "Its sources together, as none is listed" in page.card.place.text()
    at(page, WorkflowId("returns"), QuestionId("SRC-02"))
    ask = page.ask()
    assert ask
    assert f"Source {desk.audit.sources[ask.source].name}, question" in page.card.place.text()
