"""A collection of the audit as a table: it keeps ids, and reads cells from the audit."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec

from msgspec.structs import fields as fields_of
from msgspec.structs import replace
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor

from app.desk.desk import Desk
from app.domain.audit import COLLECTION, Audit
from app.domain.changes import Change
from app.domain.edits import records
from app.domain.edits.ranges import check_values
from app.errors import EditError
from app.ui.models.columns import Column, Kind, default_of, reader, text_of
from app.ui.models.labels import names_of
from app.ui.models.reading import Reading
from app.ui.style import STATE_TONES, Look

Index = QModelIndex
P = ParamSpec("P")
VALUE_ROLE = Qt.ItemDataRole.UserRole
STATE_ROLE = Qt.ItemDataRole.UserRole + 1
GROUND_ROLE = Qt.ItemDataRole.UserRole + 2
"""The tint behind a state's chip."""
SEEN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
TYPED = SEEN | Qt.ItemFlag.ItemIsEditable
TICKED = SEEN | Qt.ItemFlag.ItemIsUserCheckable
TONED = (Qt.ItemDataRole.ForegroundRole, STATE_ROLE, GROUND_ROLE)
NONE = QModelIndex()
FEW = 40
"""Rows that may come or go one by one."""


def natural(id_: str) -> tuple[str, int, str]:
    """Ids in the order they were given: w2 before w10."""
    stem = id_.rstrip("0123456789")
    return stem, int(id_[len(stem) :] or 0), id_


class RecordModel(QAbstractTableModel):
    """View state only: which ids are shown, and in which order. The last row adds a record."""

    told = Signal(str)
    """What an edit did beside filling its cells; empty where it did nothing else."""

    def __init__(
        self,
        desk: Desk,
        look: Look,
        collection: str,
        columns: Sequence[Column],
        *,
        word: str,
        prefix: str,
        parent: QObject | None = None,
    ) -> None:
        """`word`: the record's name in undo labels. `prefix`: how new ids begin."""
        super().__init__(parent)
        self.desk, self.collection, self.columns = desk, collection, tuple(columns)
        self._look, self._word, self._prefix = look, word, prefix
        self.ids: list[str] = []
        self.wanted: Callable[[str], bool] = lambda _id: True
        self._search = ""
        self._typed: list[str] = []
        self._reading: Reading | None = None
        self._sort: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        self.adds_rows = True

    # Following the audit.

    def show_audit(self) -> None:
        self.beginResetModel()
        self.ids = self._ordered()
        self.endResetModel()

    def follow(self, changes: Sequence[Change]) -> None:
        """Rows added or removed reset the model; changed ones repaint."""
        own = [c for c in changes if c.collection == self.collection]
        if any(c.before is None or c.after is None for c in own):
            self._follow_rows()
        places = {id_: row for row, id_ in enumerate(self.ids)}
        for change in own:
            if (row := places.get(change.keys[0])) is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        if not own and changes:
            # Computed columns may stand on other collections.
            last = self.index(max(0, len(self.ids) - 1), len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _follow_rows(self) -> None:
        """Few rows come and go one by one, so that selection and scrolling stay; many at once."""
        after = self._ordered()
        kept = set(after)
        gone = [row for row, id_ in enumerate(self.ids) if id_ not in kept]
        before = set(self.ids)
        new = [row for row, id_ in enumerate(after) if id_ not in before]
        stays = [i for i in self.ids if i in kept] == [i for i in after if i in before]
        if not stays or len(gone) + len(new) > FEW:
            self.beginResetModel()
            self.ids = after
            self.endResetModel()
            return
        for row in reversed(gone):
            self.beginRemoveRows(NONE, row, row)
            del self.ids[row]
            self.endRemoveRows()
        for row in new:
            self.beginInsertRows(NONE, row, row)
            self.ids.insert(row, after[row])
            self.endInsertRows()

    def search(self, text: str) -> None:
        self._search = text.casefold()
        self.show_audit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = column, order
        self.show_audit()

    def _ordered(self) -> list[str]:
        if not self.desk.is_open:
            return []
        audit = self.desk.audit
        every = self._all(audit)
        ids = [i for i in sorted(every, key=natural) if self.wanted(i)]
        if self._typed:
            # What was just typed stays where it was typed.
            last = {id_: place for place, id_ in enumerate(self._typed)}
            ids.sort(key=lambda i: last.get(i, -1))
        if self._search:
            read = [reader(c, audit) for c in self.columns if c.kind is not Kind.CHECK]
            ids = [i for i in ids if self._search in self._line(read, i, self._record(audit, i))]
        column, order = self._sort
        if 0 <= column < len(self.columns):
            key = self._sort_key(audit, self.columns[column])
            keys = {i: key(i) for i in ids}
            blanks = [i for i in ids if keys[i] is None]
            ids = [i for i in ids if keys[i] is not None]
            ids.sort(key=keys.__getitem__, reverse=order is Qt.SortOrder.DescendingOrder)
            ids += blanks
        return ids

    @staticmethod
    def _line(read: Sequence[Callable[[str, Any], str]], id_: str, record: Any) -> str:
        return "\n".join([id_, *(said(id_, record) for said in read)]).casefold()

    def _sort_key(self, audit: Audit, column: Column) -> Callable[[str], Any]:
        """Numbers by value, everything else by what it says; None for a blank, which comes last."""
        if column.field and column.kind in (Kind.NUMBER, Kind.DATE, Kind.CHECK):
            return lambda id_: getattr(self._record(audit, id_), column.field)
        said = reader(column, audit)
        return lambda id_: said(id_, self._record(audit, id_)).casefold() or None

    # Qt's face.

    def rowCount(self, parent: Index = NONE) -> int:
        if parent.isValid() or not self.desk.is_open:
            return 0
        return len(self.ids) + self.adds_rows

    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.ToolTipRole:
                return self.columns[section].tip or None
        elif role == Qt.ItemDataRole.DisplayRole:
            return "+" if section >= len(self.ids) else str(section + 1)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.ids):
            return self._adding(index, role)
        audit, column, id_ = self.desk.audit, self.columns[index.column()], self.ids[index.row()]
        if not self._has(audit, id_):
            # A view may ask about a row while it is being taken out.
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(audit, column, id_)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.kind is Kind.NUMBER:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role in TONED:
            return self._toned(column, audit, id_, role) if column.tone else None
        return self._value(column, audit, id_, role) if column.is_editable else None

    def _toned(self, column: Column, audit: Audit, id_: str, role: int) -> Any:
        """State, ink and ground of a cell that says how something stands."""
        state = column.tone(audit, id_) if column.tone else ""
        if role == STATE_ROLE or state not in STATE_TONES:
            return state if role == STATE_ROLE else None
        return self._look.color(STATE_TONES[state][role == GROUND_ROLE])

    def _value(self, column: Column, audit: Audit, id_: str, role: int) -> Any:
        value = getattr(self._record(audit, id_), column.field)
        if role == Qt.ItemDataRole.EditRole:
            return value if column.kind is Kind.CHOICE else text_of(column, audit, value)
        if role == VALUE_ROLE:
            return value
        if role == Qt.ItemDataRole.CheckStateRole and column.kind is Kind.CHECK:
            return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        return None

    def _adding(self, index: Index, role: int) -> Any:
        if index.isValid() and index.column() == 0:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.tr("Type a name to add a row")
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(self._look.color("third"))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.desk.read_only:
            return SEEN
        column = self.columns[index.column()]
        if index.row() >= len(self.ids):
            return TYPED if index.column() == 0 else SEEN
        if not column.is_editable:
            return SEEN
        return TICKED if column.kind is Kind.CHECK else TYPED

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.CheckStateRole:
            value = "yes" if Qt.CheckState(value) is Qt.CheckState.Checked else "no"
        elif role != Qt.ItemDataRole.EditRole:
            return False
        if index.row() >= len(self.ids):
            return self._add([str(value)])
        return self.put_block(index.row(), index.column(), [[str(value or "")]])

    # Edits: each is one undo step, however many cells it fills.

    def put_block(self, row: int, column: int, block: Sequence[Sequence[str]]) -> bool:
        """Fill a rectangle from its top left cell; rows beyond the last one are added."""
        self._reading = Reading(self.desk.audit, sum(map(len, block)))
        entries: dict[str, Any] = {}
        for r, cells in enumerate(block, row):
            if r < len(self.ids):
                self._change(entries, r, column, cells)
            elif any(cell.strip() for cell in cells):
                self._begin(entries, r, column, cells)
        label = self._label(self.tr("Change {0} {1}"), entries)
        taken = bool(entries) and self._store(label, entries)
        self._say(is_taken=taken)
        return taken

    def _change(self, entries: dict[str, Any], row: int, column: int, cells: Sequence[str]) -> None:
        id_ = self.ids[row]
        before = self._record(self.desk.audit, id_)
        fields = self._fields(row, column, cells)
        if fields:
            after = replace(before, **fields)
            entries[id_] = self._reading.sound(after, before, fields, row, self._titles())

    def _begin(self, entries: dict[str, Any], row: int, column: int, cells: Sequence[str]) -> None:
        """A new record from the cells of one row, where they say enough for one."""
        audit = self.desk.audit
        fields = self._fields(row, column, cells)
        try:
            made = self._new_record(fields)
            empty = {f.name: default_of(f) for f in fields_of(made) if not f.required}
            bare = replace(made, **{name: empty[name] for name in fields if name in empty})
            made = self._reading.sound(made, bare, fields, row, self._titles())
            check_values(made)
        except (ValueError, EditError) as error:
            self._reading.refuse(row, getattr(error, "what", str(error)).rstrip("."))
            return
        id_ = self._new_id({*self._all(audit), *entries})
        self._typed.append(id_)
        entries[id_] = made

    def _titles(self) -> dict[str, str]:
        return {column.field: column.title for column in self.columns}

    def _say(self, *, is_taken: bool) -> None:
        """Which cells were left out, and who is new among the people."""
        said = self._reading.complaint(is_taken=is_taken)
        if said:
            self.desk.failed.emit(said)
        self.told.emit(self._reading.news() if is_taken else "")

    def fill_down(self, rows: Sequence[int], columns: Sequence[int]) -> bool:
        """Repeat the topmost selected cells in the rows below them."""
        inside = sorted(r for r in rows if r < len(self.ids))
        if len(inside) < 2 or not columns:
            return False
        left, right = min(columns), max(columns)
        top = [self.text(inside[0], c) for c in range(left, right + 1)]
        return self.put_block(inside[0], left, [top] * (inside[-1] - inside[0] + 1))

    def clear(self, rows: Sequence[int], columns: Sequence[int]) -> bool:
        """Empty the selected cells."""
        inside = sorted(r for r in rows if r < len(self.ids))
        if not inside or not columns:
            return False
        left, right = min(columns), max(columns)
        block = [[""] * (right - left + 1)] * (inside[-1] - inside[0] + 1)
        return self.put_block(inside[0], left, block)

    def remove(self, rows: Sequence[int]) -> bool:
        """Take records out, with what hangs on them, in one step."""
        ids = [self.ids[r] for r in sorted(rows) if r < len(self.ids)]
        if not ids:
            return False

        def out(audit: Audit) -> Audit:
            for id_ in ids:
                if id_ in getattr(audit, self.collection):
                    audit = records.remove(audit, self.collection, (id_,))
            return audit

        gone = {id_: self._record(self.desk.audit, id_) for id_ in ids}
        return self.desk.apply(self._label(self.tr("Remove {0} {1}"), gone), out)

    def text(self, row: int, column: int) -> str:
        """What a cell says, in the form it can be typed."""
        spec = self.columns[column]
        if row >= len(self.ids):
            return ""
        audit, id_ = self.desk.audit, self.ids[row]
        if spec.kind is Kind.CHECK:
            return "yes" if getattr(self._record(audit, id_), spec.field) else "no"
        return self._text(audit, spec, id_)

    def _add(self, cells: Sequence[str]) -> bool:
        return bool(cells[0].strip()) and self.put_block(len(self.ids), 0, [cells])

    def _fields(self, row: int, column: int, cells: Sequence[str]) -> dict[str, Any]:
        return self._reading.values(self.columns[column:], cells, self._kind(), row)

    def _new_record(self, fields: dict[str, Any]) -> Any:
        """Raises ValueError where the cells do not say enough for a record."""
        titles = self._titles()
        for field in fields_of(self._kind()):
            if field.required and field.name not in fields:
                title = titles.get(field.name, field.name)
                raise ValueError(self.tr("A new row needs “{0}”").format(title))
        return self._kind()(**fields)

    def _new_id(self, taken: set[str]) -> str:
        number = len(taken) + 1
        while f"{self._prefix}{number}" in taken:
            number += 1
        return f"{self._prefix}{number}"

    # Where the records lie; a collection within another one says so here.

    def _all(self, audit: Audit) -> Mapping[str, Any]:
        return getattr(audit, self.collection)

    def _record(self, audit: Audit, id_: str) -> Any:
        return self._all(audit)[id_]

    def _has(self, audit: Audit, id_: str) -> bool:
        return id_ in getattr(audit, self.collection)

    def _kind(self) -> Any:
        return COLLECTION[self.collection].kind

    def _store(self, label: str, entries: Mapping[str, Any]) -> bool:
        made = [(self.collection, (id_,), record) for id_, record in sorted(entries.items())]
        return self._apply(label, records.put_all, made)

    def _apply(
        self,
        label: str,
        edit: Callable[Concatenate[Audit, P], Audit],
        *args: P.args,
        **more: P.kwargs,
    ) -> bool:
        """An edit, and before it the people whom its cells name first, as one step."""
        new = self._reading.people if self._reading else {}
        if not new:
            return self.desk.apply(label, edit, *args, **more)
        people = [("people", (id_,), record) for id_, record in new.items()]
        return self.desk.apply(
            label, lambda audit: edit(records.put_all(audit, people), *args, **more)
        )

    def _label(self, text: str, entries: Mapping[str, Any]) -> str:
        named = names_of(self.collection, self.columns[0], self.desk.audit, entries)
        return text.format(self._word, named)

    def _text(self, audit: Audit, column: Column, id_: str) -> str:
        if column.show:
            return column.show(audit, id_)
        return text_of(column, audit, getattr(self._record(audit, id_), column.field))
