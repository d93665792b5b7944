"""How a rule stands over all workflows: nowhere, not recorded, never tested, in part, tested."""

import datetime as dt

import pytest

from app.domain.edits.records import put
from app.domain.enforcement import RuleState, rule_covers
from app.domain.ids import PolicyId
from app.domain.landscape import Enforcement, EnforcementPoint, Policy
from app.exchange.sample import sample_audit

RULE = PolicyId("rule")
DAY = dt.date(2026, 11, 24)
POINT = EnforcementPoint


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ([], RuleState.NOT_RECORDED),
        ([Enforcement()], RuleState.NOT_RECORDED),
        ([Enforcement(POINT.NOWHERE)], RuleState.NOWHERE),
        ([Enforcement(POINT.NOWHERE, DAY)], RuleState.NOWHERE),
        ([Enforcement(POINT.CODE)], RuleState.NEVER_TESTED),
        ([Enforcement(POINT.CODE), Enforcement(POINT.NOWHERE)], RuleState.NEVER_TESTED),
        ([Enforcement(POINT.CODE, DAY), Enforcement(POINT.NOWHERE)], RuleState.PARTLY),
        ([Enforcement(POINT.CODE, DAY), Enforcement(POINT.PROMPT)], RuleState.PARTLY),
        ([Enforcement(POINT.CODE, DAY), Enforcement(POINT.HUMAN, DAY)], RuleState.TESTED),
    ],
)
def test_the_state_of_a_rule(found: list[Enforcement], state: RuleState) -> None:
    audit = put(sample_audit(), "policies", (RULE,), Policy("Never spend"))
    for workflow, enforcement in zip(sorted(audit.workflows), found, strict=False):
        audit = put(audit, "enforcement", (workflow, RULE), enforcement)
    assert rule_covers(audit)[RULE].state is state
