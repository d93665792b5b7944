"""Pages out of sight take another look when they are shown next, not all of them at once."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

POLISHED = Qt.WidgetAttribute.WA_WState_Polished
"""A new style sheet is laid on widgets that have this mark, one after the other: of 2,500 widgets
of all pages some 300 can be seen. Without the mark a widget is as one that was never shown."""


class Resting:
    def __init__(self) -> None:
        self._asleep: dict[QWidget, list[QWidget]] = {}

    def rest(self, pages: Iterable[QWidget]) -> None:
        """What these show keeps the look it has until `wake`."""
        for page in pages:
            asleep = self._asleep.setdefault(page, [])
            for part in (page, *page.findChildren(QWidget)):
                if part.testAttribute(POLISHED):
                    part.setAttribute(POLISHED, False)
                    asleep.append(part)

    def wake(self, page: QWidget) -> bool:
        """Lay the look of now on a page before it is shown; False where it has it."""
        asleep = self._asleep.pop(page, None)
        if not asleep:
            return False
        here = {page, *page.findChildren(QWidget)}
        parts, style = [part for part in asleep if part in here], QApplication.style()
        for part in parts:
            part.setAttribute(POLISHED, True)
            style.unpolish(part)
        for part in parts:
            style.polish(part)
        for part in parts:
            QApplication.sendEvent(part, QEvent(QEvent.Type.StyleChange))
            part.update()
        return True
