"""The closed-form estimate: weights, beliefs and hazards of the controls of one workflow."""

import math
from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from app.domain.bank import Bank, Facet, Grade, Question, ReferenceSet
from app.domain.ids import QuestionId, StageId
from app.domain.replies import Case, Standing, Status, Voice
from app.errors import EditError

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]
Belief: TypeAlias = tuple[float, ...]
"""Probability of each level, 0 to 4; sums to 1."""

LEVELS = range(5)


class Engine(Struct, frozen=True, eq=False):
    """Everything a score needs of bank and reference set, prepared once and handed around."""

    bank: Bank
    reference: ReferenceSet
    h0: float
    """Cumulative hazard of a typical deployment over 12 months, > 0."""
    categories: tuple[str, ...]
    index: Mapping[QuestionId, int]
    """Question to its place in the bank."""
    category: Ints
    """Per question, the index of its category."""
    load: Floats
    """Per question, its raw weight `u`."""
    shares: Floats
    """Per category, its share of typical hazard; sums to 1."""
    multipliers: Floats
    """Per level, hazard against typical: `g`."""
    prior: Belief
    """Level distribution of the typical enterprise: `pi`, with `pi . g = 1`."""
    voices: Mapping[Grade, tuple[Belief, ...]]
    """Grade to the belief that one reply of each level leads to."""
    facets: Mapping[tuple[StageId, Facet], QuestionId]
    """The question about each facet of each stage; the first where there are more."""

    def at_rate(self, rate: float) -> "Engine":
        """The same engine for another starting rate, 0 < rate < 1; multipliers stay."""
        return replace(self, h0=-math.log1p(-rate))


class Controls(Struct, frozen=True, eq=False):
    """Arrays with one entry per applicable question and target, in bank order."""

    standings: tuple[Standing | None, ...]
    """None stands for a category in which nothing applies; it stays typical."""
    question: Ints
    """Row of the draws: the question's place in the bank, or one of the category rows behind."""
    category: Ints
    weight: Floats
    """Sums to 1 inside each category."""
    beliefs: tuple[Belief, ...]
    known: npt.NDArray[np.bool_]
    """Status answered."""
    typical: Floats
    """`a_i = h0 s_c w_i`; sums to h0."""
    multiplier: Floats
    """Mean hazard multiplier `b_i . g`; 1 is typical."""

    @property
    def hazard(self) -> Floats:
        """`h_i = a_i (b_i . g)`."""
        return self.typical * self.multiplier


class Score(Struct, frozen=True, eq=False):
    """The closed form at central parameters."""

    controls: Controls
    hazard: float
    """`H`, the sum of the controls' hazards."""
    risk: float
    """`P = 1 - exp(-H)`, 0 to 1."""
    relative: float
    """`M = H / h0`; 1 is typical."""
    categories: Floats
    """Hazard per category; sums to H."""


def prepare(bank: Bank, reference: ReferenceSet) -> Engine:
    """Weights, ladder and prior of scoring.md 2.1 to 2.3; EditError where they contradict."""
    categories = tuple(c.id for c in bank.categories)
    if set(categories) != set(reference.shares):
        raise EditError(
            "The reference set and the question bank name different failure categories. "
            "Nothing was changed; choose a reference set made for this bank."
        )
    h0 = -math.log1p(-reference.base_rate)
    multipliers = -np.log1p(-np.array(reference.ladder)) / h0
    prior = typical_levels(reference)
    return Engine(
        bank=bank,
        reference=reference,
        h0=h0,
        categories=categories,
        index={q.id: n for n, q in enumerate(bank.questions)},
        category=np.array([categories.index(q.category) for q in bank.questions], dtype=np.intp),
        load=_loads(bank),
        shares=np.array([reference.shares[c] for c in categories]),
        multipliers=multipliers,
        prior=prior,
        voices={g: _voice(prior, reference.trust[g.value]) for g in Grade},
        facets={(q.stage, q.facet): q.id for q in reversed(bank.questions) if q.stage and q.facet},
    )


def typical_levels(reference: ReferenceSet) -> Belief:
    """`pi`: levels 2 to 4 as given, levels 0 and 1 solved so that the mean multiplier is exactly 1.

    Raises EditError where ladder, upper levels and base rate leave no such distribution.
    """
    g = [math.log1p(-p) / math.log1p(-reference.base_rate) for p in reference.ladder]
    upper = reference.upper_levels
    rest = 1 - sum(upper)
    above = sum(share * m for share, m in zip(upper, g[2:], strict=True))
    lowest = (1 - above - rest * g[1]) / (g[0] - g[1])
    if not 0 <= lowest <= rest:
        raise EditError(
            "Base rate, ladder and upper levels of the reference set contradict each other: "
            "no spread of levels makes the typical enterprise typical. Nothing was changed; "
            "mend one of the three."
        )
    return (lowest, rest - lowest, *upper)


def _loads(bank: Bank) -> Floats:
    """`u = activity load x criticality / criticality of the activity's unconditional questions`."""
    loads = {a.id: a.load for a in bank.activities}
    total: dict[tuple[str, str], float] = {}
    always = {(q.category, q.activity) for q in bank.questions if not q.ask_if}
    for q in bank.questions:
        place = (q.category, q.activity)
        if not q.ask_if or place not in always:
            total[place] = total.get(place, 0.0) + q.criticality

    def load(q: Question) -> float:
        return loads[q.activity] * q.criticality / total[q.category, q.activity]

    return np.array([load(q) for q in bank.questions])


def _voice(prior: Belief, trust: float) -> tuple[Belief, ...]:
    return tuple(
        tuple((1 - trust) * p + (trust if n == level else 0.0) for n, p in enumerate(prior))
        for level in LEVELS
    )


def belief(engine: Engine, standing: Standing) -> Belief:
    """Belief over the levels. Source: scoring.md 2.4, pool and settled."""
    if standing.status is not Status.ANSWERED:
        return engine.prior
    if standing.settled is None:
        return _pooled(engine, standing.pool)
    agreed = engine.voices[standing.settled.grade][standing.settled.level]
    if not standing.pool:
        return agreed
    part = engine.reference.settled
    pool = _pooled(engine, standing.pool)
    return tuple(part * a + (1 - part) * b for a, b in zip(agreed, pool, strict=True))


def _pooled(engine: Engine, pool: tuple[Voice, ...]) -> Belief:
    """Plain mean over the individual answers."""
    said = [engine.voices[v.grade][v.level] for v in pool]
    return said[0] if len(said) == 1 else tuple(sum(b) / len(said) for b in zip(*said, strict=True))


def controls(engine: Engine, case: Case) -> Controls:
    """The controls of one workflow; what is not applicable leaves and the weights renormalise."""
    standings: list[Standing | None] = []
    rows: list[int] = []
    share: list[float] = []
    for s in case.standings:
        if s.status is not Status.NOT_APPLICABLE:
            standings.append(s)
            rows.append(engine.index[s.question.id])
            share.append(s.share)
    question = np.array(rows, dtype=np.intp)
    category = engine.category[question]
    raw = engine.load[question] * np.array(share)
    count = len(engine.categories)
    empty = sorted(set(range(count)) - set(category.tolist()))
    if empty:
        standings += [None] * len(empty)
        # The draws keep one row per category behind the questions, last category first.
        behind = [len(engine.load) + count - 1 - c for c in empty]
        question = np.append(question, np.array(behind, dtype=np.intp))
        category = np.append(category, np.array(empty, dtype=np.intp))
        raw = np.append(raw, np.ones(len(empty)))
    weight = raw / np.bincount(category, raw, count)[category]
    beliefs = tuple(belief(engine, s) if s else engine.prior for s in standings)
    return Controls(
        standings=tuple(standings),
        question=question,
        category=category,
        weight=weight,
        beliefs=beliefs,
        known=np.array([s is not None and s.status is Status.ANSWERED for s in standings]),
        typical=engine.h0 * engine.shares[category] * weight,
        multiplier=np.array(beliefs) @ engine.multipliers,
    )


def score(engine: Engine, found: Controls) -> Score:
    """`H = sum h_i`, `P = 1 - exp(-H)`, `M = H / h0` for controls made by the same engine."""
    hazards = found.hazard
    hazard = float(hazards.sum())
    by_category = np.bincount(found.category, hazards, len(engine.categories))
    return Score(
        controls=found,
        hazard=hazard,
        risk=-math.expm1(-hazard),
        relative=hazard / engine.h0,
        categories=by_category.astype(np.float64),
    )


def logmean(a: float, b: float) -> float:
    """Logarithmic mean `(a - b) / (ln a - ln b)` of positive numbers; the limit where equal."""
    apart = math.log(a / b)
    return b * math.expm1(apart) / apart if apart else b
