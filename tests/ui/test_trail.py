"""The way back to where one came from, with the keyboard in its place."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.audit import Audit
from app.store.file import AuditFile
from app.ui.page import Place
from app.ui.trail import MOST, Trail
from app.ui.window import Window
from tests.ui.conftest import NOW


@pytest.fixture
def opened(window: Window, tmp_path: Path, sample: Audit) -> Window:
    path = tmp_path / "x.plumb"
    AuditFile.create(path, sample, label="Sample", by=None, at=NOW).close()
    window.open_path(path)
    window.activateWindow()
    return window


def test_back_leads_to_the_page_and_the_row_one_came_from(opened: Window, qtbot: QtBot) -> None:
    opened.go(Place("gaps"))
    page, tree = opened.page, opened.page.list.tree
    gap = page.list.model.groups[3].gaps[0]
    tree.show_gap(gap.key)
    page.list._open(gap)
    assert opened.page.key == "walk"
    qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert opened.page is page
    assert opened.focusWidget() is tree
    assert tree.current_gap == gap
    opened.commands.actions["back"].trigger()
    assert opened.page.key == opened.pages.kinds[0].key
    opened.commands.actions["back"].trigger()
    assert opened.page.key == opened.pages.kinds[0].key


def test_in_the_plan_the_same_keys_move_an_action(opened: Window, qtbot: QtBot) -> None:
    opened.go(Place("roadmap"))
    qtbot.waitUntil(lambda: bool(opened.page.plan.table.actions), timeout=60_000)
    table = opened.page.plan.table
    table.setFocus()
    with qtbot.waitSignal(table.moved):
        qtbot.keyClick(table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert opened.page.key == "roadmap"


def test_another_audit_starts_a_trail_of_its_own(
    opened: Window, tmp_path: Path, sample: Audit
) -> None:
    opened.go(Place("risk"))
    path = tmp_path / "y.plumb"
    AuditFile.create(path, sample, label="Sample", by=None, at=NOW).close()
    opened.open_path(path)
    page = opened.page
    opened.go_back()
    assert opened.page is page


def test_a_long_trail_forgets_its_beginning(opened: Window) -> None:
    trail, page = Trail(), opened.page
    for _ in range(MOST + 5):
        trail.leave(page, None)
    assert sum(trail.back() is not None for _ in range(MOST + 5)) == MOST


def test_a_widget_that_is_gone_leaves_its_page(opened: Window) -> None:
    page, field = opened.page, QLineEdit(opened.page)
    field.show()
    trail = Trail()
    trail.leave(page, field)
    shiboken6.delete(field)
    assert trail.back() == (page, None)
