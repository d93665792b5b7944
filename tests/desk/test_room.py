"""The room: a session with its clock, a vote that stays sealed, and what reaches the wall."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import json
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.room import Room
from app.domain.agenda import Pace
from app.domain.answers import Reply
from app.domain.edits.records import amend, put
from app.domain.ids import QuestionId, SessionId, Target, VoteId
from app.domain.wall import Blank, Dots, Lines, Ready
from app.domain.workshop import Session, Timebox
from app.errors import EditError
from app.exchange.sample import sample_audit
from app.words import Words

RT, RETURNS = QuestionId("RT-01"), Target("returns")
SESSION = SessionId("today")


class Clock:
    """Time that only goes on when the test says so."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 12, 15, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.at

    def wait(self, minutes: float) -> None:
        self.at += dt.timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    made = Desk(clock=clock)
    made.failed.connect(pytest.fail)
    made.create(tmp_path / "a.plumb", sample_audit(), "Begin")
    session = Session("Back office", dt.date(2026, 12, 15), agenda=(
        Timebox("opening", 5), Timebox("core", 50), Timebox("close", 5)))  # fmt: skip
    made.apply("End", amend, "sessions", ("workshop-2",), ended=dt.datetime(2026, 12, 14, 17))
    made.apply("Plan", put, "sessions", (SESSION,), session)
    yield made
    made.close()


@pytest.fixture
def room(desk: Desk) -> Room:
    return Room(desk, Words(), desk)


def snapshots(desk: Desk) -> list[str]:
    return [s.name for s in desk.audit.snapshots.values()]


def test_a_session_keeps_its_times_and_a_snapshot_at_both_ends(
    qtbot: QtBot, desk: Desk, room: Room, clock: Clock
) -> None:
    assert room.session is None
    assert room.start(SESSION)
    qtbot.waitUntil(lambda: "Before Back office" in snapshots(desk), timeout=10_000)
    assert room.session == SESSION
    room.go_on(0)
    clock.wait(7)
    room.go_on(1)
    clock.wait(40)
    assert room.end()
    qtbot.waitUntil(lambda: "After Back office" in snapshots(desk), timeout=10_000)
    record = desk.audit.sessions[SESSION]
    assert record.started
    assert record.ended == clock.at
    first, second, third = record.agenda
    assert first.ended == second.started
    assert second.ended == clock.at
    assert third.started is None
    assert room.session is None


def test_the_clock_warns_and_takes_more_minutes(desk: Desk, room: Room, clock: Clock) -> None:
    room.start(SESSION)
    room.go_on(0)
    clock.wait(4)
    assert (room.spent(), room.pace()) == (240, Pace.NEARLY_OVER)
    assert room.lengthen(5)
    assert room.items[0].minutes == 10
    assert room.pace() is Pace.IN_TIME
    clock.wait(7)
    assert room.pace() is Pace.OVER
    assert not room.lengthen(5) or room.items[0].minutes == 15


def test_a_vote_is_sealed_until_it_is_revealed(desk: Desk, room: Room) -> None:
    room.start(SESSION)
    before, entries = desk.audit, desk.file.entries()  # type: ignore[union-attr]
    opened = room.open_vote(RETURNS, RT)
    line = " ".join("4" for _ in room.seats())
    room.type_line(line)
    assert desk.audit is before
    assert desk.file.entries() == entries  # type: ignore[union-attr]
    room.publish_vote()
    assert isinstance(room.wall, Ready)
    assert room.wall.voted == room.wall.seats == len(room.seats())
    assert room.reveal()
    vote = next(v for v in desk.audit.votes.values() if v.session == SESSION)
    assert vote.round == opened.round
    assert vote.revealed
    assert {said.level for said in vote.ballots.values()} == {4}
    assert room.sealed is None
    assert desk.file.sealed() == ()  # type: ignore[union-attr]


def test_a_round_under_seal_is_there_when_the_file_is_opened_again(
    desk: Desk, room: Room, clock: Clock
) -> None:
    room.start(SESSION)
    room.open_vote(RETURNS, RT)
    room.type_line("3" * len(room.seats()))
    sealed, path = room.sealed, desk.path
    desk.close()
    assert room.sealed is None
    assert path
    desk.open(path)
    assert room.open_vote(RETURNS, RT) == sealed
    assert all(v.session != SESSION for v in desk.audit.votes.values())


def test_a_second_round_has_the_next_number_and_the_first_one_stays(desk: Desk, room: Room) -> None:
    room.start(SESSION)
    for levels in ("0", "3"):
        room.open_vote(RETURNS, QuestionId("GC-01"))
        room.type_line(levels * len(room.seats()))
        room.reveal()
    rounds = sorted(v.round for v in desk.audit.votes.values() if v.session == SESSION)
    assert rounds == [1, 2]
    said = desk.audit.answers[RETURNS][QuestionId("GC-01")].individual.values()
    assert {s.level for s in said} == {3}


def test_votes_by_seat_never_write_who_voted(desk: Desk, room: Room) -> None:
    room.start(SESSION)
    room.open_vote(RETURNS, QuestionId("GC-01"))
    room.type_line("2" * len(room.seats()))
    head = desk.file.head.sequence  # type: ignore[union-attr]
    people = {seat.person for seat in room.seats()}
    room.reveal()
    written = desk.file.changes_after(head)  # type: ignore[union-attr]
    text = json.encode([(c.keys, c.after) for c in written if c.collection != "answers"]).decode()
    text += json.encode(
        [set(c.after.individual) - set(c.before.individual if c.before else ())
         for c in written if c.collection == "answers"]
    ).decode()  # fmt: skip
    assert not [person for person in people if f'"{person}"' in text]
    assert "today-seat-1" in text


def test_a_mistyped_sign_leaves_the_round_as_it_was(desk: Desk, room: Room) -> None:
    room.start(SESSION)
    room.open_vote(RETURNS, RT)
    first = room.seats()[0]
    room.type_one(first, "2")
    with pytest.raises(EditError, match=f"Seat {first.number}"):
        room.type_line("9" * len(room.seats()))
    assert room.sealed
    assert {s.level for s in room.sealed.ballots.values()} == {2}
    room.type_one(first, "?")
    assert [s.reply for s in room.sealed.ballots.values()] == [Reply.UNKNOWN]
    room.give_up()
    assert room.sealed is None
    assert desk.file.sealed() == ()  # type: ignore[union-attr]


def test_the_wall_shows_what_was_published_until_it_is_blank(
    qtbot: QtBot, desk: Desk, room: Room
) -> None:
    shown: list[object] = []
    room.published.connect(shown.append)
    lines = Lines("Gaps", ("Routing rules are not written: 8 of 12",))
    room.publish(lines)
    room.blank()
    room.blank()
    assert shown == [lines, Blank(), lines]
    room.freeze()
    assert room.is_frozen
    room.publish_dots(VoteId(sorted(desk.audit.votes)[0]))
    assert not room.is_frozen
    assert isinstance(room.wall, Dots)
    names = {p.name for p in desk.audit.people.values()}
    text = json.encode(room.wall).decode()
    assert not [name for name in names if name in text]
