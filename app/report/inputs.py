"""Everything a report is made from; each figure was computed by the domain, once."""

import datetime as dt
from collections.abc import Callable

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.bank import bank_hash
from app.domain.checks import checks
from app.domain.figures import STEPS, Figures, figures
from app.domain.findings import Finding
from app.domain.gaps import Gap, gaps
from app.domain.plan.options import plan_options
from app.domain.plan.results import Plan, PlanOption
from app.domain.progress import Progress, progress
from app.domain.replies import active_cases
from app.domain.risk.results import Portfolio, StartingRates
from app.errors import ExportFailed

GATHERING_STEPS = STEPS + 1
"""How often `gather` ticks."""


class Origin(Struct, frozen=True):
    """The file a report is made from, at one entry of its journal, and the program."""

    file_name: str = ""
    sequence: int = 0
    chain_head: str = ""
    program: str = ""


class Earlier(Struct, frozen=True):
    """The audit as it stood at a named moment."""

    name: str
    at: dt.datetime
    audit: Audit


class ReportInputs(Struct, frozen=True):
    audit: Audit
    portfolio: Portfolio
    plan: Plan
    options: tuple[PlanOption, ...]
    rates: StartingRates | None
    gaps: tuple[Gap, ...]
    findings: tuple[Finding, ...] = ()
    progress: Progress | None = None
    """Each answer counted once, however many workflows inherit it; else the portfolio's counts."""
    file_name: str = ""
    sequence: int = 0
    """Number of the last entry of the journal."""
    chain_head: str = ""
    """Hash of that entry."""
    program_version: str = ""
    bank_hash: str = ""
    earlier: Earlier | None = None
    """The last snapshot, which the report says the changes since."""


def gather(
    audit: Audit, today: dt.date, origin: Origin, tick: Callable[[], None] = lambda: None
) -> ReportInputs:
    """Everything computed for this day. ExportFailed for an audit without an active workflow."""
    found = figures(audit, today, tick, replan=True)
    if found is None:
        raise ExportFailed(
            "This audit has no active workflow, so there is nothing to report; nothing was "
            "written. Add a workflow, or take one back into scope."
        )
    options = plan_options(found.engine, found.draws, audit, today)
    tick()
    return with_figures(audit, found, options, origin)


def with_figures(
    audit: Audit, found: Figures, options: tuple[PlanOption, ...], origin: Origin
) -> ReportInputs:
    """The same from figures that were computed already, for this audit and on their day."""
    cases = active_cases(audit, found.today)
    return ReportInputs(
        audit=audit,
        portfolio=found.portfolio,
        plan=found.plan,
        options=options,
        rates=found.rates,
        gaps=gaps(audit, cases),
        findings=checks(audit, found.today),
        progress=progress(cases),
        file_name=origin.file_name,
        sequence=origin.sequence,
        chain_head=origin.chain_head,
        program_version=origin.program,
        bank_hash=bank_hash(audit.bank),
    )
