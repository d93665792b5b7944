"""Movement between two moments: gaps opened and closed, states, conditions, hazard."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.answers import Proof, Reply, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.conditions import ConditionState, conditions
from app.domain.edits.answers import settle
from app.domain.edits.records import amend, put
from app.domain.edits.workshop import take_snapshot
from app.domain.gaps import gaps
from app.domain.ids import ORGANISATION, QuestionId, SnapshotId, Target, WorkflowId
from app.domain.landscape import Lifecycle, Workflow
from app.domain.movement import ConditionMove, Moment, movement
from app.domain.replies import active_cases, case
from app.domain.risk.draws import Draws
from app.domain.risk.engine import prepare
from app.domain.risk.estimate import estimate
from app.exchange.audit_json import audit_from_json, audit_to_json
from app.exchange.sample import sample_audit

DAY = dt.date(2026, 12, 14)
W = WorkflowId("returns")
PROOF = Proof(title="Page", place="Wiki", date=DAY, seen_by="Everybody")


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


def test_nothing_moves_between_equal_audits(audit: Audit) -> None:
    copy = audit_from_json(audit_to_json(audit))
    found = movement(Moment(audit, DAY), Moment(copy, DAY))
    assert found.comparison.is_same
    assert (found.opened, found.closed, found.left_out, found.moves) == ((), (), (), ())
    assert found.still == len(active_cases(audit, DAY))


def test_a_condition_met_closes_its_gap_and_moves_its_workflow(audit: Audit) -> None:
    question = QuestionId("RT-01")
    said = Said(Reply.LEVEL, 4, Grade.DOCUMENTED, PROOF)
    after = settle(audit, Target(W), question, said)
    found = movement(Moment(audit, DAY), Moment(after, DAY))
    assert [gap.key for gap in found.closed] == [f"RT-01/{W}"]
    (move,) = found.moves
    assert move.conditions == (ConditionMove(question, ConditionState.NOT_MET, ConditionState.MET),)
    assert move.before
    assert move.after
    assert move.after.met == move.before.met + 1
    assert move.after.relative.value < move.before.relative.value


def test_figures_are_those_of_the_estimate(audit: Audit) -> None:
    after = settle(audit, Target(W), QuestionId("RT-02"), Said(Reply.LEVEL, 0))
    found = movement(Moment(audit, DAY), Moment(after, DAY))
    engine = prepare(after.bank, after.reference)
    wanted = estimate(engine, Draws(engine), after, case(after, W, DAY), DAY)
    (move,) = found.moves
    assert move.after
    assert move.after.relative == wanted.relative
    assert move.after.state is wanted.state
    assert move.after.withheld is wanted.withheld


def test_the_two_lists_of_gaps_account_for_every_gap(audit: Audit) -> None:
    after = settle(audit, Target(W), QuestionId("RT-01"), Said(Reply.LEVEL, 4))
    after = settle(after, ORGANISATION, QuestionId("GOV-01"), Said(Reply.LEVEL, 0))
    after = amend(after, "workflows", ("markdowns",), lifecycle=Lifecycle.PAUSED)
    found = movement(Moment(audit, DAY), Moment(after, DAY))
    old = {g.key for g in gaps(audit, active_cases(audit, DAY))}
    new = {g.key for g in gaps(after, active_cases(after, DAY))}
    gone = {g.key for g in (*found.closed, *found.said, *found.withdrawn, *found.left_out)}
    assert old - gone | {g.key for g in found.opened} == new
    assert "markdowns" in {g.target for g in found.left_out}
    assert {w for g in found.left_out for w in g.workflows} == {"markdowns"}


def test_a_workflow_left_out_and_a_new_one_have_one_side_only(audit: Audit) -> None:
    after = amend(audit, "workflows", ("markdowns",), lifecycle=Lifecycle.PAUSED)
    after = put(after, "workflows", ("new",), Workflow("New"))
    found = movement(Moment(audit, DAY), Moment(after, DAY))
    sides = {m.workflow: (m.before is None, m.after is None) for m in found.moves}
    assert sides == {"markdowns": (False, True), "new": (True, False)}
    assert all(m.has_other_state and not m.conditions for m in found.moves)


def test_proof_that_expires_moves_a_condition_without_any_edit(audit: Audit) -> None:
    proof = Proof(title="Page", place="Wiki", date=DAY, seen_by="Everybody", expires=DAY)
    said = Said(Reply.LEVEL, 4, Grade.DOCUMENTED, proof)
    dated = settle(audit, Target(W), QuestionId("RT-01"), said)
    found = movement(Moment(dated, DAY), Moment(dated, DAY + dt.timedelta(days=1)))
    move = next(m for m in found.moves if m.workflow == W)
    assert ConditionMove(QuestionId("RT-01"), ConditionState.MET, ConditionState.SAID) in (
        move.conditions
    )
    assert conditions(dated.bank, case(dated, W, DAY)).golive["RT-01"] is ConditionState.MET


def test_taking_a_snapshot_is_no_difference(audit: Audit) -> None:
    at = dt.datetime(2026, 12, 14, tzinfo=dt.UTC)
    after = take_snapshot(audit, SnapshotId("s1"), "Morning", at, 1, "0" * 64)
    assert movement(Moment(audit, DAY), Moment(after, DAY)).comparison.is_same


def test_another_reference_set_moves_every_workflow(audit: Audit) -> None:
    reference = replace(audit.reference, trust={**audit.reference.trust, "asserted": 0.9})
    found = movement(Moment(audit, DAY), Moment(replace(audit, reference=reference), DAY))
    assert len(found.moves) == len(active_cases(audit, DAY))
    assert found.still == 0
