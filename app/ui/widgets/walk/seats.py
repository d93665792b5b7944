"""Seats in seating order, each a box with its number, its role and the sign typed for it."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui.style import Look

SEALED = "●"
"""Stands for a vote nobody sees."""
GAP = 5
LETTERS = 10
"""Letters of a role that a box has room for on each of its lines."""
Flag = Qt.AlignmentFlag


class SeatFace(Struct, frozen=True):
    number: int
    role: str
    sign: str = ""
    is_wrong: bool = False
    is_next: bool = False


class SeatRow(QWidget):
    """Boxes of one size in as many rows as the width needs."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.faces: Sequence[SeatFace] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.updateGeometry)

    def show_faces(self, faces: Sequence[SeatFace], said: str) -> None:
        """`said`: what a screen reader says; no sign of a vote is part of it."""
        again = len(faces) != len(self.faces)
        self.faces = faces
        self.setAccessibleName(said)
        if again:
            self.updateGeometry()
        self.update()

    def _box(self) -> QSize:
        metrics = self.fontMetrics()
        wide = metrics.averageCharWidth() * LETTERS + 2 * metrics.height() + 8
        return QSize(wide, 2 * self._small().height() + 10)

    def _small(self) -> QFontMetrics:
        return QFontMetrics(self._role_font())

    def _role_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        return font

    def _beside(self, width: int) -> int:
        return max(1, (width + GAP) // (self._box().width() + GAP))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        beside = self._beside(width)
        rows = max(1, -(-len(self.faces) // beside))
        return rows * (self._box().height() + GAP) - GAP

    def sizeHint(self) -> QSize:
        return QSize(self._box().width() * 6, self.heightForWidth(max(200, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._box().width(), self._box().height())

    def _place(self, number: int) -> QRect:
        box, beside = self._box(), self._beside(self.width())
        # Seats share the width, so that the last box of a full row ends where the line ends.
        wide = (self.width() + GAP) // beside - GAP if len(self.faces) >= beside else box.width()
        row, column = divmod(number, beside)
        place = QRect(column * (wide + GAP), row * (box.height() + GAP), wide, box.height())
        return self._mirrored(place, self.rect())

    def _mirrored(self, place: QRect, around: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            place.moveLeft(around.left() + around.right() - place.right())
        return place

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = (f for n, f in enumerate(self.faces) if self._place(n).contains(event.pos()))
            face = next(found, None)
            QToolTip.showText(event.globalPos(), f"{face.number}  {face.role}" if face else "")
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, face in enumerate(self.faces):
            painter.save()
            self._paint(painter, self._place(number), face)
            painter.restore()

    def _paint(self, painter: QPainter, box: QRect, face: SeatFace) -> None:
        look, tall = self._look, self.fontMetrics().height()
        edge = "alarm" if face.is_wrong else "focus" if face.is_next else "line"
        painter.setPen(QPen(look.color(edge), 2 if edge != "line" else 1))
        painter.setBrush(look.color("alarm_soft" if face.is_wrong else "page"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        inside = box.adjusted(7, 4, -7, -4)
        sign = self._mirrored(
            QRect(inside.right() - tall + 1, inside.top(), tall, inside.height()), inside
        )
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(look.color("alarm" if face.is_wrong else "ink"))
        painter.drawText(sign, Flag.AlignCenter, face.sign)
        text = QRect(inside.left(), inside.top(), inside.width() - tall - 4, inside.height())
        text = self._mirrored(text, inside)
        way = Flag.AlignRight if self.isRightToLeft() else Flag.AlignLeft
        painter.setFont(self._role_font())
        lines = self._lines(face, text.width())
        height = text.height() // 2
        for row, line in enumerate(lines):
            painter.setPen(look.color("third" if row else "ink"))
            place = QRect(text.left(), text.top() + row * height, text.width(), height)
            painter.drawText(place, way | Flag.AlignVCenter | Flag.AlignAbsolute, line)

    def _lines(self, face: SeatFace, width: int) -> tuple[str, str]:
        """The number with the first words of the role, then the rest, cut where it must be."""
        metrics = self._small()
        first, words = f"{face.number} ", face.role.split()
        while words and metrics.horizontalAdvance(f"{first} {words[0]}") <= width:
            first = f"{first} {words.pop(0)}"
        cut = metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)
        return first, cut
