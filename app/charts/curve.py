"""Expected misses by month with their 90% band, against doing nothing."""

import math
from collections.abc import Sequence

from msgspec import Struct

from app.charts.frame import WIDTH
from app.charts.palette import ACCENT, INK, LINE, SECOND, THIRD
from app.charts.scene import Dot, Figures, Label, Mark, Rule, Scene, Trace
from app.words import Words

LEFT = 26.0
RIGHT = WIDTH - 104.0
TOP = 10.0
HEIGHT = 118.0
BAND = "#7FAAB9"


class CurvePoint(Struct, frozen=True):
    """End of a month; the first point is today. Counts of workflows."""

    month: str
    misses: float
    low: float
    high: float


def curve(points: Sequence[CurvePoint], of: int, words: Words) -> Scene:
    """Points in order of time; `of` workflows are counted."""
    top = max(1, min(of, math.ceil(max(p.high for p in points) + 0.2)))
    last = max(len(points) - 1, 1)
    xs = [LEFT + (RIGHT - LEFT) * i / last for i in range(len(points))]

    def y(value: float) -> float:
        return TOP + HEIGHT * (1 - value / top)

    first, end = points[0], points[-1]
    upper = [(x, y(p.high)) for x, p in zip(xs, points, strict=True)]
    lower = [(x, y(p.low)) for x, p in zip(xs, points, strict=True)]
    marks: list[Mark] = _axes(top, xs, points, y(0), words)
    marks.append(Trace((*upper, *reversed(lower)), fill=BAND, opacity=0.3))
    marks.append(Rule(LEFT, y(first.misses), RIGHT, y(first.misses), INK, 1, "4 3"))
    marks.append(Trace(tuple((x, y(p.misses)) for x, p in zip(xs, points, strict=True)), ACCENT, 2))
    marks.append(Dot(LEFT, y(first.misses), 3, ACCENT))
    marks.append(Dot(RIGHT, y(end.misses), 3, ACCENT))
    marks += _ends(first, end, y(first.misses), y(end.misses), words)
    values = {
        "today": words.figure(first.misses),
        "low": words.figure(first.low),
        "high": words.figure(first.high),
        "after": words.figure(end.misses),
        "after_low": words.figure(end.low),
        "after_high": words.figure(end.high),
        "of": of,
        "month": end.month,
    }
    alt = words("chart.curve.alt", **values)
    title = words("chart.curve.title")
    return Scene(WIDTH, TOP + HEIGHT + 18, title, alt, tuple(marks), _figures(points, words))


def _axes(
    top: int, xs: Sequence[float], points: Sequence[CurvePoint], base: float, words: Words
) -> list[Mark]:
    marks: list[Mark] = []
    step = max(1, math.ceil(top / 5))
    for value in range(0, top + 1, step):
        level = TOP + HEIGHT * (1 - value / top)
        marks.append(Rule(LEFT, level, RIGHT, level, LINE))
        marks.append(Label(LEFT - 5, level + 2.6, words.figure(value), 7, THIRD, "end"))
    every = max(1, math.ceil(len(points) / 9))
    for i, (x, point) in enumerate(zip(xs, points, strict=True)):
        if i % every == 0:
            marks.append(Label(x, base + 11, point.month, 7, THIRD, "middle"))
    return marks


def _ends(
    first: CurvePoint, end: CurvePoint, nothing: float, plan: float, words: Words
) -> list[Mark]:
    """Words at the right end of both lines, kept apart where the lines nearly meet."""
    if plan - nothing < 20:
        middle = (plan + nothing) / 2
        nothing, plan = middle - 10, middle + 10

    def lines(y: float, name: str, point: CurvePoint, ink: str) -> list[Mark]:
        span = words.span(words.figure(point.low), words.figure(point.high))
        return [
            Label(RIGHT + 7, y - 0.5, name, 7.4, ink, bold=True),
            Label(RIGHT + 7, y + 8.5, f"{words.figure(point.misses)} ({span})", 7.4, ink),
        ]

    return [
        *lines(nothing, words("chart.curve.nothing"), first, SECOND),
        *lines(plan, words("chart.curve.plan"), end, ACCENT),
    ]


def _figures(points: Sequence[CurvePoint], words: Words) -> Figures:
    return Figures(
        tuple(words(f"label.{name}") for name in ("month", "misses", "range")),
        tuple(
            (
                point.month,
                words.figure(point.misses),
                words.span(words.figure(point.low), words.figure(point.high)),
            )
            for point in points
        ),
    )
