"""Derived rows as a table: each cell reads its row and the audit, and some can be typed in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.desk.desk import Desk
from app.ui.style import Look

Index = QModelIndex
NONE = QModelIndex()
CHOICES_ROLE = Qt.ItemDataRole.UserRole + 7
"""Value to words, where a cell is chosen from a list."""
ROW = TypeVar("ROW")


class RowColumn(Struct, frozen=True):
    """How one column of a derived table reads its rows, and what typing into it does."""

    title: str
    text: Callable[[Any], str]
    width: int = 120
    tone: Callable[[Any], str] | None = None
    """Row to the name of the tone its text is written in."""
    choices: Callable[[], Mapping[str, str]] | None = None
    value: Callable[[Any], str] | None = None
    """Row to the value that is edited, where it is not the text."""
    put: Callable[[Sequence[Any], str], bool] | None = None
    """Rows and what was typed; columns without it are read only."""
    order: Callable[[Any], Any] | None = None
    tip: str = ""


class RowsModel(QAbstractTableModel, Generic[ROW]):
    """Holds what was derived for showing, never a part of the audit that could fall behind."""

    def __init__(
        self,
        desk: Desk,
        look: Look,
        columns: Sequence[RowColumn],
        key: Callable[[ROW], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns, self.key_of = tuple(columns), key
        self.rows: list[ROW] = []
        self._desk, self._look = desk, look
        self._given: list[ROW] = []
        self._sort: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    @property
    def is_live(self) -> bool:
        """Rows outlive their audit until another one is opened; then they say nothing."""
        return self._desk.is_open

    def show_rows(self, rows: Sequence[ROW]) -> None:
        """The same rows in the same order repaint; anything else resets."""
        self._given = list(rows)
        ordered = self._ordered()
        if ordered == self.rows or list(map(self.key_of, ordered)) == list(
            map(self.key_of, self.rows)
        ):
            self.rows = ordered
            self.repaint_rows()
            return
        self.beginResetModel()
        self.rows = ordered
        self.endResetModel()

    def repaint_rows(self) -> None:
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = column, order
        self.beginResetModel()
        self.rows = self._ordered()
        self.endResetModel()

    def _ordered(self) -> list[ROW]:
        column, order = self._sort
        if not 0 <= column < len(self.columns):
            return list(self._given)
        spec = self.columns[column]
        by = spec.order or (lambda row: (not spec.text(row), spec.text(row).casefold()))
        return sorted(self._given, key=by, reverse=order is Qt.SortOrder.DescendingOrder)

    def place_of(self, key: str) -> int | None:
        return next((n for n, row in enumerate(self.rows) if self.key_of(row) == key), None)

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return (self.columns[section].tip or None) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self._desk.is_open:
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.EditRole:
            return column.value(row) if column.value else column.text(row)
        if role == CHOICES_ROLE and column.choices:
            return column.choices()
        if role == Qt.ItemDataRole.ForegroundRole and column.tone and (tone := column.tone(row)):
            return self._look.color(tone)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if self._desk.read_only:
            return base
        if self.columns[index.column()].put is None:
            return base
        return base | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        return role == Qt.ItemDataRole.EditRole and self.put([index], str(value or ""))

    def put(self, indexes: Sequence[Index], text: str) -> bool:
        """Type into one column of several rows, as one undo step."""
        if not indexes or (put := self.columns[indexes[0].column()].put) is None:
            return False
        return put([self.rows[i.row()] for i in indexes], text)
