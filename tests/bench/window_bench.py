"""The window with a large audit: `python -m tests.bench.window_bench [FILE]`.

Without FILE an audit of 3,600 workflows and 50,000 answers is made. Ratios are against painting an
empty page of the same size in the same run; milliseconds are for this machine only.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from app.desk.desk import Desk
from app.desk.settings import Settings
from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade, Scope
from app.domain.edits.answers import settle
from app.domain.ids import Target, WorkflowId
from app.domain.landscape import Lifecycle, Workflow
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference
from app.main import now
from app.store.file import AuditFile
from app.ui.pages.all import make_pages
from app.ui.selftest import settle as settle_window
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words

RUNS, WORKFLOWS, ANSWERS, SCROLL = 20, 3600, 50_000, 3.0


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
    start = time.perf_counter()
    act()
    QApplication.processEvents()
    return time.perf_counter() - start


def switch(window: Window) -> None:
    blank = QWidget()
    window.stack.addWidget(blank)
    empty = statistics.median(
        timed(lambda: window.stack.setCurrentWidget(blank)) for _ in range(RUNS)
    )
    for page in window.pages:
        timed(lambda p=page: window.show_page(p))
        times = []
        for _ in range(RUNS):
            timed(lambda: window.stack.setCurrentWidget(blank))
            times.append(timed(lambda p=page: window.show_page(p)))
        middle = statistics.median(times)
        print(f"switch to {page.key:12} {middle * 1000:8.1f} ms, {middle / empty:6.1f} x empty")


def scroll(window: Window) -> None:
    for page in window.pages:
        window.show_page(page)
        settle_window(window)
        areas = [a for a in page.findChildren(QAbstractScrollArea) if a.isVisible()]
        area = max(areas, key=lambda a: a.verticalScrollBar().maximum(), default=None)
        if area is None or not area.verticalScrollBar().maximum():
            continue
        bar = area.verticalScrollBar()
        frames = []
        end = time.perf_counter() + SCROLL
        while time.perf_counter() < end:
            step = max(1, bar.pageStep() // 3)
            value = 0 if bar.value() >= bar.maximum() else bar.value() + step
            frames.append(timed(partial(bar.setValue, value)))
        print(
            f"scroll {page.key:12} {len(frames)} frames, worst {max(frames) * 1000:6.1f} ms, "
            f"median {statistics.median(frames) * 1000:6.1f} ms"
        )


def answering(window: Window) -> None:
    desk = window.desk
    question = desk.audit.bank.questions[0].id
    workflow = sorted(desk.audit.workflows)[0]
    window.show_page(window.page_of("walk"))
    times = []
    for number in range(RUNS * 2):
        said = Said(Reply.LEVEL, number % 5, Grade.EXPLAINED)
        start = time.perf_counter()
        desk.apply("Answer", settle, Target(workflow), question, said)
        desk.estimate(workflow)
        QApplication.processEvents()
        times.append(time.perf_counter() - start)
    p95 = statistics.quantiles(times, n=20)[18]
    middle = statistics.median(times)
    print(f"answer to repaint {middle * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms (with the commit)")


def main() -> None:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.plumb"
        if len(sys.argv) > 1:
            shutil.copyfile(sys.argv[1], path)
        else:
            AuditFile.create(path, large_audit(), label="Bench", by=None, at=now()).close()
        look = Look(application)
        look.set("light", 100)
        store = QSettings(str(Path(folder) / "bench.ini"), QSettings.Format.IniFormat)
        window = Window(Desk(clock=now), Settings(store), look, Words(), make_pages, command_table)
        window.resize(1366, 768)
        window.show()
        opened = timed(lambda: window.open_path(path))
        figures = timed(lambda: settle_window(window))
        print(f"open {opened:.2f} s, figures follow after {figures:.2f} s")
        switch(window)
        scroll(window)
        answering(window)
        window.close()


if __name__ == "__main__":
    main()
