"""Which actions come first: golden toys, an exact solver, and laws of any order."""

from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.plan.network import Limits, Network, network
from app.domain.plan.order import choose, polish
from app.domain.plan.placement import place
from tests.domain.plan_networks import TOY, TOY_LIMITS, TOY_NAMES, networks
from tests.domain.plan_oracle import area, best_by_force, solve


def planned_area(net: Network, order: list[int], limits: Limits) -> float:
    return area(net, place(net, order, limits).months, limits.months)


def test_g12_a_worthless_action_comes_first_where_it_opens_a_good_one() -> None:
    order = polish(TOY, choose(TOY, TOY_LIMITS)[0], TOY_LIMITS)
    months = place(TOY, order, TOY_LIMITS).months
    assert "".join(TOY_NAMES[n] for n in order) == "XYUVW"
    assert [months[n] for n in range(5)] == [1, 1, 2, 2, 4]
    assert area(TOY, months, 4) == 51.0 == round(area(TOY, solve(TOY, TOY_LIMITS).months, 4), 6)


def test_g13_the_horizon_turns_an_order_by_density_around() -> None:
    net, limits = network([6, 10, 10], [7, 10, 9.9], [(), (), ()]), Limits(10, 2)
    first = choose(net, limits)[0]
    polished = polish(net, first, limits)
    assert (first, planned_area(net, first, limits)) == ([0, 1, 2], 24.0)
    assert (polished, round(planned_area(net, polished, limits), 6)) == ([1, 2, 0], 29.9)
    assert round(area(net, solve(net, limits).months, 2), 6) == 29.9


def test_what_goes_beyond_one_and_a_half_horizons_is_later() -> None:
    net = network([10.0] * 5, [5.0, 4.0, 3.0, 2.0, 1.0], [()] * 5)
    assert choose(net, Limits(10, 2)) == ([0, 1, 2], [3, 4])


def test_a_higher_tier_comes_before_a_higher_benefit_and_lifts_its_prerequisites() -> None:
    net = network([5, 5, 5], [0, 1, 50], [(), (0,), ()], tiers=[0, 2, 0])
    limits = Limits(10, 4)
    assert net.tiers == (2, 2, 0)
    assert polish(net, choose(net, limits)[0], limits) == [0, 1, 2]


def test_settled_actions_take_room_and_are_not_repeated() -> None:
    net = network([20.0, 10.0, 10.0], [0.0, 2.0, 1.0], [(), (), ()])
    assert choose(net, Limits(10, 2), [0]) == ([1], [2])


def test_no_capacity_leaves_everything_for_later() -> None:
    net = network([5.0, 1.0], [1.0, 1.0], [(), ()])
    order, later = choose(net, Limits(0, 12))
    assert (polish(net, order, Limits(0, 12)), later) == ([], [1, 0])


@settings(max_examples=60)
@given(networks(), st.integers(1, 30))
def test_every_action_is_ordered_or_later_and_prerequisites_come_first(
    net: Network, capacity: int
) -> None:
    limits = Limits(capacity, 4)
    order, later = choose(net, limits)
    polished = polish(net, order, limits)
    assert sorted(order + later) == list(range(len(net)))
    assert sorted(polished) == sorted(order)
    assert all(net.tiers[a] >= net.tiers[b] for a, b in pairwise(polished))
    line = polished + later
    at = {n: k for k, n in enumerate(line)}
    assert all(at[p] < at[n] for n in line for p in net.before[n])


@settings(max_examples=60)
@given(networks(), st.integers(1, 30))
def test_polishing_never_lowers_its_own_objective(net: Network, capacity: int) -> None:
    """Months counted by running days, as polishing sees them."""
    limits = Limits(capacity, 4)

    def seen(order: list[int]) -> float:
        total, days = 0.0, 0.0
        for n in order:
            days += net.efforts[n]
            month = max(1, -int(-(days / capacity - 1e-9) // 1))
            total += net.benefits[n] * max(0, 5 - month)
        return total

    order = sorted(choose(net, limits)[0], key=lambda n: -net.tiers[n])
    assert seen(polish(net, order, limits)) >= seen(order) - 1e-6


@settings(max_examples=40)
@given(networks(largest=6))
def test_the_solver_equals_brute_force_and_polishing_is_close_below(net: Network) -> None:
    assume(sum(net.benefits) > 0)
    flat = network(net.efforts, net.benefits, net.before)
    limits = Limits(9, 4)
    best = best_by_force(flat, limits)
    exact = area(flat, solve(flat, limits).months, 4)
    found = planned_area(flat, polish(flat, choose(flat, limits)[0], limits), limits)
    assert abs(exact - best) < 1e-6
    assert 0.85 * best <= found <= best + 1e-9
