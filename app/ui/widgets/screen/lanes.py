"""Four lanes beside each other; one key leads to the audit, to paused or to stopped."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.bank import Lane
from app.domain.ids import WorkflowId
from app.ui.models.lanes import DETAIL_ROLE, EXPOSED_ROLE, OUTCOME_ROLE, LaneModel
from app.ui.page import Bench, label
from app.ui.style import Look
from app.ui.widgets.screen.table import LANE_TONES
from app.ui.widgets.tint import paint_tinted

KEY = Qt.Key
ENTER = (KEY.Key_Return, KEY.Key_Enter)


class LaneDelegate(QStyledItemDelegate):
    """A name over a quiet line; what was decided stands beside it in a word."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(80, int(QFontMetricsF(option.font).height() * 2.1) + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        look, area = self._look, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(option.rect, look.color("accent_soft" if chosen else "paper"))
        painter.setPen(QPen(look.color("line"), 0.6))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inside = area.adjusted(10, 4, -8, -4)
        outcome, taken = index.data(OUTCOME_ROLE), 0.0
        if outcome:
            ink, ground = look.color("second"), look.color("quiet_soft")
            top = QRectF(inside.left(), inside.top(), inside.width(), inside.height() / 2)
            box = paint_tinted(painter, top, outcome, ink, ground, trailing=True)
            taken = box.width() + 6
        self._lines(painter, option, inside, index, taken)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.restore()

    def _lines(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRectF,
        index: QModelIndex,
        taken: float,
    ) -> None:
        """`taken`: how much of the first line a decision needs."""
        look, flags = self._look, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        flags = QStyle.visualAlignment(option.direction, flags)
        first = QFont(option.font)
        first.setWeight(QFont.Weight.Medium)
        second = QFont(option.font)
        second.setPointSizeF(second.pointSizeF() * 0.9)
        half = area.height() / 2
        exposed = self.tr("exposed") if index.data(EXPOSED_ROLE) else ""
        detail = " · ".join(part for part in (exposed, index.data(DETAIL_ROLE)) if part)
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        upper = area.adjusted(taken if mirrored else 0, 0, 0 if mirrored else -taken, -half)
        for font, tone, text, line in (
            (first, "third" if taken else "ink", index.data(), upper),
            (second, "third", detail, area.adjusted(0, half, 0, 0)),
        ):
            painter.setFont(font)
            painter.setPen(look.color(tone))
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, int(flags), shown)


class LaneList(QListView):
    """A, U and S act on what is chosen; the arrows left and right change lanes."""

    commanded = Signal(str)
    sideways = Signal(int)

    def __init__(self, model: LaneModel, look: Look, name: str) -> None:
        super().__init__()
        self.lane_model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(LaneDelegate(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda _index: self.commanded.emit("audit"))

    @property
    def chosen(self) -> list[WorkflowId]:
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.lane_model.ids[row] for row in rows]

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        if not self.selectedIndexes() and self.lane_model.ids:
            choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.lane_model.index(0), choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = {"a": "audit", "u": "pause", "s": "stop"}.get(event.text().casefold())
        step = {KEY.Key_Left: -1, KEY.Key_Right: 1}.get(KEY(event.key()), 0)
        if event.key() in ENTER:
            self.commanded.emit("audit")
        elif command and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commanded.emit(command)
        elif step:
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self.sideways.emit(-step if mirrored else step)
        else:
            super().keyPressEvent(event)


class LaneColumn(QFrame):
    """One lane: its name, how many are in it, and the list."""

    def __init__(self, bench: Bench, lane: Lane) -> None:
        super().__init__()
        self.lane = lane
        self._look, self._words = bench.look, bench.words
        self.setProperty("role", "card")
        self.name = label(lane.title, "heading")
        self.name.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.name.setToolTip(lane.rule)
        self.count = label("", "figure", wrap=False)
        self.model = LaneModel(bench.desk, bench.words, self)
        self.list = LaneList(self.model, bench.look, lane.title)
        self.list.setStyleSheet("QListView { border: 0; border-radius: 0; }")
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 8, 1, 4)
        column.setSpacing(5)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        # Lanes are alike, however long their names are.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._colour()
        self._look.changed.connect(self._colour)

    def _colour(self) -> None:
        ink = self._look.color(LANE_TONES.get(self.lane.id, ("ink",))[0]).name()
        self.name.setStyleSheet(f"color: {ink};")
        self.count.setStyleSheet(f"color: {ink};")

    def show_ids(self, ids: list[WorkflowId]) -> None:
        self.model.show_ids(ids)
        self.count.setText(str(len(ids)))
        self.list.setAccessibleDescription(self._words.count("workflow", len(ids)))


class Lanes(QWidget):
    """All lanes in the bank's order; commands act on what was chosen last."""

    def __init__(self, bench: Bench, act: Callable[[str, list[WorkflowId]], None]) -> None:
        super().__init__()
        self._bench, self._act = bench, act
        self.columns: list[LaneColumn] = []
        self._last: LaneColumn | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)

    def show_lanes(self, lanes: tuple[Lane, ...]) -> None:
        """Another bank has other lanes."""
        if [c.lane for c in self.columns] == list(lanes):
            return
        for column in self.columns:
            self._row.removeWidget(column)
            column.deleteLater()
        self.columns = [LaneColumn(self._bench, lane) for lane in lanes]
        self._last = None
        for column in self.columns:
            self._row.addWidget(column, 1)
            column.list.commanded.connect(lambda command, c=column: self.command(command, c))
            column.list.sideways.connect(lambda step, c=column: self._go(c, step))
            column.list.selectionModel().selectionChanged.connect(
                lambda *_args, c=column: self._choose(c)
            )
        self._level_names()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._level_names()

    def _level_names(self) -> None:
        """All lists begin at one height, also where the name of one lane takes two lines."""
        self._row.activate()
        names = [column.name for column in self.columns]
        tall = max((name.heightForWidth(name.width()) for name in names), default=0)
        for name in names:
            name.setMinimumHeight(tall)

    def _choose(self, column: LaneColumn) -> None:
        if not column.list.chosen:
            return
        self._last = column
        for other in self.columns:
            if other is not column:
                other.list.clearSelection()

    def _go(self, column: LaneColumn, step: int) -> None:
        """The next lane to that side with something in it."""
        places = range(
            self.columns.index(column) + step, len(self.columns) if step > 0 else -1, step
        )
        for other in (self.columns[n] for n in places):
            if other.model.ids:
                other.list.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def command(self, command: str, column: LaneColumn | None = None) -> None:
        found = column or self._last
        if found and found.list.chosen:
            self._act(command, found.list.chosen)
