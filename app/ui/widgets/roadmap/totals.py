"""Under the calendar: gates by name, days of every month, and days so far of what there is."""

from itertools import accumulate

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.plan.results import Plan
from app.ui.models.roadmap import MONTHS
from app.ui.models.targets import days
from app.ui.page import Bench
from app.ui.widgets.roadmap.chart import MIDDLE, RoadmapTable, month_box, month_step
from app.ui.widgets.state_chip import SMALLER

PAD = 8
LEAST_FREED = 0.05
"""Days a month below which nothing is said of them."""


class MonthTotals(QWidget):
    """Painted in line with the table's calendar."""

    def __init__(self, table: RoadmapTable, bench: Bench) -> None:
        super().__init__()
        self._table, self._bench = table, bench
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Gates and days of every month"))
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        bench.look.changed.connect(self.updateGeometry)

    def show_plan(self) -> None:
        self.setAccessibleDescription(self._told())
        self.setToolTip(self._told())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, (2 + self._gate_rows()) * self._line() + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _line(self) -> int:
        return self.fontMetrics().height() + 4

    def _is_mirrored(self) -> bool:
        """The calendar stands on the left where one reads from the right."""
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _plan(self) -> Plan | None:
        return self._table.records.plan

    def _gates(self) -> list[tuple[int, str]]:
        """Month and name, in the order of the months."""
        plan = self._plan()
        words = self._bench.words
        found = [
            (g.gate_month, f"G{g.phase} {words(f'phase.{g.phase}')}")
            for g in (plan.phases if plan else ())
            if g.gate_month
        ]
        return sorted(found)

    def _gate_rows(self) -> int:
        return max(1, len(self._gates()))

    def monthly(self) -> list[float]:
        """Days finished in each month; what is done costs nothing any more."""
        plan = self._plan()
        used = [0.0] * (plan.months if plan else 0)
        for action in plan.actions if plan else ():
            if action.month and not action.done:
                used[action.month - 1] += action.effort
        return used

    def _told(self) -> str:
        words, plan = self._bench.words, self._plan()
        if plan is None:
            return ""
        gates = [f"{name}: {words.count('month', month)}" for month, name in self._gates()]
        used = [
            self.tr("month {0}: {1} days, {2} of {3} so far").format(
                n, days(a, words), days(b, words), days(plan.capacity * n, words)
            )
            for n, (a, b) in enumerate(zip(self.monthly(), self._so_far(), strict=True), 1)
        ]
        return "; ".join([*gates, *used])

    def _so_far(self) -> list[float]:
        return list(accumulate(self.monthly()))

    def _capacity(self, plan: Plan) -> str:
        """What there is a month, and what of it comes from work that rests."""
        words, own = self._bench.words, self._bench.desk.audit.plan.capacity
        freed = plan.capacity - own
        if freed < LEAST_FREED:
            return self.tr("So far, of {0} a month").format(days(own, words))
        text = self.tr("So far, of {0} + {1} from paused work")
        return text.format(days(own, words), days(freed, words))

    def paintEvent(self, _event: QPaintEvent) -> None:
        plan = self._plan()
        if plan is None:
            return
        painter = QPainter(self)
        left = self._table.columnViewportPosition(MONTHS) + self._table.frameWidth()
        area = QRectF(left, 0, self._table.columnWidth(MONTHS), self._line())
        self._paint_gates(painter, area, plan.months)
        words = self._bench.words
        top = self._gate_rows() * self._line() + 2
        painter.setPen(self._bench.look.color("line"))
        painter.drawLine(0, top - 1, self.width(), top - 1)
        rows = (
            (self.tr("Days finished in the month"), [days(x, words) for x in self.monthly()]),
            (
                self._capacity(plan),
                [
                    f"{days(used, words)}/{days(plan.capacity * n, words)}"
                    for n, used in enumerate(self._so_far(), 1)
                ],
            ),
        )
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * SMALLER)
        painter.setFont(font)
        for number, (title, texts) in enumerate(rows):
            place = area.translated(0, top + number * self._line())
            self._paint_row(painter, place, title, texts, plan.months)

    def _paint_gates(self, painter: QPainter, area: QRectF, months: int) -> None:
        """Each name on a line of its own, on the side of its mark that has room."""
        painter.setPen(self._bench.look.color("alarm"))
        for number, (month, name) in enumerate(self._gates()):
            x = month_box(area, month, months).right()
            wide = painter.fontMetrics().horizontalAdvance(name) + 6
            before = x + wide > (self.width() if self._is_mirrored() else area.right())
            start = min(max(0.0, x - wide - 2 if before else x + 3), self.width() - wide)
            side = Qt.AlignmentFlag.AlignRight if before else Qt.AlignmentFlag.AlignLeft
            spot = QRectF(start, number * self._line(), wide, self._line())
            painter.drawText(spot, side | MIDDLE, name)
            painter.drawLine(int(x) - 1, 0, int(x) - 1, int(spot.bottom()) - 2)
        if not self._gates():
            text = self.tr("No gate inside these months")
            painter.setPen(self._bench.look.color("third"))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_row(
        self, painter: QPainter, area: QRectF, title: str, texts: list[str], months: int
    ) -> None:
        painter.setPen(self._bench.look.color("second"))
        name = QRectF(PAD, area.y(), area.x() - 2 * PAD, area.height())
        if self._is_mirrored():
            name.setRect(area.right() + PAD, area.y(), self.width() - area.right(), area.height())
            name.setRight(self.width() - PAD)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, title)
        widest = max(painter.fontMetrics().horizontalAdvance(text) for text in texts) + 6
        for month in self.shown_months(painter.fontMetrics(), area, texts):
            cell = month_box(area, month, months)
            left = min(cell.left() + 3, area.right() - widest)
            spot = QRectF(left, cell.y(), widest, cell.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignLeft | MIDDLE, texts[month - 1])

    def shown_months(self, metrics: QFontMetrics, area: QRectF, texts: list[str]) -> range:
        """Months whose figures have room: each stands under the name of its month."""
        named = month_step(metrics, area, len(texts))
        widest = max(map(metrics.horizontalAdvance, texts)) + 6
        needed = -(-widest // max(1, int(area.width() / max(1, len(texts)))))
        return range(1, len(texts) + 1, named * max(1, -(-needed // named)))
