"""Votes kept by seat name nobody anywhere, and dots keep to their budget."""

import datetime as dt

import msgspec
import pytest

from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.ballots import read_ballots, seats, stand_in
from app.domain.changes import diff
from app.domain.edits.records import put, remove
from app.domain.edits.votes import (
    BUDGET,
    cast_all_dots,
    cast_beliefs,
    cast_beliefs_by_seat,
    cast_dots,
    keep_dissent,
    keep_dissent_by_seat,
    reveal_by_seat,
)
from app.domain.ids import ActionKey, GapKey, PersonId, QuestionId, SessionId, Target, VoteId
from app.domain.landscape import Person, Workflow
from app.domain.planning import OwnGap
from app.domain.tally import by_role, dots_on_actions, dots_on_gaps, last_dotted
from app.domain.workshop import Dissent, DotVote, Session, Vote
from app.errors import EditError
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

SESSION, RT, W = SessionId("s1"), QuestionId("RT-01"), Target("w")
VOTE = VoteId("v1")


@pytest.fixture
def audit() -> Audit:
    audit = Audit(default_bank(), default_reference())
    audit = put(audit, "workflows", ("w",), Workflow("Claims"))
    audit = put(audit, "sessions", (SESSION,), Session("Workshop", dt.date(2026, 11, 23)))
    room = (
        ("Ana Lund", "Lead", "owner"),
        ("Bo Ek", "Engineer", "builder"),
        ("Cat", "Clerk", "user"),
    )
    for n, (name, role, area) in enumerate(room, 1):
        audit = put(audit, "people", (f"p{n}",), Person(name, role, n, area))
    return audit


def revealed(audit: Audit, line: str = "4 3 0") -> Audit:
    room = seats(audit)
    vote = Vote(SESSION, RT, W, 1, read_ballots(line, room))
    return reveal_by_seat(audit, VOTE, vote, room, "Seat {}".format)


def test_nothing_that_is_written_names_a_voter(audit: Audit) -> None:
    changes = diff(audit, revealed(audit))
    text = msgspec.json.encode([(c.collection, c.keys, c.after) for c in changes]).decode()
    for word in ("Ana", "Lund", "Bo Ek", "Cat", '"p1"', '"p2"', '"p3"'):
        assert word not in text


def test_roles_and_spread_stay(audit: Audit) -> None:
    after = revealed(audit)
    ballots = after.votes[VOTE].ballots
    assert {role: [s.level for s in said] for role, said in by_role(after, ballots).items()} == {
        "Clerk": [0],
        "Engineer": [3],
        "Lead": [4],
    }
    individual = after.answers[W][RT].individual
    assert sorted(s.level or 0 for s in individual.values()) == [0, 3, 4]
    stand_ins = [after.people[p] for p in individual]
    assert all(p.is_seat and p.seat is None for p in stand_ins)
    assert {p.area for p in stand_ins} == {"owner", "builder", "user"}


def test_a_second_round_stands_in_place_of_the_first(audit: Audit) -> None:
    after = revealed(audit)
    room = seats(after)
    assert [seat.number for seat in room] == [1, 2, 3], "a stand-in has no seat of its own"
    again = Vote(SESSION, RT, W, 2, read_ballots("3 3 -", room))
    after = reveal_by_seat(after, VoteId("v2"), again, room, "Seat {}".format)
    individual = after.answers[W][RT].individual
    assert individual == {stand_in(SESSION, s): Said(Reply.LEVEL, 3) for s in room[:2]}
    assert set(after.votes) == {VOTE, VoteId("v2")}


def test_without_a_session_there_is_no_seat(audit: Audit) -> None:
    vote = Vote(None, RT, W, 1, {PersonId("p1"): Said(Reply.LEVEL, 1)})
    with pytest.raises(EditError, match="Start the session"):
        reveal_by_seat(audit, VOTE, vote, seats(audit), str)


def test_dots_have_a_budget_and_can_be_taken_back(audit: Audit) -> None:
    gap, person = GapKey("RT-01/w"), PersonId("p1")
    after = cast_dots(audit, SESSION, person, gaps={gap: 5})
    assert after.dot_votes[SESSION][person].gaps == {gap: 5}
    assert cast_dots(after, SESSION, person).dot_votes == {}
    assert cast_dots(audit, SESSION, person) is audit
    with pytest.raises(EditError, match="Take back 2"):
        cast_dots(audit, SESSION, person, gaps={gap: 7})
    with pytest.raises(EditError, match="less than one"):
        cast_dots(audit, SESSION, person, gaps={gap: 0})


def test_dissent_is_kept_with_its_words(audit: Audit) -> None:
    dissent = Dissent(PersonId("p3"), "Nobody asked the night shift.", consent=True)
    after = keep_dissent(revealed(audit), VOTE, dissent)
    assert after.votes[VOTE].dissent == (dissent,)
    with pytest.raises(EditError, match="kept already"):
        keep_dissent(after, VOTE, dissent)
    with pytest.raises(EditError, match="no vote"):
        keep_dissent(after, VoteId("v9"), dissent)


def test_whoever_gave_up_the_seat_is_never_named_instead(audit: Audit) -> None:
    room = seats(audit)
    vote = Vote(SESSION, RT, W, 1, read_ballots("4 3 0", room))
    with pytest.raises(EditError, match="p3 voted and has no seat"):
        reveal_by_seat(audit, VOTE, vote, room[:2], "Seat {}".format)


def test_dissent_of_a_seat_names_nobody(audit: Audit) -> None:
    before = revealed(audit)
    after = keep_dissent_by_seat(before, VOTE, seats(audit)[2], "Not in my store", "Seat {}".format)
    (kept,) = after.votes[VOTE].dissent
    assert kept == Dissent(stand_in(SESSION, seats(audit)[2]), "Not in my store", consent=False)
    assert '"p3"' not in msgspec.json.encode(after.votes).decode()


def points(*shares: float) -> dict[str, float]:
    return dict(zip(("capability", "data", "governance", "adoption"), shares, strict=True))


def test_beliefs_by_seat_replace_those_by_name_and_of_earlier_rounds(audit: Audit) -> None:
    room, name = seats(audit), "Seat {}".format
    audit = cast_beliefs(audit, {PersonId("p1"): points(25, 25, 25, 25)})
    first = cast_beliefs_by_seat(
        audit, SESSION, {PersonId("p1"): points(70, 10, 10, 10)}, room, name
    )
    assert {p: v.points["capability"] for p, v in first.belief_votes.items()} == {
        stand_in(SESSION, room[0]): 70
    }
    again = cast_beliefs_by_seat(
        first, SESSION, {PersonId("p2"): points(10, 70, 10, 10)}, room, name
    )
    assert set(again.belief_votes) == {stand_in(SESSION, room[1])}
    written = [(c.keys, c.after) for c in diff(first, again)]
    assert '"p2"' not in msgspec.json.encode(written).decode()


@pytest.mark.parametrize("shares", [(50, 50, 50, 50), (110, -10, 0, 0)])
def test_points_make_a_hundred(audit: Audit, shares: tuple[float, ...]) -> None:
    with pytest.raises(EditError, match="add up to"):
        cast_beliefs(audit, {PersonId("p1"): points(*shares)})
    with pytest.raises(EditError, match="Nobody has voted"):
        cast_beliefs(audit, {})


def test_a_round_of_dots_is_one_step_with_a_budget_for_each_kind(audit: Audit) -> None:
    room = seats(audit)
    gap, action = GapKey("RT-01/w"), ActionKey("A-STOP/w")
    audit = cast_all_dots(audit, SESSION, {PersonId("p1"): DotVote(gaps={gap: BUDGET})}, room)
    audit = cast_all_dots(audit, SESSION, {PersonId("p1"): DotVote(actions={action: BUDGET})}, room)
    assert audit.dot_votes[SESSION] == {"p1": DotVote({gap: BUDGET}, {action: BUDGET})}
    assert dots_on_gaps(audit, SESSION) == {gap: BUDGET}
    assert dots_on_actions(audit) == {action: BUDGET}
    assert last_dotted(audit) == SESSION
    with pytest.raises(EditError, match="6 dots"):
        cast_all_dots(audit, SESSION, {PersonId("p2"): DotVote(gaps={gap: 6})}, room)
    with pytest.raises(EditError, match="Nobody has given a dot"):
        cast_all_dots(audit, SESSION, {PersonId("p2"): DotVote()}, room)


def test_dots_by_seat_name_nobody(audit: Audit) -> None:
    room, own = seats(audit), GapKey("gap-1")
    audit = put(audit, "own_gaps", (own,), OwnGap("Two price lists"))
    dots = {PersonId("p1"): DotVote(gaps={own: 2})}
    after = cast_all_dots(audit, SESSION, dots, room, "Seat {}".format)
    assert after.dot_votes == {SESSION: {stand_in(SESSION, room[0]): DotVote({own: 2})}}
    gone = remove(after, "own_gaps", (own,))
    assert dots_on_gaps(gone) == {}
