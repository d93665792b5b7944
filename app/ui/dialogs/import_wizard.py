"""Takes an inventory in four steps: file, columns, differences, and what came of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.desk.imports import GUESS, Matched, Read, match, read_inventory
from app.domain.audit import Audit
from app.domain.edits.imports import ImportPlan, take_import
from app.domain.ids import WorkflowId
from app.errors import PlumblineError
from app.exchange.inventory import dump_mapping, plan_import, summarise
from app.exchange.paths import write_whole
from app.ui.models.import_rows import field_title
from app.ui.page import Bench, Place, button, card, label
from app.ui.widgets.intake.columns import ImportColumns
from app.ui.widgets.intake.differences import ImportDifferences
from app.ui.widgets.intake.file import ImportFile

JOB = "import"
FILE, COLUMNS, DIFFERENCES, DONE = range(4)


def run_import(parent: QWidget, bench: Bench, path: Path | None = None) -> "ImportWizard":
    """Open the wizard over a window, on a file where one was dropped or named."""
    wizard = ImportWizard(parent, bench)
    wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    wizard.open()
    if path:
        wizard.file.choose(path)
    return wizard


class ImportWizard(QDialog):
    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        super().__init__(parent)
        self.bench, self.desk = bench, bench.desk
        self.setWindowTitle(self.tr("Import an inventory"))
        self.setAcceptDrops(True)
        self.resize(1080, 660)
        self._read: Read | None = None
        self.file = ImportFile()
        self.columns = ImportColumns(self.title_of)
        self.differences = ImportDifferences(bench.look, self.title_of, self._workflow)
        self.done_text = label("", "heading")
        self.trouble = label("", "alarm")
        self.trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setMaximumWidth(140)
        self.doing = label("", "quiet", wrap=False)
        self.back = button(self.tr("Back"))
        self.next = button(self.tr("Next"), "primary")
        self.cancel = button(self.tr("Cancel"))
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_step(FILE)

    def _lay_out(self) -> None:
        names = (self.tr("File"), self.tr("Columns"), self.tr("Differences"), self.tr("Done"))
        self._steps: list[QLabel] = []
        steps = QHBoxLayout()
        steps.setSpacing(18)
        for number, name in enumerate(names, 1):
            made = label(f"{number}  {name}", wrap=False)
            self._steps.append(made)
            steps.addWidget(made)
        steps.addStretch(1)
        for widget in (self.file, self.columns, self.differences, self._end()):
            self.stack.addWidget(widget)
        foot = QHBoxLayout()
        foot.addWidget(self.busy)
        foot.addWidget(self.doing)
        foot.addStretch(1)
        for widget in (self.cancel, self.back, self.next):
            widget.setAutoDefault(False)
            foot.addWidget(widget)
        self.next.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(steps)
        column.addWidget(self.trouble)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)
        self._show_busy("")
        self.trouble.hide()

    def _end(self) -> QWidget:
        made = QWidget()
        outer = QVBoxLayout(made)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, column = card()
        column.addWidget(self.done_text)
        column.addWidget(
            label(
                self.tr(
                    "Imported is not assessed: no question of the audit has been answered. "
                    "Undo takes the whole import back."
                ),
                "lead",
            )
        )
        outer.addWidget(frame)
        outer.addStretch(1)
        return made

    def _connect(self) -> None:
        self.file.wanted.connect(self._read_file)
        self.columns.source_wanted.connect(self._match)
        self.columns.save_wanted.connect(self._ask_where)
        self.columns.changed.connect(self._show_buttons)
        self.differences.ticked.connect(self._show_buttons)
        self.back.clicked.connect(lambda: self._show_step(self.stack.currentIndex() - 1))
        self.next.clicked.connect(self.go_on)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(lambda _code: self.desk.jobs.cancel(JOB))

    def title_of(self, field: str) -> str:
        return field_title(self.columns.mapping, field)

    def _workflow(self, id_: str) -> str:
        record = self.desk.audit.workflows.get(WorkflowId(id_))
        return record.name if record else id_

    # Steps.

    def go_on(self) -> None:
        """Next, Import or Close, whichever the button says."""
        step = self.stack.currentIndex()
        if step == FILE:
            self._show_step(COLUMNS)
        elif step == COLUMNS:
            self._plan()
        elif step == DIFFERENCES:
            self._take()
        else:
            self.accept()
            self.bench.go(Place("workflows"))

    def _show_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        for number, name in enumerate(self._steps):
            font = name.font()
            font.setBold(number == step)
            name.setFont(font)
            name.setEnabled(number <= step)
        self._show_buttons()
        if step != FILE:
            # While it was busy the focus moved on, perhaps to something Enter would press.
            self.next.setFocus()

    def _show_buttons(self) -> None:
        step = self.stack.currentIndex()
        texts = (self.tr("Next"), self.tr("Next"), self.tr("Import"), self.tr("Show workflows"))
        self.next.setText(texts[step])
        self.next.setAccessibleName(texts[step])
        ready = (
            self._read is not None,
            self.columns.has_name,
            self.differences.does_something,
            True,
        )
        self.next.setEnabled(ready[step] and not self.doing.text())
        self.back.setVisible(step in (COLUMNS, DIFFERENCES))
        self.cancel.setText(self.tr("Close") if step == DONE else self.tr("Cancel"))

    def _show_busy(self, text: str) -> None:
        self.doing.setText(text)
        self.busy.setAccessibleName(text or self.tr("Nothing is under way"))
        self.busy.setVisible(bool(text))
        self._show_buttons()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _work(self, text: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do it in a worker; a newer piece of work overtakes it."""
        self._say("")
        self._show_busy(text)

        def take(found: Any) -> None:
            self._show_busy("")
            done(found)

        self.desk.jobs.run(JOB, work, take, self._fail)

    def _fail(self, error: Exception) -> None:
        self._show_busy("")
        if not isinstance(error, PlumblineError):
            raise error
        self._say(error.sentence)

    # What the steps do.

    def _read_file(self) -> None:
        path = Path(self.file.path.text().strip())
        encoding, sheet = self.file.chosen_encoding, self.file.chosen_sheet
        self._read = None
        self._show_step(FILE)
        self._work(
            self.tr("Reading {0}").format(path.name),
            lambda: read_inventory(path, encoding, sheet),
            self._take_read,
        )

    def _take_read(self, read: Read) -> None:
        self._read = read
        self.file.show_read(read)
        self.columns.show_matched(self.desk.audit, read.table, read.matched, GUESS)
        self._show_buttons()
        self.next.setFocus()

    def _match(self, source: str) -> None:
        assert self._read is not None
        table = self._read.table

        def take(matched: Matched) -> None:
            self.columns.show_matched(self.desk.audit, table, matched, source)

        self._work(self.tr("Looking at the columns"), lambda: match(table, source), take)

    def _plan(self) -> None:
        assert self._read is not None
        audit, table, mapping = self.desk.audit, self._read.table, self.columns.mapping
        self._work(
            self.tr("Comparing with the audit"),
            lambda: plan_import(audit, table, mapping),
            self._take_plan,
        )

    def _take_plan(self, plan: ImportPlan) -> None:
        self.differences.show_plan(plan)
        self._show_step(DIFFERENCES)

    def _take(self) -> None:
        """Make the audit as it would be in a worker; only the writing is left for the window."""
        plan, audit = self.differences.plan, self.desk.audit
        assert plan is not None
        self._work(
            self.tr("Importing"),
            lambda: take_import(audit, plan),
            lambda after: self._write(plan, audit, after),
        )

    def _write(self, plan: ImportPlan, before: Audit, after: Audit) -> None:
        said: list[str] = []
        self.desk.failed.connect(said.append)
        taken = self.desk.apply(
            self.tr("Import {0}").format(plan.file),
            lambda audit: after if audit is before else take_import(audit, plan),
        )
        self.desk.failed.disconnect(said.append)
        self._say(" ".join(said))
        if taken:
            self.done_text.setText(self._counts(plan))
            self._show_step(DONE)

    def _counts(self, plan: ImportPlan) -> str:
        """What became of every row of the file."""
        found, words = summarise(plan), self.bench.words
        parts = [
            self.tr("{0} added").format(words.count("workflow", found.taken)),
            self.tr("{0} changed").format(words.figure(found.updated)),
            self.tr("{0} as they were").format(words.figure(found.unchanged)),
        ]
        if found.skipped:
            parts.append(self.tr("{0} left out").format(words.count("row", len(found.skipped))))
        if plan.retire and plan.missing:
            parts.append(self.tr("{0} retired").format(words.figure(len(plan.missing))))
        return self.tr("{0} was imported: {1}.").format(plan.file, ", ".join(parts))

    # Mappings as files.

    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the mapping"), "mapping.toml", self.tr("Mappings (*.toml)")
        )
        if name:
            self.save_mapping(Path(name))

    def save_mapping(self, path: Path) -> None:
        """Keep what was chosen for the next file of this kind."""
        mapping = replace(self.columns.mapping, name=path.stem)
        try:
            write_whole(path, dump_mapping(mapping).encode())
        except PlumblineError as error:
            self._say(error.sentence)

    # Qt's events.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = next((u.toLocalFile() for u in event.mimeData().urls() if u.isLocalFile()), "")
        if path and self.stack.currentIndex() != DONE:
            self.file.choose(Path(path))
