"""Everything that happened, newest first, with a chip for each kind."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from app.domain.changes import Change
from app.domain.history import Entry, EntryKind
from app.domain.timeline import Event, edits, events, merged
from app.errors import PlumblineError
from app.ui.models.log.timeline import (
    GROUPS,
    Group,
    TimelineModel,
    event_key,
    kind_text,
    place_of,
    what_text,
    when_text,
    who_text,
)
from app.ui.models.rows import RowColumn
from app.ui.page import Bench, label
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.chips import Chip, Chips

SLICE = 4_000
"""Entries read in one go: a tenth of what a hand at the keys would notice."""


class TimelineTab(QWidget):
    wanted = Signal(object)
    """A Place."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk, self._words = bench.desk, bench.words
        self._entries: list[Entry] = []
        self._edits: list[Event] = []
        self.chips = Chips(bench.look, self.tr("Kinds that are shown"))
        self.model = TimelineModel(bench.desk, bench.look, self._columns(), event_key, self)
        self.table = RowsTable(self.model, self.tr("Timeline"))
        self.table.setSortingEnabled(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.said = label(
            self.tr("Newest first. All kinds are shown until you choose some."), "quiet"
        )
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(0)
        self._reading.timeout.connect(self._read_older)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        self.chips.changed.connect(self._show)
        self.table.opened.connect(lambda event: self.wanted.emit(place_of(event)))
        bench.look.changed.connect(self.table.scale_rows)

    def _columns(self) -> list[RowColumn]:
        tr, desk, words = self.tr, self._desk, self._words
        return [
            RowColumn(tr("When"), lambda e: when_text(e, words), 150),
            RowColumn(tr("Kind"), kind_text, 150, tone=_tone),
            RowColumn(tr("What"), lambda e: what_text(desk.audit, e, words), 540, tone=_tone),
            RowColumn(tr("Who"), lambda e: who_text(desk.audit, e, words), 170),
        ]

    @property
    def is_ready(self) -> bool:
        """The whole journal was read."""
        return not self._reading.isActive()

    def show_audit(self) -> None:
        """Read the newest part of the journal at once and the older ones behind each other."""
        self._entries = []
        self._reading.stop()
        self.follow()
        if self._entries and self._entries[0].sequence > 1:
            self._reading.start()

    def show_record(self, id_: str) -> None:
        """The newest event about a record."""
        self.chips.choose(())
        self._show()
        event = next((e for e in self.model.rows if id_ in e.keys), None)
        if event is not None:
            self.table.show_row(event_key(event))

    def follow(self, _changes: Sequence[Change] = ()) -> None:
        """Read what was added to the journal since."""
        file = self._desk.file
        if file is None:
            return
        try:
            newest = file.head.sequence
            last = self._entries[-1].sequence if self._entries else max(0, newest - SLICE)
            self._entries += file.entries(after=last)
        except PlumblineError as error:
            self._desk.failed.emit(error.sentence)
            return
        self._show_journal()

    def _read_older(self) -> None:
        file = self._desk.file
        if file is None or not self._entries:
            return
        until = self._entries[0].sequence - 1
        try:
            older = file.entries(after=max(0, until - SLICE), until=until)
        except PlumblineError as error:
            self._desk.failed.emit(error.sentence)
            return
        self._entries[:0] = older
        before = edits(older)
        if before and before[-1].when <= self._edits[0].when:
            self._edits[:0] = before
        self._show_journal()
        if older and older[0].sequence > 1:
            self._reading.start()

    def _show_journal(self) -> None:
        known = len(self._edits)
        same = known and self._entries and self._edits[0].record is self._entries[0]
        if same and known <= len(self._entries):
            self._edits += edits(self._entries[known:], self._edits[-1].when)
        else:
            self._edits = edits(self._entries)
        self._show()

    def _show(self) -> None:
        found = merged(self._edits, events(self._desk.audit, lambda at: at.astimezone()))
        counts = Counter(GROUPS[event.kind] for event in found)
        self.chips.show_chips([Chip(g, name, counts[g]) for g, name in self._names().items()])
        chosen = self.chips.chosen
        if chosen:
            found = [event for event in found if GROUPS[event.kind] in chosen]
        found.reverse()
        self.model.show_rows(found)

    def _names(self) -> dict[Group, str]:
        return {
            Group.EDITS: self.tr("Edits"),
            Group.SESSIONS: self.tr("Sessions"),
            Group.PEOPLE: self.tr("People coming and going"),
            Group.VOTES: self.tr("Votes"),
            Group.DECISIONS: self.tr("Decisions"),
            Group.SNAPSHOTS: self.tr("Snapshots"),
        }


def _tone(event: Event) -> str:
    record = event.record
    if isinstance(record, Entry):
        return "third" if record.kind in (EntryKind.UNDO, EntryKind.BARRIER) else ""
    return "accent"
