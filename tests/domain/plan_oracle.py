"""An exact solver beside the planner: HiGHS, and brute force for a handful of actions.

Run `python -m tests.domain.plan_oracle` to write `tests/golden/plan_bounds.json` anew: the bounds
are kept as numbers so that the suite does not wait for the solver.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.plan.network import Limits, Network
from app.domain.plan.placement import place
from app.domain.plan.planner import arrange
from app.domain.plan.schedule import Schedule
from app.domain.plan.subjects import subjects
from app.domain.planning import PlanSettings
from tests.domain.audits import GOLDEN, TODAY, golden_portfolio, shipped

BOUNDS = GOLDEN / "plan_bounds.json"
SIZES = ((40.0, 12), (20.0, 12), (60.0, 6))
"""Person-days a month and months for which the golden portfolio is solved."""
SECONDS = 30


class Solution(Struct, frozen=True):
    months: Mapping[int, int]
    bound: float


def area(net: Network, months: Mapping[int, int], horizon: int) -> float:
    """The planner's objective: sum over months of benefit already in place."""
    return sum(net.benefits[n] * (horizon - m + 1) for n, m in months.items())


def solve(net: Network, limits: Limits, *, seconds: float = SECONDS, gap: float = 0.0) -> Solution:
    """z[n, t] = 1 if n is finished by the end of month t: max sum b z; cumulative capacity K t;
    z rises with t; z of an action never above that of its prerequisite."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix

    count, months = len(net), limits.months
    rows, columns, values, upper = [], [], [], []
    for t in range(months):
        for n in range(count):
            rows.append(t)
            columns.append(n * months + t)
            values.append(net.efforts[n])
        upper.append(limits.capacity * (t + 1))
    pairs = [(n * months + t, n * months + t + 1) for n in range(count) for t in range(months - 1)]
    for n in range(count):
        pairs += [(n * months + t, p * months + t) for p in net.before[n] for t in range(months)]
    for low, high in pairs:
        rows += [len(upper)] * 2
        columns += [low, high]
        values += [1.0, -1.0]
        upper.append(0.0)
    cost = np.repeat([-b for b in net.benefits], months)
    scale = 1000 / max(1e-12, float(-cost.sum()) / months)
    matrix = coo_matrix((values, (rows, columns)), shape=(len(upper), count * months)).tocsr()
    found = milp(
        cost * scale,
        integrality=np.ones(count * months),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, -np.inf, upper),
        options={"time_limit": seconds, "mip_rel_gap": gap},
    )
    done = np.round(found.x.reshape(count, months)).sum(axis=1).astype(int).tolist()
    finished = {n: months - d + 1 for n, d in enumerate(done) if d > 0}
    return Solution(finished, -float(found.mip_dual_bound) / scale)


def best_by_force(net: Network, limits: Limits) -> float:
    """The best area over every order of a handful of actions."""
    return max(
        area(net, place(net, order, limits).months, limits.months)
        for order in permutations(range(len(net)))
        if _is_ordered(net, order)
    )


def _is_ordered(net: Network, order: Sequence[int]) -> bool:
    at = {n: k for k, n in enumerate(order)}
    return all(at[p] < at[n] for n in order for p in net.before[n])


def by_benefit_alone(audit: Audit, capacity: float, months: int) -> Schedule:
    """The plan without covering live workflows first, as the solver knows no tiers."""
    engine, _ = shipped()
    settings = PlanSettings(capacity=capacity, months=months, cover_first=False)
    planned = replace(audit, plan=settings)
    return arrange(engine, planned, subjects(engine, planned, TODAY), settings)


def main() -> None:
    engine, _ = shipped()
    audit = golden_portfolio(engine.bank, engine.reference)
    found = []
    for capacity, months in SIZES:
        plan = by_benefit_alone(audit, capacity, months)
        bound = solve(plan.net, Limits(capacity, months)).bound
        found.append({"capacity": capacity, "months": months, "bound": round(bound, 2)})
    BOUNDS.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
