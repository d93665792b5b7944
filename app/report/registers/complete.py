"""Registers: complete tables, one record a row, for those who go on working with them."""

from msgspec import Struct

from app.domain.gaps import Gap, gap_key
from app.domain.ids import ActionId, ActionKey, Target, WorkflowId
from app.domain.plan.results import PlannedAction
from app.domain.planning import ActionNote, GapNote, Response, Severity
from app.report.calendar import month_text
from app.report.draft import Draft, question_of
from app.report.long_names import names_table
from app.report.model import Audience, Cell, Table
from app.report.registers import fields as f
from app.report.registers.landscape import (
    policies_register,
    scores_register,
    sources_register,
    stages_register,
    workflows_register,
)
from app.report.registers.own import own_gaps_register
from app.report.registers.record import (
    answers_register,
    decisions_register,
    find_out_register,
    parking_register,
)

DONE, EXCLUDED, OPEN, PINNED = "done", "excluded", "open", "pinned"
STATUSES = (OPEN, DONE, EXCLUDED)
"""What may be chosen; an action is pinned where its month is chosen."""


def registers(draft: Draft) -> tuple[Table, ...]:
    """Every register that has a row, redacted for the report's audience."""
    made = (
        gaps_register(draft),
        actions_register(draft),
        workflows_register(draft),
        stages_register(draft),
        answers_register(draft),
        decisions_register(draft),
        scores_register(draft),
        find_out_register(draft),
        policies_register(draft),
        sources_register(draft),
        parking_register(draft),
        own_gaps_register(draft),
        names_table(draft),
    )
    return tuple(table for table in made if table.rows)


def is_open(draft: Draft) -> bool:
    """Stand-in names cannot be read back."""
    return not draft.names.is_external


def gaps_register(draft: Draft) -> Table:
    """Every gap in bank order; key question/target."""
    questions = question_of(draft.audit)
    is_own = draft.request.audience is Audience.FULL
    can = is_open(draft)

    def note(gap: Gap) -> GapNote:
        return gap.note or GapNote()

    def severity(gap: Gap) -> Cell:
        word = draft.words(f"severity.{gap.severity.value}")
        return Cell(word, tone=f"severity_{gap.severity.value}")

    def chosen(gap: Gap) -> str:
        if gap.level is None:
            return draft.words("label.nobody_knows")
        return f"{draft.level(gap.level)}: {questions[gap.question].levels[gap.level]}"

    def response(gap: Gap) -> str:
        found = note(gap).response
        return draft.words(f"response.{found.value}") if found else ""

    # Each field is made with its own reading of a gap, in the order of the columns.
    fields: tuple[f.Field[Gap], ...] = (
        f.text(draft, "question_id", lambda g: str(g.question), share=0.5),
        f.text(draft, "question", lambda g: questions[g.question].text, share=f.WIDE),
        f.text(draft, "target", lambda g: draft.names.target(g.target)),
        f.count(draft, "level", lambda g: g.level),
        f.text(draft, "level_words", chosen, share=f.WIDE),
        f.toned(
            draft,
            "severity",
            severity,
            choice=f.words_of(draft, "severity", Severity),
            is_open=can,
            share=0.5,
        ),
        f.owner(draft, f.owners(draft), lambda g: note(g).owner, is_open=can),
        f.day(draft, "due", lambda g: note(g).due, is_open=can),
        f.text(
            draft,
            "response",
            response,
            choice=f.words_of(draft, "response", Response),
            is_open=can,
            share=0.6,
        ),
        f.day(draft, "accepted_until", lambda g: note(g).accepted_until, is_open=can),
        f.text(draft, "because", lambda g: draft.names.typed(note(g).because), is_open=is_own),
        f.text(draft, "note", lambda g: draft.names.typed(note(g).note), is_open=is_own),
        f.text(draft, "status", lambda g: _gap_status(draft, g), share=0.6),
    )
    return f.register(
        draft,
        "gaps",
        draft.inputs.gaps,
        lambda g: gap_key(g.question, Target(draft.names.key(g.target))),
        fields,
    )


def _gap_status(draft: Draft, gap: Gap) -> str:
    note = gap.note or GapNote()
    if note.merged_into:
        code = "merged"
    elif note.response is Response.ACCEPT:
        code = "accepted"
    elif note.response is Response.DISAGREE:
        code = "disagreed"
    else:
        code = "find_out" if gap.not_known else "open"
    return draft.words(f"gap_status.{code}")


class ActionRow(Struct, frozen=True):
    """A planned action, or one that was left out of the plan and may have no target."""

    key: str
    action: ActionId
    target: Target | None
    planned: PlannedAction | None
    note: ActionNote

    @property
    def status(self) -> str:
        if self.planned is None:
            return EXCLUDED
        if self.planned.done:
            return DONE
        return PINNED if self.planned.pinned else OPEN


def actions_register(draft: Draft) -> Table:
    """Actions of the plan, those that come later, and those left out; key action/target."""
    can = is_open(draft)
    is_own = draft.request.audience is Audience.FULL
    statuses = tuple(draft.words(f"action_status.{code}") for code in STATUSES)

    def target(row: ActionRow) -> str:
        if row.target is None:
            return draft.words("action_status.every_target")
        return draft.names.target(row.target)

    fields: tuple[f.Field[ActionRow], ...] = (
        f.text(draft, "action", lambda r: _title(draft, r), share=f.WIDE),
        f.text(draft, "target", target),
        f.text(draft, "phase", lambda r: _phase(draft, r)),
        f.count(draft, "plan_month", lambda r: r.planned.month if r.planned else None),
        f.text(draft, "month", lambda r: _month(draft, r), share=0.5),
        f.text(draft, "role", lambda r: _role(draft, r)),
        f.owner(draft, f.owners(draft), lambda r: r.note.owner, is_open=can),
        f.day(draft, "due", lambda r: r.note.due, is_open=can),
        f.count(draft, "effort", _effort, is_open=can),
        f.text(
            draft,
            "status",
            lambda r: draft.words(f"action_status.{r.status}"),
            choice=f.Choice(statuses, STATUSES),
            is_open=can,
            share=0.6,
        ),
        f.count(draft, "conditions_held", _conditions),
        f.text(draft, "unblocks", lambda r: _unblocks(draft, r), share=f.WIDE),
        f.text(draft, "done_when", lambda r: _done_when(draft, r), share=f.WIDE),
        f.text(draft, "note", lambda r: draft.names.typed(r.note.note), is_open=is_own),
    )
    return f.register(draft, "actions", _action_rows(draft), lambda r: _shown_key(draft, r), fields)


def _action_rows(draft: Draft) -> list[ActionRow]:
    notes, plan = draft.audit.action_notes, draft.inputs.plan
    rows = [
        ActionRow(a.key, a.action, a.target, a, notes.get(a.key, ActionNote()))
        for a in (*plan.actions, *plan.later)
    ]
    for key in sorted(set(draft.audit.plan.excluded) - {row.key for row in rows}):
        action, _, target = key.partition("/")
        note = notes.get(ActionKey(key), ActionNote())
        rows.append(
            ActionRow(key, ActionId(action), Target(target) if target else None, None, note)
        )
    return rows


def _is_own(draft: Draft, row: ActionRow) -> bool:
    return row.action in draft.audit.own_actions


def _shown_key(draft: Draft, row: ActionRow) -> str:
    """Ids of actions of one's own may say what external readers must not learn."""
    action = str(row.action)
    if draft.names.is_external and _is_own(draft, row):
        action = f"own-{sorted(draft.audit.own_actions).index(row.action) + 1}"
    return action if row.target is None else f"{action}/{draft.names.key(row.target)}"


def _title(draft: Draft, row: ActionRow) -> str:
    known = {a.id: a.title for a in draft.audit.bank.actions}
    if row.action in known:
        return known[row.action]
    if _is_own(draft, row):
        return draft.names.typed(draft.audit.own_actions[row.action].title)
    return draft.names.known(row.planned.title if row.planned else str(row.action))


def _phase(draft: Draft, row: ActionRow) -> str:
    if row.planned is None:
        return ""
    return f"{row.planned.phase} {draft.words(f'phase.{row.planned.phase}')}"


def _month(draft: Draft, row: ActionRow) -> str:
    if row.planned is None:
        return ""
    month = row.planned.month
    return draft.words("label.later") if month is None else month_text(draft, month)


def _role(draft: Draft, row: ActionRow) -> str:
    if row.planned is None:
        return ""
    return draft.names.typed(row.planned.role) if _is_own(draft, row) else row.planned.role


def _effort(row: ActionRow) -> float | None:
    return row.planned.effort if row.planned else row.note.effort


def _conditions(row: ActionRow) -> int | None:
    return len(row.planned.conditions_met) if row.planned else None


def _unblocks(draft: Draft, row: ActionRow) -> str:
    """Workflows whose state changes when this is done."""
    moves = sorted(row.planned.moves.items()) if row.planned else ()
    return "; ".join(
        f"{draft.names.target(WorkflowId(workflow))}: {draft.words(f'state.{state.value}')}"
        for workflow, state in moves
    )


def _done_when(draft: Draft, row: ActionRow) -> str:
    if row.planned is None:
        return ""
    text = row.planned.done_when
    return draft.names.typed(text) if _is_own(draft, row) else text
