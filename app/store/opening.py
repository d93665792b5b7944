"""Connecting to a document file, and refusing one that is not ours or not sound."""

import os
import sqlite3
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from sqlite_utils import Database

from app.errors import Damaged, FileError, NotAnAudit, TooNew
from app.store import schema
from app.store.failures import damaged, no_permission

Mode = Literal["ro", "rw", "rwc"]

_HALF_DONE: Final = sqlite3.SQLITE_READONLY_ROLLBACK
_FIRST: Final = b"SQLite format 3\0"
_ID_AT: Final = 68
"""Where a database file keeps its application id. Source: sqlite.org/fileformat.html."""
_PATIENCE: Final = 5.0
"""Seconds to wait for another program's transaction."""
_PRAGMAS: Final = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
)
_WRITING_PRAGMAS: Final = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
)


def connect(path: Path, mode: Mode) -> Database:
    """A connection with every safeguard set. Raises sqlite3.Error."""
    db = _connect(path, mode)
    try:
        db.execute("PRAGMA schema_version")
    except sqlite3.OperationalError as error:
        db.close()
        if mode != "ro" or getattr(error, "sqlite_errorcode", 0) != _HALF_DONE:
            raise
        # A killed writer left a half-done transaction; only a writing connection can roll it back.
        with_right = _connect(path, "rw")
        with_right.execute("PRAGMA schema_version")
        with_right.close()
        return _connect(path, mode)
    except BaseException:
        db.close()
        raise
    return db


def resolved(path: Path | str) -> Path:
    """The file itself, behind any links. Raises FileError where they lead in a circle."""
    try:
        return Path(path).resolve()
    except RuntimeError as error:
        raise FileError(
            f"{path} is a link that leads back to itself. Nothing has been changed. "
            "Choose the file itself."
        ) from error


def expect_file(path: Path, *, write: bool) -> None:
    """Raises FileError where there is no file, or none that may be used in this way."""
    if not path.exists():
        raise FileError(
            f"There is no file {path}. Nothing has been changed. Check its name and its folder."
        )
    if not path.is_file():
        raise NotAnAudit(
            f"{path.name} is not an audit file. Nothing has been changed. Choose a file made here."
        )
    if not os.access(path, os.R_OK) or (write and not os.access(path, os.W_OK)):
        raise no_permission(path)


def is_ours(path: Path) -> bool:
    """Whether its first bytes say that it is an audit, whatever its name says."""
    try:
        with path.open("rb") as stream:
            top = stream.read(_ID_AT + 4)
    except OSError:
        return False
    return top.startswith(_FIRST) and int.from_bytes(top[_ID_AT:], "big") == schema.APPLICATION_ID


def version(db: Database, path: Path) -> int:
    """The schema version of a file of ours. Raises NotAnAudit or Damaged."""
    if _pragma(db, "application_id") != schema.APPLICATION_ID:
        raise NotAnAudit(
            f"{path.name} is a database of another program. Nothing has been changed. "
            "Choose a file made here."
        )
    return _pragma(db, "user_version")


def expect_sound(db: Database, path: Path) -> None:
    """Raises Damaged for broken pages, missing tables, and triggers or views we did not make."""
    foreign = db.execute(
        "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view') LIMIT 1"
    ).fetchone()
    if foreign:
        raise Damaged(
            f"Another program put the {foreign[0]} {foreign[1]} into {path.name}; it could change "
            "what is read or written. Nothing has been changed. Open a backup or an earlier copy."
        )
    found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise damaged(path, found.replace("\n", " "))


def expect_tables(db: Database, path: Path) -> None:
    """Raises Damaged where a table of the current schema is missing."""
    there = {n for (n,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    missing = sorted({*schema.KEYS, "journal", "person_names", "sealed_rounds"} - there)
    if missing:
        raise damaged(path, f"the table {missing[0]} is missing")


def too_new(path: Path, found: int) -> TooNew:
    return TooNew(
        f"{path.name} has schema {found}, and this program knows schemas up to "
        f"{schema.VERSION}. "
        "Nothing has been changed. Use a newer Plumbline, or open it for reading."
    )


def data_version(db: Database) -> int:
    """A number that moves when another connection changed the file."""
    return _pragma(db, "data_version")


def _connect(path: Path, mode: Mode) -> Database:
    name = quote(path.as_posix(), safe="/:")
    uri = f"file://{'' if name.startswith('/') else '/'}{name}?mode={mode}"
    # No implicit transactions: a write outside `db.atomic()` cannot stay open unnoticed.
    connection = sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)
    try:
        for pragma in _PRAGMAS if mode == "ro" else (*_PRAGMAS, *_WRITING_PRAGMAS):
            connection.execute(pragma)
        return Database(connection, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


def _pragma(db: Database, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])
