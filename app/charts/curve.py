"""Expected misses by month with their 90% band, against doing nothing."""

import math
from collections.abc import Sequence

from msgspec import Struct

from app.charts.frame import WIDTH
from app.charts.lettering import fit, width
from app.charts.palette import ACCENT, INK, LINE, SECOND, THIRD
from app.charts.scene import Dot, Figures, Label, Mark, Rule, Scene, Trace
from app.words import Words

LEFT = 26.0
ENDS = 104.0
"""The least room for the words at the end of both lines."""
NARROW = 400.0
"""Points below which those words stand over the picture."""
TOP = 10.0
HEIGHT = 118.0
BAND = "#7FAAB9"
SIZE = 7.5


class CurvePoint(Struct, frozen=True):
    """End of a month; the first point is today. Counts of workflows."""

    month: str
    misses: float
    low: float
    high: float


class Frame(Struct, frozen=True):
    """Where the picture stands and how high its axis goes."""

    right: float
    top: float
    most: int
    is_narrow: bool

    @property
    def base(self) -> float:
        return self.top + HEIGHT

    def y(self, value: float) -> float:
        return self.top + HEIGHT * (1 - value / self.most)


def curve(points: Sequence[CurvePoint], of: int, words: Words, space: float = WIDTH) -> Scene:
    """Points in order of time; `of` workflows are counted. `space` in points."""
    frame = _frame(points, of, words, space)
    last = max(len(points) - 1, 1)
    xs = [LEFT + (frame.right - LEFT) * i / last for i in range(len(points))]
    first, end = points[0], points[-1]
    upper = [(x, frame.y(p.high)) for x, p in zip(xs, points, strict=True)]
    lower = [(x, frame.y(p.low)) for x, p in zip(xs, points, strict=True)]
    line = tuple((x, frame.y(p.misses)) for x, p in zip(xs, points, strict=True))
    nothing = frame.y(first.misses)
    marks: list[Mark] = [
        *_axes(frame, xs, points, words),
        Trace((*upper, *reversed(lower)), fill=BAND, opacity=0.3),
        Rule(LEFT, nothing, frame.right, nothing, INK, 1, "4 3"),
        Trace(line, ACCENT, 2),
        Dot(LEFT, nothing, 3, ACCENT),
        Dot(frame.right, frame.y(end.misses), 3, ACCENT),
        *(_legend if frame.is_narrow else _ends)(frame, first, end, words),
    ]
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
    return Scene(space, frame.base + 18, title, alt, tuple(marks), _figures(points, words))


def _frame(points: Sequence[CurvePoint], of: int, words: Words, space: float) -> Frame:
    most = max(1, min(of, math.ceil(max(p.high for p in points) + 0.2)))
    said = (("nothing", points[0]), ("plan", points[-1]))
    texts = [text for name, point in said for text in _words(name, point, words)]
    ends = max(ENDS, *(width(text, SIZE, bold=True) + 10 for text in texts))
    if space < NARROW or ends > space / 2:
        return Frame(space - 14, TOP + 27, most, True)
    return Frame(space - ends, TOP, most, False)


def _words(name: str, point: CurvePoint, words: Words) -> tuple[str, str]:
    span = words.span(words.figure(point.low), words.figure(point.high))
    return words(f"chart.curve.{name}"), f"{words.figure(point.misses)} ({span})"


def _axes(
    frame: Frame, xs: Sequence[float], points: Sequence[CurvePoint], words: Words
) -> list[Mark]:
    marks: list[Mark] = []
    step = max(1, math.ceil(frame.most / 5))
    for value in range(0, frame.most + 1, step):
        level = frame.y(value)
        marks.append(Rule(LEFT, level, frame.right, level, LINE))
        marks.append(Label(LEFT - 5, level + 2.6, words.figure(value), SIZE, THIRD, "end"))
    widest = max(width(point.month, SIZE) for point in points) + 6
    apart = (frame.right - LEFT) / max(1, len(points) - 1)
    every = max(1, math.ceil(len(points) / 9), math.ceil(widest / max(1, apart)))
    for i, (x, point) in enumerate(zip(xs, points, strict=True)):
        if i % every == 0:
            marks.append(Label(x, frame.base + 11, point.month, SIZE, THIRD, "middle"))
    return marks


def _ends(frame: Frame, first: CurvePoint, end: CurvePoint, words: Words) -> list[Mark]:
    """Words at the right end of both lines, kept apart where the lines nearly meet."""
    nothing, plan = frame.y(first.misses), frame.y(end.misses)
    if plan - nothing < 20:
        middle = (plan + nothing) / 2
        nothing, plan = middle - 10, middle + 10
    marks: list[Mark] = []
    for y, name, point, ink in (
        (nothing, "nothing", first, SECOND),
        (plan, "plan", end, ACCENT),
    ):
        title, figures = _words(name, point, words)
        marks.append(Label(frame.right + 7, y - 0.5, title, SIZE, ink, bold=True))
        marks.append(Label(frame.right + 7, y + 8.5, figures, SIZE, ink))
    return marks


def _legend(frame: Frame, first: CurvePoint, end: CurvePoint, words: Words) -> list[Mark]:
    """The same words over the picture, each behind a piece of its line."""
    space = frame.right - 8
    marks: list[Mark] = []
    for y, name, point, ink in ((9.0, "nothing", first, SECOND), (20.0, "plan", end, ACCENT)):
        text = fit("  ".join(_words(name, point, words)), space, SIZE)
        dash = "4 3" if name == "nothing" else ""
        marks.append(Rule(0, y - 2.6, 16, y - 2.6, INK if dash else ACCENT, 1.4, dash))
        marks.append(Label(22, y, text, SIZE, ink))
    return marks


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
