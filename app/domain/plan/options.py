"""Options A to D for a decision, and the same plan under other starting rates."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.conditions import WorkflowState
from app.domain.ids import ActionKey
from app.domain.plan.candidates import candidates
from app.domain.plan.drafts import ALL_PHASES
from app.domain.plan.effects import effects
from app.domain.plan.outlook import outlook
from app.domain.plan.planner import arrange
from app.domain.plan.results import MonthPoint, OptionKind, Plan, PlanOption
from app.domain.plan.schedule import Schedule, limits, nothing, schedule
from app.domain.plan.subjects import Subject, subjects
from app.domain.planning import PlanSettings
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine
from app.domain.risk.rates import starting_rates
from app.domain.risk.results import StartingRates

PHASES = {OptionKind.TO_PHASE_2: 2, OptionKind.TO_PHASE_3: 3, OptionKind.EVERYTHING: ALL_PHASES}


class _Ground(Struct, frozen=True, eq=False):
    """What all options share."""

    engine: Engine
    draws: Draws
    audit: Audit
    active: tuple[Subject, ...]
    settings: PlanSettings
    tick: Callable[[], None]


def plan_options(
    engine: Engine,
    draws: Draws,
    audit: Audit,
    today: dt.date,
    *,
    settings: PlanSettings | None = None,
    tick: Callable[[], None] = lambda: None,
) -> tuple[PlanOption, ...]:
    """A nothing, B up to phase 2, C up to phase 3, D everything: each a plan of its own.

    Where B to D end alike because the days run out, E is everything with twice the days a month.
    Days are person-days in the horizon, cost is days times day rate, effects are those at the end
    of the horizon. Ticks often. Source: scoring.md 3.4.
    """
    active = subjects(engine, audit, today, tick)
    wanted = audit.plan if settings is None else settings
    ground = _Ground(engine, draws, audit, active, wanted, tick)
    plans: dict[OptionKind, Schedule] = {OptionKind.NOTHING: nothing()}
    for kind, phases in PHASES.items():
        plans[kind] = arrange(engine, audit, active, wanted, phases, tick)
        tick()
    found: list[PlanOption] = []
    for kind, plan in plans.items():
        found.append(_option(ground, kind, plan, found))
    if _is_short(found):
        more = replace(wanted, capacity=wanted.capacity + limits(audit, wanted).capacity)
        plan = arrange(engine, audit, active, more, ALL_PHASES, tick)
        found.append(_option(replace(ground, settings=more), OptionKind.WIDER, plan, found))
        tick()
    return tuple(found)


def _is_short(found: Sequence[PlanOption]) -> bool:
    """B to D end alike and the first of them leaves days for later: only more days can differ."""
    first, *others = (option for option in found if option.kind in PHASES)
    return first.later_days >= 1 and all(option.ends_like(first) for option in others)


def _option(
    ground: _Ground, kind: OptionKind, plan: Schedule, others: Sequence[PlanOption]
) -> PlanOption:
    before = others[-1] if others else None
    months, tick = [ground.settings.months], ground.tick
    end = outlook(ground.engine, ground.draws, ground.active, plan, months, tick)[0]
    tick()
    found = effects(ground.audit.bank, ground.active, plan)
    states = Counter(found.after.values())
    days = sum(plan.candidates[n].remaining for n in plan.horizon)
    rate = ground.audit.organisation.day_rate
    made = PlanOption(
        kind=kind,
        days=days,
        cost=None if rate is None else days * rate,
        later_days=sum(plan.candidates[n].remaining for n in plan.later),
        misses=end.misses,
        misses_range=end.range,
        doubt=end.doubt,
        states={state: states[state] for state in WorkflowState},
        conditions_met=sum(len(e.met) for e in found.by_candidate.values()),
        differs=before is not None and _differs(before, end),
        after=found.after,
        last_month=max((plan.months[n] for n in plan.horizon), default=0),
        capacity=limits(ground.audit, ground.settings).capacity,
    )
    alike = (o.kind for o in others if o.days == days and days > 0 and made.ends_like(o))
    same = next(alike, None)
    return replace(made, same_as=same)


def _differs(before: PlanOption, end: MonthPoint) -> bool:
    """The expected misses of the option before lie outside this one's range."""
    return not end.range.low <= before.misses <= end.range.high


def starting_rates_with_plan(
    engine: Engine,
    draws: Draws,
    audit: Audit,
    today: dt.date,
    plan: Plan,
    *,
    settings: PlanSettings | None = None,
    tick: Callable[[], None] = lambda: None,
) -> StartingRates:
    """Misses at each starting rate today and after the plan, and how far the plan stays the same.

    Each rate gets a plan of its own; only hazards scale with the rate, so the actions to choose
    from are collected once. Ticks often. Source: scoring.md 2.9.
    """
    active = subjects(engine, audit, today, tick)
    wanted = audit.plan if settings is None else settings
    found = candidates(engine, audit, active, excluded=wanted.excluded)

    def replan(rate: float) -> Collection[ActionKey]:
        tick()
        scale = engine.at_rate(rate).h0 / engine.h0
        within = limits(audit, wanted)
        made = schedule(engine.bank, found, active, wanted, within, scale=scale)
        return {found[n].key for n in made.horizon}

    return starting_rates(
        engine,
        draws,
        [s.case for s in active],
        plan.planned_levels,
        own=audit.organisation.own_rate,
        actions=[a.key for a in plan.actions],
        replan=replan,
    )
