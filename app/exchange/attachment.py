"""Files that people show as evidence: taken in parts up to a limit, and written out again."""

import mimetypes
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from app.errors import ExportFailed, ImportFailed

LIMIT: Final = 50 * 1024 * 1024
"""Bytes of one file; the audit is one file and has to stay one that can be sent around."""
SAFE: Final[Mapping[str, str]] = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/tiff": ".tif",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "message/rfc822": ".eml",
}
"""Kinds that may be handed to the system's program: looking at one runs nothing."""
UNKNOWN: Final = "application/octet-stream"


class Bounded:
    """A stream that ends with a sentence where the file cannot be read on or grew too large."""

    def __init__(self, stream: BinaryIO, path: Path) -> None:
        self._stream, self._path, self._taken = stream, path, 0

    def read(self, size: int = -1) -> bytes:
        try:
            body = self._stream.read(size)
        except OSError as error:
            raise _unreadable(self._path, error) from error
        self._taken += len(body)
        if self._taken > LIMIT:
            raise _too_large(self._path)
        return body


@contextmanager
def opened(path: Path) -> Iterator[Bounded]:
    """A file to take. Raises ImportFailed where it is none, is empty, too large or unreadable."""
    try:
        if not path.is_file():
            raise ImportFailed(
                f"{path.name} is not a file; nothing has been attached. Choose a file."
            )
        size = path.stat().st_size
        if size > LIMIT:
            raise _too_large(path)
        if not size:
            raise ImportFailed(f"{path.name} is empty; nothing has been attached.")
        stream = path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from error
    with stream:
        yield Bounded(stream, path)


def media_type(path: Path) -> str:
    """By the name's ending; only a kind that is safe to open has one of its own."""
    found = mimetypes.guess_type(path.name)[0] or UNKNOWN
    return found if found in SAFE else UNKNOWN


def file_name(title: str, kind: str) -> str:
    """A name for the bytes outside; the ending follows from the kind, never from the title."""
    ending = SAFE.get(kind, ".bin")
    stem = re.sub(r"[^\w .()-]+|\.{2,}", "_", title)
    stem = re.sub(r"_{2,}", "_", stem).strip(" .")
    stem = stem.removesuffix(ending) or "evidence"
    return f"{stem[:80].strip(' .')}{ending}"


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """A new file, all of it or nothing; never over one that is there. Raises ExportFailed."""
    if path.exists():
        raise ExportFailed(f"{path} exists already; nothing has been written. Choose another name.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _unwritten(path, error) from error
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            for part in parts:
                out.write(part)
        made.rename(path)
    except OSError as error:
        raise _unwritten(path, error) from error
    finally:
        made.unlink(missing_ok=True)


def _too_large(path: Path) -> ImportFailed:
    return ImportFailed(
        f"{path.name} is larger than {LIMIT // 1024 // 1024} MB; nothing has been attached. "
        "Record where it is kept as the place of the evidence instead."
    )


def _unreadable(path: Path, error: OSError) -> ImportFailed:
    return ImportFailed(
        f"{path.name} could not be read ({error.strerror}); nothing has been attached. "
        "Check the name and whether you may read it."
    )


def _unwritten(path: Path, error: OSError) -> ExportFailed:
    return ExportFailed(
        f"{path} could not be written ({error.strerror}); the audit is safe. "
        "Choose another folder or free some space."
    )
