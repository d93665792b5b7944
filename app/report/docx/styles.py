"""How a document looks: its styles, lists, page, header and footer."""

from collections.abc import Iterator
from typing import Any, Final

from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from app.charts.palette import ALARM, INK, LINE, SECOND, THIRD
from app.report.docx.body import NS, paragraph, run
from app.report.model import PageSize, ReportModel
from app.report.office import accent, head_right, locale

PAPER: Final = {PageSize.A4: (595.28, 841.89), PageSize.LETTER: (612.0, 792.0)}
SIDE, TOP, BOTTOM, EDGE = 18, 24, 19, 9
"""Millimetres of the margins, and from the edge to header and footer."""
POINTS_PER_MM: Final = 72 / 25.4
FACE: Final = "Calibri"
TAB: Final = '<w:tab w:val="{kind}" w:pos="{at}"/>'


def text_width(page: PageSize) -> float:
    """Points between the margins."""
    return PAPER[page][0] - 2 * SIDE * POINTS_PER_MM


def dress(document: Any, model: ReportModel) -> None:
    """Styles, lists, language, page, header and footer of an empty document."""
    _refill(document.styles.element, _styles(model))
    _refill(document.part.numbering_part.element, (_BULLETS, _NUMBER))
    for node in document.settings.element.xpath("w:themeFontLang"):
        node.attrib.clear()
        node.set(f"{{{node.nsmap['w']}}}val", locale(model))
    section = document.sections[0]
    wide, high = PAPER[model.page]
    section.page_width, section.page_height = Pt(wide), Pt(high)
    section.left_margin = section.right_margin = Mm(SIDE)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.header_distance = section.footer_distance = Mm(EDGE)
    tabs = f"<w:tabs>{TAB.format(kind='right', at=round(text_width(model.page) * 20))}</w:tabs>"
    _refill(section.header._element, (_head(model, tabs),))  # noqa: SLF001
    _refill(section.footer._element, _foot(model, tabs))  # noqa: SLF001


def _refill(element: Any, parts: Any) -> None:
    for node in list(element):
        element.remove(node)
    for part in parts:
        element.append(parse_xml(part))


def _head(model: ReportModel, tabs: str) -> str:
    name = f'<w:b/><w:color w:val="{accent(model)}"/>'
    left = [run(model.look.name + "  ", name)] if model.look.name else []
    return paragraph("Header", *left, run(f"{model.frame.title}\t{head_right(model)}"), how=tabs)


def _foot(model: ReportModel, tabs: str) -> Iterator[str]:
    if model.look.footer:
        yield paragraph("Footer", run(model.look.footer))
    before, _, rest = model.frame.of_pages.partition("#")
    between, _, after = rest.partition("##")
    yield paragraph(
        "Footer",
        run(f"{model.frame.footer}\t{before}"),
        _field("PAGE"),
        run(between),
        _field("NUMPAGES"),
        *([run(after)] if after else []),
        how=tabs,
    )


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _styles(model: ReportModel) -> Iterator[str]:
    """Every style once; nothing in the text is formatted by hand but words on a tint."""
    tint = accent(model)
    yield (
        f'<w:docDefaults {NS}><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" '
        f'w:cs="{FACE}" w:eastAsia="{FACE}"/><w:color w:val="{INK[1:]}"/><w:sz w:val="19"/>'
        f'<w:szCs w:val="19"/><w:lang w:val="{locale(model)}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="247" '
        'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    keep = "<w:keepNext/><w:keepLines/>"
    yield _style("Normal", "Normal", "", "", default=True)
    yield _style(
        "Heading1",
        "heading 1",
        f'{keep}{_space(0, 110)}<w:outlineLvl w:val="0"/>',
        _run(16, bold=True),
    )
    yield _style(
        "Heading2",
        "heading 2",
        f'{keep}{_space(160, 50)}<w:outlineLvl w:val="1"/>',
        _run(11, bold=True),
    )
    yield _style(
        "SectionLabel", "Section label", f"{keep}{_space(240, 60)}", _run(8.5, tint, bold=True)
    )
    yield _style("Lead", "Lead", "", _run(9.5, SECOND[1:]))
    yield _style("Warning", "Warning", "", _run(9.5, ALARM[1:], bold=True))
    yield _style(
        "ListBullet",
        "List Bullet",
        f'<w:numPr><w:numId w:val="1"/></w:numPr>{_space(0, 40)}<w:contextualSpacing/>',
        "",
    )
    yield _style("Logo", "Logo", f'{_space(0, 40)}<w:jc w:val="right"/>', "")
    yield _style("Picture", "Picture", f"<w:keepNext/>{_space(160, 60)}", "")
    yield _style("Caption", "caption", _space(0, 200), _run(8, THIRD[1:]))
    yield _style("Note", "Table note", _space(60, 160), _run(8, THIRD[1:]))
    yield _style("Gap", "Table gap", _space(0, 0), _run(5))
    yield _style("Signature", "Signature", _space(200, 0), _run(8.5, THIRD[1:]))
    yield _style("Header", "header", _space(0, 0), _run(8, THIRD[1:]))
    yield _style("Footer", "footer", _space(0, 0), _run(7.5, THIRD[1:]))
    tight = '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    yield _style("TableText", "Table text", tight, _run(8))
    yield _style("TableDense", "Table text, dense", tight, _run(6.5))
    yield (
        f'<w:style {NS} w:type="character" w:customStyle="1" w:styleId="Detail">'
        f'<w:name w:val="Detail"/><w:rPr>{_run(7.5, THIRD[1:])}</w:rPr></w:style>'
    )
    yield _TABLE_NORMAL
    yield _table_style()


def _style(key: str, name: str, format_: str, run_: str, *, default: bool = False) -> str:
    own = (
        ' w:customStyle="1"'
        if name[0].isupper() and key not in ("Normal", "ListBullet", "Signature")
        else ""
    )
    first = ' w:default="1"' if default else ""
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style {NS} w:type="paragraph"{first}{own} w:styleId="{key}"><w:name w:val="{name}"/>'
        f"{based}<w:qFormat/><w:pPr>{format_}</w:pPr><w:rPr>{run_}</w:rPr></w:style>"
    )


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _run(points: float, colour: str = "", *, bold: bool = False) -> str:
    half = round(2 * points)
    parts = "<w:b/><w:bCs/>" if bold else ""
    parts += f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{parts}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


_TABLE_NORMAL: Final = (
    f'<w:style {NS} w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="80" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _table_style() -> str:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE[1:]}"'
    return (
        f'<w:style {NS} w:type="table" w:customStyle="1" w:styleId="Plumbline">'
        '<w:name w:val="Plumbline table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
        '<w:tblCellMar><w:top w:w="36" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="36" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/>'
        f'<w:color w:val="{THIRD[1:]}"/></w:rPr><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{THIRD[1:]}"/></w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )


_BULLETS: Final = (
    f'<w:abstractNum {NS} w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>'
    '<w:lvlText w:val="–"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="240" w:hanging="240"/>'
    "</w:pPr></w:lvl></w:abstractNum>"
)
_NUMBER: Final = f'<w:num {NS} w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
