"""The golden plan: three workflows on two platforms, the first live; 40 days a month, a year."""

import json

import pytest
from msgspec.structs import replace

from app.domain.conditions import WorkflowState
from app.domain.gaps import gaps
from app.domain.ids import WorkflowId
from app.domain.landscape import Outcome
from app.domain.plan.gates import exit_part
from app.domain.plan.options import plan_options, starting_rates_with_plan
from app.domain.plan.planner import arrange, make_plan
from app.domain.plan.results import BenefitUnit
from app.domain.plan.subjects import subjects
from app.domain.replies import active_cases
from app.domain.risk.engine import controls, score
from app.domain.risk.results import Span
from tests.domain.audits import TODAY, golden_cases, shipped
from tests.domain.plan_audits import (
    changed,
    conditions_met,
    everything,
    plan_of,
    portfolio,
    portfolio_plan,
)
from tests.domain.plan_oracle import BOUNDS, area, by_benefit_alone

STATES = {
    WorkflowState.LIVE_WITHOUT_COVER: "Live without cover",
    WorkflowState.MAY_GO_LIVE: "May go live",
    WorkflowState.MAY_BUILD: "May build",
    WorkflowState.NOT_DEFINED: "Not defined",
}
ENDS = ["Live without cover", "May build", "May build"]


def test_g14_actions_and_days() -> None:
    golden, plan = golden_cases()["G14"], portfolio_plan()
    assert len(everything(plan)) == golden["actions"] == 171
    assert sum(a.effort for a in everything(plan)) == golden["days"] == 878.5
    assert (len(plan.actions), len(plan.later)) == (golden["in_horizon"], golden["later"])
    assert plan.unit is BenefitUnit.MONEY


def test_g14_effect_at_the_end_of_the_horizon() -> None:
    golden, plan = golden_cases()["G14"], portfolio_plan()
    by_month = golden["value_in_doubt_by_month"]
    assert [round(plan.curve[m].doubt or 0) for m in (0, 12)] == [by_month[0], by_month[12]]
    assert len(conditions_met(plan)) == golden["conditions_met_by_plan"] == 20
    assert [STATES[plan.after[w]] for w in sorted(plan.after)] == golden["states_after"] == ENDS


def test_g14_hazard_when_everything_is_done() -> None:
    """A plan without a horizon: the chances with every action done, planned levels documented."""
    golden = golden_cases()["G14"]
    plan = plan_of(portfolio(), capacity=1000.0)
    assert not plan.later
    assert round(plan.curve[-1].misses, 3) == round(sum(golden["P_all_done"]), 3)
    effect = (plan.curve[0].doubt or 0) - (plan.curve[-1].doubt or 0)
    assert round(effect) == golden["total_effect"]


def test_g14_by_benefit_alone_meets_fewer_conditions() -> None:
    golden = golden_cases()["G14"]["by_benefit_alone"]
    plan = plan_of(portfolio(), cover_first=False)
    assert len(plan.actions) == golden["in_horizon"]
    assert round(plan.curve[-1].doubt or 0) == golden["value_in_doubt_12"]
    assert len(conditions_met(plan)) == golden["conditions_met"] == 12


def test_g14_decisions_stand_in_month_one() -> None:
    decisions = [a for a in portfolio_plan().actions if a.action == "A-DECIDE"]
    assert [(a.target, a.month) for a in decisions] == [("w1", 1), ("w2", 1), ("w3", 1)]


@pytest.mark.parametrize("phase", [2, 3, 4])
def test_g14_has_no_month_in_which_the_plan_has_done_its_part_for_these_phases(phase: int) -> None:
    engine, _ = shipped()
    audit = portfolio()
    active = subjects(engine, audit, TODAY)
    plan = arrange(engine, audit, active, audit.plan)
    assert golden_cases()["G14"]["exit_months"][str(phase)] is None
    assert any(exit_part(audit, phase, subject, plan).open for subject in active)


def test_g14_the_first_phase_needs_what_its_entry_questions_need_and_no_more() -> None:
    """CX-02 is an entry question from level 2; its action to level 3 is not waited for."""
    gates = {g.phase: g for g in portfolio_plan().phases}
    assert gates.keys() == {1, 2, 3}
    assert gates[1].gate_month == 6
    assert (gates[1].through, gates[1].of) == (0, 3)
    assert gates[2].entry == gates[1].exit
    assert "stage_owners" in gates[1].exit
    assert "conditions" in gates[2].exit


def test_g18_the_plan_is_the_same_at_every_starting_rate() -> None:
    engine, draws = shipped()
    golden = golden_cases()["G18"]
    found = starting_rates_with_plan(engine, draws, portfolio(), TODAY, portfolio_plan())
    assert (found.actions, found.same_order, found.of) == (91, True, 3)
    for row, wanted in zip(found.rows, golden["rows"], strict=True):
        assert row.rate == wanted["rate"]
        assert (round(row.today, 4), round(row.after, 4)) == (wanted["today"], wanted["after"])
        assert [row.low, row.high] == wanted["today_range"]
        assert [row.after_low, row.after_high] == wanted["after_range"]
        assert row.same_actions == wanted["same_actions"] == 91


@pytest.mark.parametrize("rate", [0.3, 0.5, 0.6])
def test_g18_a_plan_made_at_another_rate_has_the_same_actions(rate: float) -> None:
    engine, draws = shipped()
    plan = make_plan(engine, draws, portfolio(), TODAY, h0=engine.at_rate(rate).h0)
    today = next(r for r in golden_cases()["G18"]["rows"] if r["rate"] == rate)["today"]
    assert {a.key for a in plan.actions} == {a.key for a in portfolio_plan().actions}
    assert round(plan.curve[0].misses, 4) == today


def test_g27_options() -> None:
    engine, draws = shipped()
    found = plan_options(engine, draws, portfolio(), TODAY)
    assert [o.kind.value for o in found[:4]] == ["A", "B", "C", "D"]
    for option in found[:4]:
        wanted = golden_cases()["G27"][option.kind.value]
        assert (option.days, option.cost) == (wanted["days"], wanted["cost"])
        assert option.later_days == wanted["later_days"]
        assert round(option.doubt or 0, 2) == wanted["after"]
        assert {STATES[s]: n for s, n in option.states.items()} == wanted["states"]
    assert found[3].misses_range == portfolio_plan().curve[-1].range
    assert not any(o.differs for o in found)


def test_g31_pausing_a_workflow_takes_its_actions_out_and_frees_its_days() -> None:
    golden = golden_cases()["G31"]
    audit = changed(portfolio(), "w2", outcome=Outcome.PAUSE, upkeep=10.0)
    plan = plan_of(audit)
    assert len(everything(plan)) == golden["actions"] == 119
    assert plan.capacity == golden["capacity"] == 50.0
    assert round(plan.curve[-1].doubt or 0) == golden["value_in_doubt_12"]
    assert len(gaps(audit, active_cases(audit, TODAY))) == golden["gaps"]
    assert "w2" not in plan.after
    assert all("w2" not in a.workflows and a.target != "w2" for a in everything(plan))


def test_g33_one_workflow_without_a_value_makes_the_unit_misses() -> None:
    golden = golden_cases()["G33"]
    audit = replace(
        portfolio(), workflows={w: portfolio().workflows[WorkflowId(w)] for w in ("w1", "w2")}
    )
    plan = plan_of(changed(audit, "w2", yearly_benefit=None))
    assert plan.unit is BenefitUnit.MISSES
    assert round(plan.curve[0].doubt or 0, 4) == round(golden["doubt"]["amount"], 4)


def test_the_curve_starts_at_todays_portfolio_and_ends_at_the_rescored_one() -> None:
    engine, _ = shipped()
    plan = portfolio_plan()
    golden = golden_cases()["G18"]["rows"][2]
    today = [score(engine, controls(engine, c)).risk for c in active_cases(portfolio(), TODAY)]
    assert abs(plan.curve[0].misses - sum(today)) < 1e-9
    assert round(plan.curve[-1].misses, 4) == golden["after"]
    assert plan.curve[0].range == Span(*golden["today_range"])
    assert plan.curve[-1].range == Span(*golden["after_range"])


@pytest.mark.parametrize("kept", json.loads(BOUNDS.read_text("utf-8")), ids=str)
def test_the_plan_is_within_two_percent_of_the_bound_of_an_exact_solver(
    kept: dict[str, float],
) -> None:
    capacity, months = kept["capacity"], int(kept["months"])
    plan = by_benefit_alone(portfolio(), capacity, months)
    reached = area(plan.net, plan.months, months) / kept["bound"]
    assert 0.98 <= reached <= 1 + 1e-6
