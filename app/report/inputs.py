"""Everything a report is made from; each figure was computed by the domain, once."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.bank import Bank, ReferenceSet, bank_hash
from app.domain.checks import checks
from app.domain.figures import STEPS, Figures, figures
from app.domain.findings import Finding
from app.domain.gaps import Gap, gaps
from app.domain.ids import WorkflowId
from app.domain.plan.options import plan_options
from app.domain.plan.results import Plan, PlannedAction, PlanOption
from app.domain.progress import Progress, progress
from app.domain.replies import Case, active_cases
from app.domain.revisions import Revision
from app.domain.risk.engine import Engine
from app.domain.risk.indices import tenant_asset
from app.domain.risk.results import Bounded, Portfolio, StartingRates
from app.domain.timeline import Local, as_recorded
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
    revisions: tuple[Revision, ...] = ()
    """What the journal says about confirmed answers that do not stand as they were confirmed."""
    assets: Mapping[WorkflowId, Bounded] = {}
    """From 0 (tenant) to 100 (asset), of workflows with a model of their own as a goal."""
    local: Local = as_recorded
    """What the clock in the room showed at a moment."""


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
        assets=asset_indices(found.engine, cases),
    )


def asset_indices(engine: Engine, cases: Iterable[Case]) -> Mapping[WorkflowId, Bounded]:
    """Of the workflows where a model of one's own is a goal."""
    return {c.id: tenant_asset(engine, c) for c in cases if c.workflow.own_model_goal}


def in_words_of(inputs: ReportInputs, bank: Bank, reference: ReferenceSet) -> ReportInputs:
    """The same figures with these texts: the audit's own bank and set in another language.

    Nothing is computed anew; the hash of the bank stays that of the file's.
    """
    own = inputs.audit.bank
    inputs = replace(inputs, audit=replace(inputs.audit, reference=reference))
    if bank is own:
        return inputs
    roles = {a.role: b.role for a, b in zip(own.actions, bank.actions, strict=True)}
    texts = {action.id: action for action in bank.actions}

    def said(action: PlannedAction) -> PlannedAction:
        role = roles.get(action.role, action.role)
        known = texts.get(action.action)
        if known is None:
            return replace(action, role=role)
        return replace(action, role=role, title=known.title, done_when=known.done_when)

    plan = replace(
        inputs.plan,
        actions=tuple(map(said, inputs.plan.actions)),
        later=tuple(map(said, inputs.plan.later)),
        roles={roles.get(role, role): days for role, days in inputs.plan.roles.items()},
    )
    earlier = inputs.earlier
    if earlier and earlier.audit.bank == own:
        earlier = replace(earlier, audit=replace(earlier.audit, bank=bank))
    audit = replace(inputs.audit, bank=bank)
    return replace(inputs, audit=audit, plan=plan, earlier=earlier)
