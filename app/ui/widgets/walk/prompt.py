"""One line at the foot of the page for what a key asks: a reason, a person, a date, a thought."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from app.domain.ids import PersonId
from app.ui.models.walk.edits import Typed
from app.ui.page import Bench, button, label
from app.ui.widgets.walk.fields import DateLine, PeopleBox


class PromptBar(QFrame):
    """Enter takes it, Escape leaves everything as it was."""

    left = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.desk, self._look = bench.desk, bench.look
        self._then: Callable[[Typed], object] | None = None
        self._needs_text = False
        self.sentence = label("", "heading")
        self.line = QLineEdit()
        self.line.setAccessibleName(self.tr("Your answer"))
        self.who = PeopleBox(self.tr("Who"))
        self.who.taken.connect(self._take)
        self.by = DateLine(self.tr("By when"), bench.desk.today)
        self._names = (
            label(self.tr("Who"), "lead", wrap=False),
            label(self.tr("By when"), "lead", wrap=False),
        )
        take, leave = button(self.tr("Take it   Enter"), "primary"), button(self.tr("Leave   Esc"))
        take.clicked.connect(self._take)
        leave.clicked.connect(self.leave)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 3)
        for name, field in zip(self._names, (self.who, self.by), strict=True):
            row.addWidget(name)
            row.addWidget(field, 1)
        row.addWidget(take)
        row.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        column.addWidget(self.sentence)
        column.addLayout(row)
        bench.look.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def ask(
        self,
        sentence: str,
        then: Callable[[Typed], object],
        *,
        text: str | None = "",
        who: PersonId | None = None,
        by: dt.date | None = None,
        with_person: bool = False,
    ) -> None:
        """`text` None asks for a person and a date only; otherwise a text is needed.

        Where `then` says False, nothing was done with what was typed, and it is asked again.
        """
        self._then, self._needs_text = then, text is not None
        self.sentence.setText(sentence)
        self.line.setVisible(text is not None)
        self.line.setText(text or "")
        self.line.setAccessibleDescription(sentence)
        for made in (*self._names, self.who, self.by):
            made.setVisible(with_person)
        self.who.fill(self.desk.audit.people, self.tr("Nobody yet"))
        self.who.put(who)
        self.by.put(by)
        self.show()
        first = self.line if text is not None else self.who
        first.setFocus()
        self.line.selectAll()

    def leave(self) -> None:
        self._then = None
        self.hide()
        self.left.emit()

    def drop(self) -> None:
        """Another question is shown: what was asked about the old one is not asked any more."""
        self._then = None
        self.hide()

    def _take(self) -> None:
        text = self.line.text().strip()
        if self._needs_text and not text:
            self.line.setFocus()
            return
        if self.by.is_wrong:
            self.by.setFocus()
            self.by.selectAll()
            return
        then, self._then = self._then, None
        self.hide()
        self.left.emit()
        typed = Typed(text, self.who.person, self.by.date, self.who.new_name)
        if then and then(typed) is False and self._then is None:
            # It was refused, and the banner says why: what was typed stays to be mended.
            self._then = then
            self.show()
            (self.line if self._needs_text else self.who).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        # Everything else ends here: letters are typed, not commands of the walk.

    def _restyle(self) -> None:
        tones = self._look.tones
        self.setStyleSheet(
            f"PromptBar {{ background: {tones.paper}; border: 0; "
            f"border-top: 2px solid {tones.accent}; }}"
        )
