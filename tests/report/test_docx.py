"""The document: the whole report in Word's own headings, tables and pictures."""

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from msgspec import json, to_builtins
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.edits.plan import annotate_gap
from app.errors import ExportFailed
from app.report.brand import Brand
from app.report.build import build_report
from app.report.docx.text import render_docx
from app.report.html import render_html
from app.report.inputs import ReportInputs
from app.report.model import Audience, PageSize, Picture, ReportModel, Table
from app.report.request import Request
from app.report.verified import verified
from app.words import Words
from tests.report.conftest import Maker
from tests.report.inputs import TODAY, inputs_of
from tests.report.packages import dates, digest, everything, made_elsewhere, parts, shown
from tests.report.reading import evened, figures
from tests.report.small import small
from tests.report.test_redaction import people_of, places_of, typed_in
from tests.report.variants import HOSTILE, LONG, hostile, many, only, renamed, unasked

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
    '<rect width="30" height="10" fill="#123456"/></svg>'
)


@pytest.fixture(scope="module")
def documents(models: dict[Audience, ReportModel]) -> dict[Audience, bytes]:
    return {audience: render_docx(model) for audience, model in models.items()}


def opened(body: bytes) -> Any:
    return Document(io.BytesIO(body))


def tables_of(model: ReportModel) -> list[Table]:
    brief = model.brief
    found = [brief.states, brief.decisions, *([brief.rates] if brief.rates else [])]
    for section in (*model.sections, *model.annexes):
        found += [block for block in section.blocks if isinstance(block, Table)]
    return found


def test_the_same_bytes_in_another_process(documents: dict[Audience, bytes], root: Path) -> None:
    body = documents[Audience.FULL]
    assert made_elsewhere("app.report.docx.text:render_docx", root) == digest(body)
    assert dates(body) == {(1980, 1, 1, 0, 0, 0)}


def test_headings_are_words_own_and_those_of_the_report(
    models: dict[Audience, ReportModel], documents: dict[Audience, bytes]
) -> None:
    model = models[Audience.FULL]
    found = [
        (paragraph.style.name, evened(paragraph.text))
        for paragraph in opened(documents[Audience.FULL]).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    first = [text for name, text in found if name == "Heading 1"]
    sections = (*model.sections, *model.annexes)
    assert first == [model.brief.heading.text, *(s.heading.text for s in sections)]
    assert found[0][0] == "Heading 1"
    assert {name for name, _ in found} == {"Heading 1", "Heading 2"}
    second = [text for name, text in found if name == "Heading 2"]
    assert all(table.title in second for table in tables_of(model) if table.title)


def test_every_table_is_native_with_a_repeated_heading_and_whole_rows(
    models: dict[Audience, ReportModel], documents: dict[Audience, bytes]
) -> None:
    model, document = models[Audience.FULL], opened(documents[Audience.FULL])
    wanted = tables_of(model)
    assert len(document.tables) == len(wanted) > 20
    for found, table in zip(document.tables, wanted, strict=True):
        rows = list(found._tbl.iter(qn("w:tr")))
        assert len(rows) == len(table.rows) + 1
        assert [len(list(row.iter(qn("w:tblHeader")))) for row in rows] == [1] + [0] * (
            len(rows) - 1
        )
        assert all(list(row.iter(qn("w:cantSplit"))) for row in rows)
        assert found.style.name == "Plumbline table"
        (words,) = found._tbl.iter(qn("w:tblDescription"))
        assert words.get(qn("w:val"))
        grid = [int(column.get(qn("w:w"))) for column in found._tbl.iter(qn("w:gridCol"))]
        assert all(width > 100 for width in grid)
        assert sum(grid) <= 494 * 20


def test_styles_are_defined_once(documents: dict[Audience, bytes]) -> None:
    document = opened(documents[Audience.FULL])
    names = [style.name for style in document.styles]
    assert len(names) == len(set(names)) < 30
    used = {p._p.pPr.pStyle.val for p in document.paragraphs if p._p.pPr is not None}
    assert used <= {style.style_id for style in document.styles}


def test_pictures_have_words_and_their_figures_stand_in_the_annex(
    models: dict[Audience, ReportModel], documents: dict[Audience, bytes]
) -> None:
    model, document = models[Audience.FULL], opened(documents[Audience.FULL])
    wanted = [b for s in model.sections for b in s.blocks if isinstance(b, Picture)]
    found = list(document.element.body.iter(qn("wp:docPr")))
    assert [node.get("descr") for node in found] == [p.scene.alt for p in wanted]
    assert len({node.get("id") for node in found}) == len(found) > 4
    images = [n for n in parts(documents[Audience.FULL]) if n.startswith("word/media/")]
    assert len(images) == len(wanted)
    assert all(name.endswith(".png") for name in images)
    text = shown(documents[Audience.FULL], "word/document")
    for picture in wanted:
        for row in picture.scene.figures.rows[:3]:
            assert all(evened(cell) in text for cell in row)


def test_header_and_footer_say_whose_it_is_and_count_pages(
    models: dict[Audience, ReportModel], documents: dict[Audience, bytes]
) -> None:
    model, body = models[Audience.FULL], documents[Audience.FULL]
    assert model.frame.title in shown(body, "word/header")
    assert model.frame.status in shown(body, "word/header")
    assert model.frame.footer in shown(body, "word/footer")
    footer = next(p for n, p in parts(body).items() if n.startswith("word/footer")).decode()
    assert '" PAGE "' in footer
    assert '" NUMPAGES "' in footer


@pytest.mark.parametrize(("page", "wide"), [(PageSize.A4, 595), (PageSize.LETTER, 612)])
def test_paper_and_language(page: PageSize, wide: int, sample: Audit, make: Maker) -> None:
    body = render_docx(make(inputs_of(small(sample)), Audience.FULL, page))
    assert round(opened(body).sections[0].page_width.pt) == wide
    styles = parts(body)["word/styles.xml"].decode()
    assert 'w:lang w:val="en-GB"' in styles


def test_every_figure_stands_in_the_model_and_in_the_other_formats(
    sample_inputs: ReportInputs, make: Maker
) -> None:
    model = make(sample_inputs)
    body = render_docx(model)
    known = figures(json.encode(to_builtins(model)).decode())
    text = shown(body, "word/document")
    assert len(figures(text)) > 100
    assert figures(text) <= known
    assert figures(text) <= figures(render_html(model))
    assert figures(shown(body, "word/header")) <= known
    assert figures(shown(body, "word/footer")) <= known | {"1"}


def test_nothing_of_the_report_is_missing(
    models: dict[Audience, ReportModel], documents: dict[Audience, bytes]
) -> None:
    model, text = models[Audience.FULL], shown(documents[Audience.FULL], "word/document")
    for table in tables_of(model):
        texts = [c.text for row in table.rows for c in row.cells]
        texts += [c.detail for row in table.rows for c in row.cells]
        assert not [t for t in texts if evened(t) not in text]
    for line in (*model.brief.care.lines, *model.brief.undecided.lines):
        assert evened(line.text) in text


@pytest.mark.parametrize("audience", [Audience.EXECUTIVE, Audience.EXTERNAL])
def test_nothing_left_out_stands_in_any_part(
    audience: Audience, documents: dict[Audience, bytes], sample: Audit
) -> None:
    text = everything(documents[audience])
    secrets = people_of(sample)
    if audience is Audience.EXTERNAL:
        secrets = secrets | places_of(sample) | typed_in(sample)
    assert not [secret for secret in secrets if secret.strip() and secret in text]
    assert len(secrets) > 5


@pytest.mark.parametrize("name", ["hostile", "long", "unasked 1", "unasked 3", "one"])
def test_every_audit_becomes_a_document(
    name: str, sample_inputs: ReportInputs, make: Maker
) -> None:
    audit = sample_inputs.audit
    given = {
        "hostile": lambda: replace(sample_inputs, audit=hostile(audit)),
        "long": lambda: replace(sample_inputs, audit=renamed(audit, LONG * 30)),
        "unasked 1": lambda: inputs_of(unasked(audit, 1)),
        "unasked 3": lambda: inputs_of(unasked(audit, 3)),
        "one": lambda: inputs_of(only(audit, sorted(audit.workflows)[2])),
    }[name]()
    model = make(given)
    body = render_docx(model)
    rows = sum(len(table.rows) for table in tables_of(model))
    assert verified("docx", body, model).rows == rows


def test_hostile_text_is_text(sample_inputs: ReportInputs, make: Maker) -> None:
    body = render_docx(make(replace(sample_inputs, audit=hostile(sample_inputs.audit))))
    text = shown(body, "word/document")
    for found in (HOSTILE[0], "<script>alert(1)</script>&amp;\"'", "{{ 7 * 7 }}", "[U+202E]"):
        assert evened(found) in text


def test_a_long_note_arrives_whole(sample: Audit, make: Maker) -> None:
    audit = small(sample)
    note = "first\x07 " + "and so on " * 1_000 + "the end\nof it"
    model = make(inputs_of(annotate_gap(audit, inputs_of(audit).gaps[0].key, note=note)))
    text = shown(render_docx(model), "word/document")
    assert "first[U+0007] and so on" in text
    assert "the end of it" in text
    assert text.count("and so on") == 1_000


def test_many_workflows(sample: Audit, make: Maker) -> None:
    model = make(inputs_of(many(sample, 62)))
    written = verified("docx", render_docx(model), model)
    assert (written.rows or 0) > 1_500


def test_the_brand_gives_accent_and_logo(sample: Audit) -> None:
    brand = Brand(name="Vale & Co", logo=SVG.encode(), accent="#123456", footer="Vale House")
    inputs = inputs_of(small(sample))
    model = build_report(inputs, Request(date=TODAY, brand=brand), Words())
    body = render_docx(model)
    first = next(iter(opened(body).element.body.iter(qn("wp:docPr"))))
    assert "Vale & Co" in first.get("descr")
    assert "Vale & Co" in shown(body, "word/header")
    assert "Vale House" in shown(body, "word/footer")
    assert "123456" in parts(body)["word/styles.xml"].decode()
    assert verified("docx", body, model).size == len(body)
    request = Request(Audience.EXTERNAL, date=TODAY, brand=brand)
    assert "Vale" not in everything(render_docx(build_report(inputs, request, Words())))


def test_properties_say_what_it_is_and_nothing_of_its_making(
    models: dict[Audience, ReportModel], documents: dict[Audience, bytes]
) -> None:
    found = opened(documents[Audience.FULL]).core_properties
    assert found.title == models[Audience.FULL].frame.title
    assert found.created == found.modified
    assert (found.created.date(), found.language) == (TODAY, "en-GB")
    assert (found.last_modified_by, found.comments, found.keywords) == ("", "", "")
    names = parts(documents[Audience.FULL])
    assert not [n for n in names if "thumbnail" in n or "customXml" in n or "Effects" in n]


def test_a_document_of_another_report_or_without_a_row_is_refused(
    models: dict[Audience, ReportModel], documents: dict[Audience, bytes]
) -> None:
    model, body = models[Audience.FULL], documents[Audience.FULL]
    states = model.brief.states
    more = replace(states, rows=(*states.rows, states.rows[0]))
    for changed in (
        replace(model, control=replace(model.control, sequence=1)),
        replace(model, brief=replace(model.brief, states=more)),
        replace(model, annexes=(*model.annexes, model.annexes[0])),
    ):
        with pytest.raises(ExportFailed, match="what stood there before is unchanged"):
            verified("docx", body, changed)
    for broken in (b"", body[: len(body) // 2], body[:-40]):
        with pytest.raises(ExportFailed, match="cannot be read back"):
            verified("docx", broken, model)
