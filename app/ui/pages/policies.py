"""Rules that are not negotiable, who owns them, and where each one is really enforced."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Change
from app.domain.enforcement import RuleState, rule_covers
from app.domain.ids import PolicyId, WorkflowId
from app.domain.landscape import EnforcementPoint
from app.ui.models.policies import EnforcementModel, RuleMap, RuleModel
from app.ui.page import Bench, Completeness, Page, Place, button, head, label, translate
from app.ui.record_table import RecordTable
from app.ui.widgets.matrix.view import MatrixView
from app.ui.widgets.tabs import Tabs

ONE, ALL = 0, 1
SHOWN = ("policies", "enforcement", "workflows", "people")


class PoliciesPage(Page):
    key = "policies"
    group = "audit"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.rules = RuleModel(self.desk, self.look, self.words, self)
        self.register = RecordTable(self.rules, self.tr("Rules"))
        self.cover = EnforcementModel(self.desk, self.look, self.words, self)
        self.cover_table = RecordTable(self.cover, self.tr("Where this rule is enforced"))
        self.map = RuleMap(self.desk, self.words, self)
        self.map_view = MatrixView(
            self.map, self.look, self.tr("All rules by workflow"), self.tr("Workflow"),
            narrow=(self.words("enforcement.nowhere"), self.tr("tested 30 Sep 2026")), wide=26,
        )  # fmt: skip
        row, _, self._lead = head(self.title(), "")
        self.new = button(self.tr("New rule"), "primary", self.tr("New rule (Ctrl+Enter)"))
        row.addWidget(self.new)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.register)
        split.addWidget(self._lower())
        split.setSizes([230, 330])
        split.setHandleWidth(10)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addLayout(row)
        outer.addWidget(split, 1)
        self._connect()

    @staticmethod
    def title() -> str:
        return translate("Policies")

    def _lower(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.tabs = Tabs(self.tr("One rule or all rules"))
        self.tabs.addTab(self.tr("This rule"))
        self.tabs.addTab(self.tr("All rules by workflow"))
        self.rule = label("", "heading")
        one = QWidget()
        inner = QVBoxLayout(one)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.rule)
        inner.addWidget(self.cover_table, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(one)
        self.stack.addWidget(self.map_view)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        return whole

    def _connect(self) -> None:
        self.new.clicked.connect(self.register.start_row)
        self.tabs.currentChanged.connect(self._turn)
        self.map_view.opened.connect(self._open)
        choosing = self.register.selectionModel()
        choosing.currentRowChanged.connect(lambda *_: self._show_rule())
        self.rules.modelReset.connect(self._show_rule)

    def _turn(self, tab: int) -> None:
        self.stack.setCurrentIndex(tab)
        if tab == ALL:
            self.map.show_audit()

    def _open(self, workflow: str, rule: str) -> None:
        """From the map to the row where it is mended."""
        self.register.show_record(rule)
        self.tabs.setCurrentIndex(ONE)
        self.cover_table.show_record(workflow)
        self.cover_table.setFocus()

    def _show_rule(self) -> None:
        chosen = self.register.current_id
        if chosen != self.cover.rule or chosen is None:
            self.cover.show_rule(PolicyId(chosen) if chosen else None)
        audit = self.desk.audit
        record = audit.policies.get(PolicyId(chosen)) if chosen else None
        self.rule.setText(record.text if record else self.tr("Choose a rule above."))

    # Following the audit.

    def show_audit(self) -> None:
        self.rules.show_audit()
        if self.rules.ids and not self.register.currentIndex().isValid():
            self.register.setCurrentIndex(self.rules.index(0, 0))
        self.cover.show_rule(self.cover.rule)
        self._show_rule()
        self.map.show_audit()
        self._lead.setText(self._said())

    def follow(self, changes: Sequence[Change]) -> None:
        if not any(c.collection in SHOWN for c in changes):
            return
        self.rules.follow(changes)
        self.cover.follow(changes)
        self._show_rule()
        if self.tabs.currentIndex() == ALL:
            self.map.follow(changes)
        self._lead.setText(self._said())

    def _said(self) -> str:
        """How many rules stand out."""
        states = [cover.state for cover in rule_covers(self.desk.audit).values()]
        if not states:
            return self.tr("Which rules may never be broken, whatever the model says?")
        nowhere = states.count(RuleState.NOWHERE) + states.count(RuleState.NOT_RECORDED)
        return self.tr(
            "{0} rules: {1} enforced nowhere or not recorded, {2} never tested. "
            "A rule in a prompt is a request; only code and people enforce."
        ).format(len(states), nowhere, states.count(RuleState.NEVER_TESTED))

    def go_to(self, place: Place) -> None:
        """`key`: a rule; with a workflow, or a field of its cover, the row where it is enforced."""
        self.register.show_record(place.key, place.field)
        self.register.setFocus()
        own = [column.field for column in self.rules.columns]
        if place.workflow or (place.field and place.field not in own):
            self.tabs.setCurrentIndex(ONE)
            self.cover_table.show_record(place.workflow or self._first_enforced(), place.field)
            self.cover_table.setFocus()

    def _first_enforced(self) -> str:
        """The first workflow where this rule is enforced, else the first of all."""
        audit, rule = self.desk.audit, self.cover.rule
        points = {w: group[rule].point for w, group in audit.enforcement.items() if rule in group}
        kept = (None, EnforcementPoint.NOWHERE)
        found = (i for i in self.cover.ids if points.get(WorkflowId(i)) not in kept)
        return next(found, next(iter(self.cover.ids), ""))

    def completeness(self) -> Completeness:
        covers = rule_covers(self.desk.audit).values()
        tested = sum(c.state in (RuleState.TESTED, RuleState.PARTLY) for c in covers)
        return Completeness(tested, len(covers), str(len(covers)))

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl+Enter", self.tr("Start a new rule")),
            ("Ctrl+Del", self.tr("Remove the selected rules")),
            ("Ctrl+D", self.tr("Fill the selected cells down")),
            ("Enter", self.tr("On the map: open the row to mend")),
        ]
