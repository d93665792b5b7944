"""Where the wall is shown, and the keys that publish: one screen, two screens, one that is lost."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.domain.audit import Audit
from app.domain.landscape import Organisation
from app.domain.wall import Levels, Lines
from app.ui.page import Place
from app.ui.pages.all import make_pages
from app.ui.presenter.presenting import Presenting
from app.ui.selftest import settle
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words
from tests.ui.conftest import NOW

LINES = Lines("Decisions", ("Buy nothing before June",))


@pytest.fixture
def window(
    qtbot: QtBot, look: Look, settings: Settings, tmp_path: Path, sample: Audit
) -> Iterator[Window]:
    desk = Desk(clock=lambda: NOW + dt.timedelta(hours=9))
    made = Window(
        desk, Room(desk, Words(), desk), settings, look, Words(), make_pages, command_table
    )
    desk.create(tmp_path / "a.plumb", sample, "Begin")
    made.resize(1280, 720)
    made.show()
    yield made
    made.close()


def test_publishing_has_a_key_and_tables_keep_theirs(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    window.go(Place("walk"))
    settle(window)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return, ctrl)
    assert isinstance(window.room.wall, Levels)
    window.go(Place("log", key="parking"))
    settle(window)
    table = window.page.part("parking").table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return, ctrl)
    assert table.state() is table.State.EditingState
    assert isinstance(window.room.wall, Levels)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return, ctrl | shift)
    assert window.room.wall == window.page.wall()


# Screens.


class Screen:
    """As much of a screen as presenting looks at."""

    def __init__(self, name: str, left: int) -> None:
        self._name, self._box = name, QRect(left, 0, 1920, 1080)

    def name(self) -> str:
        return self._name

    def geometry(self) -> QRect:
        return self._box

    availableGeometry = geometry


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def hall(
    qtbot: QtBot, look: Look, room: Room, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[list[Screen]], Presenting]:
    window, face = QMainWindow(), QStackedWidget()
    qtbot.addWidget(window)
    face.addWidget(QWidget())
    window.setCentralWidget(face)
    window.show()

    def made(screens: list[Screen]) -> Presenting:
        monkeypatch.setattr(window, "screen", lambda: screens[0])
        return Presenting(
            window, face, room, look, told.append,
            screens=lambda: screens,
            cover=lambda view, screen: (view.setGeometry(screen.geometry()), view.showFullScreen()),
        )  # fmt: skip

    return made


def test_the_wall_covers_the_second_screen_and_survives_its_loss(
    hall: Callable[[list[Screen]], Presenting], room: Room, told: list[str]
) -> None:
    laptop, beamer = Screen("laptop", 0), Screen("beamer", 1920)
    wall = hall([laptop, beamer])
    room.publish(LINES)
    wall.present()
    view = wall.view
    assert view is not None
    assert (wall.screen, wall.is_inside) == ("beamer", False)
    assert view.isFullScreen()
    wall.screen_gone(laptop)
    assert told == []
    wall.screen_gone(beamer)
    assert wall.view is view
    assert not view.isFullScreen()
    assert view.picture.blocks
    assert "screen is gone" in told[-1]
    wall.screen_came(beamer)
    assert wall.screen == "beamer"
    assert view.isFullScreen()
    assert "is back" in told[-1]
    wall.present()
    assert not wall.is_on


def test_a_shared_window_is_no_full_screen_and_stays_one(
    hall: Callable[[list[Screen]], Presenting], told: list[str]
) -> None:
    laptop, beamer = Screen("laptop", 0), Screen("beamer", 1920)
    wall = hall([laptop, beamer])
    wall.share()
    assert wall.view is not None
    assert not wall.view.isFullScreen()
    wall.screen_gone(beamer)
    wall.screen_came(beamer)
    assert told == []
    assert not wall.view.isFullScreen()
    wall.view.close()
    assert not wall.is_on


def test_with_one_screen_the_main_window_is_the_wall(qtbot: QtBot, window: Window) -> None:
    window.go(Place("walk"))
    settle(window)
    window.commands.actions["present"].trigger()
    wall = window.presenting
    assert wall.is_inside
    assert wall.view is not None
    assert window.isFullScreen()
    assert not window.menuBar().isVisible()
    assert isinstance(window.room.wall, Levels)
    qtbot.keyClick(wall.view, Qt.Key.Key_Escape)
    assert not wall.is_on
    assert not window.isFullScreen()
    assert window.menuBar().isVisible()
    assert window.page.isVisible()


def test_leaving_the_wall_gives_the_keyboard_back(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.go(Place("walk"))
    settle(window)
    before = window.focusWidget()
    assert before is not None
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F5):
        window.commands.actions["present"].trigger()
        wall = window.presenting.view
        assert wall is not None
        assert window.focusWidget() is wall
        qtbot.keyClick(wall, key)
        assert window.focusWidget() is before


def test_a_wall_with_nothing_on_it_says_so_and_a_dark_one_stays_dark(
    window: Window, sample: Audit, tmp_path: Path
) -> None:
    empty = Audit(sample.bank, sample.reference, Organisation())
    window.desk.create(tmp_path / "b.plumb", empty, "Begin")
    settle(window)
    window.commands.actions["present"].trigger()
    wall = window.presenting.view
    assert wall is not None
    told = " ".join(block.text for block in wall.picture.blocks)
    assert "Nothing is on the wall" in told
    assert "Esc" in told
    assert window.room.is_empty
    window.room.blank()
    assert wall.picture.blocks == ()
