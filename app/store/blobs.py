"""Bytes kept by their hash: evidence in parts, never whole in memory, and bodies of snapshots."""

import zlib
from collections.abc import Iterator
from hashlib import sha256
from typing import Final, Protocol

from sqlite_utils import Database

PART: Final = 256 * 1024
"""Bytes in memory at a time."""


class Stream(Protocol):
    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


def put_evidence(db: Database, stream: Stream) -> tuple[str, int]:
    """Keep a stream; hash and size in bytes. The same bytes are kept once."""
    digest, size = sha256(), 0
    newest = db.execute('SELECT coalesce(max("id"), 0) FROM "evidence_bytes"').fetchone()[0]
    for part, body in enumerate(iter(lambda: stream.read(PART), b"")):
        digest.update(body)
        size += len(body)
        db.execute('INSERT INTO "evidence_parts" VALUES (?, ?, ?)', (newest + 1, part, body))
    own = digest.hexdigest()
    if has_evidence(db, own):
        db.execute('DELETE FROM "evidence_parts" WHERE "bytes" = ?', [newest + 1])
    else:
        db.execute('INSERT INTO "evidence_bytes" VALUES (?, ?, ?)', (newest + 1, own, size))
    return own, size


def has_evidence(db: Database, digest: str) -> bool:
    return _evidence_id(db, digest) is not None


def read_evidence(db: Database, digest: str) -> Iterator[bytes]:
    """The parts in order. Raises ValueError where none are kept or they changed."""
    number = _evidence_id(db, digest)
    if number is None:
        raise ValueError(f"no evidence is kept under {digest[:12]}")
    found, part = sha256(), 0
    while row := db.execute(
        'SELECT "body" FROM "evidence_parts" WHERE "bytes" = ? AND "part" = ?', (number, part)
    ).fetchone():
        found.update(row[0])
        part += 1
        yield row[0]
    if found.hexdigest() != digest:
        raise ValueError(f"evidence {digest[:12]} does not have its hash")


def put_snapshot(db: Database, body: bytes) -> str:
    """Keep the body of a snapshot under its hash."""
    own = sha256(body).hexdigest()
    db.execute(
        'INSERT INTO "snapshot_bodies" VALUES (?, ?) ON CONFLICT DO NOTHING',
        (own, zlib.compress(body)),
    )
    return own


def read_snapshot(db: Database, digest: str) -> bytes:
    """Raises ValueError where none is kept or it changed."""
    row = db.execute('SELECT "body" FROM "snapshot_bodies" WHERE "sha256" = ?', [digest]).fetchone()
    if row is None:
        raise ValueError(f"no snapshot is kept under {digest[:12]}")
    try:
        body = zlib.decompress(row[0])
    except zlib.error:
        body = b""
    if sha256(body).hexdigest() != digest:
        raise ValueError(f"snapshot {digest[:12]} does not have its hash")
    return body


def _evidence_id(db: Database, digest: str) -> int | None:
    row = db.execute('SELECT "id" FROM "evidence_bytes" WHERE "sha256" = ?', [digest]).fetchone()
    return row and int(row[0])
