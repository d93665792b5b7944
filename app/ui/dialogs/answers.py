"""Tables of answers: take one that came back, or write a sheet for somebody to fill in."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from app.domain.edits.answer_rows import take_answers
from app.domain.ids import PersonId
from app.domain.sessions import named_people
from app.errors import PlumblineError
from app.exchange.answer_table import AnswerTable, read_answers, write_template
from app.ui.dialogs.taking import TakingDialog, fill, opened, reading_table
from app.ui.page import Bench, button, card, label, translate
from app.ui.widgets.report.written_file import WrittenFile


def run_answers(parent: QWidget, bench: Bench, path: Path | None = None) -> "AnswersDialog":
    """Open the dialog over a window, on a table where one was dropped or named."""
    dialog = opened(AnswersDialog(parent, bench))
    if path:
        dialog.read(path)
    return dialog


class AnswersDialog(TakingDialog):
    job = "answers"

    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        super().__init__(parent, bench, translate("Answers as a table"))
        self.setAcceptDrops(True)
        self.resize(760, 560)
        self._path = Path()
        self._read: AnswerTable | None = None
        self.choose = button(self.tr("Choose a table…"))
        self.take = button(self.tr("Take the answers"), "primary")
        self.busy.setAccessibleName(self.tr("The table is being read"))
        self.skipped = reading_table(
            self.tr("Rows that are left out"), [self.tr("Row"), self.tr("Why it is left out")]
        )
        self.person = QComboBox()
        self.person.setAccessibleName(self.tr("For whom"))
        self.write = button(self.tr("Write a sheet…"))
        self.written = WrittenFile(lambda: None)
        self._lay_out()
        self._fill_people()
        self._connect()
        self.show_found(None)

    def _lay_out(self) -> None:
        column = self.column()
        column.addWidget(self._taking(), 1)
        column.addWidget(self._writing())
        column.addLayout(self.foot())

    def _taking(self) -> QWidget:
        frame, column = card()
        column.addWidget(label(self.tr("Take a table that came back"), "heading"))
        column.addWidget(
            label(
                self.tr(
                    "CSV or XLSX. What one person wrote is proposed until the room settles it; "
                    "all of it is one step that can be undone."
                ),
                "lead",
            )
        )
        column.addLayout(self.row(self.choose, self.take))
        column.addWidget(self.found)
        column.addWidget(self.skipped, 1)
        column.addStretch(0)
        return frame

    def _writing(self) -> QWidget:
        frame, column = card()
        column.addWidget(label(self.tr("Write a sheet to fill in"), "heading"))
        row = QHBoxLayout()
        row.addWidget(self.person, 1)
        row.addWidget(self.write)
        column.addLayout(row)
        column.addWidget(self.written)
        return frame

    def _fill_people(self) -> None:
        self.person.addItem(self.tr("Everybody: all that still has to be asked"), None)
        for id_, person in sorted(named_people(self.desk.audit).items()):
            self.person.addItem(self.tr("{0}: at most 15 questions").format(person.name), id_)

    def _connect(self) -> None:
        for made in (self.choose, self.take, self.write):
            made.setAutoDefault(False)
        self.choose.clicked.connect(self._ask_which)
        self.take.clicked.connect(self.take_read)
        self.write.clicked.connect(self._ask_where)

    # Taking.

    def _ask_which(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a table of answers"), "", self.tr("Tables (*.csv *.tsv *.xlsx)")
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Check every row against the audit, in a worker; nothing is taken yet."""
        audit = self.desk.audit
        self._path = path
        self.look(lambda: read_answers(audit, path))

    def show_found(self, read: AnswerTable | None) -> None:
        self._read = read
        self.take.setEnabled(bool(read and read.rows))
        left = [(str(each.row), each.why) for each in read.skipped] if read else []
        self.skipped.setVisible(bool(left))
        fill(self.skipped, left)
        if read is None:
            self.found.setText("")
            return
        self.found.setText(
            self.tr("{0}: {1} answers can be taken, {2} rows are left out, {3} are blank.").format(
                self._path.name, len(read.rows), len(read.skipped), read.blank
            )
        )

    def take_read(self) -> None:
        """All rows that may be taken, as one step."""
        assert self._read is not None
        rows = self._read.rows
        name = self.tr("Take answers from {0}").format(self._path.name)
        if self.take_by(lambda: self.desk.apply(name, take_answers, rows)):
            self._read = None
            self.take.setEnabled(False)
            self.found.setText(self.tr("Took {0} answers. Undo takes them back.").format(len(rows)))

    # Writing.

    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write a sheet to fill in"),
            "answers.xlsx",
            self.tr("Workbook (*.xlsx);;Text (*.csv)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            path = Path(name)
            self.write_sheet(path if path.suffix else path.with_suffix(".xlsx"))

    def write_sheet(self, path: Path) -> None:
        """A sheet for the person chosen; a file that is there is never written over."""
        person: PersonId | None = self.person.currentData()
        self.say("")
        self.written.clear()
        try:
            rows = write_template(self.desk.audit, path, person=person)
        except PlumblineError as error:
            self.say(error.sentence)
            return
        self.written.finish(path, self.tr("Wrote {0} questions to {1}").format(rows, path.name))

    # Qt's events.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = next((u.toLocalFile() for u in event.mimeData().urls() if u.isLocalFile()), "")
        if path:
            self.read(Path(path))
