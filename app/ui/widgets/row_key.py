"""Ctrl+Enter where it starts a row or ends a text; everywhere else it publishes on the wall."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PAD = Qt.KeyboardModifier.KeypadModifier


def keeps_row_key(event: QEvent) -> bool:
    """True where the key is this widget's own, and no shortcut of the window may take it."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    is_own = (
        event.key() in ENTER and event.modifiers() & ~PAD == Qt.KeyboardModifier.ControlModifier
    )
    if is_own:
        event.accept()
    return is_own
