"""The press: work in a process of its own that fails, stops and ends without harm here."""

import datetime as dt
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.desk.desk import Desk
from app.desk.press import REPORTS, Press
from app.desk.progress import Progress, Stopped
from app.errors import ExportFailed
from app.exchange.sample import sample_audit


def nothing() -> None:
    pass


@pytest.fixture
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.close()


def fail() -> None:
    raise ExportFailed("The font is missing. The audit is safe. Choose another.")


def die() -> None:
    os._exit(9)


def test_work_is_done_elsewhere_and_the_process_is_kept_for_the_next(press: Press) -> None:
    first = press.run(nothing, os.getpid)
    assert first != os.getpid()
    assert press.run(nothing, os.getpid) == first
    assert press.run(nothing, divmod, 17, 5) == (3, 2)


def test_after_some_reports_another_process_takes_over(press: Press) -> None:
    used = [press.run(nothing, os.getpid) for _ in range(REPORTS + 1)]
    assert len(set(used[:-1])) == 1
    assert used[-1] != used[0]
    with pytest.raises(ProcessLookupError):
        os.kill(used[0], 0)


def test_what_work_raises_is_raised_here_with_where_it_happened(press: Press) -> None:
    with pytest.raises(ExportFailed, match="font is missing") as caught:
        press.run(nothing, fail)
    assert "in fail" in "".join(caught.value.__notes__)
    assert press.run(nothing, divmod, 7, 2) == (3, 1)


def test_a_process_that_ends_is_said_and_replaced(press: Press) -> None:
    with pytest.raises(ExportFailed, match="nothing was written"):
        press.run(nothing, die)
    assert press.run(nothing, divmod, 7, 2) == (3, 1)


def test_a_process_that_was_killed_while_it_waited_is_said_and_replaced(press: Press) -> None:
    os.kill(press.run(nothing, os.getpid), signal.SIGTERM)
    with pytest.raises(ExportFailed):
        press.run(nothing, os.getpid)
    assert press.run(nothing, os.getpid) != os.getpid()


def test_work_that_is_no_longer_wanted_is_stopped_in_the_middle(press: Press) -> None:
    progress = Progress()
    begun = press.run(nothing, os.getpid)
    timer = threading.Timer(0.3, progress.stop)
    timer.start()
    with pytest.raises(Stopped):
        press.run(progress.check, time.sleep, 600)
    timer.join()
    with pytest.raises(ProcessLookupError):
        os.kill(begun, 0)


def test_two_callers_at_a_time_do_not_wait_for_each_other(press: Press) -> None:
    found: list[int] = []
    stop = Progress()

    def wait() -> None:
        with pytest.raises(Stopped):
            press.run(stop.check, time.sleep, 600)

    waiting = threading.Thread(target=wait)
    waiting.start()
    found.append(press.run(nothing, os.getpid))
    stop.stop()
    waiting.join()
    assert found[0] != os.getpid()


def test_a_closed_audit_leaves_no_process_behind(qapp: QApplication, tmp_path: Path) -> None:
    desk = Desk(clock=lambda: dt.datetime(2026, 12, 14, tzinfo=dt.UTC))
    desk.create(tmp_path / "sample.plumb", sample_audit(), "Sample audit")
    used = desk.press.run(nothing, os.getpid)
    desk.close()
    with pytest.raises(ProcessLookupError):
        os.kill(used, 0)
