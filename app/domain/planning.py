"""What people add to derived gaps and actions, and how the plan is to be made."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from app.domain.ids import (
    ORGANISATION,
    ActionKey,
    GapKey,
    PersonId,
    QuestionId,
    SessionId,
    StageId,
    Target,
)


class Severity(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Response(StrEnum):
    FIX = "fix"
    ACCEPT = "accept"
    DISAGREE = "disagree"


class GapNote(Struct, frozen=True):
    """What people say about one derived gap; the gap itself is never stored."""

    owner: PersonId | None = None
    due: dt.date | None = None
    severity: Severity | None = None
    response: Response | None = None
    accepted_until: dt.date | None = None
    because: str = ""
    merged_into: GapKey | None = None
    note: str = ""


class OwnGap(Struct, frozen=True):
    """A gap somebody named in the room, beside those derived from answers."""

    text: str
    target: Target = ORGANISATION
    stage: StageId | None = None
    severity: Severity = Severity.MEDIUM
    owner: PersonId | None = None
    due: dt.date | None = None
    response: Response | None = None
    accepted_until: dt.date | None = None
    because: str = ""
    note: str = ""
    session: SessionId | None = None
    at: dt.datetime | None = None
    closed: bool = False


class ActionNote(Struct, frozen=True):
    """What people say about one action. `done` never closes a gap: a new answer does."""

    owner: PersonId | None = None
    due: dt.date | None = None
    effort: float | None = None
    """Own estimate in person-days."""
    done: bool = False
    note: str = ""


class OwnAction(Struct, frozen=True):
    """An action of the organisation's own beside the bank's."""

    title: str
    target: Target
    phase: int
    role: str
    effort: float
    closes: Mapping[QuestionId, int] = {}
    """Question to the level it leads to, for the action's target."""
    prereqs: tuple[ActionKey, ...] = ()
    done_when: str = ""


class PlanSettings(Struct, frozen=True):
    start: dt.date | None = None
    months: int = 12
    capacity: float = 40.0
    """Person-days a month, all roles together."""
    roles: Mapping[str, float] = {}
    """Role to person-days a month, where a role is scarce."""
    pins: Mapping[ActionKey, int] = {}
    """Action to the month (1 to `months`) in which it must be finished."""
    excluded: tuple[str, ...] = ()
    """Action keys, or action ids for every target."""
    cover_first: bool = True


def plan_month(settings: PlanSettings, today: dt.date, month: int) -> dt.date:
    """First day of month 1, 2, … of the plan; month 1 is the planned one, else the next one."""
    first = settings.start.replace(day=1) if settings.start else shifted(today, 1)
    return shifted(first, month - 1)


def shifted(day: dt.date, months: int) -> dt.date:
    """First day of the month `months` later."""
    place = day.year * 12 + day.month - 1 + months
    return dt.date(place // 12, place % 12 + 1, 1)
