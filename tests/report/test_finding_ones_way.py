"""Finding one's way in a long report: contents, links, numbered bookmarks, whole words to copy."""

import io
import math
import re
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pypdf
import pytest
from msgspec.structs import replace

from app.charts.lettering import width
from app.domain.audit import Audit
from app.domain.ids import WorkflowId
from app.domain.landscape import Workflow
from app.exchange.bank_translation import bank_in
from app.exchange.reference_toml import reference_in
from app.report.build import build_report
from app.report.contents import KEYS
from app.report.inputs import ReportInputs, in_words_of
from app.report.layout import laid_out
from app.report.layout_tables import REGISTER, WIDE, Paper, table_data
from app.report.model import Audience, PageSize, Picture, ReportModel, Table
from app.report.pdf import render_pdf
from app.report.request import Request
from app.words import Words
from tests.report.inputs import TODAY, inputs_of
from tests.report.reading import evened, pages

Printed = tuple[ReportModel, bytes]


@pytest.fixture(
    scope="module",
    params=[
        (Audience.FULL, "en", PageSize.A4),
        (Audience.FULL, "en", PageSize.LETTER),
        (Audience.EXTERNAL, "de", PageSize.A4),
        (Audience.EXECUTIVE, "de", PageSize.LETTER),
    ],
    ids=lambda p: "-".join(map(str, p)),
)
def whole(request: pytest.FixtureRequest, sample_inputs: ReportInputs) -> Printed:
    """The sample with every part."""
    audience, language, page = request.param
    spoken = in_words_of(
        sample_inputs,
        bank_in(sample_inputs.audit.bank, language),
        reference_in(sample_inputs.audit.reference, language),
    )
    asked = Request(audience, page, TODAY, frozenset(KEYS), language=language)
    model = build_report(spoken, asked, Words(language))
    return model, render_pdf(model)


def outline(document: pikepdf.Pdf) -> Iterator[str]:
    with document.open_outline() as found:
        yield from (item.title for item in found.root)


def bare(text: str) -> str:
    """Without what a line's end adds."""
    return "".join(text.split()).replace("-", "").replace("\u00ad", "")


def links(document: pikepdf.Pdf, page: int) -> list[pikepdf.Object]:
    return [a for a in document.pages[page].get("/Annots", []) if a.Subtype == "/Link"]


def test_every_part_is_a_bookmark_under_its_number(whole: Printed) -> None:
    model, body = whole
    parts = (*model.sections, *model.annexes)
    with pikepdf.open(io.BytesIO(body)) as document:
        titles = [evened(title) for title in outline(document)]
    assert titles[2:] == [evened(f"{p.label}: {p.heading.text}") for p in parts]


def test_contents_name_every_part_with_its_page(whole: Printed) -> None:
    model, body = whole
    found = [bare(text) for text in pages(body)]
    assert Words(model.language)("label.contents") in found[1]
    for part in model.sections:
        page = next(i for i, t in enumerate(found[2:], 3) if bare(part.heading.text) in t)
        heading = "" if part.key.startswith("workflow-") else bare(part.heading.text)
        label = bare(part.label)
        entries = (f"{label}{page}{heading}", f"{label}{heading}{page}")
        assert any(entry in found[1] for entry in entries), part.label
    with pikepdf.open(io.BytesIO(body)) as document:
        assert len(links(document, 1)) >= len({p.label for p in model.sections})


def test_what_page_one_refers_to_is_a_link(whole: Printed) -> None:
    model, body = whole
    told = laid_out(model)["refs"]
    text = pages(body)[0]
    wanted = [name for name in told["to"] if re.search(rf"{re.escape(name)}(?!\d)", text)]
    assert len(wanted) >= 2
    with pikepdf.open(io.BytesIO(body)) as document:
        found = links(document, 0)
        assert len(found) >= len(wanted)
        assert all("/Contents" in link or "/StructParent" in link for link in found)


def test_a_workflow_has_one_page_under_its_name(whole: Printed) -> None:
    model, body = whole
    found = pages(body)[2:]
    flows = [s for s in model.sections if s.key.startswith("workflow-")]
    assert len(flows) == 11
    starts = [
        next(i for i, text in enumerate(found) if evened(f"{s.label} {s.heading.text}") in text)
        for s in flows
    ]
    assert starts == list(range(starts[0], starts[0] + len(flows)))
    after = model.sections[model.sections.index(flows[-1]) + 1]
    assert evened(after.heading.text) in found[starts[-1] + 1]


def test_no_invisible_sign_parts_a_word(whole: Printed) -> None:
    model, body = whole
    reader = pypdf.PdfReader(io.BytesIO(body))
    raw = [page.extract_text() for page in reader.pages]
    assert not [text for text in raw if "\u200b" in text]
    together = "".join("".join(raw).split())
    assert model.control.bank_hash in together
    assert model.control.chain_head in together
    title = model.frame.title
    assert all(title in evened(text) for text in raw), "the head of a page is one line"


def test_a_short_document_has_no_list_of_contents(whole: Printed) -> None:
    model, _ = whole
    short = replace(model, sections=model.sections[:1], annexes=model.annexes[-1:])
    assert laid_out(short)["parts"] == []
    assert len(pages(render_pdf(replace(short, annexes=())))) == 2


def test_letters_are_large_enough_on_every_page(whole: Printed) -> None:
    """Tables 8.5 and registers 8; letters of pictures, second texts and feet of pages 7.5."""
    model, body = whole
    drawn = [
        bare(block.caption)
        for s in model.sections
        for block in s.blocks
        if isinstance(block, Picture)
    ]
    for page in pypdf.PdfReader(io.BytesIO(body)).pages:
        sizes: Counter[float] = Counter()

        def seen(
            text: str,
            _cm: object,
            matrix: list[float],
            _font: object,
            size: float,
            sizes: Counter[float] = sizes,
        ) -> None:
            sizes[round(size * math.hypot(matrix[2], matrix[3]), 1)] += len(text.strip())

        text = bare(page.extract_text(visitor_text=seen))
        found = {size: n for size, n in sizes.items() if n}
        assert min(found) >= 7.4, found
        most = max(found, key=lambda size: found[size])
        assert most >= (7.5 if any(caption in text for caption in drawn) else 8), found


def test_no_word_is_wider_than_its_column(whole: Printed) -> None:
    """Unless a table has more columns than the page has room for, each holds its longest word."""
    model, _ = whole
    tables = [b for s in (*model.sections, *model.annexes) for b in s.blocks]
    checked = 0
    for table in (block for block in tables if isinstance(block, Table)):
        paper = Paper(WIDE[model.page], REGISTER, typeset=True)
        shares = [column["s"] for column in table_data(table, paper)["cols"]]
        for i, column in enumerate(table.columns):
            if column.share and sum(shares) <= paper.wide and len(table.columns) < 9:
                words = [word for word in column.title.replace("-", "- ").split() if len(word) < 14]
                widest = max((width(word, REGISTER, bold=False) for word in words), default=0)
                assert shares[i] + 0.5 >= widest, (table.key, column.title)
                checked += 1
    assert checked > 60


def test_every_table_of_a_picture_has_a_title_of_its_own(whole: Printed) -> None:
    model, _ = whole
    annex = next(a for a in model.annexes if a.key == "pictures")
    titles = [block.title for block in annex.blocks if isinstance(block, Table)]
    assert len(titles) == len(set(titles)) <= 9


def test_decoration_leads_nowhere(sample: Audit) -> None:
    """A map with more rows than it draws names an annex, and a title may name a part as well."""
    more = {WorkflowId(f"more-{n}"): Workflow(f"section 8, {n}") for n in range(20)}
    named = replace(sample.organisation, title="Audit, section 8")
    audit = replace(sample, workflows={**sample.workflows, **more}, organisation=named)
    request = Request(Audience.FULL, PageSize.A4, TODAY, frozenset(KEYS))
    body = render_pdf(build_report(inputs_of(audit), request, Words()))
    assert body.startswith(b"%PDF")
