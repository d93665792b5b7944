"""Conditions and workflow states: what may be built, may go live, or is live without cover."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from app.domain.bank import Bank, Question
from app.domain.ids import QuestionId
from app.domain.replies import Case, Standing, Status


class ConditionState(StrEnum):
    """Unknown and not asked are both printed "not known" but never merged in the data."""

    MET = "met"
    SAID = "said"
    """Said, not shown: the level is reached, no document and no test."""
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_held(self) -> bool:
        return self in (ConditionState.MET, ConditionState.NOT_APPLICABLE)


WORST_FIRST = (
    ConditionState.NOT_MET,
    ConditionState.UNKNOWN,
    ConditionState.NOT_ASKED,
    ConditionState.SAID,
    ConditionState.MET,
    ConditionState.NOT_APPLICABLE,
)


class WorkflowState(StrEnum):
    LIVE_WITHOUT_COVER = "live_without_cover"
    MAY_GO_LIVE = "may_go_live"
    MAY_BUILD = "may_build"
    NOT_DEFINED = "not_defined"


class Conditions(Struct, frozen=True):
    entry: Mapping[QuestionId, ConditionState]
    golive: Mapping[QuestionId, ConditionState]

    def state(self, *, live: bool) -> WorkflowState:
        """The first state whose rule holds. Source: scoring.md 2.8."""
        ready = all(s.is_held for s in self.golive.values())
        if live and not ready:
            return WorkflowState.LIVE_WITHOUT_COVER
        if ready:
            return WorkflowState.MAY_GO_LIVE
        defined = all(s.is_held for s in self.entry.values())
        return WorkflowState.MAY_BUILD if defined else WorkflowState.NOT_DEFINED


def entry_questions(bank: Bank) -> tuple[Question, ...]:
    return tuple(q for q in bank.questions if q.phase1_at is not None)


def golive_questions(bank: Bank) -> tuple[Question, ...]:
    return tuple(q for q in bank.questions if q.golive_at is not None)


def conditions(bank: Bank, case: Case) -> Conditions:
    """All entry questions and go-live conditions of one workflow."""
    return Conditions(
        {q.id: condition(case, q.id, q.phase1_at or 0) for q in entry_questions(bank)},
        {q.id: condition(case, q.id, q.golive_at or 0) for q in golive_questions(bank)},
    )


def condition(case: Case, question: QuestionId, level: int = 3) -> ConditionState:
    """Met = level reached and shown at that level; over several sources the worst.

    A question the bank does not have was never asked.
    """
    found = case.of(question)
    if not found:
        return ConditionState.NOT_ASKED
    return worst(standing_state(s, level) for s in found)


def standing_state(standing: Standing, level: int) -> ConditionState:
    if standing.status is Status.NOT_APPLICABLE:
        fair = bool(standing.question.na_when)
        return ConditionState.NOT_APPLICABLE if fair else ConditionState.NOT_ASKED
    if standing.status is not Status.ANSWERED:
        return ConditionState(standing.status.value)
    if (standing.level or 0) < level:
        return ConditionState.NOT_MET
    return ConditionState.MET if standing.holds(level) else ConditionState.SAID


def worst(states: Iterable[ConditionState]) -> ConditionState:
    found = set(states)
    return next((s for s in WORST_FIRST if s in found), ConditionState.MET)
