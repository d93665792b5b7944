"""The formats a report is written in, by the ending of its file."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from app.report.data import render_json
from app.report.html import render_html
from app.report.model import ReportModel
from app.report.pdf import render_pdf

RENDER: Final[Mapping[str, Callable[[ReportModel], bytes]]] = MappingProxyType(
    {
        "pdf": render_pdf,
        "html": lambda model: render_html(model).encode(),
        "json": render_json,
    }
)
