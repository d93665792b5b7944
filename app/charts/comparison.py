"""Each workflow against a typical deployment: hazard M as a dot in its 90% range, with a ruler."""

import math
from collections.abc import Callable, Sequence

from msgspec import Struct

from app.charts.frame import MOST_ROWS, SMALL, WIDTH, others_row, row_name, rule
from app.charts.lettering import fit, width
from app.charts.palette import ACCENT, LINE, SECOND, STATES, THIRD
from app.charts.scene import Box, Dot, Figures, Label, Mark, Rule, Scene
from app.words import Words

LEFT = 232.0
RIGHT = WIDTH - 112.0
TOP = 46.0
HEIGHT = 20.0
BAR = "#7FAAB9"


class ComparisonRow(Struct, frozen=True):
    """M with its range; `value` is None where the figure is withheld and `words` says why."""

    key: str
    name: str
    state: str
    """Code of the workflow's state."""
    value: float | None
    low: float
    high: float
    words: str


class RulerMark(Struct, frozen=True):
    value: float
    text: str


def comparison(
    rows: Sequence[ComparisonRow],
    ruler: Sequence[RulerMark],
    words: Words,
    others: int = 0,
) -> Scene:
    """At most 20 rows; `others` counts those left out before."""
    shown = rows[:MOST_ROWS]
    others += len(rows) - len(shown)
    top = max([1.5, *(row.high for row in shown if row.value is not None)])
    end = math.ceil(top * 4 + 0.5) / 4

    def place(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * value / end

    bottom = TOP + HEIGHT * len(shown)
    marks = _axis(place, end, bottom, ruler, words)
    for i, row in enumerate(shown):
        y = TOP + HEIGHT * (i + 0.5)
        marks += row_name(0, y, 138, row.name)
        marks += chip(146, y, row.state, words(f"state.{row.state}"))
        marks += _interval(row, place, y)
        text = row.words
        marks.append(Label(WIDTH, y + 2.8, fit(text, 106, SMALL), SMALL, SECOND, "end"))
        marks.append(rule(y + HEIGHT / 2))
    if others:
        marks += others_row(bottom + 12, words.count("other_workflow", others))
        bottom += 16
    alt = words("chart.comparison.alt", rows=len(shown), summary=_summary(shown, words))
    return Scene(
        WIDTH,
        bottom + 4,
        words("chart.comparison.title"),
        alt,
        tuple(marks),
        _figures(shown, words),
    )


def chip(x: float, y: float, state: str, text: str) -> list[Mark]:
    """A state as a word on its tint."""
    ink, tint = STATES[state]
    return [
        Box(x, y - 6.2, width(text, SMALL, bold=True) + 9, 12.4, tint, radius=6.2),
        Label(x + 4.5, y + 2.5, text, SMALL, ink, bold=True),
    ]


def _axis(
    place: Callable[[float], float],
    end: float,
    bottom: float,
    ruler: Sequence[RulerMark],
    words: Words,
) -> list[Mark]:
    marks: list[Mark] = [rule(TOP - 1)]
    for i in range(int(end * 2) + 1):
        x = place(i / 2)
        marks.append(Rule(x, TOP, x, bottom, LINE))
        marks.append(Label(x, TOP - 5, words.figure(i / 2, 1), SMALL, THIRD, "middle"))
    for i, mark in enumerate(sorted(ruler, key=lambda m: m.value)):
        x = place(mark.value)
        level = 8.5 + 9 * (i % 3)
        marks.append(Rule(x, level + 1, x, TOP - 13, ACCENT, 0.7, "2 2"))
        marks.append(Rule(x, TOP, x, bottom, ACCENT, 0.7, "2 2"))
        if mark.value > end * 0.6:
            marks.append(Label(x - 3, level, mark.text, SMALL, ACCENT, "end"))
        else:
            marks.append(Label(x + 3, level, mark.text, SMALL, ACCENT))
    return marks


def _interval(row: ComparisonRow, place: Callable[[float], float], y: float) -> list[Mark]:
    if row.value is None:
        return []
    return [
        Rule(place(row.low), y, place(row.high), y, BAR, 4, round=True),
        Dot(place(row.value), y, 3.4, ACCENT, "#FFFFFF", key=row.key),
    ]


def _summary(rows: Sequence[ComparisonRow], words: Words) -> str:
    known = [row for row in rows if row.value is not None]
    if not known:
        return words("chart.comparison.none")
    ordered = sorted(known, key=lambda row: row.value or 0)
    best, worst = ordered[0], ordered[-1]
    return words(
        "chart.comparison.summary",
        best=best.name,
        low=words.figure(best.value or 0, 1),
        worst=worst.name,
        high=words.figure(worst.value or 0, 1),
    )


def _figures(rows: Sequence[ComparisonRow], words: Words) -> Figures:
    header = ("workflow", "state", "relative", "range", "in_words")
    return Figures(
        tuple(words(f"label.{name}") for name in header),
        tuple(
            (
                row.name,
                words(f"state.{row.state}"),
                "" if row.value is None else words.figure(row.value, 1),
                ""
                if row.value is None
                else words.span(words.figure(row.low, 1), words.figure(row.high, 1)),
                row.words,
            )
            for row in rows
        ),
    )
