"""A cell whose text was refused: what was typed stands in its editor again."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget


class KeptTyping:
    """Held by a delegate: `put` after each entry, `offer` when an editor opens."""

    def __init__(self, view: QAbstractItemView) -> None:
        self._view = view
        self._refused: tuple[QPersistentModelIndex, str] | None = None

    def put(self, index: QModelIndex, text: str, *, taken: bool) -> None:
        """Remember a refused text; where the keyboard stays in the table its editor opens again."""
        self._refused = None
        if taken or text == str(index.data(Qt.ItemDataRole.EditRole) or ""):
            return
        place = QPersistentModelIndex(index)
        self._refused = place, text
        QTimer.singleShot(0, self._view, lambda: self._again(place))

    def _again(self, place: QPersistentModelIndex) -> None:
        if self._refused and place.isValid() and self._view.hasFocus():
            self._view.setCurrentIndex(QModelIndex(place))
            self._view.edit(QModelIndex(place))

    def offer(self, editor: QWidget, index: QModelIndex) -> bool:
        """True where the editor now holds what was refused here."""
        if not self._refused or self._refused[0] != index or not isinstance(editor, QLineEdit):
            return False
        editor.setText(self._refused[1])
        return True
