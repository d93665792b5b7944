"""Coverage, withheld figures, closing gaps, portfolio and the reference set's contradictions."""

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from app.domain.conditions import WorkflowState, conditions, golive_questions
from app.domain.gaps import gap_key, gaps
from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.landscape import Lifecycle, Outcome
from app.domain.replies import active_cases
from app.domain.risk.closing import effect_of_closing
from app.domain.risk.coverage import withheld
from app.domain.risk.engine import controls, logmean, prepare, score
from app.domain.risk.portfolio import portfolio
from app.domain.risk.relative import compared, percent, printed
from app.domain.risk.results import Compared, Span, Withheld
from app.domain.risk.value import value_view
from app.errors import EditError
from tests.domain.assessments import assessment, seeds
from tests.domain.audits import TODAY, Told, audit_of, case_of, every, golden_portfolio, shipped
from tests.domain.golden import appraised, bank, documented, reference


@pytest.mark.parametrize(
    ("relative", "word"),
    [
        (0.49, Compared.CLEARLY_BETTER),
        (0.5, Compared.BETTER),
        (0.8, Compared.TYPICAL),
        (1.2, Compared.TYPICAL),
        (1.21, Compared.WORSE),
    ],
)
def test_words_for_relative_hazard(relative: float, word: Compared) -> None:
    assert compared(relative) is word


def test_printing_stays_between_nothing_and_everything() -> None:
    shown = printed(0.97, Span(0.96, 0.99))
    assert (shown.risk, shown.low, shown.high) == (97, 92, 100)
    assert percent(0.125) == 13


def test_logmean_of_equal_numbers_is_their_limit() -> None:
    assert logmean(0.3, 0.3) == 0.3
    for apart in (1e-6, 1e-9, 1e-14, 1e-16):
        assert logmean(0.3, 0.3 + apart) == pytest.approx(0.3 + apart / 2, abs=1e-12)
    assert logmean(0.2, 0.6) == pytest.approx(0.4 / math.log(3))


@pytest.mark.parametrize(
    ("lifecycle", "go_live", "weight", "reason"),
    [
        (Lifecycle.PRODUCTION, dt.date(2025, 5, 31), 0.9, Withheld.IN_USE_OVER_A_YEAR),
        (Lifecycle.PRODUCTION, dt.date(2025, 6, 1), 0.9, None),
        (Lifecycle.PILOT, dt.date(2020, 1, 1), 0.9, None),
        (Lifecycle.PRODUCTION, None, 0.9, None),
        (Lifecycle.PILOT, None, 0.49, Withheld.TOO_LITTLE_KNOWN),
        (Lifecycle.PILOT, None, 0.5, None),
    ],
)
def test_withheld(
    lifecycle: Lifecycle, go_live: dt.date | None, weight: float, reason: Withheld | None
) -> None:
    workflow = replace(Told().workflow, lifecycle=lifecycle, go_live=go_live)
    assert withheld(workflow, weight, TODAY) is reason


def test_waived_is_the_weight_people_marked_not_applicable() -> None:
    everything = every(bank(), 2)
    adoption = {q.id for q in bank().questions if q.category == "adoption"}
    told = Told({q: [("na", "observed")] if q in adoption else v for q, v in everything.items()})
    result, _ = appraised(told, shipped())
    assert result.waived == pytest.approx(0.2, abs=1e-12)
    assert result.coverage.weight == pytest.approx(1.0, abs=1e-12)


def test_break_even_needs_a_benefit() -> None:
    workflow = replace(Told().workflow, yearly_benefit=0.0, cost=10.0)
    found = value_view(workflow, 0.5, Span(0.4, 0.6))
    assert found is not None
    assert found.break_even is None
    assert found.expected_net == -10
    assert value_view(replace(workflow, yearly_benefit=None), 0.5, Span(0.4, 0.6)) is None


def test_a_rate_moves_the_hazard_and_not_the_relative() -> None:
    engine, _ = shipped()
    _, found = case_of(bank(), reference(), assessment(3))
    other = engine.at_rate(0.3)
    usual, rare = (score(e, controls(e, found)) for e in (engine, other))
    assert rare.relative == pytest.approx(usual.relative, abs=1e-12)
    assert rare.risk < usual.risk
    nothing = case_of(bank(), reference(), Told())[1]
    assert score(other, controls(other, nothing)).risk == pytest.approx(0.3, abs=1e-12)


@pytest.mark.parametrize(
    "broken",
    [
        {"base_rate": 0.5},
        {"upper_levels": (0.6, 0.3, 0.1)},
        {"shares": {"capability": 1.0}},
    ],
)
def test_a_contradictory_reference_set_is_refused(broken: dict) -> None:
    with pytest.raises(EditError):
        prepare(bank(), replace(reference(), **broken))


def test_closing_every_gap_of_a_condition_meets_it() -> None:
    told = Told(documented(RT_01=[(2, "documented")], GOV_02=[("dk", "asserted")]))
    engine, draws = shipped()
    audit, case = case_of(bank(), reference(), told)
    keys = [g.key for g in gaps(audit, [case])]
    found = effect_of_closing(engine, draws, [case], keys)[case.id]
    assert found.before is WorkflowState.NOT_DEFINED
    assert found.after is WorkflowState.MAY_GO_LIVE
    assert found.is_moved
    assert set(found.conditions_met) == {"RT-01", "GOV-02"}
    assert found.entry_met == ("RT-01",)
    assert found.relative_after.value < found.relative_before.value


def test_closing_what_is_no_gap_of_a_workflow_changes_nothing() -> None:
    engine, draws = shipped()
    _, case = case_of(bank(), reference(), Told(documented()))
    keys = [gap_key(QuestionId("RT-01"), Target("elsewhere")), gap_key(QuestionId("RT-01"), "w")]
    assert effect_of_closing(engine, draws, [case], keys) == {}


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_closing_gaps_never_harms(seed: int) -> None:
    engine, draws = shipped()
    audit, case = case_of(bank(), reference(), assessment(seed))
    keys = [g.key for g in gaps(audit, [case])]
    for shift in effect_of_closing(engine, draws, [case], keys).values():
        assert shift.relative_after.value <= shift.relative_before.value + 1e-12
        met = set(shift.conditions_met)
        held = {q for q, s in conditions(bank(), case).golive.items() if s.is_held}
        assert not met & held
        assert met <= {q.id for q in golive_questions(bank())}


def test_no_active_workflow_has_no_portfolio() -> None:
    assert portfolio(*shipped(), audit_of(bank(), reference()), TODAY) is None
    paused = replace(Told().workflow, outcome=Outcome.PAUSE)
    audit = audit_of(bank(), reference(), Told(workflow=paused))
    assert portfolio(*shipped(), audit, TODAY) is None


def test_a_portfolio_nobody_answered_about_is_typical() -> None:
    audit = audit_of(bank(), reference(), *(Told(id=f"w{n}") for n in range(5)))
    result = portfolio(*shipped(), audit, TODAY)
    assert result is not None
    assert result.risk == pytest.approx(0.8, abs=1e-12)
    assert result.relative.value == pytest.approx(1.0, abs=1e-12)
    assert result.missing_middle.index == pytest.approx(57.14, abs=0.005)
    assert (result.missing_middle.low, result.missing_middle.high) == (0, 100)
    assert result.coverage.answered == 0
    assert result.departures == {}
    one, _ = appraised(Told(), shipped())
    assert [result.range.low, result.range.high] == pytest.approx(
        [one.range.low, one.range.high], abs=1e-6
    )


def test_a_portfolio_is_made_of_the_estimates_of_its_workflows() -> None:
    audit = golden_portfolio(bank(), reference())
    result = portfolio(*shipped(), audit, TODAY)
    assert result is not None
    assert result.risk == pytest.approx(sum(e.risk for e in result.estimates) / 3)
    assert result.left_out == 0
    for condition in result.conditions.values():
        assert condition.met + condition.said + condition.not_met + condition.not_known == 3


def test_resting_workflows_are_left_out_and_counted() -> None:
    audit = golden_portfolio(bank(), reference())
    second = replace(audit.workflows[WorkflowId("w2")], lifecycle=Lifecycle.PAUSED)
    third = replace(audit.workflows[WorkflowId("w3")], in_scope=False)
    resting = {**audit.workflows, WorkflowId("w2"): second, WorkflowId("w3"): third}
    result = portfolio(*shipped(), replace(audit, workflows=resting), TODAY)
    assert result is not None
    assert [e.id for e in result.estimates] == ["w1"]
    assert result.left_out == 2


def test_insertion_order_of_the_record_does_not_matter() -> None:
    audit = golden_portfolio(bank(), reference())
    turned = replace(
        audit,
        workflows=dict(reversed(audit.workflows.items())),
        answers={t: dict(reversed(a.items())) for t, a in reversed(audit.answers.items())},
        links={w: dict(reversed(k.items())) for w, k in reversed(audit.links.items())},
    )
    assert portfolio(*shipped(), turned, TODAY) == portfolio(*shipped(), audit, TODAY)
    first, second = (gaps(a, active_cases(a, TODAY)) for a in (audit, turned))
    assert first == second
