"""Which controls and categories make up a score: exact, additive explanations."""

import math
from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from app.domain.ids import Target
from app.domain.replies import Case
from app.domain.risk.engine import Engine, Floats, Score, logmean
from app.domain.risk.results import Contribution

DEPARTURE = 0.05
"""Departures of a share from the reference below this are not findings."""


class Counterfactuals(Struct, frozen=True):
    """Chances that follow from the reference set alone; for the method page only."""

    perfect_model: float
    """All controls of the categories that are no discipline at level 4."""
    perfect_discipline: float
    """All other controls at level 4."""


def contributions(engine: Engine, case: Case, found: Score) -> tuple[Contribution, ...]:
    """`P_i = P h_i / H` sums to P; `Delta_i = L (h_i - a_i)` sums to P - P0.

    `L` is the log-mean of the two survivals. Source: scoring.md 2.6.
    """
    controls = found.controls
    mean = logmean(math.exp(-found.hazard), math.exp(-engine.h0))
    hazards = controls.hazard
    parts = found.risk * hazards / found.hazard
    shifts = mean * (hazards - controls.typical)
    return tuple(
        Contribution(
            question=s.question.id if s else None,
            target=s.target if s else Target(case.id),
            category=engine.categories[category],
            typical=typical,
            hazard=hazard,
            part=part,
            shift=shift,
        )
        for s, category, typical, hazard, part, shift in zip(
            controls.standings,
            controls.category.tolist(),
            controls.typical.tolist(),
            hazards.tolist(),
            parts.tolist(),
            shifts.tolist(),
            strict=True,
        )
    )


def category_shares(found: Score) -> Floats:
    """`P_c / P = H_c / H`, per category; sums to 1."""
    return found.categories / found.hazard


def by_category(engine: Engine, values: Floats) -> Mapping[str, float]:
    return dict(zip(engine.categories, values.tolist(), strict=True))


def departures(engine: Engine, shares: Floats) -> Mapping[str, float]:
    """Shares minus those of the reference, where they differ by 5 points or more."""
    away = shares - engine.shares
    return {c: x for c, x in by_category(engine, away).items() if abs(x) >= DEPARTURE - 1e-9}


def counterfactuals(engine: Engine, found: Score) -> Counterfactuals:
    """The chance with all capability controls, or all others, at level 4."""
    discipline = np.array([c.discipline for c in engine.bank.categories])[found.controls.category]
    best = found.controls.typical * engine.multipliers[4]

    def at_best(raised: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> float:
        return -math.expm1(-float(np.where(raised, best, found.controls.hazard).sum()))

    return Counterfactuals(at_best(~discipline), at_best(discipline))
