"""The right to write: an operating-system lock beside the file that says who holds it."""

import datetime as dt
import getpass
import os
import platform
import sys
import time
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from app.errors import Locked

_TRIES: Final = 4
_PAUSE: Final = 0.02
"""Seconds; somebody who only asks whether the file is locked holds the lock for a moment."""
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
"""A link put in the place of the lock must not make us empty the file it leads to."""


class Holder(Struct, frozen=True):
    """Who writes in a file, as the lock file tells it."""

    who: str = "Somebody"
    machine: str = "an unknown machine"
    since: dt.datetime | None = None

    def sentence(self, path: Path) -> str:
        since = f" since {self.since:%Y-%m-%d %H:%M}" if self.since else ""
        return (
            f"{self.who or 'Somebody'} on {self.machine} is writing in {path.name}{since}. "
            "Nothing has been changed. Open it for reading, or wait until it is closed there."
        )


def account() -> str:
    """The name of the account at the keyboard; empty where the system has none for it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


class WriteLock:
    """Held from construction until `release`; a killed process releases it as well."""

    def __init__(self, path: Path, who: str) -> None:
        """Raises Locked with the holder's name, or OSError where the folder cannot be used."""
        self.path = lock_path(path)
        self._descriptor = _taken(self.path)
        if self._descriptor is None:
            raise Locked((_holder(self.path) or Holder()).sentence(path))
        holder = Holder(who or account(), platform.node(), dt.datetime.now().astimezone())
        try:
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, msgspec.json.encode(holder))
        except BaseException:  # a full disk must not leave the lock behind
            self.release()
            raise

    def release(self) -> None:
        """Give the right back and leave no lock file. Harmless when repeated."""
        if self._descriptor is None:
            return
        if sys.platform == "win32":
            os.close(self._descriptor)
            _remove(self.path)
        else:
            # Removed while it is held, so that nobody can lock a file that is about to go.
            _remove(self.path)
            os.close(self._descriptor)
        self._descriptor = None


def lock_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def holder(path: Path) -> Holder | None:
    """Who is writing in the file now, or None."""
    lock = lock_path(path)
    try:
        descriptor = os.open(lock, os.O_RDWR | _NO_LINK)
    except OSError:
        return None
    try:
        return None if _lock(descriptor) else _holder(lock) or Holder()
    finally:
        os.close(descriptor)


def _taken(path: Path) -> int | None:
    """A locked descriptor of the file that is at the path now, or None while another has it."""
    for _ in range(_TRIES):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o666)
        try:
            if _lock(descriptor) and _is_current(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        time.sleep(_PAUSE)
    return None


def _is_current(descriptor: int, path: Path) -> bool:
    """The holder before may have removed the file between our opening and our locking it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _holder(path: Path) -> Holder | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError):
        return None


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        # Somebody else waits with it open, or the folder has gone: an unlocked file does no harm.
        return


if sys.platform == "win32":
    import msvcrt

    _FAR: Final = 1 << 30
    """A locked byte cannot be read by others: one far behind the text leaves the text readable."""

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
