"""The lists beside the plan: later, left out, to audit and to show, and capacity by role."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.audit import Audit
from app.domain.edits import plan as edits
from app.domain.ids import ActionKey, QuestionId, WorkflowId
from app.domain.plan.results import Plan, PlannedAction
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import days, person_name, question_text, target_name, workflow_name
from app.ui.page import Bench, Place, label
from app.ui.widgets.cells import RowsTable


class Errand(Struct, frozen=True):
    """A workflow nobody was asked about, or a condition that is said and only to be shown."""

    workflow: WorkflowId
    question: QuestionId | None = None


class Role(Struct, frozen=True):
    name: str
    wanted: float
    """Person-days of all its actions, later ones included."""


class KeyedTable(RowsTable):
    """A table in which letters do something instead of opening an editor."""

    pressed = Signal(str)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.scale_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = self.property("letters") or ""
        is_letter = event.text() and event.text().upper() in letters
        if is_letter and self.state() is not KeyedTable.State.EditingState:
            self.pressed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)


class ListPane(QWidget):
    """A sentence, buttons, and a table that fills the rest."""

    def __init__(
        self, model: RowsModel, name: str, sentence: str, buttons: Sequence[QPushButton] = ()
    ) -> None:
        super().__init__()
        self.model = model
        self.sentence = label(sentence, "lead")
        self.table = KeyedTable(model, name)
        row = QHBoxLayout()
        row.addWidget(self.sentence, 1)
        for made in buttons:
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        model.modelReset.connect(self._choose_first)

    def _choose_first(self) -> None:
        """The keys and the buttons above mean a row, so one is chosen from the start."""
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def take_keyboard(self) -> None:
        """The keys of the list work as soon as it is shown."""
        self._choose_first()
        if self.model.rows:
            self.table.setFocus()


def later_model(bench: Bench, parent: QWidget) -> RowsModel[PlannedAction]:
    """Actions that come after the horizon, in the planner's order."""
    desk, words, tr = bench.desk, bench.words, parent.tr

    def owner(action: PlannedAction) -> str:
        return person_name(desk.audit, action.owner, words) or action.role

    columns = (
        RowColumn(tr("Action"), lambda a: a.title, 380),
        RowColumn(tr("For"), lambda a: target_name(desk.audit, a.target, words), 200),
        RowColumn(tr("Phase"), lambda a: words(f"phase.{a.phase}"), 150, order=lambda a: a.phase),
        RowColumn(tr("Owner"), owner, 150),
        RowColumn(tr("Days"), lambda a: days(a.effort, words), 60, order=lambda a: a.effort),
    )
    return RowsModel(desk, bench.look, columns, lambda a: a.key, parent)


def left_out_model(bench: Bench, parent: QWidget) -> RowsModel[str]:
    """What was excluded, by key or for every target."""
    desk, tr = bench.desk, parent.tr

    def title(name: str) -> str:
        action = name.partition("/")[0]
        own = desk.audit.own_actions.get(action)
        known = next((a.title for a in desk.audit.bank.actions if a.id == action), action)
        return own.title if own else known

    def target(name: str) -> str:
        _, slash, target = name.partition("/")
        return target_name(desk.audit, target, bench.words) if slash else tr("everything")

    columns = (
        RowColumn(tr("Action"), title, 480),
        RowColumn(tr("For"), target, 260),
    )
    return RowsModel(desk, bench.look, columns, str, parent)


def errand_model(bench: Bench, parent: QWidget) -> RowsModel[Errand]:
    desk, words, tr = bench.desk, bench.words, parent.tr

    def what(errand: Errand) -> str:
        if errand.question is None:
            return words("plan.audit_this_workflow")
        text = question_text(desk.audit.bank, errand.question)
        return tr("Show {0}: {1}").format(errand.question, text)

    columns = (
        RowColumn(tr("Workflow"), lambda e: workflow_name(desk.audit, e.workflow), 300),
        RowColumn(tr("To do"), what, 600),
    )
    key = lambda e: f"{e.workflow}/{e.question or ''}"  # noqa: E731
    return RowsModel(desk, bench.look, columns, key, parent)


def errands(plan: Plan | None) -> list[Errand]:
    if plan is None:
        return []
    return [*(Errand(w, q) for w, q in plan.to_show), *(Errand(w) for w in plan.to_audit)]


def role_model(bench: Bench, parent: QWidget) -> RowsModel[Role]:
    """Days a month of a role that is scarce; empty where it is not limited."""
    desk, words, tr = bench.desk, bench.words, parent.tr

    def limit(role: Role) -> str:
        found = desk.audit.plan.roles.get(role.name)
        return "" if found is None else days(found, words)

    def put(roles: Sequence[Role], text: str) -> bool:
        try:
            number = float(text.replace(",", ".")) if text.strip() else None
        except ValueError:
            bench.tell(tr("“{0}” is not a number of days.").format(text))
            return False
        if number is not None and number < 0:
            bench.tell(tr("Days cannot be negative."))
            return False
        names = {role.name for role in roles}

        def edit(audit: Audit) -> Audit:
            kept = {n: d for n, d in audit.plan.roles.items() if n not in names}
            if number is not None:
                kept |= dict.fromkeys(sorted(names), number)
            return edits.set_plan(audit, roles=kept)

        return desk.apply(tr("Days a month of {0}").format(roles[0].name), edit)

    columns = (
        RowColumn(tr("Role"), lambda r: r.name, 320),
        RowColumn(tr("Days of its actions"), lambda r: days(r.wanted, words), 170,
                  order=lambda r: r.wanted),
        RowColumn(tr("Days a month there are"), limit, 220, put=put),
    )  # fmt: skip
    return RowsModel(desk, bench.look, columns, lambda r: r.name, parent)


def roles(audit: Audit, plan: Plan | None) -> list[Role]:
    """Every role of the plan, the busiest first, and those limited without an action."""
    wanted = dict.fromkeys(sorted(audit.plan.roles), 0.0)
    for action in (*plan.actions, *plan.later) if plan else ():
        if not action.done:
            wanted[action.role] = wanted.get(action.role, 0.0) + action.effort
    found = [Role(name, effort) for name, effort in wanted.items()]
    return sorted(found, key=lambda role: (-role.wanted, role.name))


def exclude(bench: Bench, keys: Sequence[ActionKey], title: str) -> bool:
    """Leave actions out as one undo step; their pins go with them."""

    def edit(audit: Audit) -> Audit:
        for key in keys:
            audit = edits.exclude(audit, key)
        return audit

    return bool(keys) and bench.desk.apply(title, edit)


def include(bench: Bench, names: Sequence[str], title: str) -> bool:
    def edit(audit: Audit) -> Audit:
        for name in names:
            audit = edits.include(audit, name)
        return audit

    return bool(names) and bench.desk.apply(title, edit)


def place_of(errand: Errand) -> Place:
    return Place("walk", workflow=errand.workflow, question=errand.question)
