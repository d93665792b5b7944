"""The pages of the window: named from the start, each made when wanted or in a quiet moment."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.page import Bench, Page

EVERY = 40
"""Milliseconds between two pages made ahead, so that no key waits for more than one of them."""


class LatePages(QObject):
    """In the order of the job. Going through them makes those that are not there yet."""

    made = Signal(object)
    """A page there was not before."""

    def __init__(self, bench: Bench, kinds: Sequence[type[Page]]) -> None:
        super().__init__()
        self.kinds = tuple(kinds)
        self._bench = bench
        self._made: dict[str, Page] = {}
        self._ahead = iter(self.kinds)
        self._quiet = QTimer(self)
        self._quiet.setInterval(EVERY)
        self._quiet.timeout.connect(self._make_next)

    def of(self, key: str) -> Page:
        if key not in self._made:
            kind = next(kind for kind in self.kinds if kind.key == key)
            self._made[key] = kind(self._bench)
            self.made.emit(self._made[key])
        return self._made[key]

    def __iter__(self) -> Iterator[Page]:
        return (self.of(kind.key) for kind in self.kinds)

    @property
    def here(self) -> tuple[Page, ...]:
        """Those made so far."""
        return tuple(self._made.values())

    def make_ahead(self) -> None:
        """From now on, one at a time."""
        self._quiet.start()

    def stop(self) -> None:
        self._quiet.stop()

    def _make_next(self) -> None:
        kind = next(self._ahead, None)
        if kind is None:
            self.stop()
        elif kind.key not in self._made:
            self.of(kind.key)
