"""What need not be talked about and what must: every answer in exactly one list."""

import datetime as dt

from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.discussion import discussion
from app.domain.edits import answers
from app.domain.edits.records import put
from app.domain.ids import PersonId, QuestionId, Target, WorkflowId
from app.domain.landscape import Person, Workflow
from app.domain.replies import case
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

W, TODAY = Target("w"), dt.date(2026, 12, 1)
UNKNOWN = Said(Reply.UNKNOWN)


def level(n: int) -> Said:
    return Said(Reply.LEVEL, n)


def audit_with(said: dict[str, tuple[Said, ...]]) -> Audit:
    audit = Audit(default_bank(), default_reference())
    audit = put(audit, "workflows", ("w",), Workflow("Claims"))
    for person in ("a", "b"):
        audit = put(audit, "people", (person,), Person(person.upper()))
    for question, voices in said.items():
        for person, voice in zip(("a", "b"), voices, strict=False):
            audit = answers.say(audit, W, QuestionId(question), PersonId(person), voice)
    return audit


def test_each_answer_is_in_one_list_and_agreed_ones_in_none() -> None:
    audit = audit_with(
        {
            "RT-01": (level(2), level(3)),
            "GC-01": (level(0), level(2)),
            "OV-01": (UNKNOWN, UNKNOWN),
            "CX-01": (level(1), level(1)),
            "IP-01": (level(4), level(4)),
            "IP-02": (UNKNOWN, level(1)),
        }
    )
    audit = answers.dispute(audit, W, QuestionId("CX-01"))
    audit = answers.settle(audit, W, QuestionId("IP-01"), level(4))
    found = discussion(audit, [case(audit, WorkflowId("w"), TODAY)])
    assert found.undisputed == ((W, "IP-02"), (W, "RT-01"))
    assert found.differing == ((W, "GC-01"),)
    assert found.unknown == ((W, "OV-01"),)
    assert found.others == ((W, "CX-01"),)


def test_what_was_proposed_counts_as_a_voice() -> None:
    audit = audit_with({"RT-01": (level(1),), "GC-01": ()})
    audit = answers.propose(audit, W, QuestionId("RT-01"), level(3))
    audit = answers.propose(audit, W, QuestionId("GC-01"), level(2))
    found = discussion(audit, [case(audit, WorkflowId("w"), TODAY)])
    assert found.differing == ((W, "RT-01"),)
    assert found.others == ((W, "GC-01"),)
    assert found.undisputed == ()


def test_what_is_settled_in_one_step_is_what_was_counted() -> None:
    audit = audit_with({"RT-01": (level(2), level(3)), "GC-01": (level(0), level(2))})
    after = answers.settle_undisputed(audit, [W])
    settled = after.answers[W][QuestionId("RT-01")].settled
    assert settled == answers.common_reply(audit, W, QuestionId("RT-01"))
    assert answers.common_reply(audit, W, QuestionId("GC-01")) is None
    left = discussion(after, [case(after, WorkflowId("w"), TODAY)])
    assert left.undisputed == ()
    assert left.differing == ((W, "GC-01"),)
