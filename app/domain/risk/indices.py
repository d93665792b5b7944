"""Indices from 0 to 100 with bounds: the missing middle, and tenant to asset."""

import math
from collections.abc import Iterable

from msgspec import Struct

from app.domain.bank import Facet
from app.domain.ids import QuestionId, StageId
from app.domain.replies import Case, Standing, Status
from app.domain.risk.engine import Belief, Engine, belief
from app.domain.risk.results import Bounded


class Presence(Struct, frozen=True):
    """How far something is there, 0 to 1, with open answers at their worst and best."""

    value: float
    low: float
    high: float


class StageMark(Struct, frozen=True):
    """One stage by its answers; `value` is 0 (missing) to 1 (present)."""

    stage: StageId
    load: float
    presence: Presence


def presence(engine: Engine, standing: Standing | None) -> Presence:
    """`sum_l b_l min(1, l/3)`; not applicable is 1. No question at all is an open answer."""
    if standing is not None and standing.status is Status.NOT_APPLICABLE:
        return Presence(1.0, 1.0, 1.0)
    if standing is None:
        return Presence(_present(engine.prior), 0.0, 1.0)
    value = _present(belief(engine, standing))
    if standing.status is Status.ANSWERED:
        return Presence(value, value, value)
    return Presence(value, 0.0, 1.0)


def _present(b: Belief) -> float:
    """Level 3 and above counts as present."""
    return (b[1] + 2 * b[2]) / 3 + b[3] + b[4]


def stage_marks(engine: Engine, case: Case) -> tuple[StageMark, ...]:
    """Per stage the geometric mean of owner, definition and evidence. Source: scoring.md 2.11."""
    marks = []
    for stage in engine.bank.stages:
        facets = [
            presence(engine, _first(case, engine.facets.get((stage.id, facet)))) for facet in Facet
        ]
        marks.append(StageMark(stage.id, stage.load, _geometric(facets)))
    return tuple(marks)


def _geometric(facets: list[Presence]) -> Presence:
    root = 1 / len(facets)
    return Presence(
        math.prod(f.value for f in facets) ** root,
        math.prod(f.low for f in facets) ** root,
        math.prod(f.high for f in facets) ** root,
    )


def _first(case: Case, question: QuestionId | None) -> Standing | None:
    return next(iter(case.of(question)), None) if question else None


def missing_middle(engine: Engine, case: Case) -> Bounded:
    """`100 sum tau_s (1 - d_s)`, 0 (all stages run) to 100. Source: scoring.md 2.11."""
    marks = [(m.load, m.presence) for m in stage_marks(engine, case)]
    there = _weighted(marks or [(1.0, presence(engine, None))])
    return Bounded(100 - there.index, 100 - there.high, 100 - there.low)


def tenant_asset(engine: Engine, case: Case) -> Bounded:
    """From 0 (tenant, everything rented) to 100 (asset). Source: scoring.md 2.14."""
    asked = [s for q in engine.bank.asset if (s := _first(case, q)) is not None]
    used = [s for s in asked if s.status is not Status.NOT_APPLICABLE] or asked
    marks = [(s.question.criticality, presence(engine, s)) for s in used]
    return _weighted(marks or [(1.0, presence(engine, None))])


def _weighted(marks: Iterable[tuple[float, Presence]]) -> Bounded:
    found = list(marks)
    total = sum(weight for weight, _ in found)
    return Bounded(
        100 * sum(weight * p.value for weight, p in found) / total,
        100 * sum(weight * p.low for weight, p in found) / total,
        100 * sum(weight * p.high for weight, p in found) / total,
    )
