"""Composition root of the window: one application, one desk, one window, one running instance."""

import argparse
import datetime as dt
import gc
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QApplication

from app import VERSION
from app.desk.desk import Desk
from app.desk.instance import Instance
from app.desk.room import Room
from app.desk.settings import THEMES, Settings
from app.ui.pages.all import make_pages
from app.ui.placing import open_in_place
from app.ui.selftest import take_pictures
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words

SWITCH = 0.0001
"""Seconds after which a computing worker must let the window go on. Painting hands the interpreter
over hundreds of times a frame: with Python's own 0.005, and still with 0.001, a map of 3,600
workflows that was scrolled while they were scored stood still for a third of a second."""
SELDOM = 10_000
"""Collections of younger garbage to one of everything, which stops the window too: half a second
with 3,600 workflows, and for nothing, as neither audits nor figures hold cycles."""


def open_workbench(arguments: Sequence[str]) -> int:
    """`[FILE] [--selftest DIR] [--size WxH] [--theme T] [--scale PERCENT]`; 2 for wrong usage."""
    wanted = _parse(arguments)
    keep_fluid()
    application = QApplication([sys.argv[0]])
    application.setApplicationName("Plumbline")
    application.setOrganizationName("Plumbline")
    application.setApplicationVersion(VERSION)
    if wanted.selftest:
        return _selftest(application, wanted)
    instance = Instance()
    if instance.is_second(wanted.file):
        return 0
    settings = Settings(QSettings())
    window = _window(application, settings)
    _catch_faults(window)
    instance.wanted.connect(lambda name: _come_forward(window, name))
    open_in_place(window, settings.geometry)
    window.show()
    if wanted.file:
        window.take(wanted.file)
    return application.exec()


def keep_fluid() -> None:
    """Settings of the interpreter for a window with workers beside it."""
    sys.setswitchinterval(SWITCH)
    young, older, _ = gc.get_threshold()
    gc.set_threshold(young, older, SELDOM)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="plumbline", description="The workbench.")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--selftest", type=Path, metavar="DIR", help="picture every page, then end")
    parser.add_argument("--size", default="1366x768", metavar="WxH", type=_size)
    parser.add_argument("--theme", choices=THEMES, default="light")
    parser.add_argument("--scale", type=int, default=100, metavar="PERCENT")
    return parser.parse_args(list(arguments))


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def _window(application: QApplication, settings: Settings) -> Window:
    look = Look(application)
    look.set(settings.theme, settings.scale)
    desk = Desk(clock=now, parent=application)
    words = Words()
    room = Room(desk, words, desk)
    return Window(desk, room, settings, look, words, make_pages, command_table)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def _selftest(application: QApplication, wanted: argparse.Namespace) -> int:
    """Pictures of every page of FILE, with settings of its own so that nothing is remembered."""
    wanted.selftest.mkdir(parents=True, exist_ok=True)
    store = QSettings(str(wanted.selftest / "selftest.ini"), QSettings.Format.IniFormat)
    settings = Settings(store)
    settings.theme, settings.scale = wanted.theme, wanted.scale
    window = _window(application, settings)
    window.resize(*wanted.size)
    window.show()
    if wanted.file:
        window.open_path(wanted.file)
        if not window.desk.is_open:
            sys.stderr.write(window.banner.text + "\n")
            return 1
    for path in take_pictures(window, wanted.selftest):
        sys.stdout.write(f"{path}\n")
    window.close()
    return 0


def _come_forward(window: Window, name: str) -> None:
    """Another start hands its file to the running window."""
    window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
    window.raise_()
    window.activateWindow()
    if name:
        window.take(Path(name))


def _catch_faults(window: Window) -> None:
    """A bug is logged with its traceback and said in one sentence; the audit is saved already."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    os.makedirs(place, exist_ok=True)  # noqa: PTH103 - Qt gives text
    log = Path(place) / "faults.log"
    logging.basicConfig(filename=log, level=logging.ERROR)

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logging.error("".join(traceback.format_exception(kind, error, trace)))
        window.banner.say(
            window.tr(
                "This is a fault in Plumbline, not in your work; everything you entered is saved. "
                "Please send {0} to whoever looks after the program."
            ).format(log),
            until=lambda: False,
        )

    sys.excepthook = show
