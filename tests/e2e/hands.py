"""A person at the real window: keys go to whatever has the focus, clicks to what can be seen."""

import time
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QScrollArea,
    QWidget,
)

from app.ui.record_table import RecordTable
from app.ui.selftest import settle
from app.ui.window import Window

KEYS = {
    "\n": Qt.Key.Key_Return,
    "\t": Qt.Key.Key_Tab,
    "\b": Qt.Key.Key_Backspace,
    "\x1b": Qt.Key.Key_Escape,
    "↑": Qt.Key.Key_Up,
    "↓": Qt.Key.Key_Down,
    "←": Qt.Key.Key_Left,
    "→": Qt.Key.Key_Right,
}
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
TABS = 120
"""So many times Tab is pressed before something counts as out of reach."""
LONG = 30.0
"""Seconds a worker may take on a busy machine."""


class Hands:
    def __init__(self, window: Window) -> None:
        self.window = window
        self.keys = 0
        """How many signs were typed so far."""

    @property
    def focus(self) -> QWidget:
        """Whatever has the keyboard."""
        top = QApplication.activeModalWidget() or self.window
        if QApplication.activeWindow() is not top:
            # The offscreen platform has no window manager to go on or back with a dialog.
            top.activateWindow()
            QApplication.processEvents()
        return QApplication.focusWidget() or top

    # Keys.

    def type(self, keys: str) -> None:
        self.keys += len(keys)
        for sign in keys:
            if sign in KEYS:
                QTest.keyClick(self.focus, KEYS[sign])
                # What such a key does often waits for the event loop.
                QApplication.processEvents()
            else:
                QTest.keyClicks(self.focus, sign)
        QApplication.processEvents()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
        QTest.keyClick(self.focus, key, held)
        QApplication.processEvents()

    def command(self, name: str) -> None:
        """By the keys the platform has for it."""
        QTest.keySequence(self.focus, self.window.commands.actions[name].shortcut())
        QApplication.processEvents()

    def tab_to(self, wanted: QWidget) -> None:
        """By Tab alone, as someone without a mouse would; F6 leads out of a table of cells."""
        for _ in range(TABS):
            if self.focus is wanted:
                return
            if isinstance(self.focus, RecordTable):
                self.command("onward")
            else:
                self.type("\t")
        raise AssertionError(f"Tab never reached {wanted.accessibleName()!r}")

    def in_dialog(self, open_it: Callable[[], object], act: Callable[[], object]) -> None:
        """Do something in the dialog that `open_it` shows until it is closed."""
        done: list[bool] = []

        def once() -> None:
            if not isinstance(QApplication.activeModalWidget(), QDialog):
                QTimer.singleShot(5, once)
                return
            dialog = QApplication.activeModalWidget()
            act()
            done.append(dialog.isHidden())
            dialog.reject()

        QTimer.singleShot(0, once)
        open_it()
        assert done == [True], "the dialog stayed open"

    def find(self, words: str) -> None:
        """Through the palette: Ctrl+K, a few words, Enter."""
        self.in_dialog(lambda: self.press(Qt.Key.Key_K), lambda: self.type(words + "\n"))

    # Clicks.

    def click(self, widget: QWidget) -> None:
        """In the middle of what can be seen of a widget; hidden ones cannot be clicked."""
        seen = widget.visibleRegion().boundingRect()
        assert not seen.isEmpty(), f"{widget.accessibleName()!r} cannot be seen"
        QTest.mouseClick(widget, LEFT, pos=seen.center())
        QApplication.processEvents()

    def button(self, inside: QWidget, text: str) -> QAbstractButton:
        return next(b for b in inside.findChildren(QAbstractButton) if b.text() == text)

    def click_cell(
        self, view: QAbstractItemView, row: int, column: int, *, twice: bool = False
    ) -> None:
        self.click_index(view, view.model().index(row, column), twice=twice)

    def click_index(
        self, view: QAbstractItemView, index: QModelIndex, *, twice: bool = False
    ) -> None:
        """On a cell, scrolled to as one would; `twice` for a double click."""
        view.scrollTo(index)
        place = view.visualRect(index).intersected(view.viewport().rect())
        assert not place.isEmpty(), f"the cell of {view.accessibleName()!r} cannot be seen"
        self.click_at(view.viewport(), place.center())
        if twice:
            QTest.mouseDClick(view.viewport(), LEFT, pos=place.center())
            QApplication.processEvents()

    def scroll_to(self, area: QScrollArea, widget: QWidget) -> None:
        """As the wheel would."""
        QApplication.processEvents()
        area.ensureWidgetVisible(widget, 0, 20)
        QApplication.processEvents()

    def click_at(self, widget: QWidget, place: QPoint) -> None:
        QTest.mouseClick(widget, LEFT, pos=place)
        QApplication.processEvents()

    # Waiting.

    def wait(self, done: Callable[[], bool]) -> None:
        limit = time.monotonic() + LONG
        while not done():
            assert time.monotonic() < limit, "waited in vain"
            QTest.qWait(10)

    def settle(self) -> None:
        """Until figures and page have caught up."""
        settle(self.window)
