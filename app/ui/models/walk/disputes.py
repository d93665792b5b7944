"""How much there is to talk about: in the workflow at once, in all of them from a worker."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.desk.desk import Desk
from app.domain.audit import Audit
from app.domain.discussion import Discussion, discussion
from app.domain.ids import WorkflowId
from app.domain.replies import active_cases

JOB = "discussion"


class Disputes(QObject):
    def __init__(self, desk: Desk, tell: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tell = desk, tell
        self._of: Audit | None = None
        self._whole: Discussion | None = None

    @property
    def whole(self) -> Discussion | None:
        """Of all active workflows; None until the worker is back."""
        return self._whole if self._of is self._desk.audit else None

    def in_words(self, workflow: WorkflowId) -> str:
        """Both counts in one line; the second follows once it is known."""
        here = discussion(self._desk.audit, [self._desk.case(workflow)])
        lines = [self.tr("This workflow: {0}.").format(self._counts(here))]
        if self.whole:
            lines.append(self.tr("All workflows: {0}.").format(self._counts(self.whole)))
        else:
            self._want()
        return "  ".join(lines)

    def _counts(self, found: Discussion) -> str:
        parts = [
            self.tr("{0} undisputed").format(len(found.undisputed)),
            self.tr("{0} differ by two levels or more").format(len(found.differing)),
            self.tr("{0} nobody knows").format(len(found.unknown)),
        ]
        if found.others:
            parts.append(self.tr("{0} others to look at").format(len(found.others)))
        return ", ".join(parts)

    def _want(self) -> None:
        audit, today = self._desk.audit, self._desk.today()

        def work() -> tuple[Audit, Discussion]:
            return audit, discussion(audit, active_cases(audit, today))

        self._desk.jobs.run(JOB, work, self._take, self._fail)

    def _take(self, found: tuple[Audit, Discussion]) -> None:
        self._of, self._whole = found
        if self._desk.is_open and self.whole:
            self._tell()

    def _fail(self, error: Exception) -> None:
        raise error
