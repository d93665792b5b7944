"""The list of what is missing or contradicts, where every line leads to the record to mend."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from app.ui.models.findings import COUNT_ROLE, SEVERITY_ROLE, SUBJECT_ROLE, FindingModel
from app.ui.page import translate
from app.ui.style import Look
from app.words import Words

Index = QModelIndex | QPersistentModelIndex
TONES = {"error": "alarm", "warning": "warn", "hint": "second"}
PAD, GAP = 8, 3
WRAP = int(Qt.TextFlag.TextWordWrap)


class FindingDelegate(QStyledItemDelegate):
    """Severity, record and "Go to" in one line, the sentence below; unfolded ones in one line."""

    def __init__(self, look: Look, words: Words, view: QTreeView) -> None:
        super().__init__(view)
        self._look, self._words, self._view = look, words, view
        self.go = translate("Go to")

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetrics(self._view.font())
        if index.parent().isValid():
            return QSize(0, metrics.height() + 2 * PAD - 4)
        width = max(80, self._view.viewport().width() - self._view.indentation() - 2 * PAD)
        text = metrics.boundingRect(QRect(0, 0, width, 9999), WRAP, index.data())
        return QSize(0, text.height() + metrics.height() + GAP + 2 * PAD)

    def go_area(self, row: QRect) -> QRect:
        """Where "Go to" stands in a line."""
        metrics = QFontMetrics(_bold(self._view.font()))
        width = metrics.horizontalAdvance(self.go) + 2 * PAD
        area = QRect(row.right() - width + 1, row.top(), width, metrics.height() + 2 * PAD)
        if self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            area.moveLeft(row.left())
        return area

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        row: QRect = option.rect
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(row, self._look.color("accent_soft"))
        start = _start(self._view)
        font = self._view.font()
        go = self.go_area(row)
        painter.setFont(_bold(font))
        painter.setPen(self._look.color("accent"))
        painter.drawText(go, int(Qt.AlignmentFlag.AlignCenter), self.go)
        inside = row.adjusted(PAD, PAD, -PAD, -PAD)
        line = QRect(inside)
        line.setHeight(QFontMetrics(font).height())
        line.setWidth(inside.width() - go.width())
        if _is_mirrored(self._view):
            line.moveRight(inside.right())
        if index.parent().isValid():
            painter.setFont(font)
            self._line(painter, line, "ink", self._record(index))
        else:
            self._head(painter, line, index)
            painter.setFont(font)
            painter.setPen(self._look.color("ink"))
            below = inside.adjusted(0, line.height() + GAP, 0, 0)
            painter.drawText(below, WRAP | start, index.data())
        painter.setPen(self._look.color("line"))
        painter.drawLine(row.bottomLeft(), row.bottomRight())
        painter.restore()

    def _head(self, painter: QPainter, line: QRect, index: Index) -> None:
        severity = index.data(SEVERITY_ROLE)
        word = self._words.opening(self._words(f"finding_severity.{severity}"))
        painter.setFont(_bold(self._view.font()))
        wide = QFontMetrics(painter.font()).horizontalAdvance(word) + PAD
        mirrored = _is_mirrored(self._view)
        self._line(painter, line, TONES.get(severity, "second"), word)
        rest = line.adjusted(0, 0, -wide, 0) if mirrored else line.adjusted(wide, 0, 0, 0)
        painter.setFont(self._view.font())
        self._line(painter, rest, "third", self._record(index))

    def _record(self, index: Index) -> str:
        """The record's name, or how many records a folded kind stands for."""
        count = index.data(COUNT_ROLE)
        if count > 1:
            return translate("{0} records").format(f"{count:,}")
        return str(index.data(SUBJECT_ROLE))

    def _line(self, painter: QPainter, area: QRect, tone: str, text: str) -> None:
        metrics = QFontMetrics(painter.font())
        painter.setPen(self._look.color(tone))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(QRectF(area), _start(self._view), shown)


class FindingTree(QTreeView):
    chosen = Signal(object)
    """The Finding somebody wants to mend."""

    def __init__(self, model: FindingModel, look: Look, words: Words, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.findings = model
        self._delegate = FindingDelegate(look, words, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setIndentation(18)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        look.changed.connect(self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._choose(self.indexAt(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._is_on_go(event.position().toPoint()):
            self._choose(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        on_go = self._is_on_go(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if on_go else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doItemsLayout()

    def _is_on_go(self, point: object) -> bool:
        index = self.indexAt(point)  # type: ignore[arg-type]
        return index.isValid() and self._delegate.go_area(self.visualRect(index)).contains(point)

    def _choose(self, index: QModelIndex) -> None:
        finding = self.findings.finding(index)
        if finding is not None:
            self.chosen.emit(finding)

    def _restyle(self) -> None:
        self.doItemsLayout()
        self.viewport().update()


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _is_mirrored(view: QTreeView) -> bool:
    return view.layoutDirection() is Qt.LayoutDirection.RightToLeft


def _start(view: QTreeView) -> int:
    side = Qt.AlignmentFlag.AlignRight if _is_mirrored(view) else Qt.AlignmentFlag.AlignLeft
    # Absolute, for the painter would turn it round once more.
    return int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
