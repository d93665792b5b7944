"""What is printed before a session: pre-work sheets and the room pack, with the few choices."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.desk.prework import packing, printing
from app.domain.prework import people_asked
from app.errors import PlumblineError
from app.exchange.prework_files import FORMATS, WrittenPrework
from app.report.model import PageSize
from app.ui.page import Bench, button, label
from app.ui.widgets.report.written_file import WrittenFile
from app.words import languages

JOB = "handout"


Dialog = TypeVar("Dialog", bound="HandoutDialog")


def run_prework(parent: QWidget, bench: Bench) -> "PreworkDialog":
    return opened(PreworkDialog(parent, bench))


def run_room_pack(parent: QWidget, bench: Bench) -> "RoomPackDialog":
    return opened(RoomPackDialog(parent, bench))


def opened(dialog: Dialog) -> Dialog:
    """The dialog over its window; it is gone once it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class HandoutDialog(QDialog):
    """Language and page, a button that asks where, and what became of it."""

    def __init__(self, parent: QWidget | None, bench: Bench, lead: str) -> None:
        super().__init__(parent)
        self.bench, self.desk = bench, bench.desk
        self.resize(560, 260)
        self.language = self._choice(
            self.tr("Language"), [(code, code) for code in self._languages()]
        )
        self.page = self._choice(
            self.tr("Page"), [(PageSize.A4.value, "A4"), (PageSize.LETTER.value, "US Letter")]
        )
        self.trouble = label("", "alarm")
        self.trouble.hide()
        self.write = button(self.tr("Write…"), "primary")
        self.written = WrittenFile(self._stop)
        self.away = button(self.tr("Close"))
        self.form = QFormLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.trouble)
        column.addWidget(label(lead, "lead"))
        column.addLayout(self.form)
        column.addWidget(self.written)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for made in (self.write, self.away):
            made.setAutoDefault(False)
            foot.addWidget(made)
        column.addLayout(foot)
        self.write.clicked.connect(self._ask_where)
        self.away.clicked.connect(self.reject)
        self.finished.connect(lambda _code: self.desk.jobs.cancel(JOB))

    def _languages(self) -> list[str]:
        """The audit's own first."""
        own = self.desk.audit.organisation.language.split("-", maxsplit=1)[0]
        return sorted(languages(), key=lambda code: code != own)

    def _choice(self, name: str, choices: list[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for value, text in choices:
            box.addItem(text, value)
        return box

    def _add_row(self, box: QComboBox) -> None:
        self.form.addRow(box.accessibleName(), box)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _begin(self, text: str) -> None:
        self._say("")
        self.write.setEnabled(False)
        self.written.start(text, 0)

    def _stop(self) -> None:
        self.desk.jobs.cancel(JOB)
        self.write.setEnabled(True)
        self.written.say(self.tr("Stopped; nothing was written."))

    def _end(self, path: Path, text: str) -> None:
        self.write.setEnabled(True)
        self.written.finish(path, text)

    def _fail(self, error: Exception) -> None:
        self.write.setEnabled(True)
        self.written.clear()
        if not isinstance(error, PlumblineError):
            raise error
        self._say(error.sentence)

    def _start_folder(self) -> Path:
        return self.desk.path.parent if self.desk.path else Path.home()

    def _ask_where(self) -> None:
        raise NotImplementedError


class PreworkDialog(HandoutDialog):
    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        lead = "At most 15 questions for each person of an area, and the list of what to bring."
        super().__init__(parent, bench, self.tr(lead))
        self.setWindowTitle(self.tr("Write pre-work sheets"))
        audit = self.desk.audit
        asked = people_asked(audit)
        everybody = self.tr("Everybody: {0} people are asked something").format(len(asked))
        self.person = self._choice(
            self.tr("For whom"), [(None, everybody), *((p, audit.people[p].name) for p in asked)]
        )
        self.kind = self._choice(
            self.tr("Format"),
            [
                (FORMATS, self.tr("Workbook and PDF")),
                (("xlsx",), self.tr("Workbook (XLSX)")),
                (("pdf",), self.tr("To print (PDF)")),
            ],
        )
        for box in (self.person, self.kind, self.language, self.page):
            self._add_row(box)

    def _ask_where(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("A folder for the sheets"), str(self._start_folder())
        )
        if name:
            self.write_into(Path(name))

    def write_into(self, folder: Path) -> None:
        """Every file in a worker; a workbook that is there is never written over."""
        person = self.person.currentData()
        work = printing(
            self.desk,
            folder,
            (person,) if person else (),
            tuple(self.kind.currentData()),
            self.language.currentData(),
            PageSize(self.page.currentData()),
        )
        self._begin(self.tr("Writing pre-work sheets"))
        self.desk.jobs.run_in_steps(JOB, work, self._show, self._fail)

    def _show(self, files: tuple[WrittenPrework, ...]) -> None:
        size = sum(written.size for written in files)
        text = self.tr("Wrote {0} files, {1} bytes, to {2}")
        folder = files[0].path.parent
        self._end(files[-1].path, text.format(len(files), f"{size:,}", folder.name or str(folder)))


class RoomPackDialog(HandoutDialog):
    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        lead = (
            "Cards to hold up, the poster of the seven stages, the level rule, the attendance "
            "list, ballots and the agenda of the next session, as one PDF."
        )
        super().__init__(parent, bench, self.tr(lead))
        self.setWindowTitle(self.tr("Write the room pack"))
        for box in (self.language, self.page):
            self._add_row(box)

    def _ask_where(self) -> None:
        stem = self.desk.path.stem if self.desk.path else "audit"
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write the room pack"),
            str(self._start_folder() / f"{stem}-room-pack.pdf"),
            "PDF (*.pdf)",
        )
        if name:
            self.write_to(Path(name))

    def write_to(self, path: Path) -> None:
        page = PageSize(self.page.currentData())
        work = packing(self.desk, path, self.language.currentData(), page)
        self._begin(self.tr("Writing the room pack"))
        said = self.tr("Wrote {0} pages to {1}")
        self.desk.jobs.run_in_steps(
            JOB, work, lambda pages: self._end(path, said.format(pages, path.name)), self._fail
        )
