"""Beliefs and dots: a line for each seat, under seal until all are in."""

import datetime as dt
import itertools

import pytest
from msgspec import json
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.room import Room
from app.domain.edits.records import amend
from app.domain.ids import SessionId
from app.ui.page import Bench
from app.ui.pages.gaps import GapsPage
from app.ui.session.belief_dialog import BeliefDialog
from app.ui.session.dots_dialog import DotsDialog, run_dots
from tests.ui.voting import every_text

SESSION = SessionId("workshop-2")
OVER = dt.datetime(2026, 12, 14, 17)


@pytest.fixture(autouse=True)
def by_seat(desk: Desk) -> None:
    """The session under way keeps votes by seat, as a new one does."""
    assert desk.apply("By seat", amend, "sessions", (SESSION,), by_seat=True)


def test_beliefs_stay_under_seal_until_all_are_in(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    dialog = BeliefDialog(None, bench)
    qtbot.addWidget(dialog)
    dialog.show()
    audit = desk.audit
    dialog.lines.start()
    lines = dialog.lines.lines
    assert len(lines) == 8
    for n, line in enumerate(lines):
        assert QApplication.focusWidget() is line or not dialog.isActiveWindow()
        line.setText("40 30 20" if n == 2 else "70 10 10 10")
        qtbot.keyClick(line, Qt.Key.Key_Return)
        if n == 2:
            assert "Seat 3" in dialog.lines.trouble.text()
            line.setText("-")
            qtbot.keyClick(line, Qt.Key.Key_Return)
        assert line.text() == ""
        assert "70" not in every_text(dialog)
        assert desk.audit is audit
        assert dialog.reveal.isEnabled() is (n == len(lines) - 1)
    dialog.cast()
    seats = {p: v for p, v in desk.audit.belief_votes.items() if p.startswith(SESSION)}
    assert len(seats) == 7
    assert {v.points["capability"] for v in seats.values()} == {70}
    assert set(desk.audit.belief_votes) - set(seats) == {"jose", "priya"}


@pytest.fixture
def gaps_page(qtbot: QtBot, bench: Bench) -> GapsPage:
    made = GapsPage(bench)
    qtbot.addWidget(made)
    bench.desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.show()
    return made


def test_dots_are_spread_over_chosen_gaps_and_counted(
    qtbot: QtBot, bench: Bench, desk: Desk, room: Room, gaps_page: GapsPage
) -> None:
    dialog = DotsDialog(None, bench, gaps_page)
    qtbot.addWidget(dialog)
    dialog.show()
    for n in range(11):
        dialog.list.item(n).setCheckState(Qt.CheckState.Checked)
    assert len(dialog.chosen) == 10
    keys = [item.key for item in dialog.chosen]
    dialog.begin.click()
    assert dialog.lines
    audit = desk.audit
    typed = itertools.chain(["1 1 1 1 1 1", "1 1 3"], itertools.repeat("-"))
    qtbot.keyClicks(dialog.lines.lines[0], next(typed))
    qtbot.keyClick(dialog.lines.lines[0], Qt.Key.Key_Return)
    assert "Seat 1 gives 6 dots and has 5" in dialog.lines.trouble.text()
    for line in dialog.lines.lines:
        line.setText(next(typed))
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.audit is audit
    dialog.cast()
    (vote,) = desk.audit.dot_votes[SESSION].values()
    assert vote.gaps == {keys[0]: 2, keys[2]: 1}
    assert list(desk.audit.dot_votes[SESSION]) == [f"{SESSION}-seat-1"]
    assert dialog.voted.item(0).text().startswith("2 dots")
    names = [p.name for p in desk.audit.people.values() if not p.is_seat]
    wall = json.encode(room.wall).decode()
    assert not [name for name in names if name in wall]


def test_dots_without_a_session_say_what_to_do(
    bench: Bench, desk: Desk, gaps_page: GapsPage, bench_told: list[str]
) -> None:
    desk.apply("End", amend, "sessions", (SESSION,), ended=OVER)
    assert run_dots(gaps_page, bench, gaps_page) is None
    assert "none is running" in bench_told[-1]
