"""The plan itself: refused pins, the calendar with its totals, and the chosen action beside it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from app.domain.audit import Audit
from app.domain.edits import plan as edits
from app.domain.gaps import is_asked
from app.domain.ids import ActionKey
from app.domain.plan.results import PinRefusal, Plan
from app.domain.planning import plan_month
from app.ui.models.roadmap import RoadmapModel, annotate
from app.ui.models.targets import target_name
from app.ui.page import Bench, button, label
from app.ui.widgets.roadmap.action import ActionCard
from app.ui.widgets.roadmap.chart import RoadmapTable
from app.ui.widgets.roadmap.lists import exclude
from app.ui.widgets.roadmap.totals import MonthTotals

MOST_REFUSALS = 3
SIDE, LEAST = 15, 25
"""Width of the chosen action and least height of the calendar in heights of a line."""


class RefusalStrip(QFrame):
    """Pins the plan could not keep, each with its reason."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._keys: tuple[ActionKey, ...] = ()
        self.setProperty("role", "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        self.text = label("")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.away = button(self.tr("Take these pins away"))
        row.addWidget(self.text, 1)
        row.addWidget(self.away)
        self.away.clicked.connect(self._unpin)
        self.hide()

    def show_plan(self, plan: Plan | None) -> None:
        pins = self._bench.desk.audit.plan.pins
        found = {k: why for k, why in (plan.refused if plan else {}).items() if k in pins}
        self._keys = tuple(found)
        said = [self._sentence(key, why, pins[key]) for key, why in found.items()]
        if len(said) > MOST_REFUSALS:
            more = self.tr("{0} more pins are refused.").format(len(said) - MOST_REFUSALS)
            said = [*said[:MOST_REFUSALS], more]
        self.text.setText("\n".join(said))
        self.away.setEnabled(self._bench.desk.read_only is None)
        self.setVisible(bool(said))

    def _sentence(self, key: ActionKey, why: PinRefusal, month: int) -> str:
        audit, words = self._bench.desk.audit, self._bench.words
        action, _, target = key.partition("/")
        title = next((a.title for a in audit.bank.actions if a.id == action), action)
        day = plan_month(audit.plan, self._bench.desk.today(), month)
        return self.tr("“{0}” for {1} is not pinned to {2}: {3}.").format(
            title, target_name(audit, target, words), words.month(day), words.of(why, "refusal")
        )

    def _unpin(self) -> None:
        keys = self._keys

        def edit(audit: Audit) -> Audit:
            for key in keys:
                audit = edits.unpin(audit, key)
            return audit

        self._bench.desk.apply(self.tr("Take refused pins away"), edit)


class PlanPane(QWidget):
    chosen = Signal(str)
    """A key that is not among the rows shown: it comes later."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._desk = bench, bench.desk
        self.model = RoadmapModel(bench, self)
        self.table = RoadmapTable(self.model, bench, self.tr("Roadmap by phase"))
        self.totals = MonthTotals(self.table, bench)
        self.card, self.refusals = ActionCard(bench), RefusalStrip(bench)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Filter"))
        self.search.setAccessibleName(self.tr("Filter actions"))
        self.search.setClearButtonEnabled(True)
        self.empty = label("", "lead")
        self._lay_out()
        self._widen()
        self.search.textChanged.connect(lambda: self.show_plan(self.model.plan))
        self.table.chosen.connect(self._choose)
        self.table.moved.connect(self.pin)
        self.table.commanded.connect(self.run)
        self.card.commanded.connect(self.run)
        self.card.chosen.connect(self.show_action)

    def _lay_out(self) -> None:
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        box = QFrame()
        box.setProperty("role", "card")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(1, 1, 1, 4)
        inside.setSpacing(0)
        for widget, stretch in ((self.empty, 0), (self.table, 1), (self.totals, 0)):
            inside.addWidget(widget, stretch)
        self.empty.setContentsMargins(16, 14, 16, 14)
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.search)
        right.addWidget(self.card, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(8)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(box)
        split.addWidget(side)
        split.setStretchFactor(0, 78)
        split.setStretchFactor(1, 22)
        self._side, self._split = side, split
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.refusals)
        column.addWidget(split, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._widen()

    def _widen(self) -> None:
        """The chosen action is never narrower than its fields, the calendar never a row or two."""
        tall = self.fontMetrics().height()
        self._side.setMinimumWidth(SIDE * tall)
        self._split.setMinimumHeight(LEAST * tall)

    def show_plan(self, plan: Plan | None) -> None:
        self.model.show_plan(plan, self.search.text())
        self.refusals.show_plan(plan)
        self.totals.show_plan()
        shown = plan is not None and bool(plan.actions)
        self.table.setVisible(shown)
        self.totals.setVisible(shown)
        self.empty.setVisible(not shown)
        self.empty.setText(self._why_empty(plan))
        self._choose()

    def _why_empty(self, plan: Plan | None) -> str:
        words = self._bench.words
        if plan is None:
            waits = not self._desk.figures_are_current
            return self.tr("The plan is being worked out…") if waits else words("plan.no_workflow")
        return words("list.empty.actions" if is_asked(self._desk.audit) else "list.not_asked")

    def show_action(self, key: str) -> None:
        if self.model.place_of(key) is None and self.search.text():
            self.search.clear()
        if self.model.place_of(key) is None:
            self.chosen.emit(key)
        else:
            self.table.show_row(key)
            self.table.setFocus()

    def _choose(self) -> None:
        row = self.table.current_row
        if row is None and (first := next((r for r in self.model.rows if r.action), None)):
            self.table.show_row(first.key)
            return
        action = row.action if row else None
        self.table.show_relations(action)
        self.card.show_action(action, self.model.plan)

    # What a person does with the selected actions.

    def run(self, command: str) -> None:
        actions = self.table.actions
        if not actions:
            return
        keys, title = [a.key for a in actions], actions[0].title
        if command == "unpin":
            self._unpin(keys, title)
        elif command == "exclude":
            exclude(self._bench, keys, self.tr("Leave out {0}").format(title))
        elif command == "done":
            notes = self._desk.audit.action_notes
            done = not all(key in notes and notes[key].done for key in keys)
            text = self.tr("Done: {0}") if done else self.tr("Not done: {0}")
            annotate(self._bench, keys, text.format(title), {"done": done})

    def _unpin(self, keys: list[ActionKey], title: str) -> None:
        pinned = [key for key in keys if key in self._desk.audit.plan.pins]

        def edit(audit: Audit) -> Audit:
            for key in pinned:
                audit = edits.unpin(audit, key)
            return audit

        if pinned:
            self._desk.apply(self.tr("Unpin {0}").format(title), edit)

    def pin(self, moves: tuple[tuple[ActionKey, int], ...], title: str = "") -> None:
        """At the edges of the plan there is nowhere to go."""
        months = self._desk.audit.plan.months
        inside = [(key, month) for key, month in moves if 1 <= month <= months]
        if not inside:
            if moves:
                self._bench.tell(self.tr("The plan ends here; nothing was moved."))
            return

        def edit(audit: Audit) -> Audit:
            for key, month in inside:
                audit = edits.pin(audit, key, month)
            return audit

        row = self.table.current_row
        title = title or (row.action.title if row and row.action else inside[0][0])
        self._desk.apply(self.tr("Pin {0}").format(title), edit)
