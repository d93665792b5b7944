"""Where the window opens: as it was left, as far as the screen of today has the room."""

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtWidgets import QMainWindow

FIRST = QSize(1366, 768)
"""Size of the work the first time, where the screen has room for it and a frame."""
LEAST = QSize(1280, 720)
"""Made for no less; a smaller screen gets what it has."""
FRAME = QSize(2, 48)
"""Room for a title bar and borders, which a window that was never shown does not know."""


def open_in_place(window: QMainWindow, geometry: QByteArray) -> None:
    """`geometry`: of the last time; empty the first time, and no use on another screen."""
    if geometry.isEmpty() or not window.restoreGeometry(geometry):
        window.resize(FIRST)
        _centre(window, window.screen().availableGeometry())
    fit(window, window.screen().availableGeometry())


def fit(window: QMainWindow, free: QRect) -> None:
    """All of it inside what panels leave of the screen; a small screen is filled."""
    room = free.size() - FRAME
    window.setMinimumSize(LEAST.boundedTo(room))
    if window.isMaximized():
        return
    if FIRST.boundedTo(room) != FIRST:
        window.resize(room)
        window.move(free.topLeft())
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
        return
    window.resize(window.size().boundedTo(room).expandedTo(window.minimumSize()))
    frame = QRect(window.pos(), window.size() + FRAME)
    left = min(max(frame.left(), free.left()), free.right() + 1 - frame.width())
    top = min(max(frame.top(), free.top()), free.bottom() + 1 - frame.height())
    window.move(left, top)


def _centre(window: QMainWindow, free: QRect) -> None:
    spare = free.size() - window.size() - FRAME
    window.move(free.left() + spare.width() // 2, free.top() + spare.height() // 2)
