"""How long a row of the screen has taken: a hint that never blocks."""

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.style import Look

AMBER = 0.8
"""Share of the time after which the clock warns."""


class RowClock(QWidget):
    """Runs while it is seen, and starts again for each row."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._limit = 120.0
        self._row: str | None = None
        self._since = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)
        self.setAccessibleName(self.tr("Time for this row"))
        look.changed.connect(self.update)

    @property
    def seconds(self) -> float:
        return self._since.elapsed() / 1000 if self._row and self._since.isValid() else 0.0

    def follow(self, row: str | None, limit: float) -> None:
        """`row`: the workflow asked about, or None where nothing waits. `limit`: seconds."""
        self._limit = limit
        if row != self._row:
            self._row = row
            self._since.start()
            self._show_time()

    def _show_time(self) -> None:
        self.setAccessibleDescription(self._text())
        self.update()

    def _text(self) -> str:
        if self._row is None:
            return ""
        spent = int(self.seconds)
        whole = int(self._limit)
        return self.tr("{0} of {1}").format(
            f"{spent // 60}:{spent % 60:02}", f"{whole // 60}:{whole % 60:02}"
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance("00:00 of 00:00") + 16, metrics.height() + 16)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._row is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share = min(1.0, self.seconds / self._limit) if self._limit else 0.0
        late = share >= AMBER
        painter.setPen(self._look.color("warn" if late else "second"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(self.rect().adjusted(0, 1, -2, 0), int(side), self._text())
        bar = QRectF(0, self.height() - 7, self.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("quiet_soft"))
        painter.drawRoundedRect(bar, 2, 2)
        bar.setWidth(bar.width() * share)
        painter.setBrush(self._look.color("warn" if late else "accent"))
        painter.drawRoundedRect(bar, 2, 2)
