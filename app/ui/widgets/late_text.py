"""A text field that commits half a second after typing, when it is left, and on the desk's word."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.desk.desk import Desk

DELAY = 400
"""Milliseconds; with the write itself it stays under half a second."""

Commit = Callable[[str], object]


class LateText(QObject):
    """Shows one text after another; what was typed goes where the field stood when it was typed."""

    def __init__(self, desk: Desk, field: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(field)
        self.field = field
        self._key = ""
        self._commit: Commit | None = None
        self._due: tuple[str, Commit, str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.flush)
        desk.flushing.connect(self.flush)
        field.textChanged.connect(self._typed)
        field.installEventFilter(self)

    def show_text(self, key: str, text: str, commit: Commit) -> None:
        """Stand for the record `key`; a text being typed into it is not overwritten."""
        is_same, self._key, self._commit = key == self._key, key, commit
        if is_same and self._due and self._due[0] == key:
            return
        if text != self._text():
            self.field.blockSignals(True)
            if isinstance(self.field, QLineEdit):
                self.field.setText(text)
            else:
                self.field.setPlainText(text)
            self.field.blockSignals(False)

    def flush(self) -> None:
        """Commit what is waiting."""
        self._timer.stop()
        due, self._due = self._due, None
        if due:
            _, commit, text = due
            commit(text)

    def _typed(self) -> None:
        if self._commit is None:
            return
        if self._due and self._due[0] != self._key:
            self.flush()
        self._due = self._key, self._commit, self._text()
        if not self._timer.isActive():
            # Not restarted by the next key: whoever types on and on is saved too.
            self._timer.start()

    def _text(self) -> str:
        field = self.field
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.flush()
        return super().eventFilter(watched, event)
