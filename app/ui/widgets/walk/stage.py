"""One stage of the flow: a card, a rail under the others, a chip in one line, a cell of a strip."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.charts.palette import LEVEL_INKS, LEVELS
from app.ui.style import Look
from app.ui.widgets.walk.fields import hatch

PAD = 10
SMALLEST = 0.7
"""How far a stage's title may shrink to keep its words whole."""
CHIPS = (0.92, 0.85, 0.78, 0.71, 0.64)
"""Sizes of all titles together where stages are chips in one line."""
LOW = 2
"""Lines under the title of a cell where the window is low."""
WRAP = Qt.TextFlag.TextWordWrap
LEADING = Qt.AlignmentFlag.AlignLeading
ELIDE = Qt.TextElideMode.ElideRight


class Face(Struct, frozen=True):
    """What one stage shows. `cells` are lines of text with their tone."""

    key: str
    title: str
    number: int
    lines: tuple[tuple[str, str], ...]
    said: str
    """Everything in one sentence, for tooltips and screen readers."""
    missing: bool = False
    hatched: bool = False
    level: int | None = None
    """Fills the cell with the level's colour; strips only."""
    answered: int | None = None
    """The level of its answers, which a chip shows as a number."""


class StageButton(QAbstractButton):
    """One stage of the flow, or one cell of a strip."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.face = Face("", "", 0, (), "")
        self.is_rail = self.is_chip = self.is_low = self.is_current = False
        self.scale = CHIPS[0]
        self._heights: dict[int, int] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_face(self, face: Face, *, is_current: bool) -> None:
        if (face, is_current) == (self.face, self.is_current):
            return
        self.face, self.is_current = face, is_current
        self._heights.clear()
        self.setAccessibleName(face.title)
        self.setAccessibleDescription(face.said)
        self.setToolTip(face.said)
        self.update()

    def forget_heights(self) -> None:
        self._heights.clear()

    def wanted_height(self, width: int) -> int:
        """Layouts ask many times; the text is measured once for each width."""
        if width not in self._heights:
            self._heights[width] = self._measured(width)
        return self._heights[width]

    def _measured(self, width: int) -> int:
        if self.is_chip:
            return self._chip_height()
        if self.is_rail:
            return self._bold().height() + 14
        if self.is_low:
            return self._bold().height() + LOW * (self._strong().height() + 2) + 2 * PAD - 2
        inner = width - 2 * PAD - 6
        title = _wrapped(QFontMetrics(self._title_font(inner)), inner, self.face.title)
        texts = [text for text, _ in self.face.lines]
        lines = sum(
            _wrapped(self._strong(), _room(inner, n, texts), t) for n, t in enumerate(texts)
        )
        return title + lines + 2 * PAD + 4 + 3 * len(texts)

    def _chip_height(self) -> int:
        return self._bold().height() + 8

    def title_scale(self, width: int) -> float:
        """The largest size at which the title is one line of a low cell."""
        wide = max(1, self._bold().horizontalAdvance(self.face.title))
        return min(1.0, max(CHIPS[-1], (width - 2 * PAD - 4) / wide))

    def chip_width(self, scale: float) -> int:
        """Of the number and the whole title."""
        title = QFontMetrics(self._font(scale, bold=True)).horizontalAdvance(self.face.title)
        return self._chip_height() + title + 14

    def sizeHint(self) -> QSize:
        return QSize(150, self.wanted_height(150))

    def _bold(self) -> QFontMetrics:
        return QFontMetrics(self._font(1.0, bold=True))

    def _title_font(self, width: int) -> QFont:
        """The title's font, smaller where its longest word would not fit on a line."""
        parts = self.face.title.replace("-", "- ").split()
        longest = max(map(self._bold().horizontalAdvance, parts), default=0)
        scale = min(1.0, max(SMALLEST, width / longest)) if longest else 1.0
        return self._font(scale, bold=True)

    def _strong(self) -> QFontMetrics:
        return QFontMetrics(self._font(0.92, bold=True))

    def _font(self, scale: float, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * scale)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
        self._ground(painter, box)
        if self.is_chip:
            self._paint_chip(painter, box)
        elif self.is_rail:
            self._paint_rail(painter, box)
        elif self.is_low:
            self._paint_low(painter, box)
        else:
            self._paint_card(painter, box)

    def _ground(self, painter: QPainter, box: QRectF) -> None:
        face, look = self.face, self._look
        painter.setPen(Qt.PenStyle.NoPen)
        if self.is_current:
            painter.setPen(QPen(look.color("accent_soft"), 7))
            painter.drawRoundedRect(box, 7, 7)
            painter.setPen(Qt.PenStyle.NoPen)
        fill = look.color("alarm_soft" if face.missing else "paper")
        painter.setBrush(QColor(LEVELS[face.level]) if face.level is not None else fill)
        painter.drawRoundedRect(box, 6, 6)
        if face.hatched:
            hatch(painter, box, look.color("quiet_soft"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._border())
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _border(self) -> QPen:
        look = self._look
        if self.face.missing:
            pen = QPen(look.color("alarm"), 2.2 if self.is_current else 1.5)
            pen.setDashPattern([4, 3])
            return pen
        if self.is_current:
            return QPen(look.color("accent"), 2)
        if self.underMouse():
            return QPen(look.color("accent"), 1.2)
        pen = QPen(look.color("third" if self.face.hatched else "line"), 1)
        if self.face.hatched:
            pen.setDashPattern([2, 3])
        return pen

    def _tone(self, tone: str) -> QColor:
        if self.face.level is not None:
            return QColor(LEVEL_INKS[self.face.level])
        return self._look.color(tone)

    def _paint_card(self, painter: QPainter, box: QRectF) -> None:
        inner = box.adjusted(PAD, PAD - 2, -PAD, -PAD + 2).toRect()
        painter.setFont(self._font(0.85))
        painter.setPen(self._tone("third"))
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(inner, corner, str(self.face.number))
        title = self._title_font(inner.width())
        painter.setFont(title)
        painter.setPen(self._tone("ink"))
        used = _wrapped(QFontMetrics(title), inner.width(), self.face.title)
        painter.drawText(inner, WRAP, self.face.title)
        top = inner.top() + used + 3
        for number, (text, tone) in enumerate(self.face.lines):
            strong = tone not in ("second", "third")
            painter.setFont(self._font(0.92, bold=strong))
            painter.setPen(self._tone(tone))
            width = _room(inner.width(), number, self.face.lines)
            height = _wrapped(self._strong(), width, text)
            place = QRect(inner.left(), top, width, height + 2)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                place.moveRight(inner.right())
            painter.drawText(place, WRAP, text)
            top += height + 3

    def _paint_low(self, painter: QPainter, box: QRectF) -> None:
        """Title, level and owner in a line each; the rest is in the tip."""
        inner = box.adjusted(PAD - 2, 4, 2 - PAD, -4).toRect()
        bold = self._font(self.scale, bold=True)
        top = inner.top()
        for number, (text, tone) in enumerate(((self.face.title, "ink"), *self.face.lines[:LOW])):
            font = self._font(0.92, bold=tone not in ("second", "third")) if number else bold
            metrics = QFontMetrics(font)
            tall = (self._strong() if number else self._bold()).height() + 2
            painter.setFont(font)
            painter.setPen(self._tone(tone))
            shown = metrics.elidedText(text, ELIDE, inner.width() + 1)
            place = QRect(inner.left(), top, inner.width(), tall)
            painter.drawText(place, LEADING | Qt.AlignmentFlag.AlignVCenter, shown)
            top += tall

    def _paint_chip(self, painter: QPainter, box: QRectF) -> None:
        """The level as a number on its colour, and the title; the rest is in the tip."""
        face, side = self.face, box.height() - 8
        back = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        mark = QRectF(box.right() - side - 5 if back else box.left() + 5, box.top() + 4, side, side)
        level = face.answered
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("quiet_soft") if level is None else QColor(LEVELS[level]))
        painter.drawRoundedRect(mark, 3, 3)
        painter.setFont(self._font(0.85, bold=True))
        painter.setPen(self._look.color("second") if level is None else QColor(LEVEL_INKS[level]))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "?" if level is None else str(level))
        edge = side + 11
        words = box.adjusted(4 if back else edge, 0, -edge if back else -4, 0)
        font = self._font(self.scale, bold=True)
        painter.setFont(font)
        painter.setPen(self._look.color("alarm" if face.missing else "ink"))
        shown = QFontMetrics(font).elidedText(face.title, ELIDE, int(words.width()) + 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | LEADING, shown)

    def _paint_rail(self, painter: QPainter, box: QRectF) -> None:
        """One line under the whole flow."""
        x, parts = box.left() + 12, [(str(self.face.number), "third", False)]
        parts.append((self.face.title, "ink", True))
        parts += [(text, tone, tone not in ("second", "third")) for text, tone in self.face.lines]
        for n, (text, tone, bold) in enumerate(parts):
            font = self._font(1.0 if n == 1 else 0.92, bold=bold)
            painter.setFont(font)
            painter.setPen(self._tone(tone))
            wide = QFontMetrics(font).horizontalAdvance(text)
            if n == len(parts) - 1:
                x = max(x, box.right() - wide - 12)
            place = QRectF(x, box.top(), min(wide + 2, box.right() - x - 4), box.height())
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                place.moveLeft(self.width() - place.right())
            shown = QFontMetrics(font).elidedText(text, ELIDE, int(place.width()) + 1)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            x += wide + 14


def _room(inner: int, line: int, lines: Sequence[object]) -> int:
    """The last line leaves the corner to the stage's number."""
    return inner - (14 if line == len(lines) - 1 else 0)


def _wrapped(metrics: QFontMetrics, width: int, text: str) -> int:
    return metrics.boundingRect(0, 0, max(20, width), 1000, WRAP, text).height()
