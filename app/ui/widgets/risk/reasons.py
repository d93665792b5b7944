"""The list of answers behind a number: two lines each, and how far it moves the estimate."""

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyleOptionViewItem

from app.charts.palette import CATEGORIES
from app.ui.models.contributions import (
    CATEGORY_ROLE,
    DETAIL_ROLE,
    DIRECTION_ROLE,
    QUESTION_ROLE,
    SHIFT_ROLE,
    ContributionModel,
)
from app.ui.style import Look
from app.ui.widgets.risk.table import PaintedDelegate
from app.ui.widgets.state_chip import SMALLER

PAD = 8
BAR_LINES = 4.5
THICK = 8
ROWS = 6


class ReasonDelegate(PaintedDelegate):
    """The question in up to two lines and the answer under it; at the end bar and direction."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(200, row_height(option.font))

    def paint_value(self, painter: QPainter, box: QRectF, index: QModelIndex) -> None:
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        line, font = painter.fontMetrics().height(), painter.font()
        bar = min(BAR_LINES * line, box.width() / 3)
        left = box.x() + PAD + (bar + PAD if mirrored else 0)
        text = QRectF(left, box.y() + 6, box.width() - bar - 3 * PAD, 2 * line)
        painter.setPen(self.look.color("ink"))
        wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading
        question = wrap_in(str(index.data()), painter.fontMetrics(), text.width())
        painter.drawText(text, wrapped | Qt.AlignmentFlag.AlignVCenter, question)
        font.setPointSizeF(font.pointSizeF() * SMALLER)
        painter.setFont(font)
        under = QRectF(left, text.bottom() + 1, text.width(), line)
        self._line(painter, under, str(index.data(DETAIL_ROLE)), Qt.AlignmentFlag.AlignLeading)
        start = box.x() + PAD if mirrored else box.right() - bar - PAD
        self._bar(painter, QRectF(start, text.top(), bar, text.height()), index)
        below = QRectF(start, under.top(), bar, line)
        self._line(painter, below, str(index.data(DIRECTION_ROLE)), Qt.AlignmentFlag.AlignHCenter)

    def _line(self, painter: QPainter, box: QRectF, text: str, side: Qt.AlignmentFlag) -> None:
        painter.setPen(self.look.color("third"))
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, elide, int(box.width()))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _bar(self, painter: QPainter, box: QRectF, index: QModelIndex) -> None:
        """From the middle: to the right it raises the chance, to the left it lowers it."""
        middle, y = box.center().x(), box.center().y()
        length = float(index.data(SHIFT_ROLE)) * box.width() / 2
        colour = CATEGORIES.get(str(index.data(CATEGORY_ROLE)), self.look.tones.accent)
        painter.fillRect(
            QRectF(min(middle, middle + length), y - THICK / 2, abs(length), THICK), QColor(colour)
        )
        painter.setPen(QPen(self.look.color("third"), 1))
        painter.drawLine(QPointF(middle, y - THICK), QPointF(middle, y + THICK))


def row_height(font: QFont) -> int:
    return int(QFontMetrics(font).height() * (2 + SMALLER)) + 16


def wrap_in(text: str, metrics: QFontMetrics, width: float) -> str:
    """What fits in two lines, ended by an ellipsis."""
    whole = QRect(0, 0, int(width), 10_000)
    kept = text.split()
    while len(kept) > 1:
        shown = " ".join(kept) + ("" if len(kept) == len(text.split()) else "…")
        box = metrics.boundingRect(whole, Qt.TextFlag.TextWordWrap, shown)
        if box.height() <= 2 * metrics.height():
            return shown
        kept.pop()
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))


class ReasonList(QListView):
    """Enter or a double click opens the answer."""

    opened = Signal(str)

    def __init__(self, model: ContributionModel, look: Look, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(ReasonDelegate(look, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._fit)
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        rows = max(1, min(ROWS, self.model().rowCount()))
        self.setFixedHeight(rows * row_height(self.font()) + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(str(index.data(QUESTION_ROLE)))
