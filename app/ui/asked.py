"""How far the asking has come in the mode that was chosen: what the foot of the window says."""

import datetime as dt
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from app.desk.desk import Desk
from app.desk.jobs import Tick
from app.domain.audit import Audit
from app.domain.ids import WorkflowId
from app.domain.progress import Progress, mode_questions, progress
from app.domain.replies import Case, case
from app.errors import PlumblineError
from app.ui.models.walk.place import FIRST_MODE

JOB = "asked"
AT_ONCE = 30
"""Up to so many workflows are counted within a frame; more take a worker."""


class Asked(QObject):
    """Questions asked of all active workflows, each question and target once."""

    counted = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._mode = FIRST_MODE
        self._found: Progress | None = None
        self._of: tuple[Audit, str] | None = None
        desk.opened.connect(self._forget)

    def choose(self, mode: str) -> None:
        """Count the questions of another mode."""
        self._mode = mode
        self.refresh()

    def refresh(self) -> None:
        """Count anew where the audit or the mode is another one."""
        if not self._desk.is_open:
            return
        audit, today = self._desk.audit, self._desk.today()
        if self._of is not None and self._of[0] is audit and self._of[1] == self._mode:
            return
        wanted = mode_questions(audit.bank, self._mode)
        active = sorted(w for w, record in audit.workflows.items() if record.is_active)
        if len(active) <= AT_ONCE:
            self._of = audit, self._mode
            self._take(progress([self._desk.case(w) for w in active], wanted))
        elif self._desk.figures_are_current:
            # Not beside the figures, which everybody waits for more.
            self._of = audit, self._mode

            def count(tick: Tick) -> Progress:
                return progress(_resolved(audit, active, today, tick), wanted)

            self._desk.jobs.run_in_steps(JOB, count, self._take, self._fail)

    def text(self) -> str:
        """`Core: 22 of 22 asked`; nothing where there is nothing to ask."""
        if self._found is None or not self._found.of or not self._desk.is_open:
            return ""
        title = next(m.title for m in self._desk.audit.bank.modes if m.id == self._mode)
        return self.tr("{0}: {1} of {2} asked").format(
            title, f"{self._found.answered:,}", f"{self._found.of:,}"
        )

    def _take(self, found: Progress) -> None:
        self._found = found
        self.counted.emit()

    def _fail(self, error: Exception) -> None:
        """What cannot be resolved is said by the pages that show it."""
        self._forget()
        if not isinstance(error, PlumblineError):
            raise error

    def _forget(self) -> None:
        self._found = self._of = None
        self.counted.emit()


def _resolved(
    audit: Audit, workflows: Sequence[WorkflowId], today: dt.date, tick: Tick
) -> Iterator[Case]:
    for workflow in workflows:
        yield case(audit, workflow, today)
        tick()
