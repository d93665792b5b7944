"""The same workflows under other starting rates: expected misses today and after a plan."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from msgspec import Struct

from app.domain.ids import ActionKey, QuestionId, Target, WorkflowId
from app.domain.replies import Case, reached
from app.domain.risk.counts import Misses
from app.domain.risk.draws import Draws, Sample
from app.domain.risk.engine import Engine, Floats, controls, score
from app.domain.risk.results import RateRow, Span, StartingRates
from app.domain.risk.spread import risk_of, spread

PlannedLevels = Mapping[tuple[WorkflowId, QuestionId, Target], int]
Replan = Callable[[float], Collection[ActionKey]]
"""From a starting rate to the actions in the horizon of a plan made at that rate."""


class _Moment(Struct, frozen=True, eq=False):
    """Hazard against typical of every workflow: closed form, and per draw."""

    relative: Floats
    draws: tuple[Sample, ...]


def starting_rates(
    engine: Engine,
    draws: Draws,
    cases: Sequence[Case],
    levels: PlannedLevels,
    *,
    own: float | None = None,
    actions: Collection[ActionKey] = (),
    replan: Replan | None = None,
) -> StartingRates:
    """`P_w(r) = 1 - exp(ln(1 - r) M_w)` for the rates of the reference set and the room's own.

    `levels` are those the plan reaches within its horizon; they count as documented.
    `actions` are the keys of that horizon. Source: scoring.md 2.9.
    """
    now = _moment(engine, draws, cases)
    then = _moment(engine, draws, cases, levels, now)
    rates = engine.reference.rates
    rates = rates if own is None or own in rates else (*rates, own)
    rows = [_row(rate, now, then, frozenset(actions), replan) for rate in rates]
    return StartingRates(
        rows=tuple(rows),
        of=len(cases),
        same_order=all(_keeps_order(now.relative, rate) for rate in rates),
        actions=len(frozenset(actions)),
    )


def _moment(
    engine: Engine,
    draws: Draws,
    cases: Sequence[Case],
    levels: PlannedLevels | None = None,
    before: _Moment | None = None,
) -> _Moment:
    """A workflow no level moves is as it was before."""
    planned: dict[WorkflowId, dict[tuple[QuestionId, Target], int]] = {}
    for (workflow, question, target), level in (levels or {}).items():
        planned.setdefault(workflow, {})[question, target] = level
    relative, drawn = [], []
    for n, case in enumerate(cases):
        if before is not None and case.id not in planned:
            relative.append(float(before.relative[n]))
            drawn.append(before.draws[n])
            continue
        found = controls(engine, reached(case, planned.get(case.id, {})))
        relative.append(score(engine, found).relative)
        drawn.append(draws.answers.relative(found))
    return _Moment(np.array(relative), tuple(drawn))


def _row(
    rate: float, now: _Moment, then: _Moment, actions: frozenset[ActionKey], replan: Replan | None
) -> RateRow:
    h0 = -math.log1p(-rate)
    low, high = _count(now, h0)
    after_low, after_high = _count(then, h0)
    return RateRow(
        rate=rate,
        today=float(_chance(now.relative, h0).sum()),
        low=low,
        high=high,
        after=float(_chance(then.relative, h0).sum()),
        after_low=after_low,
        after_high=after_high,
        same_actions=len(actions & frozenset(replan(rate))) if replan else None,
        chance=_span(now, h0),
        chance_after=_span(then, h0),
    )


def _span(moment: _Moment, h0: float) -> Span | None:
    """Of one workflow; of several the number of misses has a range instead."""
    if len(moment.draws) != 1:
        return None
    return spread(moment.draws[0].astype(np.float64)).span(risk_of(h0))


def _chance(relative: Floats, h0: float) -> Floats:
    return np.asarray(-np.expm1(-h0 * relative))


def _count(moment: _Moment, h0: float) -> tuple[int, int]:
    misses = Misses(len(moment.draws[0]) if moment.draws else 1)
    for sample in moment.draws:
        misses.add(_chance(sample.astype(np.float64), h0))
    return misses.range()


def _keeps_order(relative: Floats, rate: float) -> bool:
    """Sorted by M the chances never fall at this rate."""
    chances = _chance(np.sort(relative), -math.log1p(-rate))
    return bool((np.diff(chances) >= 0).all())
