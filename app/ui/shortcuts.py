"""The overview of keyboard shortcuts, read from the table of commands and the pages' own keys."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.commands import Command
from app.ui.page import Page


class Shortcuts(QDialog):
    def __init__(self, table: Sequence[Command], pages: Iterable[Page], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        rows = [
            (command.menu, command.title, ", ".join(s.toString() for s in command.sequences()))
            for command in table
            if command.keys
        ]
        for page in pages:
            rows += [(page.title(), what, keys) for keys, what in page.keys_of_its_own()]
        shown = QTableWidget(len(rows), 3)
        shown.setAccessibleName(self.windowTitle())
        shown.setHorizontalHeaderLabels([self.tr("Where"), self.tr("What"), self.tr("Keys")])
        shown.verticalHeader().hide()
        shown.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                shown.setItem(r, c, QTableWidgetItem(text))
        shown.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        shown.resizeColumnToContents(0)
        QVBoxLayout(self).addWidget(shown)
        self.resize(680, 520)
