"""A small audit for the golden report: three workflows, three people who differ."""

import datetime as dt

from msgspec.structs import replace

from app.domain.answers import Answer, FindOut, Proof, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade, Scope
from app.domain.ids import (
    NOBODY,
    ORGANISATION,
    DecisionId,
    ParkingId,
    PersonId,
    QuestionId,
    Target,
    WorkflowId,
)
from app.domain.landscape import (
    Lifecycle,
    Mechanism,
    Organisation,
    Person,
    StageRecord,
    Workflow,
)
from app.domain.planning import PlanSettings
from app.domain.workshop import BeliefVote, Decision, ParkingItem

OWNER, BUILDER, USER = PersonId("owner"), PersonId("builder"), PersonId("user")
LIVE, PILOT, IDEA = WorkflowId("w1"), WorkflowId("w2"), WorkflowId("w3")
PROOF = Proof("Decision record", "Archive", dt.date(2026, 11, 2), "Ada Vale")
BELIEF = {"capability": 60.0, "data": 20.0, "governance": 10.0, "adoption": 10.0}


def small(audit: Audit) -> Audit:
    """Bank and reference set of `audit`; live, pilot and a workflow nobody was asked about."""
    stages = [stage.id for stage in audit.bank.stages]
    routing = Decision(
        "Ask Ben Okafor to own routing", OWNER, dt.date(2027, 1, 15), workflows=(PILOT,)
    )
    return Audit(
        bank=audit.bank,
        reference=audit.reference,
        organisation=Organisation(
            title="Test audit", name="Vale Mills", day_rate=900, sponsor=OWNER, own_rate=0.6
        ),
        plan=PlanSettings(start=dt.date(2027, 1, 1), months=6, capacity=30),
        people={
            OWNER: Person("Ada Vale", "Operations", area="owner"),
            BUILDER: Person("Ben Okafor", "Platform lead", area="builder"),
            USER: Person("Cleo Marsh", "Clerk", area="user"),
        },
        workflows={
            LIVE: Workflow(
                "Claims triage", "", "Claims", OWNER, Lifecycle.PRODUCTION, yearly_benefit=700_000
            ),
            PILOT: Workflow(
                "Store handbook", "", "Stores", BUILDER, Lifecycle.PILOT, yearly_benefit=1_300_000
            ),
            IDEA: Workflow("Shift planning", lifecycle=Lifecycle.IDEA),
        },
        stages={
            LIVE: {
                s: StageRecord(OWNER if i % 2 else NOBODY, Mechanism.CODE, by_hand="The clerk")
                for i, s in enumerate(stages)
            },
            PILOT: {s: StageRecord(BUILDER, Mechanism.USER) for s in stages[:3]},
        },
        answers=_answers(audit),
        belief_votes={OWNER: BeliefVote(BELIEF)},
        decisions={DecisionId("d1"): routing},
        parking={ParkingId("p1"): ParkingItem("Licence terms", BUILDER)},
    )


def _answers(audit: Audit) -> dict[Target, dict[QuestionId, Answer]]:
    asked = [q.id for q in audit.bank.questions if q.scope is Scope.WORKFLOW and not q.ask_if]
    shared = [q.id for q in audit.bank.questions if q.scope is Scope.ORGANISATION]
    live = {q: _settled(1 + i % 3, PROOF if i % 4 == 0 else None) for i, q in enumerate(asked)}
    pilot = {q: _settled(i % 4, PROOF if i % 3 == 0 else None) for i, q in enumerate(asked[:40])}
    live[asked[0]] = replace(
        _settled(2, None),
        individual={BUILDER: Said(Reply.LEVEL, 3), USER: Said(Reply.LEVEL, 0)},
        note="Ada Vale keeps the list.",
    )
    live[asked[1]] = Answer(
        Review.AGREED, Said(Reply.UNKNOWN), find_out=FindOut(OWNER, dt.date(2027, 1, 9))
    )
    waived = Said(Reply.NOT_APPLICABLE, reason="Nobody outside uses it.")
    pilot[asked[2]] = Answer(Review.AGREED, waived)
    return {
        Target(LIVE): live,
        Target(PILOT): pilot,
        ORGANISATION: {q: _settled(3, PROOF) for q in shared},
    }


def _settled(level: int, proof: Proof | None) -> Answer:
    grade = Grade.DOCUMENTED if proof else Grade.ASSERTED
    return Answer(Review.AGREED, Said(Reply.LEVEL, level, grade, proof))
