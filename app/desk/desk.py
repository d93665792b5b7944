"""The one audit a window works on: opens and closes it, takes edits, tells what changed."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from app.desk.files import is_untouched
from app.desk.jobs import Jobs
from app.desk.press import Press
from app.desk.rescued import continued, kept_sentence, rescuing
from app.desk.scored import Plans, Scored
from app.desk.unsaved import Unsaved
from app.document import Document
from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.ids import PersonId, WorkflowId
from app.domain.plan.results import Plan, PlanOption
from app.domain.replies import Case
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine
from app.domain.risk.results import Estimate, Portfolio, StartingRates
from app.errors import FileError, PlumblineError
from app.store.file import AuditFile

P = ParamSpec("P")
Edit: TypeAlias = Callable[Concatenate[Audit, P], Audit]
PAUSE, PAUSE_EACH = 120, 1
"""Milliseconds without an edit before the figures follow: at most, and for each workflow."""


class Desk(QObject):
    """Pages read `audit` and the figures here and hold none of their own."""

    flushing = Signal()
    """Whoever holds text that is being typed gives it to the audit now; it may make way next."""
    opened = Signal()
    """Another audit is on the desk, or none."""
    changed = Signal(object)
    """tuple[Change, ...] after every edit, undo and redo. Slots must not edit."""
    figures_changed = Signal()
    """Portfolio, plan, options or rates followed the audit."""
    left = Signal(object, bool)
    """The path of a file that was put away, and whether nothing was ever recorded in it."""
    failed = Signal(str)
    """One sentence: what happened, what is safe, what to do."""

    def __init__(
        self,
        *,
        clock: Callable[[], dt.datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.jobs = Jobs(self)
        self.press = Press()
        self.unsaved = Unsaved()
        self.document: Document | None = None
        self.file: AuditFile | None = None
        self.plan_is_wanted = False
        self.portfolio: Portfolio | None = None
        self.plan: Plan | None = None
        self.options: tuple[PlanOption, ...] = ()
        self.rates: StartingRates | None = None
        self.figures_are_current = False
        self._clock = clock
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._start_figures)
        self._closed_reason: str | None = None
        self._kept = ""
        self._scored = Scored()

    # What is on the desk.

    @property
    def audit(self) -> Audit:
        """The audit that is open; there must be one."""
        assert self.document is not None
        return self.document.audit

    @property
    def is_open(self) -> bool:
        return self.document is not None

    @property
    def path(self) -> Path | None:
        return self.file.path if self.file else None

    @property
    def read_only(self) -> str | None:
        """Why nothing can be written, or None."""
        return self._closed_reason

    @property
    def saved_at(self) -> dt.datetime | None:
        if self.file is None:
            return None
        newest = self.file.entries(after=self.file.head.sequence - 1)
        return newest[-1].at if newest else None

    def today(self) -> dt.date:
        """The day at the keyboard, as on the command line."""
        return self._clock().astimezone().date()

    def now(self) -> dt.datetime:
        return self._clock()

    # Opening and closing.

    def create(self, path: Path, audit: Audit, label: str) -> None:
        """Start a file with this audit and open it. Raises FileError."""
        file = AuditFile.create(path, audit, label=label, by=None, at=self._clock())
        self._take(file, None)

    def open(self, path: Path) -> None:
        """Open a file to write, or to read where it cannot be written. Raises FileError.

        The file that is open to write already stays as it is.
        """
        if self.file and self._closed_reason is None:
            if self.file.is_at(path):
                return
            if self.file.path == path.resolve() and path.exists() and not self._put_away():
                # Another file was put in its place, whose lock would be our own.
                return
        reason = None
        try:
            try:
                file = AuditFile.open(path, write=True)
            except FileError as error:
                # In use, newer or without permission: reading may still do. The rest fails again.
                reason = error.sentence
                file = AuditFile.open(path, write=False)
        except FileError:
            if self.file is None:
                self._tell_opened()
            raise
        self._take(file, reason or file.read_only)

    def close(self) -> bool:
        """Put the audit away; everything was saved when it was made.

        False where something could be written nowhere: the audit stays and `failed` says why.
        """
        if not self._put_away():
            return False
        self.press.close()
        self._tell_opened()
        return True

    def _put_away(self) -> bool:
        try:
            self._keep_all()
        except FileError as error:
            self.failed.emit(error.sentence)
            return False
        self._pause.stop()
        self.jobs.cancel_all()
        self._leave()
        self.file = self.document = self._closed_reason = None
        return True

    def _take(self, file: AuditFile, reason: str | None) -> None:
        try:
            document = Document(file, file.load(), clock=self._clock, by=None)
            self._keep_all()
        except FileError:
            file.close()
            raise
        self.jobs.cancel_all()
        self._leave()
        self.file, self.document, self._closed_reason = file, document, reason
        document.listen(self._hear)
        self._tell_opened()
        self.refresh_figures()

    def _tell_opened(self) -> None:
        self._empty_figures()
        self.opened.emit()
        kept, self._kept = self._kept, ""
        if kept:
            self.failed.emit(f"{kept} {self._closed_reason or ''}".strip())

    def _keep_all(self) -> None:
        """Before the audit makes way: write what is typed and what waits, elsewhere if need be.

        Raises FileError where some of it can be written nowhere.
        """
        if self.file is None:
            return
        self.flushing.emit()
        if self.unsaved and not self.write_unsaved():
            own, count = self.file.path, len(self.unsaved)
            with rescuing(own, count) as place:
                self.go_on_in(place)
                if self.unsaved:
                    raise FileError(f"{place.name} takes nothing either.")
            self._kept = kept_sentence(own, count, place)

    def _leave(self) -> None:
        if self.file:
            is_empty = self._closed_reason is None and is_untouched(self.file)
            self.file.close()
            self.left.emit(self.file.path, is_empty)

    # Edits.

    def apply(self, label: str, edit: Edit[P], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Do an edit as one undo step; False where it was refused, and `failed` said why."""
        return self._try_edit(lambda: self._document().apply(label, edit, *args, **kwargs))

    def apply_to_field(
        self,
        field: str,
        label: str,
        edit: Edit[P],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> bool:
        """Like `apply`; successive edits of one field are one undo step."""
        return self._try_edit(
            lambda: self._document().apply_to_field(field, label, edit, *args, **kwargs), field
        )

    def undo(self) -> bool:
        return self._try(lambda: self._document().undo())

    def redo(self) -> bool:
        return self._try(lambda: self._document().redo())

    @property
    def undo_label(self) -> str:
        done = self.document.history.done if self.document else ()
        return done[-1].label if done else ""

    @property
    def redo_label(self) -> str:
        undone = self.document.history.undone if self.document else ()
        return undone[-1].label if undone else ""

    @property
    def by(self) -> PersonId | None:
        """The person at the keyboard."""
        return self.document.by if self.document else None

    def sit(self, person: PersonId | None) -> None:
        """Somebody else makes the changes from now on."""
        assert self.document is not None
        self.document.by = person

    def _document(self) -> Document:
        assert self.document is not None
        if self._closed_reason:
            raise FileError(f"{self._closed_reason} Nothing was changed; save a copy to go on.")
        return self.document

    def _try_edit(self, act: Callable[[], object], field: str = "") -> bool:
        """What the file refuses waits until it can be written: see `write_unsaved`."""

        def kept() -> None:
            said = self.unsaved.write() if self.unsaved else ""
            if said and not self.unsaved:
                self.failed.emit(said)
            try:
                act()
            except FileError:
                if self._closed_reason is None:
                    self.unsaved.keep(act, field)
                raise
            if self.unsaved.done(field):
                self.changed.emit(())

        return self._try(kept)

    def write_unsaved(self) -> bool:
        """Try again what could not be written; False where some of it still cannot."""
        said = self.unsaved.write()
        if said:
            self.failed.emit(said)
        return not len(self.unsaved)

    def go_on_in(self, path: Path) -> None:
        """Copy the audit elsewhere and work there, with undo and all that waits to be written.

        Where the file can no longer be read, the copy starts from what is on the screen. Raises
        FileError with everything as it was.
        """
        assert self.file is not None
        self.flushing.emit()
        made = continued(self.file, path, self.audit, self.by, self._clock())
        self._swap(made)
        self.write_unsaved()

    def _swap(self, file: AuditFile) -> None:
        """Another file under the same audit: what is being typed stays where it is."""
        assert self.file is not None
        audit = file.load()
        is_same = audit == self.audit
        self.file.close()
        document = Document(file, self.audit if is_same else audit, clock=self._clock, by=self.by)
        self.file, self.document, self._closed_reason = file, document, file.read_only
        document.listen(self._hear)
        if is_same:
            self.changed.emit(())
        else:
            self._tell_opened()
            self.refresh_figures()

    def _try(self, act: Callable[[], object]) -> bool:
        if not self.figures_are_current:
            # What is under way is of the audit before: it must not compete with the edit.
            self.refresh_figures()
        try:
            act()
        except PlumblineError as error:
            self.failed.emit(error.sentence)
            return False
        return True

    def _hear(self, changes: tuple[Change, ...]) -> None:
        self._scored.follow(changes)
        self.figures_are_current = False
        self.changed.emit(changes)
        self.refresh_figures()

    # Figures: one workflow at once, the portfolio and the plan from a worker.

    @property
    def engine(self) -> Engine:
        return self._scored.made(self.audit)[0]

    @property
    def draws(self) -> Draws:
        return self._scored.made(self.audit)[1]

    def case(self, workflow: WorkflowId) -> Case:
        """One workflow resolved, computed once per value of the audit."""
        return self._scored.case(self.audit, workflow, self.today())

    def estimate(self, workflow: WorkflowId) -> Estimate:
        """One workflow scored from scratch, computed once per value of the audit."""
        return self._scored.estimate(self.audit, workflow, self.today())

    def want_plan(self) -> None:
        """From now on plan, options and starting rates follow the audit too."""
        if not self.plan_is_wanted:
            self.plan_is_wanted = True
            self.refresh_figures()

    def refresh_figures(self) -> None:
        """Let the figures follow; what is shown until then is marked as not current.

        A run of quick edits is followed once, when the hands rest.
        """
        if self.is_open:
            self.figures_are_current = False
            # A plan under way is made from older figures: its end must not mark them as current.
            self.jobs.cancel("portfolio")
            self.jobs.cancel("plan")
            self._pause.start(min(PAUSE, PAUSE_EACH * len(self.audit.workflows)))

    def _start_figures(self) -> None:
        if not self.is_open:
            return
        whole = self._scored.whole(self.audit, self.today())
        self.jobs.run_in_steps("portfolio", whole, self._take_portfolio, self._report)

    def _take_portfolio(self, found: Portfolio | None) -> None:
        before = list(self.portfolio.estimates) if self.portfolio else []
        self.portfolio = found
        if self.portfolio is None:
            self.plan, self.options, self.rates = None, (), None
        self.figures_are_current = not self.plan_is_wanted or self.portfolio is None
        self.figures_changed.emit()
        self.jobs.let_go(before)
        if self.figures_are_current:
            return
        plans = self._scored.plans(self.audit, self.today())
        self.jobs.run_in_steps("plan", plans, self._take_plan, self._report)

    def _take_plan(self, found: Plans) -> None:
        before = [*self.plan.actions, *self.plan.later] if self.plan else []
        self.plan, self.options, self.rates = found
        self.figures_are_current = True
        self.figures_changed.emit()
        self.jobs.let_go(before)

    def _report(self, error: Exception) -> None:
        if isinstance(error, PlumblineError):
            self.failed.emit(error.sentence)
        else:
            raise error

    def _empty_figures(self) -> None:
        self.portfolio, self.plan, self.rates, self.options = None, None, None, ()
        self.figures_are_current = False
        self._scored.empty()
