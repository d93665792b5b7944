"""Stand-ins of seats are nobody: they vote by role and are never listed, counted or chosen."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.commands.listing import _people
from app.commands.naming import person_id
from app.domain.audit import Audit
from app.domain.capture import capture
from app.domain.checks import checks
from app.domain.reaudit import reaudit
from app.domain.sessions import named_people, participants, quorum
from app.domain.tally import by_role
from app.errors import EditError
from app.exchange.sample import sample_audit
from app.report.hidden import redactions
from app.report.model import Audience
from app.words import Words
from tests.report import workshop
from tests.report.workshop import HELD

DAY = dt.date(2026, 12, 16)


@pytest.fixture(scope="module")
def before() -> Audit:
    return sample_audit()


@pytest.fixture(scope="module")
def audit(before: Audit) -> Audit:
    held = workshop.held(before)
    assert sum(p.is_seat for p in held.people.values()) > 5
    return held


def test_named_people_are_those_before_the_votes(before: Audit, audit: Audit) -> None:
    assert named_people(audit) == before.people
    assert set(participants(audit, HELD)) <= before.people.keys()
    assert quorum(audit, HELD).of == len(participants(audit, HELD))


def test_no_check_finds_anything_about_a_seat(audit: Audit) -> None:
    seats = audit.people.keys() - named_people(audit).keys()
    again = {f"{p}-again": r for p, r in audit.people.items() if p in seats}
    twice = replace(audit, people={**audit.people, **again})  # type: ignore[arg-type]
    assert not [f for f in checks(twice, DAY) if f.collection == "people" and "seat" in str(f.keys)]


def test_a_seat_cannot_be_named(audit: Audit) -> None:
    assert capture("No owner >Seat", audit, DAY).puzzles
    with pytest.raises(EditError, match="no person"):
        person_id(audit, "Seat 3")
    assert len(list(_people(audit, DAY))) == len(named_people(audit))


def test_the_next_audit_has_no_seats(before: Audit, audit: Audit) -> None:
    assert reaudit(audit).people == before.people


def test_redaction_counts_people(before: Audit, audit: Audit) -> None:
    for audience in Audience:
        found = [h for h in redactions(audit, audience, Words()) if h.kind == "person"]
        assert len(found) in (0, len(before.people))
        assert not [h for h in found if h.was.startswith("Seat")]


def test_votes_by_seat_stand_by_role(audit: Audit) -> None:
    roles = by_role(audit, audit.votes["round-2"].ballots)  # type: ignore[index]
    known = {record.role for record in named_people(audit).values()}
    assert set(roles) <= known
    answer = audit.answers[workshop.WHERE][workshop.ASKED]
    assert set(by_role(audit, answer.individual)) <= known
