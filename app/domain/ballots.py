"""Ballots as a facilitator types them: one sign for each seat, in the order people sit."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.edits.ranges import refuse
from app.domain.ids import PersonId, QuestionId, SessionId, Target
from app.domain.workshop import Attendance

ABSENT: Final = "-"
WHOLE: Final = 100
"""Points that a belief vote spreads over the categories."""
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


def stand_in(session: SessionId, seat: Seat) -> PersonId:
    """Who a vote of this seat is kept under, where votes are kept by seat."""
    return PersonId(f"{session}-seat-{seat.number}")


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


def read_points(line: str, categories: Sequence[str], seat: Seat) -> Mapping[str, float] | None:
    """`40 30 20 10` as 100 points over the categories in their order; None for `-`, absent.

    Raises EditError naming the seat where it is not one number for each, or they make no 100.
    """
    if line.strip() == ABSENT:
        return None
    numbers = _numbers(line)
    if len(numbers) != len(categories):
        raise refuse(
            f"Seat {seat.number} has {len(numbers)} numbers for {len(categories)} categories.",
            f"Type {len(categories)} whole numbers with blanks between them, or - for absent.",
        )
    if sum(numbers) != WHOLE:
        raise refuse(
            f"The points of seat {seat.number} add up to {sum(numbers)}.",
            f"Type numbers that make {WHOLE} together.",
        )
    return {category: float(n) for category, n in zip(categories, numbers, strict=True)}


def read_dots(line: str, items: int, budget: int, seat: Seat) -> Mapping[int, int]:
    """`1 1 3` as two dots on item 1 and one on item 3; empty for `-`, absent.

    Raises EditError naming the seat where an item does not exist or there are too many dots.
    """
    if line.strip() == ABSENT:
        return {}
    numbers = _numbers(line)
    wrong = [n for n in numbers if not 1 <= n <= items]
    if wrong or not numbers:
        said = f"gives a dot to item {wrong[0]}" if wrong else "gives no dot that can be read"
        raise refuse(
            f"Seat {seat.number} {said}; there are items 1 to {items}.",
            "Type the number of an item once for each dot, or - for absent.",
        )
    if len(numbers) > budget:
        raise refuse(
            f"Seat {seat.number} gives {len(numbers)} dots and has {budget}.",
            f"Take back {len(numbers) - budget}.",
        )
    return {n: numbers.count(n) for n in sorted(set(numbers))}


def _numbers(line: str) -> list[int]:
    """Whole numbers with blanks, commas or slashes between them; none where one is no number."""
    words = re.split(r"[\s,;/]+", line.strip())
    return [int(word) for word in words] if all(w.isdecimal() for w in words) else []


def _wrong_number(signs: Sequence[str], voting: Sequence[Seat]) -> str:
    if not voting:
        return "Nobody has a seat in this session; no vote was taken."
    if len(signs) > len(voting):
        last = voting[-1].number
        return f"{len(signs)} signs were typed and the last seat is {last}; no vote was taken."
    missing = ", ".join(str(seat.number) for seat in voting[len(signs) :])
    return f"Nothing was typed for seat {missing}; no vote of this line was taken."
