"""The range of a count of misses, and starting rates."""

import itertools

import numpy as np
import pytest

from app.domain.ids import ActionKey, QuestionId, Target, WorkflowId
from app.domain.replies import active_cases
from app.domain.risk.counts import EXACT, Misses
from app.domain.risk.engine import Floats
from app.domain.risk.rates import starting_rates
from tests.domain.assessments import assessment
from tests.domain.audits import TODAY, audit_of, golden_portfolio, shipped
from tests.domain.golden import bank, reference


def chances(workflows: int, draws: int, seed: int) -> Floats:
    return np.random.Generator(np.random.PCG64(seed)).random((workflows, draws))


def counted(rows: Floats) -> tuple[int, int]:
    misses = Misses(rows.shape[1])
    for row in rows:
        misses.add(row)
    return misses.range()


@pytest.mark.parametrize("seed", range(5))
def test_exact_count_is_the_enumeration(seed: int) -> None:
    rows = chances(4, 3, seed)
    mass = np.zeros(5)
    for bits in itertools.product((0, 1), repeat=4):
        each = [row if bit else 1 - row for row, bit in zip(rows, bits, strict=True)]
        mass[sum(bits)] += np.prod(each, axis=0).mean()
    cumulated = mass.cumsum()
    expected = tuple(int(np.searchsorted(cumulated, tail - 1e-12)) for tail in (0.05, 0.95))
    assert counted(rows) == expected


def test_normal_form_agrees_with_the_exact_one() -> None:
    rows = 0.6 + 0.3 * chances(EXACT, 200, 1)
    certain = np.vstack([rows, np.ones((1, 200))])
    exact, normal = counted(rows), counted(certain)
    assert max(abs(a - (b - 1)) for a, b in zip(exact, normal, strict=True)) <= 1


def test_certain_misses_have_no_range() -> None:
    assert counted(np.ones((7, 10))) == (7, 7)
    assert counted(np.ones((100, 10))) == (100, 100)
    assert counted(np.zeros((3, 10))) == (0, 0)


def test_order_of_workflows_is_the_same_at_every_rate() -> None:
    told = [assessment(n) for n in range(12)]
    named = [
        t.__class__(t.answers, (), id=f"w{n}", workflow=t.workflow) for n, t in enumerate(told)
    ]
    engine, draws = shipped()
    cases = active_cases(audit_of(bank(), reference(), *named), TODAY)
    found = starting_rates(engine, draws, cases, {})
    assert found.same_order
    assert [row.rate for row in found.rows] == [0.3, 0.5, 0.8]
    todays = [row.today for row in found.rows]
    assert todays == sorted(todays)


def test_planned_levels_lower_the_misses_of_their_workflow() -> None:
    engine, draws = shipped()
    cases = active_cases(golden_portfolio(bank(), reference()), TODAY)
    place = (WorkflowId("w1"), QuestionId("RT-01"), Target("w1"))
    found = starting_rates(engine, draws, cases, {place: 4})
    assert all(row.after < row.today for row in found.rows)


def test_same_actions_are_those_of_both_plans() -> None:
    engine, draws = shipped()
    cases = active_cases(golden_portfolio(bank(), reference()), TODAY)
    mine = [ActionKey("A/w1"), ActionKey("B/w1")]
    found = starting_rates(
        engine,
        draws,
        cases,
        {},
        own=0.6,
        actions=mine,
        replan=lambda rate: mine if rate >= 0.5 else mine[:1],
    )
    assert found.actions == 2
    assert [row.same_actions for row in found.rows] == [1, 2, 2, 2]


def test_an_own_rate_already_among_the_rates_is_not_repeated() -> None:
    engine, draws = shipped()
    cases = active_cases(golden_portfolio(bank(), reference()), TODAY)
    assert len(starting_rates(engine, draws, cases, {}, own=0.5).rows) == 3
