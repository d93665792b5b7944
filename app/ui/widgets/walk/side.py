"""Beside the question: what to ask to see, who said what, the stage's owner, the estimate."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.ids import NOBODY
from app.domain.landscape import Mechanism, StageRecord
from app.domain.statements import WrapperTest
from app.ui.models.walk.voices import Voices
from app.ui.page import Bench, button, card, label
from app.ui.widgets.evidence_files import EvidenceFiles
from app.ui.widgets.walk.fields import KeyButton, PeopleBox
from app.ui.widgets.walk.wrapper import WrapperRows

WRAP = Qt.TextFlag.TextWordWrap
COLUMNS = 6
"""Levels 0 to 4 and *don't know*."""


class Dots(QWidget):
    """A row per role, a dot per level, the number inside where several said it."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._look = bench.look
        self._rows: Sequence[Voices] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        bench.look.changed.connect(self.updateGeometry)

    def show_voices(self, rows: Sequence[Voices], said: str) -> None:
        self._rows = rows
        self.setAccessibleName(self.tr("Who said what"))
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def _head(self) -> int:
        return self.fontMetrics().height() + 6

    def _names(self) -> int:
        return int(self.width() * 0.44)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        return font

    def _heights(self) -> list[int]:
        metrics = QFontMetrics(self._font())
        room = self._names() - 6
        wrapped = (metrics.boundingRect(0, 0, room, 500, WRAP, r.role) for r in self._rows)
        return [max(box.height(), metrics.height()) + 5 for box in wrapped]

    def sizeHint(self) -> QSize:
        return QSize(220, self._head() + sum(self._heights()))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = self._names()
        step = (self.width() - names) / COLUMNS
        radius = min(self._head(), step) * 0.36
        for column in range(COLUMNS):
            painter.setPen(self._look.color("third"))
            box = QRectF(self._x(names + step * column, step), 0, step, self._head())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "01234?"[column])
        top = self._head()
        painter.setFont(self._font())
        for height, row in zip(self._heights(), self._rows, strict=True):
            painter.setPen(self._look.color("ink"))
            place = QRectF(self._x(0, names - 6), top, names - 6, height)
            painter.drawText(place, WRAP | Qt.AlignmentFlag.AlignVCenter, row.role)
            for column, count in enumerate(row.counts):
                x = self._x(names + step * column, step) + step / 2
                self._dot(painter, QPointF(x, top + height / 2), radius, count)
            top += height

    def _x(self, x: float, width: float) -> float:
        back = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return self.width() - x - width if back else x

    def _dot(self, painter: QPainter, at: QPointF, radius: float, count: int) -> None:
        if not count:
            painter.setPen(QPen(self._look.color("line"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, radius, radius)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("accent"))
        painter.drawEllipse(at, radius, radius)
        if count > 1:
            painter.setPen(self._look.color("accent_ink"))
            box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count))


class Aside(Struct, frozen=True):
    """Everything the panel says about one question, in words."""

    evidence: str
    good_sign: str
    bad_sign: str
    hint: str
    needed: str
    """What the condition needs; empty where the question is none."""
    rule: str
    review: str
    review_tone: str
    may_settle: bool
    may_dispute: bool
    voices: tuple[Voices, ...]
    sealed: str
    """What is said in place of the voices while they are not to be shown."""
    apart: str
    before: str


class Sign(QWidget):
    """What tells in the room that an answer is true, or that it is not."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self.text = label("", "lead")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(label(name, role, wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)

    def say(self, text: str) -> None:
        self.setVisible(bool(text))
        self.text.setText(text)
        self.setAccessibleName(f"{self._name}: {text}")


class SidePanel(QWidget):
    commanded = Signal(str)
    owner_chosen = Signal(object, str)
    """Who owns the stage, or the name of somebody who is not on the list yet."""
    mechanism_chosen = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        for made in (self._ask_to_see(), self._who_said(), self._stage(), self._estimate()):
            column.addWidget(made)
        column.addStretch(1)

    def _ask_to_see(self) -> QFrame:
        frame, column = card(spacing=5)
        column.addWidget(label(self.tr("Ask to see"), "heading"))
        self.evidence, self.hint = label("", "lead"), label("")
        self.good_sign = Sign(self.tr("Good sign"), "good")
        self.bad_sign = Sign(self.tr("Bad sign"), "alarm")
        self.needed, self.rule = label("", "good"), label("", "quiet")
        for made in (
            self.evidence, self.good_sign, self.bad_sign, self.hint, self.needed, self.rule,
        ):  # fmt: skip
            column.addWidget(made)
        self.files = EvidenceFiles(self.bench)
        column.addWidget(self.files)
        return frame

    def _who_said(self) -> QFrame:
        frame, column = card(spacing=6)
        row = QHBoxLayout()
        self._voices_title = label("", "heading")
        row.addWidget(self._voices_title, 1)
        self.review = label("", "", wrap=False)
        row.addWidget(self.review)
        column.addLayout(row)
        self.sealed = label("", "quiet")
        self.reveal = button(self.tr("Show them now"))
        self.dots, self.apart = Dots(self.bench), label("", "lead")
        self.before = label("", "quiet")
        for made in (self.sealed, self.reveal, self.dots, self.apart, self.before):
            column.addWidget(made)
        self.settle = KeyButton(self.tr("Settle"), "S", self.bench.look)
        self.dispute = KeyButton(self.tr("Dispute"), "D", self.bench.look)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.settle)
        buttons.addWidget(self.dispute)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.settle.clicked.connect(lambda: self.commanded.emit("s"))
        self.dispute.clicked.connect(lambda: self.commanded.emit("d"))
        self.reveal.clicked.connect(lambda: self.commanded.emit("reveal"))
        self._voices_card = frame
        return frame

    def _stage(self) -> QFrame:
        frame, column = card(spacing=6)
        self.stage_title = label("", "heading")
        column.addWidget(self.stage_title)
        grid = QGridLayout()
        grid.setVerticalSpacing(5)
        self.owner = PeopleBox(self.tr("Owner of this stage (O)"), self.tr("No owner"))
        self.mechanism = QComboBox()
        self.mechanism.setAccessibleName(self.tr("What does the work of this stage"))
        self.mechanism.addItem(self.tr("Not recorded"), None)
        for member in Mechanism:
            words = self.bench.words.of(member, "mechanism")
            self.mechanism.addItem(words[:1].upper() + words[1:], member.value)
        self.mechanism.setMinimumContentsLength(9)
        self.mechanism.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.by_hand = label("", "quiet")
        for row, (name, field) in enumerate(
            ((self.tr("Owner"), self.owner), (self.tr("Done by"), self.mechanism))
        ):
            grid.addWidget(label(name, "lead", wrap=False), row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addWidget(self.by_hand)
        self.owner.activated.connect(lambda _n: self._choose_owner())
        for signal in (self.owner.taken, self.owner.left):
            signal.connect(self._choose_owner)
        self.mechanism.activated.connect(lambda _n: self._choose_mechanism())
        self._stage_card = frame
        return frame

    def _estimate(self) -> QFrame:
        frame, column = card(spacing=4)
        self.fold = KeyButton(
            self.tr("Estimate, wrapper test"), "Ctrl+J", self.bench.look,
            self.tr("Estimate and wrapper test, for the facilitator"),
        )  # fmt: skip
        self.fold.setProperty("role", "flat")
        self.fold.clicked.connect(lambda: self.commanded.emit("estimate"))
        self.estimate = label("", "lead")
        self.wrapper = WrapperRows(self.bench)
        for made in (self.fold, self.estimate, self.wrapper):
            column.addWidget(made)
        column.setContentsMargins(8, 6, 12, 8)
        self.estimate.setContentsMargins(8, 0, 0, 0)
        self.estimate.hide()
        self.wrapper.hide()
        return frame

    def show_aside(self, aside: Aside) -> None:
        self.evidence.setText(aside.evidence)
        self.good_sign.say(aside.good_sign)
        self.bad_sign.say(aside.bad_sign)
        for made, text in (
            (self.hint, aside.hint),
            (self.needed, aside.needed),
            (self.rule, aside.rule),
            (self.sealed, aside.sealed),
            (self.apart, aside.apart),
            (self.before, aside.before),
            (self.review, aside.review),
        ):
            made.setText(text)
            made.setVisible(bool(text))
        _restyled(self.review, aside.review_tone)
        self.reveal.setVisible(bool(aside.sealed))
        self.dots.show_voices(aside.voices, aside.apart)
        self.dots.setVisible(bool(aside.voices) and not aside.sealed)
        self.settle.setVisible(aside.may_settle)
        self.dispute.setVisible(aside.may_dispute)
        self._voices_title.setText(
            self.tr("Who said what")
            if aside.voices or aside.sealed
            else self.tr("The room's answer")
        )
        said = aside.review or aside.sealed or aside.before
        self._voices_card.setVisible(bool(said))

    def show_stage(self, title: str, record: StageRecord, by_hand: str) -> None:
        """An empty title: the question belongs to no stage."""
        self._stage_card.setVisible(bool(title))
        self.stage_title.setText(title)
        if not self.owner.is_typing:
            self.owner.fill(self.bench.desk.audit.people, self.tr("Not recorded"))
            self.owner.put(record.owner)
        self.mechanism.setCurrentIndex(
            max(0, self.mechanism.findData(record.mechanism and record.mechanism.value))
        )
        self.by_hand.setText(by_hand)
        self.by_hand.setVisible(bool(by_hand))

    def _choose_mechanism(self) -> None:
        found = self.mechanism.currentData()
        self.mechanism_chosen.emit(Mechanism(found) if found else None)

    def _choose_owner(self) -> None:
        self.owner.take()
        self.owner_chosen.emit(self.owner.person, self.owner.new_name)

    def choose_owner(self, *, says_nobody: bool) -> None:
        """Ready to type a name; Enter takes it."""
        self.owner.setFocus()
        if says_nobody:
            self.owner.offer(NOBODY)

    def flush(self) -> None:
        """An owner who is being typed belongs to the stage that is left."""
        if self.owner.is_typing:
            self._choose_owner()

    def show_estimate(self, text: str, test: WrapperTest | None) -> None:
        """Nothing while it is folded away."""
        self.estimate.setText(text)
        self.estimate.setVisible(bool(text))
        self.wrapper.setVisible(test is not None)
        if test:
            self.wrapper.show_test(test)


def _restyled(made: QWidget, role: str) -> None:
    if made.property("role") != role:
        made.setProperty("role", role)
        made.style().unpolish(made)
        made.style().polish(made)
