"""Hands and eyes for the tests of votes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot


class Hands:
    """Types to whatever has the focus and counts the keys."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot, self.keys = qtbot, 0

    def __call__(self, text: str) -> None:
        named = {"\n": Qt.Key.Key_Return, "\x1b": Qt.Key.Key_Escape}
        for sign in text:
            to = QApplication.focusWidget()
            assert to
            self.keys += 1
            if sign in named:
                self._qtbot.keyClick(to, named[sign])
            else:
                self._qtbot.keyClicks(to, sign)


def every_text(widget: QWidget) -> str:
    """All that the widgets under one say or hold."""
    found = []
    for part in (widget, *widget.findChildren(QWidget)):
        if isinstance(part, QLabel | QLineEdit):
            found.append(part.text())
        elif isinstance(part, QPlainTextEdit):
            found.append(part.toPlainText())
        found += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
    return "\n".join(found)


def pictured(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()
