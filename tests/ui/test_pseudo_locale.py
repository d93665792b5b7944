"""Longer words and the other reading direction: every page stays readable and nothing complains."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.domain.audit import Audit
from app.ui.page import Completeness
from app.ui.pages.all import ORDER, make_pages
from app.ui.selftest import settle
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words
from tests.ui.conftest import NOW
from tests.ui.legibility import faults
from tests.ui.pseudo_locale import Longer

SIZE = 1366, 768


@pytest.fixture(scope="module", params=["german", "from the right"])
def window(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    look: Look,
    sample: Audit,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Window]:
    """A window made in another language, as after a start in it."""
    longer = Longer()
    if request.param == "german":
        qapp.installTranslator(longer)
    else:
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    folder = tmp_path_factory.mktemp("locale")
    desk = Desk(clock=lambda: NOW)
    desk.create(folder / "sample.plumb", sample, "Sample audit")
    store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    made = Window(
        desk, Room(desk, Words(), desk), Settings(store), look, Words(), make_pages, command_table
    )
    made.resize(*SIZE)
    made.show()
    yield made
    made.close()
    made.desk.close()
    made.deleteLater()
    qapp.removeTranslator(longer)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("key", [page.key for page in ORDER])
def test_nothing_is_cut(window: Window, key: str) -> None:
    window.show_page(window.page_of(key))
    settle(window)
    mirrored = window.rail.x() > window.stack.x()
    assert mirrored is window.isRightToLeft()
    assert mirrored is not window.page.title().endswith("ü")
    assert (window.width(), window.height()) == SIZE
    assert not window.grab().isNull()
    assert faults(window) == []


def test_counts_of_the_rail_stand_opposite_its_names(window: Window) -> None:
    made = window.rail.buttons["report"]
    made.show_state(Completeness())
    without = made.grab().toImage()
    made.show_state(Completeness(count="438"))
    with_count = made.grab().toImage()
    changed = {
        x
        for x in range(with_count.width())
        for y in range(with_count.height())
        if with_count.pixel(x, y) != without.pixel(x, y)
    }
    middle = with_count.width() // 2
    assert changed
    assert max(changed) < middle if window.isRightToLeft() else min(changed) > middle
