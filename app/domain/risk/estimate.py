"""One workflow scored from scratch: the only way to an estimate, for every surface."""

import datetime as dt

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.conditions import conditions
from app.domain.replies import Case
from app.domain.risk.attribution import (
    by_category,
    category_shares,
    contributions,
    departures,
)
from app.domain.risk.coverage import coverage, waived, withheld
from app.domain.risk.draws import Draws, Sample
from app.domain.risk.engine import Engine, controls, score
from app.domain.risk.indices import missing_middle
from app.domain.risk.relative import relative_to_typical
from app.domain.risk.results import Estimate
from app.domain.risk.spread import risk_of, spread
from app.domain.risk.stages import stages_missing
from app.domain.risk.value import doubt


class Appraisal(Struct, frozen=True, eq=False):
    """An estimate with the draws it came from."""

    estimate: Estimate
    answers: Sample
    full: Sample


def estimate(engine: Engine, draws: Draws, audit: Audit, case: Case, today: dt.date) -> Estimate:
    """Closed form, both ranges, explanations, conditions and state. Source: scoring.md 2."""
    return appraise(engine, draws, audit, case, today).estimate


def appraise(engine: Engine, draws: Draws, audit: Audit, case: Case, today: dt.date) -> Appraisal:
    """The estimate together with `M` in every draw of both views."""
    found = score(engine, controls(engine, case))
    answers, full = draws.both(found.controls)
    answered, risk = spread(answers), risk_of(engine.h0)
    range_ = answered.span(risk)
    met = conditions(audit.bank, case)
    counted = coverage(case, found.controls)
    shares = category_shares(found)
    result = Estimate(
        id=case.id,
        risk=found.risk,
        range=range_,
        full_range=spread(full).span(risk),
        hazard=found.hazard,
        relative=relative_to_typical(found.relative, answered),
        categories=by_category(engine, found.risk * shares),
        departures=departures(engine, shares),
        coverage=counted,
        waived=waived(engine, case),
        withheld=withheld(case.workflow, counted.weight, today),
        contributions=contributions(engine, case, found),
        conditions=met,
        state=met.state(live=case.workflow.is_live),
        missing_middle=missing_middle(engine, case),
        stages=stages_missing(audit, case.id),
        doubt=doubt(case.workflow.yearly_benefit, found.risk, range_),
    )
    return Appraisal(result, answers, full)
