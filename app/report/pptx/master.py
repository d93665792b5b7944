"""The deck's master: wide slides, one layout, the accent, and a footer on every slide."""

import copy
import io
import re
from collections.abc import Sequence
from typing import Any, Final

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from app.charts.lettering import fit
from app.charts.palette import INK, SECOND, THIRD
from app.report.logo import proportion
from app.report.model import ReportModel
from app.report.office import accent, head_right, legal, locale, tinted, without
from app.report.pptx.fit import size_of
from app.report.pptx.tables import EMU, Place, box, describe, put, write
from app.report.raster import logo_png

WIDE, HIGH = 960.0, 540.0
EDGE: Final = 36.0
TITLE: Final = Place(EDGE, 38, WIDE - 2 * EDGE, 60)
HEAD: Final = Place(EDGE, 16, WIDE - 2 * EDGE, 14)
BODY: Final = Place(EDGE, 108, WIDE - 2 * EDGE, 392)
"""The room below the title that a slide's own things share."""
FOOT: Final = Place(EDGE, HIGH - 28, WIDE - 2 * EDGE - 90, 18)
NUMBER: Final = Place(WIDE - EDGE - 80, HIGH - 28, 80, 18)
SMALL: Final = 9.0
TITLE_SIZES: Final = (24, 22, 20, 18, 16, 14, 12)
LOGO_HIGH, LOGO_WIDE = 24.0, 130.0
LEFTOVERS: Final = ("/thumbnail", "/printerSettings")
TITLE_ONLY: Final = "Title Only"
PLACES: Final = {
    PP_PLACEHOLDER.TITLE: TITLE,
    PP_PLACEHOLDER.BODY: BODY,
    PP_PLACEHOLDER.FOOTER: FOOT,
    PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
}
REPEATED: Final = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
NS: Final = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def presentation(model: ReportModel) -> Any:
    """An empty deck of 16:9 slides with a master of its own."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
    without(deck.part.rels, *LEFTOVERS)
    without(deck.part.package._rels, *LEFTOVERS)  # noqa: SLF001
    for layout in list(deck.slide_layouts):
        if layout.name != TITLE_ONLY:
            deck.slide_layouts.remove(layout)
    master, layout = deck.slide_master, deck.slide_layouts[0]
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme.blob = _coloured(theme.blob, accent(model))
    for shape in [*master.placeholders, *layout.placeholders]:
        kind = shape.placeholder_format.type
        if kind not in PLACES:
            shape.element.getparent().remove(shape.element)
        elif shape in master.placeholders:
            shape.left, shape.top, shape.width, shape.height = box(PLACES[kind])
    _restyle(master)
    for part in (master, layout):
        for node in part.element.xpath(".//a:rPr | .//a:endParaRPr"):
            node.set("lang", locale(model))
    return deck


def add_slide(deck: Any, model: ReportModel, title: str) -> Any:
    """A slide with its title in the title's own place, head line, footer and number."""
    layout = deck.slide_layouts[0]
    made = deck.slides.add_slide(layout)
    heading = made.shapes.title.text_frame
    heading.text = " ".join(legal(title).split())
    run = heading.paragraphs[0].runs[0] if heading.paragraphs[0].runs else None
    if run is not None:
        run.font.size = Pt(size_of(title, TITLE.width, TITLE.height, TITLE_SIZES, bold=True))
        run._r.get_or_add_rPr().set("lang", locale(model))  # noqa: SLF001
    for shape in layout.placeholders:
        if shape.placeholder_format.type in REPEATED:
            made.shapes._spTree.append(copy.deepcopy(shape.element))  # noqa: SLF001
    for number, shape in enumerate(made.placeholders, 2):
        shape.element.xpath("./p:nvSpPr/p:cNvPr")[0].set("id", str(number))
        if shape.placeholder_format.type is PP_PLACEHOLDER.FOOTER:
            parts = (model.look.footer, model.frame.footer)
            text = legal(". ".join(part for part in parts if part))
            shape.text_frame.clear()
            line = shape.text_frame.paragraphs[0]
            put(line, fit(text, FOOT.width - 16, SMALL), SMALL, locale(model), colour=THIRD)
            # Some programs pass the master's face on to titles only.
            line.runs[0].font.name = "+mn-lt"
    _head(made, model)
    return made


def add_logo(made: Any, model: ReportModel) -> None:
    """The brand's logo at the upper right, with words for those who do not see it."""
    look = model.look
    if not look.logo:
        return
    across = proportion(look.logo)
    high = min(LOGO_HIGH, LOGO_WIDE / across)
    place = Place(WIDE - EDGE - high * across, 10, high * across, high)
    shape = made.shapes.add_picture(io.BytesIO(logo_png(look)), *box(place))
    describe(shape, look.name or look.logo_words, look.logo_words)


def add_notes(made: Any, lines: Sequence[str], model: ReportModel) -> None:
    """What is said beside the slide: the report's own sentences."""
    frame = made.notes_slide.notes_text_frame
    frame.text = "\n".join(" ".join(legal(line).split()) for line in lines if line)
    for node in frame._txBody.xpath(".//a:r"):  # noqa: SLF001
        node.get_or_add_rPr().set("lang", locale(model))


def _head(made: Any, model: ReportModel) -> None:
    """Whose report this is, its classification and its status."""
    parts = (model.look.name, model.frame.title, head_right(model))
    text = " · ".join(part for part in parts if part)
    space = HEAD.width - (LOGO_WIDE + 12 if model.look.logo else 0)
    place = Place(HEAD.x, HEAD.y, space, HEAD.height)
    write(made.shapes, place, [text], (SMALL,), locale(model), colour=SECOND)


def _coloured(theme: bytes, colour: str) -> bytes:
    """The theme with the accent first, and the ink of the report as its dark colour."""
    text = theme.decode("utf-8")
    found = {"accent1": colour, "accent2": tinted(colour), "dk2": INK[1:], "hlink": colour}
    for name, value in found.items():
        text = re.sub(
            rf'(<a:{name}><a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{value}", text, count=1
        )
    dark = f'<a:dk1><a:srgbClr val="{INK[1:]}"/></a:dk1>'
    return re.sub(r"<a:dk1>.*?</a:dk1>", dark, text, count=1).encode("utf-8")


def _restyle(master: Any) -> None:
    """Left-hand titles in bold, small footers, and a bar of the accent beside the title."""
    tree = master.element
    for node in tree.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr"):
        node.set("algn", "l")
        format_ = node.find(qn("a:defRPr"))
        format_.set("sz", str(TITLE_SIZES[0] * 100))
        format_.set("b", "1")
    for shape in master.placeholders:
        kind = shape.placeholder_format.type
        body = shape.element.xpath("./p:txBody/a:bodyPr")[0]
        for side in ("lIns", "rIns", "tIns", "bIns"):
            body.set(side, "0")
        if kind is PP_PLACEHOLDER.TITLE:
            body.set("anchor", "t")
        elif kind in REPEATED:
            for node in shape.element.xpath(".//a:lvl1pPr"):
                node.set("algn", "l" if kind is PP_PLACEHOLDER.FOOTER else "r")
                format_ = node.find(qn("a:defRPr"))
                format_.set("sz", str(round(SMALL * 100)))
                for fill in format_.findall(qn("a:solidFill")):
                    format_.replace(fill, parse_xml(_fill(THIRD)))
    bar = Place(0, TITLE.y, 10, TITLE.height)
    master.shapes._spTree.insert(2, parse_xml(_bar(bar)))  # noqa: SLF001


def _fill(colour: str) -> str:
    return f'<a:solidFill {NS}><a:srgbClr val="{colour[1:]}"/></a:solidFill>'


def _bar(place: Place) -> str:
    x, y, wide, high = (round(side * EMU) for side in (place.x, place.y, place.width, place.height))
    return (
        f'<p:sp {NS}><p:nvSpPr><p:cNvPr id="90" name="Accent"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        '<a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )
