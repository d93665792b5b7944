"""From candidates to months: benefits, tiers, order, placement and pins."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from app.domain.audit import Audit
from app.domain.bank import Bank
from app.domain.conditions import ConditionState
from app.domain.ids import ActionKey, WorkflowId
from app.domain.landscape import Outcome
from app.domain.plan.candidates import Candidate
from app.domain.plan.network import Limits, Network, network
from app.domain.plan.order import choose, polish
from app.domain.plan.placement import pin, place
from app.domain.plan.results import BenefitUnit, PinRefusal
from app.domain.plan.subjects import Subject
from app.domain.planning import PlanSettings
from app.domain.risk.engine import logmean

COVER, DEFINE, REST = 2, 1, 0
"""Tiers: what a live workflow's conditions need, what entry questions need, everything else."""
OPEN = (ConditionState.NOT_MET, ConditionState.UNKNOWN)
RESTED = (Outcome.PAUSE, Outcome.STOP)
QUICK_DAYS = 5.0
QUICK_FROM = 0.75
"""A quick win is in the top quarter of benefit per day."""


class Schedule(Struct, frozen=True, eq=False):
    """Candidates are numbers: places in `candidates` and in `net`."""

    candidates: tuple[Candidate, ...]
    net: Network
    months: Mapping[int, int]
    """Candidate to the month in which it is finished; only the horizon."""
    horizon: tuple[int, ...]
    """In the order of the plan: by month, prerequisites first."""
    later: tuple[int, ...]
    pinned: frozenset[ActionKey]
    """Pins that were kept."""
    refused: Mapping[ActionKey, PinRefusal]


def nothing() -> Schedule:
    """A plan without an action."""
    return Schedule((), network((), (), ()), {}, (), (), frozenset(), {})


def limits(audit: Audit, settings: PlanSettings) -> Limits:
    """Capacity in person-days a month: as set, plus what paused or stopped workflows cost."""
    freed = sum(w.upkeep for _, w in sorted(audit.workflows.items()) if w.outcome in RESTED)
    return Limits(settings.capacity + freed, settings.months, settings.roles)


def unit(subjects: Sequence[Subject]) -> BenefitUnit:
    """Money only where every workflow that takes part in the plan has a yearly benefit."""
    part = [s for s in subjects if s.is_asked]
    valued = bool(part) and all(s.value is not None for s in part)
    return BenefitUnit.MONEY if valued else BenefitUnit.MISSES


def benefits(
    candidates: Sequence[Candidate], subjects: Sequence[Subject], scale: float = 1.0
) -> tuple[float, ...]:
    """`b = sum_w V_w L_w dh_w`: linear in the hazard removed, summing exactly to the whole fall.

    `L` is the log-mean survival between now and everything done; `V` the yearly benefit, or 1
    where the unit is misses. `scale` multiplies every hazard (another starting rate).
    Source: scoring.md 3.2, rule 3.
    """
    fall: dict[WorkflowId, float] = {}
    for candidate in candidates:
        for c in candidate.closings:
            fall[c.workflow] = fall.get(c.workflow, 0.0) + c.fall
    money = unit(subjects) is BenefitUnit.MONEY
    weight = {}
    for s in subjects:
        hazard = scale * s.score.hazard
        left = hazard - scale * fall.get(s.id, 0.0)
        value = (s.value or 0.0) if money else 1.0
        weight[s.id] = scale * value * logmean(math.exp(-left), math.exp(-hazard))
    return tuple(sum(weight[c.workflow] * c.fall for c in x.closings) for x in candidates)


def tiers(
    bank: Bank, candidates: Sequence[Candidate], subjects: Sequence[Subject]
) -> tuple[int, ...]:
    """The most urgent thing each candidate does itself. Source: scoring.md 3.3."""
    questions = {q.id: q for q in bank.questions}
    known = {s.id: s for s in subjects}
    found = []
    for candidate in candidates:
        tier = REST
        for c in candidate.closings:
            subject, question = known[c.workflow], questions[c.question]
            met = subject.conditions
            covers = met.golive.get(c.question) in OPEN and c.level <= (question.golive_at or 0)
            defines = met.entry.get(c.question) in OPEN and c.level <= (question.phase1_at or 0)
            if covers and subject.case.workflow.is_live:
                tier = COVER
            elif defines:
                tier = max(tier, DEFINE)
        found.append(tier)
    return tuple(found)


def schedule(
    bank: Bank,
    candidates: tuple[Candidate, ...],
    subjects: Sequence[Subject],
    settings: PlanSettings,
    within: Limits,
    *,
    scale: float = 1.0,
) -> Schedule:
    """Order the candidates, keep what pins can be kept and place everything.

    Source: scoring.md 3.3. Where roles are limited, what the order leaves room for is filled with
    later actions.
    """
    number = {c.key: n for n, c in enumerate(candidates)}
    net = network(
        [c.remaining for c in candidates],
        benefits(candidates, subjects, scale),
        [[number[k] for k in c.needs] for c in candidates],
        tiers(bank, candidates, subjects) if settings.cover_first else (),
        [c.role for c in candidates],
    )
    leading = [n for n, c in enumerate(candidates) if c.leads and not c.needs]
    chosen, rest = choose(net, within, leading)
    order = leading + polish(net, chosen, within, sum(net.efforts[n] for n in leading))
    if within.roles:
        order += rest
    wanted = {number[k]: m for k, m in settings.pins.items() if k in number}
    pinned = pin(net, order, within, wanted)
    months = place(net, pinned.order, within, pinned.kept).months
    refused = {candidates[n].key: reason for n, reason in pinned.refused.items()}
    refused |= {k: PinRefusal.UNKNOWN_ACTION for k in settings.pins if k not in number}
    return Schedule(
        candidates=candidates,
        net=net,
        months=months,
        horizon=tuple(sorted(months, key=lambda n: (months[n], len(net.ancestors[n]), n))),
        later=tuple(n for n in dict.fromkeys([*pinned.order, *rest]) if n not in months),
        pinned=frozenset(candidates[n].key for n in pinned.kept),
        refused=dict(sorted(refused.items())),
    )


def quick_wins(plan: Schedule) -> list[int]:
    """What takes 5 days at most with everything it needs, in the top quarter of benefit per day.

    In plan order, the horizon only; the quarter is taken over all candidates that still cost
    something. Source: scoring.md 3.4.
    """
    net = plan.net
    closures = {n: net.closure(n) for n, c in enumerate(plan.candidates) if not c.done}
    days = {n: sum(net.efforts[x] for x in c) for n, c in closures.items()}
    dense = {
        n: sum(net.benefits[x] for x in c) / days[n] for n, c in closures.items() if days[n] > 0
    }
    if not dense:
        return []
    bar = float(np.quantile(list(dense.values()), QUICK_FROM))
    return [n for n in plan.horizon if n in dense and 0 < dense[n] >= bar and days[n] <= QUICK_DAYS]
