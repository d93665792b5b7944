"""Where an audit goes on whose own file takes nothing more."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from app.domain.audit import Audit
from app.domain.ids import PersonId
from app.errors import FileError
from app.store.file import AuditFile


def continued(
    file: AuditFile, path: Path, audit: Audit, by: PersonId | None, at: dt.datetime
) -> AuditFile:
    """A copy to go on in, of the file or, where that cannot be read any more, of what is shown."""
    try:
        file.copy_to(path, overwrite=True)
    except FileError:
        label = f"Continued from {file.path.name}"
        return AuditFile.create(path, audit, label=label, by=by, at=at, overwrite=True)
    return AuditFile.open(path, write=True)


@contextmanager
def rescuing(path: Path, count: int) -> Iterator[Path]:
    """A free name in the data folder for what could not be written into `path`.

    Raises FileError where what is done with it fails as well.
    """
    try:
        data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
        folder = Path(data) / "rescued"
        folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while (place := folder / f"{path.stem}-{number}{path.suffix}").exists():
            number += 1
        yield place
    except (FileError, OSError) as error:
        raise FileError(
            f"{count} changes of {path.name} can be written neither there nor in the data folder "
            "of Plumbline. The audit stays open. Save a copy of it elsewhere first."
        ) from error


def kept_sentence(path: Path, count: int, place: Path) -> str:
    """What could not be written where, and where all of it is."""
    what = "1 change" if count == 1 else f"{count} changes"
    return (
        f"{what} could not be written into {path.name}. "
        f"The audit with everything in it is kept in {place}."
    )
