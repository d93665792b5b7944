"""Which actions there are: steps of the bank, own ones, done, excluded, assumed, to audit."""

from typing import Any

from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.conditions import WorkflowState
from app.domain.ids import ORGANISATION, ActionId, ActionKey, PersonId, QuestionId, Target
from app.domain.landscape import Lifecycle, Outcome, Workflow
from app.domain.plan.prerequisites import acyclic
from app.domain.plan.results import PinRefusal
from app.domain.planning import ActionNote, OwnAction
from tests.domain.audits import Told, ToldSource, every, golden_cases, shipped
from tests.domain.plan_audits import (
    SETTINGS,
    audit_with,
    by_key,
    changed,
    everything,
    plan_of,
    portfolio,
    portfolio_plan,
)

SMALL = Told(
    answers={
        "RT-01": [(2, "documented")],
        "GOV-02": [("dk", "asserted")],
        "WF-01": [(1, "asserted")],
        "MX-01": [(0, "observed")],
        "CX-01": [(3, "asserted")],
    },
    id="w1",
    platform="p1",
)


def own_action(target: str = "w1", **fields: Any) -> OwnAction:
    made = OwnAction("Our own", Target(target), 1, "Data owner", 3.0, {QuestionId("RT-01"): 3})
    return replace(made, **fields)


def with_own(audit: Audit, **own: OwnAction) -> Audit:
    return replace(audit, own_actions={ActionId(name): action for name, action in own.items()})


def with_note(audit: Audit, key: str, **fields: Any) -> Audit:
    return replace(audit, action_notes={ActionKey(key): ActionNote(**fields)})


def test_g19_actions_say_what_they_assume() -> None:
    wanted = golden_cases()["G19"]["small_actions"]
    plan = plan_of(audit_with(SMALL))
    assert {a.key: list(a.assumes) for a in everything(plan)} == wanted


def test_what_nobody_knows_is_confirmed_first() -> None:
    plan = plan_of(audit_with(SMALL))
    assert plan.confirm_first == ("A-PII/org",)
    assert [a.key for a in everything(plan) if a.confirm_first] == ["A-PII/org"]


def test_nothing_asked_gives_no_action_but_to_audit_the_workflow() -> None:
    asked_elsewhere = Told(
        answers={"GOV-01": [(0, "asserted")], "MX-02": [(0, "asserted")]}, id="w2", platform="p1"
    )
    nobody = plan_of(audit_with(Told(id="w1")))
    assert (everything(nobody), nobody.to_audit) == ((), ("w1",))
    assert nobody.after == {"w1": WorkflowState.NOT_DEFINED}
    inherited = plan_of(audit_with(Told(id="w1", platform="p1"), asked_elsewhere))
    assert inherited.to_audit == ("w1", "w2")
    assert {w for a in everything(inherited) for w in a.workflows} == {"w1", "w2"}


def test_an_audit_without_an_active_workflow_has_an_empty_plan() -> None:
    plan = plan_of(audit_with())
    assert (everything(plan), plan.to_audit, plan.phases, dict(plan.after)) == ((), (), (), {})
    assert [p.misses for p in plan.curve] == [0] * 13
    assert {p.doubt for p in plan.curve} == {None}


def test_sources_nobody_answered_about_change_no_action() -> None:
    sources = (ToldSource("s1"), ToldSource("s2"))
    without, with_ = (
        plan_of(audit_with(SMALL)),
        plan_of(audit_with(replace(SMALL, sources=sources))),
    )
    assert [a.key for a in with_.actions] == [a.key for a in without.actions]


def test_one_action_closes_the_gaps_of_several_questions_and_workflows_once() -> None:
    keys = [a.key for a in everything(portfolio_plan())]
    assert len(keys) == len(set(keys))
    several = [a for a in everything(portfolio_plan()) if len(a.workflows) > 1]
    assert several
    assert all(a.target in (ORGANISATION, "src0", "src1", "src2") for a in several)


def test_excluding_an_action_excludes_what_depends_on_it() -> None:
    plan = portfolio_plan()
    key = next(a.key for a in plan.actions if a.unlocks)
    gone = {key, *by_key(plan)[key].unlocks}
    left = by_key(plan_of(portfolio(), excluded=(key,)))
    assert not gone & left.keys()
    by_id = by_key(plan_of(portfolio(), excluded=("A-OWNER", "A-DECIDE")))
    assert by_id
    assert not {a.action for a in by_id.values()} & {"A-OWNER", "A-DECIDE"}
    assert all("A-OWNER" not in n for a in by_id.values() for n in a.needs)


def test_a_pin_on_something_that_is_not_there_is_refused() -> None:
    pins = {"A-OWNER/w1": 3, "A-NONE/w1": 1, "A-MAP/w1": 99}
    plan = plan_of(portfolio(), pins=pins, excluded=("A-OWNER/w1",))
    assert plan.refused["A-OWNER/w1"] is PinRefusal.UNKNOWN_ACTION
    assert plan.refused["A-NONE/w1"] is PinRefusal.UNKNOWN_ACTION
    kept = plan_of(portfolio(), pins={"A-MAP/w1": 3, "A-OUTCOME/w2": 99})
    assert kept.refused == {"A-OUTCOME/w2": PinRefusal.OUTSIDE}
    assert (by_key(kept)["A-MAP/w1"].month, by_key(kept)["A-MAP/w1"].pinned) == (3, True)


def test_own_effort_and_owner_replace_the_banks() -> None:
    plan = plan_of(with_note(portfolio(), "A-MAP/w1", effort=9.0, owner=PersonId("p1")))
    assert by_key(plan)["A-MAP/w1"].effort == 9.0
    assert by_key(plan)["A-MAP/w1"].owner == "p1"


def test_what_is_done_stays_costs_nothing_and_waits_for_nothing() -> None:
    before = by_key(portfolio_plan())["A-MAP/w2"]
    plan = plan_of(with_note(portfolio(), "A-MAP/w2", done=True))
    after = by_key(plan)["A-MAP/w2"]
    assert (after.done, after.month, after.needs, after.effort) == (True, 1, (), before.effort)
    spent = sum(a.effort for a in plan.actions if not a.done)
    assert spent <= 480.0
    assert len(everything(plan)) == 171


def test_phases_four_and_five_only_where_a_model_of_ones_own_is_a_goal() -> None:
    assert max(a.phase for a in everything(portfolio_plan())) == 3
    plan = plan_of(changed(portfolio(), "w2", own_model_goal=True))
    late = [a for a in everything(plan) if a.phase > 3]
    assert late
    assert {w for a in late for w in a.workflows} == {"w2"}
    assert [(g.phase, g.of) for g in plan.phases] == [(1, 3), (2, 3), (3, 3), (4, 1), (5, 1)]


def test_a_workflow_known_well_enough_is_to_be_decided_about_once() -> None:
    engine, _ = shipped()
    known = Told(answers=every(engine.bank, 3, "documented"), id="w1")
    plan = plan_of(audit_with(known))
    assert [a.key for a in plan.actions if a.action == "A-DECIDE"] == ["A-DECIDE/w1"]
    decided = plan_of(changed(audit_with(known), "w1", outcome=Outcome.PROMOTE))
    assert "A-DECIDE/w1" not in by_key(decided)
    assert "A-DECIDE/w1" not in by_key(plan_of(audit_with(SMALL)))


def test_an_own_action_stands_in_for_the_banks_at_the_same_level() -> None:
    assert "A-STAGEOWN/w1" in by_key(plan_of(audit_with(SMALL)))
    plan = plan_of(with_own(audit_with(SMALL), OWN=own_action()))
    own = by_key(plan)[ActionKey("OWN/w1")]
    assert (own.questions, own.workflows, own.title) == (("RT-01",), ("w1",), "Our own")
    assert own.share > 0
    assert ("w1", "RT-01") in own.conditions_met
    assert by_key(plan)["A-STAGEOWN/w1"].questions == ("MX-01",)


def test_an_own_action_for_a_platform_lifts_every_workflow_on_it() -> None:
    asked = {"MX-02": [(0, "asserted")]}
    told = [Told(answers=asked, id=w, platform="p1") for w in ("w1", "w2")]
    own = own_action("p1", closes={QuestionId("MX-02"): 3})
    found = by_key(plan_of(with_own(audit_with(*told), OWN=own)))
    assert found[ActionKey("OWN/p1")].workflows == ("w1", "w2")


def test_an_own_action_that_closes_nothing_is_planned_and_leaves_with_its_workflow() -> None:
    audit = with_own(audit_with(SMALL), OWN=own_action(closes={QuestionId("SME-01"): 3}))
    assert by_key(plan_of(audit))[ActionKey("OWN/w1")].workflows == ()
    resting = changed(audit, "w1", lifecycle=Lifecycle.PAUSED)
    assert not everything(plan_of(resting))
    late = with_own(audit_with(SMALL), OWN=own_action(phase=4))
    assert "OWN/w1" not in by_key(plan_of(late))


def test_own_actions_wait_for_each_other_but_never_in_a_circle() -> None:
    a, b = ActionKey("A/w1"), ActionKey("B/w1")
    own = {
        "A": own_action(prereqs=(b,)),
        "B": own_action(prereqs=(a, ActionKey("A-OUTCOME/w1"), ActionKey("NONE/w1"))),
    }
    found = by_key(plan_of(with_own(audit_with(SMALL), **own)))
    assert found[a].needs == (b,)
    assert found[b].needs == ("A-OUTCOME/w1",)
    assert acyclic({a: [b], b: [a]}) == {a: (b,)}
    assert acyclic({a: [a]}) == {}


def test_a_scarce_role_spreads_its_actions() -> None:
    role = "Workflow owner"
    plan = plan_of(portfolio(), roles={role: 2.0})
    for month in range(1, 13):
        spent = sum(a.effort for a in plan.actions if a.role == role and (a.month or 0) <= month)
        assert spent <= 2.0 * month + 1e-6
    assert plan.roles == {role: 2.0}


def test_upkeep_is_freed_only_by_pausing_or_stopping() -> None:
    workflow = Workflow("w", lifecycle=Lifecycle.PILOT, upkeep=7.0)
    kept = plan_of(audit_with(replace(SMALL, workflow=workflow)))
    stopped = replace(workflow, outcome=Outcome.STOP)
    freed = plan_of(audit_with(replace(SMALL, workflow=stopped)))
    assert (kept.capacity, freed.capacity) == (SETTINGS.capacity, SETTINGS.capacity + 7.0)
    assert not everything(freed)
