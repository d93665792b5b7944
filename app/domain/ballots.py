"""Ballots as a facilitator types them: one sign for each seat, in the order people sit."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.edits.ranges import refuse
from app.domain.ids import PersonId, QuestionId, SessionId, Target
from app.domain.workshop import Attendance

ABSENT: Final = "-"
SIGNS: Final[Mapping[str, Said | None]] = {
    **{str(level): Said(Reply.LEVEL, level) for level in range(5)},
    "?": Said(Reply.UNKNOWN),
    "/": Said(Reply.ABSTAIN),
    ABSENT: None,
}
"""What each sign says; nothing for a seat nobody sits on."""


class Seat(Struct, frozen=True):
    """A place in the room and whoever sits there; `area` is whom the person speaks for."""

    number: int
    person: PersonId
    area: str = ""


class SealedRound(Struct, frozen=True):
    """Ballots nobody has seen yet. Kept by the file, not part of the audit or its journal."""

    question: QuestionId
    target: Target
    session: SessionId | None = None
    round: int = 1
    ballots: Mapping[PersonId, Said] = {}
    at: dt.datetime | None = None


def seats(audit: Audit, session: SessionId | None = None) -> tuple[Seat, ...]:
    """Everybody with a seat, in seating order; of a session only who is there."""
    kept = audit.attendance.get(session, {}) if session else {}
    found = [
        Seat(record.seat, person, record.area)
        for person, record in audit.people.items()
        if record.seat is not None and kept.get(person, Attendance()).present
    ]
    return tuple(sorted(found, key=lambda seat: (seat.number, seat.person)))


def read_ballots(line: str, voting: Sequence[Seat]) -> Mapping[PersonId, Said]:
    """`4 3 3 1 2 ? 4` as what each seat says; blanks and commas may be left out.

    Signs: 0 to 4 a level, ? don't know, / abstains, - absent. Raises EditError naming the seat
    whose sign cannot be read, or how many signs are missing or too many.
    """
    signs = [sign for sign in line if not sign.isspace() and sign not in ",;"]
    for seat, sign in zip(voting, signs, strict=False):
        if sign not in SIGNS:
            raise refuse(
                f"Seat {seat.number} cannot vote “{sign}”; no vote of this line was taken.",
                "Type 0 to 4, ? for don't know, / for an abstention or - for absent.",
            )
    if len(signs) != len(voting):
        raise refuse(_wrong_number(signs, voting), "Type one sign for each seat.")
    said = {seat.person: SIGNS[sign] for seat, sign in zip(voting, signs, strict=True)}
    return {person: reply for person, reply in said.items() if reply is not None}


def _wrong_number(signs: Sequence[str], voting: Sequence[Seat]) -> str:
    if not voting:
        return "Nobody has a seat in this session; no vote was taken."
    if len(signs) > len(voting):
        last = voting[-1].number
        return f"{len(signs)} signs were typed and the last seat is {last}; no vote was taken."
    missing = ", ".join(str(seat.number) for seat in voting[len(signs) :])
    return f"Nothing was typed for seat {missing}; no vote of this line was taken."
