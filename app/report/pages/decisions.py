"""Decisions asked today: those recorded as open, else what the plan needs decided."""

from collections.abc import Sequence

from app.domain.audit import Audit
from app.domain.conditions import ConditionState, WorkflowState
from app.domain.ids import ActionId, DecisionId, WorkflowId
from app.domain.workshop import Decision
from app.report.calendar import due_cell, month_text
from app.report.draft import Draft, cut, plain
from app.report.left_over import annex_name
from app.report.model import Cell, Row, Table

MOST = 4
"""Decisions on page 1."""
TEXT_SIGNS = 120
WHAT_SIGNS = 84
DECIDE = ActionId("A-DECIDE")
CAPACITY = "capacity"
"""Key of the proposal that asks for all the days the plan needs."""


def open_decisions(audit: Audit) -> Sequence[tuple[DecisionId, Decision]]:
    """Asked and not decided, by due date, then id."""
    found = [(i, d) for i, d in audit.decisions.items() if d.verdict is None]
    return sorted(found, key=lambda pair: (pair[1].due is None, pair[1].due or 0, pair[0]))


def asked_here(audit: Audit) -> Sequence[tuple[DecisionId, Decision]]:
    """Open decisions but those that are only about workflows out of scope."""
    return [(i, d) for i, d in open_decisions(audit) if _is_in_scope(audit, d)]


def _is_in_scope(audit: Audit, decision: Decision) -> bool:
    known = [audit.workflows[w] for w in decision.workflows if w in audit.workflows]
    return not known or any(workflow.in_scope for workflow in known)


def decisions_asked(draft: Draft) -> Table:
    recorded = asked_here(draft.audit)
    rows = [
        _recorded(draft, n, decision) for n, (_, decision) in enumerate(recorded, 1)
    ] or _proposed(draft)
    columns = (
        draft.column("decision", 1),
        draft.column("owner", 0.32),
        draft.column("by"),
        draft.column("cost", right=True),
        draft.column("verdict"),
    )
    notes = []
    if not recorded and rows:
        notes.append(draft.say("decisions.proposed").text)
    annex = annex_name(draft, "record")
    if len(rows) > MOST:
        notes.append(draft.say("decisions.others", n=len(rows) - MOST, annex=annex).text)
    elsewhere = len(open_decisions(draft.audit)) - len(recorded)
    if elsewhere:
        notes.append(draft.say("decisions.elsewhere", n=elsewhere, annex=annex).text)
    title = draft.words("label.decisions")
    return Table("decisions", title, columns, tuple(rows[:MOST]), " ".join(notes))


def _row(key: str, text: str, unblocks: str, owner: str, by: Cell, cost: Cell) -> Row:
    return Row(
        key,
        (
            plain(cut(text, TEXT_SIGNS), detail=cut(unblocks, WHAT_SIGNS)),
            plain(cut(owner, 34)),
            by,
            cost,
            plain("", tone="verdict"),
        ),
    )


def _recorded(draft: Draft, n: int, decision: Decision) -> Row:
    text = draft.names.typed(decision.text)
    if draft.names.is_external:
        text = draft.say("decisions.withheld", n=n).text
    unblocks = "" if draft.names.is_external else draft.names.typed(decision.unblocks)
    if not unblocks and decision.workflows:
        unblocks = draft.say("decisions.about", n=len(decision.workflows)).text
    due = due_cell(draft, decision.due) if decision.due else plain(draft.words("label.now"))
    owner = draft.names.person(decision.owner)
    return _row(f"decision-{n}", text, unblocks, owner, due, draft.cost(decision.cost))


def _proposed(draft: Draft) -> list[Row]:
    """What the plan needs decided: the days it takes, and what no plan can settle."""
    sponsor = draft.names.person(draft.audit.organisation.sponsor, "label.sponsor")
    first = plain(month_text(draft, 1))
    plan = draft.inputs.plan
    asked: list[tuple[str, str]] = []
    undefined = _in_state(draft, WorkflowState.NOT_DEFINED)
    if undefined and draft.coverage.answered:
        asked.append(("define", draft.say("decisions.define", n=len(undefined)).text))
    decide = [a for a in plan.actions if a.action == DECIDE]
    if decide:
        asked.append(("decide", draft.say("decisions.decide", n=len(decide)).text))
    not_asked = _not_asked(draft)
    if plan.to_audit or not_asked:
        text = draft.say("decisions.audit", n=len(plan.to_audit), conditions=not_asked).text
        asked.append(("audit", text))
    rows = [_row(key, text, "", sponsor, first, plain("–")) for key, text in asked]
    if plan.days:
        text = draft.say(
            "decisions.capacity", days=plan.days, months=plan.last_month, capacity=plan.capacity
        ).text
        cost = draft.cost(plan_cost(draft))
        rows.insert(0, _row(CAPACITY, text, _bought(draft, not_asked), sponsor, first, cost))
    return rows


def _in_state(draft: Draft, state: WorkflowState) -> list[WorkflowId]:
    return [e.id for e in draft.estimates if e.state is state]


def _not_asked(draft: Draft) -> int:
    """Go-live conditions never asked of workflows about which something else was."""
    untouched = set(draft.inputs.plan.to_audit)
    return sum(
        state is ConditionState.NOT_ASKED
        for estimate in draft.estimates
        if estimate.id not in untouched
        for state in estimate.conditions.golive.values()
    )


def _bought(draft: Draft, not_asked: int) -> str:
    """What the whole horizon changes, in workflows, else in conditions."""
    plan = draft.inputs.plan
    uncovered = _in_state(draft, WorkflowState.LIVE_WITHOUT_COVER)
    open_ = _in_state(draft, WorkflowState.NOT_DEFINED)
    return draft.say(
        "decisions.buys",
        single=draft.is_single,
        covered=sum(plan.after.get(w) is WorkflowState.MAY_GO_LIVE for w in uncovered),
        uncovered=len(uncovered),
        defined=sum(
            plan.after.get(w, WorkflowState.NOT_DEFINED) is not WorkflowState.NOT_DEFINED
            for w in open_
        ),
        undefined=len(open_),
        conditions=sum(len(action.conditions_met) for action in plan.actions),
        not_asked=not_asked,
    ).text


def plan_cost(draft: Draft) -> float | None:
    """What the days of the plan cost; None where no day rate is recorded."""
    rate = draft.audit.organisation.day_rate
    return None if rate is None else rate * draft.inputs.plan.days
