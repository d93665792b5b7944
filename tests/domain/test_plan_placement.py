"""Months and pins: golden toys, capacity per role, and laws of any network with any pins."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.plan.network import Limits, Network, network
from app.domain.plan.order import choose, polish
from app.domain.plan.placement import pin, place
from app.domain.plan.results import PinRefusal
from tests.domain.audits import golden_cases
from tests.domain.plan_networks import TOY, TOY_LIMITS, TOY_NAMES, holds, networks
from tests.domain.plan_oracle import area

REASONS = {
    "capacity": PinRefusal.CAPACITY,
    "a prerequisite cannot be finished by then": PinRefusal.PREREQUISITE,
}


@pytest.mark.parametrize(
    ("name", "pins"),
    [
        ("W in month 2", {"W": 2}),
        ("V in month 1", {"V": 1}),
        ("Y in month 3", {"Y": 3}),
        ("W in month 1", {"W": 1}),
        ("V and Y in month 1", {"V": 1, "Y": 1}),
    ],
)
def test_g20_pins_are_kept_or_refused_with_a_reason(name: str, pins: dict[str, int]) -> None:
    wanted = golden_cases()["G20"][name]
    order = polish(TOY, choose(TOY, TOY_LIMITS)[0], TOY_LIMITS)
    asked = {TOY_NAMES.index(key): month for key, month in pins.items()}
    found = pin(TOY, order, TOY_LIMITS, asked)
    months = place(TOY, found.order, TOY_LIMITS, found.kept).months
    refused = {key: REASONS[reason] for key, reason in wanted["refused"].items()}
    assert {TOY_NAMES[n]: m for n, m in months.items()} == wanted["month"]
    assert {TOY_NAMES[n]: r for n, r in found.refused.items()} == refused
    assert area(TOY, months, 4) == wanted["area"]


@pytest.mark.parametrize("month", [0, 5, -1])
def test_a_pin_outside_the_plan_is_refused(month: int) -> None:
    assert pin(TOY, [0, 1], TOY_LIMITS, {1: month}).refused == {1: PinRefusal.OUTSIDE}


def test_a_pin_brings_what_it_needs_from_beyond_the_order() -> None:
    found = pin(TOY, [2, 3], TOY_LIMITS, {1: 1})
    assert found.kept == {1: 1}
    assert place(TOY, found.order, TOY_LIMITS, found.kept).months[0] == 1


def test_a_scarce_role_waits_while_others_work() -> None:
    net = network([4, 4, 4], [3, 2, 1], [(), (), ()], roles=["legal", "legal", "data"])
    months = place(net, [0, 1, 2], Limits(10, 3, {"legal": 4})).months
    assert months == {0: 1, 1: 2, 2: 1}


def test_a_role_without_days_leaves_its_actions_out() -> None:
    net = network([1, 1], [1, 1], [(), ()], roles=["legal", "data"])
    assert place(net, [0, 1], Limits(10, 3, {"legal": 0})).months == {1: 1}


def test_a_pin_may_not_overdraw_a_role() -> None:
    net = network([5], [1], [()], roles=["legal"])
    limits = Limits(10, 3, {"legal": 2})
    assert pin(net, [0], limits, {0: 2}).refused == {0: PinRefusal.CAPACITY}
    assert pin(net, [0], limits, {0: 3}).kept == {0: 3}


@settings(max_examples=120)
@given(networks(), st.integers(1, 30), st.integers(1, 12), st.data())
def test_precedence_and_capacity_hold_with_any_pins(
    net: Network, capacity: int, role: int, data: st.DataObject
) -> None:
    limits = Limits(capacity, 4, {"a": role})
    order = choose(net, limits)[0]
    pins = data.draw(st.dictionaries(st.integers(0, len(net) - 1), st.integers(0, 5), max_size=4))
    found = pin(net, order, limits, pins)
    placed = place(net, found.order, limits, found.kept)
    assert placed.fits
    assert holds(net, placed, limits)
    assert all(placed.months[n] == month for n, month in found.kept.items())
    assert found.kept.keys() | found.refused.keys() == pins.keys()
    assert not found.kept.keys() & found.refused.keys()
