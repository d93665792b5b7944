"""The PDF: one page first, tagged, lawful, the same bytes, nothing that nobody computed."""

import io
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from msgspec import json, to_builtins
from msgspec.structs import replace

from app.errors import ExportFailed
from app.report.data import read_provenance, render_json
from app.report.glyphs import legible
from app.report.inputs import ReportInputs
from app.report.model import Audience, PageSize, ReportModel
from app.report.pdf import LatinOnly, _told, render_pdf
from app.report.verified import verified
from tests.report.conftest import Maker
from tests.report.inputs import inputs_of
from tests.report.reading import elements, evened, figures, pages
from tests.report.variants import HOSTILE, LONG, UNBROKEN, hostile, many, only, renamed, unasked

NAMES = {"long": LONG, "unbroken": UNBROKEN, "wide": "WWWW MMMM " * 30}


def variant_inputs(name: str, inputs: ReportInputs) -> ReportInputs:
    """Names change no figure, so only the audit is exchanged; counts are scored anew."""
    audit = inputs.audit
    if name in NAMES:
        return replace(inputs, audit=renamed(audit, NAMES[name]))
    if name == "hostile":
        return replace(inputs, audit=hostile(audit))
    if name.startswith("unasked"):
        return inputs_of(unasked(audit, int(name.split()[1])))
    if name == "one":
        return inputs_of(only(audit, sorted(audit.workflows)[2]))
    return inputs_of(many(audit))


def page_one(model: ReportModel) -> ReportModel:
    return replace(model, sections=(), annexes=())


CASES = [
    *((name, PageSize.A4) for name in ("one", "unasked 1", "unasked 3", "sixty", "hostile")),
    *((name, page) for name in NAMES for page in PageSize),
]


@pytest.mark.parametrize(("variant", "page"), CASES)
def test_the_brief_is_one_page_with_everything_on_it(
    variant: str, page: PageSize, sample_inputs: ReportInputs, make: Maker
) -> None:
    model = make(variant_inputs(variant, sample_inputs), Audience.FULL, page)
    found = pages(render_pdf(page_one(model)))
    assert len(found) == 1
    brief = model.brief
    shown = found[0].replace(" ", "")
    for text in (*brief.care.lines, *brief.undecided.lines, *brief.disagreed.lines):
        assert evened(text.text).replace(" ", "") in shown
    assert brief.signature[0].replace(" ", "") in shown
    assert len(brief.heading.text) < 200


def test_letter_pages_are_letter_pages(sample_inputs: ReportInputs, make: Maker) -> None:
    model = make(sample_inputs, Audience.FULL, PageSize.LETTER)
    with pikepdf.open(io.BytesIO(render_pdf(page_one(model)))) as document:
        box = [float(side) for side in document.pages[0].MediaBox]
    assert box == [0, 0, 612, 792]


def test_sections_follow_the_brief(
    pdfs: dict[Audience, bytes], models: dict[Audience, ReportModel]
) -> None:
    found = pages(pdfs[Audience.FULL])
    labels = [section.label for section in models[Audience.FULL].sections]
    starts = [next(i for i, text in enumerate(found) if label in text) for label in labels]
    assert starts == [1] * len(starts), "the list of contents follows page 1"
    heads = [evened(section.heading.text) for section in models[Audience.FULL].sections]
    starts = [max(i for i, text in enumerate(found) if head in text) for head in heads]
    assert starts[0] == 2
    assert starts == sorted(starts)


def test_the_pdf_says_that_it_is_tagged_and_lawful(pdfs: dict[Audience, bytes]) -> None:
    with pikepdf.open(io.BytesIO(pdfs[Audience.FULL])) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).startswith("en")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        xmp = root.Metadata.read_bytes().decode()
    assert "pdfuaid:part>1<" in xmp
    assert "pdfaid:part>3<" in xmp
    assert "pdfaid:conformance>A<" in xmp


def test_every_figure_has_words_and_every_table_heads(pdfs: dict[Audience, bytes]) -> None:
    found = elements(pdfs[Audience.FULL])
    pictures = [element for element in found if element.kind == "Figure"]
    assert len(pictures) == 8
    assert all(len(element.alt) > 40 for element in pictures)
    heads = [element for element in found if element.kind == "TH"]
    assert len(heads) > 2 * sum(element.kind == "Table" for element in found) > 20
    assert all(element.has_scope for element in heads)


def test_headings_start_at_one_and_skip_nothing(
    pdfs: dict[Audience, bytes], models: dict[Audience, ReportModel]
) -> None:
    model = models[Audience.FULL]
    kinds = [element.kind for element in elements(pdfs[Audience.FULL])]
    levels = [int(kind[1]) for kind in kinds if kind in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert levels.count(1) == 2 + len(model.sections) + len(model.annexes)


def test_every_figure_printed_is_in_the_model(sample_inputs: ReportInputs, make: Maker) -> None:
    inputs = replace(sample_inputs, chain_head="abcdef" * 10, bank_hash="fedcba" * 10)
    model: ReportModel = make(inputs)
    found = pages(render_pdf(model))
    known = figures(json.encode(to_builtins(model)).decode())
    known |= {str(n) for n in range(len(found) + 1)}
    strange = {i: figures(text) - known for i, text in enumerate(found, 1)}
    assert not {i: values for i, values in strange.items() if values}


def test_every_number_of_a_sentence_has_a_name(models: dict[Audience, ReportModel]) -> None:
    model = models[Audience.FULL]
    brief = model.brief
    lines = [brief.heading, *brief.care.lines, *(s.heading for s in model.sections)]
    for line in lines:
        values = " ".join(f"{value:.6f} {value}" for value in _numbers(line.values.values()))
        text = evened(line.text)
        for figure in figures(text.replace(",", "")) - {"12"}:
            named = figure in figures(values) or any(
                str(round(100 * value)) == figure for value in _numbers(line.values.values())
            )
            assert named or line.key in ("roadmap.heading", "lanes.heading"), (figure, line)


def _numbers(values: object) -> list[float]:
    return [float(v) for v in values if isinstance(v, int | float)]  # type: ignore[attr-defined]


def test_the_same_model_gives_the_same_bytes_in_another_process(
    pdfs: dict[Audience, bytes], root: Path
) -> None:
    script = (
        "import sys\n"
        "from tests.report.conftest import *\n"
        "sys.stdout.buffer.write(render_pdf(made(inputs_of(sample_audit()))))\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(root)}
    again = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, check=True
    )
    assert again.stdout == pdfs[Audience.FULL]


def test_provenance_is_read_back(
    pdfs: dict[Audience, bytes], models: dict[Audience, ReportModel]
) -> None:
    assert read_provenance(pdfs[Audience.FULL]) == models[Audience.FULL].control
    assert read_provenance(pdfs[Audience.EXTERNAL]).file == ""
    for other in (b"", b"%PDF-1.7 nothing", pdfs[Audience.FULL][:4000]):
        with pytest.raises(ExportFailed, match="carries no Plumbline record"):
            read_provenance(other)


def test_the_attached_data_is_the_exported_data(
    pdfs: dict[Audience, bytes], models: dict[Audience, ReportModel]
) -> None:
    with pikepdf.open(io.BytesIO(pdfs[Audience.FULL])) as document:
        attached = document.attachments["plumbline-report.json"].get_file().read_bytes()
    exported = render_json(models[Audience.FULL])
    assert json.decode(attached) == json.decode(exported)
    assert b'"marks"' not in exported


def test_hostile_text_is_printed_and_what_cannot_be_is_counted(
    sample_inputs: ReportInputs, make: Maker
) -> None:
    model: ReportModel = make(replace(sample_inputs, audit=hostile(sample_inputs.audit)))
    found = " ".join(pages(render_pdf(replace(model, annexes=()))))
    for text in ("#set page(width: 1pt)", "*bold* _it_ `raw` <label> @ref", "{{ 7 * 7 }}"):
        assert text in found
    assert "[U+1F680]" in found
    assert "[U+202E]" in found
    assert model.control.replaced > 0
    notes = next(a for a in model.annexes if a.key == "control").blocks[-1]
    assert "written by code" in str(notes)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_stops_the_export(text: str, sample_inputs: ReportInputs, make: Maker) -> None:
    audit = renamed(sample_inputs.audit, f"{text} {text}")
    model = make(replace(sample_inputs, audit=audit))
    assert len(pages(render_pdf(replace(model, sections=model.sections[:1], annexes=())))) == 2


MIXED = "مح 王\u0b03\u20e7 ꒌ\u20e4"
"""Letters and marks that some systems have, and no single font of theirs."""


def test_what_no_font_draws_together_is_written_by_code_and_told(
    sample_inputs: ReportInputs, make: Maker
) -> None:
    audit = renamed(sample_inputs.audit, f"{MIXED} Ada")
    model = make(replace(sample_inputs, audit=audit))
    model = replace(model, sections=(), annexes=model.annexes[-1:])
    plain = _told(legible(model, LatinOnly()))
    assert plain.control.replaced > model.control.replaced
    said = [line.text for line in plain.annexes[-1].blocks[-1].lines]
    assert sum(f"{plain.control.replaced:,}" in line for line in said) == 1
    assert verified("pdf", render_pdf(model), model).pages
