"""What was made is read back: pages and rows are counted, and what is broken is refused."""

import io
import zipfile
from pathlib import Path

import pypdf
import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.errors import ExportFailed
from app.report.formats import RENDER
from app.report.model import Audience, ReportModel, Table
from app.report.pdf import render_pdf
from app.report.verified import VERIFY, verified
from tests.report.conftest import Maker
from tests.report.inputs import inputs_of
from tests.report.small import small


@pytest.fixture(scope="module")
def model(models: dict[Audience, ReportModel]) -> ReportModel:
    return models[Audience.FULL]


@pytest.fixture(scope="module")
def bodies(model: ReportModel) -> dict[str, bytes]:
    return {kind: RENDER[kind](model) for kind in ("pdf", "html", "xlsx", "csv", "json")}


def test_every_format_is_read_back() -> None:
    assert set(VERIFY) == set(RENDER)


def test_pages_rows_and_bytes_are_counted(model: ReportModel, bodies: dict[str, bytes]) -> None:
    rows = sum(len(table.rows) for table in model.registers)
    for kind in ("xlsx", "csv", "json"):
        written = verified(kind, bodies[kind], model, Path("out"))
        assert (written.pages, written.rows) == (None, rows)
        assert (written.size, written.path) == (len(bodies[kind]), Path("out"))
    pages = len(pypdf.PdfReader(io.BytesIO(bodies["pdf"])).pages)
    assert verified("pdf", bodies["pdf"], model).pages == pages > 5
    assert (verified("html", bodies["html"], model).rows or 0) > 100


@pytest.mark.parametrize("kind", ["pdf", "html", "xlsx", "csv", "json"])
def test_half_a_file_and_another_report_are_refused(
    kind: str, model: ReportModel, bodies: dict[str, bytes], models: dict[Audience, ReportModel]
) -> None:
    for body in (b"", bodies[kind][: len(bodies[kind]) // 2]):
        with pytest.raises(ExportFailed, match="what stood there before is unchanged"):
            verified(kind, body, model)
    control = replace(model.control, sequence=model.control.sequence + 1)
    first, *rest = model.registers
    fewer = replace(first, rows=first.rows[1:])
    other = replace(
        model, control=control, registers=(fewer, *rest), annexes=(*model.annexes, *model.annexes)
    )
    with pytest.raises(ExportFailed):
        verified(kind, bodies[kind], other)


def test_a_missing_page_is_refused(model: ReportModel, bodies: dict[str, bytes]) -> None:
    pages = len(pypdf.PdfReader(io.BytesIO(bodies["pdf"])).pages)
    body = bodies["pdf"].replace(f"/Count {pages}".encode(), f"/Count {pages + 1}".encode())
    with pytest.raises(ExportFailed, match=f"{pages} pages of {pages + 1}"):
        verified("pdf", body, model)


def test_rows_of_a_pdf_are_counted_and_a_missing_one_is_refused(
    model: ReportModel, bodies: dict[str, bytes]
) -> None:
    parts = (*model.sections, *model.annexes)
    tables = [*model.brief.tables, *(b for s in parts for b in s.blocks if isinstance(b, Table))]
    assert verified("pdf", bodies["pdf"], model).rows == sum(len(t.rows) for t in tables)
    body = bodies["pdf"].replace(b"<</Type/StructElem/S/TR", b"<</Type/StructElem/S/P ", 1)
    with pytest.raises(ExportFailed, match="rows are there"):
        verified("pdf", body, model)


def test_an_empty_sheet_is_refused(model: ReportModel, bodies: dict[str, bytes]) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(bodies["xlsx"])) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            if name == "xl/worksheets/sheet3.xml":
                start, end = body.index(b'<row r="2"'), body.index(b"</sheetData>")
                body = body[:start] + body[end:]
            new.writestr(name, body)
    with pytest.raises(ExportFailed, match="“Actions” has 0 of"):
        verified("xlsx", out.getvalue(), model)


def test_what_people_typed_cannot_pass_for_a_page(sample: Audit, make: Maker) -> None:
    text = "\n7 0 obj\n<</Type/Page/Type/Pages/Count 900 >> endobj\n"
    audit = small(sample)
    audit = replace(
        audit, workflows={w: replace(r, name=text + w) for w, r in audit.workflows.items()}
    )
    model = make(inputs_of(audit))
    body = render_pdf(model)
    assert verified("pdf", body, model).pages == len(pypdf.PdfReader(io.BytesIO(body)).pages)
