"""Who is in the room: the session that runs, who takes part, and whether they are enough."""

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.ids import PersonId, SessionId
from app.domain.landscape import Person
from app.domain.workshop import Attendance, Timebox


class Quorum(Struct, frozen=True):
    """More than half of those who take part. Roles nobody speaks for are said, never counted."""

    present: int
    of: int
    not_recorded: int
    missing: tuple[str, ...]
    """Respondent kinds of the bank that nobody present stands for."""

    @property
    def is_reached(self) -> bool:
        return 2 * self.present > self.of


def named_people(audit: Audit) -> Mapping[PersonId, Person]:
    """Everybody on record but the stand-ins that votes by seat are kept under: they are nobody."""
    return {person: record for person, record in audit.people.items() if not record.is_seat}


def in_order(audit: Audit) -> tuple[SessionId, ...]:
    """All sessions by day, then by id: the numbers people give them."""
    return tuple(sorted(audit.sessions, key=lambda key: (audit.sessions[key].date, key)))


def running(audit: Audit) -> SessionId | None:
    """The session that was started and not ended; the latest where there are several."""
    open_ = [
        (record.date, session)
        for session, record in audit.sessions.items()
        if record.started and not record.ended
    ]
    return max(open_)[1] if open_ else None


def waiting(audit: Audit, today: dt.date) -> SessionId | None:
    """The session to start next: not started, today's or a later one first, nearest to today."""
    planned = [
        (record.date < today, abs((record.date - today).days), session)
        for session, record in audit.sessions.items()
        if record.started is None
    ]
    return min(planned)[2] if planned else None


def missing_people(audit: Audit, session: SessionId, item: Timebox) -> tuple[str, ...]:
    """Respondents of the bank who must be there for an item and for whom nobody here speaks."""
    away = set(quorum(audit, session).missing)
    kinds = {kind.id: kind.label for kind in audit.bank.respondents}
    wanted = (kinds[who] for who in item.attends if who in kinds)
    return tuple(label for label in wanted if label in away)


def participants(audit: Audit, session: SessionId) -> tuple[PersonId, ...]:
    """People with a seat (all people where none has one) and whoever was recorded, by seat."""
    people = named_people(audit)
    seated = [p for p, record in people.items() if record.seat is not None]
    asked = {*(seated or people), *audit.attendance.get(session, {})}
    return tuple(sorted(asked & people.keys(), key=lambda p: _place(audit, p)))


def is_here(audit: Audit, session: SessionId, attendance: Attendance | None) -> bool:
    """Present, and while the session runs not gone yet."""
    if attendance is None or not attendance.present:
        return False
    record = audit.sessions.get(session)
    is_over = record is not None and record.ended is not None
    return is_over or attendance.left is None


def quorum(audit: Audit, session: SessionId) -> Quorum:
    """Of a running session those who are here now, of any other one those who were."""
    kept = audit.attendance.get(session, {})
    asked = participants(audit, session)
    here = [p for p in asked if is_here(audit, session, kept.get(p))]
    areas = {audit.people[p].area for p in here}
    missing = tuple(kind.label for kind in audit.bank.respondents if kind.id not in areas)
    return Quorum(len(here), len(asked), sum(p not in kept for p in asked), missing)


def _place(audit: Audit, person: PersonId) -> tuple[bool, int, str]:
    seat = audit.people[person].seat
    return seat is None, seat or 0, person
