"""Gaps grouped by question as a tree of two levels, computed from the audit and never stored."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from app.charts.palette import LEVELS
from app.desk.desk import Desk
from app.domain.audit import Audit
from app.domain.bank import Question
from app.domain.edits import plan, records
from app.domain.gaps import Gap
from app.domain.ids import GapKey, OwnGapId, QuestionId
from app.domain.planning import OwnGap, Response, Severity
from app.domain.tally import dots_on_gaps, last_dotted
from app.ui.models.choices import choices_of, people
from app.ui.models.columns import Column, Kind, text_of, value_of
from app.ui.models.gap.traits import (
    SEVERITY_TONES,
    QuestionFace,
    QuestionGaps,
    note_of,
    own_gap,
    severity_of,
)
from app.ui.models.gap.words import level_text, response_text
from app.ui.models.rows import CHOICES_ROLE, NONE
from app.ui.models.targets import person_name, target_name
from app.ui.models.typed import refusal
from app.ui.style import Look
from app.words import Words

Index = QModelIndex
GROUP_ROLE = Qt.ItemDataRole.UserRole + 8
TARGET, LEVEL, SEVERITY, OWNER, DUE, RESPONSE, NOTE = range(7)


class GapTree(QAbstractItemModel):
    """View state only: which gaps are shown and in which order; notes are read from the audit."""

    def __init__(self, desk: Desk, look: Look, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.words = desk, words
        self.groups: list[QuestionGaps] = []
        self.of = 0
        """Active workflows."""
        self._look = look
        self._columns = self._make_columns()

    def _make_columns(self) -> tuple[Column, ...]:
        tr, words, choice = self.tr, self.words, Kind.CHOICE
        severities = choices_of(words, Severity, "severity")
        responses = choices_of(words, Response, "response")
        return (
            Column(tr("Gap, and where"), width=200),
            Column(tr("What was answered"), width=160),
            Column(tr("Severity"), "severity", choice, severities, width=72),
            Column(tr("Owner"), "owner", choice, people, width=100),
            Column(tr("Due"), "due", Kind.DATE, width=84, tip=tr("Year-month-day")),
            Column(tr("Response"), "response", choice, responses, width=82),
            Column(tr("Note"), "note", width=60),
        )

    @property
    def widths(self) -> list[int]:
        return [column.width for column in self._columns]

    def choices(self, field: str) -> dict[str, str]:
        """What a field can be set to, in words."""
        column = next(c for c in self._columns if c.field == field)
        return dict(column.choices(self.desk.audit)) if column.choices else {}

    def show_groups(self, groups: Sequence[QuestionGaps], of: int) -> None:
        """The same gaps stay where they are and repaint; anything else resets."""
        self.of = of
        fresh = {g.id: g for g in groups}
        kept = [fresh[g.id] for g in self.groups if g.id in fresh]
        if len(kept) == len(self.groups) == len(groups) and all(
            [g.key for g in a.gaps] == [g.key for g in b.gaps]
            for a, b in zip(kept, self.groups, strict=True)
        ):
            self.groups = kept
            self.repaint_rows()
            return
        self.beginResetModel()
        self.groups = list(groups)
        self.endResetModel()

    def repaint_rows(self) -> None:
        if not self.groups:
            return
        last = len(self._columns) - 1
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.groups) - 1, last))
        for row, group in enumerate(self.groups):
            up = self.index(row, 0)
            self.dataChanged.emit(self.index(0, 0, up), self.index(len(group.gaps) - 1, last, up))

    # Where things are.

    def gap_at(self, index: Index) -> Gap | None:
        """The gap of a row; None for the row of a question."""
        if not index.isValid() or not index.internalId():
            return None
        return self.groups[index.internalId() - 1].gaps[index.row()]

    def group_at(self, index: Index) -> QuestionGaps | None:
        if not index.isValid():
            return None
        return self.groups[(index.internalId() or index.row() + 1) - 1]

    def gaps_at(self, indexes: Iterable[Index]) -> list[Gap]:
        """The gaps of rows; the row of a question stands for all of its gaps."""
        found: dict[GapKey, Gap] = {}
        for index in indexes:
            gap, group = self.gap_at(index), self.group_at(index)
            if gap:
                found[gap.key] = gap
            elif group:
                found.update({g.key: g for g in group.gaps})
        return list(found.values())

    def find(self, key: GapKey) -> Index:
        for row, group in enumerate(self.groups):
            for place, gap in enumerate(group.gaps):
                if gap.key == key:
                    return self.index(place, 0, self.index(row, 0))
        return QModelIndex()

    def find_question(self, question: QuestionId) -> Index:
        places = (n for n, g in enumerate(self.groups) if g.id == question)
        row = next(places, None)
        return QModelIndex() if row is None else self.index(row, 0)

    # Qt's face.

    def index(self, row: int, column: int, parent: Index = NONE) -> Index:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = NONE) -> Any:
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = NONE) -> int:
        if not parent.isValid():
            return len(self.groups)
        if parent.internalId() or parent.column():
            return 0
        return len(self.groups[parent.row()].gaps)

    def columnCount(self, _parent: Index = NONE) -> int:
        return len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return (self._columns[section].tip or None) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.desk.is_open:
            return None
        gap, group = self.gap_at(index), self.group_at(index)
        if gap is None or group is None:
            return self._group_data(group, index.column(), role) if group else None
        audit, column = self.desk.audit, self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(audit, group.question, gap, index.column())
        if role == Qt.ItemDataRole.EditRole:
            value = getattr(note_of(audit, gap), column.field or "note")
            return text_of(Column("", "", column.kind), audit, value) if column.field else None
        if role == CHOICES_ROLE and column.choices:
            return column.choices(audit)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == SEVERITY:
            return self._look.color(SEVERITY_TONES[severity_of(audit, gap)][0])
        if role == Qt.ItemDataRole.DecorationRole and index.column() == LEVEL:
            return QColor(LEVELS[gap.level]) if gap.level is not None else None
        return None

    def _group_data(self, group: QuestionGaps, column: int, role: int) -> Any:
        face = self._face(group)
        if role == GROUP_ROLE:
            return face
        if column == TARGET and role == Qt.ItemDataRole.DisplayRole:
            counts = f"{face.counts}, " if face.counts else ""
            return f"{face.text}: {counts}{face.detail}"
        return face.text if role == Qt.ItemDataRole.ToolTipRole else None

    def _face(self, group: QuestionGaps) -> QuestionFace:
        if group.question is None:
            many = str(len(group.gaps))
            return QuestionFace(self.tr("Recorded in the room"), many, group.worst)
        said = self.tr("{0} of {1} workflows").format(group.workflows, self.of)
        text = group.question.gap or group.question.text
        return QuestionFace(text, said, group.worst, self._severities(group))

    def _severities(self, group: QuestionGaps) -> str:
        found = group.severities
        if len(found) < 2:
            return ""
        return ", ".join(f"{n} {self.words(f'severity.{s.value}')}" for s, n in found.items())

    def is_blank(self, column: int) -> bool:
        """Nothing was typed into this column of any gap."""
        audit, field = self.desk.audit, self._columns[column].field
        notes = (*audit.gap_notes.values(), *audit.own_gaps.values())
        return bool(field) and not any(getattr(note, field) for note in notes)

    def _dotted(self, audit: Audit, gap: Gap) -> str:
        """How many dots the room gave it, the last time that it gave any."""
        session = last_dotted(audit)
        dots = dots_on_gaps(audit, session).get(gap.key, 0) if session else 0
        return self.tr("{0} dots  ").format(dots) if dots else ""

    def _where(self, audit: Audit, gap: Gap) -> str:
        name = target_name(audit, gap.target, self.words)
        own = own_gap(audit, gap)
        if own is not None:
            stage = next((s.title for s in audit.bank.stages if s.id == own.stage), "")
            return f"{name}, {stage}" if stage else name
        shared = gap.target not in audit.workflows and len(gap.workflows) > 1
        many = self.tr("{0} workflows").format(len(gap.workflows))
        return f"{name} ({many})" if shared else name

    def _text(self, audit: Audit, question: Question | None, gap: Gap, column: int) -> str:
        note = note_of(audit, gap)
        if column == TARGET:
            what = note.text if isinstance(note, OwnGap) else self._where(audit, gap)
            return self._dotted(audit, gap) + what
        if column == LEVEL:
            known = question is not None
            return level_text(question, gap.level, self.words) if known else self._where(audit, gap)
        if column == SEVERITY:
            return self.words(f"severity.{severity_of(audit, gap).value}")
        if column == RESPONSE:
            return response_text(note, self.words)
        if column == OWNER:
            return person_name(audit, note.owner, self.words)
        if column == DUE:
            return self.words.short_date(note.due) if note.due else ""
        return note.note.replace("\n", " ")

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if self.gap_at(index) is None or self.desk.read_only or not self.desk.is_open:
            return base
        return base | Qt.ItemFlag.ItemIsEditable if self._columns[index.column()].field else base

    # Edits.

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        return role == Qt.ItemDataRole.EditRole and self.put([index], str(value or ""))

    def put(self, indexes: Sequence[Index], text: str) -> bool:
        """Type into one column of several gaps, as one undo step."""
        if not indexes:
            return False
        spec = self._columns[indexes[0].column()]
        return bool(spec.field) and self.put_text(self.gaps_at(indexes), spec.field, text)

    def put_text(self, gaps: Sequence[Gap], field: str, text: str) -> bool:
        """Set a field of several gaps to what was typed; the sentence says what would fit."""
        spec = next((c for c in self._columns if c.field == field), Column("", field, Kind.DATE))
        try:
            value = value_of(spec, self.desk.audit, text)
        except ValueError as error:
            self.desk.failed.emit(refusal(error))
            return False
        if field == "severity" and value is not None:
            value = Severity(value)
        if field == "response" and value is not None:
            value = Response(value)
        return self.amend(gaps, {field: value})

    def amend(self, gaps: Sequence[Gap], fields: Mapping[str, Any], *, typed: bool = False) -> bool:
        """Change fields of the notes of several gaps; what is typed on is one undo step."""
        if not gaps:
            return False
        keys, label = [gap.key for gap in gaps], self.label(gaps)
        if typed:
            return self.desk.apply_to_field(
                f"gap {keys} {sorted(fields)}", label, annotate, keys, fields
            )
        return self.desk.apply(label, annotate, keys, fields)

    def label(self, gaps: Sequence[Gap]) -> str:
        """What Undo says."""
        if len(gaps) > 1:
            return self.tr("{0} gaps").format(len(gaps))
        audit, gap = self.desk.audit, gaps[0]
        name, own = target_name(audit, gap.target, self.words), own_gap(audit, gap)
        if own is not None:
            return self.tr("Gap: {0}").format(own.text[:40])
        return self.tr("Gap {0}, {1}").format(gap.question, name)

    def merge(self, gaps: Sequence[Gap], into: GapKey | None) -> bool:
        """Count these gaps as part of another one; None takes them out again."""
        return self.amend([g for g in gaps if g.key != into], {"merged_into": into})

    def close(self, gaps: Sequence[Gap], *, closed: bool) -> bool:
        """Put recorded gaps away, or take them up again."""
        return self.amend(gaps, {"closed": closed})


def annotate(audit: Audit, keys: Sequence[GapKey], fields: Mapping[str, Any]) -> Audit:
    """The same fields in the notes of several gaps, or in the recorded ones themselves."""
    for key in keys:
        own = audit.own_gaps.get(OwnGapId(key))
        if own is None:
            audit = plan.annotate_gap(audit, key, **fields)
        else:
            # A recorded gap has no derived severity to fall back to.
            given = {f: v for f, v in fields.items() if not (f == "severity" and v is None)}
            audit = records.put(audit, "own_gaps", (key,), replace(own, **given))
    return audit
