"""Simple edits of one record, and whole files, for tests of the file."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.document import Document
from app.domain.audit import COLLECTION, Audit
from app.domain.changes import Change, apply
from app.store.file import AuditFile
from tests.store.tiny import AT, empty_audit


def put(audit: Audit, collection: str, keys: tuple[str, ...], record: Any) -> Audit:
    """The audit with one record set, or removed where it is None."""
    return apply(audit, [Change(collection, keys, found(audit, collection, keys), record)])


def found(audit: Audit, collection: str, keys: tuple[str, ...]) -> Any:
    value = getattr(audit, collection)
    for key in keys:
        value = value.get(key, {})
    return value or None if COLLECTION[collection].depth else value


def new_file(path: Path, audit: Audit | None = None) -> AuditFile:
    return AuditFile.create(path, audit or empty_audit(), label="New audit", by=None, at=AT)


def clock() -> Callable[[], dt.datetime]:
    """Ticks one second at every look."""
    ticks = iter(range(10**6))
    return lambda: AT + dt.timedelta(seconds=next(ticks))


def opened(file: AuditFile) -> Document:
    return Document(file, file.load(), clock=clock(), by=None)
