"""Where the room thinks failures come from, against what the answers say."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from app.charts.belief import BeliefRow, belief_chart
from app.charts.scene import Scene
from app.domain.audit import Audit
from app.domain.risk.coverage import MIN_COVERAGE
from app.domain.risk.misdiagnosis import misdiagnosis
from app.domain.risk.results import Portfolio
from app.ui.page import Bench, label
from app.ui.widgets.chart_panel import ChartPanel
from app.ui.widgets.risk_causes import departures

POINTS = 100


class BeliefCard(QFrame):
    """All active workflows together."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._words = bench, bench.words
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        self.said = label("")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.chart = ChartPanel(bench.look)
        self.departures = label("", "lead")
        column.addWidget(label(self.tr("Belief against evidence"), "heading"))
        column.addWidget(self.said)
        column.addWidget(self.chart)
        column.addWidget(label(self.tr("All workflows: departures from the reference"), "section"))
        column.addWidget(self.departures)

    def show_figures(self, audit: Audit, found: Portfolio | None) -> None:
        shown = found is not None and found.coverage.weight >= MIN_COVERAGE
        self.setVisible(shown)
        if found is None or not shown:
            return
        titles = {category.id: category.title for category in audit.bank.categories}
        self.said.setText(self._sentence(audit, found, titles))
        self.chart.show_chart(lambda space: self._chart(audit, found, space))
        self.departures.setText(departures(self._bench, found, titles))

    def _sentence(self, audit: Audit, found: Portfolio, titles: dict[str, str]) -> str:
        votes = audit.belief_votes
        if not votes:
            return self.tr("Nobody has said yet where failures come from.")
        blamed = misdiagnosis(found, votes.values()) or {}
        people = self._words.count("person", len(votes))
        if not blamed:
            return self.tr("The room and the answers agree within 20 points ({0} voted).").format(
                people
            )
        return self.tr(
            "The room blames {0} at least 20 points more than the answers do ({1} voted)."
        ).format(self._words.listing(titles[c] for c in sorted(blamed)), people)

    def _chart(self, audit: Audit, found: Portfolio, space: float) -> Scene:
        votes = [vote for _, vote in sorted(audit.belief_votes.items())]
        rows = [
            BeliefRow(
                category.id,
                category.title,
                sum(v.points.get(category.id, 0) for v in votes) / len(votes) / POINTS
                if votes
                else None,
                found.categories[category.id] / found.risk,
                audit.reference.shares[category.id],
            )
            for category in audit.bank.categories
            if category.id in found.categories
        ]
        return belief_chart(rows, self._words, space)
