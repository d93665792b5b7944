"""A map with what belongs to it: beside it where there is room for both, else under it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget

from app.ui.page import scrolled
from app.ui.style import Look
from app.ui.widgets.matrix.view import TALLEST, MatrixView

NARROW = 135
"""Characters of width below which the side stands under the map and the page scrolls."""
LEAST = 20
"""Heights of a line that the map has at least where the page scrolls."""
SIDE = 30, 48
"""Characters the side is wide at least and at most, where it stands beside the map."""


class MapAndSide(QScrollArea):
    """`shown` holds the map, or what is said where there is none."""

    folded = Signal(bool)
    """The side went under the map, or came back beside it."""

    def __init__(
        self, look: Look, view: MatrixView, shown: QWidget, side: QWidget, name: str
    ) -> None:
        super().__init__()
        self._map, self._shown, self._inside = view, shown, side
        self._is_folded: bool | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self._side = scrolled(side, name)
        # What is inside takes the focus, and scrolls into sight when it does.
        for area in (self, self._side):
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        under = QWidget()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, under)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(14)
        self._body.addWidget(shown, 1)
        self._body.addWidget(self._side)
        self.setWidget(under)
        look.changed.connect(self.fold)
        view.map.modelReset.connect(self.fold)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Measure again; also after the side got other words."""
        sign, width = self.fontMetrics().averageCharWidth(), self.width()
        is_folded = width < NARROW * sign
        if is_folded is not self._is_folded:
            self._is_folded = is_folded
            way = QBoxLayout.Direction
            self._body.setDirection(way.TopToBottom if is_folded else way.LeftToRight)
            self.folded.emit(is_folded)
        if is_folded:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(TALLEST)
            layout = self._inside.layout()
            self._side.setFixedHeight(layout.totalHeightForWidth(width - 16) + 4)
            least = max(self.height() * 3 // 4, LEAST * self.fontMetrics().height())
            self._shown.setMinimumHeight(min(self._map.full_height, least))
        else:
            self._side.setFixedWidth(min(max(width // 5, SIDE[0] * sign), SIDE[1] * sign))
            self._side.setMinimumHeight(0)
            self._side.setMaximumHeight(TALLEST)
            self._shown.setMinimumHeight(0)
