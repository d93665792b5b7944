"""What the wall shows and how it is steered; a silent round; what a facilitator may ask."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.wall import Blank, Waiting
from app.ui.page import Bench, button, label
from app.ui.presenter.presenting import Presenting
from app.ui.presenter.wall_view import WallPreview
from app.ui.widgets.chips import WrapLayout
from app.words import Words

TALL = 11
"""Height of the preview in heights of a line."""
LEAST = 5
"""Heights of a line the prompts have at least."""
MINUTES = 3
"""Of a silent round, unless somebody changes it."""


def numbered(words: Words, table: str) -> list[str]:
    """The texts 1, 2, 3 … of a table of the language."""
    found = []
    while words.has(f"{table}.{len(found) + 1}"):
        found.append(words(f"{table}.{len(found) + 1}"))
    return found


class WallPane(QWidget):
    def __init__(self, bench: Bench, presenting: Presenting) -> None:
        super().__init__()
        self._room, self._presenting = bench.room, presenting
        tr, room = self.tr, bench.room
        self.preview = WallPreview(bench.look, room.published, room.wall)
        self.state: QLabel = label("", "quiet")
        self.present = button(tr("Present"), "", tr("Present (F5)"))
        self.share = button(tr("Share as a window"))
        self.freeze = button(tr("Freeze"), "", tr("Freeze the wall (Ctrl+.)"))
        self.blank = button(tr("Blank"), "", tr("Blank the wall (Ctrl+Shift+B)"))
        self.back = button(tr("Page back"), "", tr("Page back (Ctrl+Shift+PgUp)"))
        self.on = button(tr("Page on"), "", tr("Page on (Ctrl+Shift+PgDown)"))
        for made in (self.freeze, self.blank):
            made.setCheckable(True)
        self.prompt = QComboBox()
        self.prompt.setEditable(True)
        self.prompt.setAccessibleName(tr("What the silent round asks"))
        self.prompt.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.prompt.setMinimumContentsLength(12)
        self.prompt.addItems(numbered(bench.words, "silence"))
        self.minutes = QSpinBox()
        self.minutes.setRange(1, 60)
        self.minutes.setValue(MINUTES)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setAccessibleName(tr("Minutes of the silent round"))
        self.silent = button(tr("Start"), "", tr("Start or end the silent round"))
        self.prompts = QListWidget()
        self.prompts.setAccessibleName(tr("What a facilitator may ask"))
        self.prompts.setWordWrap(True)
        self.prompts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.prompts.addItems(numbered(bench.words, "prompt"))
        self._lay_out()
        self._size_preview()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(label(self.tr("On the wall"), "section"))
        column.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.state)
        acts = WrapLayout()
        for widget in (self.present, self.share, self.freeze, self.blank, self.back, self.on):
            acts.addWidget(widget)
        column.addLayout(acts)
        column.addWidget(label(self.tr("Silent round: everybody writes"), "section"))
        column.addWidget(self.prompt)
        row = QHBoxLayout()
        row.addWidget(self.minutes)
        row.addWidget(self.silent)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(label(self.tr("To ask; never shown on the wall"), "section"))
        self.prompts.setMinimumHeight(LEAST * self.fontMetrics().height())
        column.addWidget(self.prompts, 1)

    def _connect(self) -> None:
        room = self._room
        self.present.clicked.connect(self._presenting.present)
        self.share.clicked.connect(self._presenting.share)
        self.freeze.clicked.connect(room.freeze)
        self.blank.clicked.connect(room.blank)
        self.back.clicked.connect(lambda: room.turn(-1))
        self.on.clicked.connect(lambda: room.turn(1))
        self.silent.clicked.connect(self.start_or_end)
        self.prompt.currentIndexChanged.connect(self._show_start)
        self._show_start()
        self._presenting.changed.connect(self.refresh)
        room.published.connect(lambda _wall: self.refresh())
        self.refresh()

    def _show_start(self) -> None:
        """A long prompt is read from its beginning."""
        self.prompt.lineEdit().setCursorPosition(0)

    def changeEvent(self, event: QEvent) -> None:
        """The preview follows the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size_preview()

    def _size_preview(self) -> None:
        tall = TALL * self.fontMetrics().height()
        self.preview.setFixedSize(tall * 16 // 9, tall)

    def start_or_end(self) -> None:
        if self._room.is_silent:
            self._room.end_silence()
        elif self.prompt.currentText().strip():
            self._room.silence(self.prompt.currentText().strip(), self.minutes.value())

    def refresh(self) -> None:
        room, tr = self._room, self.tr
        self.freeze.setChecked(room.is_frozen)
        self.blank.setChecked(room.is_blank)
        page, of = room.page
        self.back.setVisible(of > 1)
        self.on.setVisible(of > 1)
        self.back.setEnabled(page > 1)
        self.on.setEnabled(page < of)
        self.silent.setText(tr("End") if room.is_silent else tr("Start"))
        self.present.setText(tr("End the wall") if self._presenting.is_on else tr("Present"))
        self.state.setText(self._said(page, of))

    def _said(self, page: int, of: int) -> str:
        room, tr = self._room, self.tr
        parts = []
        if not self._presenting.is_on:
            parts.append(tr("Nobody sees it yet: Present opens the wall."))
        if room.is_blank:
            parts.append(tr("Blank."))
        elif room.is_frozen:
            parts.append(tr("Frozen: it stays until you publish or let it go on."))
        elif isinstance(room.wall, Blank | Waiting):
            parts.append(tr("Nothing is published; Ctrl+Shift+Enter shows this page."))
        if of > 1:
            parts.append(tr("Page {0} of {1}.").format(page, of))
        return " ".join(parts)
