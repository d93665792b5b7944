"""Decisions asked today: those recorded as open, else what the plan needs decided."""

from collections.abc import Sequence

from app.domain.audit import Audit
from app.domain.conditions import WorkflowState
from app.domain.ids import ActionId, DecisionId, WorkflowId
from app.domain.workshop import Decision
from app.report.calendar import month_text
from app.report.draft import Draft, cut, number, plain
from app.report.left_over import annex_name
from app.report.model import Row, Table

MOST = 4
"""Decisions on page 1."""
TEXT_SIGNS = 120
WHAT_SIGNS = 84
DECIDE = ActionId("A-DECIDE")


def open_decisions(audit: Audit) -> Sequence[tuple[DecisionId, Decision]]:
    """Asked and not decided, by due date, then id."""
    found = [(i, d) for i, d in audit.decisions.items() if d.verdict is None]
    return sorted(found, key=lambda pair: (pair[1].due is None, pair[1].due or 0, pair[0]))


def decisions_asked(draft: Draft) -> Table:
    recorded = open_decisions(draft.audit)
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
    note = ""
    if not recorded and rows:
        note = draft.say("decisions.proposed").text
    elif len(rows) > MOST:
        note = draft.say(
            "decisions.others", n=len(rows) - MOST, annex=annex_name(draft, "record")
        ).text
    return Table("decisions", draft.words("label.decisions"), columns, tuple(rows[:MOST]), note)


def _row(
    draft: Draft, key: str, text: str, unblocks: str, owner: str, by: str, cost: float | None
) -> Row:
    none = draft.words("label.no_cost")
    return Row(
        key,
        (
            plain(cut(text, TEXT_SIGNS), detail=cut(unblocks, WHAT_SIGNS)),
            plain(cut(owner, 34)),
            plain(by),
            plain(none) if not cost else number(cost, draft.money(cost)),
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
    due = draft.words.short_date(decision.due) if decision.due else draft.words("label.now")
    owner = draft.names.person(decision.owner)
    return _row(draft, f"decision-{n}", text, unblocks, owner, due, decision.cost)


def _proposed(draft: Draft) -> list[Row]:
    sponsor = draft.names.person(draft.audit.organisation.sponsor, "label.sponsor")
    first = month_text(draft, 1)
    rows: list[Row] = []
    if draft.inputs.plan.actions:
        text = draft.say(
            "decisions.capacity",
            capacity=draft.inputs.plan.capacity,
            months=draft.inputs.plan.months,
        ).text
        rows.append(_row(draft, "capacity", text, _bought(draft), sponsor, first, _cost(draft)))
    undefined = _in_state(draft, WorkflowState.NOT_DEFINED)
    if undefined and draft.coverage.answered:
        text = draft.say("decisions.define", n=len(undefined)).text
        rows.append(_row(draft, "define", text, "", sponsor, first, None))
    decide = [a for a in draft.inputs.plan.actions if a.action == DECIDE]
    if decide:
        text = draft.say("decisions.decide", n=len(decide)).text
        rows.append(_row(draft, "decide", text, "", sponsor, first, None))
    audit = draft.inputs.plan.to_audit
    if audit:
        text = draft.say("decisions.audit", n=len(audit)).text
        rows.append(_row(draft, "audit", text, "", sponsor, first, None))
    return rows


def _in_state(draft: Draft, state: WorkflowState) -> list[WorkflowId]:
    return [e.id for e in draft.estimates if e.state is state]


def _bought(draft: Draft) -> str:
    """What the whole horizon changes, in workflows."""
    after = draft.inputs.plan.after
    uncovered = _in_state(draft, WorkflowState.LIVE_WITHOUT_COVER)
    open_ = [e.id for e in draft.estimates if e.state is WorkflowState.NOT_DEFINED]
    return draft.say(
        "decisions.buys",
        covered=sum(after.get(w) is WorkflowState.MAY_GO_LIVE for w in uncovered),
        uncovered=len(uncovered),
        defined=sum(
            after.get(w, WorkflowState.NOT_DEFINED) is not WorkflowState.NOT_DEFINED for w in open_
        ),
        undefined=len(open_),
    ).text


def _cost(draft: Draft) -> float | None:
    rate = draft.audit.organisation.day_rate
    if rate is None:
        return None
    return rate * sum(action.effort for action in draft.inputs.plan.actions if not action.done)
