"""Typesetting in a process of its own, which ends with all it kept and can be stopped at once.

The typesetter remembers everything it ever laid out, some 150 MB a report, and offers no way to
make it forget; and nothing inside this process can interrupt it.
"""

import signal
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, NamedTuple, ParamSpec, TypeVar

from app.errors import ExportFailed

REPORTS = 4
"""Pieces of work before a process gives way to a new one; starting one takes half a second."""
GLANCE = 0.05
"""Seconds between two looks at whether the work is still wanted."""

P = ParamSpec("P")
T = TypeVar("T")


class Press:
    """Called from any thread; as many processes as there are callers at a time, made when needed.

    What is sent and what comes back is pickled, so functions are those of a module.
    """

    def __init__(self) -> None:
        self._idle: list[_Worker] = []

    def run(
        self, check: Callable[[], None], work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `work` returns or raises. `check` is asked meanwhile and stops it by raising.

        Raises ExportFailed where the process ended before its work.
        """
        try:
            worker = self._idle.pop()
        except IndexError:
            worker = _Worker()
        try:
            found = worker.ask(check, work, args, kwargs)
        except (EOFError, OSError) as error:
            worker.end()
            raise ExportFailed(
                "The report could not be made: the typesetter ended, perhaps for want of memory. "
                "The audit is safe and nothing was written. Close other programs and try again."
            ) from error
        except BaseException:
            worker.end()
            raise
        worker.uses += 1
        if worker.uses < REPORTS:
            self._idle.append(worker)
        else:
            worker.end()
        if isinstance(found, _Fault):
            raise found.error
        made: T = found
        return made

    def close(self) -> None:
        """End the processes that wait; another piece of work starts one anew."""
        while self._idle:
            self._idle.pop().end()


class _Fault(NamedTuple):
    """What work raised, on its way through the pipe."""

    error: Exception


class _Worker:
    def __init__(self) -> None:
        self.uses = 0
        # A forked child of a program with threads may stand still for ever.
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        # Else the pipe would not break when the process ends.
        theirs.close()

    def ask(self, check: Callable[[], None], *request: object) -> Any:
        self._pipe.send(request)
        while not self._pipe.poll(GLANCE):
            check()
        return self._pipe.recv()

    def end(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _serve(pipe: Connection) -> None:
    """In the process: one piece of work after another until nobody is there to ask."""
    # Ctrl+C in a terminal is for the program that asks; the pipe ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            work, args, kwargs = pipe.recv()
        except EOFError:
            return
        try:
            found = work(*args, **kwargs)
        except Exception as error:
            error.add_note(traceback.format_exc())
            found = _Fault(error)
        pipe.send(found)
