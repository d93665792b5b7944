"""Pre-work sheets that came back: everything they say to look at, and taken in one step."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk.prework import Returned, reading, take
from app.domain.answers import Reply, Said
from app.domain.edits.answer_rows import AnswerRow
from app.domain.wall import place_name
from app.ui.dialogs.taking import TakingDialog, fill, opened, reading_table
from app.ui.page import Bench, button, label, translate


def run_prework_reading(
    parent: QWidget, bench: Bench, paths: Sequence[Path] = ()
) -> "PreworkReadingDialog":
    """Open the dialog over a window, on sheets where some were named."""
    dialog = opened(PreworkReadingDialog(parent, bench))
    if paths:
        dialog.read(paths)
    return dialog


class PreworkReadingDialog(TakingDialog):
    job = "prework"

    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        super().__init__(parent, bench, translate("Read pre-work sheets back"))
        tr = self.tr
        self._paths: tuple[Path, ...] = ()
        self._read: Returned | None = None
        self.choose = button(tr("Choose sheets…"))
        self.take = button(tr("Take the answers"), "primary")
        self.busy.setAccessibleName(tr("The sheets are being read"))
        self.answers = reading_table(
            tr("Answers of the sheets"),
            [tr("Who"), tr("About"), tr("Question"), tr("Now"), tr("Sheet"), tr("Note")],
        )
        self.unread = reading_table(
            tr("What is left out"), [tr("Where"), tr("What stands there"), tr("Why it is left out")]
        )
        for table, widths in ((self.answers, (150, 180, 280, 90, 160)), (self.unread, (290, 190))):
            for at, width in enumerate(widths):
                table.setColumnWidth(at, width)
        self._lay_out()
        for made in (self.choose, self.take):
            made.setAutoDefault(False)
        self.choose.clicked.connect(self._ask_which)
        self.take.clicked.connect(self.take_read)
        self.show_found(None)

    def _lay_out(self) -> None:
        lead = (
            "What one person wrote is proposed until the room settles it. Nothing is taken before "
            "you say so, and all of it is one step that can be undone."
        )
        column = self.column()
        column.addWidget(label(self.tr(lead), "lead"))
        column.addLayout(self.row(self.choose, self.take))
        column.addWidget(self.found)
        column.addWidget(self.answers, 3)
        column.addWidget(self.unread, 1)
        column.addLayout(self.foot())

    def _ask_which(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Choose pre-work sheets"), "", self.tr("Workbooks (*.xlsx)")
        )
        if names:
            self.read([Path(name) for name in names])

    def read(self, paths: Sequence[Path]) -> None:
        """Check every cell against the audit, in a worker; nothing is taken yet."""
        self._paths = tuple(paths)
        self.look(reading(self.desk, paths), in_steps=True)

    def show_found(self, read: Returned | None) -> None:
        self._read = read
        self.take.setEnabled(bool(read and read.rows))
        fill(self.answers, [self._line(row) for row in read.rows] if read else [])
        left = [(u.place, u.text, u.why) for u in read.unread] if read else []
        fill(self.unread, left)
        self.unread.setVisible(bool(left))
        text = self.tr("{0} answers or notes can be taken, {1} cells are left out, {2} are blank.")
        counts = (len(read.rows), len(read.unread), read.blank) if read else ()
        self.found.setText(text.format(*counts) if read else "")

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
        rows = self._read.rows
        names = ", ".join(path.name for path in self._paths)
        name = self.tr("Read pre-work {0}").format(names)
        if self.take_by(lambda: take(self.desk, name, rows)):
            self._read = None
            self.take.setEnabled(False)
            self.found.setText(
                self.tr("Took {0} answers, all proposed. Undo takes them back.").format(len(rows))
            )
