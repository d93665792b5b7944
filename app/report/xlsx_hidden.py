"""What a workbook carries for reading back: where it came from and what each open cell held."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from app.report.model import Cell, Column, ReportModel, Table

SCHEMA: Final = "plumbline-sheet/1"
CONTROL, COLUMNS, LISTS, WRITTEN = "_control", "_columns", "_lists", "_written"
"""Names of the very hidden sheets."""

Put = Callable[[Any, int, int, str], None]
Rows = Sequence[tuple[str, ...]]


def write_hidden(book: Any, model: ReportModel, names: Mapping[str, str], put: Put) -> None:
    """Very hidden sheets: control, and where cells are open columns, lists and what was written."""
    _fill(book, CONTROL, _control(model), put)
    if not any(column.is_open for table in model.registers for column in table.columns):
        return
    _fill(book, COLUMNS, _columns(model, names), put)
    lists = _sheet(book, LISTS)
    for (register, key), place in list_places(model.registers).items():
        column = _column(model, register, key)
        cells = zip((f"{register}.{key}", *column.choices), ("", *column.codes), strict=True)
        for row, (text, code) in enumerate(cells):
            put(lists, row, place, text)
            put(lists, row, place + 1, code)
    _fill(book, WRITTEN, _written(model), put)


def list_places(tables: Iterable[Table]) -> Mapping[tuple[str, str], int]:
    """Register and column to the column of the sheet of lists; its codes stand to the right."""
    listed = [(t.key, c.key) for t in tables for c in t.columns if c.is_open and c.choices]
    return {name: 2 * n for n, name in enumerate(listed)}


def _control(model: ReportModel) -> Rows:
    made = model.control
    return [
        ("schema", SCHEMA),
        ("audience", model.audience.value),
        ("language", model.language),
        ("file", made.file),
        ("sequence", str(made.sequence)),
        ("chain_head", made.chain_head),
        ("program", made.program),
        ("bank_hash", made.bank_hash),
    ]


def _columns(model: ReportModel, names: Mapping[str, str]) -> Rows:
    return [
        (table.key, names[table.key], column.key, column.title, column.kind)
        for table in model.registers
        for column in table.columns
        if column.is_open
    ]


def _written(model: ReportModel) -> Rows:
    """Register, record, column, value and the text of every open cell that holds something."""
    found = []
    for table in model.registers:
        for at, column in enumerate(table.columns):
            if column.is_open:
                for row in table.rows:
                    cell = row.cells[at]
                    if cell.text:
                        found.append(
                            (table.key, row.key, column.key, _value(column, cell), cell.text)
                        )
    return found


def _value(column: Column, cell: Cell) -> str:
    if cell.text in column.choices:
        return column.codes[column.choices.index(cell.text)]
    if column.kind == "number":
        return "" if cell.value is None else repr(float(cell.value))
    return "" if column.choices else cell.text


def _column(model: ReportModel, register: str, key: str) -> Column:
    table = next(table for table in model.registers if table.key == register)
    return next(column for column in table.columns if column.key == key)


def _sheet(book: Any, name: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.very_hidden()
    return sheet


def _fill(book: Any, name: str, rows: Rows, put: Put) -> None:
    sheet = _sheet(book, name)
    for number, row in enumerate(rows):
        for at, text in enumerate(row):
            put(sheet, number, at, text)
