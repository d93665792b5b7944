"""Edge cases as a table one can type in: what went wrong, and the answer an expert would accept."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from app.domain.audit import Audit
from app.domain.ids import EdgeCaseId, WorkflowId
from app.domain.workshop import EdgeCaseState
from app.ui.models.choices import people
from app.ui.models.columns import Column, Kind
from app.ui.models.past import workflows
from app.ui.models.records import Index, RecordModel
from app.ui.page import Bench, translate

STATE_TINTS = {
    EdgeCaseState.IDENTIFIED: "not_defined",
    EdgeCaseState.LABELLED: "may_build",
    EdgeCaseState.TRAINED: "stop_or_pause",
    EdgeCaseState.VALIDATED: "may_go_live",
}
"""State of a case to the state whose tint its chip has."""


class EdgeCaseModel(RecordModel):
    """`new_for`: the workflow that a row typed at the end belongs to."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        tr, kind, words = translate, Kind, bench.words
        self.new_for: WorkflowId | None = None
        self.added: set[str] = set()
        """Typed since the page was opened: a filter does not take them away."""
        states = {s.value: words.of(s, "edge_case") for s in EdgeCaseState}

        def tint(audit: Audit, id_: str) -> str:
            return STATE_TINTS[audit.edge_cases[EdgeCaseId(id_)].state]

        columns = [
            Column(tr("What happened"), "text", width=330),
            Column(tr("Workflow"), "workflow", kind.CHOICE, workflows, width=170),
            Column(
                tr("State"), "state", kind.CHOICE, lambda _audit: states, tone=tint, width=110
            ),
            Column(
                tr("Golden response"), "golden", width=260,
                tip=tr("The answer an expert would accept"),
            ),
            Column(tr("Expert"), "expert", kind.CHOICE, people, adds_people=True, width=130),
            Column(tr("Found"), "found", kind.DATE, width=95, tip=tr("Year-month-day")),
            Column(tr("Note"), "note", width=200),
        ]  # fmt: skip
        super().__init__(
            bench.desk, bench.look, "edge_cases", columns,
            word=tr("edge case"), prefix="ec", parent=parent,
        )  # fmt: skip

    def _new_id(self, taken: set[str]) -> str:
        made = super()._new_id(taken)
        self.added.add(made)
        return made

    def _new_record(self, fields: dict[str, Any]) -> Any:
        """Of the workflow chosen above, found today, until something else is typed."""
        made = {"workflow": self.new_for, "found": self.desk.today()}
        made |= {f: v for f, v in fields.items() if v is not None}
        if not made["workflow"]:
            raise ValueError(translate("An edge case belongs to a workflow"))
        return super()._new_record(made)

    def _adding(self, index: Index, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and index.isValid() and index.column() == 0:
            return translate("Type what happened to add a case")
        return super()._adding(index, role)
