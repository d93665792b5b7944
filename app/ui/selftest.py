"""Opens every page on an audit and writes a picture of each, and the report: for reviewers."""

from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from app.desk.progress import Unwatched
from app.desk.reports import export, gathering
from app.report.request import Request
from app.ui.window import Window

LONGEST = 120_000
"""Milliseconds the figures and pages may take before the pictures are made without them."""
NAP = 20
PASSES = 4
"""Layouts ask each other: what one learns only the next pass lays out."""
REPORT = "report.pdf"


def take_pictures(window: Window, folder: Path) -> list[Path]:
    """One PNG per page, named by its place in the rail, and the report of an audit with figures."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    # All of them first, so that the rail counts on the first picture what it counts on the last.
    pages = tuple(window.pages)
    settle(window)
    window.rail.refresh(pages)
    for number, page in enumerate(pages, 1):
        window.show_page(page)
        settle(window)
        path = folder / f"{number:02}-{page.key}.png"
        window.grab().save(str(path))
        made.append(path)
    if window.desk.portfolio is not None:
        made.append(export_report(window, folder / REPORT))
    return made


def export_report(window: Window, path: Path) -> Path:
    """The full report as of today, by the same functions as the page and the command line."""
    day = window.desk.today()
    made, request = gathering(window.desk, day), Request(date=day)
    export(made, request, "pdf", path, window.desk.press, Unwatched())
    return path


def settle(window: Window) -> None:
    """Let the page paint, the figures follow, and the page what it makes of them."""
    QApplication.processEvents()
    limit = QDeadlineTimer(LONGEST)
    while window.desk.is_open and not limit.hasExpired():
        idle = window.desk.jobs.is_idle and window.desk.figures_are_current
        if idle and window.page.is_ready:
            break
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, NAP)
    for _ in range(PASSES):
        QApplication.processEvents()
