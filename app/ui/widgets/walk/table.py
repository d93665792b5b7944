"""The table of answers: in the level column one key answers and goes on to the next row."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from app.ui.models.walk.answers import LEVEL, AnswerModel
from app.ui.record_table import RecordTable

SIGNS = ("0", "1", "2", "3", "4", "?")


class AnswerTable(RecordTable):
    def __init__(self, model: AnswerModel, name: str) -> None:
        super().__init__(model, name)
        self.setCurrentIndex(model.index(0, LEVEL))
        model.modelReset.connect(lambda: self.setCurrentIndex(model.index(0, LEVEL)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() is QAbstractItemView.State.EditingState
        index = self.currentIndex()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        held &= ~Qt.KeyboardModifier.ShiftModifier
        answers = index.column() == LEVEL and event.text() in SIGNS
        if answers and not editing and not held.value and index.flags() & EDITABLE:
            self.records.setData(index, event.text())
            below = self.records.index(index.row() + 1, LEVEL)
            if below.isValid():
                self.setCurrentIndex(below)
            return
        super().keyPressEvent(event)


EDITABLE = Qt.ItemFlag.ItemIsEditable
