"""Draws one published wall; all it is ever given is that value and a theme."""

from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.wall import Blank, Wall
from app.ui.presenter.letters import draw
from app.ui.presenter.setting import Picture, set_type
from app.ui.presenter.sheets import Sheet, sheet_of
from app.ui.style import CONTRAST, DARK, LIGHT, Look, Tones

THEMES: tuple[Tones, ...] = (LIGHT, DARK, CONTRAST)
ZOOMS = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
SMALL = QSizeF(1280, 720)
"""The size in which a preview is set before it is drawn small."""
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class WallView(QWidget):
    """Light unless told otherwise, whatever the main window looks like."""

    turned = Signal(int)
    freezing = Signal()
    blanking = Signal()
    leaving = Signal()

    def __init__(self, look: Look, published: SignalInstance, wall: Wall | None = None) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Wall"))
        self.setAccessibleName(self.tr("Wall"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 180)
        self._sheet = Sheet()
        self._theme = self._zoom = 0
        self._set_for: tuple[object, ...] = ()
        self._picture = Picture()
        look.changed.connect(self.update)
        published.connect(self.show_wall)
        self.show_wall(wall or Blank())

    def show_wall(self, wall: Wall) -> None:
        self._sheet = sheet_of(wall)
        self.setAccessibleDescription(self._sheet.told())
        self.update()

    @property
    def picture(self) -> Picture:
        """The wall as it is set for this size."""
        size = self.set_in()
        wanted = (self._sheet, size.width(), size.height(), self._zoom)
        if wanted != self._set_for:
            self._set_for = wanted
            self._picture = set_type(self._sheet, size, ZOOMS[self._zoom])
        return self._picture

    def set_in(self) -> QSizeF:
        """The size for which the type is set."""
        return QSizeF(self.size())

    @property
    def tones(self) -> Tones:
        return THEMES[self._theme]

    def switch_theme(self) -> None:
        """Light, dark, high contrast and light again."""
        self._theme = (self._theme + 1) % len(THEMES)
        self.update()

    def zoom(self, step: int) -> None:
        """Larger where there is room; nothing is ever smaller than can be read."""
        self._zoom = min(max(0, self._zoom + step), len(ZOOMS) - 1)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(1280, 720)

    # Drawing.

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(self.rect(), self._colour("paper"))
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        made, size = self.picture, self.set_in()
        area = QRectF(0, 0, size.width(), size.height())
        painter.setPen(Qt.PenStyle.NoPen)
        for shape in made.shapes:
            painter.setBrush(self._colour(shape.fill))
            painter.drawRoundedRect(self._placed(shape.box, area), shape.radius, shape.radius)
        for text in made.blocks:
            draw(painter, text, self._placed(text.box, area), self._colour(text.tone))

    def _placed(self, box: QRectF, area: QRectF) -> QRectF:
        """Mirrored where one reads from the right."""
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return box
        return QRectF(area.width() - box.right(), box.top(), box.width(), box.height())

    def _colour(self, tone: str) -> QColor:
        return QColor(tone if tone.startswith("#") else getattr(self.tones, tone))

    # Keys, also those of a clicker.

    def event(self, event: QEvent) -> bool:
        """Ctrl with plus and minus is the wall's own zoom, also inside the main window."""
        is_asked = event.type() is QEvent.Type.ShortcutOverride
        if is_asked and event.modifiers() & CTRL and text_is(event, "+=-"):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._command(event):
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> bool:
        key, text = event.key(), event.text()
        if key in (KEY.Key_PageDown, KEY.Key_Right, KEY.Key_Space):
            self.turned.emit(1)
        elif key in (KEY.Key_PageUp, KEY.Key_Left):
            self.turned.emit(-1)
        elif key in (KEY.Key_Escape, KEY.Key_F5):
            self.leaving.emit()
        elif event.modifiers() & CTRL and text_is(event, "+="):
            self.zoom(1)
        elif event.modifiers() & CTRL and text_is(event, "-"):
            self.zoom(-1)
        elif text == ".":
            self.freezing.emit()
        elif text.casefold() == "b":
            self.blanking.emit()
        elif text.casefold() == "t":
            self.switch_theme()
        else:
            return False
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leaving.emit()
        super().closeEvent(event)


def text_is(event: QKeyEvent, signs: str) -> bool:
    """With Ctrl held a key often has no text of its own."""
    return event.key() in {ord(sign) for sign in signs}


class WallPreview(WallView):
    """The same wall, drawn small; it takes no keys."""

    def __init__(self, look: Look, published: SignalInstance, wall: Wall | None = None) -> None:
        super().__init__(look, published, wall)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(160, 90)
        self.setAccessibleName(self.tr("What the wall shows"))

    def set_in(self) -> QSizeF:
        return SMALL

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * 9 / 16)

    def sizeHint(self) -> QSize:
        return QSize(320, 180)

    def _paint(self, painter: QPainter) -> None:
        scale = min(self.width() / SMALL.width(), self.height() / SMALL.height())
        painter.scale(scale, scale)
        super()._paint(painter)
        painter.resetTransform()
        painter.setPen(self._colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
