"""A report's sheet that came back: every difference to look at, and taken in one step."""

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTableWidgetItem, QWidget

from app.desk.read_back import comparing, take
from app.domain.edits.read_back import FIELDS, FieldKind, Value
from app.domain.ids import PersonId
from app.exchange.sheet_reading import SheetChange, SheetChanges
from app.ui.dialogs.taking import TakingDialog, fill, opened, reading_table
from app.ui.page import Bench, button, label, translate

WHERE, RECORD, FIELD, WAS, SHEET, AUDIT = range(6)


def run_read_back(parent: QWidget, bench: Bench, path: Path | None = None) -> "ReadBackDialog":
    """Open the dialog over a window, on a sheet where one was named."""
    dialog = opened(ReadBackDialog(parent, bench))
    if path:
        dialog.read(path)
    return dialog


class ReadBackDialog(TakingDialog):
    job = "read_back"

    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        super().__init__(parent, bench, translate("Read a sheet back"))
        tr = self.tr
        self._path = Path()
        self._shown: tuple[SheetChange, ...] = ()
        self.choose = button(tr("Choose a sheet…"))
        self.take = button(tr("Take what is ticked"), "primary")
        self.busy.setAccessibleName(tr("The sheet is being compared"))
        heads = [tr("Where"), tr("Record"), tr("Column"), tr("Was"), tr("Sheet"), tr("Audit now")]
        self.changes = reading_table(tr("Differences"), heads)
        self.unread = reading_table(tr("What is left out"), [tr("Where"), tr("Why it is left out")])
        self._lay_out()
        for made in (self.choose, self.take):
            made.setAutoDefault(False)
        self.choose.clicked.connect(self._ask_which)
        self.take.clicked.connect(self.take_chosen)
        self.changes.itemChanged.connect(lambda _item: self._count())
        self.show_found(None)

    def _lay_out(self) -> None:
        for table in (self.changes, self.unread):
            table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        lead = (
            "A workbook that the report wrote. Nothing is taken before you say so, and all of it "
            "is one step that can be undone."
        )
        column = self.column()
        column.addWidget(label(self.tr(lead), "lead"))
        column.addLayout(self.row(self.choose, self.take))
        column.addWidget(self.found)
        column.addWidget(self.changes, 3)
        column.addWidget(self.unread, 1)
        column.addLayout(self.foot())

    def _ask_which(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a sheet"), "", self.tr("Workbooks (*.xlsx)")
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Compare every open cell with the audit, in a worker; nothing is taken yet."""
        self._path = path
        self.look(comparing(self.desk, path))

    def show_found(self, found: SheetChanges | None) -> None:
        self._shown = (*found.changed, *found.conflicting) if found else ()
        conflicts = set(found.conflicting) if found else set()
        self.changes.blockSignals(True)
        self.changes.setRowCount(len(self._shown))
        for number, change in enumerate(self._shown):
            self._show_change(number, change, is_ticked=change not in conflicts)
        self.changes.blockSignals(False)
        left = found.unread if found else ()
        self.unread.setVisible(bool(left))
        fill(self.unread, [(each.place, each.why) for each in left])
        self.found.setText(self._summary(found) if found else "")
        self._count()

    def _summary(self, found: SheetChanges) -> str:
        if not (found.changed or found.conflicting or found.unread):
            return self.tr("{0} says what the audit says.").format(self._path.name)
        text = self.tr("{0}: {1} changed, {2} changed here and in the audit, {3} left out.")
        return text.format(
            self._path.name, len(found.changed), len(found.conflicting), len(found.unread)
        )

    def _show_change(self, number: int, change: SheetChange, *, is_ticked: bool) -> None:
        texts = (
            change.place,
            change.edit.key,
            change.column,
            self._said(change, change.written),
            self._said(change, change.edit.value),
            self._said(change, change.now),
        )
        for at, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.changes.setItem(number, at, item)
        first = self.changes.item(number, WHERE)
        first.setFlags(first.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        first.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    def _said(self, change: SheetChange, value: Value) -> str:
        if value is None:
            return self.tr("nothing")
        if FIELDS[change.edit.register][change.edit.field] is FieldKind.PERSON:
            person = self.desk.audit.people.get(PersonId(str(value)))
            return person.name if person else str(value)
        if isinstance(value, dt.date):
            return self.bench.words.short_date(value)
        return f"{value:g}" if isinstance(value, float) else str(value)

    def chosen(self) -> tuple[SheetChange, ...]:
        """The differences that are ticked."""
        ticked = Qt.CheckState.Checked
        return tuple(
            change
            for number, change in enumerate(self._shown)
            if self.changes.item(number, WHERE).checkState() == ticked
        )

    def _count(self) -> None:
        self.take.setEnabled(bool(self.chosen()))

    def take_chosen(self) -> None:
        """Everything ticked, as one step."""
        edits = tuple(change.edit for change in self.chosen())
        name = self.tr("Read back {0}").format(self._path.name)
        if self.take_by(lambda: take(self.desk, name, edits)):
            self.show_found(None)
            self.found.setText(
                self.tr("Took {0} changes. Undo takes them back.").format(len(edits))
            )
