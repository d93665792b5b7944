"""Minutes of one session or of all: what was decided, objected to, put aside and left open."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.domain.ids import ParkingId, SessionId
from app.domain.sessions import in_order, quorum
from app.domain.tally import Poll
from app.domain.workshop import ParkingItem, Session
from app.report import room
from app.report.annexes.own_gaps import Recorded, gaps_of, own_gap_table
from app.report.annexes.register import find_out_annex
from app.report.draft import Draft
from app.report.left_over import is_printed
from app.report.minutes import tables
from app.report.model import Block, Line, Section
from app.words import nearest

PAGE = "minutes"


class Sitting(Struct, frozen=True):
    """A session, or none, with everything that was recorded in it."""

    n: int
    """Its place among all sessions by day; 0 for what belongs to none."""
    id: SessionId | None
    record: Session | None
    polls: tuple[Poll, ...]
    decisions: room.Decisions
    parked: tuple[tuple[int, ParkingItem], ...]
    gaps: Recorded
    objections: tuple[tables.Objection, ...]

    @property
    def taken(self) -> int:
        return sum(decision.verdict is not None for _, decision in self.decisions)

    @property
    def is_empty(self) -> bool:
        return not (self.polls or self.decisions or self.parked or self.gaps)


def minutes_annex(draft: Draft) -> tuple[Section, ...]:
    """All sessions; none where the audit has none."""
    if not draft.audit.sessions:
        return ()
    return minutes_sections(draft, alone=not is_printed(draft, "find_out"))


def minutes_sections(
    draft: Draft, session: SessionId | None = None, *, alone: bool = True
) -> tuple[Section, ...]:
    """One section a session by day, then what belongs to none and what is left open.

    `alone`: no annex beside them lists what there is to find out.
    """
    found = [
        _section(draft, _sitting(draft, n, id_))
        for n, id_ in enumerate(in_order(draft.audit), 1)
        if session in (None, id_)
    ]
    rest = _sitting(draft, 0, None)
    if session is None and not rest.is_empty:
        found.append(_section(draft, rest))
    return (*found, *_left_open(draft, alone=alone))


def _sitting(draft: Draft, n: int, id_: SessionId | None) -> Sitting:
    audit = draft.audit
    polls = tables.session_polls(draft, id_)
    decisions = [(i, d) for i, d in room.all_decisions(draft) if d.session == id_]
    numbered: Iterator[tuple[int, tuple[ParkingId, ParkingItem]]]
    numbered = enumerate(sorted(audit.parking.items()), 1)
    return Sitting(
        n,
        id_,
        audit.sessions[id_] if id_ else None,
        polls,
        decisions,
        tuple((i, item) for i, (_, item) in numbered if item.session == id_),
        gaps_of(draft, id_),
        tables.objections(draft, polls, [decision for _, decision in decisions]),
    )


def _section(draft: Draft, found: Sitting) -> Section:
    return Section(
        f"{PAGE}-{found.n}",
        _label(draft, found),
        _heading(draft, found),
        tuple(_lead(draft, found)),
        tuple(_blocks(draft, found)),
    )


def _label(draft: Draft, found: Sitting) -> str:
    """Title and day; what somebody called it is not for external readers."""
    label = draft.words(f"section.{PAGE}")
    if found.record is None:
        return draft.words("minutes.label", minutes=label, title=draft.words("minutes.outside"))
    title = draft.names.typed(found.record.title)
    if draft.names.is_external or not title:
        title = draft.words("label.session_n", n=found.n)
    day = draft.words.date(found.record.date)
    return draft.words("minutes.label", minutes=label, title=f"{title}, {day}")


def _heading(draft: Draft, found: Sitting) -> Line:
    record = found.record
    if record and found.id and record.started is None and found.is_empty:
        expected = quorum(draft.audit, found.id).of
        return draft.say("minutes.planned", date=draft.words.date(record.date), of=expected)
    here = quorum(draft.audit, found.id) if found.id else None
    hours, minutes = _lasted(record)
    return draft.say(
        "minutes.heading",
        present=here.present if here else 0,
        of=here.of if here else 0,
        parts=list(_done(draft, found)),
        hours=hours,
        minutes=minutes,
    )


def _done(draft: Draft, found: Sitting) -> Iterator[str]:
    """What the room did, as the end of a sentence."""
    counts = (
        # What a room did that decided nothing; beside decisions it needs no heading.
        ("voted", 0 if found.taken else len(found.polls)),
        ("decided", found.taken),
        ("asked", 0 if found.taken else len(found.decisions)),
        ("parked_too" if found.taken else "parked", len(found.parked)),
    )
    for code, n in counts:
        if n:
            yield draft.words(f"minutes.{code}", n=n, count=draft.words.number(n))


def _lasted(record: Session | None) -> tuple[int, int]:
    """Hours and minutes from start to end; both 0 where one of them is not recorded."""
    return divmod(nearest(tables.lasted(record)), 60)


def _lead(draft: Draft, found: Sitting) -> Iterator[Line]:
    record = found.record
    if record and any(item.started for item in record.agenda):
        planned = sum(item.minutes for item in record.agenda)
        yield draft.say("minutes.times", planned=planned, took=nearest(tables.took(record)))
    if found.id and draft.audit.attendance.get(found.id):
        here = quorum(draft.audit, found.id)
        yield draft.say("minutes.quorum", quorum=here.is_reached)
        if here.missing:
            yield draft.say("minutes.missing", areas=list(here.missing))
    rounds = sum(len(poll.rounds) for poll in found.polls)
    if rounds:
        yield draft.say("minutes.votes", n=len(found.polls), rounds=rounds)
        if record and record.by_seat:
            yield draft.say("minutes.by_seat")
    if draft.names.is_external:
        counts = (
            ("decision", len(found.decisions)),
            ("dissent", len(found.objections)),
            ("parked", len(found.parked)),
            ("recorded", len(found.gaps)),
        )
        kinds = [draft.words.count(unit, n) for unit, n in counts if n]
        if kinds:
            yield draft.say("minutes.left_out", kinds=kinds)


def _blocks(draft: Draft, found: Sitting) -> Iterator[Block]:
    n, record = found.n, found.record
    if not draft.names.is_external:
        yield from _decided(draft, found)
    if found.polls:
        yield tables.votes_table(draft, n, found.polls)
    if not draft.names.is_external:
        yield from _recorded(draft, found)
    if record and record.agenda:
        yield tables.agenda_table(draft, n, record)
    if found.id:
        people = tables.attendance_table(draft, n, found.id)
        if people.rows:
            yield people
        yield tables.timeline_table(draft, n, found.id)


def _decided(draft: Draft, found: Sitting) -> Iterator[Block]:
    if found.decisions:
        title = draft.words("label.decisions_in_session")
        key = f"minutes_decisions_{found.n}"
        yield room.decisions_table(draft, key, found.decisions, title=title)
    if found.objections:
        yield tables.dissent_table(draft, found.n, found.objections)


def _recorded(draft: Draft, found: Sitting) -> Iterator[Block]:
    if found.gaps:
        yield own_gap_table(draft, f"minutes_gaps_{found.n}", found.gaps)
    if found.parked:
        yield room.parked_table(draft, f"minutes_parked_{found.n}", found.parked)


def _left_open(draft: Draft, *, alone: bool) -> Sequence[Section]:
    """What nobody knows yet, what the room believes and its own rate: no session's alone."""
    audit = draft.audit
    blocks: list[Block] = []
    unknown = sum(gap.not_known for gap in draft.inputs.gaps)
    if unknown and alone:
        (table,) = find_out_annex(draft).blocks
        blocks.append(replace(table, key="minutes_find_out"))
    if audit.belief_votes:
        blocks.append(tables.beliefs_table(draft))
    rate = audit.organisation.own_rate
    if not blocks and rate is None:
        return ()
    heading = draft.say("minutes.open", n=unknown, votes=len(audit.belief_votes))
    lead = () if rate is None else (draft.say("minutes.own_rate", rate=rate),)
    label = draft.words("section.minutes_open")
    return (Section(f"{PAGE}-open", label, heading, lead, tuple(blocks)),)
