"""Inputs of reports made with the program's own figures, from small records."""

import datetime as dt

from app.domain.audit import Audit
from app.domain.checks import checks
from app.domain.gaps import gaps
from app.domain.plan.options import plan_options, starting_rates_with_plan
from app.domain.plan.planner import make_plan
from app.domain.progress import progress
from app.domain.replies import active_cases
from app.domain.risk.draws import Draws
from app.domain.risk.engine import prepare
from app.domain.risk.portfolio import portfolio
from app.report.inputs import ReportInputs, asset_indices

TODAY = dt.date(2026, 12, 14)


def inputs_of(audit: Audit, today: dt.date = TODAY, **replaced: object) -> ReportInputs:
    """Everything the composition root would hand to the report."""
    engine = prepare(audit.bank, audit.reference)
    draws = Draws(engine)
    found = portfolio(engine, draws, audit, today)
    assert found is not None
    plan = make_plan(engine, draws, audit, today)
    cases = active_cases(audit, today)
    given = {
        "audit": audit,
        "portfolio": found,
        "plan": plan,
        "options": plan_options(engine, draws, audit, today),
        "rates": starting_rates_with_plan(engine, draws, audit, today, plan),
        "gaps": gaps(audit, cases),
        "findings": checks(audit, today),
        "progress": progress(cases),
        "file_name": "audit.plumb",
        "sequence": 1204,
        "chain_head": "7f3a91c2" * 8,
        "program_version": "0.1.0",
        "bank_hash": "ab" * 32,
        "assets": asset_indices(engine, cases),
    }
    return ReportInputs(**{**given, **replaced})  # type: ignore[arg-type]
