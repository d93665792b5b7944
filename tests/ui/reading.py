"""What a screen reader would find on a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def nameless(page: QWidget) -> list[str]:
    """Kinds of widgets of the page that Tab reaches and that have no accessible name."""
    return [
        type(w).__name__
        for w in page.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.isEnabled()
        and w.window() is page
        and not w.accessibleName()
        and not w.objectName().startswith("qt_")
    ]
