"""The context map: which workflow draws on which source, and how much it matters."""

from collections.abc import Sequence

from msgspec import Struct

from app.charts.frame import (
    MOST_ROWS,
    SMALL,
    TEXT,
    WIDTH,
    legend,
    others_row,
    row_name,
    rule,
)
from app.charts.lettering import fit
from app.charts.palette import ALARM, INK, LEVELS, LINE, PAPER, SECOND
from app.charts.scene import Box, Figures, Label, Mark, Scene
from app.words import Words

NAMES = 150.0
TOP = 92.0
HEIGHT = 17.0
WIDEST = 54.0
MOST_SOURCES = 16
FILLS = {1: LEVELS[3], 2: "#6FA9AF", 3: LEVELS[4]}
"""Importance to its fill: one hue, darker for what matters more."""
INKS = {1: INK, 2: INK, 3: PAPER}


class SourceRow(Struct, frozen=True):
    """One workflow; importance 1 to 3 per source, 0 where it does not draw on it."""

    key: str
    name: str
    importance: tuple[int, ...]


def source_map(
    rows: Sequence[SourceRow], sources: Sequence[str], words: Words, others: int = 0
) -> Scene:
    """Workflows × sources, 20 by 16 at most; `others` counts the workflows left out before."""
    shown = rows[:MOST_ROWS]
    others += len(rows) - len(shown)
    titles = sources[:MOST_SOURCES]
    step = min(WIDEST, (WIDTH - NAMES - 30) / max(1, len(titles)))
    marks: list[Mark] = [*legend([_entry(n, words) for n in sorted(FILLS)], 9)]
    for i, title in enumerate(titles):
        x = NAMES + step * (i + 0.5) + 2.5
        marks.append(Label(x, TOP - 5, fit(title, 100, SMALL), SMALL, SECOND, turn=-50))
    marks.append(rule(TOP - 1))
    for i, row in enumerate(shown):
        y = TOP + HEIGHT * i
        marks += row_name(0, y + HEIGHT / 2, NAMES - 8, row.name)
        marks += _cells(row, y, step, len(titles), words)
        marks.append(rule(y + HEIGHT))
    bottom = TOP + HEIGHT * len(shown)
    if others:
        marks += others_row(bottom + 12, words.count("other_workflow", others))
        bottom += 16
    bare = sum(not any(row.importance) for row in rows)
    alt = words(
        "chart.sources.alt",
        rows=words.count("workflow", len(shown)),
        sources=len(titles),
        bare=bare,
    )
    figures = Figures((words("label.workflow"), words("chart.sources.draws")), _said(shown, titles))
    title = words("chart.sources.title")
    return Scene(WIDTH, bottom + 4, title, alt, tuple(marks), figures)


def _entry(importance: int, words: Words) -> tuple[str, str, bool]:
    return FILLS[importance], f"{importance} {words(f'chart.sources.{importance}')}", False


def _cells(row: SourceRow, y: float, step: float, count: int, words: Words) -> list[Mark]:
    if not any(row.importance):
        box = Box(NAMES + 1, y + 1, step * count - 2, HEIGHT - 2, PAPER, ALARM, 2, key=row.key)
        text = fit(words("chart.sources.bare"), max(60.0, step * count - 8), SMALL, bold=True)
        return [box, Label(NAMES + 6, y + 11, text, SMALL, ALARM, bold=True)]
    marks: list[Mark] = []
    for i, importance in enumerate(row.importance[:count]):
        x = NAMES + step * i + 1
        fill = FILLS.get(importance, PAPER)
        marks.append(Box(x, y + 1, step - 2, HEIGHT - 2, fill, LINE, 2, key=row.key))
        if importance:
            text = str(importance)
            ink = INKS[importance]
            marks.append(Label(x + step / 2 - 1, y + 11, text, TEXT, ink, "middle", bold=True))
    return marks


def _said(rows: Sequence[SourceRow], titles: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            row.name,
            ", ".join(
                f"{title} ({n})" for title, n in zip(titles, row.importance, strict=False) if n
            )
            or "–",
        )
        for row in rows
    )
