"""What the plan buys: expected misses over time, options A to D, gates and milestones."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.charts.curve import CurvePoint, curve
from app.charts.scene import Scene
from app.domain.conditions import WorkflowState
from app.domain.plan.results import PhaseGate, Plan, PlanOption
from app.domain.planning import plan_month
from app.domain.risk.coverage import MIN_COVERAGE
from app.ui.models.targets import answered, days, listed, money, short_question, workflow_name
from app.ui.page import Bench, label
from app.ui.widgets.chart_panel import ChartPanel
from app.ui.widgets.figure_grid import FigureGrid
from app.ui.widgets.folding_row import FoldingRow

MOST_NAMES = 3
MOST_MILESTONES = 10
LINES = 62.0


class OutlookPane(QWidget):
    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._desk, self._words = bench, bench.desk, bench.words
        self.curve = ChartPanel(bench.look)
        self.curve_note, self.options_note = label("", "lead"), label("", "lead")
        self.options = FigureGrid(bench.look, {0: 2, 1: 4})
        self.gates = FigureGrid(bench.look, {0: 2, 1: 4, 3: 2})
        self.milestones = label("")
        self.milestones.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 10, 12)
        column.setSpacing(12)
        top, bottom = FoldingRow(LINES), FoldingRow(LINES)
        top.add(
            self._card(
                self.tr("Workflows expected to miss their target"), self.curve, self.curve_note
            ), 3,
        )  # fmt: skip
        top.add(self._card(self.tr("Milestones"), self.milestones), 2)
        bottom.add(self._card(self.tr("Options to compare"), self.options, self.options_note), 1)
        bottom.add(self._card(
            self.tr("Gates"), self.gates,
            label(self.tr(
                "A gate is the month in which the last planned action of its exit ends. Criteria "
                "are computed from the record, not typed."
            ), "quiet"),
        ), 1)  # fmt: skip
        column.addWidget(top)
        column.addWidget(bottom)
        column.addStretch(1)

    def _card(self, heading: str, *widgets: QWidget) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(label(heading, "heading"))
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        return frame

    def show_plan(self, plan: Plan | None, options: Sequence[PlanOption]) -> None:
        self._show_curve(plan)
        self._show_options(options)
        self._show_gates(plan)
        self.milestones.setText("\n".join(self._milestones(plan)))

    def _month(self, month: int) -> str:
        return self._words.month(plan_month(self._desk.audit.plan, self._desk.today(), month))

    def _is_known(self) -> bool:
        whole = self._desk.portfolio
        return whole is not None and whole.coverage.weight >= MIN_COVERAGE

    def _show_curve(self, plan: Plan | None) -> None:
        shown = plan is not None and bool(plan.curve) and self._is_known()
        self.curve.setVisible(shown)
        whole = self._desk.portfolio
        if plan is None or whole is None:
            self.curve_note.setText(self.tr("Being worked out…"))
        elif not shown:
            self.curve_note.setText(
                self.tr("Too little is known for an estimate: {0}% answered.").format(
                    answered(whole.coverage.weight)
                )
            )
        else:
            self.curve.show_chart(lambda space: self._scene(plan, len(whole.estimates), space))
            self.curve_note.setText(self._rates())

    def _scene(self, plan: Plan, of: int, space: float) -> Scene:
        points = [
            CurvePoint(self._short(p.month), p.misses, p.range.low, p.range.high)
            for p in plan.curve
        ]
        return curve(points, of, self._words, space)

    def _short(self, month: int) -> str:
        if month == 0:
            return self._words("label.today")
        day = plan_month(self._desk.audit.plan, self._desk.today(), month)
        name = self._words(f"month_short.{day.month}")
        return f"{name} {day.year}" if month == 1 or day.month == 1 else name

    def _rates(self) -> str:
        """The same plan under the other starting rates."""
        rates, words = self._desk.rates, self._words
        base = self._desk.audit.reference.base_rate
        shown = self.tr("Starting rate {0} of 10.").format(words.figure(base * 10))
        others = [
            self.tr("With {0} of 10: {1} today, {2} after.").format(
                words.figure(row.rate * 10), words.figure(row.today), words.figure(row.after)
            )
            for row in (rates.rows if rates else ())
            if row.rate != base
        ]
        return " ".join([shown, *others])

    def _show_options(self, options: Sequence[PlanOption]) -> None:
        words, known = self._words, self._is_known()
        header = ["", self.tr("What it leaves"), self.tr("Days"), self.tr("Cost")]
        if known:
            header.append(self.tr("Expected misses"))
        self.options.show_rows(header, [self._option(o, known=known) for o in options])
        alike = [words(f"option.{o.kind.value}") for o in options[1:] if not o.differs]
        self.options_note.setText(
            self.tr("No different from the option before within the range: {0}.").format(
                words.listing(alike)
            )
            if alike and known
            else ""
        )
        self.options_note.setVisible(bool(self.options_note.text()))

    def _option(self, option: PlanOption, *, known: bool) -> list[str]:
        words, audit, state = self._words, self._desk.audit, WorkflowState
        left = [
            f"{words.figure(option.states.get(s, 0))} {words.inside(words(f'state.{s.value}'))}"
            for s in state
            if option.states.get(s)
        ]
        if option.conditions_met:
            more = self.tr("{0} more conditions met").format(words.figure(option.conditions_met))
            left.insert(0, more)
        cost = "–" if option.cost is None else money(audit, option.cost, words)
        row = [words(f"option.{option.kind.value}"), ", ".join(left)]
        row += [days(option.days, words), cost]
        if known:
            low, high = (
                words.figure(x) for x in (option.misses_range.low, option.misses_range.high)
            )
            row.append(f"{words.figure(option.misses)} ({words.span(low, high)})")
        return row

    def _show_gates(self, plan: Plan | None) -> None:
        header = ("", self.tr("Leave when"), self.tr("Through"), self.tr("Gate"))
        self.gates.show_rows(header, [self._gate(g) for g in (plan.phases if plan else ())])

    def _gate(self, gate: PhaseGate) -> list[str]:
        words = self._words
        if gate.of and gate.through == gate.of:
            month = words("label.passed")
        elif gate.why is not None:
            month = words(f"no_gate.{gate.why.value}", n=words.figure(gate.not_asked))
        else:
            month = self._month(gate.gate_month) if gate.gate_month else words("label.later")
        return [
            f"G{gate.phase} {words(f'phase.{gate.phase}')}",
            "; ".join(self._criterion(code) for code in gate.exit),
            words("label.n_of_m", n=words.figure(gate.through), of=words.figure(gate.of)),
            month,
        ]

    def _criterion(self, code: str) -> str:
        if self._words.has(f"criterion.{code}"):
            return self._words(f"criterion.{code}")
        return short_question(self._desk.audit.bank, code, self._words)

    def _milestones(self, plan: Plan | None) -> list[str]:
        """Months in which workflows change their state."""
        found: dict[tuple[int, WorkflowState], list[str]] = {}
        for action in plan.actions if plan else ():
            for workflow, state in action.moves.items():
                name = workflow_name(self._desk.audit, workflow)
                found.setdefault((action.month or 0, state), []).append(name)
        lines = [
            self.tr("{0}: {1} – {2}").format(
                self._month(month),
                self._words(f"state.{state.value}"),
                listed(names, MOST_NAMES, self._words, self.tr("and {0} more")),
            )
            for (month, state), names in sorted(found.items())
        ]
        return lines[:MOST_MILESTONES] or [self.tr("No workflow changes its state in the plan.")]
