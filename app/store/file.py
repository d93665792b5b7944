"""The document file: one audit, its journal and its bytes, behind one class."""

import datetime as dt
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from app.domain.audit import Audit
from app.domain.ballots import SealedRound
from app.domain.changes import Change
from app.domain.history import Entry, EntryKind
from app.domain.ids import PersonId, QuestionId, Target
from app.errors import FileError, TooNew, WriteFailed
from app.store import blobs, content, copies, failures, journal, names, opening, schema
from app.store import sealed as sealed_rounds
from app.store.journal import Head
from app.store.lock import WriteLock


class AuditFile:
    """An open document file. Made by `create` or `open`; closes itself as a context manager.

    `read_only` tells why nothing can be written although the file can be read: a newer schema or
    a broken chain. It is None for a sound file, also where `open` was not asked for writing.
    """

    def __init__(
        self, path: Path, db: Database, held: ExitStack, *, may_write: bool, read_only: str | None
    ) -> None:
        self.path = path
        self.read_only = read_only
        self._db = db
        self._held = held
        self._may_write = may_write
        self._seen = opening.data_version(db)
        self._stat = path.stat()

    @classmethod
    def create(
        cls,
        path: Path | str,
        audit: Audit,
        *,
        label: str,
        by: PersonId | None,
        at: dt.datetime,
        overwrite: bool = False,
        who: str = "",
    ) -> Self:
        """A new file, opened for writing; all of it or nothing.

        Raises FileError where one exists that may not be replaced, Locked where one is in use.
        """
        path = opening.resolved(path)
        with failures.writing(path), ExitStack() as held:
            with copies.put_in_place(path, overwrite=overwrite) as made:
                held.callback(WriteLock(path, who).release)
                with closing(opening.connect(made, "rwc")) as db, db.atomic():
                    copies.apply_migrations(db)
                    content.put(db, journal.hidden(db, content.everything(audit)))
                    journal.append(
                        db, (), label=label, kind=EntryKind.BARRIER, step=None, by=by, at=at
                    )
            db = opening.connect(path, "rw")
            held.callback(db.close)
            return cls(path, db, held.pop_all(), may_write=True, read_only=None)

    @classmethod
    def open(cls, path: Path | str, *, write: bool, who: str = "") -> Self:
        """Open an existing file; a current one is not changed by it, an older one is migrated.

        Raises NotAnAudit, Damaged, FileError; when writing is asked for also Locked and TooNew.
        A file whose chain is broken opens for reading, with the reason in `read_only`.
        """
        path = opening.resolved(path)
        with failures.reading(path), ExitStack() as held:
            opening.expect_file(path, write=write)
            if write:
                held.callback(WriteLock(path, who).release)
            db = opening.connect(path, "rw" if write else "ro")
            held.callback(db.close)
            found = opening.version(db, path)
            opening.expect_sound(db, path)
            if found > schema.VERSION:
                if write:
                    raise opening.too_new(path, found)
                newer = str(opening.too_new(path, found))
                return cls(path, db, held.pop_all(), may_write=False, read_only=newer)
            reason = _broken(db, path)
            if write and reason:
                return cls.open(path, write=False)
            if found < schema.VERSION:
                db = _migrated(db, path, held, found, in_place=write)
            opening.expect_tables(db, path)
            return cls(path, db, held.pop_all(), may_write=write, read_only=reason)

    def is_at(self, path: Path) -> bool:
        """Whether a path leads to this very file, and not to another one put in its place."""
        try:
            return os.path.samestat(path.stat(), self._stat)
        except OSError:
            return False

    def close(self) -> None:
        """Give back the right to write. Harmless when repeated."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """What is read inside belongs together, even while another process writes."""
        try:
            with self._db.atomic():
                yield
        except sqlite3.Error as error:
            raise failures.from_sqlite(self.path, error) from error

    def load(self) -> Audit:
        """The audit as it stands in the file. Raises Damaged or TooNew."""
        try:
            with failures.reading(self.path), self._db.atomic():
                self._seen = opening.data_version(self._db)
                return content.load(self._db)
        except FileError as error:
            if self.read_only and opening.version(self._db, self.path) > schema.VERSION:
                raise TooNew(self.read_only) from error
            raise

    @property
    def head(self) -> Head:
        """Sequence and hash of the newest entry."""
        with failures.reading(self.path):
            return journal.head(self._db)

    def entries(self, after: int = 0, until: int | None = None) -> tuple[Entry, ...]:
        """Entries behind a sequence and up to another one, oldest first."""
        with failures.reading(self.path):
            return journal.entries(self._db, after, until)

    def changes(self, step: int) -> tuple[Change, ...]:
        with failures.reading(self.path):
            return journal.step_changes(self._db, step)

    def changes_after(self, sequence: int) -> tuple[Change, ...]:
        """Everything done, undone or redone since an entry, in order; see `changes.net`."""
        with failures.reading(self.path):
            return journal.changes_after(self._db, sequence)

    def verify(self) -> int | None:
        """Sequence of the first entry that breaks the chain; None where the chain holds."""
        with failures.reading(self.path):
            return journal.first_bad(self._db)

    def changed_outside(self) -> bool:
        """Another process changed the file since it was opened or last loaded."""
        with failures.reading(self.path):
            return opening.data_version(self._db) != self._seen

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
        """Rows and journal entry in one transaction; step None starts a step of its own.

        Raises WriteFailed or Locked with the file as before.
        """
        with self._transaction() as db:
            stored = journal.hidden(db, changes)
            content.put(db, stored)
            return journal.append(db, stored, label=label, kind=kind, step=step, by=by, at=at)

    def blank_name(self, person: PersonId, stand_in: str = "") -> None:
        """Replace a person's names in the whole journal; the chain still holds. Load afterwards.

        It cannot be undone and leaves no entry: record an edit that gives the stand-in first.
        """
        with self._transaction() as db:
            names.blank(db, person, stand_in)

    def put_evidence(self, stream: blobs.Stream) -> tuple[str, int]:
        """Keep the bytes of a stream; their SHA-256 and their size."""
        with self._transaction() as db:
            return blobs.put_evidence(db, stream)

    def has_evidence(self, digest: str) -> bool:
        with failures.reading(self.path):
            return blobs.has_evidence(self._db, digest)

    def read_evidence(self, digest: str) -> Iterator[bytes]:
        """The bytes kept under a hash, part by part. Raises Damaged where there are none."""
        with failures.reading(self.path):
            yield from blobs.read_evidence(self._db, digest)

    def keep_sealed(self, sealed: SealedRound) -> None:
        """Keep ballots nobody has seen, in place of an earlier round about the same question."""
        with self._transaction() as db:
            sealed_rounds.put(db, sealed)

    def drop_sealed(self, question: QuestionId, target: Target) -> None:
        """Forget a round: it was revealed or given up."""
        with self._transaction() as db:
            sealed_rounds.drop(db, question, target)

    def sealed(self) -> tuple[SealedRound, ...]:
        """Rounds that were typed and not revealed, a kill in between included."""
        with failures.reading(self.path):
            return sealed_rounds.load(self._db)

    def put_snapshot_body(self, body: bytes) -> str:
        """Keep a body; its SHA-256."""
        with self._transaction() as db:
            return blobs.put_snapshot(db, body)

    def snapshot_body(self, digest: str) -> bytes:
        with failures.reading(self.path):
            return blobs.read_snapshot(self._db, digest)

    def copy_to(
        self,
        path: Path | str,
        *,
        overwrite: bool = False,
        by: PersonId | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """A complete copy; where the chain is broken, the copy starts a new one behind the break.

        Raises FileError where a file exists that may not be replaced, Locked where it is in use.
        """
        target = opening.resolved(path)
        if target == self.path:
            raise FileError(
                f"{target.name} is the open file itself. Nothing has been written. "
                "Choose another name."
            )
        with failures.writing(target), copies.put_in_place(target, overwrite=overwrite) as made:
            lock = WriteLock(target, "A copy")
            try:
                bad = journal.first_bad(self._db)
                copies.write_copy(self._db, made)
                if bad:
                    with closing(opening.connect(made, "rw")) as db, db.atomic():
                        journal.restart(db, bad=bad, by=by, at=at or _now())
            finally:
                lock.release()

    @contextmanager
    def _transaction(self) -> Iterator[Database]:
        if self.read_only or not self._may_write:
            reason = self.read_only or f"{self.path.name} was opened for reading."
            raise WriteFailed(f"{reason} The change has not been saved; save a copy to go on.")
        assert not self._db.conn.in_transaction, "writing inside a reading would not be saved"
        with failures.writing(self.path), self._db.atomic():
            if opening.data_version(self._db) != self._seen:
                raise WriteFailed(
                    f"Another program has changed {self.path.name}. This change has not been "
                    "saved. Open the file again."
                )
            yield self._db


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _broken(db: Database, path: Path) -> str | None:
    bad = journal.first_bad(db)
    if bad is None:
        return None
    return (
        f"The journal of {path.name} does not hold from entry {bad} on: something other than "
        "Plumbline changed it. The audit can be read. Save a copy, which starts a new chain."
    )


def _migrated(db: Database, path: Path, held: ExitStack, found: int, *, in_place: bool) -> Database:
    """The connection to go on with: the migrated file, or a migrated copy that goes at the end."""
    if in_place:
        copies.backup(db, path, found)
        copies.migrate(db, path, since=found, at=_now())
        return db
    folder = held.enter_context(tempfile.TemporaryDirectory())
    copy = copies.migrated_copy(db, Path(folder), path.name, since=found, at=_now())
    made = opening.connect(copy, "ro")
    held.callback(made.close)
    return made
