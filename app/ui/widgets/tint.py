"""A word on a tinted ground, painted where a widget would be too many."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter


def paint_tinted(
    painter: QPainter,
    area: QRectF,
    text: str,
    ink: QColor,
    ground: QColor,
    *,
    bold: bool = True,
    middle: bool = False,
    fill: bool = False,
    trailing: bool = False,
) -> QRectF:
    """Draws inside `area`, as wide as its text; what does not fit ends in an ellipsis.

    `middle` centres the ground, `fill` makes it as wide as the area, `trailing` puts it at the
    far end. Returns the ground's place.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 0.92)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    pad = metrics.height() * 0.45
    room = area.width() if fill else metrics.horizontalAdvance(text) + 2 * pad
    width = min(area.width(), room)
    height = min(area.height(), metrics.height() + 6)
    left = area.center().x() - width / 2 if middle else area.left()
    if not middle and trailing != (painter.layoutDirection() is Qt.LayoutDirection.RightToLeft):
        left = area.right() - width
    box = QRectF(left, area.center().y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, height * 0.3, height * 0.3)
    painter.setPen(ink)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - pad)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
    return box
