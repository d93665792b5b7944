"""Another copy of the open audit: looked at in a worker, taken in one step behind a snapshot."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from app.desk.desk import Desk
from app.desk.snapshots import take_snapshot
from app.domain.audit import Audit
from app.domain.changes import Change, diff
from app.domain.joining import Joining, join, park_lost
from app.domain.reaudit import reaudit
from app.errors import EditError
from app.exchange.audit_json import audit_to_json
from app.exchange.conflict_text import conflict_text
from app.store.file import AuditFile
from app.store.siblings import begin_from, carry, siblings
from app.words import Words


class Merging(Struct, frozen=True):
    """What taking the other copy would do."""

    path: Path
    found: Joining
    joined: Audit
    """With a parked item for every value that gives way."""
    changes: tuple[Change, ...]
    """What would differ from the audit as it was when it was looked at."""
    authors: tuple[str, ...]
    """Names of those who edited the other copy since the two parted."""
    was: Audit


def looking(desk: Desk, path: Path, words: Words) -> Callable[[], Merging]:
    """What compares the two files: it touches neither when it is called in a worker.

    Raises FileError or EditError where the other file is none or of another audit.
    """
    assert desk.file is not None
    if path.resolve() == desk.file.path.resolve():
        raise EditError(f"{path.name} is the open file itself. Choose the other copy.")
    with AuditFile.open(path, write=False) as other:
        pair = siblings(desk.file, other)

    def look() -> Merging:
        found = join(pair.base, pair.first, pair.second)
        was = pair.first.audit
        tell = partial(conflict_text, audit=found.audit, words=words)
        joined = park_lost(found.audit, found.conflicts, tell)
        names = tuple(joined.people[p].name if p in joined.people else str(p) for p in pair.authors)
        return Merging(path, found, joined, diff(was, joined), names, was)

    return look


def take(desk: Desk, merging: Merging, words: Words, done: Callable[[bool], None]) -> None:
    """Carry the bytes over, keep a snapshot, then take everything as one undo step.

    `done` hears whether it was taken. EditError where the audit has changed since it was looked at.
    """
    if desk.audit != merging.was:
        raise EditError(
            "The audit has changed since the other copy was compared. Nothing was changed. "
            "Compare them again."
        )
    assert desk.file is not None
    with AuditFile.open(merging.path, write=False) as other:
        carry(desk.file, other, merging.joined)
    name = words("merge.before", file=merging.path.name)
    who = f" ({', '.join(merging.authors)})" if merging.authors else ""
    label = words("merge.label", file=merging.path.name) + who
    take_snapshot(desk, name, lambda: done(desk.apply(label, with_snapshots_of, merging.joined)))


def with_snapshots_of(audit: Audit, joined: Audit) -> Audit:
    """The joined audit, beside the snapshot that was taken just before."""
    return replace(joined, snapshots={**joined.snapshots, **audit.snapshots})


def begin_next(desk: Desk, path: Path, words: Words) -> None:
    """A re-audit of the open audit in a new file. Raises FileError; nothing here changes."""
    assert desk.file is not None
    name = words("merge.last_audit", file=desk.file.path.name)
    begin_from(
        desk.file, path, reaudit(desk.audit), audit_to_json(desk.audit), name=name, by=desk.by
    )
