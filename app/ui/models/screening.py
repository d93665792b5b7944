"""The screen as a table: one row per workflow, eight replies, and the lane they lead to."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.desk.desk import Desk
from app.domain.answers import Screening, ScreenReply
from app.domain.bank import ScreenQuestion
from app.domain.changes import Change
from app.domain.edits import records, workshop
from app.domain.ids import WorkflowId
from app.domain.landscape import Lifecycle, Workflow
from app.domain.lanes import ScreenLane, is_screened, lane
from app.ui.models.records import natural
from app.words import Words

REPLY_ROLE = Qt.ItemDataRole.UserRole
LANE_ROLE = Qt.ItemDataRole.UserRole + 1
NONE = QModelIndex()
NAME = 0
CYCLE = (None, ScreenReply.YES, ScreenReply.PARTLY, ScreenReply.NO, ScreenReply.UNKNOWN)


class ScreenModel(QAbstractTableModel):
    """Keeps which workflows are shown and in which order; the last row adds one."""

    def __init__(self, desk: Desk, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self._words = desk, words
        self.ids: list[WorkflowId] = []
        self.questions: tuple[ScreenQuestion, ...] = ()
        self._search = ""
        self._open_only = False
        self._typed: list[WorkflowId] = []

    # Following the audit.

    def show_audit(self) -> None:
        self.beginResetModel()
        self.questions = tuple(sorted(self.desk.audit.bank.screen, key=lambda q: q.order))
        self.ids = self._ordered()
        self.endResetModel()

    def narrow(self, text: str, *, open_only: bool) -> None:
        """Show workflows with this text in name or unit, or only those not finished."""
        self._search, self._open_only = text.casefold(), open_only
        self.show_audit()

    def follow(self, changes: Sequence[Change]) -> None:
        """Workflows that come or go move rows; a row that is finished stays while one looks."""
        own = {c.keys[0] for c in changes if c.collection in ("workflows", "screening")}
        if any(c.collection == "bank" for c in changes) or len(own) > len(self.ids) // 2 + 40:
            self.show_audit()
            return
        rows = {w for w in own if has_row(self.desk, WorkflowId(w))}
        for row in reversed([r for r, w in enumerate(self.ids) if w in own and w not in rows]):
            self.beginRemoveRows(NONE, row, row)
            del self.ids[row]
            self.endRemoveRows()
        for new in sorted(rows - set(self.ids), key=natural):
            row = self._row_for(WorkflowId(new))
            self.beginInsertRows(NONE, row, row)
            self.ids.insert(row, WorkflowId(new))
            self.endInsertRows()
        for row in [r for r, w in enumerate(self.ids) if w in own]:
            self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def _row_for(self, workflow: WorkflowId) -> int:
        """Among its neighbours by id; what was typed here stays at the end."""
        if workflow in self._typed:
            return len(self.ids)
        key = natural(workflow)
        earlier = (r for r, w in enumerate(self.ids) if w in self._typed or natural(w) > key)
        return next(earlier, len(self.ids))

    def _ordered(self) -> list[WorkflowId]:
        audit, found = self.desk.audit, []
        for workflow, record in sorted(audit.workflows.items(), key=lambda w: natural(w[0])):
            if not is_row(record) or not self._is_wanted(workflow, record):
                continue
            found.append(workflow)
        if self._typed:
            found.sort(key=lambda w: self._typed.index(w) if w in self._typed else -1)
        return found

    def _is_wanted(self, workflow: WorkflowId, record: Workflow) -> bool:
        if self._search and self._search not in f"{record.name}\n{record.unit}".casefold():
            return False
        return not (self._open_only and is_screened(self.desk.audit.bank, self.of(workflow)))

    # What a row says.

    def of(self, workflow: WorkflowId) -> Screening:
        return self.desk.audit.screening.get(workflow, Screening())

    def reply(self, row: int, column: int) -> ScreenReply | None:
        return self.of(self.ids[row]).replies.get(self.questions[column - 1].id)

    def is_reply(self, index: QModelIndex) -> bool:
        """The cell holds a reply of a workflow."""
        inside = index.isValid() and index.row() < len(self.ids)
        return inside and 1 <= index.column() <= len(self.questions)

    def first_open(self, row: int) -> int | None:
        """Column of the first question without a reply, or None where all have one."""
        replies = self.of(self.ids[row]).replies
        return next((n for n, q in enumerate(self.questions, 1) if q.id not in replies), None)

    def lane_words(self) -> list[str]:
        """What a row may end in."""
        return [self._words.of(lane, "lane") for lane in ScreenLane]

    def lane(self, row: int) -> str:
        """The lane, once every question has a reply."""
        workflow = self.ids[row]
        screening, bank = self.of(workflow), self.desk.audit.bank
        if not is_screened(bank, screening):
            return ""
        return lane(bank, screening, live=self.desk.audit.workflows[workflow].is_live).value

    def short(self, question: ScreenQuestion) -> str:
        """A word for a column; another bank's questions go by their number."""
        code = f"short.{question.id}"
        return self._words(code) if self._words.has(code) else str(question.order)

    # Qt's face.

    def rowCount(self, parent: QModelIndex = NONE) -> int:
        return 0 if parent.isValid() or not self.desk.is_open else len(self.ids) + 1

    def columnCount(self, parent: QModelIndex = NONE) -> int:
        return 0 if parent.isValid() else len(self.questions) + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return "+" if section >= len(self.ids) else str(section + 1)
            return None
        question = self.questions[section - 1] if 1 <= section <= len(self.questions) else None
        if role == Qt.ItemDataRole.DisplayRole:
            if question:
                return f"{question.order}\n{self.short(question)}"
            return self.tr("Workflow") if section == NAME else self.tr("Lane")
        if role == Qt.ItemDataRole.ToolTipRole and question:
            return f"{question.text}\n{question.decides}"
        if role == Qt.ItemDataRole.TextAlignmentRole and question:
            return int(Qt.AlignmentFlag.AlignCenter)
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.desk.is_open:
            return None
        if index.row() >= len(self.ids):
            adds = index.column() == NAME and role == Qt.ItemDataRole.DisplayRole
            return self.tr("Type a name to add a workflow") if adds else None
        if self.ids[index.row()] not in self.desk.audit.workflows:
            # A view may ask about a row while it is being taken out.
            return None
        if self.is_reply(index):
            return self._reply_data(index, role)
        record = self.desk.audit.workflows[self.ids[index.row()]]
        if index.column() == NAME:
            names = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
            if role == Qt.ItemDataRole.ToolTipRole:
                return record.purpose[:400] or record.name
            return record.name if role in names else None
        found = self.lane(index.row()) if role in (Qt.ItemDataRole.DisplayRole, LANE_ROLE) else ""
        if role == LANE_ROLE:
            return found or None
        return self._words(f"lane.{found}") if found else None

    def _reply_data(self, index: QModelIndex, role: int) -> Any:
        reply = self.reply(index.row(), index.column())
        if role == REPLY_ROLE:
            return reply
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.of(reply, "screen_reply") if reply else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self._words.of(reply, "screen_reply") if reply else self.tr("no reply")
            return f"{self.short(self.questions[index.column() - 1])}: {said}"
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        named = index.column() == NAME and not self.desk.read_only
        return base | Qt.ItemFlag.ItemIsEditable if named else base

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A name: of the workflow, or in the last row of a new one."""
        name = str(value or "").strip()
        if role != Qt.ItemDataRole.EditRole or index.column() != NAME or not name:
            return False
        if index.row() < len(self.ids):
            return self.desk.apply(
                self.tr("Rename {0}").format(name),
                records.amend, "workflows", (self.ids[index.row()],), name=name,
            )  # fmt: skip
        return self.add(name)

    # Edits.

    def add(self, name: str) -> bool:
        """A new workflow of which nothing but the name is known."""
        audit = self.desk.audit
        taken = {*audit.workflows, *audit.platforms, *audit.sources}
        number = len(audit.workflows) + 1
        while f"w{number}" in taken:
            number += 1
        new = WorkflowId(f"w{number}")
        self._typed.append(new)
        return self.desk.apply(
            self.tr("Add {0}").format(name), records.put, "workflows", (new,), Workflow(name)
        )

    def answer(self, index: QModelIndex, reply: ScreenReply | None) -> bool:
        """Set one reply, or take it back."""
        workflow, question = self.ids[index.row()], self.questions[index.column() - 1]
        name = self.desk.audit.workflows[workflow].name
        label = self.tr("Screen {0}: {1}").format(name, self.short(question))
        return self.desk.apply(label, workshop.take_screening, workflow, {question.id: reply})

    def cycle(self, index: QModelIndex) -> bool:
        """Blank, yes, partly, no, not known, blank again."""
        place = CYCLE.index(self.reply(index.row(), index.column()))
        return self.answer(index, CYCLE[(place + 1) % len(CYCLE)])


def is_row(record: Workflow) -> bool:
    """Screened are workflows in scope that were not retired; paused ones may come back."""
    return record.in_scope and record.lifecycle is not Lifecycle.RETIRED


def has_row(desk: Desk, workflow: WorkflowId) -> bool:
    record = desk.audit.workflows.get(workflow)
    return record is not None and is_row(record)
