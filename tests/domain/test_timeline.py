"""Everything that has a date, in time order, whatever the clock of the laptop did."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.history import Entry, EntryKind
from app.domain.ids import DecisionId, PersonId, SessionId, SnapshotId, VoteId
from app.domain.timeline import EventKind, edits, events, merged, timeline
from app.domain.workshop import Attendance, Decision, Session, Snapshot, Verdict, Vote
from app.exchange.sample import sample_audit

ROOM = dt.timezone(dt.timedelta(hours=1))
DAY = dt.date(2026, 12, 14)
NINE = dt.datetime(2026, 12, 14, 9, tzinfo=dt.UTC)


def local(at: dt.datetime) -> dt.datetime:
    return at.replace(tzinfo=ROOM) if at.tzinfo is None else at.astimezone(ROOM)


def entries(minutes: Iterable[int]) -> list[Entry]:
    return [
        Entry(n, NINE + dt.timedelta(minutes=m), None, f"Edit {n}", EntryKind.DO, n, "")
        for n, m in enumerate(minutes, 1)
    ]


@cache
def sample() -> Audit:
    return sample_audit()


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample()


def room(audit: Audit) -> Audit:
    """One session from 10:00 to 12:00 in the room, of which everything is dated."""
    m = SessionId("m")
    return replace(
        audit,
        sessions={m: Session("Morning", DAY, NINE, NINE + dt.timedelta(hours=2))},
        attendance={
            m: {
                PersonId("zoe"): Attendance(arrived=NINE + dt.timedelta(minutes=30)),
                PersonId("lan"): Attendance(left=NINE + dt.timedelta(minutes=50)),
                PersonId("maria"): Attendance(present=False),
            }
        },
        votes={
            VoteId("v1"): replace(_vote(audit), session=m, revealed=NINE + dt.timedelta(hours=1)),
            VoteId("v2"): replace(_vote(audit), session=m),
            VoteId("v3"): replace(_vote(audit), session=None),
        },
        decisions={
            DecisionId("d1"): Decision("Stop", verdict=Verdict.YES, decided=DAY),
            DecisionId("d2"): Decision("Go on", verdict=Verdict.NO, session=m),
            DecisionId("d3"): Decision("Asked only", session=m),
        },
        snapshots={SnapshotId("s1"): Snapshot("Start", NINE, 1, "0" * 64)},
        confirmations={},
    )


def _vote(audit: Audit) -> Vote:
    return next(iter(audit.votes.values()))


def test_all_that_is_dated_stands_in_its_place(audit: Audit) -> None:
    kinds = EventKind
    found = timeline(room(audit), entries([0, 60]), local)
    assert [(e.kind, e.keys) for e in found] == [
        (kinds.EDIT, ("1",)),
        (kinds.SESSION_STARTED, ("m",)),
        (kinds.SNAPSHOT, ("s1",)),
        (kinds.ARRIVED, ("m", "zoe")),
        (kinds.LEFT, ("m", "lan")),
        (kinds.EDIT, ("2",)),
        (kinds.VOTE, ("v1",)),
        (kinds.SESSION_ENDED, ("m",)),
        (kinds.VOTE, ("v2",)),
        (kinds.DECISION, ("d1",)),
        (kinds.DECISION, ("d2",)),
    ]
    assert [e.has_time for e in found[-3:]] == [False, False, False]
    assert all(e.has_time for e in found[:-3])


def test_a_time_without_a_zone_is_the_rooms(audit: Audit) -> None:
    found = {e.keys: e for e in events(audit, local) if e.kind is EventKind.SESSION_STARTED}
    started = audit.sessions[SessionId("workshop-1")].started
    assert started is not None
    assert started.tzinfo is None
    assert found[("workshop-1",)].when == started.replace(tzinfo=ROOM)


def test_a_planned_session_opens_its_day(audit: Audit) -> None:
    only = replace(room(audit), sessions={SessionId("m"): Session("Planned", DAY)}, attendance={})
    first = timeline(only, entries([0]), local)[0]
    assert (first.kind, first.at) == (EventKind.SESSION_PLANNED, DAY)


def test_the_sample_has_all_its_dated_things(audit: Audit) -> None:
    kinds = [e.kind for e in timeline(audit, (), local)]
    assert kinds.count(EventKind.SESSION_STARTED) == 2
    assert kinds.count(EventKind.SESSION_ENDED) == 1
    assert kinds.count(EventKind.VOTE) == len(audit.votes)
    assert kinds.count(EventKind.DECISION) == sum(
        d.verdict is not None for d in audit.decisions.values()
    )


@given(st.lists(st.integers(-300, 300), max_size=12))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_the_journal_keeps_its_order(minutes: list[int]) -> None:
    audit = room(sample())
    found = timeline(audit, entries(minutes), local)
    others = events(audit, local)
    assert [e for e in found if e.kind is not EventKind.EDIT] == others
    assert [e.keys for e in found if e.kind is EventKind.EDIT] == [
        (str(n),) for n in range(1, len(minutes) + 1)
    ]
    assert [e.when for e in found] == sorted(e.when for e in found)


@given(st.lists(st.integers(-50, 50), max_size=10), st.integers(0, 10))
@settings(max_examples=60, deadline=None)
def test_a_journal_read_in_parts_is_the_same(minutes: list[int], cut: int) -> None:
    whole = entries(minutes)
    first = edits(whole[:cut])
    rest = edits(whole[cut:], first[-1].when if first else None)
    assert first + rest == edits(whole)
    assert merged(first + rest, []) == edits(whole)


def test_order_in_the_record_does_not_matter(audit: Audit) -> None:
    before = room(audit)
    turned = replace(
        before,
        votes=dict(reversed(list(before.votes.items()))),
        decisions=dict(reversed(list(before.decisions.items()))),
    )
    assert events(turned, local) == events(before, local)
