"""Text and native tables on a slide."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from app.charts.palette import INK, LINE, THIRD
from app.report.office import TINTS, legal
from app.report.pptx.fit import PAD_X, PAD_Y, Entry, Sheet, detail_size, paragraphs

NS: Final = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
PLAIN_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Office's table style without fill or grid."""
HAIR, HEAVY = 6350, 12700
BULLET: Final = 14.0
"""Points that a list is moved in."""
EMU: Final = 12700


class Place(Struct, frozen=True):
    """Points from the upper left corner of a slide."""

    x: float
    y: float
    width: float
    height: float


def box(place: Place) -> tuple[Any, Any, Any, Any]:
    return Pt(place.x), Pt(place.y), Pt(place.width), Pt(place.height)


def describe(shape: Any, name: str, words: str) -> None:
    """Words for those who do not see the shape."""
    (found,) = shape._element.xpath("./*/p:cNvPr")  # noqa: SLF001
    found.set("name", legal(name)[:80])
    found.set("descr", legal(words))


def write(
    shapes: Any,
    place: Place,
    texts: Sequence[str],
    sizes: Sequence[float],
    locale: str,
    *,
    colour: str = INK,
    bold: bool = False,
    listed: bool = False,
) -> None:
    """Paragraphs in a text box, in the largest size that fits; cut where none does."""
    space = place.width - (BULLET if listed else 0)
    size, shown = paragraphs(texts, space, place.height, sizes, bold=bold)
    shape = shapes.add_textbox(*box(place))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for i, text in enumerate(shown):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        put(paragraph, text, size, locale, colour=colour, bold=bold)
        if listed:
            _bullet(paragraph)


def put(
    paragraph: Any,
    text: str,
    size: float,
    locale: str,
    *,
    colour: str = INK,
    bold: bool = False,
) -> None:
    """A run of text; line ends become breaks inside the paragraph."""
    for i, line in enumerate(text.splitlines() or [""]):
        if i:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
        run._r.get_or_add_rPr().set("lang", locale)  # noqa: SLF001


def _bullet(paragraph: Any) -> None:
    format_ = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    format_.set("marL", str(round(BULLET * EMU)))
    format_.set("indent", str(-round(BULLET * EMU)))
    format_.append(parse_xml(f'<a:buChar {NS} char="–"/>'))


def add_table(shapes: Any, place: Place, sheet: Sheet, title: str, locale: str) -> None:
    """A native table whose first row is its heading."""
    count = len(sheet.rows) + 1
    frame = shapes.add_table(count, len(sheet.widths), *box(place))
    describe(frame, title, f"{title}: {'; '.join(sheet.titles)}")
    table = frame.table
    (style,) = frame._element.xpath(".//a:tableStyleId")  # noqa: SLF001
    style.text = PLAIN_STYLE
    table.horz_banding = False
    for i, width in enumerate(sheet.widths):
        table.columns[i].width = Pt(width)
    for i, height in enumerate(sheet.heights):
        table.rows[i].height = Pt(height)
    rights = (
        [entry.is_right for entry in sheet.rows[0]] if sheet.rows else [False] * len(sheet.titles)
    )
    for i, heading in enumerate(sheet.titles):
        cell = table.cell(0, i)
        _fill(cell, Entry(heading, "", "", rights[i]), sheet.size, locale, head=True)
    for r, row in enumerate(sheet.rows, 1):
        for i, entry in enumerate(row):
            _fill(table.cell(r, i), entry, sheet.size, locale)


def _fill(cell: Any, entry: Entry, size: float, locale: str, *, head: bool = False) -> None:
    ink, tint = TINTS.get(entry.tone, ("", ""))
    frame = cell.text_frame
    frame.word_wrap = True
    cell.margin_left = cell.margin_right = Pt(PAD_X / 2)
    cell.margin_top = cell.margin_bottom = Pt(PAD_Y / 2)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.TOP
    paragraph = frame.paragraphs[0]
    colour = THIRD if head else ink or INK
    put(paragraph, entry.text, size, locale, colour=colour, bold=head or bool(ink))
    if entry.detail:
        second = frame.add_paragraph()
        put(second, entry.detail, detail_size(size), locale, colour=THIRD)
    for line in frame.paragraphs:
        line.alignment = PP_ALIGN.RIGHT if entry.is_right else PP_ALIGN.LEFT
    _edge(cell, THIRD if head else LINE, HEAVY if head else HAIR)
    if tint:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(tint[1:])


def _edge(cell: Any, colour: str, width: int) -> None:
    """A line below the cell; the schema wants it before any fill."""
    format_ = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    fill = f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'
    format_.insert(0, parse_xml(f'<a:lnB {NS} w="{width}">{fill}</a:lnB>'))
