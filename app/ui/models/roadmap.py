"""The plan as rows: phases with their actions, in the order of the plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QColor, QFont

from app.charts.palette import PHASES
from app.domain.audit import Audit
from app.domain.edits import plan as edits
from app.domain.ids import ActionKey, PersonId
from app.domain.plan.results import Plan, PlannedAction
from app.domain.planning import plan_month
from app.ui.models.choices import people
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import days, person_name, target_name
from app.ui.page import Bench, translate

ROW_ROLE = Qt.ItemDataRole.UserRole + 31
ACTION, TARGET, OWNER, DAYS, MONTHS = range(5)


class RoadmapRow(Struct, frozen=True):
    """A phase's heading where `action` is None, else one of its actions."""

    phase: int
    action: PlannedAction | None = None
    actions: int = 0
    effort: float = 0.0

    @property
    def key(self) -> str:
        return self.action.key if self.action else f"phase {self.phase}"


def roadmap_rows(actions: Sequence[PlannedAction]) -> list[RoadmapRow]:
    """By phase; inside a phase as the plan has them."""
    phases: dict[int, list[PlannedAction]] = {}
    for action in actions:
        phases.setdefault(action.phase, []).append(action)
    rows = []
    for phase, members in sorted(phases.items()):
        effort = sum(a.effort for a in members if not a.done)
        rows.append(RoadmapRow(phase, None, len(members), effort))
        rows += [RoadmapRow(phase, action) for action in members]
    return rows


class RoadmapModel(RowsModel[RoadmapRow]):
    """Owner and days can be typed; months are painted, moved and pinned by the view."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        self._bench = bench
        self.plan: Plan | None = None
        tr = translate
        columns = (
            RowColumn(tr("Action"), self._title, 300),
            RowColumn(tr("For"), self._target, 140),
            RowColumn(
                tr("Owner"), self._owner, 120, choices=lambda: people(bench.desk.audit),
                value=lambda r: (r.action.owner or "") if r.action else "", put=self._put_owner,
                tip=tr("Grey: the role, where no owner is named"),
                tone=lambda r: "" if r.action and r.action.owner else "third",
            ),
            RowColumn(tr("Days"), self._days, 56, put=self._put_days),
            RowColumn(tr("Months"), self._month, 300),
        )  # fmt: skip
        super().__init__(bench.desk, bench.look, columns, lambda r: r.key, parent)

    def show_plan(self, plan: Plan | None, search: str = "") -> None:
        self.plan = plan
        wanted = search.casefold()
        actions = plan.actions if plan else ()
        if wanted:
            actions = tuple(a for a in actions if wanted in self._line(a))
        self.show_rows(roadmap_rows(actions))

    def _line(self, action: PlannedAction) -> str:
        row = RoadmapRow(action.phase, action)
        parts = (self._title(row), self._target(row), self._owner(row), action.role)
        return "\n".join(parts).casefold()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """A plan keeps its order."""

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == ROW_ROLE:
            return self.rows[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == DAYS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if index.isValid() and self.rows[index.row()].action is None:
            if role == Qt.ItemDataRole.FontRole:
                font = QFont()
                font.setBold(True)
                return font
            if role == Qt.ItemDataRole.DecorationRole and index.column() == ACTION:
                return QColor(PHASES[self.rows[index.row()].phase - 1])
        return super().data(index, role)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].action is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    # What cells say.

    def _title(self, row: RoadmapRow) -> str:
        if row.action:
            return row.action.title
        words = self._bench.words
        return translate("{0} {1}: {2}, {3} days").format(
            row.phase,
            words(f"phase.{row.phase}"),
            words.count("action", row.actions),
            days(row.effort, words),
        )

    def _target(self, row: RoadmapRow) -> str:
        if row.action is None:
            return ""
        return target_name(self._bench.desk.audit, row.action.target, self._bench.words)

    def _owner(self, row: RoadmapRow) -> str:
        """The person as it stands in the record, else the role; the plan may be behind."""
        if row.action is None:
            return ""
        note = self._bench.desk.audit.action_notes.get(row.action.key)
        name = person_name(self._bench.desk.audit, note.owner if note else None, self._bench.words)
        return name or row.action.role

    def _days(self, row: RoadmapRow) -> str:
        if row.action is None:
            return ""
        note = self._bench.desk.audit.action_notes.get(row.action.key)
        own = note.effort if note else None
        return days(row.action.effort if own is None else own, self._bench.words)

    def _month(self, row: RoadmapRow) -> str:
        if row.action is None or row.action.month is None:
            return ""
        desk, words = self._bench.desk, self._bench.words
        said = [words.month(plan_month(desk.audit.plan, desk.today(), row.action.month))]
        return ", ".join([*said, *marks(row.action, desk.audit)])

    # What can be typed.

    def _put_owner(self, rows: Sequence[RoadmapRow], text: str) -> bool:
        owner = PersonId(text) if text else None
        return self._annotate(rows, translate("Owner of {0}"), owner=owner)

    def _put_days(self, rows: Sequence[RoadmapRow], text: str) -> bool:
        """Own estimate in person-days; nothing brings the bank's back."""
        try:
            effort = float(text.replace(",", ".")) if text.strip() else None
        except ValueError:
            self._bench.tell(translate("“{0}” is not a number of days.").format(text))
            return False
        return self._annotate(rows, translate("Days of {0}"), effort=effort)

    def _annotate(self, rows: Sequence[RoadmapRow], label: str, **fields: Any) -> bool:
        keys = [row.action.key for row in rows if row.action]
        return annotate(self._bench, keys, label.format(self._title(rows[0])), fields)


def marks(action: PlannedAction, audit: Audit) -> list[str]:
    """What stands beside a bar in words."""
    found = []
    note = audit.action_notes.get(action.key)
    if note and note.done:
        found.append(translate("done"))
    if action.key in audit.plan.pins:
        found.append(translate("pinned"))
    if action.confirm_first:
        found.append(translate("confirm first"))
    return found


def annotate(
    bench: Bench, keys: Sequence[ActionKey], label: str, fields: Mapping[str, Any]
) -> bool:
    """Change the notes of several actions as one undo step."""

    def edit(audit: Audit) -> Audit:
        for key in keys:
            audit = edits.annotate_action(audit, key, **fields)
        return audit

    return bool(keys) and bench.desk.apply(label, edit)
