"""How cells of a map are painted: fills of data colour, hatches for what nobody was asked."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.models.matrix import CELL_ROLE, Cell
from app.ui.style import Look
from app.ui.widgets.state_chip import paint_chip

ROUND = 3.0
SMALL = 0.88
TINY = 0.86
"""Of the small size."""
STAMPS = 600
"""Painted cells that are kept; a large screen shows about three hundred."""


def small_font(font: QFont, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * SMALL)
    made.setBold(bold)
    return made


def tiny_font(font: QFont) -> QFont:
    """For the second line of a cell."""
    made = small_font(font)
    made.setPointSizeF(made.pointSizeF() * TINY)
    return made


def smaller(font: QFont) -> QFontMetrics:
    """Measures of the small bold font that cells and headers are set in."""
    return QFontMetrics(small_font(font, bold=True))


class CellDelegate(QStyledItemDelegate):
    """Cells of one look and size share a stamp: thousands of fields have a few hundred faces."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._stamps: dict[tuple[object, ...], QPixmap] = {}
        look.changed.connect(self._stamps.clear)

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(40, 2 * option.fontMetrics.height())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return
        painter.drawPixmap(option.rect.topLeft(), self._stamp(painter, option, cell))
        if self._is_current(option):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.color("focus"), 2))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -2), 4, 4)
            painter.restore()

    def _stamp(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell) -> QPixmap:
        size, ratio = option.rect.size(), painter.device().devicePixelRatio()
        key = (cell.face, size.width(), size.height(), ratio, option.direction)
        made = self._stamps.get(key)
        if made is None:
            if len(self._stamps) >= STAMPS:
                self._stamps.clear()
            made = self._stamps[key] = self._struck(option, cell, ratio)
        return made

    def _struck(self, option: QStyleOptionViewItem, cell: Cell, ratio: float) -> QPixmap:
        """One field on opaque paper, so that letters keep the smoothing of the screen."""
        made = QPixmap(option.rect.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(self._look.color("paper"))
        area = QRect(QPoint(0, 0), option.rect.size())
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        painter.setFont(option.font)
        painter.setPen(QPen(self._look.color("line"), 0.6))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if cell.chip:
            room = QRectF(area).adjusted(4, 0, -4, 0)
            paint_chip(painter, room, self._look, cell.chip, cell.text)
        else:
            self._box(painter, area, cell)
        painter.end()
        return made

    def _is_current(self, option: QStyleOptionViewItem) -> bool:
        wanted = QStyle.StateFlag.State_Selected
        return bool(option.state & (wanted | QStyle.StateFlag.State_HasFocus))

    def _box(self, painter: QPainter, area: QRect, cell: Cell) -> None:
        box = QRectF(area).adjusted(2, 3.5, -2, -4)
        if cell.fill or cell.hatched or cell.dashed or cell.empty:
            paint_ground(painter, self._look, box, cell)
        tone = "third" if cell.hatched else "ink"
        ink = QColor(cell.ink) if cell.fill and cell.ink else self._look.color(tone)
        painter.setPen(ink)
        font = painter.font()
        large, small = small_font(font, bold=cell.bold), tiny_font(font)
        centre = Qt.AlignmentFlag.AlignCenter
        inside = box.toRect()
        heights = QFontMetrics(large).height(), QFontMetrics(small).height()
        if cell.detail and sum(heights) - 3 <= inside.height() + 2:
            top = inside.top() + (inside.height() - sum(heights) + 3) // 2
            first = QRect(inside.left(), top, inside.width(), heights[0])
            second = QRect(inside.left(), top + heights[0] - 3, inside.width(), heights[1])
            _line(painter, first, cell.text, large, centre)
            _line(painter, second, cell.detail, small, centre)
        else:
            _line(painter, inside, cell.text, large, centre)


def paint_ground(painter: QPainter, look: Look, box: QRectF, cell: Cell) -> None:
    """A filled, hatched or outlined field."""
    ground = "alarm_soft" if cell.bare else "paper"
    fill = QColor(cell.fill) if cell.fill else look.color(ground)
    edge = QPen(look.color("line" if cell.text or cell.empty else "third"), 1)
    if cell.dashed:
        edge = QPen(look.color("alarm"), 1.4, Qt.PenStyle.DashLine)
    painter.setPen(edge if not cell.fill or cell.dashed else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(box, ROUND, ROUND)
    if cell.hatched:
        painter.setPen(Qt.PenStyle.NoPen)
        tone = "line" if cell.text else "third"
        painter.setBrush(QBrush(look.color(tone), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, ROUND, ROUND)
        if cell.text:
            # The sign stands on plain paper, so that the hatch never crosses it.
            painter.setBrush(look.color("paper"))
            painter.drawEllipse(box.center(), 8, 8)


def _line(painter: QPainter, area: QRect, text: str, font: QFont, flags: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(flags), shown)
