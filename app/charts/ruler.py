"""One workflow's chance of missing its target on a ruler with three marks to hold it against."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from app.charts.frame import WIDTH
from app.charts.lettering import fit, width
from app.charts.palette import ACCENT, INK, LINE, PAPER, SECOND, THIRD
from app.charts.scene import Box, Dot, Figures, Label, Mark, Rule, Scene
from app.words import Words

EDGE = 10.0
ROW = 9.5
LINE_Y = 42.0
HEIGHT = 62.0
SIZE = 7.5
ANSWERS, FULL = "#7FAAB9", "#B9C4CC"


class RulerPoint(Struct, frozen=True):
    """A chance, 0 to 1, and what it stands for."""

    chance: float
    text: str


class Reading(Struct, frozen=True):
    """What is printed, 0 to 1: the chance, its answer range and its full range."""

    chance: float
    low: float
    high: float
    full_low: float
    full_high: float


def ruler(
    points: Sequence[RulerPoint], reading: Reading | None, words: Words, space: float = WIDTH
) -> Scene:
    """`reading` is None where the figure is withheld; the marks stand all the same."""

    def x(chance: float) -> float:
        return EDGE + (space - 2 * EDGE) * chance

    marks: list[Mark] = [Rule(x(0), LINE_Y, x(1), LINE_Y, LINE, 2, round=True)]
    for tenth in range(0, 11, 2):
        marks.append(Rule(x(tenth / 10), LINE_Y - 3, x(tenth / 10), LINE_Y + 3, LINE, 1))
        text = words.percent(tenth / 10)
        marks.append(Label(x(tenth / 10), LINE_Y + 17, text, SIZE, THIRD, "middle"))
    # The highest stands on top; words cover the dashed lines of those above them.
    for i, point in enumerate(sorted(points, key=lambda p: -p.chance)):
        marks += _point(point, x, 8 + ROW * i, space)
    if reading:
        marks += _reading(reading, x)
    return Scene(
        space,
        HEIGHT,
        words("chart.ruler.title"),
        words("chart.ruler.alt", summary="; ".join(" ".join(row) for row in _rows(points, words))),
        tuple(marks),
        Figures(
            (words("chart.ruler.mark"), words("label.chance")),
            (*_read(reading, words), *_rows(points, words)),
        ),
    )


def _point(point: RulerPoint, x: Callable[[float], float], base: float, space: float) -> list[Mark]:
    """A dashed line with its words on the side that has room."""
    place = x(point.chance)
    line = Rule(place, base + 1.5, place, LINE_Y + 4, INK, 0.7, "2 2")
    room = space - place - 4
    if width(point.text, SIZE) <= room or room > place:
        text = fit(point.text, room, SIZE)
        ground = Box(place + 2, base - 7, width(text, SIZE), 9, PAPER)
        return [line, ground, Label(place + 3, base, text, SIZE, SECOND)]
    text = fit(point.text, place - 4, SIZE)
    wide = width(text, SIZE)
    ground = Box(place - 2 - wide, base - 7, wide, 9, PAPER)
    return [line, ground, Label(place - 3, base, text, SIZE, SECOND, "end")]


def _reading(reading: Reading, x: Callable[[float], float]) -> list[Mark]:
    return [
        Rule(x(reading.full_low), LINE_Y, x(reading.full_high), LINE_Y, FULL, 2, round=True),
        Rule(x(reading.low), LINE_Y, x(reading.high), LINE_Y, ANSWERS, 5, round=True),
        Dot(x(reading.chance), LINE_Y, 4.2, ACCENT, "#FFFFFF"),
    ]


def _rows(points: Sequence[RulerPoint], words: Words) -> list[tuple[str, str]]:
    return [(point.text, words.percent(point.chance)) for point in points]


def _read(reading: Reading | None, words: Words) -> list[tuple[str, str]]:
    if reading is None:
        return []
    span = words.span(words.percent(reading.low), words.percent(reading.high))
    full = words.span(words.percent(reading.full_low), words.percent(reading.full_high))
    return [
        (words("label.chance"), words.percent(reading.chance)),
        (words("label.answer_range"), span),
        (words("label.full_range"), full),
    ]
