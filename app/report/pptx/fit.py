"""How text and tables fit on a slide: the largest of a few sizes, and lines cut where none does."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from app.report.face import NARROW, lines, shortened
from app.report.model import Row, Table
from app.report.office import column_widths, columns_of, legal, said
from app.words import Words

LEADING: Final = 1.22
"""Height of a line in its size."""
PAD_X, PAD_Y = 12.0, 6.0
"""Points of the space in a cell, both sides together."""
DETAIL: Final = 0.86
"""Size of a cell's second text against its first."""
SMALLEST: Final = 11.0
"""Points of the smallest letters in a table, which people read from their chairs."""
FEWEST: Final = 2
"""Rows that a table keeps, however little room it has."""
MOST_LINES: Final = (6, 4, 3, 2, 1)
"""Lines of a cell's text, tried in turn where the smallest size does not fit."""


class Entry(Struct, frozen=True):
    text: str
    detail: str
    tone: str
    is_right: bool


class Sheet(Struct, frozen=True):
    """A table as it stands on a slide: points, and texts that fit."""

    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    """Of the heading row first."""
    titles: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]

    @property
    def height(self) -> float:
        return sum(self.heights)


def size_of(
    text: str, space: float, height: float, sizes: Sequence[float], *, bold: bool = False
) -> float:
    """The first of the sizes at which the text fits, else the last."""
    for size in sizes:
        if lines(text, space, size, bold=bold) * size * LEADING <= height:
            return size
    return sizes[-1]


def paragraphs(
    texts: Sequence[str], space: float, height: float, sizes: Sequence[float], *, bold: bool = False
) -> tuple[float, list[str]]:
    """The size at which the texts fit below each other, and the texts, cut where none does."""
    plain = [legal(text) for text in texts]
    joined = "\n".join(plain)
    size = size_of(joined, space, height, sizes, bold=bold)
    if lines(joined, space, size, bold=bold) * size * LEADING <= height:
        return size, plain
    most = max(1, int(height / (size * LEADING) / len(plain)))
    return size, [shortened(text, space, size, most, bold=bold) for text in plain]


def chosen(table: Table, keys: Sequence[str]) -> Table:
    """The table with these of its columns alone, in this order."""
    places = columns_of(table, keys)
    rows = tuple(
        Row(row.key, tuple(row.cells[i] for i in places)) for row in table.rows if not row.heads
    )
    return Table(table.key, table.title, tuple(table.columns[i] for i in places), rows, table.note)


def fitted(
    table: Table, wide: float, high: float, sizes: Sequence[float], words: Words, *, fewer: bool
) -> Sheet:
    """The table in the largest size whose height fits.

    Below the smallest its texts are cut, down to three lines where it may have `fewer` rows, and
    then its last rows are left to the report.
    """
    found = None
    for size in sizes:
        found = _sheet(table, wide, size, MOST_LINES[0], words)
        if found.height <= high:
            return found
    for most in MOST_LINES[1 : 3 if fewer else None]:
        found = _sheet(table, wide, sizes[-1], most, words)
        if found.height <= high:
            return found
    assert found is not None
    if fewer and len(table.rows) > FEWEST:
        return fitted(replace(table, rows=table.rows[:-1]), wide, high, sizes, words, fewer=True)
    return found


def detail_size(size: float) -> float:
    """Points of a cell's second text."""
    return max(size * DETAIL, SMALLEST)


def _sheet(table: Table, wide: float, size: float, most: int, words: Words) -> Sheet:
    widths = column_widths(table, wide, size * NARROW, PAD_X, words)
    spaces = [width - PAD_X for width in widths]
    titles = tuple(
        shortened(c.title, space, size, 3, bold=True)
        for c, space in zip(table.columns, spaces, strict=True)
    )
    heads = [Entry(title, "", "head", is_right=False) for title in titles]
    heights = [max(_high(e, space, size) for e, space in zip(heads, spaces, strict=True))]
    rows = []
    for row in table.rows:
        entries = [
            Entry(
                shortened(said(cell, words), space, size, most, bold=bool(cell.tone)),
                shortened(cell.detail, space, detail_size(size), max(1, most - 1))
                if most > 1
                else "",
                cell.tone,
                column.align == "right",
            )
            for cell, column, space in zip(row.cells, table.columns, spaces, strict=True)
        ]
        rows.append(tuple(entries))
        heights.append(max(_high(e, space, size) for e, space in zip(entries, spaces, strict=True)))
    return Sheet(size, widths, tuple(heights), titles, tuple(rows))


def _high(entry: Entry, space: float, size: float) -> float:
    """Height of a cell with its second text below the first."""
    first = lines(entry.text, space, size, bold=bool(entry.tone)) * size
    small = detail_size(size)
    second = lines(entry.detail, space, small) * small if entry.detail else 0.0
    return (first + second) * LEADING + PAD_Y
