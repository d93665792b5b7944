"""How far slow work is, told from its own thread, and a polite way to stop it."""

from threading import Event
from typing import Protocol

from PySide6.QtCore import QObject, Signal


class Stopped(Exception):
    """The work was asked to stop and did, between two steps."""


class Steps(Protocol):
    """What slow work reports to, and hears from whether it is still wanted."""

    def tick(self) -> None:
        """One step is done. Raises Stopped where somebody asked for it."""

    def check(self) -> None:
        """Inside a step. Raises Stopped where somebody asked for it."""


class Unwatched:
    """Steps of work that nobody follows and nobody stops."""

    def tick(self) -> None:
        pass

    def check(self) -> None:
        pass


class Progress(QObject):
    """Steps of a worker, told to the window."""

    stepped = Signal(int)
    """Steps done so far; heard on the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done = 0
        self._stop = Event()

    def tick(self) -> None:
        self.check()
        self._done += 1
        self.stepped.emit(self._done)

    def check(self) -> None:
        if self._stop.is_set():
            raise Stopped

    def stop(self) -> None:
        self._stop.set()
