"""A small table of words and figures: a name on the left, figures on the right, lines between."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app.ui.page import label
from app.ui.style import Look

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Cell = str | QWidget


class FigureGrid(QWidget):
    """For a handful of rows; long lists are tables."""

    def __init__(self, look: Look, words: Mapping[int, int] | None = None) -> None:
        """`words` are the columns that hold sentences, with their part of the width."""
        super().__init__()
        self._look, self._words = look, words or {0: 1}
        self.cells: list[list[QWidget]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        look.changed.connect(self.update)

    def show_rows(
        self, header: Sequence[str], rows: Sequence[Sequence[Cell]], strong: Collection[int] = ()
    ) -> None:
        """`strong` are the rows whose figures carry the message; a header may be left out."""
        self._clear()
        for column, text in enumerate(header):
            self._add(0, column, label(text, "section", wrap=column in self._words))
        for place, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                self._grid.setColumnStretch(column, self._words.get(column, 0))
                self._add(place, column, self._cell(cell, column, place - 1 in strong))
        self.updateGeometry()
        self.update()

    def texts(self) -> list[list[str]]:
        """What stands in the rows, without the header."""
        return [[_text(cell) for cell in row] for row in self.cells[1:]]

    def _cell(self, cell: Cell, column: int, strong: bool) -> QWidget:
        if isinstance(cell, QWidget):
            return cell
        made = label(cell, wrap=column in self._words)
        if strong and column:
            font = made.font()
            font.setBold(True)
            made.setFont(font)
        return made

    def _add(self, row: int, column: int, widget: QWidget) -> None:
        while len(self.cells) <= row:
            self.cells.append([])  # the header's row stays empty where there is none
        self.cells[row].append(widget)
        side = LEFT if column in self._words else RIGHT
        if isinstance(widget, QLabel):
            widget.setAlignment(side)
            self._grid.addWidget(widget, row, column)
        else:
            self._grid.addWidget(widget, row, column, side)

    def _clear(self) -> None:
        for row in self.cells:
            for widget in row:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.cells = []

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self._look.color("line"), 1))
        for above, below in pairwise(row for row in self.cells if row):
            bottom = max(widget.geometry().bottom() for widget in above)
            top = min(widget.geometry().top() for widget in below)
            painter.drawLine(0, (top + bottom) // 2, self.width(), (top + bottom) // 2)


def _text(cell: QWidget) -> str:
    return cell.text() if isinstance(cell, QLabel) else cell.accessibleName()
