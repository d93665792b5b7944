"""Which kept moment a report says the changes since, and which one is the last audit."""

from typing import Final

from app.domain.audit import Audit
from app.domain.workshop import Snapshot

BEFORE_THE_FILE: Final = 0
"""Sequence of a snapshot that stood before the first entry: the audit this one was begun from."""


def last_snapshot(audit: Audit, sequence: int) -> Snapshot | None:
    """The newest snapshot after which something was done until the entry `sequence`.

    Taking a snapshot is an entry of its own and does nothing to the audit, so one that is taken
    right before the report steps back to the moment before it.
    """
    for snapshot in sorted(audit.snapshots.values(), key=lambda s: (-s.sequence, s.name)):
        if snapshot.sequence + 1 < sequence:
            return snapshot
        sequence = min(sequence, snapshot.sequence)
    return None


def last_audit(audit: Audit) -> Snapshot | None:
    """The audit that this one was begun from; None for a first audit."""
    found = [s for s in audit.snapshots.values() if s.sequence == BEFORE_THE_FILE]
    return max(found, key=lambda s: (s.at, s.name), default=None)
