"""One quiet line at the foot of a table: what an edit did beside filling its cells."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QLabel

STAYS = 9000
"""Milliseconds it can be read before it goes."""


class NewsLine(QLabel):
    def __init__(self, table: QAbstractScrollArea) -> None:
        super().__init__(table)
        self._table = table
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "news")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self, singleShot=True, interval=STAYS)
        self._timer.timeout.connect(self.hide)
        table.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Nothing to say takes the last line away."""
        self.setText(text)
        self.setVisible(bool(text))
        self._timer.start()
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        inside = self._table.viewport().geometry()
        self.resize(min(self.width(), inside.width() - 16), self.height())
        self.move(inside.left() + 8, inside.bottom() - self.height() - 8)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
