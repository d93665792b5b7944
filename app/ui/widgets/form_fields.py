"""Fields of a form with one face: a line, a paragraph and a list to choose from."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy

FRAME = 26
"""Pixels around the words of a line."""
FEW, ARROW = 12, 40
LONGEST = 16
"""Heights of a line of text that a form leaves to a hint or a choice."""


class Line(QLineEdit):
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.textEdited.connect(lambda _text: self.typed.emit())

    def minimumSizeHint(self) -> QSize:
        """Wide enough for what it says while it is empty, so that a form gives it a row."""
        least, metrics = super().minimumSizeHint(), self.fontMetrics()
        hint = metrics.horizontalAdvance(self.placeholderText()) + FRAME
        return QSize(max(least.width(), min(hint, LONGEST * metrics.height())), least.height())

    def show_text(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)

    def set_locked(self, locked: bool) -> None:
        self.setReadOnly(locked)


class Paragraph(QPlainTextEdit):
    """As tall as its lines; Tab goes on to the next field."""

    typed = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.typed)

    def text(self) -> str:
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)

    def set_locked(self, locked: bool) -> None:
        self.setReadOnly(locked)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().lineSpacing() * self._lines + 20
        return QSize(180, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()


class ChoiceBox(QComboBox):
    """Chooses one of a closed set or of the records; the wheel scrolls the page, not the value."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._offered: dict[str, str] = {}
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))
        self.currentTextChanged.connect(lambda _text: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """What is chosen can be read, and so can the other words where they are few."""
        least, metrics = super().minimumSizeHint(), self.fontMetrics()
        texts = list(self._offered.values()) if len(self._offered) <= FEW else []
        wide = max(map(metrics.horizontalAdvance, [*texts, self.currentText()])) + ARROW
        return QSize(max(least.width(), min(wide, LONGEST * metrics.height())), least.height())

    def text(self) -> str:
        return self.currentData() or ""

    def offer(self, choices: Mapping[str, str], value: str) -> None:
        """Fill the list only where it changed, then show the value."""
        wanted = dict(choices)
        if wanted != self._offered:
            self._offered = wanted
            self.clear()
            for key, words in wanted.items():
                self.addItem(words or "–", key)
        self.setPlaceholderText("")
        self.setCurrentIndex(max(0, self.findData(value)))
        self.updateGeometry()

    def show_several(self, words: str) -> None:
        self.setPlaceholderText(words)
        self.setCurrentIndex(-1)

    def set_locked(self, locked: bool) -> None:
        self.setEnabled(not locked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
