"""Quick capture: one line over any page; it says as you type what it understood."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.audit import Audit
from app.domain.capture import TOKEN, Capture, Kind, Puzzle, capture
from app.domain.edits.captures import keep_capture
from app.ui.page import Bench, label
from app.ui.widgets.chips import WrapLayout

WIDTH = 62
"""Letters the line is wide, where the window has the room."""
GAP = 16
"""Pixels between what the line is taken for and what was kept."""
TOP = 56
"""Pixels from the top: under the bar of the window."""


class CaptureLine(QFrame):
    """Enter keeps the line and empties it for the next one; Escape goes back to where one was."""

    def __init__(self, bench: Bench, over: QWidget) -> None:
        super().__init__(over)
        self._bench, self._desk, self._words = bench, bench.desk, bench.words
        self._before: QWidget | None = None
        self.taken = Capture(Kind.GAP, "")
        self.kept = 0
        self.line = QLineEdit()
        self.line.setAccessibleName(self.tr("Quick capture"))
        self.line.setPlaceholderText(
            self.tr("no owner for routing #routing @invoice !critical >Okafor ^+14")
        )
        self.kind = label("", "heading", wrap=False)
        self.said = label("", "quiet", wrap=False)
        self.trouble = label("", "alarm")
        self.chips = [QLabel() for _ in range(5)]
        self._lay_out()
        self.line.textChanged.connect(self._read)
        self.line.returnPressed.connect(self.keep)
        self.line.installEventFilter(self)
        over.installEventFilter(self)
        bench.look.changed.connect(self._restyle)
        bench.desk.opened.connect(self.hide)
        self._restyle()
        self.hide()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.kind)
        top.addWidget(self.said, 1, Qt.AlignmentFlag.AlignRight)
        row = WrapLayout()
        for chip in self.chips:
            chip.setTextFormat(Qt.TextFormat.PlainText)
            row.addWidget(chip)
        signs = self.tr(
            "#stage   @workflow   !severity   >owner   ^date or ^+14      "
            "+ first parks it, = asks for a decision"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(7)
        column.addLayout(top)
        column.addWidget(self.line)
        column.addLayout(row)
        column.addWidget(self.trouble)
        column.addWidget(label(signs, "quiet"))

    # Opening and leaving.

    def open(self) -> None:
        """Over whatever is shown; the line keeps what was typed and not kept."""
        if self._desk.read_only:
            self._bench.tell(self._desk.read_only)
            return
        if self.isHidden():
            self._before = QApplication.focusWidget()
            self.kept = 0
        self._read(self.line.text())
        self.show()
        self.raise_()
        self._place()
        self.line.setFocus()

    def leave(self) -> None:
        """Back to where the keyboard was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus()

    def keep(self) -> None:
        """One edit for one line."""
        if not self.line.text().strip():
            return
        if not self.taken.is_ready:
            self._say_trouble(self.tr("Not kept yet: "))
            return
        text = self._label(self.taken)
        room = self._bench.room
        if self._desk.apply(text, keep_capture, self.taken, room.session, room.now()):
            self.kept += 1
            self.line.setText("")
            many = self.tr("{0} kept, last: {1}").format(self.kept, text)
            self.said.setToolTip(many)
            metrics, room = (
                self.said.fontMetrics(),
                self.line.width() - self.kind.sizeHint().width() - GAP,
            )
            self.said.setText(metrics.elidedText(many, Qt.TextElideMode.ElideRight, room))

    def _label(self, taken: Capture) -> str:
        names = {
            Kind.GAP: self.tr("Gap: {0}"),
            Kind.PARKED: self.tr("Park: {0}"),
            Kind.DECISION: self.tr("Decision asked for: {0}"),
        }
        return names[taken.kind].format(taken.text[:40])

    # What was understood.

    def _read(self, text: str) -> None:
        if not self._desk.is_open:
            return
        audit = self._desk.audit
        self.taken = capture(text, audit, self._desk.today())
        names = {
            Kind.GAP: self.tr("A gap"),
            Kind.PARKED: self.tr("For the parking lot"),
            Kind.DECISION: self.tr("A decision to ask for"),
        }
        self.kind.setText(names[self.taken.kind])
        if text:
            self.said.setText("")
        found = self._found(audit, self.taken)
        for chip, said in zip(self.chips, [*found, *[""] * len(self.chips)], strict=False):
            chip.setText(said)
            chip.setVisible(bool(said))
        self._say_trouble("")
        self._place()

    def _found(self, audit: Audit, taken: Capture) -> list[str]:
        """Only what will be kept: a parked item has no stage, and only a gap has a severity."""
        words, found = self._words, []
        if taken.stage and taken.kind is Kind.GAP:
            found += [f"# {s.title}" for s in audit.bank.stages if s.id == taken.stage]
        if taken.workflow:
            found.append(f"@ {audit.workflows[taken.workflow].name}")
        if taken.severity and taken.kind is Kind.GAP:
            found.append(f"! {words(f'severity.{taken.severity.value}')}")
        if taken.owner:
            found.append(f"> {audit.people[taken.owner].name}")
        if taken.due:
            found.append(f"^ {words.short_date(taken.due)}")
        return found

    def _say_trouble(self, before: str) -> None:
        said = "   ".join(self._puzzle(p) for p in self.taken.puzzles)
        if before and not said:
            said = self.tr("say in a few words what it is.")
        self.trouble.setText(before + said if said else "")
        self.trouble.setVisible(bool(said))

    def _puzzle(self, puzzle: Puzzle) -> str:
        named = f"{puzzle.sign}{puzzle.text}"
        if puzzle.among:
            among = ", ".join(puzzle.among)
            return self.tr("{0} could be {1}. Tab takes the first.").format(named, among)
        if puzzle.sign == "^":
            return self.tr("{0} is no date: 2027-01-15 or ^+14.").format(named)
        return self.tr("{0} is not known.").format(named)

    def complete(self) -> None:
        """Tab: the first of the names that the last puzzle may mean."""
        puzzle = next((p for p in reversed(self.taken.puzzles) if p.among), None)
        if puzzle is None:
            return
        text, name = self.line.text(), puzzle.among[0]
        same = [found for found in TOKEN.finditer(text) if found[1] == puzzle.sign]
        if same:
            whole = f'{puzzle.sign}"{name}"' if " " in name else f"{puzzle.sign}{name}"
            self.line.setText(
                f"{text[: same[-1].start()]}{whole} {text[same[-1].end() :].lstrip()}"
            )

    # Qt's events.

    def _place(self) -> None:
        """Near the top, in the middle; as tall as what it says."""
        over = self.parentWidget()
        wide = min(over.width() - 40, self.fontMetrics().averageCharWidth() * WIDTH * 2)
        self.setFixedWidth(max(200, wide))
        self.layout().activate()
        tall = self.layout().totalHeightForWidth(self.width())
        height = max(tall, self.layout().totalMinimumSize().height())
        self.setGeometry((over.width() - self.width()) // 2, TOP, self.width(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget():
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            act = {Qt.Key.Key_Escape: self.leave, Qt.Key.Key_Tab: self.complete}
            if event.key() in act:
                act[Qt.Key(event.key())]()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys end here: what lies underneath hears none of them."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()

    def _restyle(self) -> None:
        tones = self._bench.look.tones
        self.setStyleSheet(
            f"CaptureLine {{ background: {tones.paper}; border: 2px solid {tones.accent}; "
            f"border-radius: 8px; }}"
        )
        sheet = (
            f"QLabel {{ background: {tones.accent_soft}; color: {tones.accent}; "
            "border-radius: 5px; padding: 3px 8px; font-weight: 600; }"
        )
        for chip in self.chips:
            chip.setStyleSheet(sheet)
