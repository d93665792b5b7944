"""A list to tick under its name: how many are ticked, ways to tick several, a filter if long."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.models.ticks import Entry, TickModel
from app.ui.page import button, label

FEW = 12
"""Entries that are found without a filter."""
LINES = 5
"""Entries in sight where there is little room."""


SPACE = 2
"""Pixels around an entry."""


class _View(QListView):
    def minimumSizeHint(self) -> QSize:
        line = self.sizeHintForRow(0) if self.model().rowCount() else self.fontMetrics().height()
        tall = max(line, self.fontMetrics().height() + 2 * SPACE)
        return QSize(120, LINES * tall + 8)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class TickList(QWidget):
    """`name` may mark the letter that leads here with an ampersand."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.model = TickModel(self)
        self.view = _View()
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setSpacing(SPACE)
        self.view.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.view.setAccessibleName(name.replace("&", ""))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filter by name"))
        self.search.setAccessibleName(self.tr("Filter by name"))
        self.search.setClearButtonEnabled(True)
        self.search.hide()
        self.count = label("", "quiet", wrap=False)
        self.ways = QHBoxLayout()
        self.ways.setSpacing(6)
        title = label(name, "heading", wrap=False)
        title.setBuddy(self.view)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (title, self.count):
            row.addWidget(widget)
        row.addStretch(1)
        row.addLayout(self.ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.search)
        column.addWidget(self.view, 1)
        self.search.textChanged.connect(self.model.search)
        self.model.changed.connect(self._tell)

    def add_way(self, text: str, tip: str, ticked: Callable[[], Sequence[str]]) -> QPushButton:
        """A button that ticks what `ticked` says, and nothing else."""
        made = button(text, "", tip)
        made.clicked.connect(lambda: self.model.tick(ticked()))
        self.ways.addWidget(made)
        # It stands above the list, so Tab comes to it first.
        self.setTabOrder(made, self.view)
        return made

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.model.show_entries(entries)
        self.search.setVisible(self.model.count > FEW)
        last = self.ways.itemAt(self.ways.count() - 1) if self.ways.count() else None
        if last and not self.search.isHidden():
            # Qt keeps no place for what is hidden.
            self.setTabOrder(last.widget(), self.search)
        self._count()

    def _tell(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        said = self.tr("{0} of {1}")
        self.count.setText(said.format(f"{len(self.model.ticked):,}", f"{self.model.count:,}"))
