"""The spreadsheet-like table: typing, filling down, pasting and removing are edits of the audit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.ids import WorkflowId
from app.ui.models.choices import people
from app.ui.models.columns import Column, Kind
from app.ui.models.records import RecordModel
from app.ui.record_table import RecordTable
from app.ui.style import Look

COLUMNS = [
    Column("Name", "name"),
    Column("Unit", "unit"),
    Column("Owner", "owner", Kind.CHOICE, people),
    Column("Benefit", "yearly_benefit", Kind.NUMBER),
    Column("In scope", "in_scope", Kind.CHECK),
    Column("Live since", "go_live", Kind.DATE),
]


@pytest.fixture
def table(desk: Desk, look: Look, qtbot: QtBot) -> RecordTable:
    model = RecordModel(desk, look, "workflows", COLUMNS, word="workflow", prefix="w")
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_audit()
    desk.changed.connect(model.follow)
    made = RecordTable(model, "Workflows")
    qtbot.addWidget(made)
    made.show()
    return made


def test_typing_replaces_and_enter_moves_down(table: RecordTable, desk: Desk, qtbot: QtBot) -> None:
    first, second = (WorkflowId(i) for i in table.records.ids[:2])
    table.setCurrentIndex(table.records.index(0, 1))
    qtbot.keyClick(table, "L")
    editor = table.findChild(QLineEdit)
    qtbot.keyClicks(editor, "egal")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.audit.workflows[first].unit == "Legal")
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)
    assert desk.audit.workflows[second].unit != "Legal"


def test_a_block_from_a_spreadsheet_is_one_step(table: RecordTable, desk: Desk) -> None:
    before = desk.audit
    rows = len(table.records.ids)
    table.setCurrentIndex(table.records.index(rows - 1, 0))
    QGuiApplication.clipboard().setText("Last renamed\tSales\nBrand new\tLegal\n")
    table.paste()
    names = {w.name: w.unit for w in desk.audit.workflows.values()}
    assert names["Brand new"] == "Legal"
    assert names["Last renamed"] == "Sales"
    desk.undo()
    assert desk.audit == before


def test_filling_down_repeats_the_top_cell(table: RecordTable, desk: Desk) -> None:
    owner = next(iter(sorted(desk.audit.people)))
    table.records.put_block(0, 2, [[owner]])
    table.records.fill_down([0, 1, 2], [2])
    owners = [desk.audit.workflows[WorkflowId(i)].owner for i in table.records.ids[:3]]
    assert owners == [owner] * 3


def test_a_value_that_does_not_fit_changes_nothing(table: RecordTable, desk: Desk) -> None:
    before = desk.audit
    spy = QSignalSpy(desk.failed)
    for column, text in ((2, "Nobody at all"), (3, "a lot"), (3, "-5"), (5, "soon")):
        assert not table.records.put_block(0, column, [[text]])
    assert desk.audit is before
    assert spy.count() == 4


def test_removing_rows_and_undoing_brings_them_back(table: RecordTable, desk: Desk) -> None:
    before = desk.audit
    gone = table.records.ids[:2]
    table.records.remove([0, 1])
    assert not set(gone) & set(desk.audit.workflows)
    assert table.records.ids[:1] != gone[:1]
    desk.undo()
    assert desk.audit == before
    assert table.records.ids[:2] == gone


def test_sorting_puts_blanks_last_and_filter_narrows(table: RecordTable, desk: Desk) -> None:
    table.records.sort(3, Qt.SortOrder.AscendingOrder)
    values = [desk.audit.workflows[WorkflowId(i)].yearly_benefit for i in table.records.ids]
    known = [v for v in values if v is not None]
    assert values == sorted(known) + [None] * (len(values) - len(known))
    table.records.search("invoice")
    assert 0 < len(table.records.ids) < len(values)
