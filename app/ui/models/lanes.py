"""The lanes of the screen as lists of workflows, exposed ones first, then by yearly benefit."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from app.desk.desk import Desk
from app.domain.answers import Screening
from app.domain.ids import WorkflowId
from app.domain.landscape import Workflow
from app.domain.lanes import is_exposed, is_screened, lane, order_in_lane
from app.ui.models.screening import is_row
from app.words import Words

NONE = QModelIndex()
WORKFLOW_ROLE = Qt.ItemDataRole.UserRole
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1
EXPOSED_ROLE = Qt.ItemDataRole.UserRole + 2
OUTCOME_ROLE = Qt.ItemDataRole.UserRole + 3
Place = tuple[str, tuple[bool, float]]


class Sorting:
    """Which lane each screened workflow is in; what did not change is not looked at again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._places: dict[WorkflowId, tuple[Screening, Workflow, Place]] = {}
        self._bank: object = None

    def lanes(self) -> Mapping[str, list[WorkflowId]]:
        """Lane id to its workflows in their order; only those whose screening is finished."""
        audit = self._desk.audit
        if audit.bank is not self._bank:
            self._bank = audit.bank
            self._places.clear()
        found: dict[str, list[tuple[tuple[bool, float], str, WorkflowId]]] = {}
        for workflow, screening in audit.screening.items():
            record = audit.workflows.get(workflow)
            if record is None or not is_row(record) or not is_screened(audit.bank, screening):
                continue
            name, order = self._place(workflow, screening, record)
            found.setdefault(name, []).append((order, record.name.casefold(), workflow))
        return {name: [w for *_, w in sorted(items)] for name, items in found.items()}

    def _place(self, workflow: WorkflowId, screening: Screening, record: Workflow) -> Place:
        before = self._places.get(workflow)
        if before and before[0] is screening and before[1] is record:
            return before[2]
        bank = self._desk.audit.bank
        made = (
            lane(bank, screening, live=record.is_live).value,
            order_in_lane(bank, screening, record),
        )
        self._places[workflow] = screening, record, made
        return made


class LaneModel(QAbstractListModel):
    """One lane: which workflows it shows, in their order."""

    def __init__(self, desk: Desk, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self._words = desk, words
        self.ids: list[WorkflowId] = []

    def show_ids(self, ids: Sequence[WorkflowId]) -> None:
        """The same workflows are only painted again, so that what is chosen stays chosen."""
        if list(ids) == self.ids:
            if self.ids:
                self.dataChanged.emit(self.index(0), self.index(len(self.ids) - 1))
            return
        self.beginResetModel()
        self.ids = list(ids)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.desk.is_open:
            return None
        workflow = self.ids[index.row()]
        record = self.desk.audit.workflows.get(workflow)
        if record is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return record.name
        if role == WORKFLOW_ROLE:
            return workflow
        if role == DETAIL_ROLE:
            return self._detail(record)
        if role == EXPOSED_ROLE:
            audit = self.desk.audit
            return is_exposed(audit.bank, audit.screening.get(workflow, Screening()))
        if role == OUTCOME_ROLE:
            return self._words.of(record.outcome, "outcome") if record.outcome else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (record.name, self._detail(record), index.data(OUTCOME_ROLE))
            return ", ".join(part for part in parts if part)
        return None

    def _detail(self, record: Workflow) -> str:
        """Lifecycle, benefit and owner, as far as they are known."""
        audit, parts = self.desk.audit, []
        if record.lifecycle:
            parts.append(self._words.of(record.lifecycle, "lifecycle"))
        if record.yearly_benefit:
            currency = audit.organisation.currency
            parts.append(self._words.money(record.yearly_benefit, currency))
        if record.owner in audit.people:
            parts.append(audit.people[record.owner].name)
        return " · ".join(parts)
