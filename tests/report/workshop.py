"""A workshop held by script: two rounds by seat, dissent, gaps, parked items and decisions."""

import datetime as dt

from msgspec.structs import replace

from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.ballots import seats
from app.domain.edits.answers import settle
from app.domain.edits.votes import keep_dissent, keep_dissent_by_seat, reveal_by_seat
from app.domain.edits.workshop import arrive, leave, stay_away
from app.domain.ids import (
    DecisionId,
    OwnGapId,
    ParkingId,
    PersonId,
    QuestionId,
    SessionId,
    Target,
    VoteId,
)
from app.domain.planning import OwnGap, Severity
from app.domain.workshop import Decision, Dissent, ParkingItem, Session, Timebox, Verdict, Vote

HELD = SessionId("held")
TITLE = "Afternoon with Zoë Lindqvist"
DAY = dt.date(2026, 12, 16)
WHERE, ASKED = Target("returns"), QuestionId("RT-01")
AGAINST = "The queue is longer than Zoë Lindqvist says."
BY_SEAT = "We never saw that page."
GAP, CLOSED = "Nobody is called at night", "The old list is gone"
PARKED = "Ask Łukasz about the licence"
DECIDED, ASKED_FOR = "Name an owner of routing", "Buy a second cluster"


def at(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(DAY, dt.time(hour, minute), dt.UTC)


def held(audit: Audit) -> Audit:
    """The audit after a session of three hours and ten minutes."""
    session = Session(
        TITLE,
        DAY,
        at(9),
        at(12, 10),
        agenda=(
            Timebox("opening", 10, started=at(9), ended=at(9, 12)),
            Timebox("core", 120, started=at(9, 12), ended=at(12)),
            Timebox(minutes=10, title="What Zoë Lindqvist asked for"),
        ),
    )
    audit = replace(audit, sessions={**audit.sessions, HELD: session})
    people = sorted(p for p, r in audit.people.items() if r.seat is not None)
    late, early, away = people[:3]
    audit = arrive(audit, HELD, people[3:])
    audit = arrive(audit, HELD, (late,), at(9, 20))
    audit = arrive(audit, HELD, (early,))
    audit = leave(audit, HELD, (early,), at(11))
    audit = stay_away(audit, HELD, (away,))
    for number, first in ((1, 0), (2, 1)):
        audit = _round(audit, number, first)
    audit = settle(audit, WHERE, ASKED, Said(Reply.LEVEL, 2))
    (seat, *_) = seats(audit, HELD)
    audit = keep_dissent_by_seat(audit, VoteId("round-2"), seat, BY_SEAT, _seat)
    audit = keep_dissent(audit, VoteId("round-2"), Dissent(late, AGAINST, consent=True))
    return replace(
        audit,
        own_gaps={
            OwnGapId("gap-1"): OwnGap(
                GAP, WHERE, severity=Severity.CRITICAL, owner=late, session=HELD, at=at(10)
            ),
            OwnGapId("gap-2"): OwnGap(CLOSED, session=HELD, at=at(10, 1), closed=True),
        },
        parking={ParkingId(f"p{n}"): ParkingItem(PARKED, early, session=HELD) for n in range(1, 4)},
        decisions={
            DecisionId("d1"): Decision(
                DECIDED,
                late,
                dt.date(2027, 1, 15),
                session=HELD,
                verdict=Verdict.YES,
                decided=DAY,
                dissent=(Dissent(early, "Not before spring", consent=False),),
            ),
            DecisionId("d2"): Decision(
                "Stop the pilot", late, session=HELD, verdict=Verdict.CHANGED, decided=DAY
            ),
            DecisionId("d3"): Decision(ASKED_FOR, session=HELD),
        },
    )


def _round(audit: Audit, number: int, first: int) -> Audit:
    """Levels from `first` upwards, one who does not know and one who abstains."""
    voting = seats(audit, HELD)
    said = [Said(Reply.LEVEL, min(4, first + n)) for n in range(len(voting))]
    said[0], said[1] = Said(Reply.UNKNOWN), Said(Reply.ABSTAIN)
    ballots = {seat.person: reply for seat, reply in zip(voting, said, strict=True)}
    when = at(10 + number)
    vote = Vote(HELD, ASKED, WHERE, number, ballots, when)
    return reveal_by_seat(audit, VoteId(f"round-{number}"), vote, voting, _seat, reason="Voted")


def _seat(number: int) -> str:
    return f"Seat {number}"


def people_by_name(audit: Audit) -> list[PersonId]:
    return sorted(p for p, r in audit.people.items() if not r.is_seat)
