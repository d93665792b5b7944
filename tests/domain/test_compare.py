"""A comparison lists workflows and answers one by one and counts the rest."""

import pytest

from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.compare import AnswerChange, Comparison, Count, FieldChange, Stood, compare
from app.domain.edits.answers import note, say, settle, withdraw
from app.domain.edits.records import amend, put, remove
from app.domain.ids import PersonId, QuestionId, Target, WorkflowId
from app.domain.landscape import Person, Workflow
from app.exchange.sample import sample_audit

W, RT = Target("returns"), QuestionId("RT-01")
ONE = Stood(Reply.LEVEL, 1, Grade.EXPLAINED, is_agreed=True)


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


def test_nothing_changed(audit: Audit) -> None:
    assert compare(audit, audit) == Comparison()
    assert compare(audit, audit).is_same


def test_workflows_added_removed_and_changed(audit: Audit) -> None:
    after = put(audit, "workflows", ("new",), Workflow("New"))
    after = remove(after, "workflows", ("tenders",))
    after = amend(after, "workflows", ("returns",), users=3000, name="Returns")
    found = compare(audit, after)
    assert (found.added, found.removed) == ((WorkflowId("new"),), (WorkflowId("tenders"),))
    (changed,) = found.changed
    assert (changed.id, changed.name) == ("returns", "Returns")
    assert changed.fields == (
        FieldChange("name", "Store returns triage", "Returns"),
        FieldChange("users", 2600, 3000),
    )


def test_answers_that_moved_say_from_where_to_where(audit: Audit) -> None:
    after = settle(audit, W, RT, Said(Reply.LEVEL, 3))
    after = settle(after, Target("service-hub"), QuestionId("GOV-12"), Said(Reply.UNKNOWN))
    three = Stood(Reply.LEVEL, 3, Grade.ASSERTED, is_agreed=True)
    unknown = Stood(Reply.UNKNOWN, None, None, is_agreed=True)
    assert compare(audit, after).answers == (
        AnswerChange(W, RT, ONE, three),
        AnswerChange(Target("service-hub"), QuestionId("GOV-12"), None, unknown),
    )
    assert compare(audit, after).others == {}


def test_a_note_or_a_voice_beside_an_agreed_answer_is_only_counted(audit: Audit) -> None:
    after = note(audit, W, RT, "Another note")
    after = say(after, W, QuestionId("RT-02"), PersonId("zoe"), Said(Reply.LEVEL, 4))
    found = compare(audit, after)
    assert found.answers == ()
    assert found.others == {"answers": Count(changed=2)}


@pytest.mark.parametrize(
    ("replies", "stood"),
    [
        ([Said(Reply.LEVEL, 1), Said(Reply.LEVEL, 4)], Stood(Reply.LEVEL, 2, None, False)),
        ([Said(Reply.UNKNOWN), Said(Reply.ABSTAIN)], Stood(Reply.UNKNOWN, None, None, False)),
        ([Said(Reply.ABSTAIN)], None),
    ],
)
def test_what_individuals_said_counts_where_nothing_is_agreed(
    audit: Audit, replies: list[Said], stood: Stood | None
) -> None:
    target, question = Target("tenders"), QuestionId("SME-04")
    before = withdraw(audit, target, question)
    after = before
    for person, said in zip(("ingrid", "lan"), replies, strict=False):
        after = say(after, target, question, PersonId(person), said)
    found = compare(before, after).answers
    assert [a.after for a in found] == ([stood] if stood else [])


def test_everything_else_is_counted_by_collection(audit: Audit) -> None:
    after = put(audit, "people", ("new",), Person("New"))
    after = remove(after, "parking", ("council",))
    after = amend(after, "plan", (), capacity=50.0)
    assert compare(audit, after).others == {
        "parking": Count(removed=1),
        "people": Count(added=1),
        "plan": Count(changed=1),
    }
