"""A line of a card: words on the left, a count on the right, and what a click does."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from app.ui.style import Look


class CountRow(QAbstractButton):
    """A checkable one filters; the words are cut with a sign where the card is narrow."""

    def __init__(self, look: Look, *, checkable: bool = False, parent: QWidget | None = None):
        super().__init__(parent)
        self._look = look
        self._count = ""
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_count(self, words: str, count: str, tip: str = "") -> None:
        self.setText(words)
        self._count = count
        self.setAccessibleName(f"{words}: {count}")
        self.setToolTip(tip)
        self.update()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._count)
        return QSize(width + 40, metrics.height() + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, whole = self._look, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(look.color("accent_soft" if self.isChecked() else "quiet_soft"))
            painter.drawRoundedRect(whole, 4, 4)
        bold = QFont(self.font())
        bold.setBold(True)
        side = QFontMetrics(bold).horizontalAdvance(self._count)
        area = self.rect().adjusted(6, 0, -6, 0)
        direction = self.layoutDirection()
        leading = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        trailing = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignRight)
        room = area.width() - side - 12
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(look.color("accent" if self.isChecked() else "ink"))
        painter.drawText(area, int(leading | middle), text)
        painter.setFont(bold)
        painter.drawText(area, int(trailing | middle), self._count)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRoundedRect(whole, 4, 4)
        event.accept()
