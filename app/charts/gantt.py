"""The roadmap: groups of actions by phase over months, with owners, gates and days used."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from app.charts.frame import SMALL, TEXT, WIDTH, rule
from app.charts.lettering import fit, width, wrap
from app.charts.palette import ALARM, INK, LINE, PHASES, SECOND, THIRD
from app.charts.scene import Box, Figures, Label, Mark, Rule, Scene
from app.words import Words

OWNER = 214.0
LEFT = 290.0
TOP = 26.0
HEIGHT = 19.0
HEAD = 15.0
LINE_GAP = 8.5
SIZE = SMALL
EVERY = (1, 2, 3, 6, 12)
"""Months between two that are named."""


class Bar(Struct, frozen=True):
    """Actions of one kind; months count from 1 and are inclusive."""

    key: str
    title: str
    owner: str
    phase: int
    first: int
    last: int


class Gantt(Struct, frozen=True):
    bars: tuple[Bar, ...]
    """Sorted by phase."""
    months: tuple[str, ...]
    """Short names, first to last; a year stands behind a blank."""
    phases: Mapping[int, str]
    gates: Mapping[int, int]
    """Phase to the month at whose end its gate stands."""
    used: tuple[float, ...] = ()
    """Person-days planned until the end of each month."""
    available: tuple[float, ...] = ()
    others: int = 0


def gantt(plan: Gantt, words: Words) -> Scene:
    step = (WIDTH - LEFT) / max(len(plan.months), 1)
    marks: list[Mark] = []
    y = TOP
    phase = 0
    for bar in plan.bars:
        if bar.phase != phase:
            phase = bar.phase
            name = words("chart.gantt.phase", phase=phase, name=plan.phases.get(phase, ""))
            marks.append(
                Label(0, y + 10, fit(name, LEFT - 6, TEXT, bold=True), TEXT, SECOND, bold=True)
            )
            y += HEAD
        marks += _bar(bar, y, step)
        y += HEIGHT
    if plan.others:
        marks.append(Label(0, y + 10, words.count("other_action", plan.others), TEXT, SECOND))
        y += HEIGHT
    marks[:0] = _months(plan.months, step, y)
    marks += _gates(plan.gates, step, y)
    y += 15
    for code, days in (("used", plan.used), ("available", plan.available)):
        if days:
            marks += _days(words(f"chart.gantt.{code}"), days, step, y, words)
            y += 11
    alt = words("chart.gantt.alt", bars=len(plan.bars), gates=_gate_text(plan, words))
    title = words("chart.gantt.title")
    return Scene(WIDTH, y + 2, title, alt, tuple(marks), _figures(plan, words))


def _bar(bar: Bar, y: float, step: float) -> list[Mark]:
    x = LEFT + step * (bar.first - 1) + 1
    length = step * (bar.last - bar.first + 1) - 2
    fill = PHASES[min(bar.phase, len(PHASES)) - 1]
    return [
        *_lines(0, y, bar.title, OWNER - 8, INK),
        *_lines(OWNER, y, bar.owner, LEFT - OWNER - 8, THIRD),
        Box(x, y + 4.5, length, HEIGHT - 9, fill, radius=2.5, key=bar.key, tip=bar.title),
    ]


def _lines(x: float, y: float, text: str, space: float, ink: str) -> list[Mark]:
    """At most two lines around the middle of a row."""
    lines = wrap(text, space, SIZE, 2)
    top = y + HEIGHT / 2 + 2.4 - LINE_GAP / 2 * (len(lines) - 1)
    return [Label(x, top + LINE_GAP * i, line, SIZE, ink) for i, line in enumerate(lines)]


def _months(months: Sequence[str], step: float, bottom: float) -> list[Mark]:
    marks: list[Mark] = []
    every = _every((month.partition(" ")[0] for month in months), step)
    years = _years(months, step)
    for i, month in enumerate(months):
        x = LEFT + step * i
        marks.append(Rule(x, TOP - 2, x, bottom, LINE, 0.5))
        if i % every == 0:
            marks.append(Label(x + 1.5, TOP - 6, month.partition(" ")[0], SMALL, THIRD))
        if i in years:
            marks.append(Label(x + 1.5, TOP - 15, years[i], SMALL, THIRD, bold=True))
    return marks


def _every(texts: Iterable[str], step: float) -> int:
    """How many months lie between two that are named, so that no name runs into the next."""
    widest = max((width(text, SMALL) for text in texts), default=0) + 2
    return next((n for n in EVERY if n * step >= widest), EVERY[-1])


def _years(months: Sequence[str], step: float) -> Mapping[int, str]:
    """Each year over its first month; one without room before the next is left out."""
    found = [(i, month.partition(" ")[2]) for i, month in enumerate(months) if " " in month]
    shown = {}
    for (i, year), (after, _) in pairwise([*found, (len(months) + 3, "")]):
        if (after - i) * step > width(year, SMALL, bold=True) + 3:
            shown[i] = year
    return shown


def _gates(gates: Mapping[int, int], step: float, bottom: float) -> list[Mark]:
    together: dict[int, list[int]] = {}
    for phase, month in sorted(gates.items()):
        together.setdefault(month, []).append(phase)
    marks: list[Mark] = []
    for month, phases in sorted(together.items()):
        x = LEFT + step * month
        text = ", ".join(f"G{phase}" for phase in phases)
        marks.append(Rule(x, TOP - 2, x, bottom + 2, ALARM, 0.9, "3 2"))
        at_edge = month * step > WIDTH - LEFT - 18
        marks.append(
            Label(x, bottom + 9, text, SMALL, ALARM, "end" if at_edge else "middle", bold=True)
        )
    return marks


def _days(text: str, days: Sequence[float], step: float, y: float, words: Words) -> list[Mark]:
    every = _every(map(words.figure, days), step)
    marks: list[Mark] = [rule(y - 2), Label(0, y + 7, text, SMALL, SECOND)]
    for i, value in enumerate(days):
        if i % every == every - 1 or every == 1:
            x = LEFT + step * (i + 1) - 2
            marks.append(Label(x, y + 7, words.figure(value), SMALL, SECOND, "end"))
    return marks


def _gate_text(plan: Gantt, words: Words) -> str:
    return words.listing(
        words("chart.gantt.gate", phase=phase, month=plan.months[month - 1])
        for phase, month in sorted(plan.gates.items())
        if 0 < month <= len(plan.months)
    ) or words("chart.gantt.no_gate")


def _figures(plan: Gantt, words: Words) -> Figures:
    header = ("phase", "action", "owner", "from", "to")
    return Figures(
        tuple(words(f"label.{name}") for name in header),
        tuple(
            (
                str(bar.phase),
                bar.title,
                bar.owner,
                plan.months[bar.first - 1],
                plan.months[bar.last - 1],
            )
            for bar in plan.bars
        ),
    )
