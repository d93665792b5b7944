"""The keys of `score --json`, exactly as the contract names them."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.audit import Audit
from app.domain.conditions import ConditionState, WorkflowState
from app.domain.risk.results import (
    ConditionCount,
    Doubt,
    Estimate,
    Portfolio,
    Relative,
    Span,
    StartingRates,
    StateCount,
)
from app.words import Words

NONE: Mapping[str, Any] = {
    "risk": None,
    "range": None,
    "full_range": None,
    "relative": None,
    "starting_rates": [],
    "states": {},
    "conditions": {},
    "categories": None,
    "coverage": None,
    "missing_middle": None,
    "stages_missing": None,
    "load_at_risk": None,
    "benefit_in_doubt": None,
}


def without_workflows(words: Words) -> dict[str, Any]:
    """An audit without a workflow has no risk, and says so; never a zero."""
    return {**NONE, "reason": words("reason.no_workflow"), "workflows": []}


def portfolio_json(
    audit: Audit, words: Words, found: Portfolio, rates: StartingRates
) -> dict[str, Any]:
    """The portfolio's own keys; `workflows` is added by the caller."""
    return {
        **_figures(audit, words, found, rates),
        "states": {words(f"state.{state}"): _state(count) for state, count in found.states.items()},
        "conditions": {q: _condition(count) for q, count in found.conditions.items()},
        "reason": None,
    }


def workflow_json(
    audit: Audit, words: Words, found: Estimate, rates: StartingRates
) -> dict[str, Any]:
    """The same keys for one workflow, with its id, name and state."""
    record = audit.workflows[found.id]
    benefit = record.yearly_benefit or 0.0
    return {
        "id": found.id,
        "name": record.name,
        "state": words(f"state.{found.state}"),
        **_figures(audit, words, found, rates),
        "states": {
            words(f"state.{state}"): {
                "workflows": int(state is found.state),
                "benefit": benefit if state is found.state else 0.0,
            }
            for state in WorkflowState
        },
        "conditions": {q: _condition(_count(s)) for q, s in found.conditions.golive.items()},
        "reason": withheld_sentence(words, found),
    }


def withheld_sentence(words: Words, found: Estimate) -> str | None:
    """Why the estimate is not to be shown although it is computed; None where it may be."""
    if found.withheld is None:
        return None
    # Rounded down: "50% answered" would contradict that 50% is enough.
    answered = words("format.percent", value=int(100 * found.coverage.weight))
    return words(f"withheld.{found.withheld}", answered=answered)


def _figures(
    audit: Audit, words: Words, found: Portfolio | Estimate, rates: StartingRates
) -> dict[str, Any]:
    stages = found.stages
    return {
        "risk": found.risk,
        "range": _span(found.range),
        "full_range": _span(found.full_range),
        "relative": _relative(words, found.relative),
        "starting_rates": _rates(rates),
        "states": {},
        "conditions": {},
        "categories": dict(found.categories),
        "coverage": found.coverage,
        "missing_middle": found.missing_middle,
        "stages_missing": {
            "missing": stages.missing,
            "unknown": stages.unknown,
            "of": stages.of,
        },
        "load_at_risk": {"missing": stages.load_missing, "unknown": stages.load_unknown},
        "benefit_in_doubt": _doubt(audit, found.doubt),
    }


def _span(span: Span) -> Sequence[float]:
    return [span.low, span.high]


def _relative(words: Words, relative: Relative) -> Mapping[str, Any]:
    return {
        "value": relative.value,
        "low": relative.low,
        "high": relative.high,
        "words": words(f"relative.{relative.word}"),
    }


def _rates(rates: StartingRates) -> Sequence[Mapping[str, float]]:
    return [
        {"rate": r.rate, "today": r.today, "low": r.low, "high": r.high, "after": r.after}
        for r in rates.rows
    ]


def _state(count: StateCount) -> Mapping[str, float]:
    return {"workflows": count.workflows, "benefit": count.benefit}


def _condition(count: ConditionCount) -> Mapping[str, int]:
    return {
        "met": count.met,
        "said": count.said,
        "not_met": count.not_met,
        "not_known": count.not_known,
        "not_asked": count.not_asked,
    }


def _count(state: ConditionState) -> ConditionCount:
    """One workflow's state of a condition, counted like a portfolio of one."""
    if state.is_held:
        return ConditionCount(met=1)
    if state is ConditionState.SAID:
        return ConditionCount(said=1)
    if state is ConditionState.NOT_MET:
        return ConditionCount(not_met=1)
    if state is ConditionState.UNKNOWN:
        return ConditionCount(unknown=1)
    return ConditionCount(not_asked=1)


def _doubt(audit: Audit, doubt: Doubt | None) -> Mapping[str, Any] | None:
    if doubt is None:
        return None
    return {
        "amount": doubt.amount,
        "low": doubt.low,
        "high": doubt.high,
        "currency": audit.organisation.currency,
        "valued": doubt.valued,
        "of": doubt.of,
    }
