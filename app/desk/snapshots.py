"""Snapshots of the audit on the desk: taken on the window's thread, their bodies made off it."""

from collections.abc import Callable

from app.desk.desk import Desk
from app.domain.edits import workshop
from app.domain.ids import SnapshotId
from app.errors import PlumblineError
from app.exchange.audit_json import audit_to_json


def take_snapshot(
    desk: Desk, name: str, done: Callable[[], None] = lambda: None, label: str = ""
) -> None:
    """Keep this moment under a name; a large audit is written out by a worker meanwhile."""
    if desk.file is None:
        return
    desk.flushing.emit()
    audit, now = desk.audit, desk.now()
    sequence, _ = desk.file.head

    def keep(body: bytes) -> None:
        if desk.file is None:
            return
        try:
            digest = desk.file.put_snapshot_body(body)
        except PlumblineError as error:
            desk.failed.emit(error.sentence)
            return
        id_ = _free_id(desk)
        desk.apply(label or name, workshop.take_snapshot, id_, name, now, sequence, digest)
        done()

    def fail(error: Exception) -> None:
        if not isinstance(error, PlumblineError):
            raise error
        desk.failed.emit(error.sentence)

    desk.jobs.run("snapshot", lambda: audit_to_json(audit), keep, fail)


def _free_id(desk: Desk) -> SnapshotId:
    taken = desk.audit.snapshots
    number = len(taken) + 1
    while SnapshotId(f"s{number}") in taken:
        number += 1
    return SnapshotId(f"s{number}")
