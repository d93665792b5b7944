"""What is new or has changed since the last audit, found by a worker and kept up to date."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.desk.desk import Desk
from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.ids import WorkflowId
from app.domain.marks import Mark, marks
from app.domain.snapshots import last_audit
from app.errors import PlumblineError
from app.exchange.audit_json import audit_from_json

JOB = "marks"
SETTLING = 400
"""Milliseconds after an edit before workflows are compared again."""
COMPARED = ("workflows", "answers")
Found = tuple[Audit, Mapping[WorkflowId, Mark]]


class LastMarks(QObject):
    """Marks of workflows against the audit that this one was begun from."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.found: Mapping[WorkflowId, Mark] = {}
        self.has_last = False
        self._last: tuple[str, Audit] | None = None
        """Hash of the last audit's body, and the audit once a worker has read it."""
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLING)
        self._settling.timeout.connect(self._compare)

    def show_audit(self) -> None:
        self._settling.stop()
        self.found = {}
        self.has_last = self._desk.is_open and last_audit(self._desk.audit) is not None
        self.changed.emit()
        self._compare()

    def follow(self, changes: Sequence[Change]) -> None:
        if self.has_last and any(c.collection in COMPARED for c in changes):
            self._settling.start()

    def _compare(self) -> None:
        desk = self._desk
        snapshot = last_audit(desk.audit) if desk.is_open else None
        if snapshot is None or desk.file is None:
            return
        now, digest, known = desk.audit, snapshot.body, self._last
        body = b""
        if known is None or known[0] != digest:
            known = None
            try:
                body = desk.file.snapshot_body(digest)
            except PlumblineError:
                return

        def work() -> Found:
            before = known[1] if known else audit_from_json(body)
            return before, marks(before, now)

        desk.jobs.run(JOB, work, lambda found: self._take(digest, found), self._fail)

    def _take(self, digest: str, found: Found) -> None:
        before, self.found = found
        self._last = digest, before
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        """A last audit that cannot be read marks nothing; the history says why."""
        if not isinstance(error, PlumblineError):
            raise error
