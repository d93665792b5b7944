"""A report's workbook read back: what people changed in it, against what the audit says now."""

import datetime as dt
from collections.abc import Callable, Mapping

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.edits.read_back import Register, SheetEdit, Value, held, take_sheet
from app.domain.gaps import Gap, gaps
from app.domain.ids import GapKey
from app.domain.replies import active_cases
from app.errors import EditError
from app.exchange.sheet_book import Rows, SheetBook, SheetCell
from app.exchange.sheet_closed import Unread, cell_at, changed_cells, heading
from app.exchange.sheet_record import KEY, SheetRecord, sheet_record
from app.exchange.sheet_values import Reader, Unreadable, is_same


class SheetChange(Struct, frozen=True):
    """A cell that says something else than was written there."""

    edit: SheetEdit
    """What the sheet says now."""
    place: str
    """Sheet and row, as a person finds them."""
    column: str
    written: Value
    """When the sheet was made."""
    now: Value
    """In the audit."""


class SheetChanges(Struct, frozen=True):
    sequence: int
    """Entry of the journal the sheet was made from."""
    changed: tuple[SheetChange, ...]
    conflicting: tuple[SheetChange, ...]
    """Changed in the sheet and, to something else, in the audit."""
    unread: tuple[Unread, ...]

    def edits(self, *, conflicts: bool = False) -> tuple[SheetEdit, ...]:
        """What to hand to `take_sheet`; the audit wins where both changed, unless told."""
        chosen = (*self.changed, *self.conflicting) if conflicts else self.changed
        return tuple(change.edit for change in chosen)


class _Place(Struct, frozen=True):
    register: Register
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.sheet}, row {self.row}"


def read_sheet(
    data: bytes,
    file: str,
    audit: Audit,
    today: dt.date,
    hash_at: Callable[[int], str | None],
) -> SheetChanges:
    """Differences between a workbook as written, as it is now, and the audit.

    `hash_at` gives the hash of an entry of the audit's journal. Nothing is changed. Raises
    ImportFailed where the workbook is none of ours, has stand-in names or was made from another
    audit. Formulas are never evaluated.
    """
    with SheetBook(data, file) as book:
        record = sheet_record(book, hash_at)
        return _Comparison(audit, today, record).read(book)


class _Comparison:
    def __init__(self, audit: Audit, today: dt.date, record: SheetRecord) -> None:
        self.audit, self.record = audit, record
        self.gaps: Mapping[GapKey, Gap] = {
            gap.key: gap for gap in gaps(audit, active_cases(audit, today))
        }
        self.reader = Reader(audit, record)
        self.changed: list[SheetChange] = []
        self.conflicting: list[SheetChange] = []
        self.unread: list[Unread] = []

    def read(self, book: SheetBook) -> SheetChanges:
        for register in Register:
            columns = self.record.columns.get(register)
            if not columns:
                continue
            name = self.record.sheets[register]
            if name in book.names:
                self._read_register(register, name, book.rows(name), columns)
            else:
                self._leave(name, "The sheet is not there, or has another name.")
        self.unread += changed_cells(book, frozenset(self.record.sheets.values()))
        return SheetChanges(
            self.record.sequence,
            tuple(self.changed),
            tuple(self.conflicting),
            tuple(self.unread),
        )

    def _leave(self, place: object, why: str) -> None:
        self.unread.append(Unread(str(place), why))

    def _read_register(
        self, register: Register, sheet: str, rows: Rows, columns: Mapping[str, str]
    ) -> None:
        top, places = heading(rows)
        if KEY not in places:
            self._leave(sheet, "The hidden column that says which record a row is, is not there.")
            return
        for title in columns.values():
            if title not in places:
                self._leave(sheet, f"The column “{title}” is not there.")
        known = self.record.keys[register]
        seen: dict[str, int] = {}
        for number, cells in enumerate(rows[top:], start=top + 1):
            key = cell_at(cells, places[KEY]).text.strip()
            place = _Place(register, sheet, number)
            if key in seen:
                self._leave(place, f"It repeats row {seen[key]}.")
            elif key in known:
                seen[key] = number
                found = {f: cell_at(cells, places[t]) for f, t in columns.items() if t in places}
                self._read_row(place, key, found)
            elif any(cell.text.strip() for cell in cells):
                self._leave(place, "The audit has no record for this row; rows cannot be added.")

    def _read_row(self, place: _Place, key: str, found: Mapping[str, SheetCell]) -> None:
        for field, cell in found.items():
            written = self.record.written.get((place.register, key, field))
            try:
                value = self.reader.read(place.register, field, cell, written)
                before = self.reader.before(place.register, field, written)
                if is_same(value, before):
                    continue
                self._compare(place, SheetEdit(place.register, key, field, value), before)
            except Unreadable as error:
                self._leave(f"{place}, {self.record.columns[place.register][field]}", str(error))

    def _compare(self, place: _Place, edit: SheetEdit, before: Value) -> None:
        """Three values: as written, in the sheet, in the audit."""
        try:
            now = held(self.audit, self.gaps, edit.register, edit.key, edit.field)
        except KeyError:
            raise Unreadable("It is no longer a gap in the audit.") from None
        if is_same(edit.value, now):
            return
        edit = self.reader.restored(edit, now)
        try:
            take_sheet(self.audit, (edit,))
        except EditError as error:
            raise Unreadable(error.sentence.replace(" Nothing was changed.", "")) from None
        title = self.record.columns[edit.register][edit.field]
        change = SheetChange(edit, str(place), title, before, now)
        (self.changed if is_same(before, now) else self.conflicting).append(change)
