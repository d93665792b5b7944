"""The whole window on a folder of its own, as a person starts it."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.main import now
from app.ui import window_commands
from app.ui.pages.all import make_pages
from app.ui.style import Look
from app.ui.window import Window
from app.words import Words
from tests.e2e.hands import Hands
from tests.ui.conftest import widgets_end_with_their_test

__all__ = ["widgets_end_with_their_test"]


@pytest.fixture
def clock() -> Callable[[], dt.datetime]:
    """The real one, because the command line looks at the same file today."""
    return now


@pytest.fixture
def window(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    clock: Callable[[], dt.datetime],
) -> Iterator[Window]:
    look = Look(qapp)
    look.set("light", 100)
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    settings.folder = tmp_path
    desk = Desk(clock=clock)
    room = Room(desk, Words(), desk)
    made = Window(desk, room, settings, look, Words(), make_pages, window_commands.command_table)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.desk.close()


@pytest.fixture
def hands(window: Window) -> Hands:
    return Hands(window)
