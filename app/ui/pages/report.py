"""The report: for whom, page by page as it will be read, what is left to mend, and out it goes."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from app.desk.progress import Progress, Stopped
from app.desk.reports import EXPORT_STEPS, Preview, export, figures_on, gathering, preview
from app.domain.changes import Change
from app.domain.checks import checks
from app.domain.findings import Finding
from app.errors import PlumblineError
from app.report.request import Request
from app.report.verified import Written
from app.ui.mending import place_of
from app.ui.models.targets import size_text
from app.ui.page import Bench, Page, Place, head, scrolled, translate
from app.ui.widgets.report.options import ReportOptions
from app.ui.widgets.report.preflight import Preflight
from app.ui.widgets.report.preview import ReportPreview
from app.ui.widgets.report.sides import ReportSides
from app.ui.widgets.report.written_file import WrittenFile

PREVIEW, EXPORT, CHECKS = "report-preview", "report-export", "report-checks"
SETTLED = 400
"""Milliseconds without a change before the pages are made anew."""
PIXELS_PER_INCH = 110
LINES = 32
"""Lines of text for which the checks need room; in less they scroll."""

Shown = tuple[Path | None, int, Request]
"""What pages were made from: the file, the entry of its journal, the report wanted."""


class ReportPage(Page):
    key = "report"
    group = "decide"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.options = ReportOptions(bench)
        self.written = WrittenFile(self.cancel_export)
        self.preview = ReportPreview(bench.look)
        self.preflight = Preflight(bench)
        # Where letters are large it scrolls rather than being squeezed.
        self.preflight.setMinimumHeight(LINES * self.fontMetrics().height())
        self.sides = ReportSides(
            self.preview,
            self.options.contents,
            scrolled(self.preflight, self.tr("Before it leaves the room")),
        )
        self._shown: Shown | None = None
        self._checked: Shown | None = None
        self._failed: Shown | None = None
        self._making: Progress | None = None
        self._writing: Progress | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SETTLED)
        self._lay_out()
        self._connect()
        self.options.more.setChecked(bench.settings.report_is_unfolded)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._make)
        self.options.changed.connect(self._follow_request)
        self.options.format.currentIndexChanged.connect(lambda _index: self._note_format())
        self.options.more.toggled.connect(self._unfold)
        self.options.export.clicked.connect(self._ask_where)
        self.preflight.chosen.connect(self._mend)
        self.preview.add.clicked.connect(lambda: self.bench.go(Place("workflows")))
        self.desk.opened.connect(self._start_afresh)

    @staticmethod
    def title() -> str:
        return translate("Report")

    def _lay_out(self) -> None:
        row, _, _ = head(
            self.title(),
            self.tr("What those who decide will read, page by page, as it stands now."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.options)
        column.addWidget(self.written)
        column.addWidget(self.sides, 1)

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            (self.tr("PgUp, PgDown"), self.tr("One page back or on")),
            (self.tr("Home, End"), self.tr("First or last page")),
            (self.tr("Enter"), self.tr("Go to what a line of the list names")),
            (self.tr("Alt+letter"), self.tr("Go to the choice with that letter underlined")),
        ]

    # Following the audit.

    def show_audit(self) -> None:
        self.desk.want_plan()
        self._follow_request()

    def follow(self, _changes: Sequence[Change]) -> None:
        self._follow_request()

    def follow_figures(self) -> None:
        self._follow_request()

    def go_to(self, _place: Place) -> None:
        self.options.export.setFocus()

    @property
    def is_ready(self) -> bool:
        """What is shown is the audit as it is now."""
        wanted = self._wanted()
        return self._checked == wanted and (
            wanted in (self._shown, self._failed) or not self._has_workflow()
        )

    def _wanted(self) -> Shown:
        file = self.desk.file
        return self.desk.path, file.head[0] if file else 0, self.options.request

    def _has_workflow(self) -> bool:
        return any(w.is_active for w in self.desk.audit.workflows.values())

    def _start_afresh(self) -> None:
        """Another audit, or none: nothing of the old one stays on the page."""
        self._stop_making()
        self._writing = self._shown = self._checked = self._failed = None
        self.options.export.setEnabled(True)
        self.options.start_afresh()
        self.written.clear()
        self.preview.clear()
        self.preflight.clear()

    def _follow_request(self) -> None:
        """Pages of something else are being made or shown: stop, wait until it settles, redo."""
        if not self.desk.is_open:
            return
        self.options.show_audit(self.desk.audit)
        if self.is_ready:
            return
        if not self._has_workflow():
            self._stop_making()
            self.preview.show_nothing()
        elif self._wanted() not in (self._shown, self._failed):
            self._stop_making()
            self.preview.show_behind()
        self._pause.start()

    def _stop_making(self) -> None:
        if self._making:
            self._making.stop()
            self._making = None
        self.desk.jobs.cancel(PREVIEW)
        self._pause.stop()

    def _make(self) -> None:
        """Start the workers, unless the figures are still to come: they will call again."""
        wanted = self._wanted()
        request = wanted[2]
        audit, day = self.desk.audit, request.date
        if self._checked != wanted:
            self.desk.jobs.run(
                CHECKS, lambda: checks(audit, day), lambda f: self._take_checks(wanted, f), _raise
            )
        if not self._has_workflow() or wanted in (self._shown, self._failed):
            return
        if request.date == self.desk.today() and figures_on(self.desk, request.date) is None:
            return
        made = gathering(self.desk, day)
        progress = self._making = Progress(self)
        press, words, ppi = self.desk.press, self.words, PIXELS_PER_INCH * self.devicePixelRatioF()
        self.desk.jobs.run(
            PREVIEW,
            lambda: preview(made, request, ppi, press, progress, words),
            lambda found: self._take_pages(wanted, found),
            lambda error: self._take_failure(wanted, error),
        )

    def _take_checks(self, made_from: Shown, findings: Sequence[Finding]) -> None:
        self._checked = made_from
        self.preflight.show_findings(findings)

    def _take_pages(self, made_from: Shown, found: Preview) -> None:
        self._making, self._shown = None, made_from
        self.preview.show_pages(found.pages)
        self.preflight.show_hides(found.hides, found.redacted)

    def _take_failure(self, made_from: Shown, error: Exception) -> None:
        self._making, self._failed = None, made_from
        if not isinstance(error, PlumblineError):
            raise error
        self.preview.show_failure(error.sentence)
        self.bench.tell(error.sentence)

    def _unfold(self, unfolded: bool) -> None:
        self.bench.settings.report_is_unfolded = unfolded
        self.sides.unfold(unfolded)

    def _note_format(self) -> None:
        """The pages are made once, as PDF, whatever the file will be."""
        instead = self.options.chosen.instead
        self.preview.show_note(
            self.tr("The preview shows the PDF.") + " " + instead if instead else ""
        )

    def _mend(self, finding: Finding) -> None:
        self.bench.go(place_of(self.desk.audit, finding))

    # Out it goes.

    def _ask_where(self) -> None:
        """Asked again where the right ending leads to another file that is there already."""
        wanted = self.options.chosen
        start = self.written.path.parent if self.written.path.name else self._folder()
        stem = self.desk.path.stem if self.desk.path else "audit"
        path = start / f"{stem}-report.{wanted.ending}"
        kinds = f"{wanted.name} (*.{wanted.ending})"
        while True:
            said = self.tr("Export the report")
            name, _ = QFileDialog.getSaveFileName(self, said, str(path), kinds)
            if not name:
                return
            path = _ended(Path(name), wanted.ending)
            if path == Path(name) or not path.exists():
                self.export_to(path)
                return

    def _folder(self) -> Path:
        """Beside the audit, or at home for one that has no place of its own yet."""
        folder = self.desk.path.parent if self.desk.path else Path.home()
        return Path.home() if folder.name == "untitled" else folder

    def export_to(self, path: Path) -> None:
        """Write the report as it is wished now; what comes of it is said on the page."""
        made, request, kind = (
            gathering(self.desk, self.options.request.date),
            self.options.request,
            self.options.kind,
        )
        progress = self._writing = Progress(self)
        progress.stepped.connect(self.written.bar.setValue)
        press = self.desk.press
        self.options.export.setEnabled(False)
        self.written.start(self.tr("Writing {0}").format(path.name), EXPORT_STEPS)
        self.desk.jobs.run(
            EXPORT,
            lambda: export(made, request, kind, path, press, progress),
            lambda written: self._exported(path, kind, written),
            self._not_exported,
        )

    def cancel_export(self) -> None:
        """Stop at the next step; only then is it certain that nothing was written."""
        if self._writing:
            self._writing.stop()
            self.written.stopping(self.tr("Stopping…"))

    def _exported(self, path: Path, kind: str, written: Written) -> None:
        self._writing = None
        self.options.export.setEnabled(True)
        pages = "slide" if kind == "pptx" else "page"
        counts = ((pages, written.pages), ("row", written.rows))
        parts = [self.words.count(unit, n) for unit, n in counts if n is not None]
        holds = ", ".join([*parts, size_text(written.size, self.words)])
        self.written.finish(path, self.tr("Wrote {0}: {1}").format(path.name, holds))

    def _not_exported(self, error: Exception) -> None:
        self._writing = None
        self.options.export.setEnabled(True)
        if isinstance(error, Stopped):
            self.written.say(self.tr("Stopped; nothing was written."))
        elif isinstance(error, PlumblineError):
            self.written.clear()
            self.bench.tell(error.sentence)
        else:
            self.written.clear()
            raise error


def _ended(path: Path, ending: str) -> Path:
    """The path with the ending of its format, behind whatever was typed."""
    right = path.suffix.casefold() == f".{ending}"
    return path if right else path.with_name(f"{path.name}.{ending}")


def _raise(error: Exception) -> None:
    raise error
