"""A state as a word on its tint."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.style import STATE_TONES, Look

ROUND = 0.5
SMALLER = 0.9
WRAPPED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)


def chip_font(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * SMALLER)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def chip_size(font: QFont, text: str) -> QSize:
    metrics = QFontMetrics(chip_font(font))
    return QSize(metrics.horizontalAdvance(text) + 16, metrics.height() + 6)


def paint_chip(painter: QPainter, box: QRectF, look: Look, state: str, text: str) -> None:
    """The chip at the start of `box`; where that is narrow and tall in two lines, else cut."""
    ink, tint = STATE_TONES.get(state, ("second", "quiet_soft"))
    font = chip_font(painter.font())
    size, line = chip_size(painter.font(), text), QFontMetrics(font).height()
    fits = QFontMetrics(font).horizontalAdvance(text) + 6 <= box.width()
    two = not fits and box.height() >= 2 * line
    height = min(2 * line + 4.0, box.height()) if two else float(size.height())
    width = min(float(size.width()), box.width())
    area = QRectF(box.x(), box.center().y() - height / 2, width, height)
    if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        area.moveRight(box.right())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.color(ink) if look.theme == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(look.color(tint))
    painter.drawRoundedRect(area, size.height() * ROUND, size.height() * ROUND)
    painter.setFont(font)
    painter.setPen(look.color(ink))
    if two:
        painter.drawText(area, WRAPPED, text)
    else:
        room = max(0, int(width) - 5)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class Chip(QWidget):
    def __init__(self, look: Look, state: str = "", text: str = "") -> None:
        super().__init__()
        self._look, self._state, self._text = look, state, text
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        look.changed.connect(self._restyle)

    def show_state(self, state: str, text: str) -> None:
        self._state, self._text = state, text
        self.setAccessibleName(text)
        self._restyle()

    def sizeHint(self) -> QSize:
        return chip_size(self.font(), self._text) if self._text else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._text:
            painter = QPainter(self)
            painter.setFont(self.font())
            paint_chip(painter, QRectF(self.rect()), self._look, self._state, self._text)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
