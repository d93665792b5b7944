"""The left rail: the job in order, each page with its completeness and count."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.page import Completeness, Page, label, scrolled
from app.ui.style import Look

RING = 13
BEFORE, AFTER = 31, 18
"""Pixels the name leaves to ring and count."""
ROOM, LEAST = 10, 30
"""Pixels a button is taller than its text, and tall at least."""
WRAP = Qt.TextFlag.TextWordWrap


class RailButton(QPushButton):
    """A page's name between a ring that fills and a count; a long name takes two lines."""

    def __init__(self, page: type[Page], look: Look) -> None:
        super().__init__(page.title())
        self.state = Completeness()
        self._look = look
        self.setProperty("role", "rail")
        self.setCheckable(True)
        self.setAccessibleName(page.title())
        self.setToolTip(page.title())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_state(self, state: Completeness) -> None:
        self.state = state
        said = f"{state.done} of {state.of}" if state.of else state.count
        if state.count.endswith("…"):
            said = self.tr("{0}, as last counted").format(said)
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def _count(self) -> str:
        of = f"{self.state.done}/{self.state.of}" if self.state.of else ""
        return self.state.count or of

    def _name_font(self, *, strong: bool) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def _room(self, width: int) -> QRect:
        """Where the name stands between ring and count, in reading direction."""
        count = self.fontMetrics().horizontalAdvance(self._count())
        return QRect(BEFORE, 0, max(40, width - BEFORE - count - AFTER), self.height())

    def heightForWidth(self, width: int) -> int:
        """As tall in bold, so that being chosen moves nothing."""
        metrics, wide = QFontMetrics(self._name_font(strong=True)), self._room(width).width()
        text = metrics.boundingRect(0, 0, wide, 1000, WRAP, self.text()).height()
        return max(LEAST, text + ROOM)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), 180)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, max(LEAST, self.fontMetrics().height() + ROOM))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ring(painter)
        painter.setPen(self._look.color("third"))
        # The painter turns right into left by itself where one reads from the right.
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(10, 0, -10, 0), side, self._count())
        painter.setPen(self._look.color("accent" if self.isChecked() else "ink"))
        painter.setFont(self._name_font(strong=self.isChecked()))
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), self._room(self.width()))
        painter.drawText(place, WRAP | Qt.AlignmentFlag.AlignVCenter, self.text())

    def _paint_ring(self, painter: QPainter) -> None:
        box = QRectF(10, (self.height() - RING) / 2, RING, RING)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box.moveRight(self.width() - 10)
        share = self.state.done / self.state.of if self.state.of else 0
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if share >= 1:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("accent"))
            painter.drawEllipse(box)
            return
        painter.setPen(QPen(self._look.color("line"), 1.6))
        painter.drawEllipse(box)
        if share:
            painter.setPen(QPen(self._look.color("accent"), 2.2))
            painter.drawArc(box, 90 * 16, -int(360 * 16 * share))


class Rail(QFrame):
    def __init__(
        self, pages: Sequence[type[Page]], groups: Sequence[tuple[str, str]], look: Look,
        go: Callable[[str], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self.setProperty("role", "rail")
        self.setAccessibleName(self.tr("Pages"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 10, 8, 10)
        column.setSpacing(1)
        self.buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for key, title in groups:
            column.addWidget(self._section(title))
            for page in (p for p in pages if p.group == key):
                made = RailButton(page, look)
                made.clicked.connect(lambda _checked=False, p=page: go(p.key))
                self._group.addButton(made)
                self.buttons[page.key] = made
                column.addWidget(made)
        column.addStretch(1)
        # Large text on a small screen: what does not fit is scrolled to.
        self._area = scrolled(inside, self.tr("Pages"))
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        look.changed.connect(self._repaint)

    def _section(self, title: str) -> QLabel:
        made = label(title, "section")
        made.setContentsMargins(10, 9, 0, 2)
        return made

    def mark(self, page: Page) -> None:
        made = self.buttons[page.key]
        made.setChecked(True)
        self._area.ensureWidgetVisible(made)

    def refresh(self, pages: Iterable[Page]) -> None:
        """A page that was never made counts nothing yet."""
        for page in pages:
            self.buttons[page.key].show_state(page.completeness())

    def _repaint(self) -> None:
        for made in self.buttons.values():
            made.updateGeometry()
        for child in self.findChildren(QWidget):
            child.update()
