"""Which kept moment a report says the changes since."""

from app.domain.audit import Audit
from app.domain.workshop import Snapshot


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
