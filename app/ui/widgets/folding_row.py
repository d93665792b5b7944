"""Boxes beside each other where the window has room, below each other where it has not."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget


class FoldingRow(QWidget):
    """`lines` is the width it needs in heights of a line of text, so that it follows the scale."""

    def __init__(self, lines: float) -> None:
        super().__init__()
        self._lines = lines
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def add(self, widget: QWidget, stretch: int) -> None:
        self._row.addWidget(widget, stretch)

    @property
    def is_folded(self) -> bool:
        return self._row.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest box: else the page could never become narrow enough to fold."""
        hint = super().minimumSizeHint()
        items = [self._row.itemAt(i) for i in range(self._row.count())]
        widest = max((item.minimumSize().width() for item in items if item), default=0)
        return QSize(widest, hint.height() if self.is_folded else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= self._lines * self.fontMetrics().height()
        way = QBoxLayout.Direction
        wanted = way.LeftToRight if wide else way.TopToBottom
        if wanted is not self._row.direction():
            self._row.setDirection(wanted)
            self.updateGeometry()
        super().resizeEvent(event)
