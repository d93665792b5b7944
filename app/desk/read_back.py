"""A sheet that came back: compared with the open audit in a worker, taken in one step."""

from collections.abc import Callable
from pathlib import Path

from app.desk.desk import Desk
from app.domain.edits.read_back import SheetEdit, take_sheet
from app.exchange.paths import read_whole
from app.exchange.sheet_reading import SheetChanges, read_sheet


def comparing(desk: Desk, path: Path) -> Callable[[], SheetChanges]:
    """What finds the differences: nothing of the desk is touched when it is called in a worker.

    Raises ImportFailed there.
    """
    assert desk.file is not None
    audit, today = desk.audit, desk.today()
    hashes = {entry.sequence: entry.hash for entry in desk.file.entries()}
    return lambda: read_sheet(read_whole(path), path.name, audit, today, hashes.get)


def take(desk: Desk, label: str, edits: tuple[SheetEdit, ...]) -> bool:
    """Everything chosen as one undo step; False where it was refused and the desk said why."""
    return desk.apply(label, take_sheet, edits)
