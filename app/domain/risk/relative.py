"""Hazard against a typical deployment, in words, and how figures are rounded for printing."""

import math

from msgspec import Struct

from app.domain.risk.results import Compared, Relative, Span
from app.domain.risk.spread import Spread

CLEARLY_BETTER_BELOW = 0.5
BETTER_BELOW = 0.8
TYPICAL_TO = 1.2
HALF_WIDTH = 0.05
"""A printed range leaves at least this much on each side of the risk."""


class Printed(Struct, frozen=True):
    """Whole percents."""

    risk: int
    low: int
    high: int


def compared(relative: float) -> Compared:
    """The word for M; 0.8 to 1.2 is about typical. Source: scoring.md 2.5."""
    if relative < CLEARLY_BETTER_BELOW:
        return Compared.CLEARLY_BETTER
    if relative < BETTER_BELOW:
        return Compared.BETTER
    return Compared.TYPICAL if relative <= TYPICAL_TO + 1e-12 else Compared.WORSE


def relative_to_typical(value: float, draws: Spread) -> Relative:
    low, _, high = draws.values()
    return Relative(value, low, high, compared(value))


def printed(risk: float, span: Span) -> Printed:
    """Whole percent, the range at least 5 points to each side, within 0 to 100."""
    low = max(0.0, min(span.low, risk - HALF_WIDTH))
    high = min(1.0, max(span.high, risk + HALF_WIDTH))
    return Printed(percent(risk), percent(low), percent(high))


def percent(share: float) -> int:
    """Whole percent, halves up."""
    return math.floor(100 * share + 0.5)
