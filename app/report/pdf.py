"""The report as a tagged PDF (PDF/UA-1 and PDF/A-3a) with its own data attached."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import typst
from msgspec import json
from msgspec.structs import replace

from app.errors import ExportFailed
from app.report.data import render_json
from app.report.glyphs import Glyphs, legible, needs_system
from app.report.layout import laid_out
from app.report.model import ReportModel, Text
from app.report.sentences import Sentences
from app.resource import resource
from app.words import Words

LATIN_TO, SIGNS = 0x0530, 0x2000
"""Latin, Greek and Cyrillic end before the one; punctuation and currency begin at the other."""


def render_pdf(model: ReportModel) -> bytes:
    """PDF bytes; the same model and fonts give the same bytes. ExportFailed says what to do."""
    day = model.frame.date
    found: bytes = _typeset(
        model,
        format="pdf",
        pdf_standards=["ua-1", "a-3a"],
        timestamp=int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp()),
    )
    return found


def render_pages(model: ReportModel, ppi: float) -> list[bytes]:
    """The same pages as PNG pictures of `ppi` pixels an inch. ExportFailed as for the PDF."""
    found = _typeset(model, format="png", ppi=ppi)
    return found if isinstance(found, list) else [found]


def _typeset(model: ReportModel, **how: Any) -> Any:
    glyphs = Glyphs()
    try:
        return _compiled(model, glyphs, how)
    except typst.TypstError:
        # A cluster can mix characters that no single font has; Latin always works.
        plain = _told(legible(model, LatinOnly()))
    try:
        return _compiled(plain, glyphs, how)
    except typst.TypstError as error:
        raise ExportFailed(
            "The PDF could not be typeset, and nothing was written. The audit is safe. "
            f"Write the report as HTML instead, and report this: {error}"
        ) from error


def _told(plain: ReportModel) -> ReportModel:
    """Document control, the last annex, says how many characters are written by code now."""
    if not plain.annexes:
        return plain
    line = Sentences(Words(plain.language))("control.replaced", n=plain.control.replaced)
    last = plain.annexes[-1]
    blocks = tuple(
        replace(b, lines=(*(old for old in b.lines if old.key != line.key), line))
        if isinstance(b, Text)
        else b
        for b in last.blocks
    )
    return replace(plain, annexes=(*plain.annexes[:-1], replace(last, blocks=blocks)))


class LatinOnly(Glyphs):
    """Draws what one Latin font holds; every other character is written by its code."""

    def __init__(self) -> None:
        super().__init__()
        self._latin = frozenset(code for code in self.bundled if code < LATIN_TO or code >= SIGNS)

    def has(self, sign: str) -> bool:
        return (sign.isascii() or ord(sign) in self._latin) and super().has(sign)


def _compiled(model: ReportModel, glyphs: Glyphs, how: Mapping[str, Any]) -> Any:
    data = json.encode(laid_out(model, labels=False)).decode()
    return typst.compile(
        resource("templates", "report.typ"),
        font_paths=[resource("fonts")],
        ignore_system_fonts=not needs_system(data, glyphs),
        sys_inputs={"data": data, "attachment": render_json(model).decode()},
        **how,
    )
