"""Another laptop's copy of this audit: what it would bring, every conflict, and taking it."""

from collections import Counter
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.desk.merging import Merging, looking, take
from app.domain.merge import Conflict
from app.errors import PlumblineError
from app.exchange.conflict_text import conflict_place, said
from app.ui.dialogs.taking import TakingDialog, opened
from app.ui.models.history.words import collection_text
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.page import Bench, button, label, translate
from app.ui.widgets.cells import RowsTable


def run_merge(parent: QWidget, bench: Bench, path: Path | None = None) -> "MergeDialog":
    """Open the dialog over a window, on a file where one was named."""
    dialog = opened(MergeDialog(parent, bench))
    if path:
        dialog.look_at(path)
    return dialog


class MergeDialog(TakingDialog):
    job = "merge"

    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        super().__init__(parent, bench, translate("Merge another copy"))
        self.merging: Merging | None = None
        self.choose = button(self.tr("Choose a copy…"))
        self.take = button(self.tr("Take it all"), "primary")
        self.busy.setAccessibleName(self.tr("The two copies are being compared"))
        self.said = label("", "heading")
        self.conflicts = RowsTable(
            RowsModel(self.desk, bench.look, self._columns(), _key, self), self.tr("Conflicts")
        )
        self._lay_out()
        for made in (self.choose, self.take):
            made.setAutoDefault(False)
        self.choose.clicked.connect(self._ask_which)
        self.take.clicked.connect(self.take_all)
        self.show_found(None)

    def _columns(self) -> list[RowColumn]:
        audit = lambda: self.merging.joined if self.merging else self.desk.audit  # noqa: E731
        return [
            RowColumn(self.tr("Where"), lambda c: conflict_place(c, audit()), width=330),
            RowColumn(self.tr("Stays"), lambda c: said(c.ours, self.words), width=260),
            RowColumn(self.tr("Gives way"), lambda c: said(c.theirs, self.words), width=260),
        ]

    def _lay_out(self) -> None:
        lead = (
            "A copy of this audit that somebody else went on working in. Nothing is taken before "
            "you say so; a snapshot is kept first, and all of it is one step that can be undone."
        )
        column = self.column()
        column.addWidget(label(self.tr(lead), "lead"))
        column.addLayout(self.row(self.choose, self.take))
        column.addWidget(self.said)
        column.addWidget(self.found)
        column.addWidget(self.conflicts, 20)
        column.addStretch(1)
        column.addLayout(self.foot())

    def _ask_which(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a copy"), "", self.tr("Audits (*.plumb)")
        )
        if name:
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Compare the copy with the open audit; nothing is taken yet."""
        try:
            self.look(looking(self.desk, path, self.words))
        except PlumblineError as error:
            self.show_found(None)
            self.say(error.sentence)

    def show_found(self, found: Merging | None) -> None:
        self.merging = found
        self.said.setText(self._summary(found) if found else "")
        conflicts = found.found.conflicts if found else ()
        self.found.setText(self._rule(found) if found else "")
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
        if self.merging is None:
            return
        self.take.setEnabled(False)
        try:
            take(self.desk, self.merging, self.words, self._taken)
        except PlumblineError as error:
            self.say(error.sentence)

    def _taken(self, done: bool) -> None:
        if done:
            self.show_found(None)
            self.said.setText(self.tr("Taken. Undo takes it back; the snapshot stays."))


def _key(conflict: Conflict) -> str:
    return "/".join((conflict.collection, *conflict.keys, conflict.field))
