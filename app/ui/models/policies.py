"""The rule register as tables: the rules, one rule over the workflows, and all of them as a map."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from PySide6.QtCore import QObject

from app.charts.palette import STATES
from app.desk.desk import Desk
from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.edits import records
from app.domain.enforcement import RuleCover, RuleState, rule_covers
from app.domain.ids import PolicyId, WorkflowId
from app.domain.landscape import Enforcement, EnforcementPoint
from app.ui.models.choices import choices_of, people
from app.ui.models.columns import Column, Kind
from app.ui.models.matrix import Cell, Head, MatrixModel, RowHead
from app.ui.models.records import RecordModel
from app.ui.models.screening import is_row
from app.ui.style import Look
from app.words import Words

RULE_TONES = {
    RuleState.NOWHERE: "live_without_cover",
    RuleState.NOT_RECORDED: "stop_or_pause",
    RuleState.NEVER_TESTED: "not_defined",
    RuleState.PARTLY: "not_defined",
    RuleState.TESTED: "may_build",
}
"""How a rule stands to the workflow state whose chip it borrows. That a rule was tested says
nothing about the result, so nothing here is green."""
HEAD_SIGNS = 34
WHERE = ("enforcement", "policies", "workflows")


class RuleModel(RecordModel):
    """The register with how each rule stands; covers are counted once per value of the audit."""

    def __init__(self, desk: Desk, look: Look, words: Words, parent: QObject) -> None:
        self._words = words
        self._covers: Mapping[PolicyId, RuleCover] = {}
        self._counted: Audit | None = None
        tr = self.tr
        said = tuple(words.of(state, "rule") for state in RuleState)
        columns = [
            Column(tr("Rule"), "text", width=330),
            Column(tr("Stands"), show=self._stands, tone=self._tone, width=140, words=said),
            Column(tr("Enforced by"), show=self._points, width=180),
            Column(tr("Owner"), "owner", Kind.CHOICE, people, adds_people=True, width=140),
            Column(tr("Signed"), "signed", Kind.DATE, width=95, tip=tr("Year-month-day")),
            Column(tr("Note"), "note", width=110),
        ]
        super().__init__(
            desk, look, "policies", columns, word=tr("rule"), prefix="rule-", parent=parent
        )

    def cover(self, audit: Audit, rule: str) -> RuleCover:
        if self._counted is not audit:
            self._covers, self._counted = rule_covers(audit), audit
        return self._covers.get(PolicyId(rule), RuleCover({}))

    def _stands(self, audit: Audit, rule: str) -> str:
        return self._words.of(self.cover(audit, rule).state, "rule")

    def _tone(self, audit: Audit, rule: str) -> str:
        return RULE_TONES[self.cover(audit, rule).state]

    def _points(self, audit: Audit, rule: str) -> str:
        found = self.cover(audit, rule).points
        return ", ".join(
            f"{self._words.of(point, 'enforcement')} {found[point]}"
            for point in EnforcementPoint
            if point in found
        )


class EnforcementModel(RecordModel):
    """Where one rule is enforced: a row per workflow, whether anything was recorded or not."""

    def __init__(self, desk: Desk, look: Look, words: Words, parent: QObject) -> None:
        tr = self.tr
        self.rule: PolicyId | None = None
        self._words = words
        said = tuple(words.of(state, "rule") for state in RuleState)
        columns = [
            Column(tr("Workflow"), show=self._name, width=230),
            Column(tr("Stands"), show=self._stands, tone=self._tone, width=140, words=said),
            Column(tr("Lifecycle"), show=self._lifecycle, width=95),
            Column(
                tr("Enforced by"), "point", Kind.CHOICE,
                choices_of(words, EnforcementPoint, "enforcement"), width=120,
            ),
            Column(
                tr("Last tested"), "last_tested", Kind.DATE, width=110, tip=tr("Year-month-day")
            ),
            Column(tr("Result of the test"), "result", width=240),
            Column(tr("Note"), "note", width=200),
        ]  # fmt: skip
        super().__init__(
            desk, look, "enforcement", columns, word=tr("enforcement"), prefix="", parent=parent
        )
        self.adds_rows = False

    def show_rule(self, rule: PolicyId | None) -> None:
        self.rule = rule
        self.show_audit()

    def follow(self, changes: Any) -> None:
        found = [c for c in changes if isinstance(c, Change) and c.collection in WHERE]
        if any(c.collection == "workflows" for c in found):
            self._follow_rows()
        if found and self.ids:
            last = self.index(len(self.ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def remove(self, rows: Any) -> bool:
        """Take out what was recorded in these rows; the workflows stay."""
        return self.clear(rows, range(3, len(self.columns)))

    def _name(self, audit: Audit, workflow: str) -> str:
        return audit.workflows[WorkflowId(workflow)].name

    def _state(self, audit: Audit, workflow: str) -> RuleState | None:
        found = self._record(audit, workflow)
        if found.point is None:
            return None
        if found.point is EnforcementPoint.NOWHERE:
            return RuleState.NOWHERE
        return RuleState.TESTED if found.last_tested else RuleState.NEVER_TESTED

    def _stands(self, audit: Audit, workflow: str) -> str:
        state = self._state(audit, workflow)
        return self._words.of(state, "rule") if state else ""

    def _tone(self, audit: Audit, workflow: str) -> str:
        state = self._state(audit, workflow)
        return RULE_TONES[state] if state else ""

    def _lifecycle(self, audit: Audit, workflow: str) -> str:
        found = audit.workflows[WorkflowId(workflow)].lifecycle
        return self._words.of(found, "lifecycle") if found else ""

    def _all(self, audit: Audit) -> Mapping[str, Any]:
        if self.rule is None or self.rule not in audit.policies:
            return {}
        return {w: record for w, record in audit.workflows.items() if is_row(record)}

    def _has(self, audit: Audit, id_: str) -> bool:
        return WorkflowId(id_) in audit.workflows

    def _record(self, audit: Audit, id_: str) -> Enforcement:
        found = audit.enforcement.get(WorkflowId(id_), {})
        return found.get(self.rule or PolicyId(""), Enforcement())

    def _store(self, label: str, entries: Mapping[str, Enforcement]) -> bool:
        assert self.rule is not None
        return self.desk.apply(label, put_enforcement, self.rule, entries)


class RuleMap(MatrixModel):
    """Workflows by rules, with the enforcement point in words."""

    def __init__(self, desk: Desk, words: Words, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._words = words

    def make_heads(self) -> tuple[Head, ...]:
        rules = sorted(self.desk.audit.policies.items())
        return tuple(Head(id_, _cut(rule.text), (rule.text,)) for id_, rule in rules)

    def ordered_ids(self) -> list[str]:
        """Those with most rules enforced nowhere first, where a column does not order them."""
        audit = self.desk.audit
        ids = sorted(w for w, record in audit.workflows.items() if is_row(record))
        if self.sorted_by:
            ids.sort(key=self._rank, reverse=self.is_reversed)
        return [str(w) for w in ids]

    def _rank(self, workflow: WorkflowId) -> int:
        points = (EnforcementPoint.NOWHERE, None, *list(EnforcementPoint)[:3])
        return points.index(self._found(workflow, self.sorted_by).point)

    def _found(self, workflow: str, rule: str) -> Enforcement:
        return self.desk.audit.enforcement.get(WorkflowId(workflow), {}).get(
            PolicyId(rule), Enforcement()
        )

    def make_name(self, id_: str) -> RowHead:
        record = self.desk.audit.workflows[WorkflowId(id_)]
        detail = self._words.of(record.lifecycle, "lifecycle") if record.lifecycle else ""
        return RowHead(record.name, detail)

    def make_cell(self, id_: str, head: Head) -> Cell:
        found = self._found(id_, head.key)
        if found.point is None:
            said = self.tr("not recorded")
            return Cell("–", empty=True, bold=False, said=said, tip=(head.title, said))
        text = self._words.of(found.point, "enforcement")
        tested = self._tested(found)
        tip = tuple(line for line in (head.title, tested, found.result, found.note) if line)
        if found.point is EnforcementPoint.NOWHERE:
            tested, state = "", RuleState.NOWHERE
        else:
            state = RuleState.TESTED if found.last_tested else RuleState.NEVER_TESTED
        ink, fill = STATES[RULE_TONES[state]]
        said = ", ".join(part for part in (text, tested) if part)
        return Cell(text, tested, fill=fill, ink=ink, tip=tip, said=said)

    def _tested(self, found: Enforcement) -> str:
        if found.last_tested is None:
            return self.tr("never tested")
        return self.tr("tested {0}").format(self._words.short_date(found.last_tested))


def _cut(text: str) -> str:
    """The first words of a rule, for the head of a column."""
    short = shorten(text, HEAD_SIGNS, placeholder=" …")
    return short if short != "…" else text[:HEAD_SIGNS]


def put_enforcement(audit: Audit, rule: PolicyId, entries: Mapping[str, Enforcement]) -> Audit:
    """Record how one rule is enforced in workflows; what says nothing is taken out."""
    for workflow, found in sorted(entries.items()):
        keys = (workflow, rule)
        if found != Enforcement():
            audit = records.put(audit, "enforcement", keys, found)
        elif records.found(audit, "enforcement", keys) is not None:
            audit = records.remove(audit, "enforcement", keys)
    return audit
