"""Third step of an import: what would happen to every row, before anything has."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from app.domain.edits.imports import ImportPlan
from app.exchange.inventory import ImportSummary, summarise
from app.ui.models.import_rows import KEPT, PlanModel
from app.ui.page import card, label
from app.ui.style import Look
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.import_columns import Titles


class ImportDifferences(QWidget):
    def __init__(self, look: Look, title: Titles) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        self.model = PlanModel(title, self.word, self)
        self.chips = Chips(look, self.tr("Show only"))
        self.said = label("", "heading")
        self.more = label("", "lead")
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("What would happen to each row"))
        self.table.setModel(self.model)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        metrics = self.table.fontMetrics()
        self.table.setColumnWidth(0, metrics.averageCharWidth() * 36)
        self.table.setColumnWidth(1, metrics.averageCharWidth() * 20)
        self.table.verticalHeader().setDefaultSectionSize(metrics.height() + 12)
        frame, column = card(spacing=8)
        for widget in (self.said, self.more, self.chips):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.chips.changed.connect(self._show_rows)

    def word(self, state: str) -> str:
        return {
            "taken": self.tr("new"),
            "updated": self.tr("updated"),
            "unchanged": self.tr("unchanged"),
            "skipped": self.tr("left out"),
            KEPT: self.tr("kept as typed here"),
        }[state]

    @property
    def plan(self) -> ImportPlan | None:
        return self._plan

    @property
    def does_something(self) -> bool:
        found = self._summary()
        return found is not None and found.taken + found.updated > 0

    def show_plan(self, plan: ImportPlan) -> None:
        self._plan = plan
        found = summarise(plan)
        kept = len({(each.row, each.workflow) for each in found.kept})
        counts = {
            "taken": found.taken,
            "updated": found.updated,
            "unchanged": found.unchanged,
            "skipped": len(found.skipped),
            KEPT: kept,
        }
        self.chips.show_chips([Chip(key, self.word(key), n) for key, n in counts.items()])
        self.chips.choose(())
        self.said.setText(self._sentence(found))
        self.more.setText(self._notes(found))
        self.more.setVisible(bool(self.more.text()))
        self._show_rows()

    def _sentence(self, found: ImportSummary) -> str:
        if not found.taken + found.updated:
            return self.tr("Nothing in this file is new; importing it would change nothing.")
        return self.tr("{0} workflows would be added and {1} updated, in one step.").format(
            f"{found.taken:,}", f"{found.updated:,}"
        )

    def _notes(self, found: ImportSummary) -> str:
        parts = []
        if found.kept:
            parts.append(
                self.tr(
                    "What was typed here since the last import is kept, whatever the file says."
                )
            )
        if found.ambiguous:
            parts.append(
                self.tr(
                    "{0} rows cannot be told apart from another one: they are taken now, and a "
                    "later import leaves them alone."
                ).format(len(found.ambiguous))
            )
        return " ".join(parts)

    def _summary(self) -> ImportSummary | None:
        return summarise(self._plan) if self._plan else None

    def _show_rows(self) -> None:
        self.model.show_plan(self._plan, self.chips.chosen)
