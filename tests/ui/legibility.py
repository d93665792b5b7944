"""What a person could not read: words that are cut off, and things on top of each other."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPolygonF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QGraphicsSimpleTextItem,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitterHandle,
    QStackedWidget,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from app.ui.charts.scene_view import SceneView

WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
SLACK = 1
"""Pixels a rounded size may be short."""
INK = 0.68
"""Part of a line's height that letters stand in; lines of a chart may share the rest."""
SMALLEST_TEXT = 0.7
"""Of the window's text size: smaller words in a chart do not follow the scale."""


def faults(window: QWidget) -> list[str]:
    """Everything that is cut off or overlaps among what the window shows now."""
    return [
        *(fault for widget in shown(window) if (fault := cut(widget))),
        *overlapping(window),
        *(fault for view in shown(window) if isinstance(view, SceneView) for fault in drawn(view)),
    ]


def shown(window: QWidget) -> Iterator[QWidget]:
    return (w for w in (window, *window.findChildren(QWidget)) if w.isVisible())


def name_of(widget: QWidget) -> str:
    own = getattr(widget, "text", None)
    text = own() if callable(own) else widget.accessibleName()
    return f"{type(widget).__name__} {text!r} in {type(widget.parent()).__name__}"


def cut(widget: QWidget) -> str:
    """Why the words of one widget cannot be read; empty where they can."""
    outside = beyond(widget)
    if outside:
        return f"{name_of(widget)} is cut by {outside}"
    need, room = measured(widget)
    if need.width() > room.width() + SLACK or need.height() > room.height() + SLACK:
        sizes = f"{need.width()}×{need.height()} in {room.width()}×{room.height()}"
        return f"{name_of(widget)} needs {sizes}"
    return "; ".join(parts(widget))


def measured(widget: QWidget) -> tuple[QSize, QSize]:
    """Pixels the words need, and have."""
    nothing = QSize(), QSize()
    if isinstance(widget, QPushButton) and widget.hasHeightForWidth():
        return _painted(widget)
    match widget:
        case QLabel():
            return _label(widget) if widget.text() and widget.isEnabled() else nothing
        case QPushButton() | QCheckBox() | QRadioButton():
            return _button(widget) if widget.text() else nothing
        case QToolButton():
            return (widget.minimumSizeHint(), widget.size()) if widget.text() else nothing
        case QComboBox():
            return _one_line(widget, widget.currentText(), _inside_box(widget))
        case QLineEdit():
            room = widget.contentsRect().marginsRemoved(widget.textMargins())
            return _one_line(widget, widget.placeholderText(), room.adjusted(9, 0, -9, 0))
    return _painted(widget)


def _label(widget: QLabel) -> tuple[QSize, QSize]:
    metrics, room = widget.fontMetrics(), widget.contentsRect()
    if not widget.wordWrap():
        return metrics.size(0, widget.text()), room.size()
    area = QRect(0, 0, max(1, room.width()), 100_000)
    is_plain = widget.textFormat() is Qt.TextFormat.PlainText
    wide = metrics.boundingRect(area, WRAPPED, widget.text()).width() if is_plain else 0
    tall = widget.heightForWidth(widget.width())
    return QSize(wide, tall - widget.height() + room.height()), room.size()


def _button(widget: QAbstractButton) -> tuple[QSize, QSize]:
    option = QStyleOptionButton()
    widget.initStyleOption(option)
    part = {
        QCheckBox: QStyle.SubElement.SE_CheckBoxContents,
        QRadioButton: QStyle.SubElement.SE_RadioButtonContents,
    }.get(type(widget), QStyle.SubElement.SE_PushButtonContents)
    room = widget.style().subElementRect(part, option, widget)
    mnemonics = Qt.TextFlag.TextShowMnemonic
    return widget.fontMetrics().size(mnemonics, widget.text()), room.size()


def _inside_box(widget: QComboBox) -> QRect:
    option = QStyleOptionComboBox()
    widget.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    control = QStyle.ComplexControl.CC_ComboBox
    return widget.style().subControlRect(control, option, field, widget)


def _one_line(widget: QWidget, text: str, room: QRect) -> tuple[QSize, QSize]:
    return QSize(widget.fontMetrics().horizontalAdvance(text), 0), room.size()


def _painted(widget: QWidget) -> tuple[QSize, QSize]:
    """A widget whose height follows from its width has to have it; a hidden page needs no room."""
    if not widget.hasHeightForWidth() or isinstance(widget, QAbstractScrollArea):
        return QSize(), QSize()
    layout, width = widget.layout(), widget.width()
    if isinstance(widget, QStackedWidget) or widget.findChild(QStackedWidget):
        return QSize(), QSize()
    if layout is None:
        return QSize(0, widget.heightForWidth(width)), widget.size()
    return QSize(0, layout.totalMinimumHeightForWidth(width)), widget.size()


def beyond(widget: QWidget) -> str:
    """What the widget sticks out of; what a scroll area holds can be scrolled to."""
    around = widget.parentWidget()
    if widget.isWindow() or around is None or isinstance(around, QAbstractScrollArea):
        return ""
    area = around.parentWidget()
    if isinstance(area, QAbstractScrollArea) and area.viewport() is around:
        wide = isinstance(area, QScrollArea) and widget.width() > around.width() + SLACK
        return f"the width of {name_of(area)}" if wide else ""
    if around.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
        return ""
    return "" if widget.geometry().isEmpty() else name_of(around)


def parts(widget: QWidget) -> list[str]:
    """Tabs and sections of a header, each with words of its own."""
    if isinstance(widget, QTabBar):
        return _tabs(widget)
    if type(widget) is QHeaderView and widget.orientation() is Qt.Orientation.Horizontal:
        return _sections(widget)
    return []


def _tabs(bar: QTabBar) -> list[str]:
    found = []
    for number in range(bar.count()):
        place, text = bar.tabRect(number), bar.tabText(number)
        need = bar.fontMetrics().boundingRect(QRect(QPoint(), place.size()), WRAPPED, text)
        fits = need.width() <= place.width() and need.height() <= place.height()
        if not fits or not bar.rect().contains(place):
            found.append(f"tab {text!r} of {name_of(bar)} is cut")
    return found


def _sections(header: QHeaderView) -> list[str]:
    found = []
    for section in range(header.count()):
        room, text = (
            header.sectionSize(section),
            str(header.model().headerData(section, Qt.Orientation.Horizontal) or ""),
        )
        if room and text and header.fontMetrics().horizontalAdvance(text) + 8 > room:
            found.append(f"head {text!r} has {room} in {name_of(header.parentWidget())}")
    return found


def overlapping(window: QWidget) -> list[str]:
    """Neighbours that share more than an edge."""
    found = []
    for around in shown(window):
        if isinstance(around, QAbstractScrollArea | QComboBox | QTabBar | QLineEdit):
            continue
        for one, other in combinations(_children(around), 2):
            both = one.geometry().intersected(other.geometry())
            if both.width() > SLACK and both.height() > SLACK:
                found.append(f"{name_of(one)} lies over {name_of(other)}")
    return found


def _children(around: QWidget) -> list[QWidget]:
    made = around.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [
        w for w in made if w.isVisible() and not w.isWindow() and not isinstance(w, QSplitterHandle)
    ]


def drawn(view: SceneView) -> list[str]:
    """Words of a chart outside of it, on top of each other, or too small to read."""
    scene, name = view.scene(), name_of(view)
    texts = [item for item in scene.items() if isinstance(item, QGraphicsSimpleTextItem)]
    places = [(item.text(), _ink(item)) for item in texts if item.text().strip()]
    area = scene.sceneRect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    found = [
        f"{text!r} sticks out of {name}"
        for text, place in places
        if not area.contains(place.boundingRect())
    ]
    found += [
        f"{a!r} lies over {b!r} in {name}"
        for (a, one), (b, other) in combinations(places, 2)
        if _share(one, other)
    ]
    window = view.fontMetrics().height() * SMALLEST_TEXT
    tall = {round(_pixels(view, item)) for item in texts}
    return found + [f"words of {name} are {t} tall, not {window:.0f}" for t in tall if t < window]


def _ink(item: QGraphicsSimpleTextItem) -> QPolygonF:
    """Where the letters stand, without the room above and below them."""
    box = item.boundingRect()
    spare = box.height() * (1 - INK) / 2
    return item.mapToScene(box.adjusted(0, spare, 0, -spare))


def _share(one: QPolygonF, other: QPolygonF) -> bool:
    both = one.intersected(other).boundingRect()
    return both.width() > SLACK / 2 and both.height() > SLACK / 2


def _pixels(view: SceneView, item: QGraphicsSimpleTextItem) -> float:
    """Height of a line on the screen."""
    box = item.sceneTransform().map(QPolygonF(item.boundingRect()))
    left = box.at(3) - box.at(0)
    return (left.x() ** 2 + left.y() ** 2) ** 0.5 * view.transform().m11()
