"""Snapshots: take one, rename one, and compare one with now or with another."""

import datetime as dt
from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.desk.snapshots import take_snapshot
from app.domain.audit import Audit
from app.domain.edits import records
from app.domain.ids import SnapshotId
from app.domain.movement import Moment, movement
from app.domain.promises import promises_kept
from app.domain.workshop import Snapshot
from app.errors import PlumblineError
from app.exchange.audit_json import audit_from_json
from app.ui.models.history.moves import Compared
from app.ui.models.history.words import moment_text
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.page import Bench, button, label
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.form_fields import ChoiceBox, Line
from app.ui.widgets.history.compare import ComparePane

NOW = ""


class Kept(Struct, frozen=True):
    id: SnapshotId
    snapshot: Snapshot


class Side(Struct, frozen=True):
    """One side of a comparison before it is read: an audit, or the body of a snapshot."""

    day: dt.date
    digest: str
    body: bytes | None = None
    audit: Audit | None = None


class SnapshotsTab(QWidget):
    wanted = Signal(object)
    """A Place."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._desk, self._words = bench, bench.desk, bench.words
        self._read: dict[str, Audit] = {}
        self.name, self.take = Line(), button(self.tr("Keep a snapshot"), "primary")
        self.name.setPlaceholderText(self.tr("Name of the snapshot"))
        self.name.setAccessibleName(self.tr("Name of the snapshot"))
        self.model = RowsModel[Kept](bench.desk, bench.look, self._columns(), lambda k: k.id, self)
        self.table = RowsTable(self.model, self.tr("Snapshots"))
        self.earlier, self.later = ChoiceBox(), ChoiceBox()
        self.said = label("", "lead")
        self.pane = ComparePane(bench)
        self._lay_out()
        self.take.clicked.connect(self.take_one)
        self.name.returnPressed.connect(self.take_one)
        self.table.chosen.connect(self._follow_selection)
        self.table.opened.connect(lambda _row: self.pane.tabs.setFocus())
        for box in (self.earlier, self.later):
            box.chosen.connect(lambda _id: self.compare())
        self.pane.wanted.connect(self.wanted)
        bench.look.changed.connect(self.table.scale_rows)

    def _columns(self) -> list[RowColumn]:
        tr = self.tr
        return [
            RowColumn(tr("Snapshot"), lambda k: k.snapshot.name, 124, put=self._rename),
            RowColumn(tr("When"), lambda k: moment_text(k.snapshot.at, self._words), 140,
                      order=lambda k: k.snapshot.at),
        ]  # fmt: skip

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.take)
        top.addStretch(2)
        choice = QHBoxLayout()
        for title, box in ((self.tr("From"), self.earlier), (self.tr("to"), self.later)):
            caption = label(title, wrap=False)
            caption.setBuddy(box)
            box.setAccessibleName(self.tr("Compare {0}").format(title))
            box.setMinimumContentsLength(14)
            choice.addWidget(caption)
            choice.addWidget(box)
        choice.addStretch(1)
        self.right = QWidget()
        column = QVBoxLayout(self.right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(choice)
        column.addWidget(self.said)
        column.addWidget(self.pane, 1)
        column.addStretch(0)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(12)
        self.split.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.split.addWidget(self.table)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(0, 28)
        self.split.setStretchFactor(1, 72)
        self.split.setSizes([280, 720])
        self.empty = label(
            self.tr(
                "No snapshot yet. Keep one at the start and at the end of a session: the "
                "comparison says what the session moved."
            ),
            "lead",
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addWidget(self.empty)
        whole.addWidget(self.split, 1)
        whole.addStretch(0)

    # Showing.

    @property
    def count(self) -> int:
        return len(self.model.rows)

    def show_audit(self) -> None:
        """Snapshots newest first; a comparison with now follows the audit."""
        snapshots = self._desk.audit.snapshots
        rows = [Kept(id_, s) for id_, s in snapshots.items()]
        rows.sort(key=lambda k: (k.snapshot.at, k.snapshot.sequence, k.id), reverse=True)
        self.model.show_rows(rows)
        self._read = {d: a for d, a in self._read.items() if d in {k.snapshot.body for k in rows}}
        self.empty.setVisible(not rows)
        self.split.setVisible(bool(rows))
        for widget in (self.take, self.name):
            widget.setEnabled(not self._desk.read_only)
        names = {k.id: k.snapshot.name for k in rows}
        first = self.earlier.text() if self.earlier.text() in names else next(iter(names), "")
        last = self.later.text() if self.later.text() in names else NOW
        self.earlier.offer(names, first)
        self.later.offer({NOW: self.tr("now"), **names}, last)
        if rows:
            self.compare()

    def show_snapshot(self, id_: str) -> None:
        self.table.show_row(id_)

    def _follow_selection(self) -> None:
        row = self.table.current_row
        if row is not None and row.id != self.earlier.text():
            self.earlier.setCurrentIndex(self.earlier.findData(row.id))
            self.compare()

    # Taking and naming.

    def take_one(self) -> None:
        """Keep this moment, under the name typed or under its time."""
        now = moment_text(self._desk.now(), self._words)
        name = self.name.text().strip() or self.tr("Snapshot {0}").format(now)
        self.take.setEnabled(False)
        take_snapshot(self._desk, name, self._taken, self.tr("Keep the snapshot {0}").format(name))

    def _taken(self) -> None:
        self.name.clear()
        self.take.setEnabled(not self._desk.read_only)

    def _rename(self, rows: Sequence[Kept], text: str) -> bool:
        if len(rows) != 1 or not text.strip():
            return False
        label_ = self.tr("Rename the snapshot {0}").format(rows[0].snapshot.name)
        keys = (rows[0].id,)
        return self._desk.apply(
            label_, lambda a: records.amend(a, "snapshots", keys, name=text.strip())
        )

    # Comparing.

    def compare(self) -> None:
        """Read what has to be read and let a worker find what moved."""
        try:
            before, after = self._side(self.earlier.text()), self._side(self.later.text())
        except PlumblineError as error:
            self._say(error.sentence)
            return
        if before is None or after is None:
            return
        self._say(self.tr("Comparing…"), keep=True)
        self._desk.jobs.run("compare", compared(before, after), self._take, self._fail)

    def _side(self, id_: str) -> Side | None:
        """Now, or a snapshot; its body is read here because workers do not touch the file."""
        desk = self._desk
        if id_ == NOW:
            return Side(desk.today(), "", audit=desk.audit)
        snapshot = desk.audit.snapshots.get(SnapshotId(id_))
        if snapshot is None or desk.file is None:
            return None
        day, digest = snapshot.at.astimezone().date(), snapshot.body
        if digest in self._read:
            return Side(day, digest, audit=self._read[digest])
        return Side(day, digest, body=desk.file.snapshot_body(digest))

    def _take(self, found: tuple[Compared, dict[str, Audit]]) -> None:
        result, read = found
        self._read = read
        self.pane.show_result(result)
        moved = result.movement
        same = moved.comparison.is_same and not (moved.opened or moved.closed or moved.moves)
        self._say(self.tr("Nothing differs between these two moments.") if same else "", keep=True)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, PlumblineError):
            raise error
        self._say(error.sentence)

    def _say(self, sentence: str, *, keep: bool = False) -> None:
        """One line beside the choice; without `keep` the figures are put away."""
        self.said.setText(sentence)
        self.pane.setVisible(keep)


def compared(before: Side, after: Side) -> Callable[[], tuple[Compared, dict[str, Audit]]]:
    """The work of a comparison, with the snapshots it read so that they need not be read again."""

    def read(side: Side) -> Audit:
        return side.audit if side.audit is not None else audit_from_json(side.body or b"")

    def work() -> tuple[Compared, dict[str, Audit]]:
        first = read(before)
        last = first if after.digest and after.digest == before.digest else read(after)
        moments = Moment(first, before.day), Moment(last, after.day)
        found = movement(*moments)
        kept = promises_kept(*moments, found)
        sides = ((before, first), (after, last))
        return Compared(first, last, found, kept), {s.digest: a for s, a in sides if s.digest}

    return work
