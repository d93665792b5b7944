"""Where the window opens on the screen there is, and which window a second start speaks to."""

import pytest
from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.desk.instance import session_name
from app.ui.placing import FRAME, fit, open_in_place

LAPTOP, LARGE = QRect(0, 0, 1366, 728), QRect(1920, 0, 1920, 1080)


class Screen:
    def __init__(self, free: QRect) -> None:
        self._free = free

    def availableGeometry(self) -> QRect:
        return self._free


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


def on(window: QMainWindow, free: QRect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "screen", lambda: Screen(free))


def test_a_laptop_is_filled_and_a_large_screen_is_not(
    window: QMainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(window, LARGE, monkeypatch)
    open_in_place(window, QByteArray())
    assert not window.isMaximized()
    assert window.size() == QSize(1366, 768)
    assert window.minimumSize() == QSize(1280, 720)
    assert LARGE.contains(QRect(window.pos(), window.size() + FRAME))
    on(window, LAPTOP, monkeypatch)
    open_in_place(window, QByteArray())
    assert window.isMaximized()
    assert window.minimumSize().height() <= LAPTOP.height() - FRAME.height()


def test_what_no_longer_fits_is_moved_and_made_smaller(window: QMainWindow) -> None:
    window.setGeometry(3000, 900, 1900, 1060)
    fit(window, LARGE)
    assert LARGE.contains(QRect(window.pos(), window.size() + FRAME))
    assert window.width() == 1900


def test_a_geometry_of_no_use_gives_the_first_one(
    window: QMainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(window, LARGE, monkeypatch)
    open_in_place(window, QByteArray(b"of another time"))
    assert window.size() == QSize(1366, 768)


def test_a_window_comes_back_as_it_was(
    window: QMainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.setGeometry(10, 60, 790, 500)
    geometry, again = window.saveGeometry(), QMainWindow()
    qtbot.addWidget(again)
    on(again, QRect(0, 0, 1920, 1080), monkeypatch)
    open_in_place(again, geometry)
    assert again.size() == QSize(1280, 720)


def test_each_display_and_profile_has_a_window_of_its_own() -> None:
    one = {"DISPLAY": ":0", "XDG_RUNTIME_DIR": "/run/user/1"}
    others = ({"DISPLAY": ":1"}, {"WAYLAND_DISPLAY": "wayland-0"}, {"XDG_CONFIG_HOME": "/other"})
    assert session_name(one) == session_name(dict(one))
    names = [session_name(one), *(session_name(one | other) for other in others)]
    assert len(set(names)) == len(names)
