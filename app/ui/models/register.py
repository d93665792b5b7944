"""Which workflows a map shows, in which order, and how each one stands."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from app.desk.desk import Desk
from app.domain.bank import Bank
from app.domain.conditions import Conditions, ConditionState, WorkflowState, conditions
from app.domain.ids import QuestionId, StageId, WorkflowId
from app.domain.risk.results import StageCover
from app.domain.risk.stages import stages_missing
from app.words import Words

FEW = 40
"""Up to here all workflows are looked at anew at once (0.2 ms each); beyond, the worker's figures
order and count them."""
STATE_ORDER = tuple(WorkflowState)
ENTRY = "entry."
"""Marks an entry question among the columns, as two of them are conditions too."""


class Known(Struct, frozen=True):
    """How one workflow stands."""

    state: WorkflowState
    conditions: Conditions
    cover: Mapping[StageId, StageCover]

    @property
    def met(self) -> int:
        return sum(s.is_held for s in self.conditions.golive.values())

    def of(self, column: str) -> ConditionState | None:
        """The state of a condition, or of an entry question where it is marked as one."""
        if column.startswith(ENTRY):
            return self.conditions.entry.get(QuestionId(column.removeprefix(ENTRY)))
        return self.conditions.golive.get(QuestionId(column))


class Register:
    """Every active workflow; what was computed counts for one value of the audit."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._audit: object = None
        self._one: dict[WorkflowId, Known] = {}
        self._last: tuple[object, object, object] = (None, None, None)
        self._all: dict[WorkflowId, Known] = {}
        self._ordered: list[WorkflowId] = []
        self._order_of: tuple[object, object] = (None, None)

    def known(self, workflow: WorkflowId) -> Known:
        """One workflow as it stands now."""
        if self._audit is not self.desk.audit:
            self._audit = self.desk.audit
            self._one.clear()
        if workflow not in self._one:
            case = self.desk.case(workflow)
            found = conditions(self.desk.audit.bank, case)
            state = found.state(live=case.workflow.is_live)
            cover = stages_missing(self.desk.audit, workflow).cover
            self._one[workflow] = Known(state, found, cover)
        return self._one[workflow]

    def all(self) -> Mapping[WorkflowId, Known]:
        """All active ones: as they stand where they are few, else as last computed; may be none."""
        audit, figures = self.desk.audit, self.desk.portfolio
        few = len(audit.workflows) <= FEW
        # Where they are many the figures lag behind the audit anyway.
        now = (audit if few else None, audit.workflows, None if few else figures)
        if any(a is not b for a, b in zip(now, self._last, strict=True)):
            self._last = now
            ids = sorted(w for w, record in audit.workflows.items() if record.is_active)
            if few:
                self._all = {w: self.known(w) for w in ids}
            else:
                here = set(ids)
                self._all = {
                    e.id: Known(e.state, e.conditions, e.stages.cover)
                    for e in (figures.estimates if figures else ())
                    if e.id in here
                }
        return self._all

    @property
    def is_at_once(self) -> bool:
        """Few enough to be looked at anew after every edit."""
        return len(self.desk.audit.workflows) <= FEW

    def active(self) -> Sequence[WorkflowId]:
        """By state, then yearly benefit, then id; live ones first where states are not known yet.

        Sorted once for a value of the records and the figures: several parts of a page ask.
        """
        found, records = self.all(), self.desk.audit.workflows
        if self._order_of[0] is found and self._order_of[1] is records:
            return self._ordered

        def place(workflow: WorkflowId) -> tuple[int, float, str]:
            record, known = records[workflow], found.get(workflow)
            rank = STATE_ORDER.index(known.state) if known else int(not record.is_live)
            return rank, -(record.yearly_benefit or 0), workflow

        self._ordered = sorted((w for w, r in records.items() if r.is_active), key=place)
        self._order_of = found, records
        return self._ordered


def short_name(words: Words, bank: Bank, question: QuestionId) -> str:
    """A few words for a question of the shipped bank, else its id."""
    if bank.title == words("short.bank") and words.has(f"short.{question}"):
        return words(f"short.{question}")
    return str(question)
