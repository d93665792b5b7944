"""A desk with the sample audit, and pages' surroundings that record where they were sent."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.domain.audit import Audit
from app.exchange.sample import sample_audit
from app.ui.page import Bench, Place
from app.ui.pages.all import make_pages
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words

NOW = dt.datetime(2026, 12, 14, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def widgets_end_with_their_test(qapp: QApplication) -> Iterator[None]:
    """Without a running event loop Qt keeps what is to be deleted; each restyle would paint it."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def sample() -> Audit:
    return sample_audit()


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    made = Look(qapp)
    made.set("light", 100)
    return made


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, sample: Audit) -> Iterator[Desk]:
    """The sample audit in a real file, open to write."""
    made = Desk(clock=lambda: NOW)
    made.create(tmp_path / "sample.plumb", sample, "Sample audit")
    yield made
    made.close()


@pytest.fixture
def bench_places() -> list[Place]:
    return []


@pytest.fixture
def bench_told() -> list[str]:
    return []


@pytest.fixture
def room(desk: Desk) -> Room:
    return Room(desk, Words(), desk)


@pytest.fixture
def bench(
    desk: Desk,
    room: Room,
    look: Look,
    settings: Settings,
    bench_places: list[Place],
    bench_told: list[str],
) -> Bench:
    desk.failed.connect(bench_told.append)
    return Bench(desk, room, Words(), look, bench_places.append, bench_told.append, settings)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def window(qtbot: QtBot, look: Look, settings: Settings, tmp_path: Path) -> Iterator[Window]:
    """The whole window on an empty desk."""
    settings.folder = tmp_path / "untitled"
    made_desk = Desk(clock=lambda: NOW)
    room = Room(made_desk, Words(), made_desk)
    made = Window(made_desk, room, settings, look, Words(), make_pages, command_table)
    made.resize(1366, 768)
    made.show()
    yield made
    made.desk.unsaved.clear()
    made.desk.close()
    # A window kept alive by its own closures would be restyled with every later one.
    shiboken6.delete(made)
