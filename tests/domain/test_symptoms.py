"""Symptoms name the section asked first, and keep their text whatever it holds."""

import pytest

from app.domain.audit import Audit
from app.domain.edits.records import amend
from app.domain.symptoms import Symptom, line, sections_in_order, symptom, symptoms
from app.exchange.sample import sample_audit


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ("Pilots stall #adoption", Symptom("Pilots stall", "adoption")),
        ("Pilots stall", Symptom("Pilots stall")),
        ("We lost #1 customers", Symptom("We lost #1 customers")),
        ("Case #7 #middle", Symptom("Case #7", "middle")),
        ("#adoption", Symptom("#adoption")),
    ],
)
def test_a_mark_the_bank_knows_is_a_section(audit: Audit, recorded: str, expected: Symptom) -> None:
    assert symptom(audit.bank, recorded) == expected
    assert line(expected) == recorded


def test_the_first_symptoms_sections_are_asked_first(audit: Audit) -> None:
    named = [s.section for s in symptoms(audit)]
    assert [s.id for s in sections_in_order(audit)][:3] == named
    plain = amend(audit, "organisation", (), symptoms=())
    order = [s.order for s in sections_in_order(plain)]
    assert order == sorted(order)
