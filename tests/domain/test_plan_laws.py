"""Laws of the plan: benefits sum, the curve falls, effects equal what a new score would say."""

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.conditions import conditions
from app.domain.ids import ActionId, ActionKey, QuestionId, Target, WorkflowId
from app.domain.plan.planner import arrange
from app.domain.plan.results import Plan
from app.domain.plan.schedule import benefits
from app.domain.plan.subjects import subjects
from app.domain.planning import ActionNote, OwnAction, PlanSettings
from app.domain.replies import active_cases, reached
from app.domain.risk.engine import controls, score
from tests.domain.audits import TODAY, Told, shipped
from tests.domain.plan_audits import (
    audit_with,
    changed,
    conditions_met,
    everything,
    plan_of,
    portfolio,
    portfolio_plan,
)

GRADES = ("asserted", "explained", "documented", "observed")


def rescored(audit: Audit, plan: Plan) -> list[tuple[WorkflowId, float, Any]]:
    """Chance and state of each workflow scored anew with the levels the plan reaches."""
    engine, _ = shipped()
    found = []
    for case in active_cases(audit, TODAY):
        levels: dict[tuple[QuestionId, Target], int] = {
            (q, t): level for (w, q, t), level in plan.planned_levels.items() if w == case.id
        }
        then = reached(case, levels)
        state = conditions(engine.bank, then).state(live=case.workflow.is_live)
        found.append((case.id, score(engine, controls(engine, then)).risk, state))
    return found


@st.composite
def small_audits(draw: st.DrawFn) -> Audit:
    """One to three workflows with some answers each, on one platform or on none."""
    engine, _ = shipped()
    names = [q.id for q in engine.bank.questions if not q.ask_if]
    reply = st.tuples(st.sampled_from([0, 1, 2, 3, 4, "dk", "na"]), st.sampled_from(GRADES))
    answers = st.dictionaries(st.sampled_from(names), reply.map(lambda r: [r]), max_size=25)
    told = [
        Told(answers=draw(answers), id=f"w{n}", platform=draw(st.sampled_from(["", "p1"])))
        for n in range(draw(st.integers(1, 3)))
    ]
    capacity = draw(st.sampled_from([0.0, 5.0, 20.0, 100.0]))
    closes = draw(st.dictionaries(st.sampled_from(names), st.integers(1, 4), max_size=6))
    own = OwnAction("Own", Target(draw(st.sampled_from(["w0", "p1", "org"]))), 1, "", 2.0, closes)
    return audit_with(
        *told,
        plan=PlanSettings(capacity=capacity, months=6),
        own_actions={ActionId("OWN"): own},
        action_notes={ActionKey("A-OWNER/w0"): ActionNote(done=draw(st.booleans()))},
    )


@settings(max_examples=60)
@given(small_audits(), st.data())
def test_any_plan_holds_precedence_capacity_curve_and_effects(
    audit: Audit, data: st.DataObject
) -> None:
    keys = [a.key for a in everything(plan_of(audit))]
    pins = data.draw(
        st.dictionaries(st.sampled_from(keys), st.integers(0, 7), max_size=3)
        if keys
        else st.just({})
    )
    plan = plan_of(audit, pins=pins)
    months = {a.key: a.month or 0 for a in plan.actions}
    assert all(n in months and months[n] <= months[a.key] for a in plan.actions for n in a.needs)
    for month in range(1, 7):
        spent = sum(a.effort for a in plan.actions if not a.done and months[a.key] <= month)
        assert spent <= plan.capacity * month + 1e-6
    assert all(k in plan.refused or months[k] == m for k, m in pins.items())
    assert sorted(keys) == sorted(a.key for a in everything(plan))
    assert all(x.misses >= y.misses - 1e-9 for x, y in pairwise(plan.curve))
    found = rescored(audit, plan)
    assert abs(plan.curve[-1].misses - sum(risk for _, risk, _ in found)) < 1e-9
    assert {w: state for w, _, state in found} == plan.after
    total = sum(a.share for a in plan.actions)
    assert all(a.share >= 0 for a in plan.actions)
    assert math.isclose(total, 1.0) or total == 0.0


@pytest.mark.parametrize("scale", [0.2, 1.0, 1.5])
def test_benefits_are_never_negative_and_sum_to_the_fall(scale: float) -> None:
    engine, _ = shipped()
    audit = portfolio()
    active = subjects(engine, audit, TODAY)
    plan = arrange(engine, audit, active, audit.plan)
    found = benefits(plan.candidates, active, scale)
    fall = 0.0
    for s in active:
        gone = sum(c.fall for x in plan.candidates for c in x.closings if c.workflow == s.id)
        then = scale * (s.score.hazard - gone)
        fall += (s.value or 0.0) * (math.exp(-then) - math.exp(-scale * s.score.hazard))
    assert min(found) >= 0
    assert math.isclose(sum(found), fall, rel_tol=1e-9)


def test_the_golden_plan_ends_at_the_rescored_portfolio() -> None:
    plan = portfolio_plan()
    found = rescored(portfolio(), plan)
    value = {w: r.yearly_benefit or 0.0 for w, r in portfolio().workflows.items()}
    assert abs((plan.curve[-1].doubt or 0) - sum(value[w] * p for w, p, _ in found)) < 1e-3
    assert {w: state for w, _, state in found} == plan.after
    falls = [p.doubt or 0.0 for p in plan.curve]
    assert all(x >= y - 1e-6 for x, y in pairwise(falls))
    assert math.isclose(sum(a.share for a in plan.actions), 1.0)


def test_conditions_met_are_those_that_hold_afterwards_and_did_not_before() -> None:
    engine, _ = shipped()
    plan = portfolio_plan()
    wanted = set()
    for case in active_cases(portfolio(), TODAY):
        levels = {(q, t): n for (w, q, t), n in plan.planned_levels.items() if w == case.id}
        before = conditions(engine.bank, case).golive
        after = conditions(engine.bank, reached(case, levels)).golive
        wanted |= {(case.id, q) for q in after if after[q].is_held and not before[q].is_held}
    assert set(conditions_met(plan)) == wanted
    assert len(conditions_met(plan)) == len(wanted)


def test_states_move_in_plan_order_to_where_the_plan_ends() -> None:
    plan = portfolio_plan()
    last = {w: state for a in plan.actions for w, state in a.moves.items()}
    assert last
    assert all(plan.after[w] is state for w, state in last.items())


def test_unlocks_are_the_actions_of_the_horizon_that_wait() -> None:
    plan = portfolio_plan()
    months = {a.key: a.month or 0 for a in plan.actions}
    for action in plan.actions:
        assert all(months[k] >= months[action.key] for k in action.unlocks)
        direct = {a.key for a in plan.actions if action.key in a.needs}
        assert direct <= set(action.unlocks)


def test_quick_wins_are_small_with_everything_they_need() -> None:
    plan = portfolio_plan()
    found = {a.key: a for a in plan.actions}
    assert plan.quick_wins

    def closure(key: ActionKey) -> set[ActionKey]:
        return {key}.union(*(closure(n) for n in found[key].needs))

    assert all(sum(found[k].effort for k in closure(key)) <= 5 for key in plan.quick_wins)


def test_more_capacity_leaves_no_more_for_later() -> None:
    later = [len(plan_of(portfolio(), capacity=k).later) for k in (20.0, 40.0, 60.0, 80.0)]
    assert later == sorted(later, reverse=True)


def test_the_order_of_mappings_changes_nothing() -> None:
    def turned(mapping: Any) -> dict[Any, Any]:
        return dict(reversed(mapping.items()))

    audit = portfolio()
    fields = ("workflows", "answers", "links", "sources", "platforms")
    other = replace(audit, **{name: turned(getattr(audit, name)) for name in fields})
    assert plan_of(other) == portfolio_plan()


def test_pausing_a_workflow_leaves_the_others_chances_as_they_are() -> None:
    paused = changed(portfolio(), "w2", in_scope=False)
    alone = plan_of(paused)
    assert all("w2" not in a.workflows for a in everything(alone))
    risk = {s.id: s.score.risk for s in subjects(shipped()[0], portfolio(), TODAY)}
    assert math.isclose(alone.curve[0].misses, risk[WorkflowId("w1")] + risk[WorkflowId("w3")])
