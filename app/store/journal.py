"""The journal: one hash-chained row for each write; undo and the audit trail are read from it."""

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from app.domain.audit import COLLECTION
from app.domain.changes import Change
from app.domain.history import Entry, EntryKind
from app.domain.ids import PersonId
from app.store.names import all_names, hide, show

_ROW = '"sequence", "at", "by", "label", "kind", "step", "changes", "previous", "hash"'
_LAST = 2**63 - 1
_ENCODER = msgspec.json.Encoder()
_CHANGES = msgspec.json.Encoder(order="sorted")


class Head(NamedTuple):
    """The newest entry: what a report prints."""

    sequence: int
    hash: str


class _Raw(Struct, frozen=True):
    """A change whose records are still text, because their type follows from the collection."""

    collection: str
    keys: tuple[str, ...]
    before: msgspec.Raw
    after: msgspec.Raw


_RAW = msgspec.json.Decoder(tuple[_Raw, ...])


def head(db: Database) -> Head:
    """Sequence and hash of the newest entry; 0 and nothing where there is none."""
    row = db.execute(
        'SELECT "sequence", "hash" FROM "journal" ORDER BY "sequence" DESC LIMIT 1'
    ).fetchone()
    return Head(*row) if row else Head(0, "")


def append(
    db: Database,
    changes: Iterable[Change],
    *,
    label: str,
    kind: EntryKind,
    step: int | None,
    by: PersonId | None,
    at: dt.datetime,
) -> Entry:
    """Add an entry behind the newest one; step None starts a step of its own.

    The changes are those of the record as it is stored: names are already hidden.
    """
    last = head(db)
    sequence = last.sequence + 1
    body = _CHANGES.encode(tuple(changes)).decode()
    fields = (sequence, at.isoformat(), by, label, kind.value, step or sequence, body, last.hash)
    own = _digest(fields)
    db.execute(f'INSERT INTO "journal" ({_ROW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', (*fields, own))
    return Entry(sequence, at, by, label, kind, step or sequence, own)


def first_bad(db: Database) -> int | None:
    """Sequence of the first entry that does not follow from the one before; None if all do."""
    expected, previous = 1, ""
    for row in db.execute(f'SELECT {_ROW} FROM "journal" ORDER BY "sequence"'):
        if row[0] != expected or row[7] != previous or _digest(row[:8]) != row[8]:
            return expected
        expected, previous = expected + 1, row[8]
    return None if expected > 1 else 1


def entries(db: Database, after: int = 0, until: int | None = None) -> tuple[Entry, ...]:
    """Entries behind a sequence, up to another one, without their changes, oldest first."""
    rows = db.execute(
        'SELECT "sequence", "at", "by", "label", "kind", "step", "hash" FROM "journal" '
        'WHERE "sequence" > ? AND "sequence" <= ? ORDER BY "sequence"',
        (after, _LAST if until is None else until),
    )
    return tuple(
        Entry(sequence, dt.datetime.fromisoformat(at), by, label, EntryKind(kind), step, own)
        for sequence, at, by, label, kind, step, own in rows
    )


def step_changes(db: Database, step: int) -> tuple[Change, ...]:
    """What the rows of one step did, in the order they were done."""
    return _changes(db, '"step" = ? AND "kind" = \'do\'', step)


def changes_after(db: Database, sequence: int) -> tuple[Change, ...]:
    """Everything that was done, undone or redone since an entry, in order."""
    return _changes(db, '"sequence" > ?', sequence)


def restart(db: Database, *, bad: int, by: PersonId | None, at: dt.datetime) -> Entry:
    """Drop a broken chain from its first bad entry on, and say so in a new one."""
    db.execute('DELETE FROM "journal" WHERE "sequence" NOT BETWEEN 1 AND ?', [bad - 1])
    label = f"New chain: entry {bad} of the file copied did not hold"
    return append(db, (), label=label, kind=EntryKind.BARRIER, step=None, by=by, at=at)


def hidden(db: Database, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes as they are stored: without the names of people."""
    return tuple(hide(db, change) for change in changes)


def _changes(db: Database, where: str, value: int) -> tuple[Change, ...]:
    names = all_names(db)
    rows = db.execute(
        f'SELECT "changes" FROM "journal" WHERE {where} ORDER BY "sequence"', [value]
    ).fetchall()
    return tuple(show(_decoded(raw), names) for row in rows for raw in _RAW.decode(row[0]))


def _decoded(raw: _Raw) -> Change:
    kind = COLLECTION[raw.collection].kind | None
    before, after = (msgspec.json.decode(r, type=kind) for r in (raw.before, raw.after))
    return Change(raw.collection, raw.keys, before, after)


def _digest(fields: tuple[Any, ...]) -> str:
    """SHA-256 over all fields but the hash itself, as a JSON list: no two rows look the same."""
    return sha256(_ENCODER.encode(fields)).hexdigest()
