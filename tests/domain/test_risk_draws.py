"""Random streams, draws, quantiles and the question to ask next."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from app.domain.replies import Status
from app.domain.risk.asking import ask_next
from app.domain.risk.draws import Draws, Maturity, View
from app.domain.risk.engine import Engine, controls, prepare
from app.domain.risk.spread import spread
from app.domain.risk.streams import Stream, gamma, normal
from tests.domain.assessments import assessment, seeds
from tests.domain.audits import Told, case_of, every, shipped
from tests.domain.golden import bank, reference


def test_normal_agrees_with_the_oracle() -> None:
    special = pytest.importorskip("scipy.special")
    middle = np.linspace(1e-9, 1 - 1e-9, 20_001)
    tail = 10.0 ** -np.arange(1, 200, 7.0)
    p = np.concatenate([middle, tail])
    assert np.abs(normal(p) - special.ndtri(p)).max() < 1e-12


def test_gamma_has_mean_and_spread_of_its_shape() -> None:
    z = normal(Stream(3).stratified(4096))
    for shape in (3.0, 8.0):
        assert gamma(z, shape).mean() == pytest.approx(shape, rel=1e-2)
        assert gamma(z, shape).var() == pytest.approx(shape, rel=5e-2)
    assert (gamma(np.array([-50.0, 50.0]), 3.0) > 0).all()


def test_streams_follow_their_seed() -> None:
    assert (Stream(5).uniforms(100) == Stream(5).uniforms(100)).all()
    assert (Stream(5).uniforms(100) != Stream(6).uniforms(100)).any()


def test_stratified_numbers_lie_one_in_each_slice() -> None:
    found = np.sort(Stream(5).stratified(256))
    assert (np.floor(found * 256) == np.arange(256)).all()


def test_raw_bits_are_the_ones_the_golden_values_were_made_with() -> None:
    """PCG64 of NumPy; these numbers must never change."""
    assert Stream(20260101).uniforms(3).tolist() == [
        0.2323000660288163,
        0.8281057199117627,
        0.5279693496545703,
    ]


def small(draws: int = 256) -> Engine:
    return prepare(bank(), replace(reference(), draws=draws, seed=5))


def test_same_seed_same_arrays() -> None:
    engine = small()
    _, found = case_of(bank(), reference(), assessment(1))
    first, second = (Draws(engine).both(controls(engine, found)) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        assert (one == other).all()


def test_both_views_are_the_two_views() -> None:
    engine = small()
    draws = Draws(engine)
    _, found = case_of(bank(), reference(), assessment(2))
    held = controls(engine, found)
    answers, full = draws.both(held)
    assert (answers == draws.answers.relative(held)).all()
    assert (full == draws.full.relative(held)).all()


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_kept_rows_and_fresh_sums_agree(seed: int) -> None:
    """What a view keeps for plain replies is what it computes for mixed ones."""
    engine, draws = shipped()
    _, found = case_of(bank(), reference(), assessment(seed))
    held = controls(engine, found)
    fresh = Maturity(draws.streams.maturity, len(engine.categories), frozenset())
    bare = View(fresh, engine.shares[:, None], engine.multipliers[:, None])
    assert bare.relative(held) == pytest.approx(draws.answers.relative(held), abs=2e-6)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_rows_of_single_controls_add_up(seed: int) -> None:
    engine, draws = shipped()
    _, found = case_of(bank(), reference(), assessment(seed))
    held = controls(engine, found)
    for view in (draws.answers, draws.full):
        rows = [
            weight * view.row(int(question), int(category), belief)
            for question, category, belief, weight in zip(
                held.question, held.category, held.beliefs, held.weight, strict=True
            )
        ]
        assert view.relative(held) == pytest.approx(np.sum(rows, axis=0), abs=5e-6)


def test_typical_enterprise_keeps_its_mean_in_every_draw() -> None:
    engine, draws = shipped()
    streams = draws.streams
    ladder = engine.multipliers[:, None] ** streams.theta
    ladder /= np.array(engine.prior) @ ladder
    assert np.array(engine.prior) @ ladder == pytest.approx(1.0)
    assert streams.shares.sum(0) == pytest.approx(1.0)
    assert np.median(streams.base) == pytest.approx(1.0, abs=1e-3)


def test_full_range_is_wider_where_nothing_is_known() -> None:
    engine, draws = shipped()
    _, found = case_of(bank(), reference(), Told())
    answers, full = (spread(s).span() for s in draws.both(controls(engine, found)))
    assert full.high - full.low > answers.high - answers.low


@pytest.mark.parametrize("size", [21, 22, 256, 4096])
def test_quantiles_are_linear(size: int) -> None:
    sample = np.random.Generator(np.random.PCG64(1)).random(size)
    expected = np.quantile(sample, (0.05, 0.5, 0.95))
    assert spread(sample).values() == pytest.approx(tuple(expected), abs=1e-12)
    risks = np.quantile(-np.expm1(-sample), (0.05, 0.95))
    span = spread(sample).span(lambda m: -np.expm1(-m))
    assert [span.low, span.high] == pytest.approx(list(risks), abs=1e-12)


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_ask_next_lists_exactly_the_open_controls(seed: int) -> None:
    engine = small()
    _, found = case_of(bank(), reference(), assessment(seed, skipped=0.5))
    asks = ask_next(engine, Draws(engine), found, None)
    open_ = [
        (s.question.id, s.target)
        for s in found.standings
        if s.status in (Status.UNKNOWN, Status.NOT_ASKED)
    ]
    assert sorted((a.question, a.target) for a in asks) == sorted(open_)
    narrows = [a.narrows for a in asks]
    assert all(x >= y - 1e-6 for x, y in itertools.pairwise(narrows))


def test_ask_next_has_nothing_to_ask_where_all_is_answered() -> None:
    engine = small()
    _, found = case_of(bank(), reference(), Told(every(bank(), 2)))
    assert ask_next(engine, Draws(engine), found) == ()
