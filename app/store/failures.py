"""Faults of SQLite and of the operating system, told as errors a person can act on."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from app.errors import Damaged, FileError, Locked, NotAnAudit, WriteFailed

_AS_BEFORE = "Nothing has been changed."
_LONGEST = 120
"""Characters of a technical reason; SQLite quotes whole texts and lines of a broken file."""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Every sqlite3.Error or OSError inside becomes a FileError, what is no record Damaged."""
    try:
        yield
    except sqlite3.Error as error:
        raise from_sqlite(path, error, FileError) from error
    except OSError as error:
        raise _from_system(path, error, FileError) from error
    except (msgspec.MsgspecError, ValueError, KeyError) as error:
        raise damaged(path, str(error)) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Like `reading`, where the failure means that a change was not saved."""
    try:
        yield
    except sqlite3.Error as error:
        raise from_sqlite(path, error, WriteFailed) from error
    except OSError as error:
        raise _from_system(path, error, WriteFailed) from error
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        raise WriteFailed(
            f"A text holds half a character (U+{ord(half):04X}), which no file can keep; "
            f"it may come from a damaged copy or a wrong encoding. {_AS_BEFORE} "
            "Type the text anew instead of pasting it."
        ) from error
    except (msgspec.MsgspecError, OverflowError) as error:
        raise WriteFailed(
            f"A value cannot be kept in {path.name} ({error}). {_AS_BEFORE} "
            "Enter the value in another way."
        ) from error


def from_sqlite(
    path: Path, error: sqlite3.Error, default: type[FileError] = FileError
) -> FileError:
    """What an error of SQLite means for whoever met it; `default` where it means nothing more."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return _vanished(path)
    name = path.name
    plain = code & 0xFF
    if plain == sqlite3.SQLITE_NOTADB:
        return NotAnAudit(f"{name} is not an audit file. {_AS_BEFORE} Choose a file made here.")
    if plain == sqlite3.SQLITE_CORRUPT or _tells_damage(error):
        return damaged(path, str(error))
    if plain in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Locked(f"Another program is using {name} just now. {_AS_BEFORE} Try again.")
    if plain == sqlite3.SQLITE_FULL:
        return no_space(path)
    if plain in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return no_permission(path, default)
    if plain == sqlite3.SQLITE_CANTOPEN:
        return default(
            f"{name} or its folder {path.parent} cannot be opened. {_AS_BEFORE} "
            "Check that both are still there and that you may use them."
        )
    if plain == sqlite3.SQLITE_IOERR:
        return default(
            f"The disk failed while {name} was in use ({_reason(error)}). {_AS_BEFORE} "
            "Check its free space and its connection, then try again."
        )
    if plain == sqlite3.SQLITE_CONSTRAINT:
        return default(
            f"A change contradicts the record in {name} ({_reason(error)}). {_AS_BEFORE} "
            "Check what it refers to."
        )
    return default(
        f"{name} could not be used ({_reason(error)}). {_AS_BEFORE} Try again or use a copy."
    )


def _from_system(path: Path, error: OSError, default: type[FileError]) -> FileError:
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return no_permission(path, default)
    if isinstance(error, FileNotFoundError):
        return _vanished(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return no_space(path)
    if error.errno == errno.ENAMETOOLONG:
        return default(f"The name {path.name} is too long. {_AS_BEFORE} Choose a shorter one.")
    reason = error.strerror or str(error)
    return default(f"{path.name} could not be used: {reason}. {_AS_BEFORE} Try again.")


def no_permission(path: Path, kind: type[FileError] = FileError) -> FileError:
    return kind(
        f"You have no permission for {path.name} or its folder {path.parent}. {_AS_BEFORE} "
        "Ask for the right to use both, or save a copy elsewhere."
    )


def no_space(path: Path) -> FileError:
    return WriteFailed(
        f"There is no space left for {path.name}. {_AS_BEFORE} Free some space and try again."
    )


def damaged(path: Path, what: str) -> Damaged:
    return Damaged(
        f"{path.name} is damaged ({_reason(what)}). {_AS_BEFORE} Open a backup or an earlier copy."
    )


def _tells_damage(error: sqlite3.Error) -> bool:
    """A missing table, or bytes that are no text, where the code says nothing more."""
    return str(error).startswith(("no such", "Could not decode"))


def _reason(error: object) -> str:
    """One short line, so that the whole stays a sentence."""
    line = " ".join(str(error).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _vanished(path: Path) -> FileError:
    return WriteFailed(
        f"{path.name} is no longer in {path.parent}. What is on the screen has not been lost. "
        "Put the file back, or save a copy."
    )
