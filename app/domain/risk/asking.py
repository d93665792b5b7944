"""Which open question is expected to narrow the answer range most."""

import math

from msgspec import Struct

from app.domain.bank import Grade
from app.domain.ids import QuestionId, Target
from app.domain.replies import Case
from app.domain.risk.draws import Draws, Sample
from app.domain.risk.engine import LEVELS, Belief, Engine, Floats, controls
from app.domain.risk.spread import risk_of, spread

WORTH_SAYING = 0.005
"""Expected narrowing below half a point is not printed."""


class Ask(Struct, frozen=True):
    """One open question about one target."""

    question: QuestionId
    target: Target
    narrows: float
    """Expected narrowing of the answer range of the chance, 0 to 1; may be below 0."""
    deviation: float
    """Standard deviation of the control's hazard; settles ties."""

    @property
    def is_worth_saying(self) -> bool:
        return self.narrows >= WORTH_SAYING


def ask_next(engine: Engine, draws: Draws, case: Case, top: int | None = 5) -> tuple[Ask, ...]:
    """`width - sum_l pi_l width(answered l, documented)`, largest first; all where top is None.

    A found-out answer may still widen the range. Source: scoring.md 2.10.
    """
    found = controls(engine, case)
    sample = draws.answers.relative(found)
    width = _width(sample, engine.h0)
    asks = []
    for n, s in enumerate(found.standings):
        if s is None or found.known[n]:
            continue
        place = int(found.question[n]), int(found.category[n])
        weight, held = found.weight[n], found.beliefs[n]
        rest = sample - weight * draws.answers.row(*place, held)
        expected = sum(
            share * _width(rest + weight * draws.answers.row(*place, answered), engine.h0)
            for share, answered in zip(engine.prior, _documented(engine), strict=True)
        )
        deviation = float(found.typical[n]) * _deviation(held, engine.multipliers)
        asks.append(Ask(s.question.id, s.target, width - expected, deviation))
    asks.sort(key=lambda a: (-round(a.narrows, 6), -a.deviation, a.question, a.target))
    return tuple(asks[:top])


def _documented(engine: Engine) -> tuple[Belief, ...]:
    return engine.voices[Grade.DOCUMENTED]


def _width(sample: Sample, h0: float) -> float:
    span = spread(sample).span(risk_of(h0))
    return span.high - span.low


def _deviation(belief: Belief, multipliers: Floats) -> float:
    mean = sum(belief[n] * multipliers[n] for n in LEVELS)
    square = sum(belief[n] * multipliers[n] ** 2 for n in LEVELS)
    return math.sqrt(max(0.0, square - mean**2))
