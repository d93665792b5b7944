"""A list of names that can be typed into: what is typed completes to a name, or is a new one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down)


class NameBox(QComboBox):
    taken = Signal()
    """Enter: the name that is shown is meant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)

    @property
    def typed(self) -> str:
        return " ".join(self.currentText().split())

    @property
    def place(self) -> int:
        """Where the name stands in the list; -1 for a new one, 0 where nothing is typed."""
        return self.findText(self.typed, Qt.MatchFlag.MatchFixedString) if self.typed else 0

    def put_place(self, place: int) -> None:
        self.setCurrentIndex(place)
        self.setEditText(self.itemText(place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.lineEdit().selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.lineEdit().deselect()
            self.taken.emit()
        elif event.key() in ARROWS:
            # Through the list, rather than through values that each would count as chosen.
            self.showPopup()
        else:
            super().keyPressEvent(event)
