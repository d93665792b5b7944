"""Files on their way to the desk or off it: their ending, what they are, what was left empty."""

from pathlib import Path

from app.errors import FileError
from app.store.file import AuditFile
from app.store.opening import is_ours

ENDING = ".plumb"
INVENTORIES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json")


def with_ending(path: Path) -> Path:
    """The name as the dialogs find it again: whatever was typed, it ends in `.plumb`."""
    return path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)


def is_audit(path: Path) -> bool:
    """An audit by its ending or, under another name, by what it says of itself."""
    return path.suffix.lower() == ENDING or is_ours(path)


def is_inventory(path: Path) -> bool:
    """A table that may be imported, going by its ending."""
    return path.suffix.lower() in INVENTORIES


def is_untouched(file: AuditFile) -> bool:
    """Nothing was recorded since it was made, under seal neither, and it is still in its place."""
    try:
        return file.is_at(file.path) and file.head.sequence == 1 and not file.sealed()
    except FileError:
        return False
