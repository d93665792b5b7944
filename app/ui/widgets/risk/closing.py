"""The gaps to tick, and the worker that finds what closing them would change."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QVBoxLayout,
)

from app.domain.replies import Case, case
from app.domain.risk.closing import effect_of_closing
from app.domain.risk.coverage import coverage, withheld
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine, controls
from app.ui.models.gap.groups import GapGroupModel, gap_groups
from app.ui.page import Bench, button, label
from app.ui.widgets.risk.answer import Answer


class ClosingCard(QFrame):
    """The list of gaps; `answered` brings what the ticked ones would change, or nothing."""

    answered = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk = bench.desk
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        top = QHBoxLayout()
        top.addWidget(label(self.tr("If these gaps were closed"), "heading"), 1)
        self.clear = button(self.tr("Untick all"), "flat")
        self.clear.hide()
        top.addWidget(self.clear)
        self.model = GapGroupModel(bench, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("Gaps to tick, those that matter most first"))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setSpacing(2)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(self.fontMetrics().height() * 8)
        self.empty = label(
            self.tr("No gaps. Either the answers are very good or nobody dared."), "lead"
        )
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty)
        self.clear.clicked.connect(self.model.clear)
        self.model.ticked_changed.connect(self._ask)
        self._take_groups(())

    def show_audit(self) -> None:
        """Collect the gaps in a worker; the list stays as it is until then."""
        audit, today = self._desk.audit, self._desk.today()
        self._desk.jobs.run(
            "gap_groups", lambda: gap_groups(audit, today), self._take_groups, _raise
        )

    def _take_groups(self, groups: tuple) -> None:
        self.model.show_groups(groups)
        self.list.setVisible(bool(groups))
        self.empty.setVisible(not groups)
        self._ask()

    def _ask(self) -> None:
        """What the ticked gaps change is computed in a worker, for the workflows they touch."""
        ticked = self.model.ticked
        self.clear.setVisible(bool(ticked))
        if not ticked:
            self._desk.jobs.cancel("closing")
            self.answered.emit(({}, frozenset()))
            return
        audit, today, engine = self._desk.audit, self._desk.today(), self._desk.engine
        keys = {key for group in ticked for key in group.keys}
        touched = sorted({w for group in ticked for w in group.workflows})

        def work() -> Answer:
            cases = [case(audit, w, today) for w in touched]
            shifts = effect_of_closing(engine, Draws(engine), cases, keys)
            return shifts, frozenset(c.id for c in cases if _is_withheld(engine, c, today))

        self._desk.jobs.run("closing", work, self.answered.emit, _raise)


def _is_withheld(engine: Engine, found: Case, today: dt.date) -> bool:
    weight = coverage(found, controls(engine, found)).weight
    return withheld(found.workflow, weight, today) is not None


def _raise(error: Exception) -> None:
    raise error
