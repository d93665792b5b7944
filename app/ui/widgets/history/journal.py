"""What was done, newest first, with undo and redo under their labels."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.history import Entry, EntryKind
from app.ui.models.history.words import moment_text
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import person_name
from app.ui.page import Bench, button
from app.ui.widgets.cells import RowsTable

LABEL = 46
"""Letters of a label that a button shows."""


class JournalTab(QWidget):
    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk, self._words = bench.desk, bench.words
        self._entries: list[Entry] = []
        self.undo, self.redo = button(""), button("")
        self.model = RowsModel[Entry](
            bench.desk, bench.look, self._columns(), lambda e: str(e.sequence), self
        )
        self.table = RowsTable(self.model, self.tr("What was done"))
        row = QHBoxLayout()
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.undo.clicked.connect(lambda: self._desk.undo())
        self.redo.clicked.connect(lambda: self._desk.redo())
        bench.look.changed.connect(self.table.scale_rows)

    def _columns(self) -> list[RowColumn]:
        tr = self.tr
        return [
            RowColumn(tr("When"), lambda e: moment_text(e.at, self._words), 160,
                      order=lambda e: e.sequence),
            RowColumn(tr("What"), lambda e: e.label, 520, tone=_tone),
            RowColumn(tr("Who"), self._who, 170),
            RowColumn(tr("Kind"), self._kind, 110, tone=_tone),
            RowColumn(tr("Entry"), lambda e: str(e.sequence), 70, order=lambda e: e.sequence),
        ]  # fmt: skip

    def _who(self, entry: Entry) -> str:
        return person_name(self._desk.audit, entry.by, self._words)

    def _kind(self, entry: Entry) -> str:
        names = {
            EntryKind.DO: self.tr("done"),
            EntryKind.UNDO: self.tr("undone"),
            EntryKind.REDO: self.tr("done again"),
            EntryKind.BARRIER: self.tr("start"),
        }
        return names[entry.kind]

    @property
    def count(self) -> int:
        return len(self._entries)

    def show_audit(self) -> None:
        """Read the whole journal; another file may be open."""
        self._entries = []
        self.follow()

    def follow(self) -> None:
        """Read what was added to the journal since."""
        file = self._desk.file
        if file is None:
            return
        last = self._entries[0].sequence if self._entries else 0
        self._entries = [*reversed(file.entries(after=last)), *self._entries]
        self.model.show_rows(self._entries)
        self._name(self.undo, self.tr("Undo"), self._desk.undo_label)
        self._name(self.redo, self.tr("Redo"), self._desk.redo_label)

    def _name(self, made: QWidget, word: str, label: str) -> None:
        short = label if len(label) <= LABEL else label[: LABEL - 1] + "…"
        made.setText(f"{word}: {short}" if label else word)
        made.setAccessibleName(f"{word}: {label}" if label else word)
        made.setToolTip(label)
        made.setEnabled(bool(label) and not self._desk.read_only)


def _tone(entry: Entry) -> str:
    return "third" if entry.kind in (EntryKind.UNDO, EntryKind.BARRIER) else ""
