"""The active workflows as the plan sees them: controls, score and conditions, worked out once."""

import datetime as dt
from collections.abc import Callable

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.conditions import Conditions, conditions
from app.domain.ids import ORGANISATION, WorkflowId
from app.domain.replies import Case, Status, active_cases
from app.domain.risk.engine import Controls, Engine, Score, controls, score

ASKED = (Status.ANSWERED, Status.UNKNOWN)


class Subject(Struct, frozen=True, eq=False):
    case: Case
    controls: Controls
    score: Score
    conditions: Conditions
    is_asked: bool
    """Something was answered for it or is known to be unknown, inherited replies included."""
    has_own: bool
    """One such reply is about the workflow itself or a source of it."""

    @property
    def id(self) -> WorkflowId:
        return self.case.id

    @property
    def value(self) -> float | None:
        return self.case.workflow.yearly_benefit


def subjects(
    engine: Engine, audit: Audit, today: dt.date, tick: Callable[[], None] = lambda: None
) -> tuple[Subject, ...]:
    """All active workflows, by id. Ticks twice for each."""
    found = []
    for case in active_cases(audit, today, tick):
        found.append(_subject(engine, case))
        tick()
    return tuple(found)


def _subject(engine: Engine, case: Case) -> Subject:
    found = controls(engine, case)
    asked = {s.target for s in case.standings if s.status in ASKED}
    return Subject(
        case=case,
        controls=found,
        score=score(engine, found),
        conditions=conditions(engine.bank, case),
        is_asked=bool(asked),
        has_own=bool(asked - {ORGANISATION, case.workflow.platform}),
    )
