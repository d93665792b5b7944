"""Reports of chosen annexes, and what stands in them."""

from app.domain.ids import (
    PersonId,
    WorkflowId,
)
from app.report.build import build_report
from app.report.inputs import ReportInputs
from app.report.model import Audience, PageSize, ReportModel, Section, Table
from app.report.request import Request
from app.words import Words
from tests.report.inputs import TODAY

FLOW, OWNER = WorkflowId("complaints"), PersonId("jose")


def made(inputs: ReportInputs, *parts: str, audience: Audience = Audience.FULL) -> ReportModel:
    request = Request(audience, PageSize.A4, TODAY, frozenset(parts))
    return build_report(inputs, request, Words())


def part(model: ReportModel, key: str) -> Section:
    return next(s for s in model.annexes if s.key == key)


def tables(section: Section) -> dict[str, Table]:
    return {b.key: b for b in section.blocks if isinstance(b, Table)}


def text_of(table: Table) -> str:
    return " ".join(f"{c.text} {c.detail}" for row in table.rows for c in row.cells)
