"""The table of workflows against typical: chips, painted ranges and an axis in the header."""

from math import ceil

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.models.comparison import (
    BENEFIT,
    EXPOSURE,
    INTERVAL,
    INTERVAL_ROLE,
    NAME,
    STATE,
    WORD,
    ComparisonModel,
)
from app.ui.models.records import STATE_ROLE
from app.ui.style import Look
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.column_widths import title_width
from app.ui.widgets.state_chip import chip_size, paint_chip

EDGE = 14
BAR = "#7FAAB9"
MOST_ROWS = 14
STEP = 0.5
NARROWEST = 30
NAMES, RANGES = (8, 15), 7
"""Widths in heights of a line of text: the whole table, its names and its ranges at least."""
MEASURED = 60
"""Rows that say how wide a column must be."""


def place(box: QRect | QRectF, value: float, model: ComparisonModel) -> float:
    """Pixels across `box` of a value on the model's axis."""
    share = (value - model.start) / (model.end - model.start)
    return box.x() + EDGE + (box.width() - 2 * EDGE) * share


class PaintedDelegate(QStyledItemDelegate):
    """The ground as the style paints it, and what a subclass puts on it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        control = QStyle.ControlElement.CE_ItemViewItem
        option.widget.style().drawControl(control, plain, painter, option.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(plain.font)
        self.paint_value(painter, QRectF(option.rect), index)
        painter.restore()

    def paint_value(self, painter: QPainter, box: QRectF, index: QModelIndex) -> None:
        raise NotImplementedError


class ChipDelegate(PaintedDelegate):
    def paint_value(self, painter: QPainter, box: QRectF, index: QModelIndex) -> None:
        state, text = index.data(STATE_ROLE), index.data(Qt.ItemDataRole.DisplayRole)
        if text:
            paint_chip(painter, box.adjusted(4, 0, -4, 0), self.look, state or "", text)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return chip_size(option.font, str(index.data(Qt.ItemDataRole.DisplayRole) or ""))


class IntervalDelegate(PaintedDelegate):
    """Dot: estimate; bar: 90% range given the answers; dashed: typical."""

    def paint_value(self, painter: QPainter, box: QRectF, index: QModelIndex) -> None:
        model = index.model()
        assert isinstance(model, ComparisonModel)
        typical = place(box, 1.0, model)
        painter.setPen(QPen(self.look.color("third"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(typical, box.top()), QPointF(typical, box.bottom()))
        found = index.data(INTERVAL_ROLE)
        if found is None:
            self._why_none(painter, box, index)
            return
        low, value, high = (place(box, x, model) for x in found)
        y = box.center().y()
        bar = QPen(QColor(BAR), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(bar)
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        painter.setPen(QPen(self.look.color("paper"), 1.2))
        painter.setBrush(self.look.color("accent"))
        painter.drawEllipse(QPointF(value, y), 5.5, 5.5)

    def _why_none(self, painter: QPainter, box: QRectF, index: QModelIndex) -> None:
        """Where the range stands in words no more, this is the place for why there is none."""
        view = self.parent()
        if not (isinstance(view, RowsTable) and view.isColumnHidden(WORD)):
            return
        said = str(index.siblingAtColumn(WORD).data() or "")
        text = painter.fontMetrics().elidedText(
            said, Qt.TextElideMode.ElideRight, int(box.width()) - 8
        )
        spot = QRectF(box.left() + 4, box.top() + 2, box.width() - 8, box.height() - 4)
        painter.fillRect(spot, self.look.color("paper"))
        painter.setPen(self.look.color("second"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)


class AxisHeader(QHeaderView):
    """Column titles; over the ranges the numbers of the axis."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if section != INTERVAL:
            painter.save()
            super().paintSection(painter, rect, section)
            painter.restore()
            return
        model = self.model()
        assert isinstance(model, ComparisonModel)
        painter.save()
        painter.fillRect(rect, self._look.color("paper"))
        painter.setPen(self._look.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(self._look.color("third"))
        for step in range(ceil(model.start / STEP), int(model.end / STEP) + 1):
            x = place(rect, step * STEP, model)
            spot = QRectF(x - 24, rect.top(), 48, rect.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, f"{step * STEP:.1f}")
        painter.restore()


class ComparisonTable(RowsTable):
    """As tall as its rows, up to fourteen; then it scrolls by itself."""

    def __init__(self, model: ComparisonModel, look: Look, name: str) -> None:
        super().__init__(model, name)
        self._look = look
        self.setItemDelegateForColumn(STATE, ChipDelegate(look, self))
        self.setItemDelegateForColumn(INTERVAL, IntervalDelegate(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalHeader(AxisHeader(look, self))
        # A header clears the selection on a reset; bringing it back has to come after that.
        model.modelReset.disconnect(self._recall)
        model.modelReset.connect(self._recall)
        head = self.horizontalHeader()
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(INTERVAL, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(60)
        self.setFrameShape(RowsTable.Shape.NoFrame)
        self.setSortingEnabled(True)
        head.sortIndicatorChanged.connect(self._forget_estimate)
        self.scale_rows()
        model.modelReset.connect(self._fit)
        look.changed.connect(self._rescale)

    def scale_rows(self) -> None:
        super().scale_rows()
        self.setMinimumWidth(NARROWEST * self.fontMetrics().height())
        self.share_width()

    def share_width(self) -> None:
        """Words have the room they need; names and ranges share what is left.

        Where that is little the exposure gives way first, then the range in words: both stand in
        the details of the chosen workflow.
        """
        em, wide = self.fontMetrics().height(), self.viewport().width()
        names = min(NAMES[1] * em, max(NAMES[0] * em, self._needed(NAME)))
        needs = {column: self._needed(column) for column in (STATE, EXPOSURE, BENEFIT, WORD)}
        for column in (EXPOSURE, WORD):
            over = sum(needs.values()) + names + RANGES * em > wide
            self.setColumnHidden(column, over)
            if over:
                needs.pop(column)
        for column, width in needs.items():
            self.setColumnWidth(column, width)
        left = wide - sum(needs.values()) - RANGES * em
        self.setColumnWidth(NAME, max(NAMES[0] * em, min(names, left)))

    def _needed(self, column: int) -> int:
        of = self.table.columns[column]
        rows = self.table.rows[:MEASURED] if self.table.is_live else []
        texts = {of.text(row) for row in rows}
        if column == STATE:
            widest = max((chip_size(self.font(), text).width() for text in texts), default=0)
            return max(title_width(self.font(), of.title), widest + 10)
        widest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        return max(title_width(self.font(), of.title), widest + 18)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.share_width()

    def _forget_estimate(self, column: int) -> None:
        if column >= INTERVAL:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _rescale(self) -> None:
        self.scale_rows()
        self._fit()

    def _fit(self) -> None:
        self.share_width()
        rows = max(3, min(MOST_ROWS, len(self.table.rows)))
        height = rows * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(height + self.horizontalHeader().sizeHint().height() + 4)
