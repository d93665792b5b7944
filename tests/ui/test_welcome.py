"""The first screen: what a first start asks, and what is left of earlier ones."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.desk.reports import gathering
from app.domain.audit import Audit
from app.report.request import Request, language_of
from app.store.file import AuditFile
from app.ui.defaults import SettingsDialog
from app.ui.window import Window
from app.ui.window_commands import finds
from tests.ui.conftest import NOW


@pytest.fixture
def window(window: Window) -> Window:
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return window


@pytest.fixture
def path(tmp_path: Path, sample: Audit) -> Path:
    found = tmp_path / "sample.plumb"
    AuditFile.create(found, sample, label="Sample", by=None, at=NOW).close()
    return found


def test_the_first_start_asks_three_things_and_later_ones_none(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    fields = window.welcome.defaults
    assert fields.isVisible()
    assert not window.welcome.recent.isVisible()
    fields.language.setCurrentIndex(fields.language.findData("de"))
    fields.language.activated.emit(fields.language.currentIndex())
    qtbot.keyClicks(fields.organisation, "Musterbank")
    fields.folder.clear()
    qtbot.keyClicks(fields.folder, str(tmp_path / "audits"))
    window.commands.actions["new"].trigger()
    own = window.desk.audit.organisation
    assert (own.name, own.language) == ("Musterbank", "de")
    assert window.desk.path == tmp_path / "audits" / "audit-1.plumb"
    assert language_of(Request(), window.desk.audit) == "de"
    assert gathering(window.desk, NOW.date()) is not None
    window.commands.actions["close"].trigger()
    assert not fields.isVisible()
    assert window.welcome.recent.isVisible()


def test_the_same_three_are_changed_later(window: Window, qtbot: QtBot) -> None:
    dialog = SettingsDialog(window.settings, window)
    qtbot.addWidget(dialog)
    dialog.show()
    note = dialog.defaults.findChildren(QLabel)[-1]
    assert note.height() >= note.heightForWidth(note.width())
    before = window.settings.folder
    dialog.defaults.organisation.clear()
    qtbot.keyClicks(dialog.defaults.organisation, "Elsewhere")
    qtbot.keyClick(dialog.defaults.folder, Qt.Key.Key_Return)
    assert window.settings.organisation == "Elsewhere"
    assert window.settings.folder == before
    assert "settings" in window.commands.actions


def test_recent_audits_have_title_file_and_day(window: Window, path: Path, tmp_path: Path) -> None:
    window.open_path(path)
    title = window.desk.audit.organisation.title
    os.utime(path, (1_790_000_000, 1_790_000_000))
    window.commands.actions["close"].trigger()
    recent = window.welcome.recent
    assert recent.count() == 1
    first, second = recent.item(0).text().split("\n")
    assert first == title
    assert "2026-09-2" in second
    assert path.name in second
    assert str(tmp_path) in second
    assert recent.visualItemRect(recent.item(0)).height() > 2 * recent.fontMetrics().height()
    assert [f.text for f in finds(window) if f.kind == "Audit"] == [title]


def test_a_missing_one_is_grey_and_cannot_be_chosen(window: Window, path: Path) -> None:
    window.open_path(path)
    window.commands.actions["close"].trigger()
    recent = window.welcome.recent
    there = recent.grab().toImage()
    path.unlink()
    window.welcome.refresh()
    item = recent.item(0)
    assert item.flags() == Qt.ItemFlag.NoItemFlags
    assert "not there any more" in item.text()
    gone = recent.grab().toImage()
    ink = window.look.color("ink")
    row = recent.visualItemRect(item)

    def darkest(image: QImage) -> int:
        return min(
            image.pixelColor(x, y).lightness()
            for x in range(row.left(), row.right())
            for y in range(row.top(), row.bottom())
        )

    assert darkest(there) <= ink.lightness() + 2
    assert ink.lightness() + 40 < darkest(gone) < 140


def test_quick_capture_presses_no_button(window: Window, qtbot: QtBot) -> None:
    focus = QApplication.focusWidget()
    assert focus is window.welcome.focusProxy()
    qtbot.keyClick(focus, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert not window.desk.is_open
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    assert window.desk.is_open
