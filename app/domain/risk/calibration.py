"""Base rate, its spread and the shares, learnt from an organisation's own past deployments."""

import math
from collections.abc import Iterable, Mapping

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from app.domain.bank import ReferenceSet
from app.domain.landscape import Deployment
from app.domain.risk.engine import Floats
from app.domain.risk.results import Span

PSEUDO = 10.0
"""Weight of the base rate in the simple version: Beta(8, 2) at 80%."""
GRID = 4001
WIDTH = 6
"""Standard deviations of the prior that the grid reaches to each side."""
ROUNDS = 500
FIRST_SCORED = 10
"""Finished deployments needed before forecasts are scored."""
LADDER_HOLDS = 50
"""Below so many finished deployments ladder and weights are left alone."""
TAIL = 1.6448536269514722
"""Standard deviations from the middle to 5% and 95%."""


class Forecasts(Struct, frozen=True):
    """How the stored hazards would have forecast, against always saying the base rate.

    Brier scores and log scores are means per deployment; lower is better in both.
    """

    brier: float
    brier_always: float
    log: float
    log_always: float
    of: int


class Calibration(Struct, frozen=True):
    """What the finished deployments say. Rates are 0 to 1."""

    failed: int
    succeeded: int
    left_out: int
    """Deployments whose outcome is not known yet."""
    simple: float
    """Mean of Beta(8 + failures, 2 + successes); for deployments near typical maturity."""
    base_rate: float
    sigma: float
    shares: Mapping[str, float]
    share_weight: float
    forecasts: Forecasts | None


class _Record(Struct, frozen=True):
    relative: float
    failed: bool


def has_failed(deployment: Deployment) -> bool | None:
    """Failed = not both at full scale and returning what was projected; None = not known yet."""
    parts = (deployment.reached_scale, deployment.returned_projected)
    if False in parts:
        return True
    return None if None in parts else False


def calibration(reference: ReferenceSet, deployments: Iterable[Deployment]) -> Calibration:
    """Posterior of base rate and shares. Source: scoring.md 2.15.

    A deployment without a hazard of its own counts as typical (M = 1).
    """
    every = list(deployments)
    done = [(d, failed) for d in every if (failed := has_failed(d)) is not None]
    records = [
        _Record(1.0 if d.relative_hazard is None else d.relative_hazard, failed)
        for d, failed in done
    ]
    failures = sum(failed for _, failed in done)
    prior = PSEUDO * reference.base_rate
    rate, sigma = _posterior(reference, records)
    shares, weight = _shares(reference, [d for d, failed in done if failed])
    return Calibration(
        failed=failures,
        succeeded=len(done) - failures,
        left_out=len(every) - len(done),
        simple=(prior + failures) / (PSEUDO + len(done)),
        base_rate=rate,
        sigma=sigma,
        shares=shares,
        share_weight=weight,
        forecasts=_forecasts(reference, [d for d, _ in done]),
    )


def rate_range(found: Calibration) -> Span:
    """90% range of the learnt base rate, 0 to 1: `1 - exp(-H0 e^(-+1.645 sigma))`."""
    centre = math.log(-math.log1p(-found.base_rate))
    low, high = (-math.expm1(-math.exp(centre + z * found.sigma)) for z in (-TAIL, TAIL))
    return Span(low, high)


def recalibrated(reference: ReferenceSet, found: Calibration) -> ReferenceSet:
    """The reference set with rate, spread and shares learnt; the level multipliers stay.

    The ladder is restated for the new rate, `P_l = 1 - exp(-g_l H0)`, so that `g` is unchanged.
    """
    turn = math.log1p(-found.base_rate) / math.log1p(-reference.base_rate)
    a, b, c, d, e = (-math.expm1(turn * math.log1p(-p)) for p in reference.ladder)
    return replace(
        reference,
        base_rate=found.base_rate,
        ladder=(a, b, c, d, e),
        base_sigma=found.sigma,
        shares=found.shares,
        share_weight=found.share_weight,
    )


def _posterior(reference: ReferenceSet, records: list[_Record]) -> tuple[float, float]:
    """Grid posterior of `eta = ln H0`; returns the rate at its mean and its deviation.

    Prior `N(ln H0, base_sigma^2)`; likelihood `1 - exp(-e^eta M)` per failure, `exp(-e^eta M)`
    per success.
    """
    centre, sigma = math.log(-math.log1p(-reference.base_rate)), reference.base_sigma
    eta = np.linspace(centre - WIDTH * sigma, centre + WIDTH * sigma, GRID)
    weight = -0.5 * ((eta - centre) / sigma) ** 2
    for r in records:
        hazard = np.exp(eta) * r.relative
        weight += np.log(-np.expm1(-hazard)) if r.failed else -hazard
    chance = np.exp(weight - weight.max())
    chance /= chance.sum()
    mean = float(chance @ eta)
    deviation = math.sqrt(float(chance @ (eta - mean) ** 2))
    return -math.expm1(-math.exp(mean)), deviation


def _shares(
    reference: ReferenceSet, failures: list[Deployment]
) -> tuple[Mapping[str, float], float]:
    """Dirichlet mean of `20 s + n_c`; where multipliers are stored, the fixed point of
    `s_c = alpha_c / (20 + sum_j m_jc / (s . m_j))`, normalised. Also the new weight.
    """
    names = sorted(reference.shares)
    prior = np.array([reference.shares[c] for c in names])
    split = [d for d in failures if d.failure_split]
    counts = np.array([sum(d.failure_split.get(c, 0.0) for d in split) for c in names])
    alpha = reference.share_weight * prior + counts
    weight = float(alpha.sum())
    shares = alpha / weight
    if any(d.multipliers for d in split):
        met = np.array([[d.multipliers.get(c, 1.0) for c in names] for d in split])
        shares = _fixed_point(alpha, met, reference.share_weight)
    return dict(zip(names, shares.tolist(), strict=True)), weight


def _fixed_point(alpha: Floats, met: Floats, weight: float) -> Floats:
    shares: Floats = alpha / alpha.sum()
    for _ in range(ROUNDS):
        shares = alpha / (weight + (met / (met @ shares)[:, None]).sum(0))
        shares = shares / shares.sum()
    return shares


def _forecasts(reference: ReferenceSet, done: list[Deployment]) -> Forecasts | None:
    """Scores from the tenth finished deployment with a stored hazard."""
    stored = [(d.relative_hazard, has_failed(d)) for d in done if d.relative_hazard is not None]
    if len(stored) < FIRST_SCORED:
        return None
    relative = np.array([m for m, _ in stored])
    failed = np.array([bool(f) for _, f in stored])
    chance = -np.expm1(math.log1p(-reference.base_rate) * relative)
    always = np.full(len(stored), reference.base_rate)
    return Forecasts(
        brier=_brier(chance, failed),
        brier_always=_brier(always, failed),
        log=_log(chance, failed),
        log_always=_log(always, failed),
        of=len(stored),
    )


def _brier(chance: Floats, failed: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> float:
    return float(np.mean((chance - failed) ** 2))


def _log(chance: Floats, failed: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> float:
    right = np.clip(np.where(failed, chance, 1 - chance), 1e-12, 1.0)
    return float(-np.mean(np.log(right)))
