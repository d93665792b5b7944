"""What to mend before a report leaves the room, and what its audience will not be shown."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.findings import Finding, FindingSeverity
from app.report.model import Table
from app.ui.models.findings import FindingModel
from app.ui.page import Bench, button, card, label
from app.ui.widgets.finding_tree import FindingTree
from app.ui.widgets.report.redaction_list import RedactionList
from app.ui.widgets.side_pane import SidePane

LINES = 6


class Preflight(QWidget):
    chosen = Signal(object)
    """The Finding somebody wants to mend."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._words = bench.words
        self.model = FindingModel(bench.desk, bench.words, self)
        self.tree = FindingTree(
            self.model, bench.look, bench.words, self.tr("To mend before it leaves the room")
        )
        # The list takes what the sentences above it leave over.
        self.tree.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.tree.chosen.connect(self.chosen)
        self._hides = label("", "lead")
        self.exact = button(self.tr("See exactly what disappears…"))
        self._redacted: Table | None = None
        self._counts = label("", "quiet")
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(SidePane(both, self.tr("What is not shown, and what is left to mend")))
        frame, inside = card(spacing=4)
        inside.addWidget(label(self.tr("Not shown to this audience"), "heading"))
        inside.addWidget(self._hides)
        inside.addWidget(self.exact, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(frame)
        frame, inside = card(spacing=4)
        inside.addWidget(label(self.tr("Before it leaves the room"), "heading"))
        inside.addWidget(self._counts)
        inside.addWidget(self.tree, 1)
        column.addWidget(frame, 1)
        self.exact.clicked.connect(self.show_exactly)
        bench.look.changed.connect(self._scale)
        self._scale()
        self.clear()

    def _scale(self) -> None:
        """Some lines of the list stay in sight, whatever the sentences above it take."""
        self.tree.setMinimumHeight(LINES * self.fontMetrics().height())

    def clear(self) -> None:
        self.model.show_findings(())
        self._counts.setText("")
        self._hides.setText("–")
        self.exact.hide()

    def show_hides(self, sentences: Sequence[str], redacted: Table | None = None) -> None:
        self._redacted = redacted
        self.exact.setVisible(bool(redacted and redacted.rows))
        nothing = self.tr("Nothing is hidden: names, notes and dissent are printed as recorded.")
        self._hides.setText("\n".join(sentences) or nothing)

    def show_exactly(self) -> None:
        """Every line of it, in a window over this one."""
        if self._redacted:
            RedactionList(self, self._redacted).open()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        self.model.show_findings(findings)
        self.tree.setVisible(bool(findings))
        counts = Counter(finding.severity for finding in findings)
        words = self._words
        parts = [
            f"{words.opening(words(f'finding_severity.{severity}'))} {counts[severity]:,}"
            for severity in FindingSeverity
            if counts[severity]
        ]
        nothing = self.tr("Nothing is missing and nothing contradicts.")
        self._counts.setText("   ".join(parts) or nothing)
