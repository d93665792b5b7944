"""A line to filter by that keeps its width when the first letter brings its button to clear it."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit

SIGNS, LEAST = 22, 10
"""Average letters it has room for, and that it keeps where the row is narrow."""


class FilterLine(QLineEdit):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText(self.tr("Filter"))
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * SIGNS, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * LEAST, super().sizeHint().height())
