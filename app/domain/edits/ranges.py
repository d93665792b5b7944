"""What a single value may be: names, numbers, dates and shares, whatever else is recorded."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from app.domain.answers import Evidence
from app.domain.landscape import (
    ContextSource,
    Deployment,
    ImportedRow,
    ModelUpgrade,
    Organisation,
    Person,
    Platform,
    Policy,
    SourceLink,
    Workflow,
)
from app.domain.planning import ActionNote, OwnAction, OwnGap, PlanSettings
from app.domain.workshop import (
    Attendance,
    BeliefVote,
    Decision,
    Dissent,
    EdgeCase,
    ParkingItem,
    Session,
    Snapshot,
    Vote,
)
from app.errors import EditError

EARLIEST, LATEST = dt.date(1970, 1, 1), dt.date(2199, 12, 31)
TOLERANCE: Final = 1e-6
MOST: Final = 1e15
"""No amount is larger; sums and products of amounts stay exact enough."""


class Range(Struct, frozen=True):
    """Bounds of a number, both inside unless `open_ends`; None is no bound."""

    low: float = 0.0
    high: float | None = None
    open_ends: bool = False

    def __str__(self) -> str:
        if self.high is None:
            return f"more than {self.low:g}" if self.open_ends else f"{self.low:g} or more"
        ends = ", neither of them itself" if self.open_ends else ""
        return f"from {self.low:g} to {self.high:g}{ends}"

    def holds(self, value: float) -> bool:
        high = MOST if self.high is None else self.high
        if self.open_ends:
            return self.low < value < high
        return self.low <= value <= high


NOT_NEGATIVE, POSITIVE = Range(), Range(open_ends=True)
RANGES: Final[Mapping[Any, Mapping[str, Range]]] = {
    Organisation: {"day_rate": NOT_NEGATIVE, "own_rate": Range(0, 1, open_ends=True)},
    Person: {"seat": Range(1)},
    Workflow: {
        "users": NOT_NEGATIVE,
        "requests_a_day": NOT_NEGATIVE,
        "yearly_benefit": NOT_NEGATIVE,
        "cost": NOT_NEGATIVE,
        "upkeep": NOT_NEGATIVE,
    },
    SourceLink: {"importance": Range(1, 3)},
    ModelUpgrade: {"cost": NOT_NEGATIVE},
    Deployment: {"relative_hazard": POSITIVE},
    ImportedRow: {"row": NOT_NEGATIVE},
    ActionNote: {"effort": POSITIVE},
    OwnAction: {"phase": Range(1, 5), "effort": POSITIVE},
    PlanSettings: {"months": Range(1, 120), "capacity": POSITIVE},
    Vote: {"round": Range(1)},
    Decision: {"cost": NOT_NEGATIVE},
    Snapshot: {"sequence": NOT_NEGATIVE},
}
NAMES: Final[Mapping[Any, tuple[str, ...]]] = {
    Organisation: ("currency", "language"),
    Person: ("name",),
    Platform: ("name",),
    Workflow: ("name",),
    ContextSource: ("name",),
    Policy: ("text",),
    Deployment: ("name",),
    Evidence: ("title",),
    OwnAction: ("title", "role"),
    Session: ("title",),
    Decision: ("text",),
    Dissent: ("text",),
    ParkingItem: ("text",),
    OwnGap: ("text",),
    EdgeCase: ("text",),
    Snapshot: ("name",),
}
"""Fields that may not be empty."""


def refuse(what: str, to_do: str) -> EditError:
    """The error of an edit that contradicts the record."""
    return EditError(f"{what} Nothing was changed. {to_do}", what)


def check_values(record: Struct) -> None:
    """Raise EditError for a number, date or name that cannot be right."""
    kind = type(record)
    for field in NAMES.get(kind, ()):
        if not getattr(record, field).strip():
            raise refuse(f"{_said(field)} is empty.", "Enter at least one letter.")
    for field, allowed in RANGES.get(kind, {}).items():
        value = getattr(record, field)
        if value is not None and not allowed.holds(value):
            raise refuse(f"{_said(field)} is {value:g}.", f"It must be {allowed}.")
    for field, date in _dates(record):
        if not EARLIEST <= date <= LATEST:
            raise refuse(
                f"{_said(field)} is {date.isoformat()}.", "Enter a year from 1970 to 2199."
            )
    for inner in _parts(record):
        check_values(inner)
    _check_sums(record)


def check_id(collection: str, key: str) -> None:
    """An id has a letter, no slash (gap and action keys use it), no space at its ends."""
    if not key.strip() or key != key.strip() or "/" in key or not key.isprintable():
        raise refuse(
            f"“{key}” cannot be an id in {_said(collection).lower()}.",
            "Use letters, figures and hyphens.",
        )
    if key in ("org", "nobody"):
        raise refuse(
            f"The id “{key}” has a meaning of its own.", "Choose another id for this entry."
        )


def _check_sums(record: Struct) -> None:
    if isinstance(record, BeliefVote):
        _check_shares("The points", record.points, 100.0)
    elif isinstance(record, Deployment):
        _check_deployment(record)
    elif isinstance(record, PlanSettings):
        for role, days in sorted(record.roles.items()):
            if not role.strip() or not NOT_NEGATIVE.holds(days):
                raise refuse(
                    f"Role “{role}” has {days:g} days a month.",
                    f"Name the role; its days must be {NOT_NEGATIVE}.",
                )
    elif isinstance(record, Session):
        _check_order(record.started, record.ended, "The session ends before it starts.")
    elif isinstance(record, Attendance):
        _check_order(record.arrived, record.left, "Somebody leaves before they arrive.")


def _check_deployment(record: Deployment) -> None:
    if record.failure_split:
        _check_shares("The parts of the failure", record.failure_split, 1.0)
    for category, value in sorted(record.multipliers.items()):
        if not POSITIVE.holds(value):
            raise refuse(f"The multiplier of {category} is {value:g}.", f"It must be {POSITIVE}.")


def _check_shares(what: str, shares: Mapping[str, float], whole: float) -> None:
    low = min(shares.values(), default=0.0)
    total = sum(shares.values())
    if not (low >= 0 and abs(total - whole) <= TOLERANCE * whole):
        raise refuse(
            f"{what} add up to {total:g}, the smallest is {low:g}.",
            f"None may be negative and together they must be {whole:g}.",
        )


def _check_order(started: dt.datetime | None, ended: dt.datetime | None, what: str) -> None:
    """A clock with a zone and one without cannot be compared."""
    if started is None or ended is None:
        return
    if (started.tzinfo is None) != (ended.tzinfo is None):
        raise refuse("Only one of start and end has a time zone.", "Give both a zone, or neither.")
    if ended < started:
        raise refuse(what, "Correct one of the two times.")


def _dates(record: Struct) -> Iterator[tuple[str, dt.date]]:
    for field in record.__struct_fields__:
        value = getattr(record, field)
        if isinstance(value, dt.datetime):
            yield field, value.date()
        elif isinstance(value, dt.date):
            yield field, value


def _parts(record: Struct) -> Iterator[Struct]:
    """Structs inside the record, in fields, tuples and mappings."""
    for field in record.__struct_fields__:
        value = getattr(record, field)
        inside = value.values() if isinstance(value, Mapping) else value
        for part in inside if isinstance(inside, tuple) or inside is not value else (value,):
            if isinstance(part, Struct):
                yield part


def _said(name: str) -> str:
    return name.replace("_", " ").capitalize()
