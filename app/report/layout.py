"""The model as plain data for the templates of PDF and HTML: short keys, charts as SVG."""

import base64
from typing import Any

from app.charts.scene import Label
from app.charts.svg import svg
from app.report.brand import ACCENT
from app.report.logo import is_png, proportion
from app.report.model import (
    Block,
    Brief,
    Cell,
    Look,
    Picture,
    ReportModel,
    Row,
    Section,
    Table,
    Text,
)
from app.words import Words

OWN_PAGE = frozenset({"sign", "sheets"})
"""Annexes that begin a page; the others follow on."""
ALONE = frozenset({"sign", "sheets"})
"""Those that leave the report on their own: nothing follows on their page."""
LOGO_HIGH, LOGO_WIDE = 24.0, 150.0
"""Points that a logo takes at most."""
FOLLOWING = frozenset({"options", "lanes", "disagreed", "context", "policies", "asset"})
"""Sections that follow on where the page before them leaves room."""
LOW = 120.0
"""Points that the pictures of a short page take at most."""
SIGNS = 100
"""Characters of a table's text that stand beside each other on a page."""
WORD_SIGNS = 24
"""A longer word may be broken anywhere; it would make its column wider than the page."""
LEAST = 0.08
"""Share of the width that a column takes at least."""
MOST_LINES = 40
"""Of a cell; a row with more may run on over the end of a page."""
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""Part of a label's width that stands left of its point."""
VERDICTS = ("yes", "changed", "no")


def laid_out(model: ReportModel, *, labels: bool = True) -> dict[str, Any]:
    """Everything a template needs; it computes nothing.

    Without `labels` pictures hold shapes only and their labels stand beside them: typst's own
    text knows every script, text inside a picture does not.
    """
    words = Words(model.language)
    frame = model.frame
    right = ". ".join(part for part in (frame.classification, frame.status) if part)
    return {
        "language": model.language,
        "page": model.page.value,
        "frame": {
            "title": frame.title,
            "right": right,
            "footer": frame.footer,
            "of_pages": frame.of_pages,
        },
        "look": _look(model.look, inside=not labels),
        "verdicts": [words(f"verdict.{verdict}") for verdict in VERDICTS],
        "more": words("label.more"),
        "skip": words("label.skip"),
        "contents": words("label.contents"),
        "attachment": words("label.attachment"),
        "description": model.headline,
        "brief": _brief(model.brief) if model.brief else None,
        "sections": [
            _section(section, labels, breaks=_breaks(model, n), alone=_is_alone(model, n))
            for n, section in enumerate(model.sections)
        ],
        "annexes": [
            _section(section, labels, breaks=_begins_page(model, n))
            for n, section in enumerate(model.annexes)
        ],
    }


def _begins_page(model: ReportModel, n: int) -> bool:
    if n == 0:
        return not model.sections or _kind(model.annexes[n]) in OWN_PAGE
    return _kind(model.annexes[n]) in OWN_PAGE or _kind(model.annexes[n - 1]) in ALONE


def _breaks(model: ReportModel, n: int) -> bool:
    """Without a page 1 the first section begins the document."""
    if n == 0:
        return model.brief is not None
    return not _follows(model.sections[n])


def _is_alone(model: ReportModel, n: int) -> bool:
    """On pages of its own, so that a few lines that run over would leave one nearly empty."""
    return _breaks(model, n) and (n + 1 == len(model.sections) or _breaks(model, n + 1))


def _kind(section: Section) -> str:
    """Sections of one part are numbered behind its key."""
    return section.key.partition("-")[0]


def _look(look: Look, *, inside: bool) -> dict[str, Any]:
    """Accent, texts and logo; `inside` gives the logo's bytes, else the address of its data."""
    found: dict[str, Any] = {
        "accent": look.accent or ACCENT,
        "name": look.name,
        "footer": look.footer,
        "logo": None,
    }
    if look.logo:
        png = is_png(look.logo)
        across = proportion(look.logo)
        high = min(LOGO_HIGH, LOGO_WIDE / across)
        data = base64.b64encode(look.logo).decode()
        found["logo"] = {
            "kind": "png" if png else "svg",
            "data": list(look.logo)
            if inside
            else f"image/{'png' if png else 'svg+xml'};base64,{data}",
            "width": high * across,
            "height": high,
            "alt": look.logo_words,
        }
    return found


def _brief(brief: Brief) -> dict[str, Any]:
    return {
        "heading": brief.heading.text,
        "provisional": brief.provisional.text if brief.provisional else "",
        "states": _table(brief.states),
        "decisions": _table(brief.decisions),
        "undecided": _text(brief.undecided),
        "disagreed": _text(brief.disagreed),
        "rates": _table(brief.rates) if brief.rates else None,
        "rates_text": _text(brief.rates_text),
        "care": _text(brief.care),
        "signature": list(brief.signature),
    }


def _section(
    section: Section, labels: bool, *, breaks: bool, alone: bool = False
) -> dict[str, Any]:
    return {
        "key": section.key,
        "label": section.label,
        "heading": section.heading.text,
        "lead": [line.text for line in section.lead],
        "blocks": [_block(block, labels) for block in section.blocks],
        "breaks": breaks,
        "alone": alone,
        "dense": section.key.startswith("workflow-"),
    }


def _follows(section: Section) -> bool:
    """Short by its kind, or a few sentences around a low picture."""
    if section.key in FOLLOWING:
        return True
    heights = [b.scene.height for b in section.blocks if isinstance(b, Picture)]
    has_table = any(isinstance(block, Table) for block in section.blocks)
    return not has_table and sum(heights) < LOW


def _block(block: Block, labels: bool) -> dict[str, Any]:
    if isinstance(block, Table):
        return {"kind": "table", **_table(block)}
    if isinstance(block, Text):
        return {"kind": "text", **_text(block)}
    return {"kind": "picture", **_picture(block, labels)}


def _picture(picture: Picture, labels: bool) -> dict[str, Any]:
    figures = picture.scene.figures
    return {
        "key": picture.key,
        "caption": picture.caption,
        "alt": picture.scene.alt,
        "svg": svg(picture.scene, name=picture.key, labels=labels),
        "width": picture.scene.width,
        "labels": []
        if labels
        else [_label(m) for m in picture.scene.marks if isinstance(m, Label)],
        "header": list(figures.header),
        "figures": [list(row) for row in figures.rows],
    }


def _label(label: Label) -> dict[str, Any]:
    return {
        "x": label.x,
        "y": label.y,
        "t": label.text,
        "s": label.size,
        "f": label.fill,
        "a": ANCHORS[label.anchor],
        "b": label.bold,
        "r": label.turn,
    }


def _text(text: Text) -> dict[str, Any]:
    lines = [line.text for line in text.lines]
    listed = text.listed and len(lines) > 1
    return {"key": text.key, "title": text.title, "lines": lines, "listed": listed}


def _table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": table.title,
        "note": table.note,
        "cols": [{"t": c.title, "s": c.share, "a": c.align} for c in table.columns],
        "rows": [
            {"h": row.heads, "c": [_cell(cell) for cell in row.cells], "l": _is_long(table, row)}
            for row in table.rows
        ],
    }


def _is_long(table: Table, row: Row) -> bool:
    """Some text could not stand on one page, so that its row must not be kept whole."""
    total = sum(column.share for column in table.columns) or 1
    return any(
        len(cell.text) + len(cell.detail) > MOST_LINES * SIGNS * max(column.share / total, LEAST)
        for column, cell in zip(table.columns, row.cells, strict=False)
    )


def _cell(cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = {"t": cell.text}
    if any(len(word) > WORD_SIGNS for word in f"{cell.text} {cell.detail}".split()):
        found["w"] = True
    if cell.detail:
        found["d"] = cell.detail
    if cell.tone:
        found["k"] = cell.tone
    return found
