"""Rows of an import as tables: how the first would come in, and what would happen to each."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.domain.edits.imports import (
    EVIDENCE,
    ImportPlan,
    IncomingRow,
    MissingRow,
    PlannedRow,
    RowStatus,
    Why,
    row_texts,
)
from app.exchange.inventory import InventoryMapping
from app.exchange.inventory.summary import REASONS
from app.ui.page import translate

Index = QModelIndex
NONE = QModelIndex()
KEPT = "kept"
"""Beside the states of rows: a person typed over something the file says otherwise."""
MISSING, RETIRED = "missing", "retired"
"""Of a workflow that is no longer in the inventory: left as it is, or marked as retired."""
LONGEST = 400
"""Characters of a cell; the rest is in the file."""


class IncomingModel(QAbstractTableModel):
    """One column for each field that any of the rows fills."""

    def __init__(self, title: Callable[[str], str], parent: QObject | None = None) -> None:
        """`title` gives the words for a field."""
        super().__init__(parent)
        self._title = title
        self._rows: list[tuple[int, dict[str, str]]] = []
        self._fields: list[str] = []

    def show_rows(self, rows: Sequence[IncomingRow]) -> None:
        self.beginResetModel()
        self._rows = [(row.number, row_texts(row)) for row in rows]
        self._fields = list(dict.fromkeys(field for _, texts in self._rows for field in texts))
        if "name" in self._fields:
            self._fields.insert(0, self._fields.pop(self._fields.index("name")))
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self._fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(self._rows[section][0]) if section < len(self._rows) else None
        return self._title(self._fields[section]) if section < len(self._fields) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self._rows[index.row()][1].get(self._fields[index.column()], "")
            return _cut(text if role == Qt.ItemDataRole.ToolTipRole else " ".join(text.split()))
        return None


class PlanModel(QAbstractTableModel):
    """One line for each row of the file, in the file's order; then what the file lacks."""

    def __init__(
        self, title: Callable[[str], str], word: Callable[[str], str], parent: QObject | None = None
    ) -> None:
        """`title` gives the words for a field, `word` those for a state."""
        super().__init__(parent)
        self._title, self._word = title, word
        self._names: Callable[[str], str] = str
        self._gone = MISSING
        self._rows: list[PlannedRow | MissingRow] = []

    def show_plan(
        self,
        plan: ImportPlan | None,
        wanted: Collection[str] = (),
        names: Callable[[str], str] = str,
    ) -> None:
        """Rows in the wanted states, all where none is wanted; `names` of workflows by id."""
        self.beginResetModel()
        self._names = names
        self._gone = RETIRED if plan and plan.retire else MISSING
        rows: Sequence[PlannedRow | MissingRow] = (*plan.rows, *plan.missing) if plan else ()
        self._rows = [row for row in rows if not wanted or states(row) & set(wanted)]
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            if section >= len(self._rows):
                return None
            row = self._rows[section]
            return "–" if isinstance(row, MissingRow) else str(row.row.number)
        return (self.tr("Workflow"), self.tr("What happens"), self.tr("Details"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row()]
        if isinstance(row, MissingRow):
            came = self.tr("It came from row {0} of {1}.").format(row.row, row.file)
            known = self.tr("It was missing in {0} already.").format(row.file)
            details = came if row.row else known
            return (self._names(row.workflow), self._word(self._gone), details)[index.column()]
        if index.column() == 0:
            return row.row.values.get("name", self.tr("no name"))
        if index.column() == 1:
            return self._word(row.status.value)
        text = self._details(row)
        return _cut(text if role == Qt.ItemDataRole.ToolTipRole else " ".join(text.split()))

    def _details(self, row: PlannedRow) -> str:
        parts = [REASONS[row.why]] if row.why is not None else []
        if row.status is RowStatus.TAKEN:
            parts.append(", ".join(self._title(change.field) for change in row.changes))
            return " ".join(parts)
        for change in row.changes:
            said = self._title(change.field), _short(change.old), _short(change.new)
            if change.typed_over or row.why is Why.OLDER:
                parts.append(self.tr("{0}: kept “{1}”, the file says “{2}”.").format(*said))
            else:
                parts.append(self.tr("{0}: “{1}” becomes “{2}”.").format(*said))
        return "\n".join(parts)


def states(row: PlannedRow | MissingRow) -> set[str]:
    """The row's own state, and that something typed here was kept."""
    if isinstance(row, MissingRow):
        return {MISSING}
    found = {row.status.value}
    if any(change.typed_over for change in row.changes):
        found.add(KEPT)
    return found


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= 60 else one[:59] + "…"


def field_title(mapping: InventoryMapping, field: str) -> str:
    """Words for a field of an inventory."""
    known = {
        "name": translate("Name"),
        "source_id": translate("Id in the file"),
        "unit": translate("Unit"),
        "owner": translate("Owner"),
        "purpose": translate("Purpose"),
        "lifecycle": translate("Lifecycle"),
        "personal_data": translate("Personal data"),
        "go_live": translate("Live since"),
        "model": translate("Model"),
        "provider": translate("Provider"),
        "in_scope": translate("In scope"),
        "context": translate("Data it uses"),
    }
    if field in known:
        return known[field]
    id_ = field.removeprefix(EVIDENCE)
    title = next((each.title for each in mapping.evidence if each.id == id_), id_)
    return translate("Evidence: {0}").format(title)
