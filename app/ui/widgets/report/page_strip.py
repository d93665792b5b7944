"""Pages of a report one below the other, decoded only where they are looked at."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from app.ui.style import Look

GAP = 14
KEPT = 8
"""Decoded pages kept at a time."""


class PageStrip(QAbstractScrollArea):
    """Shows PNG pages as wide as there is room for, and never larger than they were drawn."""

    current_changed = Signal(int)
    """Index of the page that fills most of the view."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self._name = look, name
        self._pages: Sequence[bytes] = ()
        self._natural = QSize()
        self._drawn: OrderedDict[int, QPixmap] = OrderedDict()
        self._current = -1
        self._at = 0.0
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.timeout.connect(self._draw_ahead)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        look.changed.connect(self.viewport().update)

    @property
    def count(self) -> int:
        return len(self._pages)

    @property
    def current(self) -> int:
        """Index of the page looked at; -1 where there is none."""
        return self._current

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """Other pages in the same place: what was looked at stays in view."""
        place = self._at
        self._pages = pages
        self._natural = _size(pages[0]) if pages else QSize()
        self._drawn.clear()
        self._lay_out(place)
        self.viewport().update()

    def show_page(self, index: int) -> None:
        if self._pages:
            self._lay_out(float(max(0, min(index, self.count - 1))))

    # Geometry: every page has the size of the first.

    def _page_size(self) -> QSize:
        if self._natural.isEmpty():
            return QSize()
        ratio = self.devicePixelRatioF()
        width = min(self.viewport().width() - 2 * GAP, int(self._natural.width() / ratio))
        width = max(60, width)
        return QSize(width, round(width * self._natural.height() / self._natural.width()))

    def _pitch(self) -> int:
        return self._page_size().height() + GAP

    def _lay_out(self, place: float) -> None:
        bar, pitch = self.verticalScrollBar(), self._pitch()
        whole = self.count * pitch + GAP if self._pages else 0
        bar.setPageStep(max(1, self.viewport().height()))
        bar.setSingleStep(max(20, self.fontMetrics().height() * 3))
        bar.setRange(0, max(0, whole - self.viewport().height()))
        bar.setValue(round(place * pitch))
        self._scrolled()

    def _scrolled(self) -> None:
        # Pages and parts of one above the upper edge, kept for when the pitch changes.
        self._at = self.verticalScrollBar().value() / self._pitch() if self._pages else 0.0
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        last = self.count - 1
        current = min(last, max(0, middle // self._pitch())) if self._pages else -1
        if self.verticalScrollBar().value() == 0 and self._pages:
            current = 0
        if current != self._current:
            self._current = current
            said = self.tr("Page {0} of {1}").format(current + 1, self.count)
            self.setAccessibleDescription(said)
        self.current_changed.emit(current)
        self.viewport().update()

    # Drawing.

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._look.color("quiet_soft"))
        size, pitch = self._page_size(), self._pitch()
        left = (self.viewport().width() - size.width()) // 2
        for index in self._visible():
            top = GAP + index * pitch - self.verticalScrollBar().value()
            area = QRect(QPoint(left, top), size)
            painter.drawPixmap(area, self._pixmap(index))
            painter.setPen(self._look.color("line"))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        self._ahead.start()

    def _visible(self) -> range:
        if not self._pages:
            return range(0)
        top = self.verticalScrollBar().value()
        last = (top + self.viewport().height()) // self._pitch()
        return range(max(0, (top - GAP) // self._pitch()), min(self.count, last + 1))

    def _pixmap(self, index: int) -> QPixmap:
        if index not in self._drawn:
            ratio = self.devicePixelRatioF()
            image = QImage.fromData(self._pages[index], "PNG").scaled(
                self._page_size() * ratio,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._drawn[index] = QPixmap.fromImage(image)
            self._drawn[index].setDevicePixelRatio(ratio)
        self._drawn.move_to_end(index)
        while len(self._drawn) > KEPT:
            self._drawn.popitem(last=False)
        return self._drawn[index]

    def _draw_ahead(self) -> None:
        """One neighbour at a time, so that scrolling does not wait for it."""
        seen = self._visible()
        for index in (seen.stop, seen.start - 1):
            if 0 <= index < self.count and index not in self._drawn:
                self._pixmap(index)
                self._ahead.start()
                return

    # Qt's events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn.clear()
        self._lay_out(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count - 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.show_page(self._current + steps[key])
        elif key in ends:
            self.show_page(ends[key])
        else:
            super().keyPressEvent(event)


def _size(png: bytes) -> QSize:
    """Pixels of a picture, read from its header."""
    buffer = QBuffer()
    buffer.setData(QByteArray(png))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    return QImageReader(buffer, b"png").size()
