"""A Scene of app.charts in the window: painted, described, and as a table on request."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import (
    QDialog,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.charts.palette import ACCENT, ALARM, HATCH, INK, LINE, PAGE, PAPER, SECOND, THIRD
from app.charts.scene import Box, Dot, Label, Mark, Rule, Scene, Trace
from app.ui.style import FAMILY, Look

INKS = {
    INK: "ink", SECOND: "second", THIRD: "third", LINE: "line", PAGE: "page", PAPER: "paper",
    ACCENT: "accent", ALARM: "alarm",
}  # fmt: skip
"""Neutral colours of a scene, the accent and the alarm follow the theme; data colours stay."""
KEY = 0


class SceneView(QGraphicsView):
    """Shows one scene as wide as the widget. A mark with a key can be clicked."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: Scene | None = None
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBackgroundBrush(Qt.BrushStyle.NoBrush)
        self.setStyleSheet("background: transparent")
        look.changed.connect(self._redraw)

    def show_scene(self, scene: Scene) -> None:
        self._shown = scene
        self.setAccessibleName(scene.title)
        self.setAccessibleDescription(scene.alt)
        self.setToolTip("")
        self._redraw()

    def show_table(self) -> None:
        """The same words and numbers as a table (Alt+T)."""
        if self._shown:
            table_dialog(self._shown, self).exec()

    def _redraw(self) -> None:
        if self._shown:
            before = self.scene()
            self.setScene(painted(self._shown, self._tone, self))
            if before:
                before.deleteLater()
            self._fit()

    def _tone(self, colour: str) -> QColor:
        name = INKS.get(colour.upper())
        return self._look.color(name) if name else QColor(colour)

    def _fit(self) -> None:
        if self._shown and self.width() > 0:
            scale = self.viewport().width() / self._shown.width
            self.resetTransform()
            self.scale(scale, scale)
            self.setFixedHeight(int(self._shown.height * scale) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and item.data(KEY):
            self.chosen.emit(item.data(KEY))
        super().mouseReleaseEvent(event)


def painted(
    scene: Scene, tone: Callable[[str], QColor], parent: QWidget | None = None
) -> QGraphicsScene:
    """The scene's marks as graphics items, in their order."""
    drawn = QGraphicsScene(0, 0, scene.width, scene.height, parent)
    grounds = [m for m in scene.marks if isinstance(m, Box) and m.fill.upper() not in INKS]
    for mark in scene.marks:
        on_data = isinstance(mark, Label) and any(_holds(box, mark) for box in grounds)
        for item in _items(drawn, mark, QColor if on_data else tone):
            key, tip = getattr(mark, "key", ""), getattr(mark, "tip", "")
            item.setData(KEY, key)
            item.setToolTip(tip)
            if key:
                item.setCursor(Qt.CursorShape.PointingHandCursor)
    return drawn


def _holds(box: Box, mark: Label) -> bool:
    """The label stands on a ground that keeps its colour, so it keeps its ink too."""
    across = box.x <= mark.x <= box.x + box.width
    return across and box.y <= mark.y <= box.y + box.height + 1 and box.opacity == 1


def _items(scene: QGraphicsScene, mark: Mark, tone: Callable[[str], QColor]) -> list[QGraphicsItem]:
    if isinstance(mark, Box):
        return _box(scene, mark, tone)
    if isinstance(mark, Rule):
        pen = QPen(tone(mark.stroke), mark.width)
        if mark.round:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if mark.dash:
            pen.setDashPattern([float(x) / max(mark.width, 0.1) for x in mark.dash.split()])
        return [scene.addLine(mark.x1, mark.y1, mark.x2, mark.y2, pen)]
    if isinstance(mark, Dot):
        pen = QPen(tone(mark.stroke), 1) if mark.stroke else QPen(Qt.PenStyle.NoPen)
        size = 2 * mark.radius
        area = QRectF(mark.x - mark.radius, mark.y - mark.radius, size, size)
        return [scene.addEllipse(area, pen, QBrush(tone(mark.fill)))]
    if isinstance(mark, Trace):
        return [_trace(scene, mark, tone)]
    return [_label(scene, mark, tone)]


def _box(scene: QGraphicsScene, box: Box, tone: Callable[[str], QColor]) -> list[QGraphicsItem]:
    path = QPainterPath()
    path.addRoundedRect(QRectF(box.x, box.y, box.width, box.height), box.radius, box.radius)
    pen = QPen(tone(box.stroke), 0.8) if box.stroke else QPen(Qt.PenStyle.NoPen)
    item = scene.addPath(path, pen, QBrush(tone(box.fill)))
    item.setOpacity(box.opacity)
    if not box.hatched:
        return [item]
    hatch = scene.addPath(path, QPen(Qt.PenStyle.NoPen), QBrush(QColor(HATCH), _HATCHED))
    return [item, hatch]


_HATCHED = Qt.BrushStyle.BDiagPattern


def _trace(scene: QGraphicsScene, trace: Trace, tone: Callable[[str], QColor]) -> QGraphicsItem:
    points = [QPointF(x, y) for x, y in trace.points]
    if trace.fill:
        item: QGraphicsItem = scene.addPolygon(
            QPolygonF(points), QPen(Qt.PenStyle.NoPen), QBrush(tone(trace.fill))
        )
    else:
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        item = scene.addPath(path, QPen(tone(trace.stroke), trace.width))
    item.setOpacity(trace.opacity)
    return item


def _label(scene: QGraphicsScene, mark: Label, tone: Callable[[str], QColor]) -> QGraphicsItem:
    font = QFont(FAMILY)
    font.setPixelSize(100)
    font.setBold(mark.bold)
    item = scene.addSimpleText(mark.text, font)
    item.setBrush(tone(mark.fill))
    metrics = QFontMetricsF(font)
    factor = mark.size / 100
    width = metrics.horizontalAdvance(mark.text)
    shift = {"start": 0.0, "middle": -width / 2, "end": -width}[mark.anchor]
    item.setPos(mark.x, mark.y)
    # Read from the end: from the baseline at the anchor, scaled, then turned around it.
    turned = QTransform().rotate(mark.turn).scale(factor, factor)
    item.setTransform(turned.translate(shift, -metrics.ascent()))
    return item


def table_dialog(scene: Scene, parent: QWidget) -> QDialog:
    """A chart's figures in rows and columns."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(scene.title)
    rows = scene.figures.rows
    table = QTableWidget(len(rows), len(scene.figures.header), dialog)
    table.setAccessibleName(scene.title)
    table.setHorizontalHeaderLabels(list(scene.figures.header))
    for r, cells in enumerate(rows):
        for c, text in enumerate(cells):
            table.setItem(r, c, QTableWidgetItem(text))
    table.resizeColumnsToContents()
    QVBoxLayout(dialog).addWidget(table)
    dialog.resize(760, 460)
    return dialog
