"""The missing-middle map: who runs each of the seven stages of each workflow."""

from collections.abc import Sequence

from msgspec import Struct

from app.charts.frame import (
    MOST_ROWS,
    SMALL,
    TEXT,
    WIDTH,
    header_lines,
    legend,
    lowered,
    others_row,
    row_name,
    rule,
)
from app.charts.lettering import fit
from app.charts.palette import INK, LEVEL_INKS, LEVELS, LINE, PAPER, THIRD
from app.charts.scene import Box, Figures, Label, Mark, Scene
from app.words import Words

NAMES = 130.0
TOP = 46.0
HEIGHT = 20.0


class StageCell(Struct, frozen=True):
    """Owner's initials, or the word for nobody or not recorded; empty text was not asked."""

    text: str
    detail: str = ""
    """What does it, where it is not a system: by hand."""
    level: int | None = None
    missing: bool = False


class StageRow(Struct, frozen=True):
    key: str
    name: str
    detail: str
    cells: tuple[StageCell, ...]


def middle_map(
    rows: Sequence[StageRow],
    stages: Sequence[str],
    levels: Sequence[str],
    words: Words,
    others: int = 0,
) -> Scene:
    """Workflows × stages. At most 20 rows are drawn; `others` counts those left out before."""
    shown = rows[:MOST_ROWS]
    others += len(rows) - len(shown)
    step = (WIDTH - NAMES) / len(stages)
    entries = [(LEVELS[i], f"{i} {name}", False) for i, name in enumerate(levels)]
    if any(cell.text and cell.level is None for row in shown for cell in row.cells):
        entries.append((PAPER, words("chart.no_level"), False))
    marks = legend([*entries, (PAPER, words("chart.not_asked"), True)], 9)
    top = TOP + lowered(marks, 9)
    for i, stage in enumerate(stages):
        marks += header_lines(NAMES + step * (i + 0.5), top - 6, step - 1, stage, words)
    marks.append(rule(top - 1))
    for i, row in enumerate(shown):
        y = top + HEIGHT * i
        marks += row_name(0, y + HEIGHT / 2, NAMES - 8, row.name, row.detail)
        for j, cell in enumerate(row.cells):
            marks += _cell(cell, NAMES + step * j + 1, y + 1, step - 2, row.key, words)
        marks.append(rule(y + HEIGHT))
    bottom = top + HEIGHT * len(shown)
    if others:
        marks += others_row(bottom + 12, words.count("other_workflow", others))
        bottom += 16
    title = words("chart.middle.title")
    missing = sum(cell.missing for row in rows for cell in row.cells)
    alt = words(
        "chart.middle.alt",
        rows=words.count("workflow", len(shown)),
        missing=missing,
        of=len(rows) * len(stages),
    )
    return Scene(WIDTH, bottom + 4, title, alt, tuple(marks), _figures(shown, stages, words))


def _cell(cell: StageCell, x: float, y: float, width: float, key: str, words: Words) -> list[Mark]:
    height = HEIGHT - 2
    if not cell.text:
        box = Box(x, y, width, height, PAPER, LINE, 2, hatched=True, key=key)
        sign = words("chart.unknown")
        return [box, Label(x + width / 2, y + 12, sign, TEXT, THIRD, "middle", bold=True)]
    fill = PAPER if cell.level is None else LEVELS[cell.level]
    ink = INK if cell.level is None else LEVEL_INKS[cell.level]
    level = "" if cell.level is None else words("chart.level", level=cell.level)
    detail = cell.detail or level
    middle = x + width / 2
    line = y + (8.4 if detail else 12)
    marks: list[Mark] = [
        Box(x, y, width, height, fill, LINE, 2, key=key),
        Label(middle, line, fit(cell.text, width - 2, TEXT, bold=True), TEXT, ink, "middle", True),
    ]
    if cell.detail and cell.level is not None:
        number = words.figure(cell.level)
        marks.append(Label(x + width - 3, y + 8, number, SMALL, ink, "end"))
    if detail:
        marks.append(Label(middle, y + 15.8, fit(detail, width - 2, SMALL), SMALL, ink, "middle"))
    return marks


def _figures(rows: Sequence[StageRow], stages: Sequence[str], words: Words) -> Figures:
    def text(cell: StageCell) -> str:
        level = "" if cell.level is None else words("chart.level", level=cell.level)
        named = cell.text or words("chart.unknown")
        return ", ".join(part for part in (named, cell.detail, level) if part)

    return Figures(
        (words("label.workflow"), *stages),
        tuple((row.name, *(text(cell) for cell in row.cells)) for row in rows),
    )
