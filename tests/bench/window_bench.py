"""The window with a large audit: `python -m tests.bench.window_bench [FILE]`, four minutes.

Without FILE an audit of 3,600 workflows and 50,000 answers is made. Times are of the thread or
process that is measured, in milliseconds of this machine, and medians of 20 unless said otherwise;
ratios are taken in the same run, so that a busy machine changes them little.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollBar, QWidget

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade, Scope
from app.domain.edits.answers import settle
from app.domain.ids import Target, WorkflowId
from app.domain.landscape import Lifecycle, Workflow
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference
from app.exchange.sample import sample_audit
from app.main import keep_fluid, now
from app.store.file import AuditFile
from app.ui.page import Page
from app.ui.pages.all import make_pages
from app.ui.selftest import settle as settle_window
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words

RUNS, WORKFLOWS, ANSWERS, SCROLL = 20, 3600, 50_000, 3.0
FRAME = 33.0
"""Milliseconds no frame may take while scrolling."""
LONGEST = 10_000
"""Milliseconds a page may take to have everything it shows."""
INTO = 400
"""Milliseconds after an answer at which the worker is in the middle of the figures."""

IMPORTS = "import PySide6.QtNetwork, PySide6.QtWidgets, msgspec, numpy, sqlite_utils, typst, jinja2"
BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("Plumbline"))
"""
OURS = """
import tempfile
from pathlib import Path
import app.main
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from app.desk.settings import Settings
application = QApplication([])
store = QSettings(tempfile.mktemp(".ini"), QSettings.Format.IniFormat)
window = app.main._window(application, Settings(store))
"""
SHOWN = """
window.resize(1366, 768)
window.show()
application.processEvents()
import os, time
print(time.process_time(), flush=True)
os._exit(0)
"""


def first_window() -> None:
    """From nothing to the first picture, in processes of their own, in turn."""
    kinds = {
        "bare": BARE,
        "with the libraries": IMPORTS + BARE,
        "with all that is imported": "import app.main" + BARE,
        "ours": OURS,
    }
    times: dict[str, list[float]] = {name: [] for name in kinds}
    with tempfile.TemporaryDirectory() as folder:
        # Compiled once, as an installed program is: the first run of each is not counted.
        compiled = {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        for _ in range(RUNS + 1):
            for name, code in kinds.items():
                made = subprocess.run(
                    [sys.executable, "-c", code + SHOWN],
                    capture_output=True, check=True, env=os.environ | compiled,
                )  # fmt: skip
                times[name].append(float(made.stdout))
    middle = {name: statistics.median(found[1:]) for name, found in times.items()}
    ours = middle.pop("ours")
    print(f"first window {ours * 1000:.0f} ms", end="")
    for name, found in middle.items():
        print(f", {ours / found:.2f} x a bare one {name}".replace("one bare", "one"), end="")
    print()


def large_audit() -> Audit:
    bank = default_bank()
    questions = [q.id for q in bank.questions if q.scope is Scope.WORKFLOW and not q.ask_if]
    each = ANSWERS // WORKFLOWS
    names = [WorkflowId(f"w{n:04}") for n in range(WORKFLOWS)]
    stages = tuple(Lifecycle)[:3]
    return Audit(
        bank,
        default_reference(),
        workflows={
            w: Workflow(f"Workflow {n}", lifecycle=stages[n % 3]) for n, w in enumerate(names)
        },
        answers={
            Target(w): {
                questions[(n + k) % len(questions)]: Answer(
                    Review.AGREED, Said(Reply.LEVEL, (n + k) % 5, Grade.EXPLAINED)
                )
                for k in range(each)
            }
            for n, w in enumerate(names)
        },
    )


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of work of this thread until all is painted."""
    start = time.thread_time()
    act()
    QApplication.processEvents()
    return (time.thread_time() - start) * 1000


def waited(act: Callable[[], object]) -> float:
    """Milliseconds on the clock until all is painted."""
    start = time.perf_counter()
    act()
    QApplication.processEvents()
    return (time.perf_counter() - start) * 1000


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def figures(window: Window, name: str) -> None:
    """On the clock, from an answer until the figures of the audit as it is now are shown."""
    desk = window.desk
    window.show_page(window.page_of("walk"))
    settle_window(window)
    workflow = sorted(desk.audit.workflows)[0]
    question = desk.audit.bank.questions[0].id
    times = []
    for number in range(RUNS if len(desk.audit.workflows) < 100 else 3):
        before = desk.portfolio
        start = time.perf_counter()
        desk.apply("Answer", settle, Target(workflow), question, said(number + 1))
        while desk.portfolio is before:
            QApplication.processEvents()
            time.sleep(0.001)
        times.append((time.perf_counter() - start) * 1000)
    print(f"figures follow an answer among {name} after {statistics.median(times):.0f} ms")


def said(number: int) -> Said:
    return Said(Reply.LEVEL, number % 5, Grade.EXPLAINED)


def switch(window: Window) -> None:
    blanks = [QWidget(), QWidget()]
    for blank in blanks:
        window.stack.addWidget(blank)

    def turns(shown: QWidget) -> list[float]:
        times = []
        for _ in range(RUNS):
            timed(lambda: window.stack.setCurrentWidget(blanks[0]))
            times.append(timed(lambda: _show(window, shown)))
        return times

    empty = statistics.median(turns(blanks[1]))
    for page in window.pages:
        _show(window, page)
        settle_window(window)
        times = turns(page)
        middle, worst = statistics.median(times), max(times)
        print(
            f"switch to {page.key:12} {middle:6.1f} ms, worst {worst:6.1f} ms, "
            f"{middle / empty:5.1f} x an empty page"
        )


def _show(window: Window, shown: QWidget) -> None:
    if isinstance(shown, Page):
        window.show_page(shown)
    else:
        window.stack.setCurrentWidget(shown)


def scroll(window: Window) -> None:
    """Three seconds through the largest list of each page: with the worker at rest, then while
    figures are made and arrive."""
    for page in window.pages:
        _rest(window)
        window.show_page(page)
        limit = QDeadlineTimer(LONGEST)
        while not (window.desk.jobs.is_idle and page.is_ready) and not limit.hasExpired():
            QTest.qWait(20)
        areas = [a for a in page.findChildren(QAbstractScrollArea) if a.isVisible()]
        area = max(areas, key=lambda a: a.verticalScrollBar().maximum(), default=None)
        if area is None or not area.verticalScrollBar().maximum():
            continue
        bar = area.verticalScrollBar()
        for doing in ("rest", "work"):
            if doing == "work":
                window.desk.refresh_figures()
            frames, clock = _frames(bar)
            late = sum(frame > FRAME for frame in frames)
            print(
                f"scroll {page.key:12} worker at {doing}: {len(frames):4} frames, median "
                f"{statistics.median(frames):5.1f} ms, worst {max(frames):5.1f} ms, {late} late; "
                f"worst on the clock {max(clock):5.1f} ms"
            )


def _frames(bar: QScrollBar) -> tuple[list[float], list[float]]:
    """Milliseconds of the thread and on the clock of each frame, a third of a page a frame."""
    frames, clock = [], []
    end = time.perf_counter() + SCROLL
    while time.perf_counter() < end:
        step = max(1, bar.pageStep() // 3)
        value = 0 if bar.value() >= bar.maximum() else bar.value() + step
        start = time.perf_counter()
        frames.append(timed(lambda v=value: bar.setValue(v)))
        clock.append((time.perf_counter() - start) * 1000)
    return frames, clock


def answering(window: Window) -> None:
    """Answers while the worker is in the middle of the figures, and while it rests, in turn."""
    desk = window.desk
    question = desk.audit.bank.questions[0].id
    workflow = sorted(desk.audit.workflows)[0]
    window.show_page(window.page_of("walk"))
    settle_window(window)
    found: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for number in range(RUNS * 4):
        QTest.qWait(INTO)
        is_busy = not desk.jobs.is_idle
        edit = (settle, Target(workflow), question, said(number))
        start = time.thread_time()
        clock = waited(lambda e=edit: desk.apply("Answer", *e))
        found[is_busy].append((clock, (time.thread_time() - start) * 1000))
        if is_busy:
            _rest(window)
    desk.refresh_figures()
    for is_busy, times in found.items():
        clock, work = zip(*times, strict=True)
        print(
            f"answer to repaint with the commit, worker {'at work' if is_busy else 'at rest'}: "
            f"median {statistics.median(clock):.1f} ms, p95 {p95(clock):.1f} ms on the clock; "
            f"of this thread {statistics.median(work):.1f} and {p95(work):.1f} ms"
        )


def _rest(window: Window) -> None:
    """Stop the worker, so that the next answer meets it at rest."""
    window.desk.jobs.cancel_all()
    window.desk._pause.stop()


def closing(window: Window) -> None:
    window.desk.refresh_figures()
    QTest.qWait(INTO)
    busy = "at work" if not window.desk.jobs.is_idle else "at rest"
    print(f"closing with the worker {busy} {waited(window.close):.0f} ms on the clock")


def opened(application: QApplication, path: Path) -> Window:
    look = Look(application)
    look.set("light", 100)
    store = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
    desk = Desk(clock=now)
    window = Window(
        desk, Room(desk, Words(), desk), Settings(store), look, Words(), make_pages, command_table
    )
    window.resize(1366, 768)
    window.show()
    print(f"open {path.stem} {waited(lambda: window.open_path(path)):.0f} ms on the clock")
    settle_window(window)
    return window


def main() -> None:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    keep_fluid()
    first_window()
    with tempfile.TemporaryDirectory() as folder:
        small, path = Path(folder) / "small.plumb", Path(folder) / "large.plumb"
        AuditFile.create(small, sample_audit(), label="Bench", by=None, at=now()).close()
        if len(sys.argv) > 1:
            shutil.copyfile(sys.argv[1], path)
        else:
            AuditFile.create(path, large_audit(), label="Bench", by=None, at=now()).close()
        window = opened(application, small)
        figures(window, "12 workflows")
        window.close()
        window = opened(application, path)
        figures(window, f"{len(window.desk.audit.workflows):,} workflows")
        answering(window)
        switch(window)
        scroll(window)
        closing(window)


if __name__ == "__main__":
    main()
