"""The ledger of upgrades, the experts' loop, exposure by parts, and the range of the own rate."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.conditions import ConditionState
from app.domain.expert_loop import loop_counts
from app.domain.ids import QuestionId, UpgradeId, WorkflowId
from app.domain.landscape import Audience, Autonomy, Deployment, Influence, ModelUpgrade, Workflow
from app.domain.lanes import MOST_EXPOSED, exposure, exposure_parts
from app.domain.replies import case
from app.domain.risk.calibration import calibration, rate_range
from app.domain.statements import Fallacy, fallacy_ground
from app.domain.upgrades import Moment, ledger
from app.domain.workshop import EdgeCase, EdgeCaseState
from app.exchange.sample import TODAY, sample_audit

RETURNS, INVOICES = WorkflowId("returns"), WorkflowId("invoices")
BOUGHT = dt.date(2026, 7, 6)


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


def upgrade(workflow: WorkflowId, cost: float | None) -> ModelUpgrade:
    return ModelUpgrade(workflow, BOUGHT, "medium", "large", cost)


def test_an_upgrade_is_judged_by_the_moment_nearest_to_it(audit: Audit) -> None:
    undefined, defined = case(audit, RETURNS, TODAY), case(audit, INVOICES, TODAY)
    past = [(dt.date(2026, 12, 1), undefined), (dt.date(2026, 7, 1), defined)]
    found = fallacy_ground(audit.bank, BOUGHT, past, undefined)
    assert (found.verdict, found.judged) == (Fallacy.NO, dt.date(2026, 7, 1))
    now = fallacy_ground(audit.bank, BOUGHT, [], undefined)
    assert (now.verdict, now.judged) == (Fallacy.YES, None)
    assert now.entry[QuestionId("RT-01")] is ConditionState.NOT_MET


def test_the_ledger_counts_cost_only_where_it_is_recorded(audit: Audit) -> None:
    bought = {
        UpgradeId("a"): upgrade(RETURNS, 100.0),
        UpgradeId("b"): upgrade(RETURNS, None),
        UpgradeId("c"): upgrade(INVOICES, 900.0),
    }
    now = {w: case(audit, w, TODAY) for w in (RETURNS, INVOICES)}
    found = ledger(replace(audit, upgrades=bought), now, {})
    assert [row.id for row in found.of(Fallacy.YES)] == ["a", "b"]
    assert found.cost(Fallacy.YES) == (100.0, 1)
    assert found.rows[0].undefined
    assert not found.of(Fallacy.NO)[0].undefined
    past = {RETURNS: (Moment(BOUGHT, now[INVOICES]),)}
    judged = ledger(replace(audit, upgrades=bought), now, past)
    assert judged.cost(Fallacy.YES) == (0, 0)


def test_every_state_of_the_loop_is_counted() -> None:
    cases = [
        EdgeCase(RETURNS, "a"),
        EdgeCase(RETURNS, "b", state=EdgeCaseState.TRAINED),
        EdgeCase(RETURNS, "c", golden="Do not.", state=EdgeCaseState.TRAINED),
    ]
    found = loop_counts(cases)
    assert [found.states[s] for s in EdgeCaseState] == [1, 0, 2, 0]
    assert (found.of, found.without_golden, found.without_expert) == (3, 1, 3)


def test_exposure_is_the_sum_of_its_parts_and_unknown_adds_nothing() -> None:
    assert exposure(Workflow("a")) == 0
    assert {p for part in exposure_parts(Workflow("a")) for _, p in part} == {None}
    workflow = Workflow(
        "a", autonomy=Autonomy.ALONE, audience=Audience.CUSTOMERS,
        money=Influence.INDIRECTLY, hiring=Influence.DECIDES,
    )  # fmt: skip
    assert exposure(workflow) == 6 < MOST_EXPOSED
    assert exposure_parts(workflow)[2] == (("personal_data", None),)
    assert exposure_parts(workflow)[3] == (("money", 1), ("hiring", 2))


def test_more_cases_narrow_the_range_of_the_own_rate(audit: Audit) -> None:
    missed = Deployment("a", reached_scale=False)
    few = calibration(audit.reference, [missed] * 2)
    many = calibration(audit.reference, [missed] * 40)
    for found in (few, many):
        span = rate_range(found)
        assert 0 < span.low < found.base_rate < span.high < 1
    assert rate_range(many).high - rate_range(many).low < rate_range(few).high - rate_range(few).low
