"""Typesets what is handed out or hung up: tagged PDF, the same bytes for the same data."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import typst
from msgspec import json

from app.errors import ExportFailed
from app.report.glyphs import Glyphs, legible_data, needs_system
from app.report.model import PageSize
from app.report.pdf import LatinOnly
from app.report.verified import PAGE, TREE
from app.resource import resource
from app.words import Words


def frame(title: str, page: PageSize, words: Words) -> dict[str, Any]:
    """What every handout's template needs beside its own data."""
    return {
        "title": title,
        "page": page.value,
        "language": words.language,
        "of_pages": words("label.of_pages"),
    }


def typeset(template: str, data: Mapping[str, Any], day: dt.date) -> bytes:
    """PDF/UA-1 and PDF/A-3a bytes of a template, dated `day`. ExportFailed says what to do.

    Characters that no font can draw are written by their code, and a last line counts them.
    """
    stamp = int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())
    how = {"format": "pdf", "pdf_standards": ["ua-1", "a-3a"], "timestamp": stamp}
    return bytes(_typeset(template, data, how))


def pictures(template: str, data: Mapping[str, Any], ppi: float) -> list[bytes]:
    """The same pages as PNG, to look at."""
    found = _typeset(template, data, {"format": "png", "ppi": ppi})
    return found if isinstance(found, list) else [found]


def count_pages(body: bytes) -> int:
    """Pages of a PDF that was just made. ExportFailed where its page tree says another number."""
    pages = len(PAGE.findall(body))
    if not pages or pages not in [int(found) for found in TREE.findall(body)]:
        raise ExportFailed(
            "The PDF was made and cannot be read back. The audit is safe and nothing was written. "
            "Try again and report this."
        )
    return pages


def _typeset(template: str, data: Mapping[str, Any], how: Mapping[str, Any]) -> Any:
    glyphs = Glyphs()
    try:
        return _compiled(template, data, glyphs, how)
    except typst.TypstError:
        # A cluster can mix characters that no single font has; Latin always works.
        glyphs = LatinOnly()
    try:
        return _compiled(template, data, glyphs, how)
    except typst.TypstError as error:
        raise ExportFailed(
            "The PDF could not be typeset, and nothing was written. The audit is safe. "
            f"Please report this: {error}"
        ) from error


def _compiled(
    template: str, data: Mapping[str, Any], glyphs: Glyphs, how: Mapping[str, Any]
) -> Any:
    plain, coded = legible_data(data, glyphs)
    words = Words(plain["language"])
    plain["coded"] = words("sheet.coded", n=coded) if coded else ""
    body = json.encode(plain).decode()
    return typst.compile(
        resource("templates", template),
        font_paths=[resource("fonts")],
        ignore_system_fonts=not needs_system(body, glyphs),
        sys_inputs={"data": body},
        **how,
    )
