"""The plan of an audit: the one way from answers to a roadmap."""

import datetime as dt
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.gaps import to_show
from app.domain.ids import ActionKey
from app.domain.plan.candidates import candidates
from app.domain.plan.drafts import ALL_PHASES
from app.domain.plan.effects import Effect, Effects, effects, levels_reached, sound_months
from app.domain.plan.gates import phase_gates
from app.domain.plan.outlook import outlook
from app.domain.plan.results import Plan, PlannedAction
from app.domain.plan.schedule import Schedule, limits, quick_wins, schedule, unit
from app.domain.plan.subjects import Subject, subjects
from app.domain.planning import PlanSettings
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine


def make_plan(
    engine: Engine,
    draws: Draws,
    audit: Audit,
    today: dt.date,
    *,
    settings: PlanSettings | None = None,
    phases: int = ALL_PHASES,
    h0: float | None = None,
    tick: Callable[[], None] = lambda: None,
) -> Plan:
    """The roadmap under `settings` (the audit's own unless given), up to phase `phases`.

    `h0` is the cumulative hazard of a typical deployment where another starting rate is tried.
    Ticks often, so that a plan nobody waits for any more can be given up. Source: scoring.md 3.
    """
    chosen = engine if h0 is None else replace(engine, h0=h0)
    wanted = audit.plan if settings is None else settings
    active = subjects(chosen, audit, today, tick)
    plan = arrange(chosen, audit, active, wanted, phases, tick)
    return complete(chosen, draws, audit, active, wanted, plan, tick)


def arrange(
    engine: Engine,
    audit: Audit,
    active: tuple[Subject, ...],
    settings: PlanSettings,
    phases: int = ALL_PHASES,
    tick: Callable[[], None] = lambda: None,
) -> Schedule:
    """Which actions there are, and when each is done."""
    found = candidates(engine, audit, active, phases=phases, excluded=settings.excluded)
    tick()
    return schedule(engine.bank, found, active, settings, limits(audit, settings))


def complete(
    engine: Engine,
    draws: Draws,
    audit: Audit,
    active: tuple[Subject, ...],
    settings: PlanSettings,
    plan: Schedule,
    tick: Callable[[], None] = lambda: None,
) -> Plan:
    """The schedule with everything it says about itself. Source: scoring.md 3.4."""
    tick()
    found = effects(audit.bank, active, plan)
    within = limits(audit, settings)
    everything = (*plan.horizon, *plan.later)
    unsure = [n for n in everything if plan.candidates[n].confirm_first]
    return Plan(
        actions=tuple(_planned(plan, found, n) for n in plan.horizon),
        later=tuple(_planned(plan, found, n) for n in plan.later),
        to_audit=tuple(s.id for s in active if not s.has_own),
        to_show=to_show(audit, (s.case for s in active)),
        confirm_first=_keys(plan, unsure),
        quick_wins=_keys(plan, quick_wins(plan)),
        refused=plan.refused,
        curve=outlook(engine, draws, active, plan, range(settings.months + 1), tick),
        phases=phase_gates(audit, active, plan),
        unit=unit(active),
        capacity=within.capacity,
        roles=within.roles,
        months=within.months,
        after=found.after,
        planned_levels=levels_reached(plan),
        sound_months=sound_months(plan),
    )


def _planned(plan: Schedule, found: Effects, n: int) -> PlannedAction:
    candidate, effect = plan.candidates[n], found.by_candidate.get(n, Effect())
    return PlannedAction(
        key=candidate.key,
        action=candidate.action,
        target=candidate.target,
        title=candidate.title,
        phase=candidate.phase,
        role=candidate.role,
        owner=candidate.owner,
        effort=candidate.effort,
        month=plan.months.get(n),
        pinned=candidate.key in plan.pinned,
        confirm_first=candidate.confirm_first,
        done=candidate.done,
        questions=tuple(sorted({c.question for c in candidate.closings})),
        workflows=tuple(sorted({c.workflow for c in candidate.closings})),
        needs=candidate.needs,
        assumes=candidate.assumes,
        unlocks=_keys(plan, effect.unlocks),
        conditions_met=effect.met,
        moves=effect.moves,
        share=effect.share,
        done_when=candidate.done_when,
    )


def _keys(plan: Schedule, numbers: Iterable[int]) -> tuple[ActionKey, ...]:
    return tuple(plan.candidates[n].key for n in numbers)
