"""Rows of a list in two lines: a name, and less loud what else there is to say."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex
PAD = 6
LESS, GONE = 0.7, 0.62
"""How much of the ink is left in the second line, and in all of what cannot be chosen."""


class TwoLines(QStyledItemDelegate):
    """What it is, and smaller under it what else is known; grey where it cannot be chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        title, _, below = str(index.data()).partition("\n")
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        is_there = bool(option.state & QStyle.StateFlag.State_Enabled)
        loud = _faded(option.palette, 1.0 if is_there else GONE)
        quiet = _faded(option.palette, LESS if is_there else GONE)
        big, small = _fonts(option.font)
        box = option.rect.adjusted(PAD + 2, PAD, -PAD - 2, -PAD)
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        painter.save()
        for font, text, colour in ((big, title, loud), (small, below, quiet)):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(colour)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
            line = QRect(box.left(), box.top(), box.width(), metrics.height())
            painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter, shown)
            box.setTop(box.top() + metrics.height() + 2)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        self.initStyleOption(option, index)
        big, small = (QFontMetrics(font).height() for font in _fonts(option.font))
        below = small + 2 if "\n" in str(index.data()) else 0
        return QSize(0, big + below + 2 * PAD)


def _faded(palette: QPalette, share: float) -> QColor:
    """Between ground and ink, so that it reads in every theme."""
    ink, ground = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
    mixed = (
        round(share * i + (1 - share) * g)
        for i, g in zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)
    )
    return QColor(*mixed)


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    big, small = QFont(font), QFont(font)
    big.setWeight(QFont.Weight.DemiBold)
    small.setPointSizeF(font.pointSizeF() * 0.9)
    return big, small
