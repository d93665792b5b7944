"""Lanes of gaps by the plan: what is due now, what it closes next, what it leaves for later."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from app.domain.gaps import Gap
from app.domain.plan.results import Plan
from app.domain.planning import (
    GapNote,
    OwnGap,
    PlanSettings,
    Response,
    Severity,
    plan_month,
)

FIRST_PART = 3
"""The first third of the plan is now."""


class GapLane(StrEnum):
    NOW = "now"
    NEXT = "next"
    LATER = "later"


def closing_month(plan: Plan, gap: Gap) -> int | None:
    """Month of the plan (1 is the first) in which the gap is closed for the last of its workflows.

    It closes where a planned action leads to level 3; None where the plan leaves a workflow open.
    """
    months = [plan.sound_months.get((w, gap.question, gap.target)) for w in gap.workflows]
    known = [month for month in months if month is not None]
    return max(known) if known and len(known) == len(months) else None


def last_of_now(plan: Plan) -> int:
    """The month with which now ends: a third of the horizon, rounded up."""
    return math.ceil(plan.months / FIRST_PART)


def gap_lane(plan: Plan, gap: Gap) -> GapLane:
    """Now: critical on a live workflow, or closed by the first third of the plan.

    Next: closed by the rest of the plan. Later: everything else.
    """
    month = closing_month(plan, gap)
    if gap.severity is Severity.CRITICAL or (month is not None and month <= last_of_now(plan)):
        return GapLane.NOW
    return GapLane.LATER if month is None else GapLane.NEXT


def is_in_a_lane(gap: Gap, today: dt.date) -> bool:
    """Known, not merged into another gap, and not accepted for the time being."""
    note = gap.note or GapNote()
    until = note.accepted_until
    accepted = note.response is Response.ACCEPT and (until is None or until >= today)
    return not gap.not_known and note.merged_into is None and not accepted


def own_gap_lane(plan: Plan, settings: PlanSettings, gap: OwnGap, today: dt.date) -> GapLane:
    """Of a gap that was recorded in the room, which no action of the plan closes by itself.

    Now: critical, or due by the first third of the plan. Next: due by its end. Later: all else.
    """
    due = gap.due or dt.date.max
    if gap.severity is Severity.CRITICAL or due < plan_month(
        settings, today, last_of_now(plan) + 1
    ):
        return GapLane.NOW
    return GapLane.NEXT if due < plan_month(settings, today, plan.months + 1) else GapLane.LATER


def is_own_in_a_lane(gap: OwnGap, today: dt.date) -> bool:
    """Open, and not accepted for the time being."""
    until = gap.accepted_until
    accepted = gap.response is Response.ACCEPT and (until is None or until >= today)
    return not gap.closed and not accepted


class GapCount(Struct, frozen=True):
    """Every open gap once, derived or recorded: in a lane, to be found out, or put aside."""

    lanes: Mapping[GapLane, int]
    unknown: int = 0
    """Nobody in the room knows; to be found out first."""
    aside: int = 0
    """Accepted for the time being, or merged into another."""
    recorded: int = 0
    """Of all of them, those recorded in the room."""
    severities: Mapping[Severity, int] = {}
    """Of all of them."""
    critical_now: int = 0
    critical_unknown: int = 0
    without_date: int = 0
    """Due now, with no date and in no month of the plan."""

    @property
    def in_lanes(self) -> int:
        return sum(self.lanes.values())

    @property
    def of(self) -> int:
        return self.in_lanes + self.unknown + self.aside


def count_gaps(
    plan: Plan,
    settings: PlanSettings,
    found: Iterable[Gap],
    recorded: Iterable[OwnGap],
    today: dt.date,
) -> GapCount:
    """The one count of gaps; recorded ones that were closed are none any more."""
    lanes: Counter[GapLane] = Counter()
    severities: Counter[Severity] = Counter()
    critical: Counter[str] = Counter()
    unknown = aside = own = without = 0
    for gap in found:
        severities[gap.severity] += 1
        if gap.not_known:
            unknown += 1
            critical["unknown"] += gap.severity is Severity.CRITICAL
        elif is_in_a_lane(gap, today):
            lane = gap_lane(plan, gap)
            lanes[lane] += 1
            due = gap.note.due if gap.note else None
            is_now = lane is GapLane.NOW
            critical["now"] += is_now and gap.severity is Severity.CRITICAL
            without += is_now and due is None and closing_month(plan, gap) is None
        else:
            aside += 1
    for one in recorded:
        if one.closed:
            continue
        own += 1
        severities[one.severity] += 1
        if is_own_in_a_lane(one, today):
            lane = own_gap_lane(plan, settings, one, today)
            lanes[lane] += 1
            is_now = lane is GapLane.NOW
            critical["now"] += is_now and one.severity is Severity.CRITICAL
            without += is_now and one.due is None
        else:
            aside += 1
    return GapCount(
        lanes={lane: lanes[lane] for lane in GapLane},
        unknown=unknown,
        aside=aside,
        recorded=own,
        severities={severity: severities[severity] for severity in Severity},
        critical_now=critical["now"],
        critical_unknown=critical["unknown"],
        without_date=without,
    )
