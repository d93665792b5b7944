"""An audit without workflows or without answers: what is missing, and the way on."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.edits import records
from app.domain.landscape import Outcome, Workflow
from app.ui.page import Place
from app.ui.pages.roadmap import DECIDE, ERRANDS, LATER, LEFT_OUT
from app.ui.window import Window


@pytest.fixture
def empty(window: Window, tmp_path: Path) -> Window:
    window.settings.folder = tmp_path
    window.commands.actions["new"].trigger()
    window.activateWindow()
    return window


def add_workflow(window: Window) -> None:
    made = Workflow("Claims")
    assert window.desk.apply("Add", records.put_all, [("workflows", ("w1",), made)])


def planned(window: Window, qtbot: QtBot) -> None:
    window.go(Place("roadmap"))
    qtbot.waitUntil(lambda: window.desk.figures_are_current, timeout=30_000)


def test_the_roadmap_of_an_empty_audit_names_what_is_missing(empty: Window, qtbot: QtBot) -> None:
    planned(empty, qtbot)
    page = empty.page
    assert "no active workflow" in page.lead.text()
    assert page.plan.empty.text().startswith("Add a workflow")
    add_workflow(empty)
    qtbot.waitUntil(lambda: empty.desk.figures_are_current, timeout=30_000)
    assert "no active workflow" not in page.lead.text()
    assert page.plan.empty.text().startswith("Nothing has been asked yet")


def test_no_gaps_before_anything_was_asked_means_nothing(empty: Window) -> None:
    add_workflow(empty)
    empty.go(Place("gaps"))
    said = empty.page.list.empty
    assert said.isVisible()
    assert said.text().startswith("Nothing has been asked yet")


@pytest.fixture
def example(window: Window, tmp_path: Path) -> Window:
    window.settings.folder = tmp_path
    window.commands.actions["example"].trigger()
    window.activateWindow()
    return window


def test_the_keys_on_the_buttons_work_from_the_start(example: Window, qtbot: QtBot) -> None:
    planned(example, qtbot)
    page = example.page
    page.plan.table.setFocus()
    page.tabs.setCurrentIndex(DECIDE)
    table = page.decide.table
    assert example.focusWidget() is table
    workflow = table.selected_rows[0]
    wanted = "1" if example.desk.audit.workflows[workflow].outcome is not Outcome.PROMOTE else "3"
    qtbot.keyClick(table, Qt.Key(ord(wanted)))
    outcome = example.desk.audit.workflows[workflow].outcome
    assert outcome is (Outcome.PROMOTE if wanted == "1" else Outcome.PAUSE)
    for tab in (LATER, ERRANDS, LEFT_OUT):
        page.plan.table.setFocus()
        page.tabs.setCurrentIndex(tab)
        pane = page.tabs.currentWidget()
        if pane.model.rows:
            assert example.focusWidget() is pane.table
            assert pane.table.selected_rows
    bar = page.tabs.tabBar()
    bar.setFocus()
    page.tabs.setCurrentIndex(DECIDE)
    assert example.focusWidget() is bar
