"""The whole report as a document that people go on writing in."""

import io
from collections.abc import Iterator
from typing import Any, Final

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Pt

from app.report.docx.body import paragraph, prose, run, table
from app.report.docx.styles import TAB, dress, text_width
from app.report.logo import proportion
from app.report.model import Block, Brief, Picture, ReportModel, Section, Table
from app.report.office import legal, packed, stamp, without
from app.report.raster import logo_png, rastered
from app.words import Words

LEFTOVERS: Final = ("/thumbnail", "/customXml", "/stylesWithEffects")
"""Parts of the library's own empty document that no report needs."""
LOGO_HIGH, LOGO_WIDE = 26.0, 150.0
BREAK: Final = '<w:pageBreakBefore/><w:spacing w:before="0"/>'


def render_docx(model: ReportModel) -> bytes:
    """Word bytes; the same model gives the same bytes. ExportFailed where a picture fails.

    Headings, lists and tables are Word's own; pictures are PNG with words for those who do not
    see them, and the figures behind them stand in the annex of pictures.
    """
    document = Document()
    without(document.part.rels, *LEFTOVERS)
    without(document.part.package.rels, *LEFTOVERS)
    dress(document, model)
    _Writer(document, model).write()
    stamp(document.core_properties, model)
    out = io.BytesIO()
    document.save(out)
    return packed(out.getvalue())


class _Writer:
    """Puts the report's parts before the end of the body, one after the other."""

    def __init__(self, document: Any, model: ReportModel) -> None:
        self.document, self.model = document, model
        self.words = Words(model.language)
        self.end = document.element.body.sectPr
        self.wide = text_width(model.page)
        sections = (*model.sections, *model.annexes)
        pictures = [b for s in sections for b in s.blocks if isinstance(b, Picture)]
        self.drawn = iter(rastered(pictures, model.language))

    def write(self) -> None:
        self._logo()
        if self.model.brief:
            self._put(_brief(self.model.brief, self.wide, self.words))
        for n, section in enumerate(self.model.sections):
            self._section(section, breaks=n > 0 or self.model.brief is not None)
        for n, annex in enumerate(self.model.annexes):
            self._section(annex, breaks=n == 0)

    def _put(self, parts: Iterator[str]) -> None:
        for part in parts:
            self.end.addprevious(parse_xml(part))

    def _section(self, section: Section, *, breaks: bool) -> None:
        label = paragraph("SectionLabel", run(section.label), how=BREAK if breaks else "")
        parts = [label, paragraph("Heading1", run(section.heading.text))]
        if section.lead:
            parts.append(paragraph("Lead", run(" ".join(line.text for line in section.lead))))
        self._put(iter(parts))
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Table):
            self._put(table(block, self.wide, self.words))
        elif isinstance(block, Picture):
            wide = min(block.scene.width, self.wide)
            self._picture(next(self.drawn), wide, block.scene.title, block.scene.alt)
            self._put(iter((paragraph("Caption", run(block.caption)),)))
        else:
            self._put(prose(block))

    def _picture(
        self, body: bytes, wide: float, title: str, words: str, style: str = "Picture"
    ) -> None:
        drawn = self.document.add_paragraph(style=style).add_run()
        drawn.add_picture(io.BytesIO(body), width=Pt(wide))
        (place,) = drawn.element.xpath(".//wp:docPr")
        place.set("descr", legal(words))
        place.set("title", legal(title))

    def _logo(self) -> None:
        look = self.model.look
        if look.logo:
            across = proportion(look.logo)
            wide = across * min(LOGO_HIGH, LOGO_WIDE / across)
            self._picture(logo_png(look), wide, look.name, look.logo_words, "Logo")


def _brief(brief: Brief, wide: float, words: Words) -> Iterator[str]:
    """What stands on page 1, in the same order."""
    yield paragraph("Heading1", run(brief.heading.text))
    if brief.provisional:
        yield paragraph("Warning", run(brief.provisional.text))
    yield from table(brief.states, wide, words)
    yield from table(brief.decisions, wide, words)
    yield from prose(brief.undecided)
    yield from prose(brief.disagreed)
    if brief.rates:
        yield from table(brief.rates, wide, words)
        lines = " ".join(line.text for line in brief.rates_text.lines)
        yield paragraph("Normal", run(lines))
    else:
        yield from prose(brief.rates_text)
    yield from prose(brief.care)
    yield _signature(brief.signature)


def _signature(names: tuple[str, str]) -> str:
    """Two lines to write on, drawn by the leaders of tabs."""
    stops = "".join(
        TAB.format(kind="left", at=at).replace("/>", f' w:leader="{leader}"/>')
        for at, leader in ((5200, "underscore"), (5800, "none"), (8800, "underscore"))
    )
    return paragraph(
        "Signature", run(f"{names[0]} \t\t{names[1]} \t"), how=f"<w:tabs>{stops}</w:tabs>"
    )
