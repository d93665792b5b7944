"""The check-up: what the record lacks or contradicts, and the way to where it is mended."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from app.domain.findings import Finding, FindingSeverity
from app.ui.mending import subject
from app.ui.models.gap.words import finding_at, finding_kind_of_record, finding_text
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.page import Bench, label
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.gap.tables import RowsTab

TONES = {
    FindingSeverity.ERROR: "alarm",
    FindingSeverity.WARNING: "warn",
    FindingSeverity.HINT: "second",
}


def key_of(finding: Finding) -> str:
    values = sorted(finding.values.items())
    return f"{finding.kind}/{finding.collection}/{finding.keys}/{finding.field}/{values}"


class CheckupTab(RowsTab):
    """Contradictions first; Enter or a double click opens the field to mend."""

    counted = Signal()
    """The number of findings is known, or another one."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("What contradicts, misleads or is missing. Enter opens the field to mend."),
            self.tr("Nothing is missing and nothing contradicts."),
        )
        self._found: Sequence[Finding] | None = None
        self.chips = Chips(bench.look, self.tr("Filter findings"))
        self.model = RowsModel[Finding](bench.desk, bench.look, self._columns(), key_of, self)
        table = RowsTable(self.model, self.tr("Check-up"))
        table.opened.connect(lambda finding: self.wanted.emit(finding_at(self.desk.audit, finding)))
        self.chips.changed.connect(self._filter)
        self.whole = label("")
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lay_out(table, self.chips)
        self.layout().insertWidget(self.layout().indexOf(table) + 1, self.whole)
        table.chosen.connect(self._show_whole)

    def _columns(self) -> list[RowColumn]:
        tr = self.tr
        order = tuple(FindingSeverity)
        return [
            RowColumn(tr("Weight"), self._severity, 100, tone=lambda f: TONES[f.severity],
                      order=lambda f: order.index(f.severity)),
            RowColumn(tr("Record"), lambda f: finding_kind_of_record(f), 110),
            RowColumn(tr("About"), self._subject, 230),
            RowColumn(tr("What is to mend"), self._sentence, 260),
        ]  # fmt: skip

    def _show_whole(self) -> None:
        """The chosen line in full: the longest are cut in the table."""
        row = self.table.current_row
        self.whole.setText(f"{self._subject(row)}: {self._sentence(row)}" if row else "")
        self.whole.setVisible(row is not None)

    def _severity(self, finding: Finding) -> str:
        return self.words(f"finding_severity.{finding.severity.value}")

    def _subject(self, finding: Finding) -> str:
        return subject(self.desk.audit, finding)

    def _sentence(self, finding: Finding) -> str:
        return finding_text(self.desk.audit, finding, self.words)

    @property
    def found(self) -> int | None:
        """How many findings; None until the first check-up is back."""
        return None if self._found is None else len(self._found)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """All findings of the core, worst first."""
        self._found = found
        counts = Counter(f.severity for f in found)
        self.chips.show_chips(
            [
                Chip(s.value, self.words(f"finding_severity.{s.value}"), counts[s])
                for s in FindingSeverity
            ]
        )
        self.chips.setVisible(bool(found))
        self._filter()
        self.counted.emit()

    def _filter(self) -> None:
        chosen = self.chips.chosen
        found = self._found or ()
        self.show_rows([f for f in found if not chosen or f.severity.value in chosen])
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._show_whole()
