"""How commands print: JSON for programs, aligned columns for people."""

import shutil
from collections.abc import Mapping, Sequence
from typing import Any

import click
import msgspec

Row = Mapping[str, Any]
WIDEST = 44
"""Characters of a cell that is not the last of its line."""
CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")
"""A text of a file could otherwise steer the terminal it is shown on."""


def emit(value: Any) -> None:
    """Print JSON, indented, in the order the value gives."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def columns(rows: Sequence[Row], *, empty: str) -> None:
    """Print rows under their headings; the last column takes what the terminal leaves."""
    if not rows:
        click.echo(empty)
        return
    heads = list(rows[0])
    cells = [heads, *([_cell(row[head]) for head in heads] for row in rows)]
    cells = [[*(_cut(cell, WIDEST) for cell in row[:-1]), row[-1]] for row in cells]
    widths = [max(len(row[k]) for row in cells) for k in range(len(heads))]
    room = shutil.get_terminal_size((160, 24)).columns
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(_cut(line.rstrip(), room))


def plain(text: str) -> str:
    """A text on one line, without characters that steer a terminal."""
    return text.translate(CONTROLS)


def percent(value: float) -> str:
    return f"{int(100 * value + 0.5)}%"


def money(value: float | None, currency: str) -> str:
    return "–" if value is None else f"{currency} {value:,.0f}"


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(v) for v in value)
    return plain(str(value))
