"""What the fills of a map mean, in words beside small swatches."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.models.matrix import Cell
from app.ui.style import Look
from app.ui.widgets.chips import WrapLayout
from app.ui.widgets.matrix.painting import paint_ground, small_font


class Swatch(QWidget):
    """A small field as the map paints it, and its word."""

    def __init__(self, look: Look, cell: Cell, word: str) -> None:
        super().__init__()
        self._look, self._cell, self._word = look, cell, word
        self.setAccessibleName(word)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        size = QFontMetrics(small_font(self.font())).size(0, self._word)
        return QSize(size.width() + 26, size.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(12.0, self.height() - 4.0)
        box = QRectF(1, (self.height() - side) / 2, side, side)
        words = self.rect().adjusted(int(side) + 7, 0, 0, 0)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box.moveRight(self.width() - 1)
            words = self.rect().adjusted(0, 0, -int(side) - 7, 0)
        paint_ground(painter, self._look, box, self._cell)
        painter.setFont(small_font(self.font()))
        painter.setPen(self._look.color("second"))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, int(flags), self._word)
        event.accept()


class Legend(QWidget):
    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[tuple[Cell, str], ...] = ()
        self._row = WrapLayout(self)
        self._row.setSpacing(10)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_fills(self, fills: Sequence[tuple[Cell, str]]) -> None:
        if tuple(fills) == self._shown:
            return
        self._shown = tuple(fills)
        while item := self._row.takeAt(0):
            item.widget().deleteLater()
        for cell, word in fills:
            self._row.addWidget(Swatch(self._look, cell, word))
        self.updateGeometry()
