"""Plans for tests: the golden portfolio under given settings, and small audits by hand."""

from functools import cache
from typing import Any

from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.ids import ActionKey, QuestionId, WorkflowId
from app.domain.landscape import Organisation
from app.domain.plan.planner import make_plan
from app.domain.plan.results import Plan, PlannedAction
from app.domain.planning import PlanSettings
from tests.domain.audits import TODAY, Told, audit_of, golden_portfolio, shipped

SETTINGS = PlanSettings(capacity=40.0, months=12)


@cache
def portfolio() -> Audit:
    """The golden portfolio with a day rate of 900 and the room's own rate of six of ten."""
    engine, _ = shipped()
    audit = golden_portfolio(engine.bank, engine.reference)
    return replace(audit, plan=SETTINGS, organisation=Organisation(day_rate=900.0, own_rate=0.6))


@cache
def portfolio_plan() -> Plan:
    return plan_of(portfolio())


def plan_of(audit: Audit, **settings: Any) -> Plan:
    engine, draws = shipped()
    return make_plan(engine, draws, audit, TODAY, settings=replace(audit.plan, **settings))


def audit_with(*told: Told, **fields: Any) -> Audit:
    engine, _ = shipped()
    audit = audit_of(engine.bank, engine.reference, *told)
    return replace(audit, **{"plan": SETTINGS, **fields})


def changed(audit: Audit, workflow: str, **fields: Any) -> Audit:
    """The audit with some fields of one workflow set."""
    record = replace(audit.workflows[WorkflowId(workflow)], **fields)
    return replace(audit, workflows={**audit.workflows, WorkflowId(workflow): record})


def everything(plan: Plan) -> tuple[PlannedAction, ...]:
    return (*plan.actions, *plan.later)


def by_key(plan: Plan) -> dict[ActionKey, PlannedAction]:
    return {a.key: a for a in everything(plan)}


def conditions_met(plan: Plan) -> list[tuple[WorkflowId, QuestionId]]:
    return [met for a in plan.actions for met in a.conditions_met]
