"""The bars around the page: title and commands on top, banner below it, progress at the foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

from app.ui.page import button, label


class TopBar(QFrame):
    """Whose audit it is, that it is saved, and the commands used most."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 14, 8)
        row.setSpacing(8)
        self.title = label("", "heading", wrap=False)
        self.saved = label("", "quiet", wrap=False)
        self.find = button(self.tr("Find anything or run a command   Ctrl+K"))
        self.undo: QPushButton = button(self.tr("Undo"))
        self.export: QPushButton = button(self.tr("Export report"), "primary")
        for widget in (self.title, self.saved):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.find, self.undo, self.export):
            row.addWidget(widget)

    def show_undo(self, what: str) -> None:
        text = self.tr("Undo: {0}").format(what) if what else self.tr("Undo")
        self.undo.setToolTip(text)
        self.undo.setAccessibleName(text)
        short = what if len(what) <= 26 else what[:25] + "…"
        self.undo.setText(self.tr("Undo: {0}").format(short) if what else self.tr("Undo"))
        self.undo.setEnabled(bool(what))


class Banner(QFrame):
    """One sentence near the cause; it stays until it is put away or followed by another."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        self._text: QLabel = label("")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        away = button(self.tr("Dismiss"))
        away.clicked.connect(self.hide)
        row.addWidget(self._text, 1)
        row.addWidget(away)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, sentence: str) -> None:
        self._text.setText(sentence)
        self.show()


class FootBar(QFrame):
    """What is under way, and how far the audit is. No figure of risk: it may be on the wall."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(18)
        self.left = label("", "quiet", wrap=False)
        self.busy = QProgressBar()
        self.busy.setAccessibleName(self.tr("Figures are being updated"))
        self.busy.setRange(0, 0)
        self.busy.setFixedWidth(90)
        self.busy.setTextVisible(False)
        self.busy.hide()
        self.right = label("", "quiet", wrap=False)
        row.addWidget(self.left)
        row.addWidget(self.busy)
        row.addStretch(1)
        row.addWidget(self.right)
