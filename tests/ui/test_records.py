"""The spreadsheet-like table: typing, filling down, pasting and removing are edits of the audit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.ids import PersonId, WorkflowId
from app.ui.models.choices import people
from app.ui.models.columns import Column, Kind
from app.ui.models.records import RecordModel
from app.ui.record_table import RecordTable
from app.ui.style import Look
from app.ui.widgets.name_box import NameBox

COLUMNS = [
    Column("Name", "name"),
    Column("Unit", "unit"),
    Column("Owner", "owner", Kind.CHOICE, people, adds_people=True),
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
    for column, text in ((4, "perhaps"), (3, "a lot"), (3, "-5"), (5, "soon")):
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


def test_a_bad_cell_is_left_out_and_named(table: RecordTable, desk: Desk) -> None:
    spy = QSignalSpy(desk.failed)
    first, second = (WorkflowId(i) for i in table.records.ids[:2])
    was = desk.audit.workflows[second]
    assert table.records.put_block(
        0, 1, [["Sales", "", "90,000", "no"], ["Legal", "", "a lot", "maybe", "soon"]]
    )
    made = desk.audit.workflows[first]
    assert (made.unit, made.yearly_benefit, made.in_scope) == ("Sales", 90000, False)
    made = desk.audit.workflows[second]
    assert made.unit == "Legal"
    assert (made.yearly_benefit, made.in_scope) == (was.yearly_benefit, was.in_scope)
    said = spy.at(0)[0]
    assert said.startswith("3 cells were not taken, the rest was.")
    assert "Benefit, row 2: “a lot” is no number" in said
    assert "Live since, row 2: “soon” is no date; write it as 2027-03-31" in said
    desk.undo()
    assert desk.audit.workflows[second] == was


def test_a_value_out_of_range_costs_no_other_cell(table: RecordTable, desk: Desk) -> None:
    spy = QSignalSpy(desk.failed)
    assert table.records.put_block(len(table.records.ids), 0, [["New one", "Legal", "", "-5"]])
    made = desk.audit.workflows[WorkflowId(table.records.ids[-1])]
    assert (made.name, made.unit, made.yearly_benefit) == ("New one", "Legal", None)
    assert "One cell was not taken" in spy.at(0)[0]
    assert not table.records.put_block(len(table.records.ids), 1, [["Legal", ""]])
    assert "A new row needs “Name”" in spy.at(1)[0]


def test_people_named_in_a_paste_are_added_in_the_same_step(table: RecordTable, desk: Desk) -> None:
    before = desk.audit
    name = desk.audit.people[PersonId("zoe")].name
    rows = len(table.records.ids)
    block = [["One", "", "Ana Lund"], ["Two", "", "ana  lund"], ["Three", "", name.upper()]]
    assert table.records.put_block(rows, 0, block)
    made = [desk.audit.workflows[WorkflowId(i)].owner for i in table.records.ids[rows:]]
    assert desk.audit.people[made[0]].name == "Ana Lund"
    assert made == [made[0], made[0], "zoe"]
    assert "Added to the people: Ana Lund." in table.news.text()
    assert table.news.isVisible()
    desk.undo()
    assert desk.audit == before
    table.records.put_block(0, 1, [["Sales"]])
    assert table.news.isHidden()


def test_a_new_name_is_typed_into_a_cell(table: RecordTable, desk: Desk, qtbot: QtBot) -> None:
    first = WorkflowId(table.records.ids[0])
    table.setCurrentIndex(table.records.index(0, 2))
    qtbot.keyClick(table, "A")
    editor = table.findChild(NameBox)
    qtbot.keyClicks(editor, "na Lund")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.audit.people[desk.audit.workflows[first].owner].name == "Ana Lund")
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)


def test_no_refusal_speaks_of_types(look: Look, desk: Desk, qtbot: QtBot) -> None:
    """An empty cell is what its field is without a word."""
    columns = [
        Column("Name", "name"),
        Column("Answers for", "area", Kind.CHOICE, lambda _audit: {"": "", "it": "IT"}),
        Column("Seat", "seat", Kind.NUMBER, whole=True),
    ]
    model = RecordModel(desk, look, "people", columns, word="person", prefix="p")
    model.show_audit()
    desk.changed.connect(model.follow)
    spy = QSignalSpy(desk.failed)
    assert model.put_block(len(model.ids), 0, [["Ana Lund", "", ""], ["Ben Ode", "IT", "90"]])
    assert spy.count() == 0
    assert model.put_block(0, 1, [["it"]])
    assert model.clear([0], [1])
    assert desk.audit.people[PersonId(model.ids[0])].area == ""
    assert not model.put_block(0, 2, [["one"]])
    assert not model.put_block(0, 1, [["Legal"]])
    said = [spy.at(n)[0] for n in range(spy.count())]
    assert said == [
        "“one” is no number; write it as 1200 or 12.5. Nothing was changed; type another value.",
        "“Legal” is not one of: IT. Nothing was changed; type another value.",
    ]


def test_enter_goes_on_below_where_tab_began(table: RecordTable, qtbot: QtBot) -> None:
    table.setFocus()
    table.setCurrentIndex(table.records.index(0, 1))
    for _ in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Tab)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (2, 2)


def test_nothing_typed_in_the_row_that_adds_is_lost(
    table: RecordTable, desk: Desk, qtbot: QtBot
) -> None:
    rows = len(table.records.ids)
    table.setCurrentIndex(table.records.index(rows - 1, 3))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (rows, 0)
    table.setCurrentIndex(table.records.index(rows, 2))
    qtbot.keyClick(table, "N")
    editor = table.findChild(QLineEdit)
    qtbot.keyClicks(editor, "ew one")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert desk.audit.workflows[WorkflowId(table.records.ids[-1])].name == "New one"


def test_undo_speaks_names_and_keeps_those_of_people_out_of_the_journal(
    table: RecordTable, desk: Desk, look: Look
) -> None:
    model, name = table.records, desk.audit.workflows[WorkflowId(table.records.ids[0])].name
    model.put_block(0, 1, [["Legal"]])
    assert desk.undo_label == f"Change workflow {name}"
    model.put_block(0, 1, [["Sales"]] * 4)
    assert desk.undo_label.startswith("Change workflow ")
    assert desk.undo_label.endswith(" and 2 more")
    people_ = RecordModel(
        desk, look, "people", [Column("Name", "name")], word="person", prefix="p"
    )  # fmt: skip
    people_.show_audit()
    person = desk.audit.people[people_.ids[0]]
    people_.put_block(0, 0, [[person.name + "x"]])
    assert person.name not in desk.undo_label
    assert desk.undo_label == f"Change person {person.role}"
