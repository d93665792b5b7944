"""The screen's table: y, p, n and ? answer and move on, a click goes round the replies."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.answers import ScreenReply
from app.ui.models.screening import LANE_ROLE, NAME, REPLY_ROLE, ScreenModel
from app.ui.style import Look
from app.ui.widgets.row_key import keeps_row_key
from app.ui.widgets.tint import paint_tinted

REPLY_TONES = {
    ScreenReply.YES: ("good", "good_soft"),
    ScreenReply.PARTLY: ("warn", "warn_soft"),
    ScreenReply.NO: ("alarm", "alarm_soft"),
    ScreenReply.UNKNOWN: ("second", "quiet_soft"),
}
LANE_TONES = {
    "live_without_cover": ("alarm", "alarm_soft"),
    "audit_first": ("accent", "accent_soft"),
    "define_owner_first": ("warn", "warn_soft"),
    "stop_or_pause": ("second", "quiet_soft"),
}
"""Lane to the tones of its chip: text and ground."""
NAME_SIGNS = 24, 60
"""Characters a name has room for, at least and at most."""
KEY = Qt.Key
ENTER = (KEY.Key_Return, KEY.Key_Enter)


class ScreenDelegate(QStyledItemDelegate):
    """Paints replies and lanes as tinted words; the cell the keyboard stands in has a frame."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        area = QRectF(option.rect)
        if index.column() == NAME:
            self._name(painter, option, index)
        else:
            painter.fillRect(option.rect, self._look.color("paper"))
            reply, lane = index.data(REPLY_ROLE), index.data(LANE_ROLE)
            if reply:
                # Qt hands the reply back as plain text.
                ink, ground = (self._look.color(t) for t in REPLY_TONES[ScreenReply(reply)])
                box = area.adjusted(4, 4, -4, -4)
                paint_tinted(painter, box, index.data(), ink, ground, middle=True, fill=True)
            elif lane:
                ink, ground = (self._look.color(t) for t in LANE_TONES.get(lane, ("second",) * 2))
                paint_tinted(painter, area.adjusted(6, 3, -3, -3), index.data(), ink, ground)
        self._frame(painter, option, index)

    def _name(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        cell = QStyleOptionViewItem(option)
        cell.state &= ~QStyle.StateFlag.State_HasFocus
        if index.row() >= len(index.model().ids):
            cell.palette.setColor(cell.palette.ColorRole.Text, self._look.color("third"))
        super().paint(painter, cell, index)

    def _frame(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        view = self.parent()
        assert isinstance(view, QTableView)
        if view.currentIndex() != index:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = "focus" if view.hasFocus() else "line"
        painter.setPen(QPen(self._look.color(tone), 2))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.restore()


class ScreenTable(QTableView):
    moved = Signal()
    """The keyboard stands in another cell, or another row was finished."""

    def __init__(self, model: ScreenModel, look: Look, name: str) -> None:
        super().__init__()
        self.screen_model = model
        self._pressed = QPersistentModelIndex()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(ScreenDelegate(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # Only names can be edited, so every other cell leaves letters to the replies.
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self._measure)
        model.rowsInserted.connect(self._enter_new)
        self._measure()

    def event(self, event: QEvent) -> bool:
        return keeps_row_key(event) or super().event(event)

    # Where the keyboard stands.

    def currentChanged(self, now: QModelIndex, before: QModelIndex) -> None:
        super().currentChanged(now, before)
        self.moved.emit()

    @property
    def row(self) -> int | None:
        """The row of a workflow the keyboard stands in."""
        row = self.currentIndex().row()
        return row if 0 <= row < len(self.screen_model.ids) else None

    def start(self) -> None:
        """Go to the first cell that waits for a reply, else to the row that adds a workflow."""
        rows = range(len(self.screen_model.ids))
        row = next((r for r in rows if self.screen_model.first_open(r)), len(rows))
        self._go(row)

    def _go(self, row: int) -> None:
        """The first open question of a row; the name in the last one."""
        model = self.screen_model
        column = (model.first_open(row) or 1) if row < len(model.ids) else NAME
        self.setCurrentIndex(model.index(row, column))
        self.scrollTo(self.currentIndex())

    def _enter_new(self, _parent: QModelIndex, first: int, _last: int) -> None:
        """After the name of a new workflow come its replies."""
        if self.currentIndex().row() == first + 1 and self.currentIndex().column() == NAME:
            self._go(first)

    def _next(self) -> None:
        """On to the next question without a reply in the row; a full row leads to the next."""
        model, here = self.screen_model, self.currentIndex()
        if here.column() < len(model.questions):
            self.setCurrentIndex(model.index(here.row(), here.column() + 1))
        elif (left := model.first_open(here.row())) is not None:
            self.setCurrentIndex(model.index(here.row(), left))
        else:
            self._go(here.row() + 1)

    # Keys and clicks.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() is QAbstractItemView.State.EditingState
        if editing or not self._command(event):
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> bool:
        index, text = self.currentIndex(), event.text().casefold()
        command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if event.key() in ENTER:
            last = len(self.screen_model.ids)
            if command or index.row() >= last:
                self._name_new()
            else:
                self._go(index.row() + 1)
        elif command or not index.isValid():
            return False
        elif self.screen_model.is_reply(index):
            return self._reply(event, index, text)
        else:
            return index.column() != NAME and bool(text.strip()) and text.isprintable()
        return True

    def _reply(self, event: QKeyEvent, index: QModelIndex, text: str) -> bool:
        model = self.screen_model
        if text and text in "ypn?":
            if model.answer(index, ScreenReply(text)):
                self._next()
        elif event.key() == KEY.Key_Space:
            model.cycle(index)
        elif event.key() == KEY.Key_Delete:
            model.answer(index, None)
        elif event.key() == KEY.Key_Backspace:
            self.setCurrentIndex(model.index(index.row(), max(1, index.column() - 1)))
        else:
            # Another letter must not search for a name.
            return bool(text.strip()) and text.isprintable()
        return True

    def _name_new(self) -> None:
        index = self.screen_model.index(len(self.screen_model.ids), NAME)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        """Tab out of a name leads to the first question of its row."""
        hints = QStyledItemDelegate.EndEditHint
        on = hint is hints.EditNextItem
        super().closeEditor(editor, hints.NoHint if on else hint)
        if on and self.row is not None and self.currentIndex().column() == NAME:
            self._go(self.row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._click(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.column() == NAME:
            self.edit(index)
        # On a reply the second release of a double click goes round once more by itself.

    def _click(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton
        if left and self._pressed == index and self.screen_model.is_reply(index):
            self.screen_model.cycle(index)
            self.moved.emit()

    # How wide and tall.

    def _measure(self) -> None:
        model, metrics = self.screen_model, QFontMetrics(self.font())
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 14)
        if not model.questions:
            return
        words = max(metrics.horizontalAdvance(model.short(q)) for q in model.questions)
        each, lane = words + 22, max(map(metrics.horizontalAdvance, model.lane_words())) + 34
        count, letter = len(model.questions), metrics.averageCharWidth()
        room = self.viewport().width() - count * each - lane
        name = max(NAME_SIGNS[0] * letter, min(NAME_SIGNS[1] * letter, room))
        # What a name does not need goes to the replies, so that they are easy to hit.
        each += min(each, max(0, room - name) // count)
        for column in range(1, count + 1):
            self.setColumnWidth(column, each)
        self.setColumnWidth(NAME, name)
        self.setColumnWidth(count + 1, max(lane, self.viewport().width() - name - count * each))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(
            self, "screen_model"
        ):
            self._measure()

    def sizeHint(self) -> QSize:
        return QSize(900, 10 * (self.fontMetrics().height() + 14))
