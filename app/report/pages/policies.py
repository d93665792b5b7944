"""The rules that are not negotiable: owner, where each is enforced, when it was last tested."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from app.charts.frame import MOST_ROWS
from app.domain.enforcement import RuleCover, RuleState, rule_covers
from app.domain.ids import PolicyId, WorkflowId
from app.domain.landscape import Enforcement, EnforcementPoint
from app.report.draft import Draft, cut, plain
from app.report.model import Cell, Line, Row, Section, Table

TONES = {
    RuleState.NOWHERE: "live_without_cover",
    RuleState.NOT_RECORDED: "stop_or_pause",
    RuleState.NEVER_TESTED: "not_defined",
    RuleState.PARTLY: "not_defined",
    RuleState.TESTED: "stop_or_pause",
}
"""How a rule stands to the workflow state whose chip it borrows. Tested is neutral: the test may
have failed, and nobody but a reader of its result can say."""
NAMES_SIGNS = 70
ORDER = tuple(RuleState)


def policies_page(draft: Draft) -> Section | None:
    """None where no rule was recorded."""
    if not draft.audit.policies:
        return None
    covers = rule_covers(draft.audit)
    return Section(
        "policies",
        draft.words("section.policies"),
        _heading(draft, covers),
        (draft.say("policies.rule"),),
        (_table(draft, covers),),
    )


def _heading(draft: Draft, covers: Mapping[PolicyId, RuleCover]) -> Line:
    states = Counter(cover.state for cover in covers.values())
    gone = sum(EnforcementPoint.NOWHERE in cover.points for cover in covers.values())
    return draft.say(
        "policies.heading",
        of=len(covers),
        nowhere=gone,
        untested=states[RuleState.NEVER_TESTED],
        tested=states[RuleState.TESTED] + states[RuleState.PARTLY],
        not_recorded=states[RuleState.NOT_RECORDED],
    )


def rule_text(draft: Draft, policy: PolicyId) -> str:
    """The rule as typed; for external readers its number."""
    n = sorted(draft.audit.policies).index(policy) + 1
    if draft.names.is_external:
        return draft.words("pseudonym.rule", n=n)
    return draft.names.typed(draft.audit.policies[policy].text)


def _table(draft: Draft, covers: Mapping[PolicyId, RuleCover]) -> Table:
    """Those that stand worst first."""
    order = sorted(covers, key=lambda p: (ORDER.index(covers[p].state), p))
    columns = (
        draft.column("rule", 1.5),
        draft.column("stands", 0.7),
        draft.column("enforced_by", 1.1),
        draft.column("owner", 0.7),
        draft.column("last_tested", 0.9),
    )
    keys = {policy: n for n, policy in enumerate(sorted(covers), 1)}
    rows = tuple(
        Row(f"rule-{keys[policy]}", _cells(draft, policy, covers[policy]))
        for policy in order[:MOST_ROWS]
    )
    left = len(order) - len(rows)
    note = draft.words.count("other_rule", left) if left else ""
    return Table("policies", draft.words("label.rules"), columns, rows, note)


def _cells(draft: Draft, policy: PolicyId, cover: RuleCover) -> tuple[Cell, ...]:
    record = draft.audit.policies[policy]
    signed = ""
    if record.signed:
        signed = draft.words("label.signed_on", date=draft.words.short_date(record.signed))
    state = draft.words(f"rule.{cover.state.value}")
    return (
        plain(rule_text(draft, policy)),
        plain(state, tone=TONES[cover.state]),
        plain(_points(draft, cover), detail=_nowhere(draft, policy)),
        plain(draft.names.person(record.owner, "label.no_owner"), detail=signed),
        _tested(draft, policy),
    )


def _points(draft: Draft, cover: RuleCover) -> str:
    parts = (
        f"{draft.words(f'enforcement.{point.value}')} {draft.words.figure(cover.points[point])}"
        for point in EnforcementPoint
        if point in cover.points
    )
    return ", ".join(parts) or "–"


def recorded(draft: Draft, policy: PolicyId) -> list[tuple[WorkflowId, Enforcement]]:
    return [
        (workflow, group[policy])
        for workflow, group in sorted(draft.audit.enforcement.items())
        if policy in group
    ]


def _nowhere(draft: Draft, policy: PolicyId) -> str:
    """The workflows in which nothing enforces it."""
    names = [
        draft.names.target(workflow)
        for workflow, found in recorded(draft, policy)
        if found.point is EnforcementPoint.NOWHERE
    ]
    if not names:
        return ""
    return draft.words("label.nowhere_in", names=cut(", ".join(names), NAMES_SIGNS))


def _tested(draft: Draft, policy: PolicyId) -> Cell:
    """The last test of any workflow, with what came of it."""
    tests: list[tuple[dt.date, WorkflowId, Enforcement]] = [
        (found.last_tested, workflow, found)
        for workflow, found in recorded(draft, policy)
        if found.last_tested
    ]
    if not tests:
        return plain(draft.words("label.never"))
    day, workflow, found = max(tests, key=lambda test: (test[0], test[1]))
    parts = [draft.names.target(workflow), result_text(draft, found)]
    return plain(draft.words.short_date(day), detail=": ".join(part for part in parts if part))


def result_text(draft: Draft, found: Enforcement) -> str:
    """What came of a test, as typed; where words are left out, that there is a result."""
    result = draft.names.typed(found.result)
    if result and draft.names.is_external:
        return draft.words("label.result_kept")
    return result
