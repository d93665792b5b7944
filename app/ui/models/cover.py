"""The conditions map: how each entry question and go-live condition stands in each workflow."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject

from app.charts.frame import initials_of
from app.charts.palette import CONDITIONS, INK, PAPER
from app.domain.answers import FindOut
from app.domain.bank import Question
from app.domain.conditions import (
    WORST_FIRST,
    ConditionState,
    entry_questions,
    golive_questions,
    standing_state,
)
from app.domain.ids import QuestionId, WorkflowId
from app.domain.replies import Standing
from app.ui.models.matrix import Cell, Head, MatrixModel, RowHead
from app.ui.models.register import ENTRY, Known, Register, short_name
from app.ui.style import STATE_TONES
from app.words import Words

MET, NAME = "met", "name"
NOT_KNOWN = (ConditionState.UNKNOWN, ConditionState.NOT_ASKED)
LIGHT_ON = (ConditionState.MET, ConditionState.NOT_MET)


class CoverModel(MatrixModel):
    def __init__(self, register: Register, words: Words, parent: QObject | None = None) -> None:
        super().__init__(register.desk, parent)
        self._register, self._words = register, words
        self.wanted: Callable[[WorkflowId], bool] = lambda _workflow: True

    def make_heads(self) -> tuple[Head, ...]:
        bank = self.desk.audit.bank
        entry, golive = self.tr("Entry questions"), self.tr("Conditions for going live")
        return (
            *(self._head(q, ENTRY + q.id, entry) for q in entry_questions(bank)),
            *(self._head(q, q.id, golive) for q in golive_questions(bank)),
            Head(MET, self._words("label.met"), sample="12 of 12"),
        )

    def _head(self, question: Question, key: str, group: str) -> Head:
        name = short_name(self._words, self.desk.audit.bank, question.id)
        return Head(key, name, (f"{question.id}  {name}", question.text), group)

    def ordered_ids(self) -> list[str]:
        ids = [w for w in self._register.active() if self.wanted(w)]
        if self.sorted_by == NAME:
            records = self.desk.audit.workflows
            ids.sort(key=lambda w: records[w].name.casefold(), reverse=self.is_reversed)
        elif self.sorted_by:
            ids.sort(key=self._rank, reverse=self.is_reversed)
        return [str(w) for w in ids]

    def _rank(self, workflow: WorkflowId) -> int:
        """Few conditions met, or the worst state of one condition, first."""
        known = self._register.all().get(workflow)
        if known is None:
            return 0
        if self.sorted_by == MET:
            return known.met
        state = known.of(self.sorted_by)
        return WORST_FIRST.index(state) if state else len(WORST_FIRST)

    def make_name(self, id_: str) -> RowHead:
        record = self.desk.audit.workflows[WorkflowId(id_)]
        state = self._register.known(WorkflowId(id_)).state.value
        detail = self._words(f"state.{state}")
        tip = (record.name, detail, self.tr("Click to walk the flow."))
        return RowHead(record.name, detail, STATE_TONES[state][0], tip)

    def make_cell(self, id_: str, head: Head) -> Cell:
        workflow = WorkflowId(id_)
        known = self._register.known(workflow)
        if head.key == MET:
            of = len(known.conditions.golive)
            return Cell(self._words("label.n_of_m", n=known.met, of=of), bold=False)
        state = known.of(head.key)
        if state is None:
            return Cell()
        detail = ""
        if state is ConditionState.UNKNOWN:
            task = self.finder(workflow, question_of(head.key))
            person = self.desk.audit.people.get(task.who) if task and task.who else None
            detail = initials_of(person.name) if person else ""
        name = self.desk.audit.workflows[workflow].name
        word = self._words(f"condition.{state.value}")
        return condition_cell(state, self._words, detail, (f"{name}, {head.title}: {word}",))

    # What stands behind a cell.

    def known(self, workflow: WorkflowId) -> Known:
        return self._register.known(workflow)

    def standing(self, workflow: WorkflowId, column: str) -> Standing | None:
        """The answer that decides the cell: over several sources the worst."""
        question = self.desk.audit.bank.question(question_of(column))
        level = question.phase1_at if column.startswith(ENTRY) else question.golive_at
        found = self.desk.case(workflow).of(question.id)
        return min(
            found, key=lambda s: WORST_FIRST.index(standing_state(s, level or 0)), default=None
        )

    def finder(self, workflow: WorkflowId, question: QuestionId) -> FindOut | None:
        """Who finds out what nobody knew."""
        for standing in self.desk.case(workflow).of(question):
            answer = self.desk.audit.answers.get(standing.target, {}).get(question)
            if answer and answer.find_out:
                return answer.find_out
        return None


class Shown(StrEnum):
    """States as words for the map: unknown and not asked are printed alike."""

    MET = "met"
    SAID = "said"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"


def shown(state: ConditionState) -> Shown:
    return Shown.NOT_KNOWN if state in NOT_KNOWN else Shown(state.value)


def question_of(column: str) -> QuestionId:
    return QuestionId(column.removeprefix(ENTRY))


def condition_cell(
    state: ConditionState, words: Words, detail: str = "", tip: tuple[str, ...] = ()
) -> Cell:
    """A state as the map paints it: a word on its colour, hatched where nobody knows."""
    code = shown(state)
    said = words(f"condition.{state.value}")
    text = words(f"chart.cover.short.{code.value}")
    if code is Shown.NOT_KNOWN:
        return Cell(text, detail, hatched=True, tip=tip, said=said)
    if code is Shown.NOT_APPLICABLE:
        return Cell(text, empty=True, bold=False, tip=tip, said=said)
    ink = PAPER if state in LIGHT_ON else INK
    return Cell(text, detail, fill=CONDITIONS[code.value], ink=ink, tip=tip, said=said)
