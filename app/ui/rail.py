"""The left rail: the job in order, each page with its completeness and count."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.page import Completeness, Page, label
from app.ui.style import Look

RING = 13


class RailButton(QPushButton):
    """A page's name between a ring that fills and a count."""

    def __init__(self, page: Page, look: Look) -> None:
        super().__init__(page.title())
        self.page = page
        self.state = Completeness()
        self._look = look
        self.setProperty("role", "rail")
        self.setCheckable(True)
        self.setAccessibleName(page.title())
        self.setToolTip(page.title())
        self.leave_room()

    def show_state(self, state: Completeness) -> None:
        self.state = state
        said = f"{state.done} of {state.of}" if state.of else state.count
        self.setAccessibleDescription(said)
        self.leave_room()
        self.update()

    def _count(self) -> str:
        of = f"{self.state.done}/{self.state.of}" if self.state.of else ""
        return self.state.count or of

    def leave_room(self) -> None:
        """The name has what ring and count leave; Qt mirrors the sides by itself."""
        count = self.fontMetrics().horizontalAdvance(self._count()) + 18
        sheet = f"padding-left: 30px; padding-right: {count}px;"
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(30, self.fontMetrics().height() + 14))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(10, (self.height() - RING) / 2, RING, RING)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box.moveRight(self.width() - 10)
        share = self.state.done / self.state.of if self.state.of else 0
        if share >= 1:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("accent"))
            painter.drawEllipse(box)
        else:
            painter.setPen(QPen(self._look.color("line"), 1.6))
            painter.drawEllipse(box)
            if share:
                painter.setPen(QPen(self._look.color("accent"), 2.2))
                painter.drawArc(box, 90 * 16, -int(360 * 16 * share))
        painter.setPen(self._look.color("third"))
        # The painter turns right into left by itself where one reads from the right.
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(10, 0, -10, 0), side, self._count())


class Rail(QFrame):
    def __init__(
        self, pages: Sequence[Page], groups: Sequence[tuple[str, str]], look: Look,
        go: Callable[[Page], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self.setProperty("role", "rail")
        self.setAccessibleName(self.tr("Pages"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(1)
        self.buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for key, title in groups:
            column.addWidget(self._section(title))
            for page in (p for p in pages if p.group == key):
                made = RailButton(page, look)
                made.clicked.connect(lambda _checked=False, p=page: go(p))
                self._group.addButton(made)
                self.buttons[page.key] = made
                column.addWidget(made)
        column.addStretch(1)
        look.changed.connect(self._repaint)

    def _section(self, title: str) -> QLabel:
        made = label(title, "section")
        made.setContentsMargins(10, 9, 0, 2)
        return made

    def mark(self, page: Page) -> None:
        self.buttons[page.key].setChecked(True)

    def refresh(self) -> None:
        for made in self.buttons.values():
            made.show_state(made.page.completeness())

    def _repaint(self) -> None:
        for made in self.buttons.values():
            made.leave_room()
        for child in self.findChildren(QWidget):
            child.update()
