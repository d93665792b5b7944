"""The request as a pipeline from user to user, and the strips of seven cells in its place."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.style import Look
from app.ui.widgets.walk.stage import CHIPS, Face, StageButton

GAP = 16


class FlowBand(QWidget):
    """User, six stages, user with the seventh as a rail underneath; or seven cells in a row."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._ends = self.tr("User")
        self._is_strip = self._is_folded = False
        self.buttons: list[StageButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._restyle)

    def show_faces(self, faces: Sequence[Face], current: str, *, is_strip: bool) -> None:
        """Faces in the order of the stages; the last one is the rail of the flow."""
        before = [(b.face, b.is_current, b.is_rail) for b in self.buttons if not b.isHidden()]
        while len(self.buttons) < len(faces):
            made = StageButton(self._look, self)
            made.clicked.connect(lambda _checked=False, b=made: self.chosen.emit(b.face.key))
            made.show()
            self.buttons.append(made)
        for number, made in enumerate(self.buttons):
            made.setVisible(number < len(faces))
            if number < len(faces):
                made.is_rail = not is_strip and number == len(faces) - 1
                made.is_chip = self._is_folded and not is_strip
                made.is_low = self._is_folded and is_strip
                made.show_face(faces[number], is_current=faces[number].key == current)
        self._is_strip = is_strip
        after = [(b.face, b.is_current, b.is_rail) for b in self.buttons if not b.isHidden()]
        if before != after:
            self._restyle()

    def fold(self, *, folded: bool) -> None:
        """One line of chips where the window is low, and lower cells in a strip."""
        if folded != self._is_folded:
            self._is_folded = folded
            for made in self.buttons:
                made.is_chip = folded and not self._is_strip
                made.is_low = folded and self._is_strip
                made.update()
            self._restyle()

    def _restyle(self) -> None:
        for made in self.buttons:
            made.forget_heights()
        self.updateGeometry()
        self._place()
        self.update()

    def heightForWidth(self, width: int) -> int:
        cards, rail = self._shown()
        if not cards:
            return 0
        tall = max(b.wanted_height(self._card_width(width)) for b in cards) + 6
        return tall + (rail.wanted_height(width) + 6 if rail else 0)

    def sizeHint(self) -> QSize:
        return QSize(900, self.heightForWidth(max(self.width(), 900)))

    def minimumSizeHint(self) -> QSize:
        return QSize(500, 60)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _shown(self) -> tuple[list[StageButton], StageButton | None]:
        shown = [b for b in self.buttons if not b.isHidden()]
        rail = next((b for b in shown if b.is_rail and not b.is_chip), None)
        return [b for b in shown if b is not rail], rail

    def _end_width(self) -> int:
        if self._is_strip or self._is_folded:
            return 0
        return self.fontMetrics().horizontalAdvance(self._ends) + 24

    def _card_width(self, width: int) -> int:
        count = max(1, len(self._shown()[0]))
        return (
            width - 2 * self._end_width() - (count - 1) * self._gap() - 2 * self._lead()
        ) // count

    def _widths(self, cards: Sequence[StageButton]) -> list[int]:
        """Cards are alike; chips are as wide as their titles, and share what is over."""
        if not self._is_folded or self._is_strip:
            wide = self._card_width(self.width())
            scale = min(made.title_scale(wide) for made in cards)
            for made in cards:
                made.scale = scale
            return [wide] * len(cards)
        room = self.width() - (len(cards) - 1) * self._gap()
        for scale in CHIPS:
            wanted = [made.chip_width(scale) for made in cards]
            if sum(wanted) <= room:
                break
        for made in cards:
            made.scale = scale
        over = (room - sum(wanted)) // len(cards)
        return [wide + over for wide in wanted]

    def _gap(self) -> int:
        return 6 if self._is_strip else 2 if self._is_folded else GAP

    def _lead(self) -> int:
        """Between the user and the first stage."""
        return 0 if self._is_strip or self._is_folded else GAP

    def _place(self) -> None:
        cards, rail = self._shown()
        if not cards:
            return
        end, widths = self._end_width(), self._widths(cards)
        wide = widths[0]
        tall = max(b.wanted_height(wide) for b in cards) + 6
        x = end + self._lead()
        for made, own in zip(cards, widths, strict=True):
            made.setGeometry(self._mirrored(QRect(x, 0, own, tall)))
            x += own + self._gap()
        if rail:
            place = QRect(end // 2, tall, self.width() - end, rail.wanted_height(wide) + 6)
            rail.setGeometry(place)

    def _mirrored(self, place: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            place.moveLeft(self.width() - place.right() - 1)
        return place

    def paintEvent(self, _event: QPaintEvent) -> None:
        cards, rail = self._shown()
        if self._is_strip or not cards:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        end, tall = self._end_width(), cards[0].height()
        middle = tall / 2
        painter.setPen(QPen(self._look.color("accent"), 1.6))
        painter.drawLine(QPointF(end, middle), QPointF(self.width() - end, middle))
        if self._is_folded:
            return
        self._arrows(painter, cards, middle)
        if rail:
            painter.setPen(QPen(self._look.color("line"), 1.4))
            for made in cards:
                x = made.geometry().center().x()
                painter.drawLine(QPointF(x, tall - 4), QPointF(x, tall + 4))
        painter.setPen(QPen(self._look.color("line"), 1.2))
        painter.setBrush(self._look.color("paper"))
        for x in (0, self.width() - end):
            circle = QRectF(x + 1, middle - end / 2 + 1, end - 2, end - 2)
            painter.setPen(QPen(self._look.color("line"), 1.2))
            painter.drawEllipse(circle)
            painter.setPen(self._look.color("second"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._ends)

    def _arrows(self, painter: QPainter, cards: Sequence[StageButton], y: float) -> None:
        """Small heads that say which way the request goes."""
        back = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for made in cards:
            place = made.geometry()
            tip = place.right() - 1 if back else place.left() + 2
            tail = tip + 5 if back else tip - 5
            painter.drawLine(QPointF(tail, y - 4), QPointF(tip, y))
            painter.drawLine(QPointF(tail, y + 4), QPointF(tip, y))
