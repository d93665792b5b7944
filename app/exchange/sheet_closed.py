"""Cells that are not read back and were changed all the same: nothing is lost without a word."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from app.domain.cell_marks import WIDTH, cell_mark, number_text
from app.exchange.sheet_book import EMPTY, Rows, SheetBook, SheetCell
from app.exchange.sheet_record import KEY

CLOSED: Final = "_closed"
HEADING_ROWS: Final = 20
"""The heading is looked for in so many rows, for somebody may have put a title above it."""
FIRST_DAY: Final = dt.datetime(1899, 12, 30)
LAST_SERIAL: Final = 2_958_465
WHY: Final = "This cell is not read back; change it in the audit."
ADDED: Final = "This row is not read back; add it in the audit."


class Unread(Struct, frozen=True):
    """What is left out, where it stands and why."""

    place: str
    why: str


class _Closed(Struct, frozen=True):
    """What was written into one sheet where nothing is taken."""

    sheet: str
    titles: tuple[str, ...]
    marks: Mapping[str, str]
    """Record to the marks of its cells, one behind the other."""
    has_open: bool
    """Other columns of the sheet are read back, and its rows with them."""


def changed_cells(book: SheetBook, open_sheets: frozenset[str]) -> tuple[Unread, ...]:
    """Every cell and row changed where nothing is read back, by sheet.

    Workbooks written before cells were marked have none of it.
    """
    if CLOSED not in book.names:
        return ()
    return tuple(
        found
        for closed in _written(book.texts(CLOSED, 3), open_sheets)
        if closed.sheet in book.names
        for found in _changed(closed, book.rows(closed.sheet))
    )


def _written(rows: Sequence[Sequence[str]], open_sheets: frozenset[str]) -> Iterator[_Closed]:
    """A register opens with its sheet and titles; rows with a key follow."""
    marks: dict[str, dict[str, str]] = {}
    heads: dict[str, tuple[str, tuple[str, ...]]] = {}
    for register, key, text, *titles in rows:
        if key:
            marks.setdefault(register, {})[key] = text
        else:
            heads[register] = text, tuple(title for title in titles if title)
    for register, (sheet, shown) in heads.items():
        yield _Closed(sheet, shown, marks.get(register, {}), sheet in open_sheets)


def _changed(closed: _Closed, rows: Rows) -> Iterator[Unread]:
    top, places = heading(rows)
    if KEY not in places:
        if not closed.has_open:
            yield Unread(
                closed.sheet, "Its hidden column is not there, so nobody can tell what was changed."
            )
        return
    for number, cells in enumerate(rows[top:], start=top + 1):
        key = cell_at(cells, places[KEY]).text.strip()
        place = f"{closed.sheet}, row {number}"
        marks = closed.marks.get(key)
        if marks is not None:
            for n, title in enumerate(closed.titles):
                mark = marks[n * WIDTH : (n + 1) * WIDTH]
                if title in places and mark not in _marks(cell_at(cells, places[title])):
                    yield Unread(f"{place}, {title}", WHY)
        elif not closed.has_open and any(cell.text.strip() for cell in cells):
            yield Unread(place, ADDED)


def heading(rows: Rows) -> tuple[int, Mapping[str, int]]:
    """Number of the first row with the hidden column's heading, and title to column."""
    for number, cells in enumerate(rows[:HEADING_ROWS], start=1):
        titles = {cell.text.strip(): at for at, cell in enumerate(cells)}
        if KEY in titles:
            return number, titles
    return 0, {}


def cell_at(cells: Sequence[SheetCell], at: int) -> SheetCell:
    """A row that ends early has empty cells."""
    return cells[at] if at < len(cells) else EMPTY


def _marks(cell: SheetCell) -> Iterator[str]:
    """Marks of all that a cell may say: a number is a day where its format was lost."""
    value = cell.value
    if isinstance(value, dt.datetime):
        yield cell_mark(value.date().isoformat())
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield cell_mark(number_text(value))
        if 1 <= value <= LAST_SERIAL:
            yield cell_mark((FIRST_DAY + dt.timedelta(days=int(value))).date().isoformat())
    else:
        yield cell_mark(cell.text)
