"""Tools of the golden tests: tolerances, words of the golden file, and the way to an estimate."""

from collections.abc import Mapping
from typing import Any

import pytest

from app.domain.bank import Bank, ReferenceSet
from app.domain.conditions import ConditionState, WorkflowState
from app.domain.replies import Case
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine, controls
from app.domain.risk.estimate import estimate
from app.domain.risk.results import Bounded, Estimate
from app.domain.risk.spread import risk_of, spread
from tests.domain.audits import (
    TODAY,
    Replies,
    Spoken,
    Told,
    case_of,
    every,
    shipped,
)

STATE_WORDS = {
    "met": ConditionState.MET,
    "said, not shown": ConditionState.SAID,
    "not met": ConditionState.NOT_MET,
    "unknown": ConditionState.UNKNOWN,
    "not asked": ConditionState.NOT_ASKED,
    "not applicable": ConditionState.NOT_APPLICABLE,
}
WORKFLOW_WORDS = {
    "Live without cover": WorkflowState.LIVE_WITHOUT_COVER,
    "May go live": WorkflowState.MAY_GO_LIVE,
    "May build": WorkflowState.MAY_BUILD,
    "Not defined": WorkflowState.NOT_DEFINED,
}
COMPARED = {
    "clearly_better": "clearly better than typical",
    "better": "better than typical",
    "typical": "about typical",
    "worse": "worse than typical",
}


def near(expected: Any, within: float = 1e-4) -> Any:
    """Golden values carry four decimals; quantiles hold to 1e-4 besides."""
    return pytest.approx(expected, abs=within + 5e-5, rel=0)


def bank() -> Bank:
    return shipped()[0].bank


def reference() -> ReferenceSet:
    return shipped()[0].reference


def appraised(told: Told, tools: tuple[Engine, Draws]) -> tuple[Estimate, Case]:
    engine, draws = tools
    audit, found = case_of(engine.bank, engine.reference, told)
    return estimate(engine, draws, audit, found, TODAY), found


def quantiles(found: Case, tools: tuple[Engine, Draws]) -> Mapping[str, list[float]]:
    """5, 50 and 95% of the chance, by the names of the golden file."""
    engine, draws = tools
    held, risk = controls(engine, found), risk_of(engine.h0)
    return {
        "answers_q05_50_95": list(spread(draws.answers.relative(held)).values(risk)),
        "full_q05_50_95": list(spread(draws.full.relative(held)).values(risk)),
    }


def holds_ranges(expected: Mapping[str, Any], found: Case, tools: tuple[Engine, Draws]) -> None:
    for name, values in quantiles(found, tools).items():
        if name in expected:
            assert values == near(expected[name]), name


def bounds(found: Bounded) -> list[float]:
    return [found.low, found.index, found.high]


def holds_doubt(found: Any, golden: Mapping[str, Any], of: float) -> None:
    assert found.amount == pytest.approx(golden["amount"], abs=1)
    assert [found.low, found.high] == pytest.approx([golden["low"], golden["high"]], abs=of * 1e-4)
    assert (found.valued, found.of) == (golden["valued"], golden["of"])


def documented(**other: list[Spoken]) -> Replies:
    return every(bank(), 3, "documented", **other)
