"""Inputs of what is written from the record alone, such as minutes: nothing is estimated."""

import datetime as dt

from app.domain.audit import Audit
from app.domain.bank import bank_hash
from app.domain.gaps import gaps
from app.domain.plan.results import BenefitUnit, Plan
from app.domain.replies import active_cases
from app.domain.risk.results import (
    Bounded,
    Compared,
    Coverage,
    Portfolio,
    Relative,
    Span,
    StagesMissing,
)
from app.domain.timeline import Local, as_recorded
from app.report.inputs import Origin, ReportInputs


def record_inputs(
    audit: Audit, today: dt.date, origin: Origin, local: Local = as_recorded
) -> ReportInputs:
    """The record and its gaps. Works where no workflow is active and takes no time to estimate."""
    return ReportInputs(
        audit=audit,
        portfolio=_not_estimated(),
        plan=_not_planned(),
        options=(),
        rates=None,
        gaps=gaps(audit, active_cases(audit, today)),
        file_name=origin.file_name,
        sequence=origin.sequence,
        chain_head=origin.chain_head,
        program_version=origin.program,
        bank_hash=bank_hash(audit.bank),
        local=local,
    )


def _not_estimated() -> Portfolio:
    nothing = Span(0.0, 0.0)
    return Portfolio(
        estimates=(),
        left_out=0,
        risk=0.0,
        range=nothing,
        full_range=nothing,
        relative=Relative(1.0, 1.0, 1.0, Compared.TYPICAL),
        categories={},
        departures={},
        expected_misses=0.0,
        misses=nothing,
        states={},
        conditions={},
        coverage=Coverage(0.0, 0, 0, 0, 0, 0),
        waived=0.0,
        missing_middle=Bounded(0.0, 0.0, 100.0),
        stages=StagesMissing({}, 0, 0, 0, 0.0, 0.0),
        doubt=None,
    )


def _not_planned() -> Plan:
    return Plan(
        actions=(),
        later=(),
        to_audit=(),
        to_show=(),
        confirm_first=(),
        quick_wins=(),
        refused={},
        curve=(),
        phases=(),
        unit=BenefitUnit.MISSES,
        capacity=0.0,
        roles={},
        months=0,
        after={},
        planned_levels={},
    )
