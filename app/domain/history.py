"""Undo and redo as a fold over the journal: which step would be taken back or done again."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from app.domain.ids import PersonId


class EntryKind(StrEnum):
    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    BARRIER = "barrier"
    """Start of a file, of a copied chain or of a migration: undo does not cross it."""


class Entry(Struct, frozen=True):
    """One journal row without its changes. Rows of one step are undone together."""

    sequence: int
    at: datetime
    by: PersonId | None
    label: str
    kind: EntryKind
    step: int
    """Sequence of the first row of the step that this row does, undoes or redoes."""
    hash: str


class Step(Struct, frozen=True):
    id: int
    label: str


class History(Struct, frozen=True):
    """Two stacks of steps, newest last."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()


def fold(entries: Iterable[Entry], history: History) -> History:
    """The stacks as the journal leaves them, starting from what earlier entries left.

    An entry that undoes or redoes what is not there (only in a broken chain) moves nothing.
    """
    done, undone = list(history.done), list(history.undone)
    for entry in entries:
        if entry.kind is EntryKind.BARRIER:
            done, undone = [], []
        elif entry.kind is EntryKind.UNDO:
            undone += [done.pop()] if done else []
        elif entry.kind is EntryKind.REDO:
            done += [undone.pop()] if undone else []
        else:
            undone.clear()
            if not (done and done[-1].id == entry.step):
                done.append(Step(entry.step, entry.label))
    return History(tuple(done), tuple(undone))
