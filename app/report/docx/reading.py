"""Reading a document back: its headings, tables and pictures, as they stand in the file."""

import io
from collections.abc import Iterator
from typing import Any, Final

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from app.report.model import Picture, ReportModel, Table
from app.report.office import legal, origin, whole_archive

HEADING: Final = "Heading1"


def read_document(body: bytes, model: ReportModel) -> int:
    """Rows of all tables. ValueError says what the document lacks of this model."""
    whole_archive(body)
    try:
        document = Document(io.BytesIO(body))
    except (OpcError, SyntaxError) as error:
        raise ValueError(f"it is no document ({error})") from error
    if document.core_properties.identifier != origin(model):
        raise ValueError("it was made from another record")
    root = document.element.body
    sections = (*model.sections, *model.annexes)
    wanted = [model.brief.heading.text] if model.brief else []
    wanted += [section.heading.text for section in sections]
    if list(_headings(root)) != [_even(legal(text)) for text in wanted]:
        raise ValueError("its headings are not those of the report")
    rows = [len(table.findall(qn("w:tr"))) - 1 for table in root.findall(qn("w:tbl"))]
    if rows != [len(table.rows) for table in _tables(model)]:
        raise ValueError("a table lacks a row")
    pictures = sum(isinstance(b, Picture) for section in sections for b in section.blocks)
    described = [node for node in root.iter(qn("wp:docPr")) if node.get("descr")]
    if len(described) != pictures + bool(model.look.logo):
        raise ValueError(f"{len(described)} of {pictures} pictures are there")
    return sum(rows)


def _headings(root: Any) -> Iterator[str]:
    for node in root.findall(qn("w:p")):
        style = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) == HEADING:
            yield _even("".join(_text(part) for part in node.iter()))


def _text(node: Any) -> str:
    if node.tag == qn("w:t"):
        return node.text or ""
    return " " if node.tag in (qn("w:br"), qn("w:tab")) else ""


def _even(text: str) -> str:
    return " ".join(text.split())


def _tables(model: ReportModel) -> Iterator[Table]:
    """Every table in the order of the document."""
    if model.brief:
        yield from model.brief.tables
    for section in (*model.sections, *model.annexes):
        yield from (block for block in section.blocks if isinstance(block, Table))
