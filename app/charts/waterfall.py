"""From a typical deployment to this workflow: what each cause adds or takes away."""

import math
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from app.charts.frame import SMALL, WIDTH, row_name, rule
from app.charts.palette import ACCENT, CATEGORIES, INK, LINE, SECOND, THIRD
from app.charts.scene import Box, Dot, Figures, Label, Mark, Rule, Scene
from app.words import Words, nearest

TOP = 16.0
HEIGHT = 22.0
THICK = 10.0
NAMES = 0.37
"""Share of the width that the names take."""
VALUES = 92.0
LEAST = 0.1
"""The axis shows at least this much, so that a small step never looks like a large one."""


class WaterfallStep(Struct, frozen=True):
    """One cause; `shift` is a share of certainty, -1 to 1, and is added to what came before."""

    key: str
    name: str
    shift: float


def waterfall(
    start: float,
    steps: Sequence[WaterfallStep],
    ends: tuple[str, str],
    words: Words,
    space: float = WIDTH,
) -> Scene:
    """`start` (0 to 1) plus all steps is where it ends; `ends` name both. `space` in points."""
    levels = tuple(accumulate((step.shift for step in steps), initial=start))
    low, high = _axis(levels)
    left, right = space * NAMES, space - VALUES

    def x(level: float) -> float:
        return left + (right - left) * (level - low) / (high - low)

    bottom = TOP + HEIGHT * (len(steps) + 2)
    marks = _grid(x, low, high, bottom, words)
    rows = _rows(levels, steps, ends, words)
    for i, row in enumerate(rows):
        y = TOP + HEIGHT * (i + 0.5)
        marks += row_name(0, y, left - 12, row[0])
        marks.append(Label(right + 10, y + 2.8, row[1], SMALL, SECOND))
        marks.append(rule(y + HEIGHT / 2, space))
    marks.append(Dot(x(levels[0]), TOP + HEIGHT / 2, 4, THIRD))
    for i, (step, (before, after)) in enumerate(zip(steps, pairwise(levels), strict=True), 1):
        marks += _step(step, x(before), x(after), TOP + HEIGHT * (i + 0.5))
    marks.append(Dot(x(levels[-1]), bottom - HEIGHT / 2, 4, ACCENT))
    alt = words("chart.waterfall.alt", summary="; ".join(f"{name}: {text}" for name, text in rows))
    header = (words("label.category"), words("chart.waterfall.change"))
    title = words("chart.waterfall.title")
    return Scene(space, bottom + 3, title, alt, tuple(marks), Figures(header, tuple(rows)))


def whole_steps(levels: Sequence[float]) -> list[int]:
    """Whole points between levels (0 to 1), so that start and steps sum to the end as printed."""
    printed = [nearest(100 * level) for level in levels]
    return [after - before for before, after in pairwise(printed)]


def _axis(levels: Sequence[float]) -> tuple[float, float]:
    """Tenths around all levels."""
    low, high = min(levels), max(levels)
    missing = max(0.0, LEAST - (high - low)) / 2
    low = max(0.0, math.floor((low - missing) * 10) / 10)
    return low, max(low + LEAST, min(1.0, math.ceil((high + missing) * 10) / 10))


def _grid(
    x: Callable[[float], float], low: float, high: float, bottom: float, words: Words
) -> list[Mark]:
    marks: list[Mark] = []
    for tenth in range(round(low * 10), round(high * 10) + 1):
        place = x(tenth / 10)
        marks.append(Rule(place, TOP, place, bottom, LINE))
        marks.append(Label(place, TOP - 4, words.percent(tenth / 10), SMALL, THIRD, "middle"))
    return marks


def _rows(
    levels: Sequence[float], steps: Sequence[WaterfallStep], ends: tuple[str, str], words: Words
) -> list[tuple[str, str]]:
    changes = [
        words("chart.waterfall.same")
        if points == 0
        else words(f"chart.waterfall.{'raises' if points > 0 else 'lowers'}", n=abs(points))
        for points in whole_steps(levels)
    ]
    middle = [(step.name, change) for step, change in zip(steps, changes, strict=True)]
    first, last = (words.percent(level) for level in (levels[0], levels[-1]))
    return [(ends[0], first), *middle, (ends[1], last)]


def _step(step: WaterfallStep, before: float, after: float, y: float) -> list[Mark]:
    """A bar from where the row above ended to where this one ends."""
    start, end = min(before, after), max(before, after)
    fill = CATEGORIES.get(step.key, ACCENT)
    return [
        Rule(before, y - HEIGHT, before, y + THICK / 2, INK, 0.5, "2 2"),
        Box(start, y - THICK / 2, max(end - start, 1.2), THICK, fill, key=step.key),
    ]
