"""Every kind of finding is found where it is, and nowhere else."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, Proof, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.checks import checks, has_contradiction
from app.domain.edits.records import found, place
from app.domain.findings import Finding, FindingKind, FindingSeverity, severity
from app.domain.ids import NOBODY, ActionKey, PersonId, QuestionId, Target, WorkflowId
from app.domain.landscape import (
    ContextSource,
    Deployment,
    Enforcement,
    EnforcementPoint,
    ImportedRow,
    Lifecycle,
    Mechanism,
    Organisation,
    Outcome,
    Person,
    Platform,
    Policy,
    StageRecord,
    StageState,
    Workflow,
)
from app.domain.planning import GapNote, OwnAction, PlanSettings, Response
from app.domain.workshop import Decision, EdgeCase, EdgeCaseState, ParkingItem
from app.exchange.sample import TODAY, sample_audit

K = FindingKind
W = WorkflowId("returns")
LATER = dt.date(2027, 3, 1)
THREE = Said(Reply.LEVEL, 3)
WAIVED = Said(Reply.NOT_APPLICABLE, reason="Not here.")

CASES: list[tuple[FindingKind, str, tuple[str, ...], Any]] = [
    (K.DANGLING_REFERENCE, "workflows", ("x",), Workflow("X", owner=PersonId("ghost"))),
    (K.DANGLING_REFERENCE, "evidence", ("returns", "x"), None),
    (K.VALUE_OUT_OF_RANGE, "workflows", ("x",), Workflow("X", cost=-1)),
    (K.ID_USED_TWICE, "platforms", ("returns",), Platform("X")),
    (
        K.LIVE_IN_FUTURE,
        "workflows",
        ("x",),
        Workflow("X", lifecycle=Lifecycle.PRODUCTION, go_live=LATER),
    ),
    (
        K.OUTCOME_CONTRADICTS_LIFECYCLE,
        "workflows",
        ("x",),
        Workflow("X", lifecycle=Lifecycle.RETIRED, outcome=Outcome.PROMOTE),
    ),
    (K.STAGE_OWNER_CONTRADICTS, "stages", ("invoices", "routing"), StageRecord(owner=NOBODY)),
    (
        K.STAGE_OWNER_CONTRADICTS,
        "stages",
        ("returns", "context_stitching"),
        StageRecord(owner=PersonId("lan")),
    ),
    (
        K.STAGE_MECHANISM_CONTRADICTS,
        "stages",
        ("invoices", "routing"),
        StageRecord(mechanism=Mechanism.USER),
    ),
    (
        K.STAGE_MECHANISM_CONTRADICTS,
        "stages",
        ("delivery", "intent_parsing"),
        StageRecord(mechanism=Mechanism.CODE, state=StageState.RUNNING),
    ),
    (
        K.TESTED_BUT_NOWHERE,
        "enforcement",
        ("delivery", "keep-records"),
        Enforcement(EnforcementPoint.NOWHERE, TODAY),
    ),
    (K.LEVEL_OUT_OF_RANGE, "answers", ("returns", "RT-01"), Answer(settled=Said(Reply.LEVEL, 7))),
    (K.LEVEL_OUT_OF_RANGE, "answers", ("returns", "RT-01"), Answer(settled=Said(Reply.UNKNOWN, 2))),
    (K.ANSWER_OUT_OF_SCOPE, "answers", ("store-desk", "RT-01"), Answer(settled=THREE)),
    (K.NOT_APPLICABLE_ON_CONDITION, "answers", ("returns", "RT-01"), Answer(settled=WAIVED)),
    (
        K.PIN_OUTSIDE_PLAN,
        "plan",
        (),
        PlanSettings(months=3, pins={ActionKey("A-STOP/returns"): 4}),
    ),
    (
        K.PINNED_AND_EXCLUDED,
        "plan",
        (),
        PlanSettings(pins={ActionKey("A-STOP/returns"): 4}, excluded=("A-STOP",)),
    ),
    (K.DECIDED_WITHOUT_VERDICT, "decisions", ("x",), Decision("X", decided=TODAY)),
    (
        K.FAILURE_SPLIT_OF_SUCCESS,
        "deployments",
        ("x",),
        Deployment("X", None, True, True, {"data": 1.0}),
    ),
    (K.DUPLICATE_NAME, "sources", ("x",), ContextSource(name=" stock  LEVELS ")),
    (K.SEAT_TAKEN_TWICE, "people", ("zz",), Person("Z", seat=3)),
    (K.WORKFLOW_WITHOUT_OWNER, "workflows", ("x",), Workflow("X")),
    (
        K.LIVE_WITHOUT_DATE,
        "workflows",
        ("x",),
        Workflow("X", lifecycle=Lifecycle.PRODUCTION),
    ),
    (
        K.STOPPED_BUT_LIVE,
        "workflows",
        ("x",),
        Workflow("X", lifecycle=Lifecycle.PRODUCTION, outcome=Outcome.STOP),
    ),
    (K.POLICY_ENFORCED_NOWHERE, "policies", ("x",), Policy("X")),
    (
        K.PROOF_INCOMPLETE,
        "answers",
        ("returns", "RT-01"),
        Answer(settled=replace(THREE, grade=Grade.OBSERVED, proof=Proof(sample=3))),
    ),
    (
        K.PROOF_EXPIRED,
        "answers",
        ("returns", "RT-01"),
        Answer(
            settled=replace(
                THREE,
                grade=Grade.OBSERVED,
                proof=Proof(sample=3, result="2 right", expires=dt.date(2026, 12, 13)),
            )
        ),
    ),
    (
        K.NOT_APPLICABLE_WITHOUT_REASON,
        "answers",
        ("returns", "IP-01"),
        Answer(settled=Said(Reply.NOT_APPLICABLE)),
    ),
    (
        K.UNKNOWN_WITHOUT_FINDER,
        "answers",
        ("returns", "RT-01"),
        Answer(settled=Said(Reply.UNKNOWN)),
    ),
    (K.CONTENT_NOT_IN_BANK, "answers", ("returns", "XX-01"), Answer(settled=THREE)),
    (
        K.CONTENT_NOT_IN_BANK,
        "own_actions",
        ("X",),
        OwnAction("X", Target("returns"), 1, "R", 3, prereqs=(ActionKey("A-GHOST/returns"),)),
    ),
    (
        K.CONDITION_ON_PROPOSED,
        "answers",
        ("returns", "RT-01"),
        Answer(Review.PROPOSED, THREE),
    ),
    (K.DECISION_WITHOUT_OWNER, "decisions", ("x",), Decision("X")),
    (K.DECISION_WITHOUT_DATE, "decisions", ("x",), Decision("X")),
    (
        K.DISAGREED_WITHOUT_REASON,
        "gap_notes",
        ("RT-01/returns",),
        GapNote(response=Response.DISAGREE),
    ),
    (
        K.GOLDEN_RESPONSE_MISSING,
        "edge_cases",
        ("x",),
        EdgeCase(W, "X", state=EdgeCaseState.LABELLED),
    ),
    (K.DAY_RATE_MISSING, "organisation", (), Organisation()),
    (K.SPONSOR_MISSING, "organisation", (), Organisation()),
    (K.DECISION_WANTED_MISSING, "organisation", (), Organisation()),
    (K.PLAN_START_MISSING, "plan", (), PlanSettings()),
    (K.PERSON_WITHOUT_ROLE, "people", ("zz",), Person("Z")),
    (K.AREA_NOT_IN_BANK, "people", ("zz",), Person("Z", area="moon")),
    (K.BENEFIT_MISSING, "workflows", ("x",), Workflow("X")),
    (K.LIFECYCLE_MISSING, "workflows", ("x",), Workflow("X")),
    (K.SOURCE_WITHOUT_WORKFLOW, "sources", ("x",), ContextSource("X")),
    (K.SOURCE_WITHOUT_OWNER, "sources", ("x",), ContextSource("X")),
    (K.POLICY_WITHOUT_OWNER, "policies", ("x",), Policy("X")),
    (K.ACCEPTED_WITHOUT_DATE, "gap_notes", ("RT-01/returns",), GapNote(response=Response.ACCEPT)),
    (K.PARKED_WITHOUT_OWNER, "parking", ("x",), ParkingItem("X")),
    (K.OUTCOME_NOT_RECORDED, "deployments", ("x",), Deployment("X")),
    (K.ANSWER_NOT_COUNTED, "answers", ("shelves", "FAIR-01"), Answer(settled=THREE)),
]
BY_OTHER_TESTS = {
    K.IMPORTED_UNTOUCHED,
    K.POLICY_NEVER_TESTED,
    K.CONFIRMED_ANSWERS_CHANGED,
    K.CONFIRMED_BY_ANOTHER,
    K.TOO_MUCH_NOT_APPLICABLE,
}


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


def at(findings: tuple[Finding, ...], kind: FindingKind) -> list[tuple[str, tuple[str, ...]]]:
    return [(f.collection, f.keys) for f in findings if f.kind is kind]


@pytest.mark.parametrize(("kind", "collection", "keys", "record"), CASES)
def test_kind_is_found_at_its_record(
    audit: Audit, kind: FindingKind, collection: str, keys: tuple[str, ...], record: Any
) -> None:
    if record is None:
        record = replace(found(audit, "evidence", ("returns", "returns-sample")), target="ghost")
    after = checks(place(audit, collection, keys, record), TODAY)
    where = (collection, keys)
    assert where not in at(checks(audit, TODAY), kind)
    assert where in at(after, kind)


def test_every_kind_has_a_case() -> None:
    assert {kind for kind, *_ in CASES} | BY_OTHER_TESTS == set(FindingKind)


def test_the_sample_is_untidy_but_without_contradiction(audit: Audit) -> None:
    findings = checks(audit, TODAY)
    assert not has_contradiction(findings)
    assert len({f.kind for f in findings}) > 5


def test_findings_do_not_depend_on_the_order_of_entry(audit: Audit) -> None:
    def turned(value: Mapping[str, Any]) -> dict[str, Any]:
        return {k: turned(v) if isinstance(v, dict) else v for k, v in reversed(value.items())}

    fields = ("workflows", "answers", "policies", "people", "decisions", "stages")
    other = replace(audit, **{f: turned(getattr(audit, f)) for f in fields})
    assert checks(other, TODAY) == checks(audit, TODAY)


def test_severity_follows_the_kind() -> None:
    assert severity(K.FAILURE_SPLIT_OF_SUCCESS) is FindingSeverity.ERROR
    assert severity(K.DUPLICATE_NAME) is FindingSeverity.WARNING
    assert severity(K.GOLDEN_RESPONSE_MISSING) is FindingSeverity.WARNING
    assert severity(K.DAY_RATE_MISSING) is FindingSeverity.HINT


def test_a_proof_counts_on_its_last_day(audit: Audit) -> None:
    expired = ("answers", ("hr-desk", "CAP-01"))
    last = dt.date(2026, 10, 31)
    assert expired not in at(checks(audit, last), K.PROOF_EXPIRED)
    assert expired in at(checks(audit, last + dt.timedelta(days=1)), K.PROOF_EXPIRED)


def test_an_imported_workflow_is_untouched_until_somebody_assesses_it(audit: Audit) -> None:
    row = ImportedRow(WorkflowId("new"), "A-1", "list.csv", 2)
    audit = place(audit, "workflows", ("new",), Workflow("New"))
    audit = place(audit, "imports", ("row-new",), row)
    where = ("imports", ("row-new",))
    assert where in at(checks(audit, TODAY), K.IMPORTED_UNTOUCHED)
    answered = place(audit, "answers", ("new", "RT-01"), Answer(settled=THREE))
    assert where not in at(checks(answered, TODAY), K.IMPORTED_UNTOUCHED)


def test_a_policy_is_untested_only_where_it_is_enforced(audit: Audit) -> None:
    found_at = at(checks(audit, TODAY), K.POLICY_NEVER_TESTED)
    assert ("policies", ("reach-a-person",)) in found_at
    assert ("policies", ("price-floor",)) not in found_at
    tested = Enforcement(EnforcementPoint.HUMAN, TODAY)
    after = place(audit, "enforcement", ("complaints", "reach-a-person"), tested)
    assert ("policies", ("reach-a-person",)) not in at(checks(after, TODAY), K.POLICY_NEVER_TESTED)


def test_confirmed_answers_that_changed_and_owners_that_changed(audit: Audit) -> None:
    where = ("confirmations", ("invoices",))
    after = place(audit, "answers", ("invoices", "RT-01"), Answer(settled=THREE))
    assert where in at(checks(after, TODAY), K.CONFIRMED_ANSWERS_CHANGED)
    assert where not in at(checks(audit, TODAY), K.CONFIRMED_ANSWERS_CHANGED)
    invoices = audit.workflows[WorkflowId("invoices")]
    handed = place(audit, "workflows", ("invoices",), replace(invoices, owner=PersonId("zoe")))
    assert where in at(checks(handed, TODAY), K.CONFIRMED_BY_ANOTHER)


def test_too_much_not_applicable_is_said_once_per_workflow(audit: Audit) -> None:
    for question in [q.id for q in audit.bank.questions if q.scope == "workflow"][:30]:
        audit = place(audit, "answers", ("returns", question), Answer(settled=WAIVED))
    assert at(checks(audit, TODAY), K.TOO_MUCH_NOT_APPLICABLE) == [("workflows", ("returns",))]


def test_a_source_question_of_the_workflow_counts_until_its_sources_answer(audit: Audit) -> None:
    question = QuestionId("SRC-04")
    audit = place(audit, "answers", ("repairs", question), Answer(settled=THREE))
    where = ("answers", ("repairs", question))
    assert where not in at(checks(audit, TODAY), K.ANSWER_NOT_COUNTED)
    audit = place(audit, "answers", ("repair-notes", question), Answer(settled=THREE))
    assert where in at(checks(audit, TODAY), K.ANSWER_NOT_COUNTED)
