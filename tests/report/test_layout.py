"""Pages as people see them: no heading alone at the end of one, nothing beyond its edge."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.exchange.bank_translation import bank_in
from app.exchange.reference_toml import reference_in
from app.report.build import build_report
from app.report.inputs import ReportInputs, in_words_of
from app.report.layout import laid_out
from app.report.model import Audience, PageSize, ReportModel, Table, Text
from app.report.pdf import render_pdf
from app.report.request import Request
from app.words import Words
from tests.report.conftest import Maker
from tests.report.inputs import TODAY
from tests.report.reading import evened, pages
from tests.report.variants import renamed


@pytest.fixture(scope="module", params=[("en", PageSize.LETTER), ("de", PageSize.A4)])
def printed(
    request: pytest.FixtureRequest, sample_inputs: ReportInputs
) -> tuple[ReportModel, list[str]]:
    language, page = request.param
    spoken = in_words_of(
        sample_inputs,
        bank_in(sample_inputs.audit.bank, language),
        reference_in(sample_inputs.audit.reference, language),
    )
    asked = Request(Audience.EXECUTIVE, page, TODAY)
    model = build_report(spoken, asked, Words(language))
    return model, [_body(text, model) for text in pages(render_pdf(model))]


def _body(text: str, model: ReportModel) -> str:
    """What stands between the head and the foot of a page."""
    foot = evened(model.frame.footer)[:30]
    return text[: text.rindex(foot)].strip() if foot in text else text


def test_no_heading_stands_alone(printed: tuple[ReportModel, list[str]]) -> None:
    model, found = printed
    titles = {s.heading.text for s in (*model.sections, *model.annexes)}
    titles |= {s.label for s in (*model.sections, *model.annexes)}
    blocks = [b for s in (*model.sections, *model.annexes) for b in s.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    titles |= {b.title for b in blocks if isinstance(b, Table | Text) and b.title}
    heads = {
        f"{evened(row.cells[0].text)} {evened(row.cells[0].detail)}"
        for table in tables
        for row in table.rows
        if row.heads
    }
    cells = {evened(cell.text) for table in tables for row in table.rows for cell in row.cells}
    for text in found:
        last = [t for t in map(evened, titles | heads) if text.endswith(t)]
        # A row may end in the words of a heading.
        rows = [c for c in cells if text.endswith(c)]
        assert len(max(last, key=len, default="")) <= len(max(rows, key=len, default="")), last


def test_no_page_holds_a_line_or_two(printed: tuple[ReportModel, list[str]]) -> None:
    """Pages before one that somebody signs may; so may the last one."""
    model, found = printed
    alone = [evened(a.heading.text) for a in model.annexes if a.key == "sign"]
    for text, after in pairwise(found):
        assert len(text) > 500 or any(heading in after for heading in alone), text


def test_the_missing_middle_is_one_page(printed: tuple[ReportModel, list[str]]) -> None:
    model, found = printed
    assert evened(model.sections[0].heading.text) in found[2]
    assert evened(model.sections[1].heading.text) in found[3]


def test_a_text_longer_than_a_page_runs_on_to_the_next(
    sample: Audit, sample_inputs: ReportInputs, make: Maker
) -> None:
    text = "Lorem ipsum dolor " * 550
    model = make(replace(sample_inputs, audit=renamed(sample, f"{text}Zqend")))
    annex = next(a for a in model.annexes if a.key == "names")
    table = next(b for b in annex.blocks if isinstance(b, Table))
    one = replace(annex, blocks=(replace(table, rows=table.rows[:3]),))
    found = pages(render_pdf(replace(model, sections=(), annexes=(one,))))
    assert sum(text.count("Zqend") for text in found[1:]) == 3
    # Each takes the width of the page: two of them and a half stand on a page of 5,000 signs.
    assert len(found) - 1 <= 3 * len(text) // 4000 + 1
    rows = laid_out(replace(model, annexes=(one,)), labels=False)["annexes"][0]["blocks"][0]["rows"]
    assert [row["w"] for row in rows] == [False, True] * 3
    assert all(len(cell["t"]) < 200 for row in rows if not row["w"] for cell in row["c"])


def test_rows_that_fit_on_a_page_stay_whole(models: dict[Audience, ReportModel]) -> None:
    data = laid_out(models[Audience.FULL], labels=False)
    rows = [
        row
        for section in (*data["sections"], *data["annexes"])
        for block in section["blocks"]
        if block["kind"] == "table"
        for row in block["rows"]
    ]
    assert len(rows) > 500
    assert not any(row["w"] for row in rows)
