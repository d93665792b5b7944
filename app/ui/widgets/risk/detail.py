"""One workflow: its chance with both ranges, the ruler, and the answers behind it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.charts.ruler import Reading, RulerPoint, ruler
from app.charts.scene import Scene
from app.domain.ids import WorkflowId
from app.domain.risk.relative import printed
from app.domain.risk.results import Estimate
from app.ui.models.contributions import ContributionModel
from app.ui.models.exposure import exposure_text
from app.ui.models.targets import answered, money, workflow_name
from app.ui.page import Bench, button, label
from app.ui.widgets.chart_panel import ChartPanel
from app.ui.widgets.figure_grid import FigureGrid
from app.ui.widgets.risk.reasons import ReasonList
from app.ui.widgets.state_chip import Chip

ORDINARY_LEVEL = 3
"""Level of the ladder that stands for an ordinary IT project."""
PERCENT = 100


class WorkflowDetail(QFrame):
    opened = Signal(str)
    """A question whose answer is to be shown."""
    recorded = Signal()
    """The fields of the workflow are to be shown."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._words, self._desk = bench, bench.words, bench.desk
        self.workflow: WorkflowId | None = None
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._make(bench)
        self._lay_out()
        self.list.opened.connect(self.opened)
        self.record.clicked.connect(self.recorded)

    def _make(self, bench: Bench) -> None:
        self.name = label("", "heading")
        self.chip = Chip(bench.look)
        self.chance = label("", "title", wrap=False)
        self.what = label("", "lead")
        self.ranges = FigureGrid(bench.look)
        self.known = label("", "quiet")
        self.exposure = label("", "quiet")
        self.record = button(
            self.tr("Details"), "flat", self.tr("Open the fields behind the exposure")
        )
        self.ruler = ChartPanel(bench.look)
        self.model = ContributionModel(bench, self)
        self.list = ReasonList(self.model, bench.look, self.tr("Why this number: the answers"))
        self.not_asked = label("", "quiet")
        for field in (self.chance, self.what, self.known):
            field.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        top, figure = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.chip)
        figure.setSpacing(12)
        figure.addWidget(self.chance)
        figure.addWidget(self.what, 1)
        column.addLayout(top)
        column.addLayout(figure)
        for widget in (self.ranges, self.ruler, self.known):
            column.addWidget(widget)
        exposed = QHBoxLayout()
        exposed.addWidget(self.exposure, 1)
        exposed.addWidget(self.record, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(exposed)
        column.addSpacing(6)
        column.addWidget(label(self.tr("Why this number (Enter opens the answer)"), "section"))
        column.addWidget(self.list)
        column.addWidget(self.not_asked)
        column.addStretch(1)

    def show_workflow(self, workflow: WorkflowId | None) -> None:
        """Scored from the audit as it is now; nothing for a workflow that does not count."""
        record = self._desk.audit.workflows.get(workflow) if workflow else None
        self.workflow = workflow if record and record.is_active else None
        self.setVisible(self.workflow is not None)
        if self.workflow is None:
            self.model.show_workflow(None)
            return
        found = self._desk.estimate(self.workflow)
        self.name.setText(workflow_name(self._desk.audit, found.id))
        self.chip.show_state(found.state.value, self._words(f"state.{found.state.value}"))
        self._show_chance(found)
        self.exposure.setText(exposure_text(self._words, record))
        self.model.show_workflow(self.workflow)
        silent = found.coverage.not_asked
        self.not_asked.setText(
            self.tr("{0} not asked: they count as typical and keep the range wide.").format(
                self._words.count("question", silent)
            )
        )
        self.not_asked.setVisible(silent > 0)

    def _show_chance(self, found: Estimate) -> None:
        words, c = self._words, found.coverage
        known = words("format.percent", value=answered(c.weight))
        self.chance.setVisible(found.withheld is None)
        if found.withheld:
            self.what.setText(words(f"withheld.{found.withheld.value}", answered=known))
        else:
            near = printed(found.risk, found.range)
            self.chance.setText(words("format.percent", value=near.risk))
            self.what.setText(self.tr("chance of missing the target, a structured judgement"))
        self._show_ranges(found)
        self.known.setText(
            words(
                "coverage.sentence", answered=c.answered, of=c.of, unknown=c.unknown,
                not_applicable=c.not_applicable, not_asked=c.not_asked,
            )
        )  # fmt: skip
        self.ruler.show_chart(lambda space: self._ruler(found, space))

    def _show_ranges(self, found: Estimate) -> None:
        rows = [] if found.withheld else self._range_rows(found)
        if found.doubt and found.withheld is None:
            amount, low, high = (
                money(self._desk.audit, x, self._words, estimated=True)
                for x in (found.doubt.amount, found.doubt.low, found.doubt.high)
            )
            rows.append(
                [self.tr("Yearly benefit in doubt"), f"{amount} ({self._words.span(low, high)})"]
            )
        self.ranges.show_rows((), rows)
        self.ranges.setVisible(bool(rows))

    def _range_rows(self, found: Estimate) -> list[list[str]]:
        near, full = printed(found.risk, found.range), printed(found.risk, found.full_range)
        words, r = self._words, found.relative
        value, low, high = (words.figure(x, 1) for x in (r.value, r.low, r.high))
        return [
            [self.tr("Given your answers"), self._span(near.low, near.high)],
            [self.tr("Full range: the reference in doubt too"), self._span(full.low, full.high)],
            [
                self.tr("Against typical (1.0): {0}").format(words(f"relative.{r.word.value}")),
                f"{value} ({words.span(low, high)})",
            ],
        ]

    def _span(self, low: int, high: int) -> str:
        return self._words("format.percent", value=self._words.span(str(low), str(high)))

    def _ruler(self, found: Estimate, space: float) -> Scene:
        reading = None
        if found.withheld is None:
            near, full = printed(found.risk, found.range), printed(found.risk, found.full_range)
            numbers = (near.risk, near.low, near.high, full.low, full.high)
            reading = Reading(*(number / PERCENT for number in numbers))
        return ruler(self._marks(), reading, self._words, space)

    def _marks(self) -> list[RulerPoint]:
        reference, words = self._desk.audit.reference, self._words
        marks = (
            ("typical", reference.base_rate),
            ("ordinary", reference.ladder[ORDINARY_LEVEL]),
            ("best", reference.ladder[-1]),
        )
        return [
            RulerPoint(chance, words(f"chart.ruler.{code}", share=words.percent(chance)))
            for code, chance in marks
        ]
