"""The workflows of the audit as a table one can type in, and everything about the chosen ones."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout

from app.desk.marks import LastMarks
from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.conditions import WorkflowState, conditions
from app.domain.ids import WorkflowId
from app.domain.landscape import Lifecycle, Outcome
from app.ui.models.choices import choices_of, people, platforms
from app.ui.models.columns import Column, Kind
from app.ui.models.marked import MarkedModel
from app.ui.page import Bench, Completeness, Page, Place, button, head, translate
from app.ui.record_table import RecordTable
from app.ui.widgets.filter_line import FilterLine
from app.ui.widgets.workflow_details import WorkflowDetails

TYPING = 150
"""Milliseconds after the last letter of a filter before thousands of rows are searched."""


class WorkflowsPage(Page):
    key = "workflows"
    group = "prepare"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._states: Mapping[str, str] = {}
        self.marks = LastMarks(bench.desk, self)
        self.model = MarkedModel(
            self.desk, self.look, "workflows", self._columns(),
            word=self.tr("workflow"), prefix="w", parent=self,
        )  # fmt: skip
        self.model.marks = self.marks
        self.table = RecordTable(self.model, self.title())
        self.details = WorkflowDetails(self.bench)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.table)
        self.split.addWidget(self.details)
        self.split.setSizes([720, 380])
        self.split.setStretchFactor(0, 1)
        self.split.setHandleWidth(12)
        self.split.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self.split, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._connect()

    def _head(self) -> QHBoxLayout:
        row, _, self._lead = head(
            self.title(),
            self.tr(
                "Type to replace; Tab and Enter move, Ctrl+Enter starts a row, Ctrl+D fills down, "
                "Ctrl+V pastes."
            ),
        )
        self.search = FilterLine(self.tr("Filter workflows"))
        self.search.setMaximumWidth(220)
        self.new = button(self.tr("New workflow"), "", self.tr("New workflow (Ctrl+Enter)"))
        self.show_details = button(self.tr("Details"), "", self.tr("Show or hide the details"))
        self.show_details.setCheckable(True)
        self.show_details.setChecked(True)
        self.walk = button(self.tr("Walk the flow"), "primary")
        for widget in (self.search, self.new, self.show_details, self.walk):
            row.addWidget(widget)
        return row

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(lambda: self.model.search(self.search.text()))
        self.new.clicked.connect(self.table.start_row)
        self.show_details.toggled.connect(self.details.setVisible)
        self.walk.clicked.connect(self._walk)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.model.modelReset.connect(self._show_chosen)
        self.marks.changed.connect(self.model.show_marks)

    @staticmethod
    def title() -> str:
        return translate("Workflows")

    def _columns(self) -> list[Column]:
        tr, words, kind = self.tr, self.words, Kind
        return [
            Column(tr("Name"), "name", width=230),
            Column(
                tr("State"), show=self._state, rough=self._known_state, tone=self._state_code,
                width=140, words=tuple(words.of(s, "state") for s in WorkflowState),
            ),
            Column(tr("Unit"), "unit", width=120),
            Column(tr("Owner"), "owner", kind.CHOICE, people, adds_people=True, width=140),
            Column(
                tr("Lifecycle"), "lifecycle", kind.CHOICE,
                choices_of(words, Lifecycle, "lifecycle"), width=100,
            ),
            Column(
                tr("Decided"), "outcome", kind.CHOICE,
                choices_of(words, Outcome, "outcome"), width=90,
            ),
            Column(tr("In scope"), "in_scope", kind.CHECK, width=70),
            Column(tr("Platform"), "platform", kind.CHOICE, platforms, width=140),
            Column(tr("Yearly benefit"), "yearly_benefit", kind.NUMBER, width=110),
            Column(tr("Cost, first year"), "cost", kind.NUMBER, width=110),
            Column(tr("Users"), "users", kind.NUMBER, whole=True, width=70),
            Column(tr("Requests a day"), "requests_a_day", kind.NUMBER, width=110),
            Column(tr("Live since"), "go_live", kind.DATE, width=100, tip=tr("Year-month-day")),
            Column(tr("Model"), "model", width=120),
            Column(tr("Provider"), "provider", width=120),
            Column(tr("Purpose"), "purpose", width=320),
        ]  # fmt: skip

    def _state_code(self, _audit: Audit, id_: str) -> str:
        case = self.desk.case(WorkflowId(id_))
        if not case.workflow.is_active:
            return ""
        found = conditions(self.desk.audit.bank, case)
        return found.state(live=case.workflow.is_live).value

    def _state(self, audit: Audit, id_: str) -> str:
        state = self._state_code(audit, id_)
        return self.words(f"state.{state}") if state else self.tr("left out")

    def _known_state(self, _audit: Audit, id_: str) -> str:
        """As the portfolio last said it: sorting thousands of rows waits for nothing."""
        state = self._states.get(id_)
        return self.words(f"state.{state}") if state else self.tr("left out")

    def _walk(self) -> None:
        if id_ := self.table.current_id:
            self.bench.go(Place("walk", workflow=WorkflowId(id_)))

    def _show_chosen(self) -> None:
        """One or several rows; none means the row the cursor is in."""
        ids = self.table.chosen_ids()
        self.details.show_workflows([WorkflowId(id_) for id_ in ids])
        self.walk.setEnabled(bool(ids))

    def show_audit(self) -> None:
        self.follow_figures()
        self.marks.show_audit()
        self.model.show_audit()
        if not self.table.currentIndex().isValid():
            # The first workflow or, where there is none, the row that adds one.
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_chosen()

    def follow(self, changes: Sequence[Change]) -> None:
        self.model.follow(changes)
        self.marks.follow(changes)
        self.details.refresh()

    def follow_figures(self) -> None:
        found = self.desk.portfolio.estimates if self.desk.portfolio else ()
        self._states = {e.id: e.state.value for e in found}

    def take_focus(self) -> None:
        self.table.setFocus()

    def go_to(self, place: Place) -> None:
        if place.workflow:
            self.search.clear()
            self.model.search("")
            self.table.show_record(place.workflow, place.field)
            self.table.setFocus()

    def completeness(self) -> Completeness:
        audit = self.desk.audit
        named = sum(w.owner is not None for w in audit.workflows.values())
        return Completeness(named, len(audit.workflows), str(len(audit.workflows)))

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl+Enter", self.tr("Start a new row")),
            ("Ctrl+D", self.tr("Fill the selected cells down")),
            ("Ctrl+C, Ctrl+V", self.tr("Copy and paste a block")),
            ("Del", self.tr("Empty the selected cells")),
            ("Ctrl+Del", self.tr("Remove the selected rows")),
            ("F2", self.tr("Edit the cell")),
        ]
