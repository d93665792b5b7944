"""The ledger of model upgrades: what was bought, and whether the flow around it was defined."""

import datetime as dt
from collections.abc import Mapping, Sequence

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.conditions import ConditionState
from app.domain.ids import QuestionId, UpgradeId, WorkflowId
from app.domain.landscape import ModelUpgrade
from app.domain.replies import Case
from app.domain.statements import Fallacy, FallacyGround, fallacy_ground

UNDEFINED = (ConditionState.NOT_MET, ConditionState.UNKNOWN)
Past = Mapping[WorkflowId, Sequence["Moment"]]


class Moment(Struct, frozen=True):
    """One workflow as a snapshot kept it."""

    day: dt.date
    case: Case


class Bought(Struct, frozen=True):
    """One upgrade with the verdict on it and what the verdict rests on."""

    id: UpgradeId
    upgrade: ModelUpgrade
    ground: FallacyGround

    @property
    def undefined(self) -> tuple[QuestionId, ...]:
        """Entry questions that were not met, or that nobody knew."""
        return tuple(q for q, state in self.ground.entry.items() if state in UNDEFINED)


class Ledger(Struct, frozen=True):
    """All upgrades, newest first."""

    rows: tuple[Bought, ...]

    def of(self, verdict: Fallacy) -> tuple[Bought, ...]:
        return tuple(row for row in self.rows if row.ground.verdict is verdict)

    def cost(self, verdict: Fallacy) -> tuple[float, int]:
        """What the upgrades with this verdict cost, and how many of them have a cost recorded."""
        costs = [r.upgrade.cost for r in self.of(verdict) if r.upgrade.cost is not None]
        return sum(costs), len(costs)


def ledger(audit: Audit, now: Mapping[WorkflowId, Case], past: Past) -> Ledger:
    """Judge every upgrade; `now` and `past` hold the workflows that have one."""
    rows = []
    for id_, upgrade in audit.upgrades.items():
        moments = [(m.day, m.case) for m in past.get(upgrade.workflow, ())]
        found = fallacy_ground(audit.bank, upgrade.date, moments, now[upgrade.workflow])
        rows.append(Bought(id_, upgrade, found))
    rows.sort(key=lambda r: (-r.upgrade.date.toordinal(), r.id))
    return Ledger(tuple(rows))
