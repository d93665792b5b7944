"""Slow work on a frozen value, off the window's thread; only the newest answer of a kind counts."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot


class _Teller(QObject):
    done = Signal(str, int, object)
    failed = Signal(str, int, object)


class _Work(QRunnable):
    def __init__(
        self,
        kind: str,
        turn: int,
        work: Callable[[], Any],
        teller: _Teller,
        is_wanted: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._kind, self._turn, self._work, self._teller = kind, turn, work, teller
        self._is_wanted = is_wanted

    def run(self) -> None:
        if not self._is_wanted():
            return  # Overtaken while it waited: quick edits must not pile up work nobody hears.
        try:
            result = self._work()
        except Exception as error:
            self._teller.failed.emit(self._kind, self._turn, error)
        else:
            self._teller.done.emit(self._kind, self._turn, result)


class Jobs(QObject):
    """Runs one piece of work per kind at a time that matters; older ones finish unheard."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._turns: dict[str, int] = {}
        self._open: dict[str, tuple[Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._teller = _Teller(self)
        self._teller.done.connect(self._hear)
        self._teller.failed.connect(self._hear_failure)

    def run(
        self,
        kind: str,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """`done` or `failed` is called on the window's thread, unless newer work overtakes."""
        turn = self._turns[kind] = self._turns.get(kind, 0) + 1
        self._open[kind] = done, failed
        is_wanted = lambda: self._turns.get(kind) == turn  # noqa: E731
        self._pool.start(_Work(kind, turn, work, self._teller, is_wanted))

    def cancel(self, kind: str) -> None:
        """Whatever is under way of this kind is not heard any more."""
        self._turns[kind] = self._turns.get(kind, 0) + 1
        self._open.pop(kind, None)

    @property
    def is_idle(self) -> bool:
        """Nothing is under way that anybody waits for."""
        return not self._open

    def finish(self) -> None:
        """Wait for everything under way; what it found is not heard."""
        for kind in list(self._open):
            self.cancel(kind)
        self._pool.waitForDone()

    @Slot(str, int, object)
    def _hear(self, kind: str, turn: int, result: Any) -> None:
        if turn == self._turns.get(kind) and kind in self._open:
            done, _ = self._open.pop(kind)
            done(result)

    @Slot(str, int, object)
    def _hear_failure(self, kind: str, turn: int, error: Exception) -> None:
        if turn == self._turns.get(kind) and kind in self._open:
            _, failed = self._open.pop(kind)
            failed(error)
