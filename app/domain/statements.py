"""Statements derived from conditions: phase exits, the wrapper test, the capability fallacy."""

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.bank import Bank
from app.domain.conditions import (
    ConditionState,
    condition,
    conditions,
    standing_state,
    worst,
)
from app.domain.ids import NOBODY, QuestionId, WorkflowId
from app.domain.landscape import StageRecord, Workflow
from app.domain.replies import Case

STAGE_OWNERS = "stage_owners"
CONDITIONS = "conditions"
CUSTOM_MODEL = "custom_model"
"""Exit criteria that are computed from the record, beside the questions the bank names."""


def phase_exits(audit: Audit, case: Case) -> Mapping[int, ConditionState]:
    """Phase 1 to 5 to the state of its exit: the worst of its criteria."""
    return {
        int(phase): worst(exit_criteria(audit, case, int(phase)).values())
        for phase in sorted(audit.bank.exits)
    }


def exit_criteria(audit: Audit, case: Case, phase: int) -> Mapping[str, ConditionState]:
    """Question id or computed criterion to its state. Source: scoring.md 2.14."""
    asked = {str(q): condition(case, q) for q in audit.bank.exits.get(str(phase), ())}
    met = conditions(audit.bank, case)
    match phase:
        case 1:
            entry = {str(q): state for q, state in met.entry.items()}
            return {**entry, **asked, STAGE_OWNERS: stage_owners(audit, case.id)}
        case 2:
            return {**asked, CONDITIONS: worst(met.golive.values())}
        case 4:
            return {**asked, CUSTOM_MODEL: _custom_model(case.workflow)}
        case _:
            return asked


def entry_criteria(audit: Audit, case: Case, phase: int) -> Mapping[str, ConditionState]:
    """Entry of a phase is the exit of the one before; phase 1 is always open."""
    return exit_criteria(audit, case, phase - 1)


def stage_owners(audit: Audit, workflow: WorkflowId) -> ConditionState:
    """Every stage has an owner on record; nobody owning one is established and not met."""
    records = audit.stages.get(workflow, {})
    owners = [records.get(s.id, StageRecord()).owner for s in audit.bank.stages]
    if NOBODY in owners:
        return ConditionState.NOT_MET
    return ConditionState.NOT_ASKED if None in owners else ConditionState.MET


def _custom_model(workflow: Workflow) -> ConditionState:
    if workflow.custom_model is None:
        return ConditionState.NOT_ASKED
    return ConditionState.MET if workflow.custom_model else ConditionState.NOT_MET


class WrapperVerdict(StrEnum):
    WRAPPER = "wrapper"
    PARTLY = "partly"
    ORCHESTRATED = "orchestrated"


class WrapperTest(Struct, frozen=True):
    """Five answers, None where not known, and every verdict they allow."""

    answers: Mapping[str, bool | None]
    verdicts: tuple[WrapperVerdict, ...]


INTENT = QuestionId("IP-02")
CONTEXT = QuestionId("CX-02")
FRESHNESS = QuestionId("SRC-02")
PRECEDENCE = QuestionId("SRC-08")
POLICY = QuestionId("GOV-03")
TELEMETRY = QuestionId("TC-02")
WRAPPER_BASIS: Mapping[str, tuple[QuestionId, ...]] = {
    "intent": (INTENT,),
    "context": (CONTEXT, FRESHNESS, PRECEDENCE),
    "policy": (POLICY,),
    "telemetry": (TELEMETRY,),
    "state": (),
}
"""What each of the five answers rests on; state rests on the workflow's own `keeps_state`."""
SOUND = 3
SEVERAL = 2
"""Sources that make the context more than one document."""


def wrapper_test(case: Case) -> WrapperTest:
    """Intent, context, policy, telemetry and state. Source: scoring.md 2.14."""
    answers = {
        "intent": _yes(case, INTENT),
        "context": _all((_yes(case, CONTEXT), _several_sources(case))),
        "policy": _yes(case, POLICY),
        "telemetry": _yes(case, TELEMETRY),
        "state": case.workflow.keeps_state,
    }
    replies = list(answers.values())
    least, open_ = replies.count(True), replies.count(None)
    allowed = [_verdict(n) for n in range(least, least + open_ + 1)]
    return WrapperTest(answers, tuple(dict.fromkeys(allowed)))


def _verdict(yes: int) -> WrapperVerdict:
    if yes == 5:
        return WrapperVerdict.ORCHESTRATED
    return WrapperVerdict.WRAPPER if yes <= 1 else WrapperVerdict.PARTLY


def _yes(case: Case, question: QuestionId) -> bool | None:
    """What was said and not shown is not known."""
    state = condition(case, question)
    if state.is_held:
        return True
    return False if state is ConditionState.NOT_MET else None


def _all(parts: Sequence[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _several_sources(case: Case) -> bool | None:
    """Two sources kept fresh, or established that there is only one to keep."""
    if condition(case, PRECEDENCE) is ConditionState.NOT_APPLICABLE:
        return True
    # An answer given before its sources were registered is one answer, however many share it.
    sources = list({s.target: s for s in case.of(FRESHNESS) if s.source is not None}.values())
    states = [standing_state(s, SOUND) for s in sources]
    if sum(state.is_held for state in states) >= SEVERAL:
        return True
    possible = sum(state is not ConditionState.NOT_MET for state in states)
    return False if sources and possible < SEVERAL else None


class Fallacy(StrEnum):
    """A bigger model was bought while routing, context or rules were not defined."""

    YES = "yes"
    NO = "no"
    CANNOT_SAY = "cannot_say"


class FallacyGround(Struct, frozen=True):
    """What a verdict on one upgrade rests on."""

    verdict: Fallacy
    judged: dt.date | None
    """Day of the moment looked at; None for the record as it is now."""
    entry: Mapping[QuestionId, ConditionState]
    """Every entry question at that moment."""


def fallacy_ground(
    bank: Bank, bought: dt.date, past: Sequence[tuple[dt.date, Case]], now: Case
) -> FallacyGround:
    """Judged by the entry questions on the day nearest the upgrade. Source: scoring.md 2.14."""
    by_date = sorted(past, key=lambda moment: moment[0])
    nearest = min(by_date, key=lambda m: abs((m[0] - bought).days), default=None)
    entry = conditions(bank, nearest[1] if nearest else now).entry
    states = set(entry.values())
    verdict = Fallacy.CANNOT_SAY if ConditionState.NOT_ASKED in states else Fallacy.NO
    if states & {ConditionState.NOT_MET, ConditionState.UNKNOWN}:
        verdict = Fallacy.YES
    return FallacyGround(verdict, nearest[0] if nearest else None, entry)


def capability_fallacy(
    bank: Bank, bought: dt.date, past: Sequence[tuple[dt.date, Case]], now: Case
) -> Fallacy:
    """Whether it was bought while an entry question was not met or unknown."""
    return fallacy_ground(bank, bought, past, now).verdict
