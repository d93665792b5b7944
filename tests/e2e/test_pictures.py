"""Pictures of every page in every look, kept as `build/pictures`; nothing on them is cut off."""

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QTabBar

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.desk.snapshots import take_snapshot
from app.domain.answers import Reply, Said
from app.domain.bank import Grade
from app.domain.edits import answers
from app.domain.ids import QuestionId, Target
from app.exchange.sample import sample_audit
from app.ui.page import Page
from app.ui.pages.all import ORDER, make_pages
from app.ui.selftest import settle
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words
from tests.ui.conftest import NOW
from tests.ui.legibility import faults
from tests.ui.pseudo_locale import Longer, LongerWords

KEYS = [page.key for page in ORDER]
SIZES = {"1366x768": (1366, 768), "1920x1080": (1920, 1080)}
SCALES = (100, 150)
LOOKS = [
    *product(["plain"], SIZES, ("light", "dark", "contrast"), SCALES),
    # A theme changes no width, so the other languages need one each.
    *product(["german"], SIZES, ["light"], SCALES),
    *product(["from-right"], SIZES, ["dark"], SCALES),
]
ALWAYS = [("german", "1366x768", "light", 100), ("german", "1366x768", "light", 150)]
"""The hardest language at the smallest size; `check.py --full` adds all the others."""
CASES = [
    pytest.param(
        *case, marks=() if case in ALWAYS else pytest.mark.full, id="-".join(map(str, case))
    )
    for case in LOOKS
]


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "build" / "pictures"


@pytest.fixture(scope="module")
def window(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """One window for a language, with the sample audit and something that moved in it."""
    longer, look, words = Longer(), Look(qapp), Words()
    look.set("light", 100)
    if request.param == "german":
        qapp.installTranslator(longer)
        words = LongerWords()
    elif request.param == "from-right":
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    place = tmp_path_factory.mktemp("pictures")
    desk = Desk(clock=lambda: NOW)
    desk.create(place / "sample.plumb", sample_audit(), "Sample audit")
    settings = Settings(QSettings(str(place / "own.ini"), QSettings.Format.IniFormat))
    room = Room(desk, words, desk)
    made = Window(desk, room, settings, look, words, make_pages, command_table)
    made.setObjectName(request.param)
    made.resize(*SIZES["1366x768"])
    made.show()
    work_a_little(made)
    yield made
    made.close()
    made.desk.close()
    made.deleteLater()
    qapp.removeTranslator(longer)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    look.set("light", 100)


def work_a_little(window: Window) -> None:
    """A snapshot, an answer after it and another snapshot: the history has something to compare."""
    desk = window.desk
    where = Target(min(desk.audit.workflows)), QuestionId("IP-01")
    for name, level in (("Morning", 4), ("Noon", 0)):
        said = Said(Reply.LEVEL, level, Grade.EXPLAINED)
        assert desk.apply("Answer", answers.settle, *where, said, reason="seen")
        take_snapshot(desk, name)
        settle(window)
    assert [s.name for _, s in sorted(desk.audit.snapshots.items())][-2:] == ["Morning", "Noon"]


def at_rest(window: Window) -> None:
    """Everything is there, and what scrolls stands at its top."""
    settle(window)
    for area in window.page.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)


def views(window: Window, page: Page) -> Iterator[str]:
    """Shows every part of a page in turn and tells its name."""
    window.show_page(page)
    at_rest(window)
    bars = [bar for bar in page.findChildren(QTabBar) if bar.isVisible()]
    if not bars:
        yield page.key
        return
    bar = bars[0]
    for number in range(bar.count()):
        bar.setCurrentIndex(number)
        at_rest(window)
        yield f"{page.key}-{number + 1}"
    bar.setCurrentIndex(0)


def look_at(window: Window, place: Path, keys: Sequence[str] = KEYS) -> dict[str, list[str]]:
    """A picture of every part of every page; what cannot be read on it, by picture."""
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob("*.png"):
        old.unlink()
    size, found = window.size(), {}
    for key in keys:
        for view in views(window, window.page_of(key)):
            assert window.grab().save(str(place / f"{KEYS.index(key) + 1:02}-{view}.png"))
            assert window.size() == size
            if wrong := faults(window):
                found[view] = wrong
    return found


@pytest.mark.parametrize(("window", "size", "theme", "scale"), CASES, indirect=["window"])
def test_every_page_can_be_read(
    window: Window, folder: Path, size: str, theme: str, scale: int
) -> None:
    window.look.set(theme, scale)
    window.resize(*SIZES[size])
    assert look_at(window, folder / window.objectName() / f"{size}-{theme}-{scale}") == {}
