"""How one rule is enforced over all workflows: where, how often, and whether it was ever tested."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.ids import PolicyId
from app.domain.landscape import EnforcementPoint


class RuleState(StrEnum):
    """Worst first. Not recorded is not nowhere."""

    NOWHERE = "nowhere"
    NOT_RECORDED = "not_recorded"
    NEVER_TESTED = "never_tested"
    PARTLY = "partly"
    TESTED = "tested"


class RuleCover(Struct, frozen=True):
    points: Mapping[EnforcementPoint, int]
    """Workflows per enforcement point; points that nobody recorded are absent."""
    tested: int = 0
    """Workflows in which it is enforced and was tested."""

    @property
    def enforced(self) -> int:
        """Workflows in which it is enforced by prompt, code or a person."""
        return sum(n for point, n in self.points.items() if point is not EnforcementPoint.NOWHERE)

    @property
    def state(self) -> RuleState:
        """The first of these that holds.

        Nowhere: recorded as enforced nowhere, and nowhere else. Not recorded: no point recorded.
        Never tested: enforced, no test. Partly: nowhere in one workflow, or not tested in one.
        """
        if not self.enforced:
            return RuleState.NOWHERE if self.points else RuleState.NOT_RECORDED
        if not self.tested:
            return RuleState.NEVER_TESTED
        partly = EnforcementPoint.NOWHERE in self.points or self.tested < self.enforced
        return RuleState.PARTLY if partly else RuleState.TESTED


def rule_covers(audit: Audit) -> Mapping[PolicyId, RuleCover]:
    """Every rule of the register with what was recorded about it."""
    points: dict[PolicyId, dict[EnforcementPoint, int]] = {p: {} for p in audit.policies}
    tested: dict[PolicyId, int] = dict.fromkeys(audit.policies, 0)
    for _, group in sorted(audit.enforcement.items()):
        for policy, found in group.items():
            if found.point is None or policy not in points:
                continue
            points[policy][found.point] = points[policy].get(found.point, 0) + 1
            if found.last_tested and found.point is not EnforcementPoint.NOWHERE:
                tested[policy] += 1
    return {p: RuleCover(points[p], tested[p]) for p in points}
