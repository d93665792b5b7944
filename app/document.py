"""The open audit: the one door through which every change goes, with undo across restarts."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Concatenate, ParamSpec, Protocol

from app.domain.audit import Audit
from app.domain.changes import Change, apply, diff, net, reverse
from app.domain.history import Entry, EntryKind, History, fold
from app.domain.ids import PersonId
from app.errors import EditError

P = ParamSpec("P")
Listener = Callable[[tuple[Change, ...]], None]


class Journal(Protocol):
    """What a document needs of its file."""

    def entries(self) -> Iterable[Entry]: ...

    def changes(self, step: int) -> tuple[Change, ...]:
        """All changes of the rows of one step, in the order they were done."""
        ...

    def write(
        self,
        changes: tuple[Change, ...],
        *,
        label: str,
        kind: EntryKind,
        step: int | None,
        by: PersonId | None,
        at: dt.datetime,
    ) -> Entry:
        """Rows and journal entry in one transaction; step None starts a step of its own."""
        ...


class Document:
    """Holds the current value. Every method either does all five steps or leaves all as it was."""

    def __init__(
        self, file: Journal, audit: Audit, *, clock: Callable[[], dt.datetime], by: PersonId | None
    ) -> None:
        self.file = file
        self.audit = audit
        self.by = by
        self.history = fold(file.entries(), History())
        self._clock = clock
        self._listeners: list[Listener] = []
        self._field: str | None = None
        self._telling = False

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def apply(
        self,
        label: str,
        edit: Callable[Concatenate[Audit, P], Audit],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> tuple[Change, ...]:
        """Do an edit as one undo step. Raises EditError or FileError with nothing changed."""
        return self._edit(label, None, edit(self.audit, *args, **kwargs))

    def apply_to_field(
        self,
        field: str,
        label: str,
        edit: Callable[Concatenate[Audit, P], Audit],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> tuple[Change, ...]:
        """Like `apply`; successive edits of one field are one undo step."""
        return self._edit(label, field, edit(self.audit, *args, **kwargs))

    def undo(self) -> tuple[Change, ...]:
        """Take the newest step back. Raises EditError where there is none."""
        if not self.history.done:
            raise EditError("There is nothing to undo; the audit is as it was.")
        step = self.history.done[-1]
        done = self.file.changes(step.id)
        return self._commit(net(reverse(done)), step.label, EntryKind.UNDO, step.id)

    def redo(self) -> tuple[Change, ...]:
        """Do the step undone last again. Raises EditError where there is none."""
        if not self.history.undone:
            raise EditError("There is nothing to redo; the audit is as it was.")
        step = self.history.undone[-1]
        done = self.file.changes(step.id)
        return self._commit(net(done), step.label, EntryKind.REDO, step.id)

    def _edit(self, label: str, field: str | None, after: Audit) -> tuple[Change, ...]:
        changes = diff(self.audit, after)
        if not changes:
            return ()
        goes_on = field is not None and field == self._field and bool(self.history.done)
        step = self.history.done[-1].id if goes_on else None
        return self._commit(changes, label, EntryKind.DO, step, field)

    def _commit(
        self,
        changes: tuple[Change, ...],
        label: str,
        kind: EntryKind,
        step: int | None,
        field: str | None = None,
    ) -> tuple[Change, ...]:
        assert not self._telling, "a listener must not edit"
        # Memory is made from the same changes as the file, so that the two cannot part.
        after = apply(self.audit, changes)
        entry = self.file.write(
            changes, label=label, kind=kind, step=step, by=self.by, at=self._clock()
        )
        self.audit = after
        self.history = fold([entry], self.history)
        # After an undo or a redo no field is open: writing on in it must not extend their step.
        self._field = field
        self._telling = True
        try:
            for listener in self._listeners:
                listener(changes)
        finally:
            self._telling = False
        return changes
