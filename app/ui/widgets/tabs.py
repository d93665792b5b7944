"""Tabs that take a second and third line before one of them would be out of sight."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyleOptionTab,
    QStylePainter,
    QTabBar,
    QTabWidget,
)

MOST_LINES = 3
BESIDE, ABOVE = 24, 14
"""Pixels a tab is wider and taller than its text."""
LEAST_BESIDE = 10
NARROWEST = 520
"""No page is made wider than this for the sake of its tabs."""


class Tabs(QTabBar):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lines = 1
        self._widths: dict[tuple[str, int, str], int] = {}

    def tabSizeHint(self, index: int) -> QSize:
        lines, beside = self._fitting(self._given())
        return QSize(self._wide(index, lines) + beside, self._tall(lines))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def sizeHint(self) -> QSize:
        return QSize(self._total(1, BESIDE), self._tall(self._fitting(self._given())[0]))

    def minimumSizeHint(self) -> QSize:
        return QSize(
            min(NARROWEST, self._total(MOST_LINES, LEAST_BESIDE)), self.sizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lines = self._fitting(self._given())[0]
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        for index in range(self.count()):
            option = QStyleOptionTab()
            self.initStyleOption(option, index)
            option.text = ""
            painter.drawControl(QStyle.ControlElement.CE_TabBarTabShape, option)
            self._paint_text(painter, option, index)
            if self.hasFocus() and index == self.currentIndex():
                painter.setPen(option.palette.color(QPalette.ColorRole.Highlight))
                painter.drawRoundedRect(option.rect.adjusted(1, 1, -2, -3), 4, 4)

    def _paint_text(self, painter: QPainter, option: QStyleOptionTab, index: int) -> None:
        chosen = index == self.currentIndex()
        role = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.WindowText
        painter.setPen(option.palette.color(role))
        wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        painter.drawText(option.rect.adjusted(2, 0, -2, -2), wrapped, self.tabText(index))

    def _given(self) -> int:
        """A bar of a tab widget is only given what it asks for, so it asks for all there is."""
        around = self.parentWidget()
        return around.width() if isinstance(around, QTabWidget) else self.width()

    def _fitting(self, width: int) -> tuple[int, int]:
        """Lines and pixels beside the text with which every tab can be seen."""
        for lines in range(1, MOST_LINES + 1):
            for beside in (BESIDE, LEAST_BESIDE):
                if self._total(lines, beside) <= width:
                    return lines, beside
        return MOST_LINES, LEAST_BESIDE

    def _total(self, lines: int, beside: int) -> int:
        return sum(self._wide(n, lines) + beside for n in range(self.count()))

    def _tall(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + ABOVE

    def _wide(self, index: int, lines: int) -> int:
        """Qt asks for every tab whenever one changes, so a text is measured once."""
        key = self.tabText(index), lines, self.font().key()
        if key not in self._widths:
            self._widths[key] = self._measured(key[0].split(" "), lines)
        return self._widths[key]

    def _measured(self, words: list[str], lines: int) -> int:
        """The least width at which the words take no more lines."""
        measure = self.fontMetrics().horizontalAdvance
        best = measure(" ".join(words))
        for width in sorted({measure(" ".join(words[i:j])) for i in range(len(words))
                             for j in range(i + 1, len(words) + 1)}):  # fmt: skip
            if width < best and self._count(words, width) <= lines:
                return width + 4
        return best + 2

    def _count(self, words: list[str], width: int) -> int:
        """Lines of so many pixels that the words take; a word too long counts as many."""
        measure, lines, line = self.fontMetrics().horizontalAdvance, 1, ""
        for word in words:
            wider = f"{line} {word}" if line else word
            if measure(word) > width:
                return MOST_LINES + 1
            if measure(wider) > width:
                lines, line = lines + 1, word
            else:
                line = wider
        return lines


def tabbed(name: str) -> QTabWidget:
    """A tab widget in the look of the pages."""
    made = QTabWidget()
    made.setTabBar(Tabs(name))
    made.setDocumentMode(True)
    made.setAccessibleName(name)
    return made
