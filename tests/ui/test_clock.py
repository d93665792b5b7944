"""The clock of the session: it counts, warns with colour and word, and never stops anybody."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.domain.audit import Audit
from app.domain.edits.records import amend, remove
from app.domain.edits.workshop import arrive
from app.domain.ids import PersonId, SessionId
from app.domain.wall import Asked, Lines
from app.exchange.agenda_toml import shipped_agendas
from app.ui.page import Bench, Place
from app.ui.pages.all import make_pages
from app.ui.selftest import settle
from app.ui.session.new_session import NewSession
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words

TODAY = SessionId("today")
KINDS = [item.kind for item in shipped_agendas()[0].items]


class Clock:
    def __init__(self) -> None:
        self.at = dt.datetime(2026, 12, 15, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.at

    def wait(self, minutes: float) -> None:
        self.at += dt.timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(
    qtbot: QtBot, look: Look, settings: Settings, tmp_path: Path, sample: Audit, clock: Clock
) -> Iterator[Window]:
    """A half day is planned and no other session runs."""
    desk = Desk(clock=clock)
    room = Room(desk, Words(), desk)
    made = Window(desk, room, settings, look, Words(), make_pages, command_table)
    desk.create(tmp_path / "a.plumb", sample, "Begin")
    desk.apply("End", amend, "sessions", ("workshop-2",), ended=dt.datetime(2026, 12, 14, 17))
    room.plan(TODAY, "Half a day", shipped_agendas()[0].items)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def act(window: Window, command: str) -> None:
    window.commands.actions[command].trigger()


def start(window: Window, kind: str) -> None:
    """The session runs and is at the item of a kind."""
    act(window, "next_item")
    window.room.go_on(KINDS.index(kind))


def test_the_first_key_starts_the_session_and_the_next_goes_on(
    window: Window, clock: Clock
) -> None:
    assert window.clock.text() == "No session runs"
    act(window, "next_item")
    assert (window.room.session, window.room.place) == (TODAY, 0)
    clock.wait(4)
    act(window, "next_item")
    items = window.desk.audit.sessions[TODAY].agenda
    assert items[0].ended == items[1].started == clock.at
    for _ in items[2:]:
        act(window, "next_item")
    assert window.room.place == len(items) - 1
    act(window, "next_item")
    assert window.room.place is None
    assert window.clock.text() == "Between two items"
    assert window.room.session == TODAY


def test_time_is_said_with_a_word_before_and_after_it_is_over(
    window: Window, clock: Clock, look: Look
) -> None:
    act(window, "next_item")
    clock.wait(2)
    window.room.ticked.emit()
    assert window.clock.text().endswith("2:00 of 6 min")
    quiet = window.clock.styleSheet()
    clock.wait(3)
    window.room.ticked.emit()
    assert window.clock.text().endswith("5:00 of 6 min, 1:00 left")
    assert look.tones.warn in window.clock.styleSheet() != quiet
    clock.wait(2.5)
    window.room.ticked.emit()
    assert window.clock.text().endswith("7:30 of 6 min, over by 1:30")
    assert look.tones.alarm in window.clock.styleSheet()
    assert window.clock.text() in window.clock.accessibleName()
    act(window, "minute_more")
    act(window, "minute_more")
    assert window.clock.text().endswith("7:30 of 8 min, 0:30 left")
    act(window, "minute_less")
    assert window.room.items[0].minutes == 7
    assert window.page.isEnabled()


def test_without_a_planned_session_a_way_is_offered(window: Window) -> None:
    window.desk.apply("Out", remove, "sessions", (TODAY,))
    act(window, "next_item")
    assert window.room.session is None
    assert "template" in window.banner.text
    assert [way.text() for way in window.banner.ways] == ["New session from a template…"]


def test_times_of_a_session_written_without_a_zone_still_count(
    window: Window, clock: Clock
) -> None:
    desk, room = window.desk, window.room
    desk.apply("Again", amend, "sessions", ("workshop-2",), ended=None)
    assert room.session == "workshop-2"
    assert room.go_on(0)
    clock.wait(3)
    assert room.spent() == 180
    assert room.end()


# The panel.


def test_the_panel_goes_to_items_and_ends_the_session(
    qtbot: QtBot, window: Window, clock: Clock
) -> None:
    act(window, "next_item")
    qtbot.mouseClick(window.clock, Qt.MouseButton.LeftButton)
    pane = window.panel.agenda
    assert window.panel.isVisible()
    assert pane.items.count() == len(KINDS)
    pane.items.setFocus()
    pane.items.setCurrentRow(4)
    qtbot.keyClick(pane.items, Qt.Key.Key_Return)
    assert window.room.place == 4
    clock.wait(2)
    window.room.ticked.emit()
    assert "now 2:00" in pane.items.item(4).text()
    qtbot.mouseClick(pane.pause, Qt.MouseButton.LeftButton)
    assert window.room.place is None
    qtbot.mouseClick(pane.end, Qt.MouseButton.LeftButton)
    assert window.desk.audit.sessions[TODAY].ended == clock.at
    qtbot.keyClick(window.panel, Qt.Key.Key_Escape)
    assert not window.panel.isVisible()


def test_who_must_be_there_and_is_not_is_said(window: Window) -> None:
    start(window, "strips")
    act(window, "room")
    pane = window.panel.agenda
    labels = {kind.id: kind.label for kind in window.desk.audit.bank.respondents}
    assert labels["owner"] in pane.missing.text()
    assert labels["builder"] in pane.missing.text()
    people = [PersonId(p) for p, r in window.desk.audit.people.items() if r.area == "owner"]
    window.desk.apply("Here", arrive, TODAY, people)
    assert labels["owner"] not in pane.missing.text()
    assert labels["builder"] in pane.missing.text()
    of = len(window.desk.audit.people)
    assert window.foot.left.text() == f"{len(people)} of {of} here, no quorum"


def test_the_opening_round_asks_on_the_wall_and_leads_to_its_field(
    qtbot: QtBot, window: Window
) -> None:
    start(window, "rate")
    act(window, "room")
    pane = window.panel.agenda
    qtbot.mouseClick(pane.ask, Qt.MouseButton.LeftButton)
    assert isinstance(window.room.wall, Asked)
    assert "ten" in window.room.wall.question
    qtbot.mouseClick(pane.go, Qt.MouseButton.LeftButton)
    assert window.page.key == "scope"
    assert window.focusWidget().accessibleName() == "Own starting rate"


def test_what_is_open_from_last_time_is_listed_and_published_without_names(
    qtbot: QtBot, window: Window
) -> None:
    start(window, "last_time")
    act(window, "room")
    pane = window.panel.agenda
    qtbot.waitUntil(lambda: pane.left.count() > 0)
    shown = [pane.left.item(n).text() for n in range(pane.left.count())]
    names = {p.name for p in window.desk.audit.people.values()}
    assert any(name in text for name in names for text in shown)
    qtbot.mouseClick(pane.publish_left, Qt.MouseButton.LeftButton)
    wall = window.room.wall
    assert isinstance(wall, Lines)
    assert len(wall.lines) + wall.more == len(shown)
    assert not any(name in line for name in names for line in wall.lines)


def test_silence_counts_down_and_gives_the_wall_back(window: Window, clock: Clock) -> None:
    room = window.room
    room.publish(Lines("Gaps", ("One",)))
    room.silence("Write", 2)
    clock.wait(0.5)
    assert room.wall == Asked("Write", seconds=90)
    clock.wait(5)
    assert room.wall == Asked("Write", seconds=0)
    room.end_silence()
    assert room.wall == Lines("Gaps", ("One",))


# Templates.


def test_a_template_says_its_net_minutes_and_becomes_a_session(qtbot: QtBot, bench: Bench) -> None:
    dialog = NewSession(bench)
    qtbot.addWidget(dialog)
    assert "170" in dialog.list.item(0).text()
    assert "170" in dialog.note.text()
    dialog.list.setCurrentRow(2)
    assert "46 Screen the workflows" in dialog.items.text()
    dialog.title.setText("Spring screening")
    dialog.date.setDate(QDate(2027, 3, 1))
    dialog.accept = lambda: None  # type: ignore[method-assign]
    dialog._plan()
    assert dialog.made
    record = bench.desk.audit.sessions[dialog.made]
    assert (record.title, record.date) == ("Spring screening", dt.date(2027, 3, 1))
    assert record.agenda == shipped_agendas()[2].items


def test_the_log_starts_and_ends_sessions_as_the_clock_does(qtbot: QtBot, window: Window) -> None:
    window.go(Place("log", key=TODAY))
    settle(window)
    tab = window.page.part("sessions")
    qtbot.mouseClick(tab.start, Qt.MouseButton.LeftButton)
    assert window.room.session == TODAY
    act(window, "next_item")
    qtbot.mouseClick(tab.end, Qt.MouseButton.LeftButton)
    record = window.desk.audit.sessions[TODAY]
    assert record.ended
    assert record.agenda[0].ended == record.ended
