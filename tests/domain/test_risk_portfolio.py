"""The golden cases for several workflows, starting rates, asking, timing and recalibration."""

import math
from typing import Any

import pytest
from msgspec.structs import replace

from app.domain.landscape import Deployment
from app.domain.replies import active_cases
from app.domain.risk.asking import ask_next
from app.domain.risk.calibration import calibration
from app.domain.risk.indices import missing_middle
from app.domain.risk.portfolio import portfolio
from app.domain.risk.rates import starting_rates
from app.domain.risk.results import Span
from app.domain.risk.value import risk_by_week
from tests.domain.audits import (
    TODAY,
    TOY,
    TOY_MIX,
    Told,
    audit_of,
    case_of,
    golden_cases,
    golden_portfolio,
    golden_workflows,
    pilot,
    shipped,
    toy,
)
from tests.domain.golden import WORKFLOW_WORDS, bank, bounds, holds_doubt, near, reference


@pytest.mark.parametrize("risk", [0.4, 0.8])
def test_g9_timing(risk: float) -> None:
    golden = golden_cases()["G9"][f"P = {risk}"]
    assert [risk_by_week(-math.log1p(-risk), w) for w in (2, 4, 13, 26, 52)] == near(golden, 0)


def test_g10_recalibration() -> None:
    golden = golden_cases()["G10"]
    outcomes = [(1.0, 1)] * 3 + [(0.8, 1)] * 2 + [(0.8, 0)] * 3 + [(0.5, 0)] * 4
    causes = iter(["data", "governance", "governance", "governance", "adoption"])
    past = [
        Deployment(
            f"d{n}",
            reached_scale=not failed,
            returned_projected=not failed,
            failure_split={next(causes): 1.0} if failed else {},
            relative_hazard=relative,
        )
        for n, (relative, failed) in enumerate(outcomes)
    ]
    found = calibration(reference(), past)
    assert (found.failed, found.succeeded) == (5, 7)
    assert found.simple == near(golden["beta_mean"], 0)
    assert found.base_rate == near(golden["grid_P0"], 0)
    assert found.sigma == near(golden["grid_sigma"], 0)
    order = ("capability", "data", "governance", "adoption")
    assert [found.shares[c] for c in order] == near(golden["shares"], 0)


def test_g11_toy_portfolio() -> None:
    golden = golden_cases()["G11"]
    engine, draws = toy()
    rows = ((1, 1e6, "explained"), (2, 2e6, "explained"), (3, 3e6, "documented"))
    told = [
        Told({q: [(level, grade)] for q in TOY}, id=f"w{level}", workflow=_worth(benefit))
        for level, benefit, grade in rows
    ]
    result = portfolio(engine, draws, audit_of(engine.bank, engine.reference, *told), TODAY)
    assert result is not None
    assert result.risk == near(golden["risk"], 0)
    assert [result.range.low, result.range.high] == near(golden["range"])
    assert [result.full_range.low, result.full_range.high] == near(golden["full_range"])
    assert result.expected_misses == near(golden["expected_misses"], 0)
    assert [result.misses.low, result.misses.high] == golden["count_range"]
    shares = [part / result.risk for part in result.categories.values()]
    assert shares == near(golden["cat_share"], 0)
    holds_doubt(result.doubt, golden["value_in_doubt"], 6e6)


def _worth(benefit: float | None) -> Any:
    return replace(Told().workflow, yearly_benefit=benefit)


def test_g18_starting_rates_today() -> None:
    golden = golden_cases()["G18"]
    engine, draws = shipped()
    cases = active_cases(golden_portfolio(bank(), reference()), TODAY)
    found = starting_rates(engine, draws, cases, {}, own=0.6)
    assert found.of == golden["of"]
    assert found.same_order is golden["same_order"]
    assert len(found.rows) == len(golden["rows"])
    for row, expected in zip(found.rows, golden["rows"], strict=True):
        assert row.rate == expected["rate"]
        assert row.today == near(expected["today"], 0)
        assert [row.low, row.high] == expected["today_range"]
        assert (row.after, row.after_low, row.after_high) == (row.today, row.low, row.high)
        assert row.same_actions is None


@pytest.mark.parametrize("name", ["pilot", "nothing answered"])
def test_g26_ask_next(name: str) -> None:
    told = {"pilot": pilot(bank()), "nothing answered": Told()}[name]
    _, found = case_of(bank(), reference(), told)
    asks = ask_next(*shipped(), found, 3)
    golden = golden_cases()["G26"][name]
    assert [[a.question, a.target] for a in asks] == [[q, t] for q, t, _ in golden]
    assert [a.narrows for a in asks] == near([narrows for _, _, narrows in golden])


def test_g26_ask_next_toy() -> None:
    engine, draws = toy()
    _, found = case_of(engine.bank, engine.reference, Told(TOY_MIX))
    asks = ask_next(engine, draws, found)
    golden = golden_cases()["G26"]["toy"]
    assert [a.question for a in asks] == [question for question, _ in golden]
    assert [a.narrows for a in asks] == near([narrows for _, narrows in golden])


def test_g32_portfolio() -> None:
    golden = golden_cases()["G32"]
    result = portfolio(*shipped(), golden_portfolio(bank(), reference()), TODAY)
    assert result is not None
    assert result.risk == near(golden["risk"], 0)
    assert [result.range.low, result.range.high] == near(golden["range"])
    assert [result.full_range.low, result.full_range.high] == near(golden["full_range"])
    assert result.expected_misses == near(golden["expected_misses"], 0)
    assert result.misses == Span(*golden["count_range"])
    assert result.coverage.weight == near(golden["coverage"], 0)
    assert [part / result.risk for part in result.categories.values()] == near(
        golden["cat_share"], 0
    )
    assert result.missing_middle.index == near(golden["missing_middle"], 0)
    assert result.stages.load_missing == golden["load_at_risk"]
    assert result.stages.load_unknown == pytest.approx(golden["load_unknown"], abs=1e-12)
    for word, state in WORKFLOW_WORDS.items():
        count = result.states[state]
        assert {"workflows": count.workflows, "value": count.benefit} == golden["states"][word]
    holds_doubt(result.doubt, golden["value_in_doubt"], 3.2e6)


def test_g33_one_workflow_without_a_value() -> None:
    first, second, _ = golden_workflows()
    unvalued = replace(second, workflow=replace(second.workflow, yearly_benefit=None))
    audit = audit_of(bank(), reference(), first, unvalued)
    result = portfolio(*shipped(), audit, TODAY)
    assert result is not None
    holds_doubt(result.doubt, golden_cases()["G33"]["doubt"], 8e5)


def test_missing_middle_of_a_bank_without_stages_is_not_known() -> None:
    engine, _ = toy()
    _, found = case_of(engine.bank, engine.reference, Told(TOY_MIX))
    assert bounds(missing_middle(engine, found))[::2] == [0.0, 100.0]
