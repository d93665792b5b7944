"""Owners' confirmations: who stands by the answers of a workflow, since when, and what changed."""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.answers import Confirmation
from app.domain.audit import Audit
from app.domain.edits import records, workshop
from app.domain.ids import NOBODY, PersonId, Target, WorkflowId
from app.ui.models.history.words import moment_text
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import person_name, workflow_name
from app.ui.page import Bench, Place, button, label
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.gap.tables import RowsTab


class Confirmed(Struct, frozen=True):
    """How one workflow's own answers stand with its owner."""

    workflow: WorkflowId
    owner: PersonId | None
    answers: int
    confirmation: Confirmation | None
    has_changed: bool

    @property
    def may_confirm(self) -> bool:
        """A known owner has not confirmed these answers yet."""
        return self.owner not in (None, NOBODY) and (self.confirmation is None or self.has_changed)


def confirmed(audit: Audit) -> list[Confirmed]:
    """Active workflows with answers of their own, and all that were ever confirmed."""
    found = []
    for id_, record in sorted(audit.workflows.items()):
        confirmation = audit.confirmations.get(id_)
        answers = len(audit.answers.get(Target(id_), {}))
        if confirmation or (answers and record.is_active):
            changed = bool(confirmation) and confirmation.fingerprint != workshop.fingerprint(
                audit, id_
            )
            found.append(Confirmed(id_, record.owner, answers, confirmation, changed))
    return found


class ConfirmationsTab(RowsTab):
    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr(
                "An owner stands by the answers of a workflow; afterwards a change needs a reason, "
                "which the report prints."
            ),
            self.tr("No workflow has answers of its own yet, so there is nothing to confirm."),
        )
        self.model = RowsModel[Confirmed](
            bench.desk, bench.look, self._columns(), lambda r: r.workflow, self
        )
        table = RowsTable(self.model, self.tr("Confirmations"))
        table.opened.connect(lambda row: self.wanted.emit(Place("walk", workflow=row.workflow)))
        table.chosen.connect(self._offer)
        self.confirm = button(self.tr("Confirm for the owner"), "primary")
        self.withdraw = button(self.tr("Take the confirmation back"))
        self.name_owner = button(self.tr("Name the owner"))
        self.why = label("", "quiet")
        self.lay_out(table, self._bar())
        self.confirm.clicked.connect(self.confirm_selected)
        self.withdraw.clicked.connect(self.withdraw_selected)
        self.name_owner.clicked.connect(self._go_to_owner)

    def _bar(self) -> QWidget:
        self.bar = QWidget()
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.confirm, self.withdraw, self.name_owner):
            row.addWidget(widget)
        row.addWidget(self.why, 1)
        return self.bar

    def _columns(self) -> list[RowColumn]:
        tr = self.tr
        return [
            RowColumn(tr("Workflow"), lambda r: workflow_name(self.desk.audit, r.workflow), 240),
            RowColumn(tr("Owner"), self._owner, 160, tone=lambda r: "" if r.owner else "warn"),
            RowColumn(tr("Own answers"), lambda r: str(r.answers), 110, order=lambda r: r.answers),
            RowColumn(tr("State"), self._state, 190, tone=_tone),
            RowColumn(tr("When"), self._when, 150),
            RowColumn(tr("By"), self._by, 180),
        ]

    def _owner(self, row: Confirmed) -> str:
        name = person_name(self.desk.audit, row.owner, self.words)
        return name or self.words("label.not_recorded")

    def _state(self, row: Confirmed) -> str:
        if row.confirmation is None:
            return self.tr("not confirmed")
        return self.tr("changed since") if row.has_changed else self.tr("confirmed")

    def _when(self, row: Confirmed) -> str:
        return moment_text(row.confirmation.at, self.words) if row.confirmation else ""

    def _by(self, row: Confirmed) -> str:
        person = row.confirmation.person if row.confirmation else None
        return person_name(self.desk.audit, person, self.words)

    def show_audit(self) -> tuple[int, int]:
        """Read the audit again; how many of how many are confirmed and unchanged."""
        rows = confirmed(self.desk.audit)
        self.show_rows(rows)
        self.bar.setVisible(bool(rows))
        self._offer()
        sound = sum(r.confirmation is not None and not r.has_changed for r in rows)
        return sound, len(rows)

    def show_workflow(self, workflow: WorkflowId) -> None:
        self.table.show_row(workflow)

    def _offer(self) -> None:
        """What can be done with the selection, and why not where it cannot."""
        rows, is_open = self.table.selected_rows, not self.desk.read_only
        ownerless = any(r.owner in (None, NOBODY) for r in rows)
        self.confirm.setEnabled(is_open and any(r.may_confirm for r in rows))
        self.withdraw.setEnabled(is_open and any(r.confirmation for r in rows))
        self.name_owner.setVisible(ownerless)
        if not rows:
            self.why.setText(self.tr("Select one or several workflows."))
        elif ownerless:
            self.why.setText(self.tr("Only an owner confirms, so name one first."))
        else:
            self.why.setText("")

    def confirm_selected(self) -> None:
        rows = [r for r in self.table.selected_rows if r.may_confirm]
        if rows:
            ids = [r.workflow for r in rows]
            label_ = self.tr("Confirm the answers of {0}").format(self._names(ids))
            self.desk.apply(label_, confirm_all, ids, self.desk.now())

    def withdraw_selected(self) -> None:
        ids = [r.workflow for r in self.table.selected_rows if r.confirmation]
        if ids:
            label_ = self.tr("Take back the confirmation of {0}").format(self._names(ids))
            self.desk.apply(label_, withdraw_all, ids)

    def _names(self, ids: Sequence[WorkflowId]) -> str:
        if len(ids) > 1:
            return self.words.count("workflow", len(ids))
        return workflow_name(self.desk.audit, ids[0])

    def _go_to_owner(self) -> None:
        row = next(r for r in self.table.selected_rows if r.owner in (None, NOBODY))
        self.wanted.emit(Place("workflows", workflow=row.workflow, key=row.workflow))


def _tone(row: Confirmed) -> str:
    if row.confirmation is None:
        return "second"
    return "warn" if row.has_changed else "good"


def confirm_all(audit: Audit, workflows: Sequence[WorkflowId], at: dt.datetime) -> Audit:
    """Each owner stands by the answers of their workflow."""
    for workflow in workflows:
        owner = audit.workflows[workflow].owner
        assert owner is not None
        audit = workshop.confirm_answers(audit, workflow, owner, at)
    return audit


def withdraw_all(audit: Audit, workflows: Sequence[WorkflowId]) -> Audit:
    for workflow in workflows:
        audit = records.remove(audit, "confirmations", (workflow,))
    return audit
