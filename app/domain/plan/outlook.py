"""The months ahead: expected misses, their range and the benefit in doubt after each month."""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from msgspec import Struct

from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.plan.results import MonthPoint
from app.domain.plan.schedule import Schedule
from app.domain.plan.subjects import Subject
from app.domain.replies import reached
from app.domain.risk.counts import Misses
from app.domain.risk.draws import Draws, Sample
from app.domain.risk.engine import Controls, Engine, Floats, controls, score
from app.domain.risk.results import Span

Levels = Mapping[tuple[QuestionId, Target], int]


class _Moment(Struct, frozen=True, eq=False):
    """One workflow at the end of one month."""

    risk: float
    chance: Floats
    """Of missing, 0 to 1, in every draw."""


def outlook(
    engine: Engine,
    draws: Draws,
    subjects: Sequence[Subject],
    plan: Schedule,
    months: Collection[int],
    tick: Callable[[], None] = lambda: None,
) -> tuple[MonthPoint, ...]:
    """Misses (count), their 5 and 95% bounds and doubt (currency) at the end of the given months.

    Every workflow is scored anew with the levels reached, and all active workflows count, those
    without an answer included: month 0 is the portfolio of today, the last month the rescored
    one. Doubt covers the valued workflows; None where there are none. Ticks for every workflow.
    Source: scoring.md 2.9, 2.13 and 3.4.
    """
    points = [_Point(m, engine.reference.draws) for m in sorted(months)]
    changes = levels_by_month(plan)
    silent: dict[tuple[bytes, bytes], Sample] = {}
    for subject in subjects:
        tick()
        sample = _today(draws, subject, silent)
        moment = _Moment(subject.score.risk, _chance(engine, sample))
        todo, levels = changes.get(subject.id, {}), dict[tuple[QuestionId, Target], int]()
        month = 0
        for point in points:
            due = [m for m in range(month + 1, point.month + 1) if m in todo]
            for m in due:
                levels |= todo[m]
            if due:
                found = controls(engine, reached(subject.case, levels))
                moment = _scored(engine, draws, found)
            month = point.month
            point.add(moment, subject.value)
    return tuple(p.result() for p in points)


def levels_by_month(plan: Schedule) -> Mapping[WorkflowId, Mapping[int, Levels]]:
    """Workflow to month to what is reached in that month and was not reached before."""
    found: dict[WorkflowId, dict[int, dict[tuple[QuestionId, Target], int]]] = {}
    best: dict[tuple[WorkflowId, QuestionId, Target], int] = {}
    for n in plan.horizon:
        for c in plan.candidates[n].closings:
            place = (c.workflow, c.question, c.target)
            if c.level >= best.get(place, 0):
                best[place] = c.level
                month = found.setdefault(c.workflow, {}).setdefault(plan.months[n], {})
                month[c.question, c.target] = c.level
    return found


def _today(draws: Draws, subject: Subject, silent: dict[tuple[bytes, bytes], Sample]) -> Sample:
    """Workflows nobody was asked about differ only in which questions apply to them."""
    if subject.is_asked:
        return draws.answers.relative(subject.controls)
    key = (subject.controls.question.tobytes(), subject.controls.weight.tobytes())
    if key not in silent:
        silent[key] = draws.answers.relative(subject.controls)
    return silent[key]


def _scored(engine: Engine, draws: Draws, found: Controls) -> _Moment:
    chance = _chance(engine, draws.answers.relative(found))
    return _Moment(score(engine, found).risk, chance)


def _chance(engine: Engine, sample: Sample) -> Floats:
    return np.asarray(-np.expm1(-engine.h0 * sample.astype(np.float64)))


class _Point:
    """One month under addition, workflow by workflow."""

    def __init__(self, month: int, draws: int) -> None:
        self.month = month
        self._misses, self._doubts = 0.0, list[float]()
        self._count = Misses(draws)

    def add(self, moment: _Moment, value: float | None) -> None:
        self._misses += moment.risk
        self._count.add(moment.chance)
        if value is not None:
            self._doubts.append(value * moment.risk)

    def result(self) -> MonthPoint:
        low, high = self._count.range()
        doubt = sum(self._doubts) if self._doubts else None
        return MonthPoint(self.month, self._misses, Span(low, high), doubt)
