"""How far slow work is, told from its own thread, and a polite way to stop it."""

from threading import Event

from PySide6.QtCore import QObject, Signal


class Stopped(Exception):
    """The work was asked to stop and did, between two steps."""


class Progress(QObject):
    """Handed to a worker, which calls `tick` after each step."""

    stepped = Signal(int)
    """Steps done so far; heard on the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done = 0
        self._stop = Event()

    def tick(self) -> None:
        """One step is done. Raises Stopped where somebody asked for it."""
        if self._stop.is_set():
            raise Stopped
        self._done += 1
        self.stepped.emit(self._done)

    def stop(self) -> None:
        self._stop.set()
