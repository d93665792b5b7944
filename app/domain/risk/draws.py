"""The draws every range shares: common random numbers for all workflows and both ranges."""

import itertools
import math
from functools import cached_property
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from app.domain.risk.engine import Belief, Controls, Engine, Floats
from app.domain.risk.streams import Stream, gamma, normal

Floats32: TypeAlias = npt.NDArray[np.float32]
Sample: TypeAlias = Floats32
"""One value per draw: hazard against typical, `M = H / h0`."""

BLOCK = 512
"""Draws compared at a time, so that the work stays in the processor's cache."""
BELIEFS = 20_000
"""Beliefs whose cuts are remembered; then memory starts afresh."""
Parts: TypeAlias = dict[tuple[int, int, Belief], float]
"""Row of the draws, category and belief to weight; sources nobody told apart are one."""

_QUANTILE = NormalDist().inv_cdf


class Streams(Struct, frozen=True, eq=False):
    """Drawn once, always in the order base, ladder, shared factor, shares, own parts."""

    base: Floats
    """`B`, lognormal with median 1."""
    theta: Floats
    """Strength of the ladder, lognormal with median 1."""
    shares: Floats
    """`S`, categories x draws; each draw sums to 1."""
    maturity: Floats32
    """`y`, one row per question and then per category x draws; high is better."""


class Maturity:
    """The level every control has in every draw: its belief's inverse at the question's row.

    One row per question, whatever workflow or source, so unknowns never diversify away.
    """

    def __init__(self, rows: Floats32, categories: int, plain: frozenset[Belief]):
        self.rows = rows
        self.plain = plain
        """Beliefs that one reply, or none, leads to: few enough to keep their rows."""
        self._categories = categories
        self._cuts: dict[Belief, list[float]] = {}

    def split(self, controls: Controls) -> tuple[Parts, Floats32 | None]:
        """The parts with plain beliefs, and what `_reached` makes of the others, if any."""
        plain, mixed = Parts(), Parts()
        for question, category, belief, weight in zip(
            controls.question.tolist(),
            controls.category.tolist(),
            controls.beliefs,
            controls.weight.tolist(),
            strict=True,
        ):
            parts = plain if belief in self.plain else mixed
            key = (question, category, belief)
            parts[key] = parts.get(key, 0.0) + weight
        return plain, self._reached(mixed) if mixed else None

    def _reached(self, parts: Parts) -> Floats32:
        """`A_kc[d]`: weight in category c of the parts at level k (0 to 4) or above in draw d."""
        weights = np.zeros((self._categories, len(parts)), dtype=np.float32)
        categories = [category for _, category, _ in parts]
        weights[categories, np.arange(len(parts))] = list(parts.values())
        cut = np.array([self.cuts(belief) for *_, belief in parts], dtype=np.float32)
        rows = self.rows[[question for question, *_ in parts]]
        found = np.empty((cut.shape[1] + 1, self._categories, rows.shape[1]), dtype=np.float32)
        found[0] = weights.sum(1)[:, None]
        for start in range(0, rows.shape[1], BLOCK):
            block = slice(start, start + BLOCK)
            found[1:, :, block] = weights @ (rows[:, block] > cut.T[:, :, None]).astype(np.float32)
        return found

    def cuts(self, belief: Belief) -> list[float]:
        """Normal scores at which the level rises, 4 for 5 levels."""
        found = self._cuts.get(belief)
        if found is None:
            if len(self._cuts) >= BELIEFS:
                self._cuts.clear()
            found = self._cuts[belief] = [
                -math.inf if x <= 1e-12 else math.inf if x >= 1 - 1e-12 else _QUANTILE(x)
                for x in itertools.islice(itertools.accumulate(belief), len(belief) - 1)
            ]
        return found


class View:
    """One of the two ranges: each category's part of the hazard, and the ladder, in every draw."""

    def __init__(self, maturity: Maturity, part: Floats, ladder: Floats):
        """`part`: categories x draws or 1, `hb_c / h0`. `ladder`: levels x draws or 1, `G`."""
        self._maturity = maturity
        self._part = part.astype(np.float32)
        self._rise = np.diff(ladder, axis=0, prepend=0).astype(np.float32)
        self._turn = self._rise[:, None, :] * self._part
        rows, draws = maturity.rows.shape
        self._table = np.empty((rows * len(maturity.plain), draws), dtype=np.float32)
        self._place: dict[tuple[int, int, Belief], int] = {}

    def relative(self, controls: Controls) -> Sample:
        """`M[d] = sum_c hb_c[d] / h0 sum_i w_i G(level_i[d])[d]`, 0 or more, one per draw."""
        return self.summed(*self._maturity.split(controls))

    def summed(self, plain: Parts, reached: Floats32 | None) -> Sample:
        """The same from what `Maturity.split` gives."""
        total: Sample = np.zeros(self._table.shape[1], dtype=np.float32)
        if plain:
            places = [self._placed(key) for key in plain]
            total += np.array(list(plain.values()), dtype=np.float32) @ self._table[places]
        if reached is not None:
            total += (self._turn * reached).sum((0, 1))
        return total

    def row(self, question: int, category: int, belief: Belief) -> Sample:
        """One control of weight 1: its multiplier in every draw, times its category's part."""
        maturity = self._maturity.rows[question]
        levels = np.broadcast_to(self._rise[0], maturity.shape).copy()
        for rise, cut in zip(self._rise[1:], self._maturity.cuts(belief), strict=True):
            levels += rise * (maturity > np.float32(cut))
        found: Sample = self._part[category] * levels
        return found

    def _placed(self, key: tuple[int, int, Belief]) -> int:
        place = self._place.get(key)
        if place is None:
            place = len(self._place)
            self._table[place] = self.row(*key)
            self._place[key] = place
        return place


class Draws:
    """Both views over the same streams, made when first asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def both(self, controls: Controls) -> tuple[Sample, Sample]:
        """`M` in every draw of the answer view and of the full view."""
        plain, reached = self._maturity.split(controls)
        return self.answers.summed(plain, reached), self.full.summed(plain, reached)

    @cached_property
    def answers(self) -> View:
        """The answer range: what the room left open; base rate, shares and ladder are fixed."""
        engine = self._engine
        return View(self._maturity, engine.shares[:, None], engine.multipliers[:, None])

    @cached_property
    def full(self) -> View:
        """The full range: base rate, shares and ladder are open too."""
        streams = self.streams
        ladder = self._engine.multipliers[:, None] ** streams.theta
        ladder /= np.array(self._engine.prior) @ ladder
        return View(self._maturity, streams.base * streams.shares, ladder)

    @cached_property
    def _maturity(self) -> Maturity:
        engine = self._engine
        plain = frozenset({engine.prior, *itertools.chain(*engine.voices.values())})
        return Maturity(self.streams.maturity, len(engine.categories), plain)

    @cached_property
    def streams(self) -> Streams:
        engine, reference = self._engine, self._engine.reference
        n, stream = reference.draws, Stream(reference.seed)
        base, theta, shared = (normal(stream.stratified(n)) for _ in range(3))
        weight = reference.share_weight * engine.shares
        parts = np.stack([gamma(normal(stream.stratified(n)), shape) for shape in weight])
        rows = len(engine.load) + len(engine.categories)
        own = np.stack([normal(stream.uniforms(n)) for _ in range(rows)])
        rho = reference.correlation
        return Streams(
            base=np.exp(reference.base_sigma * base),
            theta=np.exp(reference.ladder_sigma * theta),
            shares=parts / parts.sum(0),
            maturity=(math.sqrt(rho) * shared + math.sqrt(1 - rho) * own).astype(np.float32),
        )
