"""Slow work on a frozen value, off the window's thread; only the newest answer of a kind counts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.desk.progress import Stopped

MOST = 2
"""Pieces of work at a time."""
Tick = Callable[[], None]


class _Teller(QObject):
    """Lives as long as any work that may still speak, and without a parent: work outlives desks."""

    done = Signal(str, int, object)
    failed = Signal(str, int, object)


class Jobs(QObject):
    """Runs one piece of work per kind at a time that matters; older ones end unheard.

    Nobody waits for work that is not wanted any more: the interpreter does, before it ends.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(MOST, "work")
        self._turns: dict[str, int] = {}
        self._open: dict[str, tuple[Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._teller = _Teller()
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
        self.run_in_steps(kind, lambda _tick: work(), done, failed)

    def run_in_steps(
        self,
        kind: str,
        work: Callable[[Tick], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Like `run`; `work` calls what it is given between steps, and ends there if overtaken."""
        turn = self._turns[kind] = self._turns.get(kind, 0) + 1
        self._open[kind] = done, failed
        self._pool.submit(_do, self._teller, self._turns, kind, turn, work)

    def cancel(self, kind: str) -> None:
        """Whatever is under way of this kind is not heard any more, and ends at its next step."""
        self._turns[kind] = self._turns.get(kind, 0) + 1
        self._open.pop(kind, None)

    def cancel_all(self) -> None:
        for kind in list(self._turns):
            self.cancel(kind)

    def let_go(self, results: list[Any]) -> None:
        """Free many results one by one in a worker: at once they would hold up a frame."""
        self._pool.submit(_empty, results)

    @property
    def is_idle(self) -> bool:
        """Nothing is under way that anybody waits for."""
        return not self._open

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


def _empty(results: list[Any]) -> None:
    while results:
        results.pop()


def _do(
    teller: _Teller, turns: dict[str, int], kind: str, turn: int, work: Callable[[Tick], Any]
) -> None:
    """In a thread of the pool. Quick edits must not pile up work nobody hears."""

    def tick() -> None:
        if turns.get(kind) != turn:
            raise Stopped

    try:
        tick()
        result = work(tick)
        tick()
    except Exception as error:
        # What was overtaken ends here: its error holds all it had made, and would free it there.
        if turns.get(kind) == turn:
            teller.failed.emit(kind, turn, error)
    else:
        teller.done.emit(kind, turn, result)
