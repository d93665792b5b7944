"""The model as plain data for the templates of PDF and HTML: short keys, charts as SVG."""

from typing import Any

from app.charts.scene import Label
from app.charts.svg import svg
from app.report.model import Block, Brief, Cell, Picture, ReportModel, Section, Table, Text
from app.words import Words

OWN_PAGE = frozenset({"workflows", "gaps", "record", "pictures", "method", "standards"})
"""Annexes that begin a page; the short ones follow on."""
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
        "verdicts": [words(f"verdict.{verdict}") for verdict in VERDICTS],
        "more": words("label.more"),
        "attachment": words("label.attachment"),
        "brief": _brief(model.brief),
        "sections": [_section(section, labels) for section in model.sections],
        "annexes": [_section(section, labels) for section in model.annexes],
    }


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


def _section(section: Section, labels: bool) -> dict[str, Any]:
    return {
        "key": section.key,
        "label": section.label,
        "heading": section.heading.text,
        "lead": [line.text for line in section.lead],
        "blocks": [_block(block, labels) for block in section.blocks],
        "breaks": section.key in OWN_PAGE,
    }


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
        "rows": [{"h": row.heads, "c": [_cell(cell) for cell in row.cells]} for row in table.rows],
    }


def _cell(cell: Cell) -> dict[str, str]:
    found = {"t": cell.text}
    if cell.detail:
        found["d"] = cell.detail
    if cell.tone:
        found["k"] = cell.tone
    return found
