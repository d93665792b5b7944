"""Workflows: the details of one or of several, a new row in one key, sorting and filtering."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.merging import begin_next
from app.domain.edits import records
from app.domain.ids import WorkflowId
from app.domain.landscape import Audience, PersonalData, Workflow
from app.ui.page import Bench, Place
from app.ui.pages.workflows import WorkflowsPage
from app.words import Words

ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def page(bench: Bench, desk: Desk, qtbot: QtBot) -> WorkflowsPage:
    made = WorkflowsPage(bench)
    qtbot.addWidget(made)
    desk.changed.connect(made.audit_changed)
    desk.figures_changed.connect(made.follow_figures)
    made.audit_opened()
    made.resize(1100, 640)
    made.show()
    return made


def choose(page: WorkflowsPage, name: str, value: str) -> None:
    box = page.details.form._editors[name]
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_details_of_the_row_the_cursor_is_in(page: WorkflowsPage, desk: Desk, qtbot: QtBot) -> None:
    page.go_to(Place("workflows", workflow=WorkflowId("invoices")))
    assert page.details.name.text() == "Invoice matching"
    choose(page, "personal_data", "sensitive")
    choose(page, "own_model_goal", "True")
    record = desk.audit.workflows[WorkflowId("invoices")]
    assert (record.personal_data, record.own_model_goal) == (PersonalData.SENSITIVE, True)
    choose(page, "own_model_goal", "")
    assert desk.audit.workflows[WorkflowId("invoices")].own_model_goal is None
    note = page.details.form._editors["note"]
    qtbot.keyClicks(note, "Ask Priya.")
    page.table.setCurrentIndex(page.model.index(0, 0))
    assert desk.audit.workflows[WorkflowId("invoices")].note == "Ask Priya."
    assert note.text() == desk.audit.workflows[WorkflowId(page.model.ids[0])].note


def test_a_change_goes_to_all_chosen_workflows_as_one_step(page: WorkflowsPage, desk: Desk) -> None:
    before = desk.audit
    page.table.clearSelection()
    for row in (1, 2, 5):
        page.table.selectionModel().select(page.model.index(row, 0), ROWS)
    ids = [WorkflowId(page.model.ids[row]) for row in (1, 2, 5)]
    assert page.details.name.text() == "3 workflows"
    assert page.details.form._editors["autonomy"].placeholderText() == "several values"
    choose(page, "audience", "many_teams")
    assert {desk.audit.workflows[w].audience for w in ids} == {Audience.MANY_TEAMS}
    assert page.table.chosen_ids() == ids
    desk.undo()
    assert desk.audit == before


def test_ctrl_enter_starts_a_row_and_tab_goes_on_in_it(
    page: WorkflowsPage, desk: Desk, qtbot: QtBot
) -> None:
    count = len(page.model.ids)
    qtbot.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    editor = QApplication.focusWidget() or page.table
    qtbot.keyClicks(editor, "Contract search")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert desk.audit.workflows[WorkflowId(page.model.ids[-1])].name == "Contract search"
    # The state is computed, so the unit comes next.
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (count, 2)
    desk.undo()
    assert len(page.model.ids) == count


def test_filter_sort_and_the_way_to_the_audit(
    page: WorkflowsPage, desk: Desk, bench_places: list[Place], qtbot: QtBot
) -> None:
    page.search.setText("invoice")
    qtbot.waitUntil(lambda: page.model.ids == ["invoices"], timeout=2000)
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.walk.click()
    assert bench_places == [Place("walk", workflow=WorkflowId("invoices"))]
    page.model.search("")
    benefits = 8
    for order in Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder:
        page.model.sort(benefits, order)
        found = [desk.audit.workflows[WorkflowId(w)].yearly_benefit for w in page.model.ids]
        down = order is Qt.SortOrder.DescendingOrder
        assert found == sorted(found, reverse=down)


def test_sorting_by_state_follows_the_figures(
    page: WorkflowsPage, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: desk.portfolio is not None, timeout=10000)
    page.follow_figures()
    page.model.sort(1)
    shown = [page.model.text(row, 1) for row in range(len(page.model.ids))]
    assert shown == sorted(shown, key=str.casefold)
    assert {"Live without cover", "May go live", "left out"} <= set(shown)


def test_a_reaudit_marks_what_is_new_and_what_has_changed(
    qtbot: QtBot, desk: Desk, page: WorkflowsPage, tmp_path: Path
) -> None:
    begin_next(desk, tmp_path / "next.plumb", Words())
    desk.open(tmp_path / "next.plumb")
    page.audit_opened()
    page.show()
    page.marks.show_audit()

    def marked() -> dict[str, str]:
        heads = [
            str(page.model.headerData(row, Qt.Orientation.Vertical))
            for row in range(len(page.model.ids))
        ]
        found = zip(page.model.ids, heads, strict=True)
        return {id_: head.partition(" ")[2] for id_, head in found if " " in head}

    assert page.marks.has_last
    desk.apply("Add", lambda a: records.put(a, "workflows", ("w99",), Workflow("Another")))
    desk.apply("Move", lambda a: records.amend(a, "workflows", ("returns",), unit="Elsewhere"))
    qtbot.waitUntil(lambda: len(marked()) == 2, timeout=5000)
    assert marked() == {"w99": "new", "returns": "changed"}


def test_a_filter_moves_nothing_and_its_hint_stands_under_the_heading(
    page: WorkflowsPage, qtbot: QtBot
) -> None:
    before = page.search.geometry(), page._lead.geometry(), page.split.geometry()
    qtbot.keyClicks(page.search, "no such thing")
    qtbot.waitUntil(lambda: page.model.ids == [])
    QApplication.processEvents()
    assert (page.search.geometry(), page._lead.geometry(), page.split.geometry()) == before
    details = page.details
    assert details.name.text() == "No workflow chosen"
    assert details.what.text() == "Choose one in the table."
    assert details.what.y() - details.name.geometry().bottom() < details.name.height()


def test_typing_starts_at_once_after_going_to_the_page(
    page: WorkflowsPage, desk: Desk, qtbot: QtBot
) -> None:
    """The keyboard is in the table; in an empty audit in the row that adds one."""
    page.activateWindow()
    page.setFocus()
    assert page.table.hasFocus()
    for workflow in list(desk.audit.workflows):
        desk.apply("Remove", records.remove, "workflows", (workflow,))
    page.audit_opened()
    page.setFocus()
    qtbot.keyClicks(page.table, "C")
    editor = QApplication.focusWidget() or page.table
    qtbot.keyClicks(editor, "ontract search")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [w.name for w in desk.audit.workflows.values()] == ["Contract search"])
