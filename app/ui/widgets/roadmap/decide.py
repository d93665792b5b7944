"""Promote, fix first, pause or stop: a decision for every workflow; stopping is an outcome."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt

from app.domain.audit import Audit
from app.domain.edits import records
from app.domain.ids import WorkflowId
from app.domain.landscape import Outcome
from app.domain.plan.results import Plan
from app.domain.risk.results import Estimate
from app.ui.models.records import STATE_ROLE
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import money, workflow_name
from app.ui.page import Bench, button, translate
from app.ui.widgets.risk.table import ChipDelegate
from app.ui.widgets.roadmap.lists import ListPane

STATE, AFTER = 1, 3
KEYS = {"1": Outcome.PROMOTE, "2": Outcome.FIX, "3": Outcome.PAUSE, "4": Outcome.STOP, "0": None}


class DecideModel(RowsModel[WorkflowId]):
    """Workflows in scope; states as the portfolio and the plan have them."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        self._bench = bench
        self._estimates: Mapping[WorkflowId, Estimate] = {}
        self._after: Mapping[WorkflowId, str] = {}
        tr, desk, words = translate, bench.desk, bench.words
        chosen = {"": tr("not decided"), **{o.value: words.of(o, "outcome") for o in Outcome}}
        columns = (
            RowColumn(tr("Workflow"), lambda w: workflow_name(desk.audit, w), 260),
            RowColumn(tr("State"), self._state, 150),
            RowColumn(tr("Yearly benefit"), self._benefit, 120, order=self._worth),
            RowColumn(tr("After the plan"), self._state_after, 150),
            RowColumn(
                tr("Decided"), self._decided, 160, choices=lambda: chosen,
                value=lambda w: self._outcome(w) or "", put=self.decide,
            ),
        )  # fmt: skip
        super().__init__(desk, bench.look, columns, str, parent)

    def show_figures(self, plan: Plan | None) -> None:
        whole, audit = self._bench.desk.portfolio, self._bench.desk.audit
        self._estimates = {e.id: e for e in whole.estimates} if whole else {}
        self._after = {w: s.value for w, s in plan.after.items()} if plan else {}
        order = [w for w, record in sorted(audit.workflows.items()) if record.in_scope]
        order.sort(key=lambda w: (self._code(w) == "", -self._worth(w)))
        self.show_rows(order)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role == STATE_ROLE:
            workflow = self.rows[index.row()]
            after = self._after.get(workflow, "") if index.column() == AFTER else ""
            return self._code(workflow) if index.column() == STATE else after
        return super().data(index, role)

    def decide(self, workflows: Sequence[WorkflowId], text: str) -> bool:
        """One decision for several workflows, as one undo step."""
        outcome = Outcome(text) if text else None

        def edit(audit: Audit) -> Audit:
            for workflow in workflows:
                audit = records.amend(audit, "workflows", (workflow,), outcome=outcome)
            return audit

        name = workflow_name(self._bench.desk.audit, workflows[0])
        return self._bench.desk.apply(translate("Decide on {0}").format(name), edit)

    def _code(self, workflow: WorkflowId) -> str:
        record = self._bench.desk.audit.workflows.get(workflow)
        found = self._estimates.get(workflow)
        return found.state.value if found and record and record.is_active else ""

    def _state(self, workflow: WorkflowId) -> str:
        code = self._code(workflow)
        return self._bench.words(f"state.{code}") if code else translate("left out")

    def _state_after(self, workflow: WorkflowId) -> str:
        code = self._after.get(workflow, "")
        return self._bench.words(f"state.{code}") if code else ""

    def _worth(self, workflow: WorkflowId) -> float:
        record = self._bench.desk.audit.workflows.get(workflow)
        return (record.yearly_benefit or 0) if record else 0

    def _benefit(self, workflow: WorkflowId) -> str:
        audit = self._bench.desk.audit
        record = audit.workflows.get(workflow)
        return money(audit, record.yearly_benefit if record else None, self._bench.words)

    def _outcome(self, workflow: WorkflowId) -> Outcome | None:
        record = self._bench.desk.audit.workflows.get(workflow)
        return record.outcome if record else None

    def _decided(self, workflow: WorkflowId) -> str:
        outcome = self._outcome(workflow)
        return self._bench.words.of(outcome, "outcome") if outcome else ""


class DecidePane(ListPane):
    """Keys 1 to 4 decide about the selected workflows, 0 takes the decision back."""

    def __init__(self, bench: Bench) -> None:
        model = DecideModel(bench)
        self.buttons = {
            key: button(f"{key}  {bench.words.of(o, 'outcome') if o else translate('undecided')}")
            for key, o in KEYS.items()
        }
        super().__init__(
            model,
            translate("Decisions about workflows"),
            translate("Paused and stopped workflows leave states, gaps and plan."),
            tuple(self.buttons.values()),
        )
        model.setParent(self)
        self.table.setProperty("letters", "".join(KEYS))
        for column in (STATE, AFTER):
            self.table.setItemDelegateForColumn(column, ChipDelegate(bench.look, self.table))
        self.table.pressed.connect(self._decide)
        for key, made in self.buttons.items():
            made.clicked.connect(lambda _on=False, k=key: self._decide(k))

    def _decide(self, key: str) -> None:
        outcome = KEYS[key]
        if chosen := self.table.selected_rows:
            self.model.decide(chosen, outcome.value if outcome else "")
