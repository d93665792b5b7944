"""A list on the wall whose pages come round in turn, for as long as it is what is published."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from app.desk.room import Room
from app.domain.wall import Blank, Lines, pages

TURN, LEAST = 10_000, 4_000
"""Milliseconds a page is shown, and is shown at least."""


class WallPages(QObject):
    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._pages: tuple[Lines, ...] = ()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.turn)

    def show(self, heading: str, lines: Sequence[str], within: int | None = None) -> None:
        """Publish a list from its first page on, where the wall is free to show it.

        `within`: milliseconds in which every page is to be seen, if they are few enough.
        """
        if may_publish(self._room):
            self._pages = pages(heading, lines)
            each = TURN if within is None else max(LEAST, within // len(self._pages))
            self._timer.setInterval(each)
            self._room.publish(Lines(heading, tuple(lines)))
            self._timer.start()

    def turn(self) -> None:
        """The next page, after the last one the first again."""
        if not self.is_shown:
            self._timer.stop()
            return
        page, of = self._room.page
        self._room.turn(1 if page < of else 1 - of)

    @property
    def is_shown(self) -> bool:
        return not self._room.is_frozen and self._room.wall in self._pages

    def end(self) -> None:
        """Take the list from the wall where it still stands there."""
        self._timer.stop()
        if self.is_shown:
            self._room.publish(Blank())
        self._pages = ()


def may_publish(room: Room) -> bool:
    """A running session has a wall; what is frozen, dark or silent stays so."""
    return room.session is not None and not (room.is_frozen or room.is_blank or room.is_silent)
