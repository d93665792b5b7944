"""A report's sheet that came back: every difference to look at, and taken in one step."""

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.desk.read_back import comparing, take
from app.domain.edits.read_back import FIELDS, FieldKind, Value
from app.domain.ids import PersonId
from app.errors import PlumblineError
from app.exchange.sheet_reading import SheetChange, SheetChanges
from app.ui.page import Bench, button, label

JOB = "read_back"
WHERE, RECORD, FIELD, WAS, SHEET, AUDIT = range(6)


def run_read_back(parent: QWidget, bench: Bench, path: Path | None = None) -> "ReadBackDialog":
    """Open the dialog over a window, on a sheet where one was named."""
    dialog = ReadBackDialog(parent, bench)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    if path:
        dialog.read(path)
    return dialog


class ReadBackDialog(QDialog):
    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        super().__init__(parent)
        self.bench, self.desk = bench, bench.desk
        self.setWindowTitle(self.tr("Read a sheet back"))
        self.resize(980, 560)
        self._path = Path()
        self._shown: tuple[SheetChange, ...] = ()
        self.trouble = label("", "alarm")
        self.trouble.hide()
        self.choose = button(self.tr("Choose a sheet…"))
        self.take = button(self.tr("Take what is ticked"), "primary")
        self.found = label("", "lead")
        self.busy = QProgressBar()
        self.busy.setAccessibleName(self.tr("The sheet is being compared"))
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.changes = QTableWidget(0, 6)
        self.unread = QTableWidget(0, 2)
        self.away = button(self.tr("Close"))
        self._lay_out()
        self._connect()
        self._show(None)

    def _lay_out(self) -> None:
        tr = self.tr
        self.changes.setAccessibleName(tr("Differences"))
        self.changes.setHorizontalHeaderLabels(
            [tr("Where"), tr("Record"), tr("Column"), tr("Was"), tr("Sheet"), tr("Audit now")]
        )
        self.unread.setAccessibleName(tr("What is left out"))
        self.unread.setHorizontalHeaderLabels([tr("Where"), tr("Why it is left out")])
        for table in (self.changes, self.unread):
            table.verticalHeader().hide()
            table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
            table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
            header = table.horizontalHeader()
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setStretchLastSection(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.trouble)
        column.addWidget(
            label(
                tr(
                    "A workbook that the report wrote. Nothing is taken before you say so, and "
                    "all of it is one step that can be undone."
                ),
                "lead",
            )
        )
        row = QHBoxLayout()
        for widget in (self.choose, self.take, self.busy):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.found)
        column.addWidget(self.changes, 3)
        column.addWidget(self.unread, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.away)
        column.addLayout(foot)

    def _connect(self) -> None:
        for made in (self.choose, self.take, self.away):
            made.setAutoDefault(False)
        self.choose.clicked.connect(self._ask_which)
        self.take.clicked.connect(self.take_chosen)
        self.away.clicked.connect(self.reject)
        self.changes.itemChanged.connect(lambda _item: self._count())
        self.finished.connect(lambda _code: self.desk.jobs.cancel(JOB))

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _ask_which(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a sheet"), "", self.tr("Workbooks (*.xlsx)")
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Compare every open cell with the audit, in a worker; nothing is taken yet."""
        self._path = path
        self._say("")
        self._show(None)
        self.busy.show()
        self.desk.jobs.run(JOB, comparing(self.desk, path), self._show, self._fail)

    def _fail(self, error: Exception) -> None:
        self._show(None)
        if not isinstance(error, PlumblineError):
            raise error
        self._say(error.sentence)

    def _show(self, found: SheetChanges | None) -> None:
        self.busy.setVisible(False)
        self._shown = (*found.changed, *found.conflicting) if found else ()
        conflicts = set(found.conflicting) if found else set()
        self.changes.blockSignals(True)
        self.changes.setRowCount(len(self._shown))
        for number, change in enumerate(self._shown):
            self._show_change(number, change, is_ticked=change not in conflicts)
        self.changes.blockSignals(False)
        left = found.unread if found else ()
        self.unread.setVisible(bool(left))
        self.unread.setRowCount(len(left))
        for number, each in enumerate(left):
            for at, text in enumerate((each.place, each.why)):
                self.unread.setItem(number, at, QTableWidgetItem(text))
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
        edits, said = tuple(change.edit for change in self.chosen()), list[str]()
        self.desk.failed.connect(said.append)
        taken = take(self.desk, self.tr("Read back {0}").format(self._path.name), edits)
        self.desk.failed.disconnect(said.append)
        self._say(" ".join(said))
        if taken:
            self._show(None)
            self.found.setText(
                self.tr("Took {0} changes. Undo takes them back.").format(len(edits))
            )
