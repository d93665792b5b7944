"""Lanes of gaps by the plan: what is due now, what it closes next, what it leaves for later."""

import datetime as dt
import math
from enum import StrEnum

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
