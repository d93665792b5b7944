"""All active workflows together: means over workflows, ranges over the shared draws."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from app.domain.audit import Audit
from app.domain.conditions import ConditionState, WorkflowState
from app.domain.ids import QuestionId
from app.domain.progress import progress
from app.domain.replies import active_cases
from app.domain.risk.attribution import by_category, departures
from app.domain.risk.counts import Misses
from app.domain.risk.coverage import weighted
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine, Floats
from app.domain.risk.estimate import Appraisal, appraise
from app.domain.risk.relative import relative_to_typical
from app.domain.risk.results import (
    Bounded,
    ConditionCount,
    Doubt,
    Estimate,
    Portfolio,
    Span,
    StateCount,
)
from app.domain.risk.spread import spread
from app.domain.risk.stages import stages_together


class Crowd:
    """Sums over workflows in every draw: nothing is stacked."""

    def __init__(self, engine: Engine) -> None:
        n = engine.reference.draws
        self._h0 = engine.h0
        self.answers, self.full, self.relative, self.money = (np.zeros(n) for _ in range(4))
        self.misses = Misses(n)

    def add(self, one: Appraisal, benefit: float | None) -> None:
        answers = -np.expm1(-self._h0 * one.answers.astype(np.float64))
        self.misses.add(answers)
        self.answers += answers
        self.full += -np.expm1(-self._h0 * one.full)
        self.relative += one.answers
        if benefit is not None:
            self.money += benefit * answers


def portfolio(
    engine: Engine,
    draws: Draws,
    audit: Audit,
    today: dt.date,
    tick: Callable[[], None] = lambda: None,
) -> Portfolio | None:
    """Every active workflow scored by the one function; None where none is active.

    Ticks twice for each workflow.

    Unknowns on the same question are alike across workflows, so ranges give no credit for
    diversification. Source: scoring.md 2.13.
    """
    cases = active_cases(audit, today, tick)
    if not cases:
        return None
    crowd = Crowd(engine)
    found: list[Estimate] = []
    for case in cases:
        one = appraise(engine, draws, audit, case, today)
        crowd.add(one, case.workflow.yearly_benefit)
        found.append(one.estimate)
        tick()
    n = len(found)
    risk = _mean(e.risk for e in found)
    shares = _shares(engine, found)
    return Portfolio(
        estimates=tuple(found),
        left_out=len(audit.workflows) - n,
        risk=risk,
        range=spread(crowd.answers / n).span(),
        full_range=spread(crowd.full / n).span(),
        relative=relative_to_typical(
            _mean(e.relative.value for e in found), spread(crowd.relative / n)
        ),
        categories=by_category(engine, risk * shares),
        departures=departures(engine, shares),
        expected_misses=sum(e.risk for e in found),
        misses=Span(*map(float, crowd.misses.range())),
        states=_states(audit, found),
        conditions=_conditions(found),
        coverage=weighted(progress(cases), _mean(e.coverage.weight for e in found)),
        waived=_mean(e.waived for e in found),
        missing_middle=_bounded([e.missing_middle for e in found]),
        stages=stages_together([e.stages for e in found]),
        doubt=_doubt(found, crowd.money),
    )


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))


def _shares(engine: Engine, found: Sequence[Estimate]) -> Floats:
    """Mean over workflows of each category's share of the risk."""
    rows = [[e.categories[c] / e.risk for c in engine.categories] for e in found]
    return np.asarray(np.mean(rows, axis=0))


def _bounded(found: Sequence[Bounded]) -> Bounded:
    return Bounded(
        _mean(b.index for b in found), _mean(b.low for b in found), _mean(b.high for b in found)
    )


def _states(audit: Audit, found: Sequence[Estimate]) -> Mapping[WorkflowState, StateCount]:
    """Every state, also those without a workflow."""
    counts = {}
    for state in WorkflowState:
        benefits = [audit.workflows[e.id].yearly_benefit for e in found if e.state is state]
        valued = [b for b in benefits if b is not None]
        counts[state] = StateCount(len(benefits), sum(valued), len(valued))
    return counts


def _conditions(found: Sequence[Estimate]) -> Mapping[QuestionId, ConditionCount]:
    """Per go-live condition; one that does not apply is met."""
    counts = {}
    for question in found[0].conditions.golive:
        states = [e.conditions.golive[question] for e in found]
        held = sum(s.is_held for s in states)
        counts[question] = ConditionCount(
            held,
            states.count(ConditionState.SAID),
            states.count(ConditionState.NOT_MET),
            states.count(ConditionState.UNKNOWN),
            states.count(ConditionState.NOT_ASKED),
        )
    return counts


def _doubt(found: Sequence[Estimate], money: Floats) -> Doubt | None:
    """Sum over the valued workflows; None where no benefit is recorded."""
    valued = [e.doubt.amount for e in found if e.doubt is not None]
    if not valued:
        return None
    low, _, high = spread(money).values()
    return Doubt(sum(valued), low, high, valued=len(valued), of=len(found))
