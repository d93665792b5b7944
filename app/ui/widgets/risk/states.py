"""States and money, and how many workflows are likely to miss their target."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.domain.answers import Screening
from app.domain.audit import Audit
from app.domain.ids import WorkflowId
from app.domain.lanes import ScreenLane, lane
from app.domain.risk.coverage import MIN_COVERAGE
from app.domain.risk.results import Portfolio, RateRow, StartingRates, StateCount
from app.ui.models.targets import answered, money
from app.ui.page import Bench, label
from app.ui.widgets.figure_grid import FigureGrid
from app.ui.widgets.state_chip import Chip


class RiskCard(QFrame):
    """A white box with a heading, a grid and a sentence."""

    def __init__(self, bench: Bench, heading: str) -> None:
        super().__init__()
        self.bench, self.words, self.desk = bench, bench.words, bench.desk
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 14)
        self.column.setSpacing(8)
        self.column.addWidget(label(heading, "heading"))
        self.grid = FigureGrid(bench.look)
        self.grid.setAccessibleName(heading)
        self.note = label("", "lead")
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self.grid)
        self.column.addWidget(self.note)
        self.column.addStretch(1)


class StatesCard(RiskCard):
    def show_figures(self, audit: Audit, found: Portfolio | None) -> None:
        self.grid.setVisible(found is not None)
        if found is None:
            self.note.setText("")
            return
        rows = [self._row(audit, state.value, count) for state, count in found.states.items()]
        stopping = stop_count(audit, (e.id for e in found.estimates))
        if stopping.workflows:
            rows.append(self._row(audit, "stop_or_pause", stopping))
        header = ("", self.words("label.workflows"), self.words("label.benefit"))
        self.grid.show_rows(header, rows)
        notes = []
        if stopping.workflows:
            notes.append(self.tr("Stop or pause? comes from the screening; counted above too."))
        if found.left_out:
            notes.append(
                self.tr("{0} paused, stopped, retired or out of scope: left out.").format(
                    self.words.figure(found.left_out)
                )
            )
        self.note.setText(" ".join(notes))
        self.note.setVisible(bool(notes))

    def _row(self, audit: Audit, state: str, count: StateCount) -> list[str | QWidget]:
        benefit = money(audit, count.benefit, self.words) if count.valued else "–"
        if 0 < count.valued < count.workflows:
            valued = self.words("label.valued", n=count.valued, of=count.workflows)
            benefit = f"{benefit}\n{valued}"
        chip = Chip(self.bench.look, state, self.words(f"state.{state}"))
        number = label(self.words.figure(count.workflows), "heading", wrap=False)
        return [chip, number, benefit]


def stop_count(audit: Audit, workflows: Iterable[WorkflowId]) -> StateCount:
    """Active workflows whose screening says stop or pause."""
    found = []
    for workflow in workflows:
        screening = audit.screening.get(workflow, Screening())
        record = audit.workflows.get(workflow)
        if record and screening.replies:
            where = lane(audit.bank, screening, live=record.is_live)
            if where is ScreenLane.STOP_OR_PAUSE:
                found.append(record.yearly_benefit)
    valued = [benefit for benefit in found if benefit is not None]
    return StateCount(len(found), sum(valued), len(valued))


class RatesCard(RiskCard):
    def show_figures(
        self, audit: Audit, found: Portfolio | None, rates: StartingRates | None
    ) -> None:
        known = found is not None and found.coverage.weight >= MIN_COVERAGE
        self.grid.setVisible(known and rates is not None)
        if found is None:
            self.note.setText(self.tr("No active workflow, so there is nothing to estimate."))
        elif not known:
            self.note.setText(
                self.tr(
                    "Too little is known for an estimate: {0}% answered. From half on it is shown."
                ).format(answered(found.coverage.weight))
            )
        elif rates is None:
            self.note.setText(self.tr("Being worked out…"))
        else:
            self._show(audit, rates)

    def _show(self, audit: Audit, rates: StartingRates) -> None:
        words = self.words
        header = [
            self.tr("If of ten such deployments usually miss their target"),
            *(self._title(audit, row) for row in rates.rows),
        ]
        today = self.tr("Expected today, of {0}").format(words.figure(rates.of))
        rows = [
            [today, *(words.figure(r.today) for r in rates.rows)],
            [self.tr("Range"), *(self._span(r.low, r.high) for r in rates.rows)],
            [self.tr("After the plan"), *(words.figure(r.after) for r in rates.rows)],
            [self.tr("Range"), *(self._span(r.after_low, r.after_high) for r in rates.rows)],
        ]  # fmt: skip
        self.grid.show_rows(header, rows, strong=(0, 2))
        self.note.setText(self._sentence(rates))

    def _title(self, audit: Audit, row: RateRow) -> str:
        tenths = row.rate * 10
        text = self.words.figure(tenths, 0 if abs(tenths - round(tenths)) < 0.05 else 1)
        if row.rate == audit.organisation.own_rate:
            return self.tr("{0}, your room").format(text)
        return text

    def _span(self, low: int, high: int) -> str:
        return self.words.span(self.words.figure(low), self.words.figure(high))

    def _sentence(self, rates: StartingRates) -> str:
        columns = self.words.number(len(rates.rows))
        if rates.same_order:
            said = [self.tr("Same order of workflows in all {0} columns.").format(columns)]
        else:
            said = [self.tr("The order of the workflows differs between the columns.")]
        same = [row.same_actions for row in rates.rows if row.same_actions is not None]
        if same and rates.actions:
            said.append(
                self.tr("{0} of {1} actions of the plan are the same.").format(
                    self.words.figure(min(same)), self.words.figure(rates.actions)
                )
            )
        return " ".join(said)
