"""The request as a pipeline from user to user, and the strips of seven cells in its place."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.charts.palette import LEVEL_INKS, LEVELS
from app.ui.style import Look
from app.ui.widgets.walk_fields import hatch

PAD = 10
SMALLEST = 0.7
"""How far a stage's title may shrink to keep its words whole."""
CHIPS = (0.92, 0.85, 0.78, 0.71, 0.64)
"""Sizes of all titles together where stages are chips in one line."""
GAP = 16
RAIL = 8
WRAP = Qt.TextFlag.TextWordWrap
LEADING = Qt.AlignmentFlag.AlignLeading
ELIDE = Qt.TextElideMode.ElideRight


class Face(Struct, frozen=True):
    """What one stage shows. `cells` are lines of text with their tone."""

    key: str
    title: str
    number: int
    lines: tuple[tuple[str, str], ...]
    said: str
    """Everything in one sentence, for tooltips and screen readers."""
    missing: bool = False
    hatched: bool = False
    level: int | None = None
    """Fills the cell with the level's colour; strips only."""
    answered: int | None = None
    """The level of its answers, which a chip shows as a number."""


class StageButton(QAbstractButton):
    """One stage of the flow, or one cell of a strip."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.face = Face("", "", 0, (), "")
        self.is_rail = self.is_chip = self.is_current = False
        self.scale = CHIPS[0]
        self._heights: dict[int, int] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_face(self, face: Face, *, is_current: bool) -> None:
        if (face, is_current) == (self.face, self.is_current):
            return
        self.face, self.is_current = face, is_current
        self._heights.clear()
        self.setAccessibleName(face.title)
        self.setAccessibleDescription(face.said)
        self.setToolTip(face.said)
        self.update()

    def forget_heights(self) -> None:
        self._heights.clear()

    def wanted_height(self, width: int) -> int:
        """Layouts ask many times; the text is measured once for each width."""
        if width not in self._heights:
            self._heights[width] = self._measured(width)
        return self._heights[width]

    def _measured(self, width: int) -> int:
        if self.is_chip:
            return self._chip_height()
        if self.is_rail:
            return self._bold().height() + 14
        inner = width - 2 * PAD - 6
        title = _wrapped(QFontMetrics(self._title_font(inner)), inner, self.face.title)
        texts = [text for text, _ in self.face.lines]
        lines = sum(
            _wrapped(self._strong(), _room(inner, n, texts), t) for n, t in enumerate(texts)
        )
        return title + lines + 2 * PAD + 4 + 3 * len(texts)

    def _chip_height(self) -> int:
        return self._bold().height() + 8

    def chip_width(self, scale: float) -> int:
        """Of the number and the whole title."""
        title = QFontMetrics(self._font(scale, bold=True)).horizontalAdvance(self.face.title)
        return self._chip_height() + title + 14

    def sizeHint(self) -> QSize:
        return QSize(150, self.wanted_height(150))

    def _bold(self) -> QFontMetrics:
        return QFontMetrics(self._font(1.0, bold=True))

    def _title_font(self, width: int) -> QFont:
        """The title's font, smaller where its longest word would not fit on a line."""
        parts = self.face.title.replace("-", "- ").split()
        longest = max(map(self._bold().horizontalAdvance, parts), default=0)
        scale = min(1.0, max(SMALLEST, width / longest)) if longest else 1.0
        return self._font(scale, bold=True)

    def _strong(self) -> QFontMetrics:
        return QFontMetrics(self._font(0.92, bold=True))

    def _font(self, scale: float, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * scale)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
        self._ground(painter, box)
        if self.is_chip:
            self._paint_chip(painter, box)
        elif self.is_rail:
            self._paint_rail(painter, box)
        else:
            self._paint_card(painter, box)

    def _ground(self, painter: QPainter, box: QRectF) -> None:
        face, look = self.face, self._look
        painter.setPen(Qt.PenStyle.NoPen)
        if self.is_current:
            painter.setPen(QPen(look.color("accent_soft"), 7))
            painter.drawRoundedRect(box, 7, 7)
            painter.setPen(Qt.PenStyle.NoPen)
        fill = look.color("alarm_soft" if face.missing else "paper")
        painter.setBrush(QColor(LEVELS[face.level]) if face.level is not None else fill)
        painter.drawRoundedRect(box, 6, 6)
        if face.hatched:
            hatch(painter, box, look.color("quiet_soft"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._border())
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _border(self) -> QPen:
        look = self._look
        if self.face.missing:
            pen = QPen(look.color("alarm"), 2.2 if self.is_current else 1.5)
            pen.setDashPattern([4, 3])
            return pen
        if self.is_current:
            return QPen(look.color("accent"), 2)
        if self.underMouse():
            return QPen(look.color("accent"), 1.2)
        pen = QPen(look.color("third" if self.face.hatched else "line"), 1)
        if self.face.hatched:
            pen.setDashPattern([2, 3])
        return pen

    def _tone(self, tone: str) -> QColor:
        if self.face.level is not None:
            return QColor(LEVEL_INKS[self.face.level])
        return self._look.color(tone)

    def _paint_card(self, painter: QPainter, box: QRectF) -> None:
        inner = box.adjusted(PAD, PAD - 2, -PAD, -PAD + 2).toRect()
        painter.setFont(self._font(0.85))
        painter.setPen(self._tone("third"))
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(inner, corner, str(self.face.number))
        title = self._title_font(inner.width())
        painter.setFont(title)
        painter.setPen(self._tone("ink"))
        used = _wrapped(QFontMetrics(title), inner.width(), self.face.title)
        painter.drawText(inner, WRAP, self.face.title)
        top = inner.top() + used + 3
        for number, (text, tone) in enumerate(self.face.lines):
            strong = tone not in ("second", "third")
            painter.setFont(self._font(0.92, bold=strong))
            painter.setPen(self._tone(tone))
            width = _room(inner.width(), number, self.face.lines)
            height = _wrapped(self._strong(), width, text)
            place = QRect(inner.left(), top, width, height + 2)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                place.moveRight(inner.right())
            painter.drawText(place, WRAP, text)
            top += height + 3

    def _paint_chip(self, painter: QPainter, box: QRectF) -> None:
        """The level as a number on its colour, and the title; the rest is in the tip."""
        face, side = self.face, box.height() - 8
        back = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        mark = QRectF(box.right() - side - 5 if back else box.left() + 5, box.top() + 4, side, side)
        level = face.answered
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("quiet_soft") if level is None else QColor(LEVELS[level]))
        painter.drawRoundedRect(mark, 3, 3)
        painter.setFont(self._font(0.85, bold=True))
        painter.setPen(self._look.color("second") if level is None else QColor(LEVEL_INKS[level]))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "?" if level is None else str(level))
        edge = side + 11
        words = box.adjusted(4 if back else edge, 0, -edge if back else -4, 0)
        font = self._font(self.scale, bold=True)
        painter.setFont(font)
        painter.setPen(self._look.color("alarm" if face.missing else "ink"))
        shown = QFontMetrics(font).elidedText(face.title, ELIDE, int(words.width()) + 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | LEADING, shown)

    def _paint_rail(self, painter: QPainter, box: QRectF) -> None:
        """One line under the whole flow."""
        x, parts = box.left() + 12, [(str(self.face.number), "third", False)]
        parts.append((self.face.title, "ink", True))
        parts += [(text, tone, tone not in ("second", "third")) for text, tone in self.face.lines]
        for n, (text, tone, bold) in enumerate(parts):
            font = self._font(1.0 if n == 1 else 0.92, bold=bold)
            painter.setFont(font)
            painter.setPen(self._tone(tone))
            wide = QFontMetrics(font).horizontalAdvance(text)
            if n == len(parts) - 1:
                x = max(x, box.right() - wide - 12)
            place = QRectF(x, box.top(), min(wide + 2, box.right() - x - 4), box.height())
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                place.moveLeft(self.width() - place.right())
            shown = QFontMetrics(font).elidedText(text, ELIDE, int(place.width()) + 1)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            x += wide + 14


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
                made.show_face(faces[number], is_current=faces[number].key == current)
        self._is_strip = is_strip
        after = [(b.face, b.is_current, b.is_rail) for b in self.buttons if not b.isHidden()]
        if before != after:
            self._restyle()

    def fold(self, *, folded: bool) -> None:
        """One line of chips where the window is low; strips keep their cells."""
        if folded != self._is_folded:
            self._is_folded = folded
            for made in self.buttons:
                made.is_chip = folded and not self._is_strip
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
            return [self._card_width(self.width())] * len(cards)
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


def _room(inner: int, line: int, lines: Sequence[object]) -> int:
    """The last line leaves the corner to the stage's number."""
    return inner - (14 if line == len(lines) - 1 else 0)


def _wrapped(metrics: QFontMetrics, width: int, text: str) -> int:
    return metrics.boundingRect(0, 0, max(20, width), 1000, WRAP, text).height()
