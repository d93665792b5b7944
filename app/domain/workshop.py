"""What happens in the room: sessions, votes, decisions, parked items, beliefs, edge cases."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from app.domain.answers import Said
from app.domain.ids import PersonId, QuestionId, SessionId, Target, WorkflowId


class Session(Struct, frozen=True):
    title: str
    date: dt.date
    started: dt.datetime | None = None
    ended: dt.datetime | None = None
    agenda: tuple[str, ...] = ()
    note: str = ""


class Attendance(Struct, frozen=True):
    present: bool = True
    note: str = ""


class Vote(Struct, frozen=True):
    """One revealed round of ballots; sealed ones are not part of the audit yet."""

    session: SessionId | None
    question: QuestionId
    target: Target
    round: int = 1
    ballots: Mapping[PersonId, Said] = {}


class BeliefVote(Struct, frozen=True):
    """Where one participant thinks failures come from: 100 points over the categories."""

    points: Mapping[str, float]


class Verdict(StrEnum):
    YES = "yes"
    CHANGED = "changed"
    NO = "no"


class Dissent(Struct, frozen=True):
    person: PersonId
    text: str
    consent: bool = False
    """The person agreed to be named with it."""


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
