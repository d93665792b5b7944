"""Where one workflow's chance comes from: departures from the reference, shares, a waterfall."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QVBoxLayout

from app.charts.scene import Scene
from app.charts.waterfall import WaterfallStep, waterfall
from app.domain.ids import WorkflowId
from app.domain.risk.results import Estimate, Portfolio
from app.ui.models.targets import workflow_name
from app.ui.page import Bench, label, translate
from app.ui.widgets.chart_panel import ChartPanel
from app.ui.widgets.figure_grid import FigureGrid

BESIDE = 46
"""Heights of a line from which the picture has room beside the shares."""


class CausesCard(QFrame):
    """Hidden where the figure is withheld: then its parts are no findings either."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._words, self._desk = bench, bench.words, bench.desk
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.heading = label("", "heading")
        self.departures = label("")
        self.departures.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.causes = FigureGrid(bench.look)
        self.waterfall = ChartPanel(bench.look)
        column = QVBoxLayout(self)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        row.setSpacing(24)
        row.addWidget(self.causes, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.waterfall, 3)
        column.addWidget(self.heading)
        column.addWidget(self.departures)
        column.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow card the picture stands below, so that its steps can be seen."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < BESIDE * self.fontMetrics().height()
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)

    def show_workflow(self, workflow: WorkflowId | None) -> None:
        found = self._desk.estimate(workflow) if workflow else None
        shown = found is not None and found.withheld is None
        self.setVisible(shown)
        if found is None or not shown:
            return
        audit, words = self._desk.audit, self._words
        titles = {c.id: c.title for c in audit.bank.categories}
        name = workflow_name(audit, found.id)
        self.heading.setText(self.tr("Where the chance comes from: {0}").format(name))
        self.departures.setText(departures(self._bench, found, titles))
        self.causes.show_rows(
            ("", self.tr("Share"), self.tr("Reference")),
            [
                [titles[c], words.percent(part / found.risk), words.percent(share)]
                for c, part in found.categories.items()
                for share in (audit.reference.shares[c],)
            ],
        )
        self.waterfall.show_chart(lambda space: self._waterfall(found, titles, space))

    def _waterfall(self, found: Estimate, titles: Mapping[str, str], space: float) -> Scene:
        shifts = dict.fromkeys(found.categories, 0.0)
        for part in found.contributions:
            shifts[part.category] += part.shift
        steps = [WaterfallStep(c, titles[c], shift) for c, shift in shifts.items()]
        ends = (self.tr("Typical deployment (assumed)"), self.tr("This workflow"))
        return waterfall(self._desk.audit.reference.base_rate, steps, ends, self._words, space)


def departures(bench: Bench, found: Estimate | Portfolio, titles: Mapping[str, str]) -> str:
    """Only shares that differ from the reference by five points or more are findings."""
    words, reference = bench.words, bench.desk.audit.reference
    lines = [
        translate("{0}: {1} of the estimate, against {2} in the reference.").format(
            titles[c],
            words.percent(found.categories[c] / found.risk),
            words.percent(reference.shares[c]),
        )
        for c in found.departures
    ]
    usual = translate("Shares as assumed in the reference: no cause departs by 5 points.")
    return "\n".join(lines) or usual
