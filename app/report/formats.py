"""The formats a report is written in, by the ending of its file."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from app.report.csv_zip import render_csv
from app.report.data import render_json
from app.report.html import render_html
from app.report.model import ReportModel
from app.report.pdf import render_pdf
from app.report.xlsx.book import render_xlsx


def _pptx(model: ReportModel) -> bytes:
    from app.report.pptx.deck import render_pptx  # its library is only loaded for a deck

    return render_pptx(model)


def _docx(model: ReportModel) -> bytes:
    from app.report.docx.text import render_docx  # its library is only loaded for a document

    return render_docx(model)


RENDER: Final[Mapping[str, Callable[[ReportModel], bytes]]] = MappingProxyType(
    {
        "pdf": render_pdf,
        "html": lambda model: render_html(model).encode(),
        "xlsx": render_xlsx,
        "pptx": _pptx,
        "docx": _docx,
        "csv": render_csv,
        "json": render_json,
    }
)


def rendered(kind: str, model: ReportModel) -> bytes:
    """The report in one of the formats."""
    return RENDER[kind](model)


MINUTES: Final = ("pdf", "html", "docx")
"""Those that minutes are written in: they have no registers and no slides."""
