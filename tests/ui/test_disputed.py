"""Only what is disputed: the counts, the minute's list, objections, and one step to undo."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.room import Room
from app.domain.answers import Reply, Review, Said
from app.domain.audit import Audit
from app.domain.edits import answers
from app.domain.ids import PersonId, QuestionId, Target, WorkflowId
from app.domain.wall import Blank, Lines
from app.ui.models.walk.place import DISPUTED
from app.ui.page import Bench, Place
from app.ui.pages.walk import CALM, WALK, WalkPage
from app.ui.widgets.walk.calm import SECONDS
from tests.ui.walking import answer, shown_page

IDEA = WorkflowId("rosters")
SAID = {"CX-01": (1, 2), "OV-01": (0, 4), "RT-01": (3, 3), "GC-01": (2, 2), "OV-02": (None, None)}


@pytest.fixture
def page(bench: Bench, qtbot: QtBot, desk: Desk) -> WalkPage:
    """One workflow with three answers said alike, one said differently and one not known."""

    def say(audit: Audit) -> Audit:
        kept = {t: dict(group) for t, group in audit.answers.items()}
        for group in kept.values():
            for question, found in list(group.items()):
                if found.review is not Review.AGREED:
                    del group[question]
        for question in SAID:
            kept[Target(IDEA)].pop(QuestionId(question), None)
        audit = replace(audit, answers=kept)
        for question, levels in SAID.items():
            for person, level in zip(("lan", "zoe"), levels, strict=True):
                said = Said(Reply.UNKNOWN) if level is None else Said(Reply.LEVEL, level)
                audit = answers.say(
                    audit, Target(IDEA), QuestionId(question), PersonId(person), said
                )
        return audit

    assert desk.apply("Pre-work", say)
    made = shown_page(bench, qtbot)
    made.go_to(Place("walk", workflow=IDEA))
    made.set_mode(DISPUTED)
    return made


def list_them(page: WalkPage, qtbot: QtBot) -> None:
    page.card.setFocus()
    qtbot.keyClick(page.card, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert page.stack.currentIndex() == CALM


def test_the_three_counts_are_shown(page: WalkPage, qtbot: QtBot) -> None:
    wanted = "3 undisputed, 1 differ by two levels or more, 1 nobody knows"
    assert page.board.counts.isVisible()
    assert f"This workflow: {wanted}." in page.board.counts.text()
    qtbot.waitUntil(lambda: f"All workflows: {wanted}." in page.board.counts.text())
    page.set_mode("core")
    assert page.board.counts.isHidden()


def test_the_list_settles_when_the_minute_is_over_in_one_step(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    before = desk.audit
    list_them(page, qtbot)
    assert {place[1] for place in page.calm.places} == {"CX-01", "RT-01", "GC-01"}
    for _ in range(SECONDS - 1):
        page.calm.tick()
    assert page.calm.left_over.text() == "0:01"
    assert desk.audit is before
    page.calm.tick()
    assert page.stack.currentIndex() == WALK
    assert answer(desk, IDEA, "CX-01").settled.level == 1  # type: ignore[union-attr]
    assert answer(desk, IDEA, "RT-01").review is Review.AGREED
    assert answer(desk, IDEA, "OV-01").review is Review.OPEN
    desk.undo()
    assert desk.audit == before


def test_whoever_objects_gets_a_discussion(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    list_them(page, qtbot)
    table = page.calm.table
    table.show_row(f"{IDEA}/RT-01")
    assert QApplication.focusWidget() is table
    qtbot.keyClicks(table, "x")
    assert answer(desk, IDEA, "RT-01").review is Review.DISPUTED
    assert {place[1] for place in page.calm.places} == {"CX-01", "GC-01"}
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert answer(desk, IDEA, "CX-01").review is Review.AGREED
    assert answer(desk, IDEA, "RT-01").review is Review.DISPUTED
    assert QApplication.focusWidget() is page.card


def test_escape_and_the_last_objection_leave_everything_as_it_is(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    before = desk.audit
    list_them(page, qtbot)
    qtbot.keyClick(page.calm.table, Qt.Key.Key_Escape)
    assert desk.audit is before
    assert not page.calm.clock.isActive()
    list_them(page, qtbot)
    qtbot.keyClicks(page.calm.table, "xxx")
    assert page.stack.currentIndex() == WALK
    assert not page.calm.is_open
    assert answer(desk, IDEA, "GC-01").review is Review.DISPUTED


def test_the_clock_is_held_and_waits_behind_another_page(
    page: WalkPage, desk: Desk, qtbot: QtBot
) -> None:
    before = desk.audit
    list_them(page, qtbot)
    qtbot.keyClick(page.calm.table, Qt.Key.Key_Space)
    for _ in range(2 * SECONDS):
        page.calm.tick()
    assert page.calm.remaining == SECONDS
    qtbot.keyClick(page.calm.table, Qt.Key.Key_Space)
    page.hide()
    page.calm.tick()
    assert page.calm.remaining == SECONDS
    assert desk.audit is before


def test_the_list_is_on_the_wall_for_the_minute(page: WalkPage, room: Room, qtbot: QtBot) -> None:
    list_them(page, qtbot)
    wall = room.wall
    assert isinstance(wall, Lines)
    assert wall.heading == "3 undisputed"
    assert any("Shift plan proposals: 2  Written or partial" in line for line in wall.lines)
    qtbot.keyClick(page.calm.table, Qt.Key.Key_Escape)
    assert room.wall == Blank()
    room.publish(Lines("Agenda", ("Votes",)))
    room.freeze()
    list_them(page, qtbot)
    assert room.wall == Lines("Agenda", ("Votes",))


def test_all_workflows_can_be_listed(page: WalkPage, desk: Desk, qtbot: QtBot) -> None:
    other, question = Target("hr-desk"), QuestionId("OV-02")

    def say(audit: Audit) -> Audit:
        kept = {t: dict(group) for t, group in audit.answers.items()}
        kept[other].pop(question, None)
        said = Said(Reply.LEVEL, 2)
        return answers.say(replace(audit, answers=kept), other, question, PersonId("lan"), said)

    assert desk.apply("Say", say)
    list_them(page, qtbot)
    assert (other, question) not in page.calm.places
    page.calm.everywhere.click()
    assert (other, question) in page.calm.places
    page.calm.settle()
    assert answer(desk, other, question).review is Review.AGREED
