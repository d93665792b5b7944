"""The model as plain data for the templates of PDF and HTML: short keys, charts as SVG."""

import base64
from typing import Any

from msgspec.structs import replace

from app.charts import cover, middle, sources
from app.charts.scene import Label
from app.charts.svg import svg
from app.report.brand import ACCENT
from app.report.layout_places import contents_of, references
from app.report.layout_tables import REGISTER, TABLE, WIDE, Paper, table_data
from app.report.logo import is_png, proportion
from app.report.model import (
    Block,
    Brief,
    Look,
    Picture,
    ReportModel,
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
HALVED = "conditions_"
"""Narrow table of a workflow's page, set as two halves beside each other."""
NAMES = {
    "middle_map": middle.NAMES,
    "conditions_map": cover.NAMES,
    "context_map": sources.NAMES,
}
"""Points at the left of a picture that name its rows; they stay where the rest is moved aside."""
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
    page = Paper(WIDE[model.page], TABLE, typeset=not labels)
    annex = replace(page, size=REGISTER)
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
        "swipe": words("label.swipe"),
        "skip": words("label.skip"),
        "contents": words("label.contents"),
        "parts": contents_of(model),
        "refs": references(model, words),
        "attachment": words("label.attachment"),
        "description": model.headline,
        "brief": _brief(model.brief, page) if model.brief else None,
        "sections": [
            _section(section, page, breaks=_breaks(model, n), alone=_is_alone(model, n))
            for n, section in enumerate(model.sections)
        ],
        "annexes": [
            _section(section, annex, breaks=_begins_page(model, n))
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


def _brief(brief: Brief, paper: Paper) -> dict[str, Any]:
    return {
        "heading": brief.heading.text,
        "provisional": brief.provisional.text if brief.provisional else "",
        "states": table_data(brief.states, paper),
        "decisions": table_data(brief.decisions, paper),
        "undecided": _text(brief.undecided),
        "disagreed": _text(brief.disagreed),
        "rates": table_data(brief.rates, paper) if brief.rates else None,
        "rates_text": _text(brief.rates_text),
        "care": _text(brief.care),
        "signature": list(brief.signature),
    }


def _section(
    section: Section, paper: Paper, *, breaks: bool, alone: bool = False
) -> dict[str, Any]:
    return {
        "key": section.key,
        "label": section.label,
        "heading": section.heading.text,
        "lead": [line.text for line in section.lead],
        "blocks": [_block(block, paper) for block in section.blocks],
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


def _block(block: Block, paper: Paper) -> dict[str, Any]:
    if isinstance(block, Table):
        halves = paper.typeset and block.key.startswith(HALVED)
        return {"kind": "table", **table_data(block, paper, halves=halves)}
    if isinstance(block, Text):
        return {"kind": "text", **_text(block)}
    return {"kind": "picture", **_picture(block, paper.typeset)}


def _picture(picture: Picture, typeset: bool) -> dict[str, Any]:
    figures = picture.scene.figures
    return {
        "key": picture.key,
        "caption": picture.caption,
        "alt": picture.scene.alt,
        "svg": svg(picture.scene, name=picture.key, labels=not typeset),
        "width": picture.scene.width,
        "height": picture.scene.height,
        "names": NAMES.get(picture.key, 0),
        "labels": [_label(m) for m in picture.scene.marks if isinstance(m, Label)]
        if typeset
        else [],
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
