"""Paragraphs and tables of a document as WordprocessingML."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from app.report.model import Cell, Column, Row, Table, Text
from app.report.office import TINTS, column_widths, is_dense, legal, said
from app.words import Words

NS: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TWIPS: Final = 20
SIZE, PAD = 8.0, 8.0
"""Points of a table's text and of the space around it."""
DENSE_SIZE, DENSE_PAD = 6.5, 4.0
"""The same where words would have to be broken."""
CELL, DENSE_CELL = "TableText", "TableDense"
SIGN_HIGH: Final = 480
"""Twips of a row that somebody signs in."""
BREAKS: Final = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def run(text: str, how: str = "") -> str:
    """A run of text; tabs and line ends become Word's own. `how` is the run's format as XML."""
    found = legal(text).replace("\r\n", "\n").replace("\r", "\n")
    parts: list[str] = []
    for line in found.split("\n"):
        if parts:
            parts.append(BREAKS["\n"])
        for i, piece in enumerate(line.split("\t")):
            parts += [BREAKS["\t"]] if i else []
            parts += (
                [f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>'] if piece else []
            )
    style = f"<w:rPr>{how}</w:rPr>" if how else ""
    return f"<w:r>{style}{''.join(parts)}</w:r>"


def paragraph(style: str, *runs: str, how: str = "", ns: bool = True) -> str:
    """A paragraph of a named style; `how` is its own format as XML."""
    name = NS if ns else ""
    return (
        f'<w:p {name}><w:pPr><w:pStyle w:val="{style}"/>{how}</w:pPr>{"".join(runs)}</w:p>'
    ).replace("<w:p >", "<w:p>")


def prose(text: Text, heading: str = "Heading2") -> Iterator[str]:
    """Its small heading, then one paragraph or a list."""
    if text.title:
        yield paragraph(heading, run(text.title))
    lines = [line.text for line in text.lines]
    if text.listed and len(lines) > 1:
        for line in lines:
            yield paragraph("ListBullet", run(line))
    elif lines:
        yield paragraph("Normal", run(" ".join(lines)))


def table(found: Table, total: float, words: Words) -> Iterator[str]:
    """Its heading, the table in `total` points, and what stands below it."""
    if found.title:
        yield paragraph("Heading2", run(found.title))
    dense = is_dense(found, total, SIZE, PAD, words)
    style = DENSE_CELL if dense else CELL
    size, pad = (DENSE_SIZE, DENSE_PAD) if dense else (SIZE, PAD)
    widths = [round(width * TWIPS) for width in column_widths(found, total, size, pad, words)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    titles = "; ".join(column.title for column in found.columns)
    yield (
        f'<w:tbl {NS}><w:tblPr><w:tblStyle w:val="Plumbline"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{_margins(pad) if dense else ''}"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{_attribute(found.title or titles)}"/>'
        f'<w:tblDescription w:val="{_attribute(titles)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"{_header(found.columns, widths, style)}"
        f"{''.join(_row(row, found.columns, widths, style, words) for row in found.rows)}</w:tbl>"
    )
    yield paragraph("Note", run(found.note)) if found.note else paragraph("Gap")


def _header(columns: Sequence[Column], widths: Sequence[int], style: str) -> str:
    cells = (
        _cell(paragraph(style, run(c.title), how="<w:keepNext/>" + _side(c), ns=False), w)
        for c, w in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(
    row: Row, columns: Sequence[Column], widths: Sequence[int], style: str, words: Words
) -> str:
    high = ""
    if row.heads:
        cell = row.cells[0]
        text = [_shown(cell, words), run(f"  {cell.detail}", "<w:b/>")]
        body = paragraph(style, *text, how="<w:keepNext/>", ns=False)
        cells: Iterable[str] = (_cell(body, sum(widths), span=len(columns)),)
    else:
        if any(cell.tone == "sign" for cell in row.cells):
            high = f'<w:trHeight w:val="{SIGN_HIGH}" w:hRule="atLeast"/>'
        cells = (
            _cell(paragraph(style, *_runs(cell, words), how=_side(column), ns=False), width)
            for cell, column, width in zip(row.cells, columns, widths, strict=True)
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{high}</w:trPr>{''.join(cells)}</w:tr>"


def _margins(pad: float) -> str:
    side = round(pad / 2 * TWIPS)
    left, right = (f'<w:{name} w:w="{side}" w:type="dxa"/>' for name in ("left", "right"))
    return f"<w:tblCellMar>{left}{right}</w:tblCellMar>"


def _cell(body: str, width: int, span: int = 1) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}</w:tcPr>{body}</w:tc>'


def _runs(cell: Cell, words: Words) -> Iterator[str]:
    yield _shown(cell, words)
    if cell.detail:
        detail = '<w:rStyle w:val="Detail"/>'
        yield f"<w:r><w:rPr>{detail}</w:rPr>{BREAKS[chr(10)]}</w:r>"
        yield run(cell.detail, detail)


def _shown(cell: Cell, words: Words) -> str:
    """The word on its tint, where it has one."""
    how = ""
    if cell.tone in TINTS:
        ink, tint = TINTS[cell.tone]
        how = f'<w:b/><w:color w:val="{ink[1:]}"/>'
        how += f'<w:shd w:val="clear" w:color="auto" w:fill="{tint[1:]}"/>' if tint else ""
    return run(said(cell, words), how)


def _side(column: Column) -> str:
    return '<w:jc w:val="right"/>' if column.align == "right" else ""


def _attribute(text: str) -> str:
    return escape(" ".join(legal(text).split()))
