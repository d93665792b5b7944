"""What a chance of missing the target means in money, and how it spreads over the year."""

import math

from msgspec import Struct

from app.domain.landscape import Workflow
from app.domain.risk.results import Doubt, Span

SHAPE = math.log(math.log(2) / -math.log(0.97)) / math.log(13 / 2)
"""Weibull shape, 1.669: 3% of the year's hazard in 2 weeks, half of it in 13."""
SCALE = 13 / math.log(2) ** (1 / SHAPE)
"""Weibull scale in weeks, 16.19."""
YEAR_WEEKS = 52


class ValueView(Struct, frozen=True):
    """Money of one workflow over its first 12 months, in the organisation's currency."""

    in_doubt: float
    low: float
    high: float
    expected_net: float | None
    """None where no cost is recorded."""
    break_even: float | None
    """Chance of missing at which the first year pays for itself; None without benefit or cost."""


def doubt(benefit: float | None, risk: float, span: Span) -> Doubt | None:
    """`V P` with the answer range; None where no benefit is recorded."""
    if benefit is None:
        return None
    return Doubt(benefit * risk, benefit * span.low, benefit * span.high, valued=1, of=1)


def value_view(workflow: Workflow, risk: float, span: Span) -> ValueView | None:
    """`V P`, `V (1 - P) - C` and `1 - C / V`; None without a benefit. Source: scoring.md 2.13."""
    benefit, cost = workflow.yearly_benefit, workflow.cost
    if benefit is None:
        return None
    return ValueView(
        in_doubt=benefit * risk,
        low=benefit * span.low,
        high=benefit * span.high,
        expected_net=None if cost is None else benefit * (1 - risk) - cost,
        break_even=None if cost is None or not benefit else 1 - cost / benefit,
    )


def risk_by_week(hazard: float, week: float) -> float:
    """A scenario with controls held: `1 - exp(-H F(t))`, F a Weibull scaled to F(52) = 1."""
    return -math.expm1(-hazard * _failed_by(week) / _failed_by(YEAR_WEEKS))


def _failed_by(week: float) -> float:
    return -math.expm1(-((week / SCALE) ** SHAPE))
