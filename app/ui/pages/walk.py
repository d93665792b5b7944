"""Walk the flow: one request of one workflow as a pipeline, one question at a time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.domain.changes import Change
from app.domain.gaps import gap_key
from app.domain.ids import StageId, Target
from app.domain.wall import Wall, question_wall
from app.ui.models.walk.answers import AnswerModel
from app.ui.models.walk.ask import Ask
from app.ui.models.walk.edits import WalkEdits
from app.ui.models.walk.place import DISPUTED, FACETS, FLOW, PILOT, TABLE, WalkPlace
from app.ui.models.walk.stages import StageModel
from app.ui.models.walk.wrapper import place as part_place
from app.ui.page import Bench, Completeness, Page, Place, label, translate
from app.ui.record_table import RecordTable
from app.ui.widgets.walk.board import WalkBoard
from app.ui.widgets.walk.calm import CalmPanel
from app.ui.widgets.walk.flow import FlowBand
from app.ui.widgets.walk.frames import framed, nothing_to_walk
from app.ui.widgets.walk.head import WalkHead
from app.ui.widgets.walk.keys import WalkKeys, keys_in_words
from app.ui.widgets.walk.prompt import PromptBar
from app.ui.widgets.walk.table import AnswerTable
from app.ui.widgets.walk.words import WalkWords

WALK, STAGES, ANSWERS, EMPTY, CALM = range(5)
"""What the stack shows."""


class WalkPage(Page):
    key = "walk"
    group = "audit"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.place = WalkPlace(self.desk)
        self.says = WalkWords(bench, self)
        self.prompt = PromptBar(bench)
        self.edits = WalkEdits(self.desk, self._ask_reason, self)
        self.head = WalkHead(bench)
        self.board = WalkBoard(bench, self.place, self.says)
        self.card, self.side, self.calm = self.board.card, self.board.side, CalmPanel(bench)
        self.stages = StageModel(bench, self)
        self.answers = AnswerModel(bench, self._ask_text, self)
        self.answers.group = self.says.group
        self.answers.target = lambda ask: self.says.target(ask.target)
        self.pilot_band = FlowBand(self.look)
        self.stage_table = RecordTable(self.stages, self.tr("From pilot to production"))
        self.answer_table = AnswerTable(self.answers, self.tr("Answers of this workflow"))
        self.keys = WalkKeys(self)
        self._lay_out()
        self._connect()
        self._connect_keys()

    @staticmethod
    def title() -> str:
        return translate("Walk the flow")

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return keys_in_words()

    def _lay_out(self) -> None:
        for table in (self.stage_table, self.answer_table):
            table.setSortingEnabled(False)
            table.verticalHeader().hide()
        says = label(
            self.tr(
                "Who did each stage by hand in the pilot, and what has to do it in production."
            ),
            "lead",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.board)
        self.stack.addWidget(framed(self.pilot_band, says, self.stage_table))
        self.stack.addWidget(framed(self.answer_table))
        self.stack.addWidget(nothing_to_walk(lambda: self.bench.go(Place("workflows"))))
        self.stack.addWidget(self.calm)
        top = QVBoxLayout()
        top.setContentsMargins(20, 12, 20, 0)
        top.addWidget(self.head)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.prompt)

    def _connect(self) -> None:
        head, board, card, side = self.head, self.board, self.card, self.side
        head.turned.connect(self.turn)
        head.choosing.connect(self.keys.choose_workflow)
        head.viewed.connect(self.view)
        head.moded.connect(self.set_mode)
        board.order.clicked.connect(self.set_order)
        board.band.chosen.connect(self._band_chosen)
        board.ticks.chosen.connect(self.show_key)
        board.calm.clicked.connect(self.keys.list_undisputed)
        board.ranking.ranked.connect(self._ranked)
        side.wrapper.opened.connect(self._open_part)
        self.pilot_band.chosen.connect(self.stage_table.show_record)
        self.stage_table.selectionModel().currentRowChanged.connect(lambda *_: self.show_again())
        card.leveled.connect(self.keys.level)
        card.commanded.connect(self.keys.command)
        card.noted.connect(lambda text: self.with_ask(lambda a: self.edits.note(a, text)))
        card.grades.graded.connect(self.keys.grade)
        card.grades.proved.connect(lambda p: self.with_ask(lambda a: self.edits.proof(a, p)))
        card.grades.left.connect(card.setFocus)
        side.commanded.connect(self.keys.command)
        side.owner_chosen.connect(lambda who, new: self._put_stage(owner=who, new_name=new))
        side.mechanism_chosen.connect(lambda how: self._put_stage(mechanism=how))
        self.prompt.left.connect(self.take_focus)
        self._connect_room()

    def _connect_room(self) -> None:
        vote, calm = self.card.vote, self.calm
        vote.revealing.connect(self.keys.reveal_vote)
        vote.settling.connect(self.keys.settle_vote)
        vote.left.connect(self.take_focus)
        vote.onward.connect(lambda: self.step(1))
        calm.settling.connect(self.keys.settle_undisputed)
        calm.left.connect(self._leave_calm)
        calm.objected.connect(lambda place: self.edits.dispute_place(*place))
        calm.widened.connect(lambda _on: calm.show_places(self.keys.undisputed_now()))

    def _connect_keys(self) -> None:
        for sequence, act in (
            ("Ctrl+PgUp", lambda: self.turn(-1)),
            ("Ctrl+PgDown", lambda: self.turn(1)),
            ("Ctrl+J", lambda: self.keys.command("estimate")),
        ):
            made = QShortcut(QKeySequence(sequence), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    # Following the audit.

    def show_audit(self) -> None:
        self.place.keep_or_choose()
        self.board.before.want()
        self._show()

    def follow(self, changes: Sequence[Change]) -> None:
        self.stages.follow(changes)
        self.place.is_fresh = False
        self.show_audit()

    def audit_opened(self) -> None:
        self.place.workflow = self.place.key = None
        self.board.before.forget()
        self.board.ranking.forget()
        super().audit_opened()

    def go_to(self, place: Place) -> None:
        self.leave_fields()
        audit = self.desk.audit
        if place.workflow in audit.workflows and place.workflow:
            self.place.walk(place.workflow)
        self.place.keep_or_choose()
        if self.place.view not in (FLOW,):
            self.place.view = FLOW
        if place.question and self.place.workflow:
            if not self.place.to_question(place.question, place.target):
                name = self.says.target(Target(self.place.workflow))
                self.bench.tell(self.tr("{0} is not asked about {1}.").format(place.question, name))
        elif any(s.id == place.key for s in audit.bank.stages):
            self.place.to_stage(StageId(place.key))
        self.place.is_fresh = self.place.key is None
        self._moved()

    def wall(self) -> Wall | None:
        """The question that is asked; its level only once it is agreed."""
        ask = self.ask()
        return question_wall(self.desk.audit, ask.kept, ask.question.id) if ask else None

    def completeness(self) -> Completeness:
        return Completeness(self.place.fully_asked(), len(self.place.order()))

    # Moving.

    def turn(self, by: int) -> None:
        self.leave_fields()
        self.place.turn(by)
        self._moved()

    def view(self, view: int) -> None:
        self.leave_fields()
        self.place.view = view
        if view in FACETS:
            asks = self.place.found()
            if self.place.key not in [a.key for a in asks]:
                self.place.key = None
        self._moved()

    def set_mode(self, mode: str) -> None:
        self.leave_fields()
        self.place.mode = mode
        if mode == DISPUTED or self.place.key not in [a.key for a in self.place.found()]:
            self.place.key = None
        self.place.take_ranking(self.board.ranking)
        self._moved()

    def set_order(self, narrows: bool) -> None:
        """By what narrows the range most; the question stays until the worker has weighed them."""
        self.leave_fields()
        self.place.order_by(narrows)
        if self.board.ranking.ranks:
            self.place.take_ranking(self.board.ranking)
        self._moved()

    def _ranked(self) -> None:
        jumps = self.place.is_fresh and self.place.is_narrowing
        if jumps:
            self.leave_fields()
        self.place.take_ranking(self.board.ranking)
        self._show()

    def step(self, by: int) -> None:
        self.leave_fields()
        if self.place.step(by):
            self._moved()
        elif by > 0:
            self.head.progress.setText(self.tr("The last question. Ctrl+Page Down: next workflow."))

    def show_key(self, key: object) -> None:
        self.leave_fields()
        self.place.key, self.place.is_fresh = key, False  # type: ignore[assignment]
        self._moved()

    def _band_chosen(self, key: str) -> None:
        self.leave_fields()
        if self.place.view in FACETS:
            self.place.key = next(a.key for a in self.place.found() if a.question.id == key)
        else:
            self.place.to_stage(StageId(key))
        self._moved()

    def _moved(self) -> None:
        self.moved.emit()
        self.board.hide_figures()
        self._show()
        self.take_focus()
        QTimer.singleShot(0, self.board.bring_into_view)

    def take_focus(self) -> None:
        shown = {PILOT: self.stage_table, TABLE: self.answer_table}
        if self.calm.is_open:
            self.calm.table.setFocus()
        elif self.place.view not in shown and self.card.vote.is_open:
            self.card.vote.take_focus()
        else:
            shown.get(self.place.view, self.card).setFocus()

    def _leave_calm(self) -> None:
        self._show()
        self.take_focus()

    def leave_fields(self) -> None:
        """What is being typed belongs to the question that is left."""
        self.card.flush()
        self.side.flush()
        self.prompt.drop()
        self.calm.end()

    # Showing.

    def show_again(self) -> None:
        """View state changed, the audit did not."""
        self._show()

    def ask(self) -> Ask | None:
        return self.place.ask() if self.desk.is_open and self.place.workflow else None

    def with_ask(self, act: Callable[[Ask], object]) -> None:
        ask = self.ask()
        if ask:
            act(ask)

    def _show(self) -> None:
        workflow = self.place.workflow
        self.head.setVisible(workflow is not None)
        if workflow is None:
            self.stack.setCurrentIndex(EMPTY)
            return
        self.edits.mode = self.place.stored_mode
        self.head.show_workflow(workflow, self.place, self.says)
        if self.calm.is_open:
            self.calm.show_places(self.keys.undisputed_now())
        shows = {PILOT: STAGES, TABLE: ANSWERS}.get(self.place.view, WALK)
        shows = CALM if self.calm.is_open else shows
        self.stack.setCurrentIndex(shows)
        if shows == STAGES:
            if self.stages.workflow != workflow or not self.stages.ids:
                self.stages.show_workflow(workflow)
            chosen = self.stages.ids[max(0, self.stage_table.currentIndex().row())]
            self.pilot_band.show_faces(self.says.flow(workflow), chosen, is_strip=False)
        elif shows == ANSWERS:
            self.answers.show_asks(self.place.found(), self.place.stored_mode)
        elif shows == WALK:
            calm = len(self.keys.undisputed()) if self.place.mode == DISPUTED else 0
            self.board.show_walk(workflow, self.head.progress.text(), calm)

    # What the prompt asks.

    def _ask_reason(self, sentence: str, then: Callable[[str], object]) -> None:
        self._ask_text(sentence, "", then)

    def _ask_text(self, sentence: str, text: str, then: Callable[[str], object]) -> None:
        self.prompt.ask(sentence, lambda typed: then(typed.text), text=text)

    def _put_stage(self, **fields: object) -> None:
        ask, was_inside = self.ask(), self.side.isAncestorOf(self.focusWidget() or self)
        if ask and ask.question.stage and self.place.workflow:
            self.edits.stage(self.place.workflow, ask.question.stage, **fields)
            if was_inside:
                self.card.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_walk = self.desk.is_open and self.stack.currentIndex() == WALK
        if not (is_walk and self.keys.press(event)):
            super().keyPressEvent(event)

    def _open_part(self, part: str) -> None:
        """What one answer of the wrapper test rests on."""
        if self.place.workflow:
            found = part_place(part, self.place.workflow)
            (self.go_to if found.page == self.key else self.bench.go)(found)

    def open_gap(self, ask: Ask) -> None:
        key = gap_key(ask.question.id, ask.kept)
        self.bench.go(Place("gaps", self.place.workflow, ask.question.id, ask.kept, key))
