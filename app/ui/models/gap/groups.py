"""Gaps of the same question as one row that can be ticked: what if all of them were closed?"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from app.domain.audit import Audit
from app.domain.gaps import WORST_FIRST, Gap, gaps
from app.domain.ids import GapKey, QuestionId, WorkflowId
from app.domain.planning import Severity
from app.domain.replies import active_cases
from app.ui.page import Bench

NONE = QModelIndex()


class GapGroup(Struct, frozen=True):
    question: QuestionId
    text: str
    keys: tuple[GapKey, ...]
    workflows: tuple[WorkflowId, ...]
    severity: Severity
    """The worst of its gaps."""


def gap_groups(audit: Audit, today: dt.date) -> tuple[GapGroup, ...]:
    """Worst first, then those that touch most workflows, then bank order; for a worker."""
    found: dict[QuestionId, list[Gap]] = {}
    for gap in gaps(audit, active_cases(audit, today)):
        found.setdefault(gap.question, []).append(gap)
    questions = {q.id: q for q in audit.bank.questions}
    groups = [
        GapGroup(
            question=question,
            text=questions[question].gap or questions[question].text,
            keys=tuple(gap.key for gap in members),
            workflows=tuple(sorted({w for gap in members for w in gap.workflows})),
            severity=min((gap.severity for gap in members), key=WORST_FIRST.index),
        )
        for question, members in found.items()
    ]
    groups.sort(key=lambda g: (WORST_FIRST.index(g.severity), -len(g.workflows)))
    return tuple(groups)


class GapGroupModel(QAbstractListModel):
    """Keeps which questions are ticked; the groups come from a worker."""

    ticked_changed = Signal()

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = bench.words
        self.groups: tuple[GapGroup, ...] = ()
        self._ticked: set[QuestionId] = set()

    def show_groups(self, groups: tuple[GapGroup, ...]) -> None:
        """Ticks stay where there is still a gap to close."""
        if groups == self.groups:
            return
        self.beginResetModel()
        self.groups = groups
        self._ticked &= {group.question for group in groups}
        self.endResetModel()

    @property
    def ticked(self) -> tuple[GapGroup, ...]:
        return tuple(group for group in self.groups if group.question in self._ticked)

    def clear(self) -> None:
        self._ticked.clear()
        self._tell(range(len(self.groups)))

    def rowCount(self, parent: QModelIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.groups)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        group = self.groups[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{group.text} · {self._words.count('workflow', len(group.workflows))}"
        if role == Qt.ItemDataRole.CheckStateRole:
            ticked = group.question in self._ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        question = self.groups[index.row()].question
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(question)
        else:
            self._ticked.discard(question)
        self._tell((index.row(),))
        return True

    def _tell(self, rows: Collection[int]) -> None:
        for row in rows:
            place = self.index(row, 0)
            self.dataChanged.emit(place, place, [Qt.ItemDataRole.CheckStateRole])
        self.ticked_changed.emit()
