"""Risk: states and money first, then the count, then each workflow against a typical deployment."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.changes import Change
from app.domain.ids import QuestionId
from app.domain.risk.results import Estimate
from app.ui.models.comparison import ComparisonModel
from app.ui.page import Bench, Completeness, Page, Place, card, head, label, scrolled, translate
from app.ui.widgets.folding_row import FoldingRow
from app.ui.widgets.risk.answer import ClosingAnswer
from app.ui.widgets.risk.belief import BeliefCard
from app.ui.widgets.risk.causes import CausesCard
from app.ui.widgets.risk.closing import ClosingCard
from app.ui.widgets.risk.detail import WorkflowDetail
from app.ui.widgets.risk.statements import Statements
from app.ui.widgets.risk.states import RatesCard, StatesCard
from app.ui.widgets.risk.table import ComparisonTable

SETTLE = 300
"""Milliseconds without an edit before the gaps are collected anew."""
TOP_LINES, BOTTOM_LINES = 60.0, 66.0
"""Widths, in lines of text, from which boxes stand side by side."""


class RiskPage(Page):
    key = "risk"
    group = "decide"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.states = StatesCard(bench, self.tr("States"))
        self.rates = RatesCard(bench, self.tr("How many are likely to miss their target?"))
        self.closing, self.answer = ClosingCard(bench), ClosingAnswer(bench)
        self.model = ComparisonModel(bench, self)
        self.table = ComparisonTable(self.model, bench.look, self.tr("Workflows against typical"))
        self.detail, self.causes = WorkflowDetail(bench), CausesCard(bench)
        self.belief, self.statements = BeliefCard(bench), Statements(bench)
        self.updating = label(self.tr("Updating…"), "quiet", wrap=False)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self._collect)
        self._lay_out()
        self.closing.answered.connect(self.answer.show_answer)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._walk)
        self.detail.opened.connect(self._explain)
        self.detail.recorded.connect(
            lambda: bench.go(Place("workflows", workflow=self.detail.workflow))
        )
        self.statements.opened.connect(bench.go)

    @staticmethod
    def title() -> str:
        return translate("Risk")

    def _lay_out(self) -> None:
        row, _, _ = head(
            self.tr("Failure risk"),
            self.tr(
                "States come from conditions met and shown. The estimate comes from a structured "
                "starting point that your answers move; the order of workflows does not depend on "
                "the starting rate."
            ),
        )
        row.addWidget(self.updating, 0, Qt.AlignmentFlag.AlignTop)
        top, bottom = FoldingRow(TOP_LINES), FoldingRow(BOTTOM_LINES)
        for widget, stretch in ((self.states, 27), (self.rates, 40), (self.closing, 33)):
            top.add(widget, stretch)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._table_card())
        column.addWidget(self.causes)
        column.addWidget(self.belief)
        column.addStretch(1)
        bottom.add(left, 60)
        bottom.add(self.detail, 40)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(12)
        self._column.addLayout(row)
        for widget in (top, self.answer, bottom, self.statements):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = scrolled(inside, self.title())
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.addWidget(area)

    def _table_card(self) -> QWidget:
        frame, column = card()
        frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Compared with a typical deployment"), "heading"), 1)
        column.addLayout(row)
        column.addWidget(label(
            self.tr(
                "Dot: estimate. Bar: 90% range given your answers. Dotted: typical (1.0). "
                "Ranges overlap, so the order is by state, exposure and benefit."
            ),
            "quiet",
        ))  # fmt: skip
        column.addWidget(self.table)
        self.empty = label(self.tr("No active workflow yet."), "lead")
        column.addWidget(self.empty)
        return frame

    # Following the audit.

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        if self.desk.is_open:
            self.desk.want_plan()
            self.follow_figures()

    def audit_opened(self) -> None:
        self.statements.forget()
        super().audit_opened()

    def show_audit(self) -> None:
        self.follow_figures()
        self._collect()

    def follow(self, changes: Sequence[Change]) -> None:
        if changes:
            self._show_behind()
            self.model.repaint_rows()
            self._choose()
            self._settle.start()

    def follow_figures(self) -> None:
        audit, found = self.desk.audit, self.desk.portfolio
        self._show_behind()
        self.states.show_figures(audit, found)
        self.rates.show_figures(audit, found, self.desk.rates)
        self.model.show_figures(found)
        self.belief.show_figures(audit, found)
        self.table.setVisible(bool(self.model.rows))
        self.empty.setVisible(not self.model.rows and self.desk.figures_are_current)
        if self.model.rows and self.table.current_row is None:
            self.table.show_row(self.model.rows[0].id)
        self._choose()

    def _show_behind(self) -> None:
        self.updating.setVisible(not self.desk.figures_are_current)

    def _collect(self) -> None:
        if self.desk.is_open:
            self.closing.show_audit()
            self.statements.show_audit()

    # What a person does.

    def _choose(self) -> None:
        found = self.table.current_row
        self.detail.show_workflow(found.id if isinstance(found, Estimate) else None)
        self.causes.show_workflow(self.detail.workflow)

    def _walk(self, found: Estimate) -> None:
        self.bench.go(Place("walk", workflow=found.id))

    def _explain(self, question: str) -> None:
        self.bench.go(Place("walk", workflow=self.detail.workflow, question=QuestionId(question)))

    def go_to(self, place: Place) -> None:
        if place.workflow:
            self.follow_figures()
            self.table.show_row(place.workflow)

    def completeness(self) -> Completeness:
        return Completeness()

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            ("Space", self.tr("Tick a gap and see what closing it changes")),
            ("Enter", self.tr("Open the answer behind a number")),
            ("Alt+T", self.tr("Show a chart as a table")),
        ]
