"""Findings by kind: a kind with several records unfolds, every line leads to one record."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from app.desk.desk import Desk
from app.domain.findings import Finding
from app.ui.mending import subject
from app.ui.models.gap.words import finding_text
from app.words import Words

Index = QModelIndex
NONE = QModelIndex()
SEVERITY_ROLE = Qt.ItemDataRole.UserRole
SUBJECT_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
TOP = 0


class FindingModel(QAbstractItemModel):
    """The checks' own result, grouped; names are read from the audit when a line is painted."""

    def __init__(self, desk: Desk, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._words = desk, words
        self._groups: list[tuple[Finding, ...]] = []

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Findings in the order of the checks: contradictions first, then by kind."""
        groups = [tuple(group) for _, group in groupby(findings, key=lambda f: f.kind)]
        if groups == self._groups:
            return
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()

    def finding(self, index: Index) -> Finding | None:
        """The finding of a line; a folded kind stands for its first one."""
        if not index.isValid():
            return None
        if index.internalId() == TOP:
            return self._groups[index.row()][0]
        return self._groups[index.internalId() - 1][index.row()]

    def sentence(self, finding: Finding) -> str:
        return finding_text(self._desk.audit, finding, self._words)

    # Qt's face.

    def rowCount(self, parent: Index = NONE) -> int:
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() != TOP or parent.column() != 0:
            return 0
        count = len(self._groups[parent.row()])
        return count if count > 1 else 0

    def columnCount(self, _parent: Index = NONE) -> int:
        return 1

    def index(self, row: int, column: int, parent: Index = NONE) -> Index:
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else TOP)

    def parent(self, index: Index = NONE) -> Any:
        if not index.isValid() or index.internalId() == TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, TOP)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.finding(index)
        if finding is None or not self._desk.is_open:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.sentence(finding)
        if role == SEVERITY_ROLE:
            return finding.severity.value
        if role == COUNT_ROLE:
            return max(1, self.rowCount(index))
        if role == SUBJECT_ROLE:
            return subject(self._desk.audit, finding)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            severity = self._words(f"finding_severity.{finding.severity}")
            return f"{severity}: {self.sentence(finding)} {subject(self._desk.audit, finding)}"
        return None
