"""What stands behind one cell of the conditions map, and what is missing to meet it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.bank import Question
from app.domain.conditions import ConditionState, standing_state
from app.domain.ids import ORGANISATION, QuestionId, WorkflowId
from app.domain.replies import Standing
from app.domain.sessions import named_people
from app.ui.models.cover import MET, CoverModel, question_of
from app.ui.models.register import ENTRY, short_name
from app.ui.page import Bench, Place, button, card, label


class ConditionDetail(QWidget):
    def __init__(self, bench: Bench, model: CoverModel) -> None:
        super().__init__()
        self._bench, self._model = bench, model
        self._place = Place("walk")
        frame, column = card(spacing=5)
        self.where = label("", "section")
        self.name = label("", "heading")
        self.question = label()
        self.state = label("", "lead")
        self.show_what = label()
        self.who = label()
        self.button = button(self.tr("Go to question"), "primary")
        self.button.clicked.connect(lambda: bench.go(self._place))
        self._show_title = label(self.tr("What to show"), "section")
        self._who_title = label(self.tr("Who finds out"), "section")
        for widget in (
            self.where, self.name, self.question, self.state, self._show_title, self.show_what,
            self._who_title, self.who, self.button,
        ):  # fmt: skip
            column.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        outer.addStretch(1)

    def show_nothing(self) -> None:
        for widget in self._parts():
            widget.hide()
        self.name.setText(self.tr("Choose a cell"))
        self.question.setText(
            self.tr("It says what to show, how it stands, and who finds out. Enter opens it.")
        )
        self.question.show()

    def _parts(self) -> tuple[QWidget, ...]:
        return (
            self.where, self.question, self.state, self.show_what, self.who, self.button,
            self._show_title, self._who_title,
        )  # fmt: skip

    def show_cell(self, workflow: WorkflowId, column: str) -> None:
        audit, words = self._bench.desk.audit, self._bench.words
        if workflow not in audit.workflows or not column:
            self.show_nothing()
            return
        for widget in self._parts():
            widget.show()
        self.where.setText(audit.workflows[workflow].name)
        if column == MET:
            self._show_workflow(workflow)
            return
        question = audit.bank.question(question_of(column))
        standing = self._model.standing(workflow, column)
        level = (question.phase1_at if column.startswith(ENTRY) else question.golive_at) or 0
        state = standing_state(standing, level) if standing else ConditionState.NOT_ASKED
        self.name.setText(short_name(words, audit.bank, question.id))
        self.question.setText(question.text)
        self.state.setText(self._sentence(state, standing, level, workflow))
        self.show_what.setText(question.evidence)
        self._show_title.setVisible(bool(question.evidence) and not state.is_held)
        self.show_what.setVisible(bool(question.evidence) and not state.is_held)
        self._show_finder(workflow, question, state)
        target = standing.target if standing else None
        self._place = Place("walk", workflow=workflow, question=question.id, target=target)

    def _show_workflow(self, workflow: WorkflowId) -> None:
        """The whole row: what is missing, condition by condition."""
        words, bank = self._bench.words, self._bench.desk.audit.bank
        found = self._model.known(workflow)
        self.name.setText(words(f"state.{found.state.value}"))
        of = len(found.conditions.golive)
        self.question.setText(
            self.tr("{0} conditions met.").format(words("label.n_of_m", n=found.met, of=of))
        )
        lines = [
            f"{short_name(words, bank, q)}: {words(f'condition.{s.value}')}"
            for q, s in found.conditions.golive.items()
            if not s.is_held
        ]
        self.state.setText("\n".join(lines) or self.tr("Every condition is met and shown."))
        for widget in (self._show_title, self.show_what, self._who_title, self.who):
            widget.hide()
        missing = next((q for q, s in found.conditions.golive.items() if not s.is_held), None)
        self._place = Place("walk", workflow=workflow, question=missing)

    def _sentence(
        self, state: ConditionState, standing: Standing | None, level: int, workflow: WorkflowId
    ) -> str:
        """How it stands, what it needs, and where the answer is kept."""
        bank, words = self._bench.desk.audit.bank, self._bench.words
        needed = self._level(level)
        word = words.opening(words(f"condition.{state.value}"))
        parts = [self.tr("{0}. It needs level {1}, shown.").format(word, needed)]
        if standing is not None and standing.level is not None:
            now = self._level(standing.level)
            voice = standing.settled
            how = words.of(voice.grade, "grade") if voice else self.tr("not settled")
            parts.append(self.tr("Now: level {0}, {1}.").format(now, how))
        if standing is not None and standing.target != workflow:
            parts.append(self._kept(standing))
        if state is ConditionState.NOT_APPLICABLE:
            parts.append(bank.question(standing.question.id).na_when if standing else "")
        return " ".join(part for part in parts if part)

    def _kept(self, standing: Standing) -> str:
        audit = self._bench.desk.audit
        if standing.target == ORGANISATION:
            return self.tr("Answered once for the organisation.")
        if standing.source:
            return self.tr("Decided by the source {0}.").format(audit.sources[standing.source].name)
        platform = audit.platforms.get(standing.target)
        return self.tr("Answered once for {0}.").format(platform.name) if platform else ""

    def _level(self, level: int) -> str:
        name = self._bench.desk.audit.bank.level_names[level]
        return self._bench.words("label.level_named", level=level, name=name)

    def _show_finder(self, workflow: WorkflowId, question: Question, state: ConditionState) -> None:
        """Who finds out and by when; where nobody was asked yet, who may know."""
        is_open = state in (ConditionState.UNKNOWN, ConditionState.NOT_ASKED)
        self._who_title.setVisible(is_open)
        self.who.setVisible(is_open)
        if state is ConditionState.UNKNOWN:
            self._who_title.setText(self.tr("Who finds out"))
            self.who.setText(self._finder(workflow, question.id))
        elif is_open:
            self._who_title.setText(self.tr("Whom to ask"))
            audit = self._bench.desk.audit
            people = sorted(named_people(audit).items())
            names = [person.name for _, person in people if person.area == question.who]
            areas = [r.label for r in audit.bank.respondents if r.id == question.who]
            self.who.setText(self.tr(" or ").join(names or areas) or self.tr("Anybody in the room"))

    def _finder(self, workflow: WorkflowId, question: QuestionId) -> str:
        task = self._model.finder(workflow, question)
        people = self._bench.desk.audit.people
        if task is None or (task.who is None and task.by is None):
            return self.tr("Nobody yet. Name somebody at the question.")
        who = people[task.who].name if task.who in people else self.tr("nobody yet")
        if task.by is None:
            return who
        return self.tr("{0}, by {1}").format(who, self._bench.words.date(task.by))
