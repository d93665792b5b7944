"""Ballots of a round: signs in seating order, and sentences that name the seat."""

import pytest

from app.domain.answers import Reply
from app.domain.audit import Audit
from app.domain.ballots import Seat, read_ballots, read_dots, read_points, seats
from app.domain.ids import PersonId, SessionId
from app.domain.landscape import Person
from app.domain.workshop import Attendance
from app.errors import EditError
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

ROOM = tuple(Seat(n, PersonId(f"p{n}")) for n in range(1, 8))


def test_one_sign_for_each_seat() -> None:
    found = read_ballots("4 3 3 1 ? / -", ROOM)
    assert [found[PersonId(f"p{n}")].level for n in (1, 2, 3, 4)] == [4, 3, 3, 1]
    assert found[PersonId("p5")].reply is Reply.UNKNOWN
    assert found[PersonId("p6")].reply is Reply.ABSTAIN
    assert PersonId("p7") not in found


@pytest.mark.parametrize("line", ["4331?/-", "4,3,3,1,?,/,-", " 43 31 ?/ - "])
def test_blanks_and_commas_may_be_left_out(line: str) -> None:
    assert read_ballots(line, ROOM) == read_ballots("4 3 3 1 ? / -", ROOM)


def test_a_mistyped_sign_names_its_seat() -> None:
    with pytest.raises(EditError, match="Seat 4 cannot vote “7”"):
        read_ballots("4 3 3 7 1 2 2", ROOM)


def test_too_few_signs_name_the_seats() -> None:
    with pytest.raises(EditError, match="seat 6, 7"):
        read_ballots("43312", ROOM)


def test_too_many_signs() -> None:
    with pytest.raises(EditError, match="the last seat is 7"):
        read_ballots("4 3 3 1 2 2 2 2", ROOM)


def test_nobody_to_vote() -> None:
    with pytest.raises(EditError, match="Nobody has a seat"):
        read_ballots("4", ())


def test_seats_are_those_present_in_seating_order() -> None:
    people = {
        PersonId("c"): Person("C", seat=1, area="it"),
        PersonId("a"): Person("A", seat=3),
        PersonId("b"): Person("B", seat=2),
        PersonId("d"): Person("D"),
    }
    session = SessionId("s1")
    audit = Audit(
        default_bank(),
        default_reference(),
        people=people,
        attendance={session: {PersonId("b"): Attendance(present=False)}},
    )
    assert [seat.person for seat in seats(audit)] == ["c", "b", "a"]
    assert seats(audit, session) == (Seat(1, PersonId("c"), "it"), Seat(3, PersonId("a")))


SEAT = Seat(3, PersonId("p3"))


def test_points_are_one_number_for_each_category_and_make_a_hundred() -> None:
    kinds = ("a", "b", "c", "d")
    assert read_points("40 30,20/10", kinds, SEAT) == {"a": 40, "b": 30, "c": 20, "d": 10}
    assert read_points(" - ", kinds, SEAT) is None
    for line in ("40 30 20", "40 30 20 20", "40 thirty 20 10", "", "-40 120 10 10"):
        with pytest.raises(EditError, match=r"[Ss]eat 3"):
            read_points(line, kinds, SEAT)


def test_dots_are_numbers_of_items_within_the_budget() -> None:
    assert read_dots("1 1 3", 5, 5, SEAT) == {1: 2, 3: 1}
    assert read_dots("-", 5, 5, SEAT) == {}
    for line in ("6", "0", "1 x", "", "1 1 1 1 1 1"):
        with pytest.raises(EditError, match="Seat 3"):
            read_dots(line, 5, 5, SEAT)
