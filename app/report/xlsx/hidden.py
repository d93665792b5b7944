"""What a workbook carries for reading back: where it came from and what each open cell held."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from app.domain.cell_marks import cell_mark, number_text
from app.report.model import Cell, Column, ReportModel, Table

SCHEMA: Final = "plumbline-sheet/1"
CONTROL, COLUMNS, LISTS, WRITTEN = "_control", "_columns", "_lists", "_written"
CLOSED: Final = "_closed"
"""Names of the very hidden sheets."""

MOST_SIGNS: Final = 32_767
"""UTF-16 units that a cell holds."""

Put = Callable[[Any, int, int, str], None]
Rows = Sequence[tuple[str, ...]]


def write_hidden(book: Any, model: ReportModel, names: Mapping[str, str], put: Put) -> None:
    """Very hidden sheets: control, and where cells are open all that reading back needs."""
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
    _fill(book, CLOSED, _closed(model, names), put)


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


def _closed(model: ReportModel, names: Mapping[str, str]) -> Rows:
    """A line with the titles of each register's closed columns, and one of marks for each row."""
    found: list[tuple[str, ...]] = []
    for table in model.registers:
        titles = [column.title for column in table.columns]
        places = [
            at
            for at, column in enumerate(table.columns)
            if not column.is_open and titles.count(column.title) == 1
        ]
        found.append((table.key, "", names[table.key], *(titles[at] for at in places)))
        for row in table.rows:
            marks = (cell_mark(shown(table.columns[at], row.cells[at])) for at in places)
            found.append((table.key, row.key, "".join(marks)))
    return found


def shown(column: Column, cell: Cell) -> str:
    """What a cell of the workbook holds, as text; a day as it is written in the record."""
    if column.kind in ("number", "share") and cell.value is not None:
        return number_text(cell.value)
    return cut_text(cell.text)


def cut_text(text: str) -> str:
    """The text as a cell holds it, ended by an ellipsis where it is cut."""
    if len(text) <= MOST_SIGNS // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST_SIGNS:
        return text
    return units[: 2 * (MOST_SIGNS - 1)].decode("utf-16-le", "ignore") + "…"


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
