"""Everything that has a date, in time order: edits, sessions, who came, votes, decisions."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from app.domain.answers import Confirmation
from app.domain.audit import Audit
from app.domain.history import Entry
from app.domain.workshop import Attendance, Decision, Session, Snapshot, Vote

Record: TypeAlias = Entry | Session | Attendance | Vote | Decision | Confirmation | Snapshot
Local: TypeAlias = Callable[[dt.datetime], dt.datetime]
"""A moment with or without a zone to the same moment with one: the room's, where it had none."""


def as_recorded(at: dt.datetime) -> dt.datetime:
    """The clock as it was written down; one without a zone is taken for universal time."""
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


class EventKind(StrEnum):
    EDIT = "edit"
    SESSION_PLANNED = "session_planned"
    """A session that was not started; only its day is known."""
    SESSION_STARTED = "session_started"
    ARRIVED = "arrived"
    LEFT = "left"
    VOTE = "vote"
    DECISION = "decision"
    CONFIRMATION = "confirmation"
    SNAPSHOT = "snapshot"
    SESSION_ENDED = "session_ended"


class Event(Struct, frozen=True, gc=False):
    """One dated thing with the record behind it."""

    kind: EventKind
    at: dt.date
    """A datetime where the time is known, else the day."""
    when: dt.datetime
    """Where it stands in the order. A day without a time stands at its end, a planned session at
    its start."""
    keys: tuple[str, ...]
    """Of the record; the sequence of a journal entry."""
    record: Record

    @property
    def has_time(self) -> bool:
        return isinstance(self.at, dt.datetime)


def timeline(audit: Audit, journal: Iterable[Entry], local: Local) -> tuple[Event, ...]:
    """All dated things, oldest first. Journal entries keep their order, whatever the clock did."""
    return tuple(merged(edits(journal), events(audit, local)))


def edits(journal: Iterable[Entry], since: dt.datetime | None = None) -> list[Event]:
    """Journal entries as events. A clock set back moves nothing before an earlier entry.

    `since`: `when` of the entry before the first one.
    """
    found = []
    for entry in journal:
        since = entry.at if since is None or entry.at > since else since
        found.append(Event(EventKind.EDIT, entry.at, since, (str(entry.sequence),), entry))
    return found


def events(audit: Audit, local: Local) -> list[Event]:
    """What the audit itself dates, oldest first; what has no date at all is left out."""
    order = list(EventKind)
    found = [*_sessions(audit, local), *_votes(audit, local), *_decisions(audit, local)]
    for workflow, kept in audit.confirmations.items():
        found.append(_at(EventKind.CONFIRMATION, kept.at, (workflow,), kept, local))
    for key, snapshot in audit.snapshots.items():
        found.append(_at(EventKind.SNAPSHOT, snapshot.at, (key,), snapshot, local))
    return sorted(found, key=lambda e: (e.when, order.index(e.kind), e.keys))


def merged(journal: Sequence[Event], others: Sequence[Event]) -> list[Event]:
    """Two ordered sequences as one. At the same moment the edit comes first, then what it made."""
    found: list[Event] = []
    done = 0
    for event in others:
        place = bisect_right(journal, event.when, lo=done, key=lambda e: e.when)
        found += journal[done:place]
        found.append(event)
        done = place
    found += journal[done:]
    return found


def _sessions(audit: Audit, local: Local) -> Iterator[Event]:
    for session, record in audit.sessions.items():
        if record.started is None:
            planned = EventKind.SESSION_PLANNED
            start = local(dt.datetime.combine(record.date, dt.time.min))
            yield Event(planned, record.date, start, (session,), record)
        else:
            yield _at(EventKind.SESSION_STARTED, record.started, (session,), record, local)
        if record.ended is not None:
            yield _at(EventKind.SESSION_ENDED, record.ended, (session,), record, local)
        for person, kept in audit.attendance.get(session, {}).items():
            keys = (session, person)
            if kept.arrived is not None:
                yield _at(EventKind.ARRIVED, kept.arrived, keys, kept, local)
            if kept.left is not None:
                yield _at(EventKind.LEFT, kept.left, keys, kept, local)


def _votes(audit: Audit, local: Local) -> Iterator[Event]:
    """At the time they were revealed, else on the day of their session."""
    for key, vote in audit.votes.items():
        session = audit.sessions.get(vote.session) if vote.session else None
        if vote.revealed is not None:
            yield _at(EventKind.VOTE, vote.revealed, (key,), vote, local)
        elif session is not None:
            yield _on(EventKind.VOTE, session.date, (key,), vote, local)


def _decisions(audit: Audit, local: Local) -> Iterator[Event]:
    """Those taken: on their day, else on the day of their session."""
    for key, decision in audit.decisions.items():
        session = audit.sessions.get(decision.session) if decision.session else None
        day = decision.decided or (session.date if session and decision.verdict else None)
        if day is not None:
            yield _on(EventKind.DECISION, day, (key,), decision, local)


def _at(
    kind: EventKind, at: dt.datetime, keys: tuple[str, ...], record: Record, local: Local
) -> Event:
    return Event(kind, at, local(at), keys, record)


def _on(
    kind: EventKind, day: dt.date, keys: tuple[str, ...], record: Record, local: Local
) -> Event:
    return Event(kind, day, local(dt.datetime.combine(day, dt.time.max)), keys, record)
