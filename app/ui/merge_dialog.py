"""Another laptop's copy of this audit: what it would bring, every conflict, and taking it."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.desk.merging import Merging, looking, take
from app.domain.merge import Conflict
from app.errors import PlumblineError
from app.exchange.conflict_text import conflict_place, said
from app.ui.models.history_words import collection_text
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.page import Bench, button, label
from app.ui.widgets.cells import RowsTable

JOB = "merge"


def run_merge(parent: QWidget, bench: Bench, path: Path | None = None) -> "MergeDialog":
    """Open the dialog over a window, on a file where one was named."""
    dialog = MergeDialog(parent, bench)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    if path:
        dialog.look_at(path)
    return dialog


class MergeDialog(QDialog):
    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        super().__init__(parent)
        self.bench, self.desk, self.words = bench, bench.desk, bench.words
        self.found: Merging | None = None
        self.setWindowTitle(self.tr("Merge another copy"))
        self.resize(980, 560)
        self.trouble = label("", "alarm")
        self.trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.choose = button(self.tr("Choose a copy…"))
        self.take = button(self.tr("Take it all"), "primary")
        self.away = button(self.tr("Close"))
        self.busy = QProgressBar()
        self.busy.setAccessibleName(self.tr("The two copies are being compared"))
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.said, self.rule = label("", "heading"), label("", "lead")
        self.conflicts = RowsTable(
            RowsModel(self.desk, bench.look, self._columns(), _key, self), self.tr("Conflicts")
        )
        self._lay_out()
        for made in (self.choose, self.take, self.away):
            made.setAutoDefault(False)
        self.choose.clicked.connect(self._ask_which)
        self.take.clicked.connect(self.take_all)
        self.away.clicked.connect(self.reject)
        self.finished.connect(lambda _code: self.desk.jobs.cancel(JOB))
        self._say("")
        self._show(None)

    def _columns(self) -> list[RowColumn]:
        audit = lambda: self.found.joined if self.found else self.desk.audit  # noqa: E731
        return [
            RowColumn(self.tr("Where"), lambda c: conflict_place(c, audit()), width=330),
            RowColumn(self.tr("Stays"), lambda c: said(c.ours, self.words), width=260),
            RowColumn(self.tr("Gives way"), lambda c: said(c.theirs, self.words), width=260),
        ]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.trouble)
        text = self.tr(
            "A copy of this audit that somebody else went on working in. Nothing is taken before "
            "you say so; a snapshot is kept first, and all of it is one step that can be undone."
        )
        column.addWidget(label(text, "lead"))
        row = QHBoxLayout()
        for widget in (self.choose, self.take, self.busy):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.rule)
        column.addWidget(self.conflicts, 20)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.away)
        column.addLayout(foot)

    def _ask_which(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a copy"), "", self.tr("Audits (*.plumb)")
        )
        if name:
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Compare the copy with the open audit; nothing is taken yet."""
        self._show(None)
        self._say("")
        try:
            work = looking(self.desk, path, self.words)
        except PlumblineError as error:
            self._say(error.sentence)
            return
        self.busy.show()
        self.desk.jobs.run(JOB, work, self._show, self._fail)

    def _fail(self, error: Exception) -> None:
        self._show(None)
        if not isinstance(error, PlumblineError):
            raise error
        self._say(error.sentence)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _show(self, found: Merging | None) -> None:
        self.found = found
        self.busy.hide()
        self.said.setText(self._summary(found) if found else "")
        conflicts = found.found.conflicts if found else ()
        self.rule.setText(self._rule(found) if found else "")
        self.conflicts.model().show_rows(conflicts)
        self.conflicts.setVisible(bool(conflicts))
        self.take.setEnabled(bool(found and found.changes))

    def _summary(self, found: Merging) -> str:
        if not found.changes:
            text = self.tr("{0} holds nothing that this audit does not have.")
            return text.format(found.path.name)
        counts = Counter(collection_text(c.collection) for c in found.changes)
        listed = ", ".join(f"{name} {n}" for name, n in sorted(counts.items()))
        who = self.words.listing(found.authors) or self.tr("somebody whose name is not recorded")
        return self.tr("{0}, edited by {1}: {2}.").format(found.path.name, who, listed)

    def _rule(self, found: Merging) -> str:
        parts = []
        if found.found.renamed:
            parts.append(self.words("merge.renamed", n=found.found.renamed))
        if found.found.conflicts:
            here = self.desk.path.name if self.desk.path else ""
            winner = here if found.found.kept_first else found.path.name
            parts.append(self.words("merge.conflicts", n=len(found.found.conflicts), winner=winner))
        return " ".join(parts)

    def take_all(self) -> None:
        """Everything at once, behind a snapshot."""
        if self.found is None:
            return
        self.take.setEnabled(False)
        try:
            take(self.desk, self.found, self.words, self._taken)
        except PlumblineError as error:
            self._say(error.sentence)

    def _taken(self, done: bool) -> None:
        if done:
            self._show(None)
            self.said.setText(self.tr("Taken. Undo takes it back; the snapshot stays."))


def _key(conflict: Conflict) -> str:
    return "/".join((conflict.collection, *conflict.keys, conflict.field))
