"""Edge cases: requests that went wrong, and how far the experts' loop has brought each one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout

from app.domain.changes import Change
from app.domain.expert_loop import loop_counts
from app.domain.ids import EdgeCaseId, WorkflowId
from app.domain.workshop import EdgeCaseState
from app.ui.models.edge_cases import EdgeCaseModel
from app.ui.page import Bench, Completeness, Page, Place, button, head, label, translate
from app.ui.record_table import RecordTable
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.edge_case_details import EdgeCaseDetails

SHOWN = {"edge_cases", "workflows", "people"}


class EdgeCasesPage(Page):
    key = "edge_cases"
    group = "evidence"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.model = EdgeCaseModel(bench, self)
        self.table = RecordTable(self.model, self.title())
        self.details = EdgeCaseDetails(bench)
        self.chips = Chips(self.look, self.tr("Show cases in these states"))
        self.new_for = QComboBox()
        self.new_for.setAccessibleName(self.tr("New cases belong to this workflow"))
        self.new_for.setMinimumContentsLength(16)
        self.new_for.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._offered: object = None
        self._lay_out()
        self._connect()

    @staticmethod
    def title() -> str:
        return translate("Edge cases")

    def _lay_out(self) -> None:
        row, _, self._lead = head(self.title(), "")
        self.new = button(self.tr("New case"), "primary", self.tr("New case (Ctrl+Enter)"))
        row.addWidget(self.new)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.details)
        split.setSizes([760, 340])
        split.setStretchFactor(0, 1)
        split.setHandleWidth(12)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.setChildrenCollapsible(False)
        filters = QHBoxLayout()
        filters.addWidget(self.chips, 1)
        self._for = label(self.tr("New cases belong to"), "lead", wrap=False)
        filters.addWidget(self._for)
        filters.addWidget(self.new_for)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(row)
        column.addLayout(filters)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self.new.clicked.connect(self.table.start_row)
        self.chips.changed.connect(self._filter)
        self.new_for.activated.connect(lambda _n: self._choose_workflow())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_case())
        self.model.modelReset.connect(self._show_case)

    # Following the audit.

    def audit_opened(self) -> None:
        self._offered, self.model.new_for = None, None
        self.model.added.clear()
        self.chips.choose(())
        self.model.wanted = lambda _id: True
        super().audit_opened()

    def show_audit(self) -> None:
        self._offer()
        self._count()
        self.model.show_audit()
        if self.model.ids and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_case()

    def follow(self, changes: Sequence[Change]) -> None:
        if SHOWN.isdisjoint(c.collection for c in changes):
            return
        self._offer()
        self._count()
        self.model.follow(changes)
        self.details.refresh()

    def _count(self) -> None:
        found = loop_counts(self.desk.audit.edge_cases.values())
        chips = [
            Chip(s.value, self.words.opening(self.words.of(s, "edge_case")), n)
            for s, n in found.states.items()
        ]
        self.chips.show_chips(chips)
        if not found.of:
            self._lead.setText(self.tr(
                "Which request did it get wrong, and what should it have said?"
            ))  # fmt: skip
            return
        said = [self.tr("Found, labelled by an expert, trained, tested again.")]
        if found.without_golden:
            said.append(self.tr("{0} past “identified” without a golden response.").format(
                self.words.figure(found.without_golden)
            ))  # fmt: skip
        if found.without_expert:
            said.append(
                self.tr("{0} without an expert.").format(self.words.figure(found.without_expert))
            )
        self._lead.setText(" ".join(said))

    def _offer(self) -> None:
        """The workflows a new case may belong to; at first that of the newest case."""
        audit = self.desk.audit
        if audit.workflows is self._offered:
            return
        self._offered = audit.workflows
        self.new_for.clear()
        names = sorted(audit.workflows, key=lambda w: (audit.workflows[w].name.casefold(), w))
        for workflow in names:
            self.new_for.addItem(audit.workflows[workflow].name, workflow)
        if self.model.new_for not in audit.workflows:
            newest = sorted(audit.edge_cases.values(), key=lambda c: (str(c.found or ""), c.text))
            first = newest[-1].workflow if newest else next(iter(names), None)
            self.model.new_for = first
        self.new_for.setCurrentIndex(self.new_for.findData(self.model.new_for))
        for made in (self.new, self.new_for):
            made.setEnabled(bool(names))

    def _choose_workflow(self) -> None:
        self.model.new_for = WorkflowId(self.new_for.currentData())
        self.table.start_row()

    def _filter(self) -> None:
        chosen = self.chips.chosen
        self.model.added.clear()

        def is_wanted(id_: str) -> bool:
            state = self.desk.audit.edge_cases[EdgeCaseId(id_)].state.value
            return state in chosen or id_ in self.model.added

        self.model.wanted = is_wanted if chosen else lambda _id: True
        self.model.show_audit()

    def _show_case(self) -> None:
        self.details.show_case(self.table.current_id or "")

    def take_focus(self) -> None:
        self.table.setFocus()

    def go_to(self, place: Place) -> None:
        """`key`: a case."""
        if place.key:
            self.chips.choose(())
            self._filter()
            self.table.show_record(place.key, place.field)
            self.table.setFocus()

    def completeness(self) -> Completeness:
        found = loop_counts(self.desk.audit.edge_cases.values())
        done = found.states[EdgeCaseState.VALIDATED]
        return Completeness(done, found.of, f"{done}/{found.of}" if found.of else "")

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl+Enter", self.tr("Start a new case")),
            ("Ctrl+D", self.tr("Fill the selected cells down")),
            ("Ctrl+Del", self.tr("Remove the selected cases")),
        ]
