"""Every page can be used without a mouse and read aloud: names, descriptions, the way of Tab."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QTableView,
    QWidget,
)

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.domain.audit import Audit
from app.ui.charts.scene_view import SceneView
from app.ui.page import Page
from app.ui.pages.all import ORDER, make_pages
from app.ui.selftest import settle
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words
from tests.ui.conftest import NOW

KEY = Qt.Key
KEYS = [page.key for page in ORDER]


@pytest.fixture(scope="module")
def window(
    qapp: QApplication, look: Look, sample: Audit, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """One window for all: it is looked at and nothing is changed."""
    folder = tmp_path_factory.mktemp("accessibility")
    desk = Desk(clock=lambda: NOW)
    desk.create(folder / "sample.plumb", sample, "Sample audit")
    store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    made = Window(
        desk, Room(desk, Words(), desk), Settings(store), look, Words(), make_pages, command_table
    )
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.close()
    made.desk.close()
    made.deleteLater()


def shown(window: Window, key: str) -> Page:
    page = window.page_of(key)
    window.show_page(page)
    settle(window)
    return page


def takes_keyboard(widget: QWidget) -> bool:
    """Reached by Tab; what lives inside a compound widget answers for it."""
    inside = widget.parent()
    part = isinstance(inside, QAbstractSpinBox | QComboBox) or widget.focusProxy() is not None
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and not part


def inside(page: Page) -> list[QWidget]:
    return [w for w in page.findChildren(QWidget) if takes_keyboard(w)]


def name_of(widget: QWidget) -> str:
    """As Qt reads it out: a button without a name of its own says its text."""
    own = widget.accessibleName().strip()
    return own or (widget.text().strip() if isinstance(widget, QAbstractButton) else "")


def described(widget: QWidget) -> str:
    return (
        f"{type(widget).__name__} {widget.accessibleName()!r} in {type(widget.parent()).__name__}"
    )


@pytest.mark.parametrize("key", KEYS)
def test_whatever_takes_the_keyboard_has_a_name(window: Window, key: str) -> None:
    page = shown(window, key)
    buddies = {made.buddy() for made in page.findChildren(QLabel)}
    found = inside(page)
    assert found
    nameless = [w for w in found if not name_of(w) and w not in buddies]
    assert [described(w) for w in nameless] == []


@pytest.mark.parametrize("key", KEYS)
def test_charts_are_described(window: Window, key: str) -> None:
    page = shown(window, key)
    views = [view for view in page.findChildren(SceneView) if view.isVisible()]
    silent = [v for v in views if not (v.accessibleName() and v.accessibleDescription())]
    assert [described(v) for v in silent] == []


@pytest.mark.parametrize("key", KEYS)
def test_tab_visits_everything_that_takes_the_keyboard(window: Window, key: str) -> None:
    """In a table Tab moves between the cells, so there F6 leads on."""
    page = shown(window, key)
    wanted = {w for w in inside(page) if not isinstance(w, QScrollArea)}
    page.setFocus()
    seen: set[QWidget] = set()
    for _ in range(len(wanted) + 60):
        here = QApplication.focusWidget()
        QTest.keyClick(here, KEY.Key_F6 if isinstance(here, QTableView) else KEY.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert [described(w) for w in wanted - seen] == []
