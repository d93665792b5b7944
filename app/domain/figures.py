"""All figures of an audit, computed once for whatever prints or shows them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.plan.options import starting_rates_with_plan
from app.domain.plan.planner import make_plan
from app.domain.plan.results import Plan
from app.domain.replies import active_cases, case
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine, prepare
from app.domain.risk.portfolio import portfolio
from app.domain.risk.rates import starting_rates
from app.domain.risk.results import Portfolio, StartingRates

STEPS = 3
"""How often `figures` ticks."""


class Figures(Struct, frozen=True):
    engine: Engine
    draws: Draws
    today: dt.date
    portfolio: Portfolio
    plan: Plan
    rates: StartingRates


def figures(
    audit: Audit, today: dt.date, tick: Callable[[], None], *, replan: bool = False
) -> Figures | None:
    """Estimate, plan and starting rates; None for an audit without an active workflow.

    With `replan` a plan is made at every starting rate too, to count the actions they share.
    """
    engine = prepare(audit.bank, audit.reference)
    draws = Draws(engine)
    whole = portfolio(engine, draws, audit, today)
    tick()
    if whole is None:
        return None
    plan = make_plan(engine, draws, audit, today)
    tick()
    if replan:
        rates = starting_rates_with_plan(engine, draws, audit, today, plan)
    else:
        cases = active_cases(audit, today)
        own = audit.organisation.own_rate
        rates = starting_rates(engine, draws, cases, plan.planned_levels, own=own)
    tick()
    return Figures(engine, draws, today, whole, plan, rates)


def rates_of_each(
    audit: Audit, found: Figures, workflows: Iterable[WorkflowId]
) -> Iterator[StartingRates]:
    """The starting rates of single workflows: each one's chance, today and after the plan."""
    levels: dict[WorkflowId, dict[tuple[WorkflowId, QuestionId, Target], int]] = defaultdict(dict)
    for key, level in found.plan.planned_levels.items():
        levels[key[0]][key] = level
    own = audit.organisation.own_rate
    for workflow in workflows:
        one = case(audit, workflow, found.today)
        planned = levels[workflow]
        yield starting_rates(found.engine, found.draws, (one,), planned, own=own)
