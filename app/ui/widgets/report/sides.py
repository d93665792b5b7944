"""The pages of the report, and beside them what is chosen and what is left to mend."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

WIDE = 85
"""Heights of a line of text from which pages, choices and checks stand beside each other."""


class ReportSides(QWidget):
    """Where there is no room for all three, the choices take the place of the checks."""

    def __init__(self, pages: QWidget, choices: QWidget, checks: QWidget) -> None:
        super().__init__()
        self._choices, self._checks = choices, checks
        self._is_unfolded = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget, share in ((pages, 5), (choices, 3), (checks, 3)):
            row.addWidget(widget, share)
        choices.hide()

    def unfold(self, unfolded: bool) -> None:
        self._is_unfolded = unfolded
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._follow()
        super().resizeEvent(event)

    def _follow(self) -> None:
        is_wide = self.width() >= WIDE * self.fontMetrics().height()
        self._checks.setVisible(is_wide or not self._is_unfolded)
        self._choices.setVisible(self._is_unfolded)
