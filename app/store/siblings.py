"""Two files of one audit: their common past, where each stands now, and bytes carried across."""

import datetime as dt
import tempfile
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.changes import apply, net, reverse
from app.domain.edits.workshop import take_snapshot
from app.domain.ids import PersonId, SnapshotId
from app.domain.joining import Side, authors, common
from app.domain.snapshots import BEFORE_THE_FILE
from app.store.file import AuditFile


class Siblings(Struct, frozen=True):
    """What a join needs of two files."""

    base: Audit
    first: Side
    second: Side
    authors: tuple[PersonId, ...]
    """Who edited the second file since they parted."""
    changes: int
    """Journal entries of the second file since then."""


def siblings(first: AuditFile, second: AuditFile) -> Siblings:
    """Both sides and the audit as it was when they parted. EditError where they share no past."""
    ours, theirs = first.entries(), second.entries()
    parted = common(ours, theirs)
    now = first.load()
    base = apply(now, net(reverse(first.changes_after(parted))))
    return Siblings(
        base=base,
        first=Side(now, ours[-1].at, ours[-1].hash),
        second=Side(second.load(), theirs[-1].at, theirs[-1].hash),
        authors=authors(theirs, parted),
        changes=sum(entry.sequence > parted for entry in theirs),
    )


def carry(into: AuditFile, source: AuditFile, audit: Audit) -> int:
    """Evidence bytes and snapshot bodies of the audit that `into` lacks; how many were carried."""
    wanted = {e.sha256 for group in audit.evidence.values() for e in group.values() if e.sha256}
    carried = 0
    for digest in sorted(wanted):
        if into.has_evidence(digest) or not source.has_evidence(digest):
            continue
        with tempfile.TemporaryFile() as stream:
            for part in source.read_evidence(digest):
                stream.write(part)
            stream.seek(0)
            into.put_evidence(stream)
        carried += 1
    return carried + _snapshots(into, source, audit)


def begin_from(
    source: AuditFile, path: Path, audit: Audit, last: bytes, *, name: str, by: PersonId | None
) -> None:
    """A new file with this audit, the evidence it names, and the last one's body as a snapshot.

    Raises FileError where a file exists already; it is never replaced.
    """
    at = dt.datetime.now(dt.UTC).replace(microsecond=0)
    digest = sha256(last).hexdigest()
    begun = take_snapshot(audit, SnapshotId("s1"), name, at, BEFORE_THE_FILE, digest)
    with AuditFile.create(path, begun, label=name, by=by, at=at) as file:
        file.put_snapshot_body(last)
        carry(file, source, begun)


def _snapshots(into: AuditFile, source: AuditFile, audit: Audit) -> int:
    kept = {snapshot.body for snapshot in into.load().snapshots.values()}
    theirs = {snapshot.body for snapshot in source.load().snapshots.values()}
    wanted = {snapshot.body for snapshot in audit.snapshots.values()}
    missing = sorted((wanted & theirs) - kept)
    for digest in missing:
        into.put_snapshot_body(source.snapshot_body(digest))
    return len(missing)
