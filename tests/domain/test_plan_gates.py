"""Gates of phases: the last month of what an exit needs, and why there is none."""

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, Proof, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.ids import NOBODY, ORGANISATION, PersonId, QuestionId, Target, WorkflowId
from app.domain.landscape import Lifecycle, Mechanism, StageRecord, Workflow
from app.domain.plan.results import NoGate, PhaseGate
from tests.domain.audits import TODAY, shipped
from tests.domain.plan_audits import plan_of, portfolio

W3 = WorkflowId("w3")


def gate(audit: Audit, phase: int = 1, **settings: object) -> PhaseGate:
    return next(g for g in plan_of(audit, **settings).phases if g.phase == phase)


def with_owners(audit: Audit, owner: PersonId) -> Audit:
    stages = [stage.id for stage in audit.bank.stages]
    records = {s: StageRecord(owner, Mechanism.CODE) for s in stages}
    return replace(audit, stages=dict.fromkeys(audit.workflows, records))


def one_workflow(answers: dict[QuestionId, Answer]) -> Audit:
    engine, _ = shipped()
    organisation = {q: a for q, a in answers.items() if q == "GOV-01"}
    return Audit(
        bank=engine.bank,
        reference=engine.reference,
        plan=portfolio().plan,
        workflows={W3: Workflow("Claims triage", lifecycle=Lifecycle.PILOT)},
        answers={Target(W3): answers, ORGANISATION: organisation},
    )


def without(audit: Audit, workflow: WorkflowId, question: str) -> Audit:
    group = dict(audit.answers[Target(workflow)])
    del group[QuestionId(question)]
    return replace(audit, answers={**audit.answers, Target(workflow): group})


def test_the_first_gate_waits_for_the_owners_of_the_stages() -> None:
    """Every question of the exit is met and shown; only the stages have no owner on record."""
    shown = Proof("Record", "Archive", TODAY, "Ada Vale")
    met = Answer(Review.AGREED, Said(Reply.LEVEL, 3, Grade.DOCUMENTED, shown))
    weak = Answer(Review.AGREED, Said(Reply.LEVEL, 1, Grade.EXPLAINED))
    answers = {QuestionId(q): met for q in ("WF-02", "RT-01", "CX-02", "GOV-01", "WF-03")}
    answers[QuestionId("IP-01")] = weak
    small = one_workflow(answers)
    key = next(a.key for a in plan_of(small).actions if a.action == "A-STAGEOWN")
    found = gate(small, pins={key: 9})
    assert (found.gate_month, found.through) == (9, 0)
    found = gate(with_owners(small, PersonId("p")), pins={key: 9})
    assert (found.gate_month, found.through) == (0, 1)


def test_a_stage_that_nobody_owns_and_no_action_mends_gives_no_month() -> None:
    audit = with_owners(portfolio(), NOBODY)
    found = gate(audit, excluded=("A-STAGEOWN",))
    assert (found.gate_month, found.why) == (None, NoGate.NO_ACTION)


def test_what_was_never_asked_is_not_promised() -> None:
    found = gate(without(portfolio(), W3, "WF-02"))
    assert (found.gate_month, found.why) == (None, NoGate.NOT_ASKED)
    assert (found.reached, found.not_asked) == (2, 1)


def test_two_answers_promise_no_gate() -> None:
    said = Answer(Review.AGREED, Said(Reply.LEVEL, 1, Grade.EXPLAINED))
    small = one_workflow({QuestionId("RT-01"): said, QuestionId("GOV-11"): said})
    for found in plan_of(small).phases:
        assert (found.gate_month, found.why) == (None, NoGate.NOT_ASKED)
    assert gate(small, phase=2).not_asked == 14


@pytest.mark.parametrize("capacity", [1.0, 1000.0])
def test_a_gate_is_never_before_an_action_of_its_exit(capacity: float) -> None:
    found = gate(portfolio(), capacity=capacity)
    last = [
        a.month for a in plan_of(portfolio(), capacity=capacity).actions if a.action == "A-STAGEOWN"
    ]
    if found.gate_month is None:
        assert found.why is NoGate.LATER
    else:
        assert found.gate_month >= max(month or 0 for month in last)
