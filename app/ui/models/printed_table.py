"""A table of the report as it is printed: texts to read and to search."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.report.model import Table

NONE = QModelIndex()


class PrintedTable(QAbstractTableModel):
    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._texts = ["\n".join(cell.text for cell in row.cells).casefold() for row in table.rows]
        self._shown = list(range(len(table.rows)))

    @property
    def count(self) -> int:
        """Rows, those that a search hides among them."""
        return len(self._texts)

    def search(self, text: str) -> None:
        """Show the rows that hold every word of the text."""
        words = text.casefold().split()
        self.beginResetModel()
        self._shown = [n for n, t in enumerate(self._texts) if all(word in t for word in words)]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self._table.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._table.columns[section].title
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._table.rows[self._shown[index.row()]].cells[index.column()].text
        return None
