"""What a deck shows to those who sit before it, and says to those who hear it."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pptx import Presentation

from app.exchange.bank_translation import bank_in
from app.exchange.reference_toml import reference_in
from app.report.build import build_report
from app.report.inputs import ReportInputs, in_words_of
from app.report.layout_places import references
from app.report.model import Audience, ReportModel, Table
from app.report.pptx.deck import render_pptx
from app.report.pptx.fit import fitted
from app.report.request import Request
from app.words import Words, languages
from tests.report.inputs import TODAY


@pytest.fixture(scope="module")
def decks(models: dict[Audience, ReportModel]) -> dict[Audience, bytes]:
    return {audience: render_pptx(model) for audience, model in models.items()}


def words_for(shape: Any) -> str:
    return str(shape.element.xpath("./*/p:cNvPr")[0].get("descr", ""))


def test_no_slide_refers_to_a_part_it_does_not_have(
    models: dict[Audience, ReportModel], decks: dict[Audience, bytes]
) -> None:
    told = references(models[Audience.FULL], Words())["to"]
    found = 0
    for text in _everything(decks[Audience.FULL]):
        for name in told:
            for place in re.finditer(rf"{re.escape(name)}(?!\d)", text):
                assert text[place.end() :].startswith(" of the report"), text
                found += 1
    assert found >= 2


def _everything(body: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(body)).slides:
        yield slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            yield words_for(shape)
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)


def test_a_chart_is_described_by_its_own_figures(decks: dict[Audience, bytes]) -> None:
    for slide in Presentation(io.BytesIO(decks[Audience.FULL])).slides:
        for shape in slide.shapes:
            if shape.has_chart and "LINE" not in str(shape.chart.chart_type):
                said = words_for(shape)
                for category in shape.chart.plots[0].categories:
                    assert str(category) in said
                for series in shape.chart.plots[0].series:
                    printed = {f"{value:.{n}f}" for value in series.values if value for n in (0, 1)}
                    assert printed & set(re.findall(r"\d+\.\d|\d+", said)), said


@pytest.mark.parametrize("language", languages())
def test_tables_are_read_from_a_chair_and_titles_are_sentences(
    language: str, sample_inputs: ReportInputs
) -> None:
    spoken = in_words_of(
        sample_inputs,
        bank_in(sample_inputs.audit.bank, language),
        reference_in(sample_inputs.audit.reference, language),
    )
    request = Request(Audience.EXECUTIVE, date=TODAY, language=language)
    deck = Presentation(io.BytesIO(render_pptx(build_report(spoken, request, Words(language)))))
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text.endswith("."), slide.shapes.title.text_frame.text
        for table in (shape.table for shape in slide.shapes if shape.has_table):
            runs = [
                run
                for row in table.rows
                for cell in row.cells
                for paragraph in cell.text_frame.paragraphs
                for run in paragraph.runs
            ]
            assert min(run.font.size.pt for run in runs) >= 11


def test_rows_without_room_are_counted_and_left_to_the_report(
    models: dict[Audience, ReportModel],
) -> None:
    section = next(s for s in models[Audience.FULL].sections if s.key == "roadmap")
    phases = next(b for b in section.blocks if isinstance(b, Table) and b.key == "phases")
    sheet = fitted(phases, 600, 150, (16, 11), Words(), fewer=True)
    assert 2 <= len(sheet.rows) < len(phases.rows)
    assert sheet.size == 11
    deck = Presentation(io.BytesIO(render_pptx(models[Audience.FULL])))
    last = deck.slides[4].shapes
    table = next(shape.table for shape in last if shape.has_table)
    left = len(phases.rows) - (len(table.rows) - 1)
    told = [shape.text_frame.text for shape in last if shape.has_text_frame]
    assert any(text.startswith(f"{left} more in the report") for text in told) is (left > 0)
