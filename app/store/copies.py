"""Whole files: made under another name and put into place at once, copied, migrated."""

import datetime as dt
import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from app.domain.history import EntryKind
from app.errors import FileError
from app.store import journal, schema
from app.store.failures import damaged
from app.store.opening import connect


@contextmanager
def put_in_place(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """A name to make a file under; it becomes the target when the block ends well.

    Raises FileError where the target exists and may not be replaced; nothing half-made is left.
    """
    if not overwrite and target.exists():
        raise _taken(target)
    if not target.parent.is_dir():
        raise FileError(
            f"There is no folder {target.parent}. Nothing has been written. Make it first, or "
            "choose another."
        )
    made = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield made
        _sync(made)
        _place(made, target, overwrite=overwrite)
    finally:
        made.unlink(missing_ok=True)
        _rollback_journal(made).unlink(missing_ok=True)


def write_copy(db: Database, made: Path) -> None:
    """A compact copy of an open file under a name that is not taken."""
    db.execute("VACUUM INTO ?", [str(made)])


def backup(db: Database, path: Path, version: int) -> Path:
    """A copy beside the file, made before it is migrated; its name tells the schema."""
    number = 1
    while True:
        again = f" {number}" if number > 1 else ""
        target = path.with_name(f"{path.stem} (schema {version}{again}){path.suffix}")
        if not target.exists():
            with put_in_place(target, overwrite=False) as made:
                write_copy(db, made)
            return target
        number += 1


def migrate(db: Database, path: Path, *, since: int, at: dt.datetime) -> None:
    """Bring a file to the current schema in one transaction. Undo does not cross it."""
    db.execute("PRAGMA foreign_keys = OFF")  # a table that is rebuilt is dropped on the way
    with db.atomic():
        apply_migrations(db)
        lost = db.execute("PRAGMA foreign_key_check").fetchone()
        if lost:
            raise damaged(path, f"a row of {lost[0]} refers to nothing in {lost[2]}")
        label = f"Migrated from schema {since} to {schema.VERSION}"
        journal.append(db, (), label=label, kind=EntryKind.BARRIER, step=None, by=None, at=at)
    db.execute("PRAGMA foreign_keys = ON")


def apply_migrations(db: Database) -> None:
    schema.MIGRATIONS.apply(db)
    db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {schema.VERSION}")


def migrated_copy(db: Database, folder: Path, name: str, *, since: int, at: dt.datetime) -> Path:
    """An older file brought to the current schema elsewhere, so that it can be read unchanged."""
    target = folder / name
    write_copy(db, target)
    with closing(connect(target, "rw")) as made:
        migrate(made, target, since=since, at=at)
    return target


def _place(made: Path, target: Path, *, overwrite: bool) -> None:
    # A transaction left half-done by a killed writer would be rolled back into the new file.
    _rollback_journal(target).unlink(missing_ok=True)
    if overwrite:
        made.replace(target)
    else:
        try:
            os.link(made, target)
        except FileExistsError:
            raise _taken(target) from None
        except OSError:  # a file system without links
            if target.exists():
                raise _taken(target) from None
            made.rename(target)
    if os.name == "posix":
        _sync(target.parent)


def _sync(path: Path) -> None:
    """Wait until the disk has it."""
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rollback_journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _taken(target: Path) -> FileError:
    return FileError(
        f"{target} exists already. Nothing has been written. Choose another name, or remove it."
    )
