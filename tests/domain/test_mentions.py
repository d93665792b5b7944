"""Where a name stands in texts besides the list of people."""

from app.domain.audit import Audit
from app.domain.ids import PersonId, WorkflowId
from app.domain.landscape import Organisation, Person, Workflow
from app.domain.mentions import mentions
from tests.store.tiny import bank, reference

ANA, BLANK = PersonId("p1"), PersonId("p2")


def test_records_with_the_name_are_counted_whatever_the_case() -> None:
    audit = Audit(
        bank(),
        reference(),
        organisation=Organisation(note="ANA LUND decides"),
        people={ANA: Person("Ana Lund", note="Ana Lund"), BLANK: Person(" ")},
        workflows={
            WorkflowId("w1"): Workflow("A", note="ask Ana Lund"),
            WorkflowId("w2"): Workflow("B", owner=ANA),
        },
    )
    assert mentions(audit, ANA) == {"organisation": 1, "workflows": 1}
    assert mentions(audit, BLANK) == {}
    assert mentions(audit, PersonId("nobody here")) == {}


def test_a_family_name_alone_gives_a_person_away() -> None:
    """In whatever spelling, and on a line of its own; the names of fields are no text."""
    audit = Audit(
        bank(),
        reference(),
        people={ANA: Person("Ana Lünd Note")},
        workflows={
            WorkflowId("w1"): Workflow("A", note="first line\nLund said so"),
            WorkflowId("w2"): Workflow("B", note="ANote"),
            WorkflowId("w3"): Workflow("C", note="Lundgren"),
        },
    )
    assert mentions(audit, ANA) == {"workflows": 2}
