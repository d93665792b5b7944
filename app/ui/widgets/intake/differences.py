"""Third step of an import: what would happen to every row, before anything has."""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QTableView, QVBoxLayout, QWidget

from app.domain.edits.imports import ImportPlan, with_older_values
from app.exchange.inventory import ImportSummary, summarise
from app.ui.models.import_rows import KEPT, MISSING, RETIRED, PlanModel
from app.ui.page import card, label
from app.ui.style import Look
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.intake.columns import Titles


class ImportDifferences(QWidget):
    """What needs a decision of its own has a tick, which is off until somebody sets it."""

    ticked = Signal()

    def __init__(self, look: Look, title: Titles, names: Callable[[str], str]) -> None:
        """`names` gives the name of a workflow of the audit."""
        super().__init__()
        self._names = names
        self._offered: ImportPlan | None = None
        self._plan: ImportPlan | None = None
        self.model = PlanModel(title, self.word, self)
        self.chips = Chips(look, self.tr("Show only"))
        self.said = label("", "heading")
        self.more = label("", "lead")
        self.older, self.retire = QCheckBox(), QCheckBox()
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
        for widget in (self.said, self.more, self.older, self.retire, self.chips):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.chips.changed.connect(self._show_rows)
        for tick in (self.older, self.retire):
            tick.toggled.connect(self._decide)

    def word(self, state: str) -> str:
        return {
            "taken": self.tr("new"),
            "updated": self.tr("updated"),
            "unchanged": self.tr("unchanged"),
            "skipped": self.tr("left out"),
            KEPT: self.tr("kept as typed here"),
            MISSING: self.tr("no longer in the file"),
            RETIRED: self.tr("retired"),
        }[state]

    @property
    def plan(self) -> ImportPlan | None:
        return self._plan

    @property
    def does_something(self) -> bool:
        found = self._summary()
        retires = bool(self._plan and self._plan.retire and self._plan.missing)
        return found is not None and (found.taken + found.updated > 0 or retires)

    def show_plan(self, plan: ImportPlan) -> None:
        """A plan as it was made: nothing ticked."""
        self._offered = plan
        older, missing = summarise(plan).older, len(plan.missing)
        self.older.setText(
            self.tr("Take the values of the older file for {0} workflows").format(f"{older:,}")
        )
        self.retire.setText(
            self.tr("Mark {0} workflows that are no longer in the file as retired").format(
                f"{missing:,}"
            )
        )
        for tick, count in ((self.older, older), (self.retire, missing)):
            tick.blockSignals(True)
            tick.setChecked(False)
            tick.blockSignals(False)
            tick.setAccessibleName(tick.text())
            tick.setVisible(count > 0)
        self.chips.choose(())
        self._decide()

    def _decide(self) -> None:
        """The plan with what is ticked."""
        if self._offered is None:
            return
        plan = replace(self._offered, retire=self.retire.isChecked())
        self._plan = with_older_values(plan) if self.older.isChecked() else plan
        self._show_plan(self._plan)
        self.ticked.emit()

    def _show_plan(self, plan: ImportPlan) -> None:
        found = summarise(plan)
        kept = len({(each.row, each.workflow) for each in found.kept})
        counts = {
            "taken": found.taken,
            "updated": found.updated,
            "unchanged": found.unchanged,
            "skipped": len(found.skipped),
            KEPT: kept,
            MISSING: len(plan.missing),
        }
        self.chips.show_chips([Chip(key, self.word(key), n) for key, n in counts.items()])
        self.said.setText(self._sentence(plan, found))
        self.more.setText(self._notes(plan, found))
        self.more.setVisible(bool(self.more.text()))
        self._show_rows()

    def _sentence(self, plan: ImportPlan, found: ImportSummary) -> str:
        figures = f"{found.taken:,}", f"{found.updated:,}", f"{len(plan.missing):,}"
        if plan.retire and plan.missing:
            return self.tr(
                "{0} workflows would be added, {1} updated and {2} retired, in one step."
            ).format(*figures)
        if not found.taken + found.updated:
            return self.tr("Nothing in this file is new; importing it would change nothing.")
        return self.tr("{0} workflows would be added and {1} updated, in one step.").format(
            *figures
        )

    def _notes(self, plan: ImportPlan, found: ImportSummary) -> str:
        parts = []
        if plan.older_than:
            parts.append(
                self.tr(
                    "This file is older than {0}, which was imported before: unless you tick it, "
                    "no value is set back to the older one."
                ).format(plan.older_than)
            )
        if plan.missing:
            parts.append(
                self.tr(
                    "{0} workflows came from an earlier edition of this inventory and are not in "
                    "this file. They stay as they are unless you tick it."
                ).format(f"{len(plan.missing):,}")
            )
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
        self.model.show_plan(self._plan, self.chips.chosen, self._names)
