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
from app.ui.widgets.risk.causes import departures

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
            return self._furthest(audit, found, titles, people)
        return self.tr(
            "The room blames {0} at least 20 points more than the answers do ({1} voted)."
        ).format(self._words.listing(titles[c] for c in sorted(blamed)), people)

    def _furthest(self, audit: Audit, found: Portfolio, titles: dict[str, str], people: str) -> str:
        """No cause is blamed much more than the answers do; where the two are furthest apart."""
        believed = self._believed(audit)
        says = {c: part / found.risk for c, part in found.categories.items()}
        cause = max(sorted(says), key=lambda c: abs(believed[c] - says[c]))
        return self.tr(
            "The room blames no cause 20 points more than the answers do. Furthest apart: {0}, "
            "believed {1}, by the answers {2} ({3} voted)."
        ).format(
            titles[cause],
            self._words.percent(believed[cause]),
            self._words.percent(says[cause]),
            people,
        )

    def _believed(self, audit: Audit) -> dict[str, float]:
        """The mean of what was voted for each cause, 0 to 1; at least one has voted."""
        votes = [vote for _, vote in sorted(audit.belief_votes.items())]
        return {
            c.id: sum(v.points.get(c.id, 0) for v in votes) / len(votes) / POINTS
            for c in audit.bank.categories
        }

    def _chart(self, audit: Audit, found: Portfolio, space: float) -> Scene:
        believed = self._believed(audit) if audit.belief_votes else {}
        rows = [
            BeliefRow(
                category.id,
                category.title,
                believed.get(category.id),
                found.categories[category.id] / found.risk,
                audit.reference.shares[category.id],
            )
            for category in audit.bank.categories
            if category.id in found.categories
        ]
        return belief_chart(rows, self._words, space)
