"""A chart drawn for the width it has, with its figures as a table on request."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.charts.frame import TEXT
from app.charts.scene import Scene
from app.ui.charts.scene_view import SceneView
from app.ui.page import button
from app.ui.style import Look

SMALLER = 0.94
"""Text of a chart against text of the window."""
JITTER = 4


class ChartPanel(QWidget):
    """`make` takes the width in points at which the chart's text has the size of the window's."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._make: Callable[[float], Scene] | None = None
        self._drawn = 0
        self.view = SceneView(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.view)
        self.table = button(
            self.tr("Show as table"), "flat", self.tr("Show the figures as a table (Alt+T)")
        )
        column.addWidget(self.table, 0, Qt.AlignmentFlag.AlignRight)
        self.table.clicked.connect(self.view.show_table)
        action = QAction(self.tr("Show as table"), self)
        action.setShortcut(QKeySequence("Alt+T"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(self.view.show_table)
        self.addAction(action)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(200)
        look.changed.connect(self._restyle)

    def show_chart(self, make: Callable[[float], Scene]) -> None:
        self._make = make
        self.redraw()

    def redraw(self) -> None:
        if self._make and self.view.width() > 0:
            self._drawn = self.width()
            pixels = max(8, self.fontInfo().pixelSize())
            self.view.show_scene(self._make(self.width() * TEXT / (pixels * SMALLER)))

    def _restyle(self) -> None:
        """A hidden chart waits: its audit may have been closed since it was drawn."""
        self._drawn = 0
        if self.isVisible():
            self.redraw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._drawn:
            self.redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if abs(self.width() - self._drawn) > JITTER:
            self.redraw()
