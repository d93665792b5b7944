"""Names with a box before each: what is ticked stays ticked while a filter hides it."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

Index = QModelIndex
NONE = QModelIndex()
Entry = tuple[str, str]
"""What a line is called in the record, and what people read."""


class TickModel(QAbstractListModel):
    changed = Signal()
    """Something else is ticked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Entry, ...] = ()
        self._shown: list[Entry] = []
        self._ticked: frozenset[str] = frozenset()
        self._wanted = ""

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Tells nobody: a tick on what is gone no longer counts, and comes back with it."""
        if tuple(entries) != self._all:
            self._all = tuple(entries)
            self._refill()

    def search(self, text: str) -> None:
        """Show the entries that hold every word of the text."""
        self._wanted = text.casefold()
        self._refill()

    def tick(self, keys: Iterable[str]) -> None:
        """Tick these and no others."""
        ticked = frozenset(keys)
        if ticked == self._ticked:
            return
        self._ticked = ticked
        if self._shown:
            last = self.index(len(self._shown) - 1)
            self.dataChanged.emit(self.index(0), last, [Qt.ItemDataRole.CheckStateRole])
        self.changed.emit()

    @property
    def count(self) -> int:
        """Entries, those that a filter hides among them."""
        return len(self._all)

    @property
    def ticked(self) -> frozenset[str]:
        return self._ticked & {key for key, _ in self._all} if self._ticked else self._ticked

    @property
    def shown(self) -> tuple[str, ...]:
        """Keys of what the filter lets through, in order."""
        return tuple(key for key, _ in self._shown)

    def _refill(self) -> None:
        words = self._wanted.split()
        self.beginResetModel()
        self._shown = [e for e in self._all if all(word in e[1].casefold() for word in words)]
        self.endResetModel()

    # Qt's face.

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        key, name = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return name
        if role == Qt.ItemDataRole.CheckStateRole:
            state = Qt.CheckState
            return state.Checked if key in self._ticked else state.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        key, _ = self._shown[index.row()]
        is_on = Qt.CheckState(value) is Qt.CheckState.Checked
        self.tick(self._ticked | {key} if is_on else self._ticked - {key})
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsUserCheckable
