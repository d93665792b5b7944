"""Small networks for the tests of order and placement: the toys of the golden cases, and any."""

from hypothesis import strategies as st

from app.domain.plan.network import Limits, Network, network
from app.domain.plan.placement import Placement

TOY_NAMES = "XYUVW"
TOY = network([6, 4, 5, 5, 12], [0, 8, 3, 2, 4], [(), (0,), (), (2,), ()])
"""X is worthless alone but opens Y; V waits for U. For 10 days a month, 4 months."""
TOY_LIMITS = Limits(10, 4)


@st.composite
def networks(draw: st.DrawFn, largest: int = 12) -> Network:
    count = draw(st.integers(1, largest))
    days = st.integers(0, 24).map(lambda n: n / 2)
    efforts = draw(st.lists(days, min_size=count, max_size=count))
    benefits = draw(st.lists(st.integers(0, 10).map(float), min_size=count, max_size=count))
    before = [
        draw(st.sets(st.integers(0, n - 1), max_size=2)) if n else set() for n in range(count)
    ]
    tiers = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    roles = draw(st.lists(st.sampled_from("ab"), min_size=count, max_size=count))
    return network(efforts, benefits, before, tiers, roles)


def holds(net: Network, found: Placement, limits: Limits) -> bool:
    """Precedence, months inside the horizon, and cumulative capacity for all and for each role."""
    months = found.months
    ordered = all(months.get(p, 99) <= m for n, m in months.items() for p in net.before[n])
    inside = all(1 <= m <= limits.months for m in months.values())
    rates = {None: limits.capacity, **limits.roles}
    return (
        ordered
        and inside
        and all(
            sum(
                net.efforts[n] for n, m in months.items() if m <= t and role in (None, net.roles[n])
            )
            <= rate * t + 1e-6
            for role, rate in rates.items()
            for t in range(1, limits.months + 1)
        )
    )
