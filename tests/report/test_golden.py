"""Text and structure of a small report, looked at once; PLUMBLINE_REWRITE=1 writes them anew."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.exchange.sample import sample_audit
from app.report.model import Audience, Picture, ReportModel, Table, Text
from app.report.pdf import render_pdf
from tests.report.conftest import made
from tests.report.inputs import inputs_of
from tests.report.reading import elements
from tests.report.small import small

REWRITE = os.environ.get("PLUMBLINE_REWRITE") == "1"


@pytest.fixture(scope="module")
def model() -> ReportModel:
    return made(inputs_of(small(sample_audit())), Audience.EXECUTIVE)


def written(model: ReportModel) -> Iterator[str]:
    """Pages 1 to 5 and the headings of the annexes as lines of text."""
    brief = model.brief
    yield f"# {brief.heading.text}"
    yield brief.provisional.text if brief.provisional else "confirmed"
    for block in (brief.states, brief.decisions, brief.undecided, brief.disagreed, brief.rates):
        if block:
            yield from _block(block)
    yield from _block(brief.rates_text)
    yield from _block(brief.care)
    for section in model.sections:
        yield ""
        yield f"# {section.label}: {section.heading.text}"
        yield from (line.text for line in section.lead)
        for part in section.blocks:
            yield from _block(part)
    for annex in model.annexes:
        yield f"# {annex.label}: {annex.heading.text}"


def _block(block: Table | Picture | Text) -> Iterator[str]:
    yield ""
    if isinstance(block, Picture):
        yield f"[{block.caption}] {block.scene.alt}"
        yield " | ".join(block.scene.figures.header)
        yield from (" | ".join(row) for row in block.scene.figures.rows)
        return
    yield f"## {block.title}"
    if isinstance(block, Text):
        yield from (line.text for line in block.lines)
        return
    yield " | ".join(column.title for column in block.columns)
    for row in block.rows:
        yield " | ".join(" / ".join(filter(None, (c.text, c.detail))) for c in row.cells)
    yield block.note


def compare(path: Path, text: str) -> None:
    if REWRITE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


def test_text(model: ReportModel, golden: Path) -> None:
    compare(golden / "report" / "small.txt", "\n".join(written(model)) + "\n")


def test_structure(model: ReportModel, golden: Path) -> None:
    kinds = [
        element.kind
        for element in elements(render_pdf(model))
        if element.kind in ("H1", "H2", "Table", "Figure", "Caption", "L")
    ]
    compare(golden / "report" / "small-structure.txt", "\n".join(kinds) + "\n")


def test_the_date_is_given_and_not_asked(model: ReportModel) -> None:
    assert model.frame.date == dt.date(2026, 12, 14)
