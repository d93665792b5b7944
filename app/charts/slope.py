"""Before and after: each workflow's hazard against typical at two moments, joined by a line."""

import math
from collections.abc import Callable, Sequence

from msgspec import Struct

from app.charts.comparison import chip
from app.charts.frame import MOST_ROWS, SMALL, TEXT, WIDTH, legend, others_row
from app.charts.lettering import fit, width
from app.charts.palette import HATCH, LEVELS, LINE, SECOND, STATES, THIRD
from app.charts.scene import Dot, Figures, Label, Mark, Rule, Scene
from app.words import Words

TOP = 40.0
STEP = 14.5
"""Points between two labels of one side, at least."""
LEAST = 150.0
SHARE = 0.36
"""Part of the width that the names before the left axis take."""
HARDLY = 0.05
"""A move smaller than this is not seen in figures with one decimal."""
LOWER, HIGHER, SAME = LEVELS[4], LEVELS[0], HATCH


class SlopeSide(Struct, frozen=True):
    """One moment of one workflow: its state, and its hazard or None where it is withheld."""

    state: str
    value: float | None
    words: str
    """The figure, or why there is none."""


class SlopeRow(Struct, frozen=True):
    """None where the workflow did not count at that moment."""

    key: str
    name: str
    before: SlopeSide | None
    after: SlopeSide | None

    @property
    def change(self) -> float:
        """What is added to the hazard, 1.0 is a typical deployment; 0 where a side is unknown."""
        was = self.before.value if self.before else None
        now = self.after.value if self.after else None
        return now - was if was is not None and now is not None else 0.0


def slope(
    rows: Sequence[SlopeRow],
    titles: tuple[str, str],
    words: Words,
    space: float = WIDTH,
) -> Scene:
    """At most 20 rows: another state first, then the largest moves. `space` in points."""
    ordered = sorted(rows, key=lambda r: (_state(r.before) == _state(r.after), -abs(r.change)))
    shown = ordered[:MOST_ROWS]
    left, right = space * SHARE, space - _room(words)
    bottom = TOP + max(LEAST, STEP * len(shown))
    known = [s.value for r in shown for s in (r.before, r.after) if s and s.value is not None]
    low, high = _axis(known)

    def y(value: float) -> float:
        return bottom - (bottom - TOP) * (value - low) / (high - low)

    marks: list[Mark] = [
        *_frame(left, right, bottom, titles, words),
        *_ruler(left, right, low, high, y, words),
    ]
    for row in shown:
        marks += _line(row, left, right, y)
    marks += _names(shown, left, y, bottom)
    marks += _ends(shown, right, y, bottom, words)
    marks += legend(
        [(LOWER, words("chart.slope.lower"), False), (HIGHER, words("chart.slope.higher"), False),
         (SAME, words("chart.slope.same"), False)],
        bottom + 26,
    )  # fmt: skip
    end = bottom + 32
    if len(rows) > len(shown):
        text = words("chart.slope.others", n=len(rows) - len(shown))
        marks += others_row(end + 10, text)
        end += 14
    return Scene(
        space, end, words("chart.slope.title"), _alt(rows, titles, words), tuple(marks),
        _figures(ordered, titles, words),
    )  # fmt: skip


def _state(side: SlopeSide | None) -> str:
    return side.state if side else ""


def _room(words: Words) -> float:
    """For a figure and the longest state behind the right axis."""
    longest = max(width(words(f"state.{state}"), SMALL, bold=True) for state in STATES)
    return 14 + width("0.00", TEXT) + 5 + longest + 12


def _axis(known: Sequence[float]) -> tuple[float, float]:
    """Quarters around all values and around typical."""
    low, high = min([0.75, *known]), max([1.25, *known])
    return math.floor(low * 4 + 1e-9) / 4, math.ceil(high * 4 - 1e-9) / 4


def _frame(
    left: float, right: float, bottom: float, titles: tuple[str, str], words: Words
) -> list[Mark]:
    before, after = titles
    return [
        Rule(left, TOP, left, bottom, LINE, 1),
        Rule(right, TOP, right, bottom, LINE, 1),
        Label(0, 10, words("chart.slope.against"), SMALL, THIRD),
        Label(left, TOP - 9, fit(before, left, TEXT, bold=True), TEXT, SECOND, "end", bold=True),
        Label(right, TOP - 9, fit(after, _room(words), TEXT, bold=True), TEXT, SECOND, bold=True),
    ]


def _ruler(
    left: float,
    right: float,
    low: float,
    high: float,
    y: Callable[[float], float],
    words: Words,
) -> list[Mark]:
    if not low <= 1 <= high:
        return []
    text = words("chart.slope.typical")
    middle = (left + right) / 2
    return [
        Rule(left, y(1), right, y(1), THIRD, 0.7, "2 2"),
        Label(middle, y(1) - 2.5, fit(text, right - left, SMALL), SMALL, THIRD, "middle"),
    ]


def _line(row: SlopeRow, left: float, right: float, y: Callable[[float], float]) -> list[Mark]:
    was = row.before.value if row.before else None
    now = row.after.value if row.after else None
    tone = SAME if abs(row.change) < HARDLY else LOWER if row.change < 0 else HIGHER
    marks: list[Mark] = []
    if was is not None and now is not None:
        marks.append(Rule(left, y(was), right, y(now), tone, 1.6, round=True))
    for x, value, side in ((left, was, row.before), (right, now, row.after)):
        if value is not None and side is not None:
            marks.append(Dot(x, y(value), 3, tone, "#FFFFFF", row.key, f"{row.name}: {side.words}"))
    return marks


def _names(
    rows: Sequence[SlopeRow], left: float, y: Callable[[float], float], bottom: float
) -> list[Mark]:
    marks: list[Mark] = []
    for row, wanted, place in _placed(rows, "before", y, bottom):
        said = row.before.words if row.before else ""
        room = left - 18 - width(said, TEXT)
        marks.append(Rule(left - 11, place, left - 4, wanted, LINE, 0.6))
        marks.append(Label(left - 14, place + 2.8, said, TEXT, SECOND, "end"))
        name = fit(row.name, room, TEXT)
        marks.append(Label(left - 20 - width(said, TEXT), place + 2.8, name, TEXT, anchor="end"))
    return marks


def _ends(
    rows: Sequence[SlopeRow],
    right: float,
    y: Callable[[float], float],
    bottom: float,
    words: Words,
) -> list[Mark]:
    marks: list[Mark] = []
    for row, wanted, place in _placed(rows, "after", y, bottom):
        if row.after is None:
            marks.append(Label(right + 14, place + 2.8, words("label.left_out"), SMALL, THIRD))
            continue
        marks.append(Rule(right + 4, wanted, right + 11, place, LINE, 0.6))
        known = row.after.value is not None
        if known:
            marks.append(Label(right + 14, place + 2.8, row.after.words, TEXT, SECOND))
        inset = width(row.after.words, TEXT) + 5 if known else 0
        if row.after.state in STATES:
            text = words(f"state.{row.after.state}")
            marks += chip(right + 14 + inset, place, row.after.state, text)
    return marks


def _placed(
    rows: Sequence[SlopeRow], side: str, y: Callable[[float], float], bottom: float
) -> list[tuple[SlopeRow, float, float]]:
    """Row, where its value is, and where its label stands; labels never overlap."""
    wanted: list[tuple[float, int]] = []
    for place, row in enumerate(rows):
        end: SlopeSide | None = getattr(row, side)
        known = end is not None and end.value is not None
        wanted.append((y(end.value) if known else bottom, place))  # type: ignore[union-attr,arg-type]
    wanted.sort()
    places: list[float] = []
    for value, _ in wanted:
        places.append(max(value, places[-1] + STEP) if places else value)
    limit = bottom
    for i in range(len(places) - 1, -1, -1):
        places[i] = min(places[i], limit)
        limit = places[i] - STEP
    return [(rows[row], value, place) for (value, row), place in zip(wanted, places, strict=True)]


def _alt(rows: Sequence[SlopeRow], titles: tuple[str, str], words: Words) -> str:
    lower = sum(row.change <= -HARDLY for row in rows)
    higher = sum(row.change >= HARDLY for row in rows)
    states = sum(_state(row.before) != _state(row.after) for row in rows)
    return words(
        "chart.slope.alt", n=len(rows), before=titles[0], after=titles[1], states=states,
        lower=lower, higher=higher,
    )  # fmt: skip


def _figures(rows: Sequence[SlopeRow], titles: tuple[str, str], words: Words) -> Figures:
    def told(side: SlopeSide | None) -> tuple[str, str]:
        return (words(f"state.{side.state}"), side.words) if side else ("–", "–")

    state, relative = words("label.state"), words("label.relative")
    return Figures(
        (
            words("label.workflow"),
            *(f"{name}, {title}" for title in titles for name in (state, relative)),
        ),
        tuple((row.name, *told(row.before), *told(row.after)) for row in rows),
    )
