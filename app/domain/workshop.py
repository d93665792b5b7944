"""What happens in the room: sessions, votes, decisions, parked items, beliefs, edge cases."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from app.domain.answers import Said
from app.domain.ids import (
    ActionKey,
    GapKey,
    PersonId,
    QuestionId,
    SessionId,
    Target,
    WorkflowId,
)


class Timebox(Struct, frozen=True):
    """An item of an agenda: what is done for how many net minutes, and when it really was."""

    kind: str = ""
    """What is done: a code of the language's table `timebox`; empty for an item of one's own."""
    minutes: int = 0
    title: str = ""
    attends: tuple[str, ...] = ()
    """Respondents of the bank who must be there; none means everybody who is expected."""
    started: dt.datetime | None = None
    ended: dt.datetime | None = None


class Session(Struct, frozen=True):
    title: str
    date: dt.date
    started: dt.datetime | None = None
    ended: dt.datetime | None = None
    agenda: tuple[Timebox, ...] = ()
    note: str = ""
    by_seat: bool = True
    """Votes are kept by seat and never by name."""


class Attendance(Struct, frozen=True):
    present: bool = True
    note: str = ""
    arrived: dt.datetime | None = None
    left: dt.datetime | None = None


class Dissent(Struct, frozen=True):
    person: PersonId
    text: str
    consent: bool = False
    """The person agreed to be named with it."""


class Vote(Struct, frozen=True):
    """One revealed round of ballots; sealed ones are not part of the audit yet."""

    session: SessionId | None
    question: QuestionId
    target: Target
    round: int = 1
    ballots: Mapping[PersonId, Said] = {}
    revealed: dt.datetime | None = None
    dissent: tuple[Dissent, ...] = ()
    """Who does not go along with what the room settled afterwards."""


class BeliefVote(Struct, frozen=True):
    """Where one participant thinks failures come from: 100 points over the categories."""

    points: Mapping[str, float]


class DotVote(Struct, frozen=True):
    """Dots of one participant: gap or action to how many."""

    gaps: Mapping[GapKey, int] = {}
    actions: Mapping[ActionKey, int] = {}


class Verdict(StrEnum):
    YES = "yes"
    CHANGED = "changed"
    NO = "no"


class Decision(Struct, frozen=True):
    """A decision asked for (verdict None) or taken."""

    text: str
    owner: PersonId | None = None
    due: dt.date | None = None
    cost: float | None = None
    unblocks: str = ""
    workflows: tuple[WorkflowId, ...] = ()
    session: SessionId | None = None
    verdict: Verdict | None = None
    decided: dt.date | None = None
    dissent: tuple[Dissent, ...] = ()
    note: str = ""


class ParkingItem(Struct, frozen=True):
    text: str
    owner: PersonId | None = None
    due: dt.date | None = None
    session: SessionId | None = None
    done: bool = False


class EdgeCaseState(StrEnum):
    IDENTIFIED = "identified"
    LABELLED = "labelled"
    TRAINED = "trained"
    VALIDATED = "validated"


class EdgeCase(Struct, frozen=True):
    workflow: WorkflowId
    text: str
    golden: str = ""
    """The response an expert would accept."""
    state: EdgeCaseState = EdgeCaseState.IDENTIFIED
    found: dt.date | None = None
    expert: PersonId | None = None
    note: str = ""


class Snapshot(Struct, frozen=True):
    """A named moment; its body lies in the file under its hash."""

    name: str
    at: dt.datetime
    sequence: int
    body: str
    """SHA-256 of the stored audit."""
