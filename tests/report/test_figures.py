"""Every figure that a format prints is one of the model's, and the same one is the same in all."""

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from docx import Document
from lxml import etree
from msgspec import json, to_builtins
from msgspec.structs import replace

from app.domain.conditions import WorkflowState
from app.exchange.bank_translation import bank_in
from app.exchange.reference_toml import reference_in
from app.report.build import build_report
from app.report.formats import RENDER
from app.report.inputs import ReportInputs, in_words_of
from app.report.model import Audience, Cell, PageSize, ReportModel, Table
from app.report.office import said
from app.report.request import Request
from app.report.xlsx.book import sheet_names
from app.words import Words
from tests.report import packages, sheets
from tests.report.inputs import TODAY
from tests.report.reading import evened, pages

FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
"""With the separators of any language."""
DOCUMENTS: Final = ("pdf", "html", "docx", "pptx", "xlsx")
VARIANTS: Final = (
    (Audience.FULL, "en", PageSize.A4),
    (Audience.EXTERNAL, "de", PageSize.LETTER),
    *(
        pytest.param(variant, marks=pytest.mark.full)
        for variant in (
            (Audience.EXECUTIVE, "de", PageSize.A4),
            (Audience.EXECUTIVE, "en", PageSize.LETTER),
            (Audience.FULL, "de", PageSize.LETTER),
            (Audience.EXTERNAL, "en", PageSize.A4),
        )
    ),
)


class Made:
    """A report, and each of its formats once somebody asks for it."""

    def __init__(self, model: ReportModel) -> None:
        self.model, self.bodies = model, dict[str, bytes]()

    def body(self, kind: str) -> bytes:
        if kind not in self.bodies:
            self.bodies[kind] = RENDER[kind](self.model)
        return self.bodies[kind]


@pytest.fixture(scope="module", params=VARIANTS, ids=lambda v: "-".join(map(str, v)))
def made(request: pytest.FixtureRequest, sample_inputs: ReportInputs) -> Made:
    audience, language, page = request.param
    inputs = replace(sample_inputs, chain_head="abcdef" * 10, bank_hash="fedcba" * 10)
    spoken = in_words_of(
        inputs,
        bank_in(inputs.audit.bank, language),
        reference_in(inputs.audit.reference, language),
    )
    return Made(build_report(spoken, Request(audience, page, TODAY), Words(language)))


def figures(text: str) -> set[str]:
    return set(FIGURE.findall(text))


def known(model: ReportModel) -> set[str]:
    """Figures of the sentences, cells and pictures, and numbers as a spreadsheet writes them."""
    data = to_builtins(model)
    found = figures(json.encode(data).decode())
    found |= {f"{len(table.rows)}" for table in model.registers}
    for table in (*_tables(model), *model.registers):
        for row in table.rows:
            found |= {n for c in row.cells if c.value is not None for n in _written(c.value)}
    return found


def _written(value: float) -> set[str]:
    """A number plain, and a share as percent."""
    return figures(f"{value:.0f} {value:.1f} {100 * value:.0f} {value!r}")


def shown(kind: str, body: bytes) -> Iterator[str]:
    """The text that readers see, piece by piece; numbers of pages are no part of it."""
    if kind == "pdf":
        for n, text in enumerate(pages(body), 1):
            yield re.sub(rf"\b{n} (of|von) \d+", "", text)
    elif kind == "html":
        reader = Reader()
        reader.feed(body.decode())
        yield from reader.texts
    elif kind == "docx":
        yield packages.shown(body, "word/document")
        yield re.sub("1 (of|von) 1", "", packages.shown(body, "word/footer"))
        yield packages.shown(body, "word/header")
    else:
        yield from _slides(body) if kind == "pptx" else _cells(body)


def _slides(body: bytes) -> Iterator[str]:
    for name, part in packages.parts(body).items():
        if re.match(r"ppt/(slides|notesSlides)/[^/]*\.xml", name):
            root = etree.fromstring(part)
            for field in root.iter(f"{packages.DRAWN}fld"):
                field.getparent().remove(field)
            yield " ".join(text.text or "" for text in root.iter(f"{packages.DRAWN}t"))


def _cells(body: bytes) -> Iterator[str]:
    for sheet in sheets.book(body).worksheets:
        if sheet.sheet_state == "visible":
            yield from (str(c.value) for row in sheet.iter_rows() for c in row if c.value)


class Reader(HTMLParser):
    """Text outside styles, and the rows of each table that has a name."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self._at = self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        if tag == "table":
            self._at = dict(attrs).get("id") or ""
            self.tables.setdefault(self._at, [])
        elif tag == "tr":
            self.tables[self._at].append([])
        elif tag in ("td", "th"):
            self.tables[self._at][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._tag = ""
        if tag == "table":
            self._at = ""

    def handle_data(self, data: str) -> None:
        if self._tag != "style":
            self.texts.append(data)
            if self._at and self.tables[self._at] and self.tables[self._at][-1]:
                self.tables[self._at][-1][-1] += f" {data}"


def _tables(model: ReportModel) -> list[Table]:
    """In the order in which every document has them."""
    assert model.brief
    sections = (*model.sections, *model.annexes)
    blocks = [block for section in sections for block in section.blocks]
    return [*model.brief.tables, *(block for block in blocks if isinstance(block, Table))]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_figure_printed_stands_in_the_model(kind: str, made: Made) -> None:
    there = known(made.model)
    strange = {n: figures(text) - there for n, text in enumerate(shown(kind, made.body(kind)))}
    assert not {n: found for n, found in strange.items() if found}


def test_charts_that_people_edit_hold_the_figures_of_the_model(made: Made) -> None:
    """Values of the native charts, and of the sheets behind them."""
    there = {
        float(n.replace(",", ".")) for n in known(made.model) if n.count(".") + n.count(",") < 2
    }
    parts = packages.parts(made.body("pptx"))
    charts = [etree.fromstring(p) for n, p in parts.items() if re.match("ppt/charts/chart", n)]
    values = [
        float(value.text)
        for chart in charts
        for points in chart.iter(f"{packages.CHART}numCache")
        for value in points.iter(f"{packages.CHART}v")
    ]
    assert len(values) > 40
    strange = [v for v in values if not any(abs(v - n) < 0.006 for n in there)]
    assert not strange


def test_a_table_says_the_same_in_every_document(made: Made) -> None:
    """Cell by cell: the page, the document and what every other format is made from."""
    words = Words(made.model.language)
    reader = Reader()
    reader.feed(made.body("html").decode())
    found = Document(io.BytesIO(made.body("docx"))).tables
    tables = _tables(made.model)
    assert len(found) == len(tables)
    for table, written in zip(tables, found, strict=True):
        html = reader.tables[table.key][1:]
        assert len(html) == len(table.rows) == len(written.rows) - 1
        for row, there, line in zip(table.rows, html, list(written.rows)[1:], strict=True):
            texts = [_said(cell, words) for cell in row.cells]
            assert [evened(text) for text in there][: len(texts)] == texts
            cells = dict.fromkeys(cell._tc for cell in line.cells)
            assert [evened(_text(cell)) for cell in cells] == texts


def _said(cell: Cell, words: Words) -> str:
    if cell.tone == "sign":
        return ""
    return evened(f"{said(cell, words)} {cell.detail}")


def _text(cell: Any) -> str:
    return " ".join(
        (node.text or "") if node.tag.endswith("}t") else " "
        for node in cell.iter()
        if node.tag.endswith(("}t", "}br", "}tab"))
    )


def test_registers_and_pages_print_one_figure(made: Made) -> None:
    """The same workflow's chance, range, conditions and benefit in the annex and in the sheet."""
    words, model = Words(made.model.language), made.model
    registers = {table.key: table for table in model.registers}
    printed = {table.key: table for table in _tables(model)}
    scores = _named(registers["scores"])
    for key, line in _named(printed["estimates_all"]).items():
        score = scores[key]
        if score["chance"].value is None:
            continue
        assert line["chance"].text == score["chance"].text
        low, high = score["answer_low"].text, score["answer_high"].text
        assert line["answer_range"].text == words.span(*(_bare(text) for text in (low, high)))
    rows = _named(registers["workflows"])
    for key, line in _named(printed["workflows"]).items():
        for column, of in (("conditions_met", "conditions_of"), ("stages_missing", "stages_of")):
            counts = [rows[key][name].text for name in (column, of)]
            assert line[column].text == words("label.n_of_m", n=counts[0], of=counts[1])
        assert line["benefit"].text in (rows[key]["benefit"].text, "–")
    assert model.brief
    for row in model.brief.states.rows:
        if row.key in list(WorkflowState):
            state = words(f"state.{row.key}")
            assert row.cells[1].value == sum(r["state"].text == state for r in rows.values())


def _named(table: Table) -> dict[str, dict[str, Cell]]:
    keys = [column.key for column in table.columns]
    return {row.key: dict(zip(keys, row.cells, strict=False)) for row in table.rows}


def _bare(percent: str) -> str:
    return percent.rstrip("%\u00a0 ")


def test_a_sheet_holds_the_numbers_of_the_registers(made: Made) -> None:
    book, names = sheets.book(made.body("xlsx")), sheet_names(made.model)
    for table in made.model.registers:
        rows = list(book[names[table.key]].iter_rows(min_row=2, values_only=True))
        for row, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(row.cells, values, strict=False):
                if cell.value is not None:
                    assert value == pytest.approx(cell.value)
