"""Why this number: the answers behind one workflow's estimate, those that move it most first."""

from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.replies import Standing, Status
from app.domain.risk.results import Contribution
from app.ui.models.targets import question_text, target_name
from app.ui.page import Bench, translate

DETAIL_ROLE = Qt.ItemDataRole.UserRole + 21
SHIFT_ROLE = Qt.ItemDataRole.UserRole + 22
"""Part of the largest shift, -1 to 1."""
QUESTION_ROLE = Qt.ItemDataRole.UserRole + 23
CATEGORY_ROLE = Qt.ItemDataRole.UserRole + 24
DIRECTION_ROLE = Qt.ItemDataRole.UserRole + 25
NONE = QModelIndex()
HARDLY = 0.0005
"""Below a twentieth of a point nothing is said to raise or lower."""


class Reason(Struct, frozen=True):
    """One contribution with how its answer stands."""

    contribution: Contribution
    standing: Standing


class ContributionModel(QAbstractListModel):
    """What nobody was asked counts as typical: it is counted, not listed."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.workflow: WorkflowId | None = None
        self.reasons: tuple[Reason, ...] = ()
        self._widest = 1.0

    def show_workflow(self, workflow: WorkflowId | None) -> None:
        self.beginResetModel()
        self.workflow = workflow
        self.reasons = self._found(workflow) if workflow else ()
        shifts = (abs(r.contribution.shift) for r in self.reasons)
        self._widest = max(shifts, default=0.0) or 1.0
        self.endResetModel()

    def _found(self, workflow: WorkflowId) -> tuple[Reason, ...]:
        desk = self._bench.desk
        standings: dict[tuple[QuestionId, Target], Standing] = {
            (s.question.id, s.target): s for s in desk.case(workflow).standings
        }
        found = [
            Reason(c, standing)
            for c in desk.estimate(workflow).contributions
            if c.question
            and (standing := standings.get((c.question, c.target)))
            and standing.status is not Status.NOT_ASKED
        ]
        found.sort(key=lambda r: -abs(r.contribution.shift))
        return tuple(found)

    def rowCount(self, parent: QModelIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.reasons)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        reason = self.reasons[index.row()]
        found = reason.contribution
        if role == Qt.ItemDataRole.DisplayRole:
            return question_text(self._bench.desk.audit.bank, found.question)
        if role == DETAIL_ROLE:
            return self._detail(reason)
        if role == SHIFT_ROLE:
            return found.shift / self._widest
        if role == QUESTION_ROLE:
            return found.question
        if role == DIRECTION_ROLE:
            return direction(found.shift)
        if role == CATEGORY_ROLE:
            return found.category
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            text = question_text(self._bench.desk.audit.bank, found.question)
            return f"{text}\n{self._detail(reason)}\n{direction(found.shift)}"
        return None

    def _detail(self, reason: Reason) -> str:
        """`RT-01 · 1 Informal, said`."""
        standing, words = reason.standing, self._bench.words
        audit = self._bench.desk.audit
        said = words(f"status.{standing.status.value}")
        if standing.status is Status.ANSWERED and standing.level is not None:
            name = audit.bank.level_names[standing.level]
            said = words("label.level_named", level=standing.level, name=name)
            if standing.settled:
                said = f"{said}, {words.of(standing.settled.grade, 'grade').partition(':')[0]}"
        parts = [str(standing.question.id), said]
        if standing.target != self.workflow:
            parts.append(target_name(audit, standing.target, words))
        return " · ".join(parts)


def direction(shift: float) -> str:
    if abs(shift) < HARDLY:
        return translate("as typical")
    return translate("raises it") if shift > 0 else translate("lowers it")
