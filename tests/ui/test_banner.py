"""What went wrong is said over the page, and goes with the next thing that is done."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.audit import Audit
from app.domain.edits import records
from app.store.file import AuditFile
from app.ui.page import Place
from app.ui.selftest import settle
from app.ui.window import Window


@pytest.fixture
def window(window: Window, tmp_path: Path, sample: Audit) -> Window:
    window.desk.create(tmp_path / "a.plumb", sample, "Begin")
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.go(Place("walk"))
    settle(window)
    return window


def refuse(window: Window) -> None:
    """An edit that contradicts the record."""
    assert not window.desk.apply("Change", records.amend, "workflows", ("none",), name="x")
    assert window.banner.isVisible()


def later() -> None:
    QApplication.processEvents()


def rename(window: Window) -> None:
    assert window.desk.apply("Rename", records.amend, "organisation", (), title="Renamed")


def test_it_pushes_nothing_away(window: Window) -> None:
    place = window.page.mapTo(window, QPoint())
    refuse(window)
    settle(window)
    assert window.page.mapTo(window, QPoint()) == place
    assert window.banner.geometry().top() == window.top.geometry().bottom() + 1
    assert window.banner.width() == window.top.width()
    window.resize(1280, 720)
    settle(window)
    assert window.banner.width() == window.top.width()


def test_the_next_edit_takes_it_away(window: Window) -> None:
    refuse(window)
    later()
    rename(window)
    assert window.banner.isHidden()


def test_another_page_and_another_question_take_it_away(window: Window) -> None:
    refuse(window)
    later()
    window.page.step(1)
    assert window.banner.isHidden()
    refuse(window)
    later()
    window.go(Place("gaps"))
    assert window.banner.isHidden()


def test_what_is_said_about_a_move_survives_it(window: Window) -> None:
    later()
    window.page.bench.tell("It is not asked there.")
    window.page.step(1)
    assert window.banner.isVisible()


def test_escape_and_a_click_put_it_away_and_keep_the_keyboard(window: Window, qtbot: QtBot) -> None:
    focus = window.focusWidget()
    refuse(window)
    qtbot.keyClick(focus, Qt.Key.Key_Escape)
    assert window.banner.isHidden()
    assert window.focusWidget() is focus
    refuse(window)
    qtbot.mouseClick(window.banner._away, Qt.MouseButton.LeftButton)
    assert window.banner.isHidden()
    assert window.focusWidget() is focus


def test_a_file_that_cannot_be_written_stays_said(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "a.plumb"
    path.rename(tmp_path / "b.plumb")
    assert not window.desk.apply("Rename", records.amend, "organisation", (), title="One")
    later()
    window.page.step(1)
    window.go(Place("gaps"))
    assert window.banner.isVisible()
    (tmp_path / "b.plumb").rename(path)
    rename(window)
    assert window.banner.isHidden()


def test_a_file_that_opens_to_read_makes_room_for_saying_so(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "c.plumb"
    window.desk.file.copy_to(path)
    with AuditFile.open(path, write=True, who="Ana"):
        window.open_path(path)
        settle(window)
    top = window.page.mapTo(window, QPoint()).y()
    assert top >= window.banner.mapTo(window, QPoint()).y() + window.banner.height()
    window.banner.put_away()
    settle(window)
    assert window.page.mapTo(window, QPoint()).y() < top
