"""Longer words and the other reading direction: every page stays readable and nothing complains."""

from collections.abc import Iterator
from math import ceil

import pytest
from PySide6.QtCore import QSettings, Qt, QTranslator
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QWidget,
)

from app.desk.desk import Desk
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

GERMAN = 1.4
"""German needs up to so many times the room of English."""
SIZE = 1366, 768


class Longer(QTranslator):
    """Says every text of the window at German length; placeholders stay what they are."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, _context: str, text: str, _note: str | None = None, _count: int = -1
    ) -> str:  # fmt: skip
        return text + "ü" * (ceil(len(text) * GERMAN) - len(text))


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
    made = Window(desk, Settings(store), look, Words(), make_pages, command_table)
    made.resize(*SIZE)
    made.show()
    yield made
    made.close()
    qapp.removeTranslator(longer)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def needed(widget: QWidget) -> int:
    """Pixels the text of a label or button takes in one line."""
    lines = (widget.text() or "").replace("&", "").split("\n")
    return max(widget.fontMetrics().horizontalAdvance(line) for line in lines)


def room(widget: QWidget) -> int:
    return widget.contentsRect().width()


def cut(page: QWidget) -> list[str]:
    """Labels and buttons of one line whose text is wider than they are; a tooltip makes up."""
    found = []
    for widget in page.findChildren(QWidget):
        if not isinstance(widget, QLabel | QPushButton | QCheckBox | QRadioButton):
            continue
        if not widget.isVisible() or not widget.text() or widget.toolTip():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            continue
        if needed(widget) > room(widget):
            found.append(
                f"{type(widget.parent()).__name__}: {widget.text()} {needed(widget)}>{room(widget)}"
            )
    return found


@pytest.mark.parametrize("key", [page.key for page in ORDER])
def test_nothing_is_cut(window: Window, key: str) -> None:
    window.show_page(window.page_of(key))
    settle(window)
    mirrored = window.rail.x() > window.stack.x()
    assert mirrored is window.isRightToLeft()
    assert mirrored is not window.page.title().endswith("ü")
    assert (window.width(), window.height()) == SIZE
    assert not window.grab().isNull()
    assert cut(window) == []


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
