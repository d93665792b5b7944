"""Pre-work sheets that came back: everything they say to look at, and taken in one step."""

from collections.abc import Sequence
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

from app.desk.prework import Returned, reading, take
from app.domain.answers import Reply, Said
from app.domain.edits.answer_rows import AnswerRow
from app.domain.wall import place_name
from app.errors import PlumblineError
from app.ui.page import Bench, button, label

JOB = "prework"


def run_prework_reading(
    parent: QWidget, bench: Bench, paths: Sequence[Path] = ()
) -> "PreworkReadingDialog":
    """Open the dialog over a window, on sheets where some were named."""
    dialog = PreworkReadingDialog(parent, bench)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    if paths:
        dialog.read(paths)
    return dialog


class PreworkReadingDialog(QDialog):
    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        super().__init__(parent)
        self.bench, self.desk, self.words = bench, bench.desk, bench.words
        tr = self.tr
        self.setWindowTitle(tr("Read pre-work sheets back"))
        self.resize(980, 560)
        self._paths: tuple[Path, ...] = ()
        self._read: Returned | None = None
        self.trouble = label("", "alarm")
        self.trouble.hide()
        self.choose = button(tr("Choose sheets…"))
        self.take = button(tr("Take the answers"), "primary")
        self.found = label("", "lead")
        self.busy = QProgressBar()
        self.busy.setAccessibleName(tr("The sheets are being read"))
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.answers = self._table(
            tr("Answers of the sheets"),
            [tr("Who"), tr("About"), tr("Question"), tr("Now"), tr("Sheet"), tr("Note")],
        )
        self.unread = self._table(
            tr("What is left out"), [tr("Where"), tr("What stands there"), tr("Why it is left out")]
        )
        for table, widths in ((self.answers, (150, 180, 280, 90, 160)), (self.unread, (290, 190))):
            for at, width in enumerate(widths):
                table.setColumnWidth(at, width)
        self.away = button(tr("Close"))
        self._lay_out()
        for made in (self.choose, self.take, self.away):
            made.setAutoDefault(False)
        self.choose.clicked.connect(self._ask_which)
        self.take.clicked.connect(self.take_read)
        self.away.clicked.connect(self.reject)
        self.finished.connect(lambda _code: self.desk.jobs.cancel(JOB))
        self._show(None)

    def _table(self, name: str, heads: list[str]) -> QTableWidget:
        table = QTableWidget(0, len(heads))
        table.setAccessibleName(name)
        table.setHorizontalHeaderLabels(heads)
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultSectionSize(150)
        header.setStretchLastSection(True)
        return table

    def _lay_out(self) -> None:
        lead = (
            "What one person wrote is proposed until the room settles it. Nothing is taken before "
            "you say so, and all of it is one step that can be undone."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.trouble)
        column.addWidget(label(self.tr(lead), "lead"))
        row = QHBoxLayout()
        for widget in (self.choose, self.take, self.busy):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.found)
        column.addWidget(self.answers, 3)
        column.addWidget(self.unread, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.away)
        column.addLayout(foot)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _ask_which(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Choose pre-work sheets"), "", self.tr("Workbooks (*.xlsx)")
        )
        if names:
            self.read([Path(name) for name in names])

    def read(self, paths: Sequence[Path]) -> None:
        """Check every cell against the audit, in a worker; nothing is taken yet."""
        self._paths = tuple(paths)
        self._say("")
        self._show(None)
        self.busy.show()
        self.desk.jobs.run_in_steps(JOB, reading(self.desk, paths), self._show, self._fail)

    def _fail(self, error: Exception) -> None:
        self._show(None)
        if not isinstance(error, PlumblineError):
            raise error
        self._say(error.sentence)

    def _show(self, read: Returned | None) -> None:
        self._read = read
        self.busy.setVisible(False)
        self.take.setEnabled(bool(read and read.rows))
        self._fill(self.answers, [self._line(row) for row in read.rows] if read else [])
        left = [(u.place, u.text, u.why) for u in read.unread] if read else []
        self._fill(self.unread, left)
        self.unread.setVisible(bool(left))
        text = self.tr("{0} answers or notes can be taken, {1} cells are left out, {2} are blank.")
        counts = (len(read.rows), len(read.unread), read.blank) if read else ()
        self.found.setText(text.format(*counts) if read else "")

    def _fill(self, table: QTableWidget, lines: Sequence[Sequence[str]]) -> None:
        table.setRowCount(len(lines))
        for number, line in enumerate(lines):
            for at, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(number, at, item)

    def _line(self, row: AnswerRow) -> tuple[str, ...]:
        audit = self.desk.audit
        person = audit.people.get(row.by) if row.by else None
        answer = audit.answers.get(row.target, {}).get(row.question)
        now = answer.individual.get(row.by) if answer and row.by else None
        question = f"{row.question} {audit.bank.question(row.question).text}"
        place = place_name(audit, row.target) or self.tr("Organisation")
        name = person.name if person else ""
        note = row.note or (row.said.reason if row.said else "")
        return name, place, question, self._said(now), self._said(row.said), note

    def _said(self, said: Said | None) -> str:
        if said is None:
            return ""
        if said.reply is not Reply.LEVEL or said.level is None:
            return self.words.of(said.reply, "reply")
        level = f"{said.level} {self.desk.audit.bank.level_names[said.level]}"
        return f"{level}, {self.words.of(said.grade, 'grade')}"

    def take_read(self) -> None:
        """Everything that may be taken, as one step."""
        assert self._read is not None
        rows, said = self._read.rows, list[str]()
        names = ", ".join(path.name for path in self._paths)
        self.desk.failed.connect(said.append)
        taken = take(self.desk, self.tr("Read pre-work {0}").format(names), rows)
        self.desk.failed.disconnect(said.append)
        self._say(" ".join(said))
        if taken:
            self._read = None
            self.take.setEnabled(False)
            self.found.setText(
                self.tr("Took {0} answers, all proposed. Undo takes them back.").format(len(rows))
            )
