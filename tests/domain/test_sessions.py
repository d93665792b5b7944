"""Who is in the room: the running session, who takes part, quorum, and coming and going."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits.records import put
from app.domain.edits.workshop import arrive, end_session, leave, start_session, stay_away
from app.domain.ids import PersonId, SessionId
from app.domain.landscape import Person
from app.domain.sessions import participants, quorum, running
from app.domain.workshop import Attendance, Session
from app.errors import EditError
from app.exchange.sample import sample_audit

FIRST, SECOND = SessionId("workshop-1"), SessionId("workshop-2")
AT = dt.datetime(2026, 12, 14, 16)
ZOE, TOMAS, PRIYA = PersonId("zoe"), PersonId("tomas"), PersonId("priya")


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


def test_one_session_runs_at_a_time(audit: Audit) -> None:
    assert running(audit) == SECOND
    third = put(audit, "sessions", ("s3",), Session("Third", AT.date()))
    with pytest.raises(EditError, match="is still running"):
        start_session(third, SessionId("s3"), AT)
    with pytest.raises(EditError, match="has started already"):
        start_session(third, SECOND, AT)
    ended = end_session(third, SECOND, AT)
    assert ended.sessions[SECOND].ended == AT
    assert running(ended) is None
    begun = start_session(ended, SessionId("s3"), AT)
    assert running(begun) == "s3"
    with pytest.raises(EditError, match="is not running"):
        end_session(begun, SECOND, AT)
    with pytest.raises(EditError, match="There is no session"):
        start_session(begun, SessionId("s4"), AT)


def test_a_session_does_not_end_before_it_starts(audit: Audit) -> None:
    with pytest.raises(EditError, match="ends before it starts"):
        end_session(audit, SECOND, AT - dt.timedelta(days=1))


def test_people_come_and_go(audit: Audit) -> None:
    later = AT + dt.timedelta(minutes=20)
    here = arrive(audit, SECOND, [ZOE], AT)
    assert here.attendance[SECOND][ZOE] == Attendance(arrived=AT)
    gone = leave(here, SECOND, [ZOE], later)
    assert gone.attendance[SECOND][ZOE] == Attendance(arrived=AT, left=later)
    back = arrive(gone, SECOND, [ZOE], later + dt.timedelta(minutes=5))
    assert back.attendance[SECOND][ZOE] == Attendance(arrived=AT)
    away = stay_away(audit, SECOND, [TOMAS])
    assert away.attendance[SECOND][TOMAS] == Attendance(
        present=False, note="Joined after the break."
    )
    with pytest.raises(EditError, match="Raghunathan is not recorded as present"):
        leave(audit, SECOND, [PRIYA], AT)
    with pytest.raises(EditError, match="leaves before they arrive"):
        leave(here, SECOND, [ZOE], AT - dt.timedelta(hours=1))


def test_several_people_are_one_edit(audit: Audit) -> None:
    after = arrive(audit, SECOND, [ZOE, PRIYA])
    assert [c.keys for c in diff(audit, after)] == [(SECOND, PRIYA), (SECOND, ZOE)]
    assert after.attendance[SECOND][PRIYA].note == audit.attendance[SECOND][PRIYA].note


def test_quorum_is_more_than_half_of_those_who_take_part(audit: Audit) -> None:
    found = quorum(audit, SECOND)
    assert (found.present, found.of, found.not_recorded, found.is_reached) == (5, 9, 3, True)
    assert found.missing == ("Workflow owner", "People who use it", "Risk, legal and security")
    fewer = quorum(leave(audit, SECOND, [TOMAS], AT), SECOND)
    assert (fewer.present, fewer.is_reached) == (4, False)
    assert "Purchasing" in fewer.missing


def test_of_an_ended_session_all_count_who_were_there(audit: Audit) -> None:
    gone = leave(audit, SECOND, [TOMAS], AT)
    ended = end_session(gone, SECOND, AT + dt.timedelta(hours=1))
    assert quorum(ended, SECOND).present == 5


def test_half_is_no_quorum_and_nobody_is_none(audit: Audit) -> None:
    nobody = replace(audit, attendance={})
    found = quorum(nobody, FIRST)
    assert (found.present, found.not_recorded, found.is_reached) == (0, 9, False)


def test_people_with_a_seat_take_part_in_its_order(audit: Audit) -> None:
    guest = put(audit, "people", ("guest",), Person("A guest"))
    assert participants(guest, FIRST) == participants(audit, FIRST)
    assert participants(audit, FIRST)[:2] == ("ingrid", "amara")
    came = arrive(guest, FIRST, [PersonId("guest")])
    assert participants(came, FIRST)[-1] == "guest"
    seatless = replace(
        audit, people={p: replace(r, seat=None) for p, r in audit.people.items()}, attendance={}
    )
    assert set(participants(seatless, FIRST)) == set(audit.people)
