"""Removing a person's name for good: from the record, and from every entry of the journal."""

from functools import partial

from msgspec import Struct

from app.desk.desk import Desk
from app.domain.edits import records
from app.domain.ids import PersonId
from app.domain.mentions import mentions
from app.errors import PlumblineError
from app.store.file import AuditFile


class Remains(Struct, frozen=True):
    """Where the name still stands after it was removed."""

    texts: int
    """Records with the name in a note, a cell of an import or another text."""
    labels: int
    """Entries of the history that say it in their label."""
    snapshots: int
    """Snapshots kept before; they are whole and hold it."""


def remains(desk: Desk, person: PersonId) -> Remains:
    audit = desk.audit
    name = audit.people[person].name.casefold()
    entries = desk.file.entries() if desk.file else ()
    return Remains(
        sum(mentions(audit, person).values()),
        sum(bool(name) and name in entry.label.casefold() for entry in entries),
        len(audit.snapshots),
    )


def remove_name(desk: Desk, person: PersonId, stand_in: str, label: str) -> bool:
    """Put a stand-in for the name, now and in all of the past; no undo brings the name back.

    False where it was refused, and `failed` said why.
    """
    file = desk.file
    if not isinstance(file, AuditFile):
        return False
    named = partial(records.amend, collection="people", keys=(person,), name=stand_in)
    if not desk.apply(label, named):
        return False
    try:
        file.blank_name(person, stand_in)
    except PlumblineError as error:
        desk.failed.emit(error.sentence)
        return False
    return True
