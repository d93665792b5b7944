"""The way back: pages that were left, with the widget the keyboard was in."""

from PySide6.QtWidgets import QWidget

from app.ui.page import Page

MOST = 50


class Trail:
    """Pages keep what they show, so a page and a widget are enough to be there again."""

    def __init__(self) -> None:
        self._left: list[tuple[Page, QWidget | None]] = []

    def leave(self, page: Page, focus: QWidget | None) -> None:
        inside = focus if focus and page.isAncestorOf(focus) else None
        self._left = [*self._left[1 - MOST :], (page, inside)]

    def back(self) -> tuple[Page, QWidget | None] | None:
        """The page that was left last, and where its keyboard was if that is still there."""
        if not self._left:
            return None
        page, focus = self._left.pop()
        try:
            return page, focus if focus and focus.isVisibleTo(page) else None
        except RuntimeError:  # Qt has deleted it meanwhile.
            return page, None

    def forget(self) -> None:
        """Another audit is shown."""
        self._left.clear()
