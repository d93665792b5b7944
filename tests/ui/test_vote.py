"""Votes on Walk: typed in a row, sealed, revealed, settled and dissented from."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.room import Room
from app.domain.answers import Reply, Review
from app.domain.edits.records import amend, put
from app.domain.ids import PersonId, QuestionId, SessionId, Target, WorkflowId
from app.domain.landscape import Person
from app.domain.tally import rounds
from app.domain.wall import Dots, Levels, Ready
from app.domain.workshop import Attendance, Dissent, Vote
from app.ui.page import Bench
from app.ui.pages.walk import WalkPage
from app.ui.widgets.walk.vote import Phase
from tests.ui.voting import Hands, every_text, pictured
from tests.ui.walking import answer, at, shown_page

IDEA, RT = WorkflowId("rosters"), QuestionId("RT-01")
CONFIRMED = WorkflowId("complaints")
SESSION = SessionId("workshop-2")
OVER = dt.datetime(2026, 12, 14, 17)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def by_seat(desk: Desk) -> None:
    """The session under way keeps votes by seat, as a new one does."""
    assert desk.apply("By seat", amend, "sessions", (SESSION,), by_seat=True)


@pytest.fixture
def room11(desk: Desk, room: Room) -> Room:
    """Eleven seats, all of them here, in a session that keeps votes by seat."""
    for n in (10, 11):
        person = PersonId(f"guest-{n}")
        desk.apply("Guest", put, "people", (person,), Person(f"Guest {n}", f"Guest {n}", n))
        desk.apply("Here", put, "attendance", (SESSION, person), Attendance())
    desk.apply("Here", put, "attendance", (SESSION, "priya"), Attendance())
    assert [seat.number for seat in room.seats()] == list(range(1, 12))
    return room


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> WalkPage:
    return shown_page(bench, qtbot)


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)


def last_vote(desk: Desk) -> Vote:
    return rounds(desk.audit, Target(IDEA), RT)[-1][1]


def test_eleven_votes_take_fewer_than_thirty_keys_a_round(
    page: WalkPage, desk: Desk, room11: Room, hands: Hands
) -> None:
    at(page, IDEA, RT)
    hands("v43312?4/110\nr")
    assert hands.keys < 30
    vote = last_vote(desk)
    assert len(vote.ballots) == 11
    assert sorted(s.level for s in vote.ballots.values() if s.level is not None) == sorted(
        [4, 3, 3, 1, 2, 4, 1, 1, 0]
    )
    assert vote.revealed
    first = hands.keys
    hands("v33322333330\nr2")
    assert hands.keys - first < 30
    assert [v.round for _, v in rounds(desk.audit, Target(IDEA), RT)][-2:] == [
        vote.round, vote.round + 1,
    ]  # fmt: skip
    found = answer(desk, IDEA, RT)
    assert found.review is Review.AGREED
    assert found.settled
    assert found.settled.level == 2
    assert len(found.individual) == 11


def test_settling_is_an_act_of_its_own(page: WalkPage, desk: Desk, hands: Hands) -> None:
    at(page, IDEA, RT)
    before = answer(desk, IDEA, RT).settled
    hands("v4 3 3 1 2 ? 4 3\nr")
    assert page.card.vote.phase is Phase.REVEALED
    assert answer(desk, IDEA, RT).settled == before
    hands("s")
    assert page.card.vote.phase is Phase.SETTLED
    assert answer(desk, IDEA, RT).settled.level == 3  # type: ignore[union-attr]
    assert page.side.review.text() == "Settled at 3, spread 1 to 4"
    key = page.place.key
    hands("\n")
    assert not page.card.vote.is_open
    assert page.place.key != key
    assert QApplication.focusWidget() is page.card


def test_nobody_knows_can_be_what_the_room_settles(
    page: WalkPage, desk: Desk, hands: Hands
) -> None:
    at(page, IDEA, RT)
    hands("v????????\nr")
    assert "we don't know" in page.card.vote.settle.text()
    hands("s")
    assert answer(desk, IDEA, RT).settled.reply is Reply.UNKNOWN  # type: ignore[union-attr]


def test_under_seal_nothing_holds_a_vote(
    page: WalkPage, desk: Desk, room: Room, hands: Hands, qtbot: QtBot
) -> None:
    at(page, IDEA, RT)
    assert desk.file
    audit, entries, head = desk.audit, desk.file.entries(), desk.file.head.sequence
    row = "40302314"
    hands(f"v{row}\n")
    assert page.card.vote.phase is Phase.SEALED
    assert room.sealed
    assert len(room.sealed.ballots) == 8
    assert desk.audit is audit
    assert desk.file.entries() == entries
    assert desk.file.changes_after(head) == ()
    line = page.card.vote.entry.line
    line.undo()
    assert line.text() == ""
    assert {face.sign for face in page.card.vote.entry.seats.faces} == {"●"}
    qtbot.wait(60)
    said, picture = every_text(page), pictured(page.card.vote)
    assert row not in said
    hands("\x1bv11111111\n")
    assert every_text(page) == said, "another row looks the same to whoever reads the widgets"
    qtbot.waitUntil(lambda: pictured(page.card.vote) == picture)
    hands(f"\x1bv{row}\n")
    wall = room.wall
    assert isinstance(wall, Ready)
    assert (wall.voted, wall.seats) == (8, 8)
    hands("012")
    assert desk.audit is audit
    hands("r")
    assert isinstance(room.wall, Dots)
    hands("3")
    assert isinstance(room.wall, Levels)
    assert room.wall.chosen == 3


def test_a_mistyped_row_says_which_seat_and_is_not_taken(
    page: WalkPage, desk: Desk, room: Room, hands: Hands
) -> None:
    at(page, IDEA, RT)
    audit = desk.audit
    hands("v43x12?43\n")
    entry = page.card.vote.entry
    assert entry.trouble.isVisible()
    assert "Seat 3 cannot vote" in entry.trouble.text()
    assert [f.number for f in entry.seats.faces if f.is_wrong] == [3]
    assert room.sealed
    assert room.sealed.ballots == {}
    assert desk.audit is audit
    entry.line.setText("")
    hands("431\n")
    assert "Nothing was typed for seat 4, 5, 7, 8, 9" in entry.trouble.text()


def test_the_keyboard_is_passed_from_seat_to_seat_unseen(
    page: WalkPage, desk: Desk, room: Room, hands: Hands
) -> None:
    at(page, IDEA, RT)
    hands("vk")
    line = page.card.vote.entry.line
    assert line.echoMode() is QLineEdit.EchoMode.Password
    assert "Seat 1" in page.card.vote.says.text()
    hands("4\nx\n")
    assert "Seat 2 cannot vote" in page.card.vote.entry.trouble.text()
    assert line.text() == ""
    hands("1\n" * 7)
    assert page.card.vote.phase is Phase.SEALED
    hands("r")
    levels = sorted(s.level or 0 for s in last_vote(desk).ballots.values())
    assert levels == [1] * 7 + [4]


def test_escape_forgets_the_round_and_asks_nothing(
    page: WalkPage, desk: Desk, room: Room, hands: Hands
) -> None:
    at(page, IDEA, RT)
    audit = desk.audit
    hands("v43312343\n\x1b")
    assert desk.file
    assert desk.file.sealed() == ()
    assert room.sealed is None
    assert desk.audit is audit
    assert not page.card.vote.is_open
    assert QApplication.focusWidget() is page.card


def test_a_row_typed_again_replaces_the_sealed_one_only_when_it_is_taken(
    page: WalkPage, desk: Desk, room: Room, hands: Hands
) -> None:
    at(page, IDEA, RT)
    hands("v00000000\nt12\x1b")
    assert page.card.vote.phase is Phase.SEALED
    hands("t11111111\nr")
    assert {s.level for s in last_vote(desk).ballots.values()} == {1}


def test_a_round_waits_under_seal_while_another_question_is_shown(
    page: WalkPage, room: Room, hands: Hands
) -> None:
    at(page, IDEA, RT)
    hands("v33333333\n")
    sealed = room.sealed
    page.step(1)
    assert room.sealed is None
    assert not page.card.vote.is_open
    assert page.card.ballot.text() == "Vote"
    page.step(-1)
    assert page.card.ballot.text() == "Vote, under seal"
    hands("v")
    assert room.sealed == sealed
    assert page.card.vote.phase is Phase.SEALED


def test_undoing_the_reveal_closes_the_round(page: WalkPage, desk: Desk, hands: Hands) -> None:
    at(page, IDEA, RT)
    audit = desk.audit
    hands("v33333333\nr")
    desk.undo()
    assert desk.audit == audit
    assert not page.card.vote.is_open


def test_after_the_owners_confirmation_a_reason_is_asked_for(
    page: WalkPage, desk: Desk, hands: Hands
) -> None:
    question = QuestionId("WF-01")
    at(page, CONFIRMED, question)
    votes = len(desk.audit.votes)
    hands("v22222222\nr")
    assert page.prompt.isVisible()
    assert "Why does the room vote on WF-01 again?" in page.prompt.sentence.text()
    assert len(desk.audit.votes) == votes
    hands("New people\n")
    assert len(desk.audit.votes) == votes + 1
    assert page.card.vote.phase is Phase.REVEALED
    hands("2")
    assert answer(desk, CONFIRMED, question).settled.level == 2  # type: ignore[union-attr]


def test_without_a_session_votes_are_kept_by_name(
    page: WalkPage, desk: Desk, room: Room, hands: Hands
) -> None:
    desk.apply("End", amend, "sessions", (SESSION,), ended=OVER)
    assert room.session is None
    at(page, IDEA, RT)
    hands("v" + "3" * len(room.seats()) + "\nr")
    vote = last_vote(desk)
    assert vote.session is None
    assert "lan" in vote.ballots


def test_dissent_is_kept_with_words_and_consent(
    page: WalkPage, desk: Desk, hands: Hands, qtbot: QtBot
) -> None:
    at(page, IDEA, RT)
    hands("v33333330\nr3")
    row = page.card.vote.dissent
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_D, SHIFT)
    assert row.isVisible()
    row.who.setCurrentIndex(row.who.findData("tomas"))
    assert row.who.currentText() == "Seat 9, Procurement lead"
    row.text.setFocus()
    hands("Contracts say otherwise\n")
    (kept,) = last_vote(desk).dissent
    assert kept == Dissent(PersonId(f"{SESSION}-seat-9"), "Contracts say otherwise", consent=False)
    assert answer(desk, IDEA, RT).review is Review.AGREED
    row.who.setCurrentIndex(row.who.findData("zoe"))
    row.consent.setChecked(True)
    row.text.setFocus()
    hands("Not in my store\n")
    assert last_vote(desk).dissent[1] == Dissent(PersonId("zoe"), "Not in my store", consent=True)


def test_dissent_without_words_is_asked_for_again(
    page: WalkPage, desk: Desk, hands: Hands, qtbot: QtBot, bench_told: list[str]
) -> None:
    at(page, IDEA, QuestionId("OV-02"))
    qtbot.keyClick(page.card, Qt.Key.Key_D, SHIFT)
    assert "reveal a round first" in bench_told[-1]
    at(page, IDEA, RT)
    hands("v33333330\nr3")
    audit = desk.audit
    page.card.vote.ask_dissent()
    page.card.vote.dissent.keep()
    assert desk.audit is audit
    assert "needs a person and their words" in bench_told[-1]
