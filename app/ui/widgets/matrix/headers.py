"""Headers of a map: column titles that wrap or stand upright, and names with a second line."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QStyle

from app.ui.models.matrix import HEAD_ROLE, Head, RowHead
from app.ui.style import Look
from app.ui.widgets.matrix.painting import small_font

LINES = 3
TALLEST = 8
"""Heights of a line an upright title may be long; the tooltip has all of it."""
MEASURED = 120
"""Columns whose titles decide how all of them stand."""
SIZES = (1.0, 0.92, 0.84, 0.78)
WRAP = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)

UPRIGHT = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)


class ColumnHeader(QHeaderView):
    """Titles lie where every word of them fits and stand upright where one does not."""

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self._upright = False
        self._size = 1.0
        self._height = 30
        self._measured: tuple[object, float] = (None, 1.0)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        look.changed.connect(self.viewport().update)

    def fit(self, share: int) -> None:
        """Measure the titles for columns of this width; upright only if smaller does not do."""
        heads = self._heads()[:MEASURED]
        measured = share, self.font().key(), tuple(head.title for head in heads)
        if measured == self._measured[0]:
            self._size = self._measured[1]
            return
        words = {word for head in heads if not head.sample for word in _words(head.title)}
        for self._size in SIZES:
            metrics = QFontMetrics(self._font())
            widest = max((metrics.horizontalAdvance(word) for word in words), default=0)
            self._upright = widest > share - 2
            if not self._upright:
                break
        if self._upright:
            self._size = 1.0
            metrics = QFontMetrics(self._font())
        self._height = self._group_height(metrics) + self._tallest(heads, metrics, share) + 14
        self._measured = measured, self._size
        self.updateGeometry()
        self.viewport().update()

    def least(self) -> int:
        """The width at which titles can still lie."""
        self._size = SIZES[-1]
        metrics = QFontMetrics(self._font())
        words = {w for h in self._heads()[:MEASURED] if not h.sample for w in _words(h.title)}
        return max((metrics.horizontalAdvance(word) for word in words), default=0) + 4

    def _group_height(self, metrics: QFontMetrics) -> int:
        grouped = any(head.group for head in self._heads()[:MEASURED])
        return metrics.height() + 6 if grouped else 0

    def _tallest(self, heads: list[Head], metrics: QFontMetrics, share: int) -> int:
        if not heads:
            return metrics.height()
        if self._upright:
            room = max(metrics.height(), share - 2)
            longest = max(fold(metrics, head.title, room).height() for head in heads)
            return min(longest, TALLEST * metrics.lineSpacing())
        area = QRect(0, 0, share - 4, 400)
        texts = [_soft(head.title) for head in heads if not head.sample]
        most = max((metrics.boundingRect(area, WRAP, t).height() for t in texts), default=0)
        return min(max(most, metrics.height()), LINES * metrics.lineSpacing())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def _heads(self) -> list[Head]:
        model = self.model()
        return list(model.heads) if model is not None and hasattr(model, "heads") else []

    def _font(self) -> QFont:
        made = small_font(self.font(), bold=True)
        made.setPointSizeF(made.pointSizeF() * self._size)
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.color("paper"))
        painter.setFont(self._font())
        heads = self._heads()
        left, right = event.rect().left(), event.rect().right()
        seen = sorted(max(0, self.logicalIndexAt(x)) for x in (left, right))
        last = seen[1] if self.logicalIndexAt(left) >= 0 and self.logicalIndexAt(right) >= 0 else 0
        for column in range(seen[0], (last or len(heads) - 1) + 1):
            start = self.sectionViewportPosition(column)
            if start + self.sectionSize(column) >= left and start <= right:
                box = QRect(start, 0, self.sectionSize(column), self.height())
                self._title(painter, box, heads[column])
        self._groups(painter, heads)
        painter.setPen(QPen(self._look.color("line"), 1))
        painter.drawLine(event.rect().left(), self.height() - 1, right, self.height() - 1)

    def _title(self, painter: QPainter, box: QRect, head: Head) -> None:
        model = self.model()
        is_sorted = model.sorted_by == head.key
        painter.setPen(self._look.color("accent" if is_sorted else "third"))
        sign = (" ↑" if model.is_reversed else " ↓") if is_sorted else ""
        if self._upright and not head.sample:
            metrics = QFontMetrics(self._font())
            lines = fold(metrics, head.title, box.width() - 2)
            painter.save()
            painter.translate(box.left(), self.height() - 7)
            painter.rotate(-90)
            # Upright titles rise from the map in either reading direction.
            middle = UPRIGHT
            area = QRect(0, 0, self.height(), box.width())
            room = self.height() - 10 - self._group_height(metrics)
            cut = [metrics.elidedText(t, Qt.TextElideMode.ElideRight, room) for t in lines.texts]
            painter.drawText(area, int(middle), "\n".join(cut) + sign)
            painter.restore()
            return
        flags = WRAP
        if head.leading:
            leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
            flags = int(leading | Qt.AlignmentFlag.AlignBottom)
            box = box.adjusted(9, 0, -9, 0)
        painter.drawText(box.adjusted(0, 4, 0, -7), flags, _soft(head.title) + sign)

    def _groups(self, painter: QPainter, heads: list[Head]) -> None:
        """One caption over the columns that belong together."""
        first = 0
        while first < len(heads):
            last = first
            while last + 1 < len(heads) and heads[last + 1].group == heads[first].group:
                last += 1
            if heads[first].group:
                self._caption(painter, heads[first].group, first, last)
            first = last + 1

    def _smaller_to_fit(self, painter: QPainter, text: str, room: int) -> QFontMetrics:
        font = self._font()
        for size in SIZES:
            font.setPointSizeF(self._font().pointSizeF() * size)
            if QFontMetrics(font).horizontalAdvance(text) <= room:
                break
        painter.setFont(font)
        return QFontMetrics(font)

    def _caption(self, painter: QPainter, text: str, first: int, last: int) -> None:
        ends = [self.sectionViewportPosition(n) for n in (first, last)]
        left = min(ends) + 3
        right = max(p + self.sectionSize(n) for p, n in zip(ends, (first, last), strict=True)) - 3
        metrics = self._smaller_to_fit(painter, text, right - left)
        area = QRect(left, 3, right - left, QFontMetrics(self._font()).height() + 2)
        painter.setPen(self._look.color("second"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.setPen(QPen(self._look.color("line"), 1))
        painter.drawLine(left, area.bottom() + 1, right, area.bottom() + 1)


class RowHeader(QHeaderView):
    """A name over a quiet second line; a bar marks the row the keyboard stands in."""

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._look = look
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.viewport().update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.color("paper"))
        painter.end()
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        head = self.model().headerData(row, Qt.Orientation.Vertical, HEAD_ROLE)
        if not isinstance(head, RowHead):
            return
        painter.save()
        painter.setPen(QPen(self._look.color("line"), 0.6))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        current = self.parent().currentIndex()
        if current.isValid() and current.row() == row:
            rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = rect.right() - 2 if rtl else rect.left()
            bar = QRect(left, rect.top() + 4, 3, rect.height() - 8)
            painter.fillRect(bar, self._look.color("accent"))
        self._lines(painter, rect.adjusted(12, 2, -4, -3), head)
        painter.restore()

    def _lines(self, painter: QPainter, area: QRect, head: RowHead) -> None:
        """A name too long for one line takes the second one too, before the detail."""
        large, small = QFont(self.font()), small_font(self.font())
        large.setWeight(QFont.Weight.Medium)
        metrics = QFontMetrics(large)
        heights = metrics.height(), max(metrics.height(), QFontMetrics(small).height()) - 2
        alarm = head.detail if head.tone == "alarm" else ""
        alarm_width = QFontMetrics(small).horizontalAdvance(alarm) + 6 if alarm else 0
        name, rest = _broken(metrics, head.name, area.width())
        if alarm and metrics.horizontalAdvance(rest) + alarm_width > area.width():
            # What alarms is never cut; the whole name stands in the tooltip.
            name, rest = head.name, ""
        if not head.detail and not rest:
            heights = area.height(), 0
        top = area.top() + (area.height() - sum(heights)) // 2
        second = QRect(area.left(), top + heights[0], area.width(), heights[1])
        self._text(painter, QRect(area.left(), top, area.width(), heights[0]), name, large, "ink")
        used = self._text(painter, second, rest, large, "ink") + 6 if rest else 0
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = second.adjusted(0, 0, -used, 0) if rtl else second.adjusted(used, 0, 0, 0)
        if left.width() > 30:
            self._text(painter, left, head.detail, small, head.tone)

    def _text(self, painter: QPainter, area: QRect, text: str, font: QFont, tone: str) -> int:
        """Draw one line, cut with a sign where it must be; its width."""
        leading = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(font)
        painter.setPen(self._look.color(tone))
        painter.drawText(area, int(leading | Qt.AlignmentFlag.AlignVCenter), shown)
        return metrics.horizontalAdvance(shown)


def _broken(metrics: QFontMetrics, text: str, room: int) -> tuple[str, str]:
    """The words that fit on the first line, and the rest."""
    if metrics.horizontalAdvance(text) <= room:
        return text, ""
    words = text.split()
    fitting = 0
    while metrics.horizontalAdvance(" ".join(words[: fitting + 1])) <= room:
        fitting += 1
    if not fitting:
        return text, ""
    return " ".join(words[:fitting]), " ".join(words[fitting:])


class Folded:
    """A title in lines for an upright column, and how long its longest line is."""

    def __init__(self, texts: list[str], metrics: QFontMetrics) -> None:
        self.texts = texts
        self._metrics = metrics

    def height(self) -> int:
        return max((self._metrics.horizontalAdvance(t) for t in self.texts), default=0)


def fold(metrics: QFontMetrics, title: str, room: int) -> Folded:
    """As many lines as stand side by side in `room`, two at most, of about the same length."""
    words = title.split()
    if room < 2 * metrics.height() or len(words) < 2:
        return Folded([title], metrics)
    cuts = ([" ".join(words[:n]), " ".join(words[n:])] for n in range(1, len(words)))
    best = min(cuts, key=lambda lines: max(metrics.horizontalAdvance(t) for t in lines))
    return Folded(best, metrics)


def _soft(title: str) -> str:
    """The title with a place to break after each hyphen."""
    return title.replace("-", "-\u200b")


def _words(title: str) -> list[str]:
    return title.replace("-", "- ").split()
