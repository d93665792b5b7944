"""The keys of `plan --json`, exactly as the contract names them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from app.commands.naming import person_name
from app.domain.audit import Audit
from app.domain.ids import WorkflowId
from app.domain.plan.results import MonthPoint, PhaseGate, Plan, PlannedAction, PlanOption
from app.words import Words

AUDIT = "AUDIT"


def plan_json(
    audit: Audit, words: Words, plan: Plan, options: Sequence[PlanOption], start: dt.date
) -> dict[str, Any]:
    """Months count from 1; `start` is the first day of month 1."""
    return {
        "actions": [_action(audit, a) for a in plan.actions],
        "later": [
            *(_action(audit, a) for a in plan.later),
            *(_to_audit(words, workflow) for workflow in plan.to_audit),
        ],
        "curve": [_point(p) for p in plan.curve],
        "phases": [_gate(words, gate) for gate in plan.phases],
        "options": [_option(words, option) for option in options],
        "capacity": {
            "per_month": plan.capacity,
            "roles": dict(plan.roles),
            "start": start.isoformat(),
            "months": plan.months,
        },
    }


def _action(audit: Audit, action: PlannedAction) -> dict[str, Any]:
    return {
        "key": action.key,
        "action": action.action,
        "target": action.target,
        "title": action.title,
        "phase": action.phase,
        "role": action.role,
        "owner": person_name(audit, action.owner),
        "effort": action.effort,
        "month": action.month,
        "pinned": action.pinned,
        "confirm_first": action.confirm_first,
        "unlocks": list(action.unlocks),
        "share": action.share,
        "needs": list(action.needs),
    }


def _to_audit(words: Words, workflow: WorkflowId) -> dict[str, Any]:
    """The one thing to do about a workflow nobody was asked about: no month, no effort."""
    return {
        "key": f"{AUDIT}/{workflow}",
        "action": AUDIT,
        "target": workflow,
        "title": words("plan.audit_this_workflow"),
        "phase": 1,
        "role": None,
        "owner": None,
        "effort": None,
        "month": None,
        "pinned": False,
        "confirm_first": False,
        "unlocks": [],
        "share": 0.0,
        "needs": [],
    }


def _point(point: MonthPoint) -> dict[str, Any]:
    return {
        "month": point.month,
        "misses": point.misses,
        "range": [point.range.low, point.range.high],
    }


def _gate(words: Words, gate: PhaseGate) -> dict[str, Any]:
    return {
        "phase": gate.phase,
        "state": words(f"condition.{gate.state}"),
        "entry": list(gate.entry),
        "exit": list(gate.exit),
        "gate_month": gate.gate_month,
        "no_gate": gate.why,
        "reached": gate.reached,
        "not_asked": gate.not_asked,
    }


def _option(words: Words, option: PlanOption) -> dict[str, Any]:
    return {
        "option": option.kind,
        "days": option.days,
        "cost": option.cost,
        "later_days": option.later_days,
        "misses": option.misses,
        "misses_range": [option.misses_range.low, option.misses_range.high],
        "benefit_in_doubt": option.doubt,
        "states": {words(f"state.{state}"): n for state, n in option.states.items()},
        "conditions_met": option.conditions_met,
        "differs": option.differs,
        "capacity": option.capacity,
        "same_as": option.same_as,
    }
