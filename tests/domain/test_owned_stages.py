"""Whose a stage is, from its record and from answers: two records, of which only one counts."""

from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.edits.answers import settle
from app.domain.edits.people import person_named
from app.domain.edits.records import put
from app.domain.ids import NOBODY, PersonId, QuestionId, StageId, Target, WorkflowId
from app.domain.landscape import Person, StageRecord, Workflow
from app.domain.replies import case
from app.domain.risk.stages import is_asked, is_unowned, stages_missing
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference
from tests.domain.audits import TODAY, audit_of

W = WorkflowId("w")
ROUTING = StageId("routing")


def told(said: Said | None = None, record: StageRecord | None = None) -> Audit:
    audit = put(audit_of(default_bank(), default_reference()), "workflows", (W,), Workflow("One"))
    audit = put(audit, "people", ("ana",), Person("Ana Lund"))
    if said:
        audit = settle(audit, Target(W), QuestionId("RT-01"), said)
    return put(audit, "stages", (W, ROUTING), record) if record else audit


def stands(audit: Audit) -> tuple[bool, bool]:
    found = case(audit, W, TODAY)
    record = audit.stages.get(W, {}).get(ROUTING, StageRecord())
    return is_unowned(record, found, ROUTING), is_asked(found, ROUTING)


def test_a_record_says_more_than_an_answer_and_an_answer_more_than_nothing() -> None:
    absent, unknown = Said(Reply.LEVEL, 0), Said(Reply.UNKNOWN)
    assert stands(told()) == (False, False)
    assert stands(told(unknown)) == (False, True)
    assert stands(told(absent)) == (True, True)
    assert stands(told(Said(Reply.LEVEL, 1))) == (False, True)
    assert stands(told(absent, StageRecord(owner=PersonId("ana")))) == (False, True)
    assert stands(told(None, StageRecord(owner=NOBODY))) == (True, False)


def test_an_answer_changes_no_count_of_missing_stages() -> None:
    """Source: scoring.md 2.11."""
    before, after = stages_missing(told(), W), stages_missing(told(Said(Reply.LEVEL, 0)), W)
    assert (before.missing, before.unknown) == (after.missing, after.unknown) == (0, 7)


def test_a_person_is_found_by_name_or_added_once() -> None:
    audit = told()
    assert person_named(audit, " ana  LUND ") == (audit, "ana")
    after, new = person_named(audit, "Ben  Ode")
    assert after.people[new].name == "Ben Ode"
    assert person_named(after, "ben ode") == (after, new)
    seat = put(audit, "people", ("s",), Person("Seat 1", is_seat=True))
    assert person_named(seat, "Seat 1")[1] != "s"
