"""Reading and writing whole files so that nothing half-written is left."""

import errno
import os
import tempfile
from pathlib import Path

from app.errors import ExportFailed, ImportFailed

DATABASE = b"SQLite format 3\x00"
"""How a file of SQLite begins, and with it every audit."""


def write_whole(path: Path, body: bytes) -> None:
    """Write beside the target, read back, then rename. ExportFailed leaves the target as it was.

    A link is followed. What stands there is replaced only where it is a plain file, no database:
    an audit and its history are never written over, nor is a device.
    """
    path = target(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise ExportFailed(_sentence(path, error)) from error
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(body)
            out.flush()
            os.fsync(out.fileno())
        if Path(name).read_bytes() != body:
            raise OSError(errno.EIO, "what was written reads back differently")
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise ExportFailed(_sentence(path, error)) from error


def target(path: Path) -> Path:
    """Where `write_whole` writes for this name. ExportFailed where it may not."""
    try:
        path = path.resolve()
        _expect_replaceable(path)
    except (OSError, RuntimeError) as error:
        raise ExportFailed(_sentence(path, error)) from error
    return path


def read_whole(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ImportFailed(
            f"{path} could not be read ({error.strerror}); nothing was taken. "
            "Check the name and whether you may read it."
        ) from error


def _expect_replaceable(path: Path) -> None:
    if not path.exists():
        return
    if not path.is_file():
        raise ExportFailed(
            f"{path} is not a file that can be replaced; the audit is safe and nothing has been "
            "written. Give the name of a file."
        )
    with path.open("rb") as there:
        if there.read(len(DATABASE)) == DATABASE:
            raise ExportFailed(
                f"{path} is an audit or another database and is not written over; nothing has "
                "been written. Choose another name."
            )


def _sentence(path: Path, error: Exception) -> str:
    reason = getattr(error, "strerror", None) or "a link leads back to itself"
    return (
        f"{path} could not be written ({reason}); the audit is safe and what stood there "
        "before is unchanged. Choose another folder or free some space."
    )
