"""Quick capture over the real window: forty lines without the mouse, each one edit."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.domain.ids import OwnGapId
from app.domain.planning import Severity
from app.ui.page import Place
from app.ui.pages.all import make_pages
from app.ui.session.capture_line import CaptureLine
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(
    qtbot: QtBot, desk: Desk, room: Room, settings: Settings, look: Look
) -> Iterator[Window]:
    made = Window(desk, room, settings, look, Words(), make_pages, command_table)
    qtbot.addWidget(made, before_close_func=lambda w: w.pages.stop())
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    desk.jobs.cancel_all()


def focus() -> object:
    return QApplication.focusWidget()


def opened(qtbot: QtBot, window: Window) -> CaptureLine:
    qtbot.keyClick(focus(), Qt.Key.Key_Space, CONTROL)
    found = window.findChild(CaptureLine)
    assert found
    assert focus() is found.line
    return found


@pytest.mark.parametrize("page", ["overview", "workflows", "walk", "gaps"])
def test_it_opens_from_anywhere_and_leads_back(
    qtbot: QtBot, window: Window, desk: Desk, page: str
) -> None:
    window.go(Place(page))
    before, audit = focus(), desk.audit
    line = opened(qtbot, window)
    qtbot.keyClicks(line.line, "nothing yet")
    qtbot.keyClick(line.line, Qt.Key.Key_Escape)
    assert line.isHidden()
    assert focus() is before
    assert desk.audit is audit


def test_forty_gaps_without_the_mouse(qtbot: QtBot, window: Window, desk: Desk, room: Room) -> None:
    line = opened(qtbot, window)
    before = set(desk.audit.own_gaps)
    for n in range(40):
        qtbot.keyClicks(focus(), f"gap number {n} #rout @returns !high >amara ^2027-01-15")
        qtbot.keyClick(focus(), Qt.Key.Key_Return)
        assert line.line.text() == ""
    new = sorted(set(desk.audit.own_gaps) - before, key=lambda id_: int(id_.split("-")[1]))
    assert new == [f"gap-{n}" for n in range(1, 41)]
    last = desk.audit.own_gaps[OwnGapId("gap-40")]
    assert last.text == "gap number 39"
    assert (last.target, last.stage, last.severity, last.owner) == (
        "returns", "routing", Severity.HIGH, "amara",
    )  # fmt: skip
    assert (last.session, last.at) == ("workshop-2", room.now())
    desk.undo()
    assert OwnGapId("gap-40") not in desk.audit.own_gaps
    assert OwnGapId("gap-39") in desk.audit.own_gaps


def test_chips_say_what_was_understood(qtbot: QtBot, window: Window) -> None:
    line = opened(qtbot, window)
    qtbot.keyClicks(line.line, "no owner #routing @returns !critical >amara ^+14")
    said = [chip.text() for chip in line.chips if chip.isVisible()]
    assert said == [
        "# Routing", "@ Store returns triage", "! critical", "> Amara Okonkwo", "^ 28 Dec 2026",
    ]  # fmt: skip
    assert line.kind.text() == "A gap"
    assert line.trouble.isHidden()


def test_a_puzzle_shows_candidates_and_tab_takes_the_first(
    qtbot: QtBot, window: Window, desk: Desk
) -> None:
    line, audit = opened(qtbot, window), desk.audit
    qtbot.keyClicks(line.line, "unclear @s rest")
    assert "Store returns triage" in line.trouble.text()
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    assert desk.audit is audit
    assert line.line.text() == "unclear @s rest"
    first = line.taken.puzzles[0].among[0]
    qtbot.keyClick(line.line, Qt.Key.Key_Tab)
    assert line.trouble.isHidden()
    assert desk.audit.workflows[line.taken.workflow].name == first  # type: ignore[index]
    assert line.taken.text == "unclear rest"
    assert focus() is line.line


def test_a_plus_parks_and_an_equals_sign_asks_for_a_decision(
    qtbot: QtBot, window: Window, desk: Desk
) -> None:
    line = opened(qtbot, window)
    parked, asked = set(desk.audit.parking), set(desk.audit.decisions)
    for text in ("+ who pays for the audit? >amara", "= stop the pilot? @returns ^+7"):
        qtbot.keyClicks(line.line, text)
        qtbot.keyClick(line.line, Qt.Key.Key_Return)
    (new,) = set(desk.audit.parking) - parked
    assert desk.audit.parking[new].text == "who pays for the audit?"
    assert desk.audit.parking[new].session == "workshop-2"
    (decision,) = set(desk.audit.decisions) - asked
    assert desk.audit.decisions[decision].workflows == ("returns",)
    assert desk.audit.decisions[decision].verdict is None
    assert line.said.text().startswith("2 kept")


def test_what_was_kept_is_said_on_one_line(qtbot: QtBot, window: Window) -> None:
    window.resize(1280, 720)
    line = opened(qtbot, window)
    tall = line.height()
    qtbot.keyClicks(line.line, "nobody looks at what the routing did with the returns #routing")
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    said = line.said
    assert said.text().startswith("1 kept, last: Gap: nobody looks")
    assert said.height() >= said.fontMetrics().height()
    assert said.fontMetrics().horizontalAdvance(said.text()) <= said.width()
    assert said.geometry().left() >= line.kind.geometry().right()
    assert line.height() == tall
