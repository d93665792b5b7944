"""Minutes of a session or of all: a few choices, where to, and what became of it."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk.minutes import minuting
from app.domain.ids import SessionId
from app.domain.sessions import in_order, running
from app.report.formats import MINUTES
from app.report.model import Audience, PageSize
from app.report.request import Request
from app.report.verified import Written
from app.ui.dialogs.handout import JOB, HandoutDialog, opened
from app.ui.page import Bench


def run_minutes(parent: QWidget, bench: Bench, session: SessionId | None = None) -> "MinutesDialog":
    """`session`: chosen at first; else the one that runs, else the latest."""
    return opened(MinutesDialog(parent, bench, session))


class MinutesDialog(HandoutDialog):
    def __init__(
        self, parent: QWidget | None, bench: Bench, session: SessionId | None = None
    ) -> None:
        lead = (
            "What was decided, voted on, objected to and put aside, with times and attendance, "
            "as the record has it."
        )
        super().__init__(parent, bench, self.tr(lead))
        self.setWindowTitle(self.tr("Write the minutes"))
        audit, words = self.desk.audit, bench.words
        order = in_order(audit)
        named = [(key, audit.sessions[key]) for key in order]
        self.session = self._choice(
            self.tr("Session"),
            [
                *((key, f"{r.title}, {words.short_date(r.date)}") for key, r in reversed(named)),
                ("", self.tr("All sessions")),
            ],
        )
        first = session or running(audit) or (order[-1] if order else "")
        self.session.setCurrentIndex(max(0, self.session.findData(first)))
        titles = {
            "pdf": self.tr("To print (PDF)"),
            "html": self.tr("To read in a browser (HTML)"),
            "docx": self.tr("To write on (DOCX)"),
        }
        self.kind = self._choice(self.tr("Format"), [(kind, titles[kind]) for kind in MINUTES])
        self.audience = self._choice(
            self.tr("For"), [(a.value, words.of(a, "audience")) for a in Audience]
        )
        for box in (self.session, self.kind, self.audience, self.language, self.page):
            self._add_row(box)
        self.write.setEnabled(bool(order))
        if not order:
            self._say(self.tr("There is no session yet. Add one in the log first."))

    def _ask_where(self) -> None:
        kind = self.kind.currentData()
        stem = self.desk.path.stem if self.desk.path else "audit"
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write the minutes"),
            str(self._start_folder() / f"{stem}-minutes.{kind}"),
            f"{kind.upper()} (*.{kind})",
        )
        if name:
            path = Path(name)
            self.write_to(path if path.suffix else path.with_suffix(f".{kind}"))

    def write_to(self, path: Path) -> None:
        request = Request(
            Audience(self.audience.currentData()),
            PageSize(self.page.currentData()),
            self.desk.today(),
            language=self.language.currentData(),
        )
        chosen = self.session.currentData()
        work = minuting(
            self.desk,
            request,
            SessionId(chosen) if chosen else None,
            self.kind.currentData(),
            path,
        )
        self._begin(self.tr("Writing the minutes"))
        self.desk.jobs.run_in_steps(JOB, work, lambda w: self._show(path, w), self._fail)

    def _show(self, path: Path, written: Written) -> None:
        size = f"{max(1, written.size // 1024):,}"
        self._end(path, self.tr("Wrote {0}, {1} KB").format(path.name, size))
