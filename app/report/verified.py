"""Reading back what was made, before anything is written: pages and rows, or ExportFailed."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import ParseError, iterparse

from msgspec import DecodeError, Struct, json
from msgspec.structs import replace

from app.errors import ExportFailed
from app.report.csv_zip import file_name
from app.report.data import plain_data, read_provenance
from app.report.model import ReportModel, Table
from app.report.xlsx.book import sheet_names

PAGE: Final = re.compile(rb"^\d+ \d+ obj\s*<<\s*/Type\s*/Page\b", re.MULTILINE)
TREE: Final = re.compile(rb"^\d+ \d+ obj\s*<<\s*/Type\s*/Pages\s*/Count\s+(\d+)", re.MULTILINE)
ROW: Final = re.compile(rb"^<</Type/StructElem/S/TR\b", re.MULTILINE)
GRID: Final = re.compile(rb"^<</Type/StructElem/S/Table\b", re.MULTILINE)
"""As the typesetter writes them; what people typed cannot begin a line with an object."""
MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Written(Struct, frozen=True):
    """What a file holds: pages where it has pages, rows of its tables, bytes, and where it is."""

    pages: int | None
    rows: int | None
    size: int
    path: Path | None = None


class Counted(Struct, frozen=True):
    pages: int | None = None
    rows: int | None = None


def verified(kind: str, body: bytes, model: ReportModel, path: Path | None = None) -> Written:
    """Read `body` back as a file of this kind made from this model.

    ExportFailed where it cannot be read, or lacks a page, a table or a row. Call it before the
    file is written, so that one that is wrong replaces nothing.
    """
    try:
        found = VERIFY[kind](body, model)
    except (
        KeyError,
        ValueError,
        DecodeError,
        ParseError,
        csv.Error,
        zipfile.BadZipFile,
        EOFError,
    ) as error:
        raise ExportFailed(_sentence(kind, f"it cannot be read back: {error}")) from error
    if not body:
        raise ExportFailed(_sentence(kind, "it is empty"))
    return Written(found.pages, found.rows, len(body), path)


def _sentence(kind: str, why: str) -> str:
    return (
        f"The report was made as {kind.upper()} and {why}. The audit is safe and nothing was "
        "written; what stood there before is unchanged. Try another format and report this."
    )


def _pdf(body: bytes, model: ReportModel) -> Counted:
    """As many pages as the page tree says, every row of every table, and the record attached."""
    pages = len(PAGE.findall(body))
    counts = [int(found) for found in TREE.findall(body)]
    if not pages or pages not in counts:
        raise ExportFailed(_sentence("pdf", f"{pages} pages of {max(counts, default=0)} are there"))
    # Where no font has a cluster, the typesetter's text writes more characters by their code.
    made = replace(read_provenance(body), replaced=model.control.replaced)
    if made != model.control:
        raise ExportFailed(_sentence("pdf", "the record attached to it is another one"))
    # Each table has one row of headings; a text too long for its cell has a row of its own.
    rows = len(ROW.findall(body)) - len(GRID.findall(body))
    wanted = sum(len(table.rows) for table in _printed(model))
    if rows < wanted:
        raise ExportFailed(_sentence("pdf", f"{rows} of {wanted} rows are there"))
    return Counted(pages, rows)


def _printed(model: ReportModel) -> list[Table]:
    """Every table of the report's own pages."""
    found = list(model.brief.tables) if model.brief else []
    sections = (*model.sections, *model.annexes)
    return found + [block for s in sections for block in s.blocks if isinstance(block, Table)]


def _xlsx(body: bytes, model: ReportModel) -> Counted:
    """Every register on its sheet, each with as many rows as the model."""
    wanted = {name: key for key, name in sheet_names(model).items()}
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = dict(_sheet_parts(archive))
        found = {
            wanted[name]: _rows(archive, part) for name, part in parts.items() if name in wanted
        }
    return _same("xlsx", found, model)


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Sheets are numbered in the order in which the workbook names them."""
    with archive.open("xl/workbook.xml") as part:
        names = [node.get("name", "") for _, node in iterparse(part) if node.tag == f"{MAIN}sheet"]
    for number, name in enumerate(names, 1):
        yield name, f"xl/worksheets/sheet{number}.xml"


def _rows(archive: zipfile.ZipFile, part: str) -> int:
    """Rows with a cell below the heading."""
    rows = 0
    with archive.open(part) as file:
        for _, node in iterparse(file):
            if node.tag == f"{MAIN}row":
                rows += len(node) > 0
                node.clear()
    return rows - 1


def _csv(body: bytes, model: ReportModel) -> Counted:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        broken = archive.testzip()
        if broken:
            raise ExportFailed(_sentence("csv", f"{broken} in it is damaged"))
        found = {}
        for table in model.registers:
            text = archive.read(file_name(table)).decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
            if any(len(row) != len(table.columns) + 1 for row in rows):
                raise ExportFailed(_sentence("csv", f"a row of {file_name(table)} is broken"))
            found[table.key] = len(rows) - 1
    return _same("csv", found, model)


def _same(kind: str, found: Mapping[str, int], model: ReportModel) -> Counted:
    for table in model.registers:
        if found.get(table.key) != len(table.rows) or not table.rows:
            said = f"“{table.title}” has {found.get(table.key, 0)} of {len(table.rows)} rows"
            raise ExportFailed(_sentence(kind, said))
    return Counted(rows=sum(found.values()))


class _Html(HTMLParser):
    """Sections, and the body rows of the tables that have a name."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.rows: dict[str, int] = {}
        self._table = ""
        self._in_body = False
        self.is_whole = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id") or ""
        self.ids.add(name)
        if tag == "table":
            self._table = name
            self.rows.setdefault(name, 0)
        elif tag == "tbody":
            self._in_body = True
        elif tag == "tr" and self._in_body:
            self.rows[self._table] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self._in_body = False
        self.is_whole = self.is_whole or tag == "html"


def _html(body: bytes, model: ReportModel) -> Counted:
    """Every section and every table, each with as many rows as the model."""
    page = _Html()
    page.feed(body.decode())
    page.close()
    sections = (*model.sections, *model.annexes)
    tables = _printed(model)
    wanted: dict[str, int] = {}
    for table in tables:
        wanted[table.key] = wanted.get(table.key, 0) + len(table.rows)
    lost = [s.label for s in sections if f"section-{s.key}" not in page.ids]
    lost += [table.title for table in tables if page.rows.get(table.key) != wanted[table.key]]
    if lost or not page.is_whole:
        raise ExportFailed(_sentence("html", f"it lacks {', '.join(lost) or 'its end'}"))
    return Counted(rows=sum(wanted.values()))


def _json(body: bytes, model: ReportModel) -> Counted:
    if json.decode(body) != json.decode(json.encode(plain_data(model))):
        raise ExportFailed(_sentence("json", "it says something else than the report"))
    return Counted(rows=sum(len(table.rows) for table in model.registers))


def _pptx(body: bytes, model: ReportModel) -> Counted:
    """Every slide under its title, with its tables, and charts that can be edited."""
    from app.report.pptx.reading import read_deck  # its library is only loaded for a deck

    slides, rows = read_deck(body, model)
    return Counted(pages=slides, rows=rows)


def _docx(body: bytes, model: ReportModel) -> Counted:
    """Every heading, table and picture in its place."""
    from app.report.docx.reading import read_document  # its library is only loaded for a document

    return Counted(rows=read_document(body, model))


VERIFY: Final[Mapping[str, Callable[[bytes, ReportModel], Counted]]] = MappingProxyType(
    {
        "pdf": _pdf,
        "html": _html,
        "xlsx": _xlsx,
        "pptx": _pptx,
        "docx": _docx,
        "csv": _csv,
        "json": _json,
    }
)
"""One row for each format of `formats.RENDER`."""
