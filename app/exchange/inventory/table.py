"""A table as it was read: headers, rows of original text, and where they stood."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from app.errors import ImportFailed
from app.exchange.inventory.cells import fold_header, is_empty, tidy

Grid = Sequence[tuple[int, Sequence[str]]]
"""Rows with their number in the file, counted from 1."""

ENOUGH = 0.6
"""The header fills at least this share of the cells that rows usually fill."""
LOOK_AHEAD = 40
"""The header stands within this many filled rows."""
NUMBER = re.compile(r"[-+(]?[-\d.,:/ %€$£]+\)?")


class Table(Struct, frozen=True):
    """`rows[i]` has one text for each header and stood in row `numbers[i]` of the file."""

    file: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    header_row: int
    """Number of the (last) header row; 0 where the file names fields instead, as JSON does."""
    encoding: str | None = None
    sheet: str | None = None

    def column(self, header: str) -> int | None:
        """Position of a header: as it is written, else by its letters and digits."""
        if header in self.headers:
            return self.headers.index(header)
        wanted = fold_header(header)
        folded = (i for i, own in enumerate(self.headers) if fold_header(own) == wanted)
        return next(folded, None) if wanted else None


def table_of(
    file: str, grid: Grid, *, encoding: str | None = None, sheet: str | None = None
) -> Table:
    """The table in a grid: header row found below title rows, blank rows and columns left out.

    Raises ImportFailed where no row looks like a header.
    """
    filled = [(number, cells) for number, cells in grid if not all(map(is_empty, cells))]
    found = header_position(filled)
    if found is None:
        raise ImportFailed(
            f"No header row was found in {file}; nothing has been taken. "
            "Put one row with the names of the columns above the rows."
        )
    last, names = found
    rows = filled[last + 1 :]
    width = max([len(names), *(len(cells) for _, cells in rows)])
    names = [*names, *[""] * (width - len(names))]
    keep = [
        i
        for i in range(width)
        if not is_empty(names[i]) or any(len(c) > i and not is_empty(c[i]) for _, c in rows)
    ]
    return Table(
        file=file,
        headers=numbered([names[i] for i in keep], keep),
        rows=tuple(tuple(c[i] if i < len(c) else "" for i in keep) for _, c in rows),
        numbers=tuple(number for number, _ in rows),
        header_row=filled[last][0],
        encoding=encoding,
        sheet=sheet,
    )


def header_position(filled: Grid) -> tuple[int, list[str]] | None:
    """Index of the last header row, and the header of each column.

    The header is the first row with labels in enough of the usual number of cells, so title
    rows are passed over. A row of groups above it (merged cells) may hold some of the names: where
    the next row stands exactly under the blanks of this one, both make the header together.
    """
    head = filled[:LOOK_AHEAD]
    fills = sorted(_fill(cells) for _, cells in head)
    # The upper quartile: one row with stray cells to its right does not hide the header.
    usual = fills[3 * len(fills) // 4] if fills else 0
    for i, (_, cells) in enumerate(head):
        if _fill(cells) < max(min(2, usual), ENOUGH * usual) or not _has_labels(cells):
            continue
        if i + 1 < len(head) and _goes_on(cells, head[i + 1][1]):
            return i + 1, _joined(cells, head[i + 1][1])
        above = head[i - 1][1] if i else ()
        return i, _joined(above, cells) if above and _goes_on(above, cells) else list(cells)
    return None


def numbered(names: Sequence[str], positions: Sequence[int] | None = None) -> tuple[str, ...]:
    """Headers without a twin: the second of a name is `name (2)`; one without a name its column."""
    taken: Counter[str] = Counter()
    unique: list[str] = []
    for i, raw in enumerate(names):
        name = tidy(raw) or f"Column {(positions[i] if positions else i) + 1}"
        taken[name] += 1
        wanted = name if taken[name] == 1 else f"{name} ({taken[name]})"
        while wanted in unique:
            taken[name] += 1
            wanted = f"{name} ({taken[name]})"
        unique.append(wanted)
    return tuple(unique)


def _fill(cells: Sequence[str]) -> int:
    return sum(not is_empty(cell) for cell in cells)


def _has_labels(cells: Sequence[str]) -> bool:
    """Four of five filled cells are text, not numbers or dates."""
    filled = [cell for cell in cells if not is_empty(cell)]
    return sum(NUMBER.fullmatch(cell.strip()) is None for cell in filled) >= 0.8 * len(filled)


def _goes_on(group: Sequence[str], below: Sequence[str]) -> bool:
    """`below` fills every blank of `group`; where both are filled, a merged group starts."""
    width = max(len(group), len(below))
    upper = [i < len(group) and not is_empty(group[i]) for i in range(width)]
    lower = [i < len(below) and not is_empty(below[i]) for i in range(width)]
    whole = all(a or b for a, b in zip(upper, lower, strict=True))
    if all(upper) or not whole or not _has_labels(below):
        return False
    starts = [i for i in range(width) if upper[i] and lower[i]]
    if len(starts) < (2 if all(lower) else 1):
        return False
    return all(i + 1 < width and not upper[i + 1] for i in starts)


def _joined(group: Sequence[str], below: Sequence[str]) -> list[str]:
    width = max(len(group), len(below))
    padded = [*below, *[""] * (width - len(below))]
    return [low if not is_empty(low) else group[i] for i, low in enumerate(padded)]
