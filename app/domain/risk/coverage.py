"""How much of a workflow was asked and answered, and when a figure is not to be printed."""

import datetime as dt

import numpy as np

from app.domain.landscape import Workflow
from app.domain.progress import Progress, counted
from app.domain.replies import Case, Status, is_put
from app.domain.risk.engine import Controls, Engine
from app.domain.risk.results import Coverage, Withheld

MIN_COVERAGE = 0.50
YEAR = 365


def coverage(case: Case, controls: Controls) -> Coverage:
    """Counts of one workflow, and the share of prior hazard `s_c w_i` with status answered.

    A category in which nothing applies leaves the denominator. Source: scoring.md 2.4.
    """
    real = np.array([s is not None for s in controls.standings])
    of = float(controls.typical[real].sum())
    weight = float(controls.typical[controls.known].sum()) / of if of else 0.0
    return weighted(counted(s.status for s in case.standings if is_put(case.workflow, s)), weight)


def weighted(progress: Progress, weight: float) -> Coverage:
    """Counts beside the weight answered."""
    return Coverage(
        weight=weight,
        answered=progress.answered,
        unknown=progress.unknown,
        not_applicable=progress.not_applicable,
        not_asked=progress.not_asked,
        of=progress.of,
    )


def waived(engine: Engine, case: Case) -> float:
    """Share of prior hazard that people marked not applicable, 0 to 1."""
    put = [s for s in case.standings if is_put(case.workflow, s)]
    if not any(s.status is Status.NOT_APPLICABLE for s in put):
        return 0.0
    rows = np.array([engine.index[s.question.id] for s in put], dtype=np.intp)
    category = engine.category[rows]
    raw = engine.load[rows] * np.array([s.share for s in put])
    count = len(engine.categories)
    weight = engine.shares[category] * raw / np.bincount(category, raw, count)[category]
    gone = np.array([s.status is Status.NOT_APPLICABLE for s in put])
    return float(weight[gone].sum() / weight.sum())


def withheld(workflow: Workflow, weight: float, today: dt.date) -> Withheld | None:
    """Why the estimate is not printed; it is computed all the same. Source: scoring.md 2.5."""
    since = workflow.go_live
    if workflow.is_live and since is not None and (today - since).days > YEAR:
        return Withheld.IN_USE_OVER_A_YEAR
    return Withheld.TOO_LITTLE_KNOWN if weight < MIN_COVERAGE else None
