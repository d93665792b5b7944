"""The deck: five slides, native and described, that say what the report says and nothing else."""

import io
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec import json, to_builtins
from msgspec.structs import replace
from pptx import Presentation

from app.domain.audit import Audit
from app.errors import ExportFailed
from app.report.brand import Brand
from app.report.build import build_report
from app.report.face import lines, shortened
from app.report.html import render_html
from app.report.inputs import ReportInputs
from app.report.model import Audience, ReportModel
from app.report.office import number_in
from app.report.pptx.deck import render_pptx, titles
from app.report.request import Request
from app.report.verified import verified
from app.words import Words
from tests.report.conftest import Maker
from tests.report.inputs import TODAY, inputs_of
from tests.report.packages import CHART, dates, digest, everything, made_elsewhere, parts, shown
from tests.report.reading import figures, pages
from tests.report.sheets import book
from tests.report.small import small
from tests.report.test_redaction import people_of, places_of, typed_in
from tests.report.variants import LONG, UNBROKEN, hostile, many, only, renamed, unasked

ENDLESS = "Nightly \x07\x0b pricing \u202e run 😀 " * 500
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
    '<rect width="30" height="10" fill="#123456"/></svg>'
)


@pytest.fixture(scope="module")
def decks(models: dict[Audience, ReportModel]) -> dict[Audience, bytes]:
    return {audience: render_pptx(model) for audience, model in models.items()}


def opened(body: bytes) -> Any:
    return Presentation(io.BytesIO(body))


def graphics(deck: Any) -> list[Any]:
    return [
        shape
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table or shape.shape_type == 13
    ]


def words_for(shape: Any) -> str:
    return str(shape.element.xpath("./*/p:cNvPr")[0].get("descr", ""))


def test_five_wide_slides_with_titles_in_their_place(
    models: dict[Audience, ReportModel], decks: dict[Audience, bytes]
) -> None:
    model, deck = models[Audience.FULL], opened(decks[Audience.FULL])
    assert deck.slide_width * 9 == deck.slide_height * 16
    found = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert found == list(titles(model))
    assert len(found) == 5
    assert found[0] == model.brief.heading.text


def test_the_same_bytes_in_another_process(decks: dict[Audience, bytes], root: Path) -> None:
    body = decks[Audience.FULL]
    assert made_elsewhere("app.report.pptx.deck:render_pptx", root) == digest(body)
    assert dates(body) == {(1980, 1, 1, 0, 0, 0)}


def test_every_graphic_is_native_and_has_words(decks: dict[Audience, bytes]) -> None:
    found = graphics(opened(decks[Audience.FULL]))
    assert sum(shape.has_chart for shape in found) == 4
    assert sum(shape.has_table for shape in found) == 5
    assert all(shape.has_chart or shape.has_table for shape in found)
    assert all(len(words_for(shape)) > 30 for shape in found)


def test_the_sheet_behind_a_chart_holds_what_it_shows(decks: dict[Audience, bytes]) -> None:
    for shape in graphics(opened(decks[Audience.FULL])):
        if not shape.has_chart:
            continue
        plot = shape.chart.plots[0]
        sheet = book(shape.chart.part.chart_workbook.xlsx_part.blob)["Sheet1"]
        rows = list(sheet.iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == list(plot.categories)
        for column, series in enumerate(plot.series, 1):
            assert rows[0][column] == series.name
            assert [row[column] for row in rows[1:]] == pytest.approx(list(series.values))


def test_ranges_are_whiskers_that_follow_the_sheet(
    models: dict[Audience, ReportModel], decks: dict[Audience, bytes]
) -> None:
    (shape,) = [
        s for s in graphics(opened(decks[Audience.FULL])) if s.has_chart and "Compared" in s.name
    ]
    series = shape.chart.plots[0].series[0]
    arms = [node.text for node in series._element.iter(f"{CHART}f")][-4:-2]
    assert arms == ["Sheet1!$E$2:$E$12", "Sheet1!$F$2:$F$12"]
    sheet = book(shape.chart.part.chart_workbook.xlsx_part.blob)["Sheet1"]
    assert (sheet["E2"].value, sheet["F2"].value) == ("=D2-B2", "=B2-C2")
    scores = next(t for t in models[Audience.FULL].registers if t.key == "scores")
    places = [c.key for c in scores.columns]
    low, high = places.index("relative_low"), places.index("relative_high")
    for number, row in enumerate(scores.rows, 2):
        assert sheet.cell(number, 3).value == row.cells[low].value
        assert sheet.cell(number, 4).value == row.cells[high].value


def test_every_figure_stands_in_the_model_and_in_the_other_formats(
    sample_inputs: ReportInputs, make: Maker
) -> None:
    model = make(sample_inputs)
    body = render_pptx(model)
    known = figures(json.encode(to_builtins(model)).decode())
    text = shown(body, "ppt/slides/slide") + shown(body, "ppt/notesSlides/notesSlide")
    assert len(figures(text)) > 40
    numbers = {str(n) for n in range(1, 6)}
    assert figures(text) - known <= numbers
    html = figures(render_html(model))
    assert figures(text) - html <= numbers
    for part, xml in parts(body).items():
        if part.startswith("ppt/charts/chart"):
            root = etree.fromstring(xml)
            for node in root.iter(f"{CHART}errBars"):
                node.getparent().remove(node)
            values = {node.text for node in root.iter(f"{CHART}v")}
            assert {v for v in values if figures(v) - known - {"0"}} == set()


def test_a_figure_is_the_one_of_the_pdf(
    decks: dict[Audience, bytes], pdfs: dict[Audience, bytes]
) -> None:
    text = shown(decks[Audience.FULL], "ppt/slides/slide")
    printed = figures(" ".join(pages(pdfs[Audience.FULL])))
    assert figures(text) - printed <= {str(n) for n in range(1, 6)}


def test_notes_hold_the_sentences_of_the_report(
    models: dict[Audience, ReportModel], decks: dict[Audience, bytes]
) -> None:
    notes = [s.notes_slide.notes_text_frame.text for s in opened(decks[Audience.FULL]).slides]
    model = models[Audience.FULL]
    for line in next(s for s in model.sections if s.key == "roadmap").lead:
        assert line.text in notes[4]
    for line in model.brief.care.lines:
        assert line.text.rstrip(".") in notes[0]
    assert all(notes)


@pytest.mark.parametrize("audience", [Audience.EXECUTIVE, Audience.EXTERNAL])
def test_nothing_left_out_stands_in_any_part(
    audience: Audience, decks: dict[Audience, bytes], sample: Audit
) -> None:
    text = everything(decks[audience])
    secrets = people_of(sample)
    if audience is Audience.EXTERNAL:
        secrets = secrets | places_of(sample) | typed_in(sample)
    assert not [secret for secret in secrets if secret.strip() and secret in text]
    assert len(secrets) > 5


VARIANTS = ("sample", "one", "unasked 1", "unasked 3", "hostile", "long", "unbroken", "endless")


def variant(name: str, inputs: ReportInputs) -> ReportInputs:
    audit = inputs.audit
    texts = {"long": LONG, "unbroken": UNBROKEN, "endless": ENDLESS}
    if name in texts:
        return replace(inputs, audit=renamed(audit, texts[name]))
    if name == "hostile":
        return replace(inputs, audit=hostile(audit))
    if name == "one":
        return inputs_of(only(audit, sorted(audit.workflows)[2]))
    if name.startswith("unasked"):
        return inputs_of(unasked(audit, int(name.split()[1])))
    return inputs


@pytest.mark.parametrize("name", VARIANTS)
def test_nothing_leaves_the_slide_or_lies_over_another(
    name: str, sample_inputs: ReportInputs, make: Maker
) -> None:
    model = make(variant(name, sample_inputs))
    body = render_pptx(model)
    assert verified("pptx", body, model).pages == 5
    deck = opened(body)
    for number, slide in enumerate(deck.slides, 1):
        boxes = [_box(shape) for shape in slide.shapes]
        for left, top, right, bottom in boxes:
            assert left >= 0, number
            assert top >= 0, number
            assert right <= deck.slide_width, number
            assert bottom <= deck.slide_height, number
        for one, other in combinations(boxes, 2):
            assert not _meet(one, other), (number, one, other)


def _box(shape: Any) -> tuple[int, int, int, int]:
    high = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
    return shape.left, shape.top, shape.left + shape.width, shape.top + high


def _meet(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    slack = 2 * 12700
    return (
        one[0] + slack < other[2]
        and other[0] + slack < one[2]
        and one[1] + slack < other[3]
        and other[1] + slack < one[3]
    )


@pytest.mark.parametrize("name", ["sample", "one", "long", "unbroken"])
def test_cells_are_as_high_as_their_text(
    name: str, sample_inputs: ReportInputs, make: Maker
) -> None:
    deck = opened(render_pptx(make(variant(name, sample_inputs))))
    for shape in graphics(deck):
        if not shape.has_table:
            continue
        for row in shape.table.rows:
            for cell, column in zip(row.cells, shape.table.columns, strict=True):
                space = (column.width - cell.margin_left - cell.margin_right) / 12700
                need = sum(
                    lines(p.text, space, p.runs[0].font.size.pt) * p.runs[0].font.size.pt
                    for p in cell.text_frame.paragraphs
                    if p.runs
                )
                assert need <= row.height / 12700


def test_hostile_text_is_text(sample_inputs: ReportInputs, make: Maker) -> None:
    model = make(variant("hostile", sample_inputs))
    body = render_pptx(model)
    text = everything(body)
    assert "<script>alert(1)</script>" in text
    assert "[U+1F680]" in text
    for shape in graphics(opened(body)):
        if shape.has_chart:
            sheet = book(shape.chart.part.chart_workbook.xlsx_part.blob)["Sheet1"]
            names = [row[0] for row in sheet.iter_rows(min_col=1, max_col=1)]
            assert not [cell.coordinate for cell in names if cell.data_type == "f"]


def test_many_workflows_are_twenty_bars_and_a_note(sample: Audit, make: Maker) -> None:
    model = make(inputs_of(many(sample, 62)))
    body = render_pptx(model)
    charts = [s.chart for s in graphics(opened(body)) if s.has_chart and "Compared" in s.name]
    assert len(list(charts[0].plots[0].categories)) == 20
    apart = next(s for s in model.sections if s.key == "apart")
    note = next(b.note for b in apart.blocks if getattr(b, "note", ""))
    assert note.replace("”", "” of the report", 1) in shown(body, "ppt/slides/slide4")
    assert verified("pptx", body, model).pages == 5


def test_parts_that_were_not_chosen_give_no_slide(sample: Audit) -> None:
    request = Request(date=TODAY, sections=frozenset({"cover", "gaps"}))
    model = build_report(inputs_of(small(sample)), request, Words())
    body = render_pptx(model)
    found = [slide.shapes.title.text_frame.text for slide in opened(body).slides]
    assert len(found) == 4
    assert found[2] == model.sections[0].heading.text
    assert verified("pptx", body, model).pages == 4


def test_the_brand_gives_accent_and_logo(sample: Audit) -> None:
    brand = Brand(name="Vale & Co", logo=SVG.encode(), accent="#123456", footer="Vale House")
    inputs = inputs_of(small(sample))
    body = render_pptx(build_report(inputs, Request(date=TODAY, brand=brand), Words()))
    deck = opened(body)
    (logo,) = [shape for shape in deck.slides[0].shapes if shape.shape_type == 13]
    assert "Vale & Co" in words_for(logo)
    assert logo.image.content_type == "image/png"
    assert "123456" in parts(body)["ppt/theme/theme1.xml"].decode()
    assert "Vale House" in shown(body, "ppt/slides/slide5")
    request = Request(Audience.EXTERNAL, date=TODAY, brand=brand)
    outside = render_pptx(build_report(inputs, request, Words()))
    assert "Vale" not in everything(outside)
    assert not [name for name in parts(outside) if "media" in name]


def test_properties_say_what_it_is_and_nothing_of_its_making(
    models: dict[Audience, ReportModel], decks: dict[Audience, bytes]
) -> None:
    found = opened(decks[Audience.FULL]).core_properties
    assert found.title == models[Audience.FULL].frame.title
    assert found.created == found.modified
    assert (found.created.date(), found.language) == (TODAY, "en-GB")
    assert found.last_modified_by == ""
    names = parts(decks[Audience.FULL])
    assert not [n for n in names if "thumbnail" in n or "printer" in n]
    assert len([n for n in names if n.startswith("ppt/slideLayouts/slideLayout")]) == 1


def test_a_deck_of_another_report_or_without_a_row_is_refused(
    models: dict[Audience, ReportModel], decks: dict[Audience, bytes]
) -> None:
    model, body = models[Audience.FULL], decks[Audience.FULL]
    written = verified("pptx", body, model)
    assert (written.pages, written.size) == (5, len(body))
    states = model.brief.states
    more = replace(states, rows=(*states.rows, states.rows[0]))
    other = replace(model, control=replace(model.control, sequence=1))
    for changed in (other, replace(model, brief=replace(model.brief, states=more))):
        with pytest.raises(ExportFailed, match="what stood there before is unchanged"):
            verified("pptx", body, changed)
    for broken in (b"", body[: len(body) // 2], body[:-40]):
        with pytest.raises(ExportFailed, match="cannot be read back"):
            verified("pptx", broken, model)


def test_figures_are_read_by_the_language_of_the_report() -> None:
    assert number_in("1,204 (0.6–1.3)", Words()) == (1204.0, 0.6, 1.3)
    assert number_in("1.204 (0,6–1,3)", Words("de")) == (1204.0, 0.6, 1.3)
    assert number_in("", Words()) == ()


def test_a_text_is_cut_to_its_lines() -> None:
    text = shortened("a long text that goes on and on " * 9, 100, 10, 2)
    assert lines(text, 100, 10) <= 2
    assert text.endswith("…")
    assert lines("x" * 300, 100, 10) > 10
