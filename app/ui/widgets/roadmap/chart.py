"""The roadmap as a table whose last column is a calendar: bars, gates, pins and what waits."""

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from app.charts.palette import INK, PAPER, PHASES
from app.domain.plan.results import PlannedAction
from app.domain.planning import plan_month
from app.ui.models.roadmap import (
    ACTION,
    DAYS,
    MONTHS,
    OWNER,
    ROW_ROLE,
    TARGET,
    RoadmapModel,
    RoadmapRow,
    marks,
)
from app.ui.page import Bench
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.column_widths import title_width
from app.ui.widgets.risk.table import PaintedDelegate
from app.ui.widgets.state_chip import SMALLER

PHASE_INKS = (PAPER, PAPER, INK, INK, INK)
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
"""Time runs to the right everywhere, and so do the words that stand in it."""
BAR = 0.62
"""Part of the row's height."""
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
DRAG = 6
MEASURED = 300
"""Rows whose words are measured; those below have two lines."""
WRAP = int(Qt.TextFlag.TextWordWrap)
NARROW = 42
"""Heights of a line below which the owner stands beside the table only."""


def month_box(area: QRect | QRectF, month: int, months: int) -> QRectF:
    """The calendar's cell of one month, 1 is the first; time runs to the right everywhere."""
    step = area.width() / max(1, months)
    return QRectF(area.x() + (month - 1) * step, area.y(), step, area.height())


def month_step(metrics: QFontMetrics, area: QRect | QRectF, months: int) -> int:
    """Every how many months one is named over the calendar, from the first on."""
    wide = metrics.horizontalAdvance("Mmm")
    return max(1, -(-wide // max(1, int(area.width() / max(1, months)))))


class MonthDelegate(PaintedDelegate):
    def __init__(self, bench: Bench, parent: "RoadmapTable") -> None:
        super().__init__(bench.look, parent)
        self._bench, self._table = bench, parent

    def paint_value(self, painter: QPainter, box: QRectF, index: QModelIndex) -> None:
        model, row = self._table.records, index.data(ROW_ROLE)
        if model.plan is None:
            return
        self._grid(painter, box, model)
        if row.action and row.action.month:
            self._action(painter, box, row.action, model.plan.months)

    def _grid(self, painter: QPainter, box: QRectF, model: RoadmapModel) -> None:
        months = model.plan.months
        painter.setPen(QPen(self.look.color("line"), 1))
        for month in range(1, months + 1):
            x = month_box(box, month, months).left()
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setPen(QPen(self.look.color("alarm"), 1, Qt.PenStyle.DashLine))
        for gate in model.plan.phases:
            if gate.gate_month:
                x = month_box(box, gate.gate_month, months).right() - 1
                painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))

    def _action(self, painter: QPainter, box: QRectF, action: PlannedAction, months: int) -> None:
        cell = month_box(box, action.month or 1, months).adjusted(2, 0, -2, 0)
        tall = min(box.height() * BAR, float(painter.fontMetrics().height()))
        bar = QRectF(cell.x(), box.center().y() - tall / 2, cell.width(), tall)
        wanted = self._table.wanted_month(action)
        faint = wanted != action.month
        done = action.done
        fill = QColor(PHASES[action.phase - 1])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.color("quiet_soft") if done else fill)
        painter.setOpacity(0.35 if faint else 1)
        painter.drawRoundedRect(bar, 3, 3)
        painter.setOpacity(1)
        relation = self._table.relation(action.key)
        if relation:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.color("ink"), 1.6))
            painter.drawRoundedRect(bar, 3, 3)
        if faint:
            bar = self._ghost(painter, box, wanted, months, tall)
        self._words(painter, box, bar, [*relation, *marks(action, self._bench.desk.audit)])

    def _ghost(
        self, painter: QPainter, box: QRectF, month: int, months: int, tall: float
    ) -> QRectF:
        """Where a person wants it; the plan has not followed yet."""
        cell = month_box(box, month, months).adjusted(2, 0, -2, 0)
        bar = QRectF(cell.x(), box.center().y() - tall / 2, cell.width(), tall)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.color("accent"), 1.6, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(bar, 3, 3)
        return bar

    def _words(self, painter: QPainter, box: QRectF, bar: QRectF, said: list[str]) -> None:
        """Beside the bar, on the side that has more room."""
        if not said:
            return
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * SMALLER)
        painter.setFont(font)
        painter.setPen(self.look.color("second"))
        right = QRectF(bar.right() + 6, box.y(), box.right() - bar.right() - 8, box.height())
        left = QRectF(box.x() + 2, box.y(), bar.left() - box.x() - 8, box.height())
        room = right if right.width() >= left.width() else left
        side = Qt.AlignmentFlag.AlignLeft if room is right else Qt.AlignmentFlag.AlignRight
        text = painter.fontMetrics().elidedText(
            " · ".join(said), Qt.TextElideMode.ElideRight, max(0, int(room.width()))
        )
        painter.drawText(room, side | MIDDLE, text)


class MonthHeader(QHeaderView):
    """Column titles; over the calendar the months, the first and every January with its year."""

    def __init__(self, bench: Bench, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._bench = bench
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        assert isinstance(model, RoadmapModel)
        painter.save()
        if section != MONTHS or model.plan is None:
            super().paintSection(painter, rect, section)
            painter.restore()
            return
        look, months = self._bench.look, model.plan.months
        painter.fillRect(rect, look.color("paper"))
        painter.setPen(look.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * SMALLER)
        painter.setFont(font)
        painter.setPen(look.color("third"))
        step, every = rect.width() / max(1, months), month_step(painter.fontMetrics(), rect, months)
        for month in range(1, months + 1, every):
            spot = month_box(rect, month, months).adjusted(3, 0, step * (every - 1), 0)
            painter.drawText(spot, MIDDLE, self._name(month, spot, painter))
        painter.restore()

    def _name(self, month: int, spot: QRectF, painter: QPainter) -> str:
        desk, words = self._bench.desk, self._bench.words
        day = plan_month(desk.audit.plan, desk.today(), month)
        name = words(f"month_short.{day.month}")
        if month == 1 or day.month == 1:
            wide = painter.fontMetrics().horizontalAdvance
            years = (f"{name} {day.year}", f"{name} ’{day.year % 100:02}")
            return next((text for text in years if wide(text) + 4 <= spot.width()), name)
        return name


class RoadmapTable(RowsTable):
    """Alt+Left and Alt+Right, or a drag, pin to another month; letters do the rest."""

    moved = Signal(object)
    """tuple[(key, month), ...] that a person wants."""
    commanded = Signal(str)
    """unpin, exclude or done, for the selected actions."""

    def __init__(self, model: RoadmapModel, bench: Bench, name: str) -> None:
        super().__init__(model, name)
        self.records, self._bench = model, bench
        self._drag: tuple[PlannedAction, int, int] | None = None
        self._near: dict[str, list[str]] = {}
        self.setSortingEnabled(False)
        self.setHorizontalHeader(MonthHeader(bench, self))
        # A header clears the selection on a reset; bringing it back has to come after that.
        model.modelReset.disconnect(self._recall)
        model.modelReset.connect(self._recall)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(MONTHS, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(48)
        self.setItemDelegateForColumn(MONTHS, MonthDelegate(bench, self))
        bench.look.changed.connect(self.scale_rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        model.modelReset.connect(self._span)
        model.modelReset.connect(self.scale_rows)
        self.scale_rows()

    def scale_rows(self) -> None:
        """Words share the width with the calendar and take as many lines as they need."""
        em, wide = self.fontMetrics().height(), self.viewport().width()
        narrow = wide < NARROW * em
        self.setColumnHidden(OWNER, narrow)
        title, target = (0.42, 0.21) if narrow else (0.33, 0.16)
        for column, most, share in ((ACTION, 27, title), (TARGET, 14, target), (OWNER, 12, 0.13)):
            self.setColumnWidth(column, min(int(em * most), int(wide * share)))
        self.setColumnWidth(DAYS, max(int(em * 3), title_width(self.font(), self._days_title())))
        self.verticalHeader().setDefaultSectionSize(2 * em + 11)
        if not self.table.is_live:
            return
        for number, row in enumerate(self.table.rows[:MEASURED]):
            self.setRowHeight(number, (self._lines(row) if row.action else 1) * em + 11)

    def _days_title(self) -> str:
        return self.table.columns[DAYS].title

    def _lines(self, row: RoadmapRow) -> int:
        """Lines of the longest words of a row, three at most."""
        metrics, shown = self.fontMetrics(), (ACTION, TARGET, OWNER)
        heights = (
            metrics.boundingRect(
                0, 0, self.columnWidth(c) - 14, 999, WRAP, self.table.columns[c].text(row)
            ).height()
            for c in shown
            if not self.isColumnHidden(c)
        )
        return max(1, min(3, round(max(heights) / metrics.height())))

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        self.scale_rows()

    def _span(self) -> None:
        self.clearSpans()
        for number, row in enumerate(self.table.rows):
            if row.action is None:
                self.setSpan(number, ACTION, 1, MONTHS)

    # What a person wants.

    @property
    def actions(self) -> list[PlannedAction]:
        return [row.action for row in self.selected_rows if row.action]

    def show_relations(self, action: PlannedAction | None) -> None:
        """Mark what the chosen action needs and what waits for it."""
        self._near = {}
        if action:
            self._near |= {key: [self.tr("needed first")] for key in action.needs}
            self._near |= {key: [self.tr("waits for it")] for key in action.unlocks}
        self.viewport().update()

    def relation(self, key: str) -> list[str]:
        return self._near.get(key, [])

    def wanted_month(self, action: PlannedAction) -> int:
        """While dragging where the mouse is, else where it is pinned, else where the plan has it.

        A pin that was refused stands where the plan put the action.
        """
        if self._drag and self._drag[0].key == action.key:
            return self._drag[2]
        plan = self.records.plan
        if plan and self._bench.desk.figures_are_current and action.key in plan.refused:
            return action.month or 1
        return self._bench.desk.audit.plan.pins.get(action.key, action.month or 1)

    def event(self, event: QEvent) -> bool:
        """Here Alt and an arrow move an action, so the window may not take them for *Back*."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() == ALT
            and event.key() in (KEY.Key_Left, KEY.Key_Right)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is not QAbstractItemView.State.EditingState and self._command(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> bool:
        if event.modifiers() == ALT and event.key() in (KEY.Key_Left, KEY.Key_Right):
            step = 1 if event.key() == KEY.Key_Right else -1
            self.moved.emit(tuple((a.key, self.wanted_month(a) + step) for a in self.actions))
            return True
        names = {KEY.Key_U: "unpin", KEY.Key_X: "exclude", KEY.Key_D: "done"}
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() in names:
            self.commanded.emit(names[KEY(event.key())])
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW_ROLE) if index.column() == MONTHS else None
        if row and row.action and row.action.month and not self._bench.desk.read_only:
            self._drag = row.action, int(event.position().x()), self.wanted_month(row.action)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            super().mouseMoveEvent(event)
            return
        action, start, _ = self._drag
        if abs(event.position().x() - start) >= DRAG:
            self._drag = action, start, self._month_at(int(event.position().x()))
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        self.viewport().unsetCursor()
        if drag and drag[2] != self.wanted_month(drag[0]):
            self.moved.emit(((drag[0].key, drag[2]),))
        self.viewport().update()
        super().mouseReleaseEvent(event)

    def _month_at(self, x: int) -> int:
        plan = self.records.plan
        months = plan.months if plan else 1
        left, wide = self.columnViewportPosition(MONTHS), self.columnWidth(MONTHS)
        return min(months, max(1, int((x - left) * months / max(1, wide)) + 1))
