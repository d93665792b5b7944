"""The golden cases of scoring.md for one workflow: the contract of the estimate."""

import math

import pytest

from app.domain.bank import Grade
from app.domain.risk.attribution import counterfactuals
from app.domain.risk.engine import controls, score
from app.domain.risk.relative import printed
from app.domain.risk.results import Withheld
from app.domain.risk.value import value_view
from tests.domain.audits import (
    TOY,
    TOY_MIX,
    Spoken,
    Told,
    ToldSource,
    case_of,
    every,
    golden_cases,
    pilot,
    shipped,
    toy,
)
from tests.domain.golden import (
    COMPARED,
    STATE_WORDS,
    WORKFLOW_WORDS,
    appraised,
    bank,
    bounds,
    holds_ranges,
    near,
    reference,
)


def test_g1_nothing_answered_is_the_prior() -> None:
    golden = golden_cases()["G1"]
    result, found = appraised(Told(), shipped())
    assert result.risk == pytest.approx(0.8, abs=1e-12)
    assert result.hazard == pytest.approx(math.log(5), abs=1e-12)
    assert result.relative.value == pytest.approx(1.0, abs=1e-12)
    assert result.categories == near(golden["cat"], 0)
    assert result.coverage.weight == 0
    assert result.withheld is Withheld.TOO_LITTLE_KNOWN
    assert bounds(result.missing_middle) == near(golden["missing_middle"], 0)
    holds_ranges(golden, found, shipped())


@pytest.mark.parametrize("level", range(5))
def test_g2_ladder(level: int) -> None:
    golden = golden_cases()["G2"][f"level {level}"]
    result, found = appraised(Told(every(bank(), level)), shipped())
    assert result.risk == pytest.approx(golden["P"], abs=1e-6)
    holds_ranges(golden, found, shipped())
    shown = printed(result.risk, result.range)
    assert [shown.risk, shown.low, shown.high] == golden["printed"]


@pytest.mark.parametrize("grade", list(Grade))
def test_g3_level_four_by_evidence(grade: Grade) -> None:
    golden = golden_cases()["G3"][grade.value]
    result, found = appraised(Told(every(bank(), 4, grade.value)), shipped())
    assert result.risk == near(golden["P"], 0)
    holds_ranges(golden, found, shipped())


def test_g4_toy_mixed() -> None:
    golden = golden_cases()["G4"]
    result, found = appraised(Told(TOY_MIX), toy())
    assert result.hazard == near(golden["H"], 0)
    assert result.risk == near(golden["P"], 0)
    assert result.relative.value == near(golden["M"], 0)
    low, _, high = golden["M_q05_50_95"]
    assert [result.relative.low, result.relative.high] == near([low, high])
    assert COMPARED[result.relative.word.value] == golden["word"]
    assert result.categories == near(golden["cat"], 0)
    assert {c.question: c.part for c in result.contributions} == near(golden["contrib"], 0)
    assert {c.question: c.shift for c in result.contributions} == near(golden["waterfall"], 0)
    assert result.departures == near(golden["departures"], 0)
    assert result.coverage.weight == near(golden["coverage"], 0)
    engine, _ = toy()
    other = counterfactuals(engine, score(engine, controls(engine, found)))
    assert other.perfect_model == near(golden["perfect_model"], 0)
    assert other.perfect_discipline == near(golden["perfect_discipline"], 0)
    holds_ranges(golden, found, toy())


@pytest.mark.parametrize(("name", "levels"), [("agree", (1, 1)), ("split", (0, 4))])
def test_g5_agreement_and_split(name: str, levels: tuple[int, int]) -> None:
    golden = golden_cases()["G5"]
    told = Told({q: [(level, "observed") for level in levels] for q in TOY})
    result, found = appraised(told, toy())
    assert result.risk == near(golden[f"{name}_P"], 0)
    holds_ranges(golden[name], found, toy())


def test_g6_not_applicable() -> None:
    golden = golden_cases()["G6"]
    waived: list[Spoken] = [("na", "observed")]
    one, _ = appraised(Told({**TOY_MIX, "G1": waived}), toy())
    assert one.risk == near(golden["G1_na_P"], 0)
    whole, _ = appraised(Told({**TOY_MIX, "A1": waived}), toy())
    assert whole.risk == near(golden["whole_adoption_na_P"], 0)
    assert whole.coverage.weight == near(golden["whole_adoption_na_coverage"], 0)


def test_g7_counterfactuals() -> None:
    golden = golden_cases()["G7"]
    engine, _ = shipped()
    _, found = case_of(bank(), reference(), Told(every(bank(), 1)))
    other = counterfactuals(engine, score(engine, controls(engine, found)))
    assert other.perfect_model == near(golden["perfect_model"], 0)
    assert other.perfect_discipline == near(golden["perfect_discipline"], 0)


def test_g8_pilot() -> None:
    golden = golden_cases()["G8"]
    result, found = appraised(pilot(bank()), shipped())
    assert [result.hazard, result.risk] == near([golden["H"], golden["P"]], 0)
    assert result.relative.value == near(golden["M"], 0)
    low, _, high = golden["M_q05_50_95"]
    assert [result.relative.low, result.relative.high] == near([low, high])
    assert COMPARED[result.relative.word.value] == golden["word"]
    assert result.categories == near(golden["cat"], 0)
    assert result.departures == golden["departures"] == {}
    assert result.coverage.weight == near(golden["coverage"], 0)
    assert bounds(result.missing_middle) == near(golden["missing_middle"], 0)
    for name, span in (("printed", result.range), ("printed_full", result.full_range)):
        shown = printed(result.risk, span)
        assert [shown.risk, shown.low, shown.high] == golden[name]
    holds_ranges(golden, found, shipped())


def test_g8_pilot_conditions_and_value() -> None:
    golden = golden_cases()["G8"]
    result, found = appraised(pilot(bank()), shipped())
    for kind, states in (
        ("entry", result.conditions.entry),
        ("golive", result.conditions.golive),
    ):
        expected = {q: STATE_WORDS[word] for q, word in golden["conditions"][kind].items()}
        assert states == expected
    assert result.state is WORKFLOW_WORDS[golden["state"]]
    assert result.conditions.state(live=True) is WORKFLOW_WORDS[golden["state_if_live"]]
    money = value_view(found.workflow, result.risk, result.range)
    assert money is not None
    value = golden["value"]
    assert money.in_doubt == pytest.approx(value["value_in_doubt"], abs=1)
    assert [money.low, money.high] == pytest.approx([value["low"], value["high"]], abs=2e6 * 1e-4)
    assert money.expected_net == pytest.approx(value["expected_net"], abs=1)
    assert money.break_even == pytest.approx(value["break_even_P"], abs=1e-9)


def test_g29_registered_sources_nobody_answered_about() -> None:
    sources = tuple(ToldSource(f"s{n}", importance=n + 1) for n in range(3))
    result, found = appraised(Told(sources=sources), shipped())
    assert result.risk == pytest.approx(golden_cases()["G29"]["P"], abs=1e-12)
    holds_ranges(golden_cases()["G29"], found, shipped())
