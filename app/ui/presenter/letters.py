"""Large letters: how tall a text is in a width, and where it is cut when it may not be taller."""

from math import ceil

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from app.ui.style import FAMILY

SMALLEST, HEADLINE = 36, 14
"""Parts of the wall's height: no text is smaller, headlines are so large. Source: screens.md."""
MANY = 99


class Block(Struct, frozen=True):
    """A text in its place; the rectangle is as tall as its lines."""

    text: str
    box: QRectF
    size: int
    """Pixels of the font."""
    tone: str = "ink"
    """A tone of the theme, or a colour."""
    is_bold: bool = False
    is_centred: bool = False
    is_cut: bool = False


def smallest(height: float) -> int:
    """Pixels of the smallest text on a wall."""
    return max(1, ceil(height / SMALLEST))


def headline(height: float) -> int:
    return max(1, ceil(height / HEADLINE))


def lettering(size: int, *, is_bold: bool = False) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(size)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
    return font


def block(
    text: str,
    left: float,
    top: float,
    width: float,
    size: int,
    *,
    most: int = MANY,
    tone: str = "ink",
    is_bold: bool = False,
    is_centred: bool = False,
) -> Block:
    """The text wrapped to a width; after `most` lines it ends in …"""
    font = lettering(size, is_bold=is_bold)
    text = " ".join(text.split())
    ends = _line_starts(text, font, width)
    is_cut = len(ends) > most
    if is_cut:
        start = ends[most - 1]
        # Two pixels less, or rounding would push the sign that it goes on onto another line.
        rest = QFontMetricsF(font).elidedText(text[start:], Qt.TextElideMode.ElideRight, width - 2)
        text = text[:start] + rest
    lines = min(len(ends), most)
    tall = lines * QFontMetricsF(font).lineSpacing()
    box = QRectF(left, top, width, tall)
    return Block(text, box, size, tone, is_bold, is_centred, is_cut)


def width_of(text: str, size: int, *, is_bold: bool = False) -> float:
    return QFontMetricsF(lettering(size, is_bold=is_bold)).horizontalAdvance(text)


def _line_starts(text: str, font: QFont, width: float) -> list[int]:
    """Where each line begins; one line where there is no text."""
    layout = _layout(text, font, width, QTextOption())
    return [layout.lineAt(n).textStart() for n in range(layout.lineCount())] or [0]


def _layout(text: str, font: QFont, width: float, option: QTextOption) -> QTextLayout:
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += QFontMetricsF(font).lineSpacing()
    layout.endLayout()
    return layout


def draw(painter: QPainter, made: Block, box: QRectF, colour: QColor) -> None:
    """A block in `box`, which is its own or that mirrored."""
    option = QTextOption()
    # Left means where a line begins, so that it follows the direction of reading.
    option.setTextDirection(painter.layoutDirection())
    side = Qt.AlignmentFlag.AlignHCenter if made.is_centred else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(side)
    painter.setPen(colour)
    font = lettering(made.size, is_bold=made.is_bold)
    _layout(made.text, font, box.width(), option).draw(painter, box.topLeft())
