"""One question at a time: its words, five levels, and what else can be said about it."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.answers import Said
from app.domain.bank import Question
from app.ui.page import Bench, button, label
from app.ui.widgets.chips import WrapLayout
from app.ui.widgets.walk.fields import KeyButton, Late, NoteField, hatch
from app.ui.widgets.walk.levels import GradeRow, LevelRow
from app.ui.widgets.walk.vote import VoteStrip


class Shown(Struct, frozen=True):
    """Everything the card says about one question, in words."""

    key: object
    question: Question
    place: str
    settled: Said | None
    is_proposed: bool
    reply: str = ""
    """A reply that is no level, and what follows from it."""
    further: str = ""
    """The words of the button beside the reply, and the command that it stands for."""
    further_key: str = "finder"
    waiver: str = ""
    """Why the question cannot be waived; empty where it can."""
    notice: str = ""
    """Where the answer comes from, if it was not given for this workflow alone."""
    notice_is_hatched: bool = False
    offer: str = ""
    """The words of the button beside the notice."""
    missing: str = ""
    """What the proof still needs."""
    note: str = ""


class Notice(QWidget):
    """A line with a button, hatched where the answer is not the workflow's own."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._look = bench.look
        self.is_hatched = False
        self.text = label("", "lead")
        self.button = button("")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 6, 5)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        bench.look.changed.connect(self.update)

    def tighten(self, step: int) -> None:
        self._row.setContentsMargins(10, 5 - 2 * step, 6, 5 - 2 * step)

    def say(self, text: str, offer: str, *, is_hatched: bool) -> None:
        self.setVisible(bool(text))
        self.text.setText(text)
        self.button.setText(offer)
        self.button.setAccessibleName(offer)
        self.button.setVisible(bool(offer))
        self.is_hatched = is_hatched
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("page"))
        painter.drawRoundedRect(box, 5, 5)
        if self.is_hatched:
            hatch(painter, box, self._look.color("quiet_soft"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.color("line"), 1))
        painter.drawRoundedRect(box, 5, 5)


class QuestionCard(QWidget):
    """Shows and asks; what follows from a click is the page's to do."""

    leveled = Signal(int)
    commanded = Signal(str)
    """One of the keys of the walk, as if it had been typed."""
    noted = Signal(str)

    def __init__(self, bench: Bench, today: Callable[[], object]) -> None:
        super().__init__()
        self._look = bench.look
        self._key: object = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.place = label("", "section")
        self.text = label("", "question")
        self.why = label("", "lead")
        self.notice = Notice(bench)
        self.notice.button.clicked.connect(lambda: self.commanded.emit("own"))
        self.vote = VoteStrip(bench)
        self.levels = [LevelRow(n, bench.look) for n in range(5)]
        self.grades = GradeRow(bench.look, today)
        self.reply = Notice(bench)
        self._further = ""
        self.reply.button.clicked.connect(lambda: self.commanded.emit(self._further))
        self._late = Late(self)
        self.note = NoteField(self.tr("Note"), self._leave_note, self._late.flush)
        self.note.textChanged.connect(self._note_typed)
        self._lay_out()
        bench.look.changed.connect(self.update)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 13, 18, 14)
        column.setSpacing(5)
        column.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        for widget in (self.place, self.text, self.why, self.notice, self.vote):
            column.addWidget(widget)
        column.addSpacing(3)
        for row in self.levels:
            column.addWidget(row)
            row.clicked.connect(lambda _checked=False, r=row: self.leveled.emit(r.level))
        column.addWidget(self.reply)
        column.addWidget(self.grades)
        column.addSpacing(3)
        column.addLayout(self._commands())
        column.addWidget(self.note)
        column.addStretch(1)
        self._column = column
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def tighten(self, step: int) -> None:
        """Less air between the lines, so that question, levels and keys stay on a low screen."""
        self._column.setContentsMargins(18, 13 - 4 * step, 18, 14 - 4 * step)
        self._column.setSpacing((5, 4, 2)[step])
        for made in (*self.levels, self.grades, self.notice, self.reply):
            made.tighten(step)

    def fits(self, height: int) -> bool:
        """Everything down to the row of keys is within so many pixels."""
        column = self.layout()
        column.invalidate()
        note = self.note.sizeHint().height() if self.note.isVisibleTo(self) else 0
        return column.heightForWidth(self.width()) - note <= height

    def _commands(self) -> QHBoxLayout:
        tr, look = self.tr, self._look
        self.waive = KeyButton(tr("Not applicable"), "N", look)
        self.unknown = KeyButton(tr("We don't know"), "?", look)
        self.ballot = KeyButton(tr("Vote"), "V", look, tr("Vote on this question, under seal"))
        keys = {
            "n": self.waive,
            "?": self.unknown,
            "v": self.ballot,
            "t": KeyButton(tr("Note"), "T", look, tr("Write a note beside the answer")),
            "g": KeyButton(tr("Gap"), "G", look, tr("Open the gap of this question")),
            "p": KeyButton(tr("Park"), "P", look, tr("Put something on the parking lot")),
        }
        row, beside = QHBoxLayout(), WrapLayout()
        row.setSpacing(6)
        for key, made in keys.items():
            made.clicked.connect(lambda _checked=False, k=key: self.commanded.emit(k))
            # Replies keep their place; what else may be done takes a second row where it must.
            (row if key in "n?" else beside).addWidget(made)
        row.addStretch(1)
        row.addLayout(beside)
        self.waive.setCheckable(True)
        self.unknown.setCheckable(True)
        return row

    def show_question(self, shown: Shown, level_names: tuple[str, ...]) -> None:
        afresh = shown.key != self._key
        self._key = shown.key
        asked, said = shown.question, shown.settled
        self.setAccessibleName(asked.text)
        self.setAccessibleDescription(f"{shown.place}. {asked.why}")
        self.place.setText(shown.place)
        self.text.setText(asked.text)
        self.why.setText(asked.why)
        self.notice.say(shown.notice, shown.offer, is_hatched=shown.notice_is_hatched)
        level = said.level if said else None
        for row, text, name in zip(self.levels, asked.levels, level_names, strict=True):
            row.show_level(text, name, chosen=row.level == level, proposed=shown.is_proposed)
        self.waive.setChecked(bool(said and said.reply.value == "not_applicable"))
        self.unknown.setChecked(bool(said and said.reply.value == "unknown"))
        self.reply.say(shown.reply, shown.further, is_hatched=shown.is_proposed)
        self._further = shown.further_key
        self.waive.setEnabled(not shown.waiver)
        self.waive.setToolTip(shown.waiver or self.waive.text())
        self._show_grades(said, shown.missing, afresh=afresh)
        if afresh or not self.note.hasFocus():
            self.note.blockSignals(True)
            self.note.setPlainText(shown.note)
            self.note.blockSignals(False)
            self.note.setVisible(bool(shown.note))

    def show_waiting(self, *, is_waiting: bool) -> None:
        """A round about this question is under seal and waits to be revealed."""
        text = self.tr("Vote, under seal") if is_waiting else self.tr("Vote")
        if self.ballot.text() != text:
            self.ballot.setText(text)
            self.ballot.updateGeometry()

    def _show_grades(self, said: Said | None, missing: str, *, afresh: bool) -> None:
        has_level = said is not None and said.level is not None
        self.grades.setVisible(has_level)
        if afresh or not has_level:
            self.grades.wait(False)
        if has_level:
            place = self._column.indexOf(self.levels[said.level]) + 1
            if self._column.indexOf(self.grades) != place:
                focus = self.grades.focusWidget() if not afresh else None
                self._column.removeWidget(self.grades)
                place = self._column.indexOf(self.levels[said.level]) + 1
                self._column.insertWidget(place, self.grades)
                if focus:
                    focus.setFocus()
            self.grades.show_said(said, missing, afresh=afresh)

    def write_note(self) -> None:
        self.note.show()
        self.note.moveCursor(QTextCursor.MoveOperation.End)
        self.note.setFocus()

    def _note_typed(self) -> None:
        text = self.note.toPlainText()
        self._late.do(lambda: self.noted.emit(text))

    def _leave_note(self) -> None:
        self._late.flush()
        self.setFocus()

    def flush(self) -> None:
        """Save what is being typed."""
        self._late.flush()
        self.grades.late.flush()

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The focus is on the question most of the time: its edge says so."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(
            QPen(self._look.color("focus" if focused else "line"), 1.5 if focused else 1)
        )
        painter.setBrush(self._look.color("paper"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
