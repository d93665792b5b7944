"""From pilot to production: who did each stage by hand, and what has to do it instead."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QObject, Qt

from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.edits import records
from app.domain.ids import NOBODY, StageId, WorkflowId
from app.domain.landscape import Mechanism, StageRecord, StageState
from app.ui.models.choices import choices_of, people
from app.ui.models.columns import Choices, Column, Kind
from app.ui.models.reading import Reading
from app.ui.models.records import RecordModel
from app.ui.models.walk.ask import stage_record
from app.ui.page import Bench, translate

Index = QModelIndex


class StageModel(RecordModel):
    """The seven stages of one workflow as rows."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(
            bench.desk, bench.look, "stages", _columns(bench),
            word=translate("stage"), prefix="", parent=parent,
        )  # fmt: skip
        self.adds_rows = False
        self.workflow: WorkflowId | None = None

    def show_workflow(self, workflow: WorkflowId | None) -> None:
        self.workflow = workflow
        self.show_audit()

    def follow(self, changes: Sequence[Change]) -> None:
        if self.ids != self._ordered():
            self.show_audit()
        elif self.ids and changes:
            last = self.index(len(self.ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid():
            column = self.columns[index.column()]
            record = self._record(self.desk.audit, self.ids[index.row()])
            if column.show is _left_to_model:
                return self._look.color(_tone(record))
            if column.field == "owner" and record.owner == NOBODY:
                return self._look.color("alarm")
        return super().data(index, role)

    def put_block(self, row: int, column: int, block: Sequence[Sequence[str]]) -> bool:
        assert self.workflow is not None
        self._reading = Reading(self.desk.audit, sum(map(len, block)))
        made = []
        for r, (id_, cells) in enumerate(zip(self.ids[row:], block, strict=False), row):
            if fields := self._fields(r, column, cells):
                record = replace(self._record(self.desk.audit, id_), **fields)
                made.append(("stages", (self.workflow, id_), record))
        name = self.desk.audit.workflows[self.workflow].name
        label = self.tr("Stages of {0}").format(name)
        taken = bool(made) and self._apply(label, records.put_all, made)
        self._say(is_taken=taken)
        return taken

    def remove(self, rows: Sequence[int]) -> bool:  # noqa: ARG002 - stages are the bank's
        return False

    def _ordered(self) -> list[str]:
        if not self.desk.is_open or self.workflow not in self.desk.audit.workflows:
            return []
        return [s.id for s in sorted(self.desk.audit.bank.stages, key=lambda s: s.order)]

    def _text(self, audit: Audit, column: Column, id_: str) -> str:
        if column.show is _left_to_model:
            return to_do(self._record(audit, id_))
        return super()._text(audit, column, id_)

    def _has(self, audit: Audit, id_: str) -> bool:
        """A stage without a record is shown too: nothing about it was recorded."""
        return self.workflow in audit.workflows and any(s.id == id_ for s in audit.bank.stages)

    def _record(self, audit: Audit, id_: str) -> StageRecord:
        assert self.workflow is not None
        return stage_record(audit, self.workflow, StageId(id_))


def _columns(bench: Bench) -> list[Column]:
    tr, kind = translate, Kind

    def title(audit: Audit, id_: str) -> str:
        return next((f"{s.order}  {s.title}" for s in audit.bank.stages if s.id == id_), id_)

    return [
        Column(tr("Stage"), show=title, width=150),
        Column(tr("By hand in the pilot"), "by_hand", width=235),
        Column(tr("Owner"), "owner", kind.CHOICE, _owners, adds_people=True, width=130),
        Column(
            tr("Done by"), "mechanism", kind.CHOICE,
            choices_of(bench.words, Mechanism, "mechanism"), width=135,
        ),
        Column(tr("Tool"), "tool", width=105),
        Column(tr("How far"), "state", kind.CHOICE, _states(), width=95),
        Column(tr("To be automated"), show=_left_to_model, width=175),
        Column(tr("Note"), "note", width=100),
    ]  # fmt: skip


def _owners(audit: Audit) -> Mapping[str, str]:
    return {"": "", NOBODY: translate("No owner"), **{k: v for k, v in people(audit).items() if k}}


def _states() -> Choices:
    names = {
        StageState.BY_HAND: translate("by hand"),
        StageState.PLANNED: translate("planned"),
        StageState.PARTLY: translate("partly built"),
        StageState.RUNNING: translate("running"),
    }
    made = {"": "", **{state.value: name for state, name in names.items()}}
    return lambda _audit: made


def _left_to_model(_audit: Audit, _id: str) -> str:
    """Which workflow is meant only the model knows: see `StageModel._text`."""
    return ""


def to_do(record: StageRecord) -> str:
    """What is left to automate, from mechanism and state."""
    if record.mechanism is Mechanism.NOBODY:
        return translate("All of it: nobody does it")
    if record.mechanism is Mechanism.USER or record.state is StageState.BY_HAND:
        return translate("All of it: done by hand")
    if record.state is StageState.PLANNED:
        return translate("All of it: only planned")
    if record.state is StageState.PARTLY:
        return translate("The rest: partly built")
    if record.state is StageState.RUNNING and record.mechanism:
        return translate("Nothing: it runs")
    return translate("Not recorded")


def _tone(record: StageRecord) -> str:
    by_hand = record.mechanism in (Mechanism.NOBODY, Mechanism.USER)
    if by_hand or record.state is StageState.BY_HAND:
        return "alarm"
    if record.state in (StageState.PLANNED, StageState.PARTLY):
        return "warn"
    return "good" if record.state is StageState.RUNNING and record.mechanism else "third"
