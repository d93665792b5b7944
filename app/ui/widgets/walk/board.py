"""The flow, the marks of its questions, the question and the panel beside it, in one scroll."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.ids import StageId, WorkflowId
from app.domain.replies import Status
from app.domain.statements import wrapper_test
from app.ui.models.walk.ask import Ask, answer_of, stage_record
from app.ui.models.walk.before import Before
from app.ui.models.walk.disputes import Disputes
from app.ui.models.walk.place import DISPUTED, FACETS, WalkPlace
from app.ui.models.walk.ranking import Ranking, narrows_little, next_in_words
from app.ui.page import Bench, button, label
from app.ui.widgets.walk.flow import FlowBand
from app.ui.widgets.walk.head import Tick, Ticks
from app.ui.widgets.walk.levels import AIR
from app.ui.widgets.walk.question import QuestionCard
from app.ui.widgets.walk.side import SidePanel
from app.ui.widgets.walk.words import WalkWords

SIGNS = {Status.ANSWERED: "x", Status.UNKNOWN: "?", Status.NOT_APPLICABLE: "-"}
FIELDS = (QLineEdit, QPlainTextEdit, QComboBox)
MARGIN = 20
FOLDED_BELOW = 30
"""Lines of text in the window: a laptop at 100% has 33, at 125% 25; a large screen 50."""
GAP = 12


class WalkBoard(QScrollArea):
    def __init__(self, bench: Bench, place: WalkPlace, says: WalkWords) -> None:
        super().__init__()
        self._desk, self._place, self._says = bench.desk, place, says
        self._words, self._room = bench.words, bench.room
        self.before = Before(bench.desk, self.show_aside)
        self.ranking = Ranking(bench.desk, self)
        self.disputes = Disputes(bench.desk, self._say_disputes, self)
        self.band, self.ticks = FlowBand(bench.look), Ticks(bench.look)
        self.order = button(
            self.tr("Narrows most first"), "",
            self.tr(
                "Ask first what is expected to narrow the range most, instead of the entry "
                "questions and then the stages"
            ),
        )  # fmt: skip
        self.order.setCheckable(True)
        self.order.setStyleSheet("QPushButton { padding: 1px 8px; }")
        self.calm = button("", "", self.tr("List what is not disputed, then settle it (Shift+A)"))
        self.counts = label("", "lead")
        self.card, self.side = QuestionCard(bench, bench.desk.today), SidePanel(bench)
        self.little = label(
            self.tr("No single answer narrows the range; take the conditions first."), "lead"
        )
        self.nothing = label(self.tr("Nothing to talk about here. Choose other questions."), "lead")
        self.is_revealed = self.is_estimated = False
        self._lay_out()
        self.card.vote.grown.connect(self.show_vote)
        for field in (*self.card.grades.fields, self.card.note, self.side.owner):
            field.installEventFilter(self)
        bench.look.changed.connect(self._fit)

    def _lay_out(self) -> None:
        self.setAccessibleName(self.tr("The flow and its question"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(GAP)
        self._below.addWidget(self.card, 27)
        self._below.addWidget(self.side, 10)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.ticks, 1)
        row.addWidget(self.order)
        row.addWidget(self.calm)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(6)
        self._column.addWidget(self.band)
        self._column.addLayout(row)
        self._column.addWidget(self.counts)
        self._column.addWidget(self.little)
        self._column.addWidget(self.nothing)
        self._column.addLayout(self._below, 1)
        self.setWidget(inside)
        self._align()
        self.verticalScrollBar().rangeChanged.connect(self._align)

    def _align(self) -> None:
        """The band keeps its right edge under the buttons of the head, scroll bar or not."""
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() else 0
        self._column.setContentsMargins(MARGIN, 0, MARGIN - taken, 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """With large letters in a small window the panel goes under the question.

        Where the window is low, the flow folds to a line of chips, and lines stand closer.
        """
        lines = self.viewport().height() / max(1, self.fontMetrics().height())
        self.band.fold(folded=lines < FOLDED_BELOW)
        self._air()
        needed = self.card.minimumSizeHint().width() + self.side.minimumSizeHint().width()
        is_wide = self.width() >= needed + 2 * MARGIN + 2 * GAP
        way = QBoxLayout.Direction
        self._below.setDirection(way.LeftToRight if is_wide else way.TopToBottom)

    def _air(self) -> None:
        """As much of it between the lines as leaves the row of keys in sight."""
        inside = self.widget().layout()
        inside.activate()
        room = self.viewport().height() - self.card.mapTo(self.widget(), QPoint()).y()
        for step in range(len(AIR)):
            self.card.tighten(step)
            if self.card.fits(room):
                break

    def bring_into_view(self) -> None:
        self.ensureWidgetVisible(self.card.text, 0, 2 * MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nobody types blind: a field with the keyboard comes into view once it has a place."""
        if event.type() is QEvent.Type.FocusIn:
            QTimer.singleShot(0, self._bring_field)
        return super().eventFilter(watched, event)

    def _bring_field(self) -> None:
        field = QApplication.focusWidget()
        if isinstance(field, FIELDS) and self.widget().isAncestorOf(field):
            self.widget().layout().activate()
            # Not `ensureWidgetVisible`, which is content with the cursor's line.
            top = field.mapTo(self.widget(), QPoint()).y()
            for edge in (top + field.height(), top):
                self.ensureVisible(0, edge, 0, MARGIN)

    def show_vote(self) -> None:
        """The question at the top, its vote under it: what is voted on is read out from here."""
        QTimer.singleShot(0, self._scroll_to_card)

    def _scroll_to_card(self) -> None:
        self.widget().layout().activate()
        top = self.card.mapTo(self.widget(), QPoint()).y()
        self.verticalScrollBar().setValue(max(0, top - GAP // 2))

    def hide_figures(self) -> None:
        """The wall does not teach the answer: every question starts without them."""
        self.is_revealed = self.is_estimated = False

    def show_walk(self, workflow: WorkflowId, said: str, calm: int) -> None:
        """`said`: how far it is, in words. `calm`: undisputed answers to settle in one step."""
        if self._place.is_narrowing or self.is_estimated:
            self.ranking.want(workflow)
        ask, found = self._place.ask(), self._place.found()
        is_strip = self._place.view in FACETS
        if is_strip:
            faces, current = self._says.strip(workflow, found), ask.question.id if ask else ""
        else:
            faces = self._says.flow(workflow)
            current = ask.question.stage or "" if ask else ""
        self.band.show_faces(faces, current, is_strip=is_strip)
        ticks = [
            Tick(a.key, SIGNS.get(a.status, ""), f"{a.question.id}  {a.question.text}")
            for a in found
        ]
        self.order.setVisible(self._place.may_narrow)
        self.order.setChecked(self._place.narrows)
        self.ticks.setVisible(not is_strip)
        self.ticks.show_ticks(ticks, ask.key if ask else None, said)
        self.calm.setVisible(calm > 0)
        self.calm.setText(self.tr("Settle {0} undisputed   Shift+A").format(calm))
        self._say_disputes()
        self.little.setVisible(self._place.is_narrowing and narrows_little(found, self.ranking))
        self.nothing.setVisible(ask is None)
        self.card.setVisible(ask is not None)
        self.side.setVisible(ask is not None)
        self.card.vote.stay_with((ask.target, ask.question.id) if ask else None)
        if ask:
            is_waiting = self._room.is_waiting(ask.target, ask.question.id)
            self.card.show_waiting(is_waiting=is_waiting and not self.card.vote.is_open)
            names = self._desk.audit.bank.level_names
            self.card.show_question(self._says.shown(workflow, ask, self._place.in_flow()), names)
            self.show_aside()
            self._air()

    def _say_disputes(self) -> None:
        is_shown = self._place.mode == DISPUTED and self._place.view not in FACETS
        self.counts.setVisible(is_shown)
        if is_shown and self._place.workflow:
            self.counts.setText(self.disputes.in_words(self._place.workflow))

    def show_aside(self) -> None:
        if not self._desk.is_open or self._place.workflow is None:
            return
        ask, workflow = self._place.ask(), self._place.workflow
        if ask is None:
            return
        before = self._says.before(ask, self.before) if self.before.is_read else ""
        self.side.show_aside(self._says.aside(ask, revealed=self.is_revealed, before=before))
        self.side.files.show_place(ask.kept, ask.question.id)
        stage = self._says.stage(ask.question.stage)
        record = stage_record(self._desk.audit, workflow, ask.question.stage or StageId(""))
        by_hand = self.tr("By hand in the pilot: {0}").format(record.by_hand)
        self.side.show_stage(
            stage.title if stage else "", record, by_hand if record.by_hand else ""
        )
        test = wrapper_test(self._desk.case(workflow)) if self.is_estimated else None
        self.side.show_estimate(self._estimate(ask, workflow), test)

    def _estimate(self, ask: Ask, workflow: WorkflowId) -> str:
        if not self.is_estimated:
            return ""
        answer = answer_of(self._desk.audit, ask)
        if answer is None or answer.settled is None:
            return self.tr("Answer the question first.")
        onward = next_in_words(self._place.in_flow(), self.ranking, self._words)
        return f"{self._says.estimate(workflow)}\n{onward}".strip()
