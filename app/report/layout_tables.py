"""Tables as plain data: columns as wide as their longest word, long texts on rows of their own."""

from typing import Any, Final

from msgspec import Struct

from app.charts.lettering import width
from app.report.draft import cut
from app.report.model import Cell, PageSize, Row, Table

TABLE: Final = 8.5
REGISTER: Final = 8.0
"""Points of letters in a table of a page, and in one of an annex."""
WIDE: Final = {PageSize.A4: 493.0, PageSize.LETTER: 510.0}
"""Points between the margins."""
GAP: Final = 7.0
AUTO_MOST: Final = 130.0
"""Points that a column takes at most which takes what it needs."""
PARTED: Final = 14
PIECE: Final = 11
"""Letters from which on a word may be parted, and about how many stand in its longest piece."""
SIGNS = 100
"""Characters of a table's text that stand beside each other on a page."""
WORD_SIGNS = 24
"""A longer word may be broken anywhere; it would make its column wider than the page."""
LEAST = 0.08
"""Share of the width that a column takes at least."""
MOST_LINES = 24
"""Of a cell; a longer text stands in a row of its own below, as wide as the page."""
MOST_NARROW, NARROW_SIGNS = 5, 12
"""Columns of a narrow table, and characters of its cells but the first."""
BEGUN = 120
"""Characters of it that stay in its cell."""


class Paper(Struct, frozen=True):
    """What a table is set on: its width and letters in points, and whether it is typeset."""

    wide: float
    size: float
    typeset: bool


def table_data(table: Table, paper: Paper, *, halves: bool = False) -> dict[str, Any]:
    """Everything a template needs of a table; `halves` sets it as two beside each other."""
    return {
        "key": table.key,
        "title": table.title,
        "note": table.note,
        "halves": halves,
        "kept": _is_narrow(table),
        "cols": [
            {"t": column.title, "s": share, "a": column.align}
            for column, share in zip(table.columns, _shares(table, paper, halves), strict=True)
        ],
        "rows": [found for row in table.rows for found in _rows(table, row, paper)],
    }


def _is_narrow(table: Table) -> bool:
    """Few columns of figures: a table even on a phone, where its rows alone would not say whose."""
    cells = (cell for row in table.rows if not row.heads for cell in row.cells[1:])
    return len(table.columns) <= MOST_NARROW and all(
        len(cell.text) <= NARROW_SIGNS and not cell.detail and cell.tone != "verdict"
        for cell in cells
    )


def _rows(table: Table, row: Row, paper: Paper) -> list[dict[str, Any]]:
    """The row, and below it every text that is too long for its column."""
    cells, below = list(row.cells), []
    if paper.typeset and not row.heads:
        for i, column in enumerate(table.columns[: len(cells)]):
            if _is_long(table, i, cells[i]):
                whole = cells[i]
                said = " ".join(part for part in (whole.text, whole.detail) if part)
                below.append(_row([Cell(column.title, said)], wide=True))
                cells[i] = Cell(cut(said, BEGUN), tone=whole.tone)
    return [_row(cells, heads=row.heads), *below]


def _row(cells: list[Cell], *, heads: bool = False, wide: bool = False) -> dict[str, Any]:
    return {"h": heads, "w": wide, "c": [_cell(cell) for cell in cells]}


def _is_long(table: Table, column: int, cell: Cell) -> bool:
    total = sum(c.share for c in table.columns) or 1
    room = SIGNS * max(table.columns[column].share / total, LEAST)
    return len(cell.text) + len(cell.detail) > MOST_LINES * room


def _cell(cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = {"t": cell.text}
    if any(len(word) > WORD_SIGNS for word in f"{cell.text} {cell.detail}".split()):
        found["w"] = True
    if cell.detail:
        found["d"] = cell.detail
    if cell.tone:
        found["k"] = cell.tone
    return found


def _shares(table: Table, paper: Paper, halves: bool) -> list[float]:
    """Shares of the room left by columns that take what they need, none below its longest word."""
    wide = paper.wide / 2 - 2 * GAP if halves else paper.wide
    shared = [i for i, column in enumerate(table.columns) if column.share]
    room = wide - sum(
        _natural(table, i, paper.size) for i in range(len(table.columns)) if i not in shared
    )
    least = {i: _longest(table, i, paper.size) + GAP for i in shared}
    fixed: dict[int, float] = {}
    while True:
        left = room - sum(fixed.values())
        total = sum(table.columns[i].share for i in shared if i not in fixed) or 1
        found = {i: left * table.columns[i].share / total for i in shared if i not in fixed}
        narrow = {i: least[i] for i, points in found.items() if points < least[i]}
        if not narrow or len(narrow) + len(fixed) == len(shared):
            break
        fixed |= narrow
    final = {**found, **narrow, **fixed}
    return [round(max(final.get(i, 0), 0), 1) for i in range(len(table.columns))]


def _texts(table: Table, column: int, size: float) -> list[tuple[str, float]]:
    """What stands in a column, with the size in which it does."""
    found = [(table.columns[column].title, size * 1.01)]
    for row in table.rows:
        if not row.heads and column < len(row.cells):
            cell = row.cells[column]
            found += [(cell.text, size * (1.07 if cell.tone else 1)), (cell.detail, size * 0.94)]
    return found


def _natural(table: Table, column: int, size: float) -> float:
    texts = _texts(table, column, size)
    return min(max(width(text, points) for text, points in texts) + GAP, AUTO_MOST)


def _longest(table: Table, column: int, size: float) -> float:
    """The widest piece of a text that is not parted."""
    found = 0.0
    for text, points in _texts(table, column, size):
        for word in text.replace("-", "- ").replace("/", "/ ").split():
            piece = word if len(word) < PARTED else word[:PIECE]
            found = max(found, width(piece, points))
    return found
