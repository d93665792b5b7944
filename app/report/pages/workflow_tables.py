"""Tables of one workflow: conditions, gaps, actions, upgrades, rules and sources."""

from collections.abc import Iterator

from msgspec.structs import replace

from app.domain.answers import Answer
from app.domain.conditions import ConditionState, golive_questions
from app.domain.gap_lanes import closing_month, is_in_a_lane
from app.domain.gaps import WORST_FIRST, Gap
from app.domain.ids import QuestionId, Target
from app.domain.landscape import Enforcement, ModelUpgrade
from app.domain.plan.results import PlannedAction
from app.domain.planning import GapNote
from app.domain.replies import Status, case
from app.domain.risk.results import Estimate
from app.domain.statements import fallacy_ground
from app.report.calendar import due_cell, due_text, month_text
from app.report.draft import Draft, number, plain, question_of
from app.report.left_over import is_printed, left_over
from app.report.model import Cell, Row, Table, Text
from app.report.pages.context import links, source_cells
from app.report.pages.policies import result_text, rule_text
from app.report.pages.roadmap import action_role, action_title

MOST_GAPS = 4
MOST_ACTIONS = 4
MOST_TRIED = 2
MOST_RULES = 3
MOST_SOURCES = 3
"""Rows on a workflow's page, so that it is one page."""
TONES = {
    ConditionState.MET: "may_go_live",
    ConditionState.NOT_APPLICABLE: "stop_or_pause",
    ConditionState.SAID: "not_defined",
    ConditionState.NOT_MET: "live_without_cover",
    ConditionState.UNKNOWN: "stop_or_pause",
    ConditionState.NOT_ASKED: "stop_or_pause",
}
"""How a condition stands to the workflow state whose chip it borrows."""


def conditions(draft: Draft, found: Estimate, name: str = "conditions") -> Table:
    """What to show, and who finds out what nobody knew."""
    columns = (
        draft.column("condition", 0.8),
        draft.column("stands"),
        draft.column("show", 1.8),
        draft.column("finds_out", 0.6),
    )
    rows = []
    for question in golive_questions(draft.audit.bank):
        state = found.conditions.golive[question.id]
        cells = (
            plain(draft.short(question.id)),
            plain(draft.words(f"condition.{state.value}"), tone=TONES[state]),
            plain("–" if state.is_held else question.evidence or "–"),
            plain(_finder(draft, found, question.id, state)),
        )
        rows.append(Row(question.id, cells))
    key = f"{name}_{draft.names.key(found.id)}"
    return Table(key, draft.words("label.by_condition"), columns, tuple(rows))


def standing(draft: Draft, found: Estimate) -> Table:
    """The conditions without what to show, where the page about all of them says that."""
    whole = conditions(draft, found)
    if not is_printed(draft, "cover"):
        return whole
    rows = tuple(
        replace(row, cells=(name, replace(stands, detail="" if who.text == "–" else who.text)))
        for row in whole.rows
        for name, stands, _, who in (row.cells,)
    )
    columns = (draft.column("condition", 0.8), draft.column("stands", 1))
    note = draft.words("label.show_there", name=draft.words("section.conditions"))
    return replace(whole, columns=columns, rows=rows, note=note)


def _finder(draft: Draft, found: Estimate, question: QuestionId, state: ConditionState) -> str:
    if state is not ConditionState.UNKNOWN:
        return "–"
    for standing in draft.cases[found.id].of(question):
        if standing.status is not Status.UNKNOWN:
            continue
        answer = draft.audit.answers.get(standing.target, {}).get(question, Answer())
        if answer.find_out and answer.find_out.who:
            by = answer.find_out.by
            who = draft.names.person(answer.find_out.who)
            return f"{who}, {due_text(draft, by)}" if by else who
    return draft.words("label.nobody_yet")


def gaps(draft: Draft, found: Estimate) -> Iterator[Table | Text]:
    """Known gaps, worst first, then by the month in which the plan closes them."""
    order = {question: n for n, question in enumerate(question_of(draft.audit))}
    open_ = [
        g for g in draft.inputs.gaps if found.id in g.workflows and is_in_a_lane(g, draft.date)
    ]
    if not open_:
        return
    months = {gap.key: closing_month(draft.inputs.plan, gap) for gap in open_}
    open_.sort(
        key=lambda g: (WORST_FIRST.index(g.severity), months[g.key] or 999, order[g.question])
    )
    columns = (
        draft.column("gap", 1.8),
        draft.column("severity"),
        draft.column("owner", 0.7),
        draft.column("closes_by", 0.45),
    )
    rows = tuple(
        Row(f"{g.question}-{draft.names.key(g.target)}", _gap_cells(draft, found, g, months[g.key]))
        for g in open_[:MOST_GAPS]
    )
    title = draft.words("label.gaps_of", n=draft.words.figure(len(open_)))
    note = left_over(draft, "other_gap", len(open_) - len(rows), "gaps")
    yield Table(f"gaps_{draft.names.key(found.id)}", title, columns, rows, note)


def _gap_cells(draft: Draft, found: Estimate, gap: Gap, month: int | None) -> tuple[Cell, ...]:
    note, question = gap.note or GapNote(), question_of(draft.audit)[gap.question]
    where = "" if gap.target == Target(found.id) else draft.names.target(gap.target)
    by = plain(draft.words("label.not_planned"))
    if note.due:
        by = due_cell(draft, note.due)
    elif month is not None:
        by = plain(month_text(draft, month))
    severity = draft.words(f"severity.{gap.severity.value}")
    return (
        plain(question.gap or question.text, detail=where),
        plain(severity, tone=f"severity_{gap.severity.value}"),
        plain(draft.names.person(note.owner, "label.no_owner")),
        by,
    )


def actions(draft: Draft, found: Estimate) -> Iterator[Table]:
    """Planned for this workflow alone or for what it shares, in the order of their months."""
    planned = [
        action
        for action in draft.inputs.plan.actions
        if found.id in action.workflows or action.target == Target(found.id)
    ]
    if not planned:
        return
    # Those that meet a condition of this workflow are chosen first, and all stand by month.
    planned.sort(key=lambda a: (found.id not in {w for w, _ in a.conditions_met}, a.month or 999))
    left = len(planned) - MOST_ACTIONS
    planned = sorted(planned[:MOST_ACTIONS], key=lambda a: (a.month or 999, a.phase, a.key))
    columns = (
        draft.column("action", 1.6),
        draft.column("owner", 0.8),
        draft.column("month", 0.4),
        draft.column("days", right=True),
    )
    rows = tuple(
        Row(f"action-{n}", _action_cells(draft, found, action))
        for n, action in enumerate(planned, 1)
    )
    title = draft.words("label.actions_of", n=draft.words.figure(len(planned) + max(0, left)))
    note = left_over(draft, "other_action", left, "")
    yield Table(f"actions_{draft.names.key(found.id)}", title, columns, rows, note)


def _action_cells(draft: Draft, found: Estimate, action: PlannedAction) -> tuple[Cell, ...]:
    where = "" if action.target == Target(found.id) else draft.names.target(action.target)
    role = action_role(draft, action)
    owner = draft.names.person(action.owner) if action.owner else role
    return (
        plain(action_title(draft, action), detail=where),
        plain(owner),
        plain(month_text(draft, action.month) if action.month else draft.words("label.later")),
        number(action.effort, draft.words.figure(action.effort)),
    )


def tried(draft: Draft, found: Estimate) -> Iterator[Table]:
    """Model upgrades, newest first, and whether the flow was defined when they were bought."""
    bought = [u for _, u in sorted(draft.audit.upgrades.items()) if u.workflow == found.id]
    if not bought:
        return
    bought.sort(key=lambda upgrade: upgrade.date, reverse=True)
    columns = [draft.column("date", 0.5)]
    if not draft.names.is_external:
        columns += [draft.column("bought", 1), draft.column("effect", 1.4)]
    columns += [draft.column("cost", right=True), draft.column("was_defined", 0.7)]
    rows = tuple(
        Row(f"upgrade-{n}", _upgrade_cells(draft, found, upgrade))
        for n, upgrade in enumerate(bought[:MOST_TRIED], 1)
    )
    key = f"tried_{draft.names.key(found.id)}"
    note = left_over(draft, "other_upgrade", len(bought) - len(rows), "")
    yield Table(key, draft.words("label.tried"), tuple(columns), rows, note)


def _upgrade_cells(draft: Draft, found: Estimate, upgrade: ModelUpgrade) -> tuple[Cell, ...]:
    names, earlier = draft.names, draft.inputs.earlier
    past = []
    if earlier and found.id in earlier.audit.workflows:
        day = earlier.at.date()
        past.append((day, case(earlier.audit, found.id, day)))
    ground = fallacy_ground(draft.audit.bank, upgrade.date, past, draft.cases[found.id])
    typed = (
        plain(_from_to(draft, upgrade), detail=names.typed(upgrade.reason)),
        plain(names.typed(upgrade.effect) or "–"),
    )
    cost = plain("–")
    if upgrade.cost is not None:
        cost = number(upgrade.cost, draft.money(upgrade.cost))
    return (
        plain(draft.words.short_date(upgrade.date)),
        *(() if names.is_external else typed),
        cost,
        plain(draft.words(f"fallacy.{ground.verdict.value}")),
    )


def _from_to(draft: Draft, upgrade: ModelUpgrade) -> str:
    before, after = draft.names.typed(upgrade.before), draft.names.typed(upgrade.after)
    if before and after:
        return draft.words("label.from_to", before=before, after=after)
    return after or before or "–"


def rules(draft: Draft, found: Estimate) -> Iterator[Table]:
    """The rules with what was recorded about them for this workflow; nothing where none was."""
    group = draft.audit.enforcement.get(found.id, {})
    known = [policy for policy in sorted(group) if policy in draft.audit.policies]
    if not known:
        return
    columns = (
        draft.column("rule", 2),
        draft.column("enforced_by", 0.5),
        draft.column("last_tested", 1.4),
    )
    keys = {policy: n for n, policy in enumerate(sorted(draft.audit.policies), 1)}
    rows = tuple(
        Row(
            f"rule-{keys[policy]}",
            (
                plain(rule_text(draft, policy)),
                plain(_point(draft, group[policy])),
                _last_test(draft, group[policy]),
            ),
        )
        for policy in known[:MOST_RULES]
    )
    note = left_over(draft, "other_rule", len(known) - len(rows), "")
    key = f"rules_{draft.names.key(found.id)}"
    yield Table(key, draft.words("label.rules"), columns, rows, note)


def _point(draft: Draft, found: Enforcement) -> str:
    return draft.words(f"enforcement.{found.point.value}") if found.point else "–"


def _last_test(draft: Draft, found: Enforcement) -> Cell:
    if not found.last_tested:
        return plain(draft.words("label.never"))
    detail = result_text(draft, found)
    return plain(draft.words.short_date(found.last_tested), detail=detail)


def sources(draft: Draft, found: Estimate) -> Iterator[Table | Text]:
    """What it draws on, where no page about all sources says so; a line where that is nothing."""
    key = draft.names.key(found.id)
    drawn = links(draft, found.id)
    title = draft.words("label.sources")
    if is_printed(draft, "context") and drawn:
        return
    if not drawn:
        if draft.audit.sources:
            yield Text(f"sources_{key}", (draft.say("context.bare_single"),), title)
        return
    columns = (draft.column("source", 1.2), draft.column("owner", 1), draft.column("importance"))
    rows = []
    for source in sorted(drawn, key=lambda s: (-drawn[s].importance, s))[:MOST_SOURCES]:
        name, owner, *_ = source_cells(draft, source, typed=False)
        weight = plain(draft.words(f"chart.sources.{drawn[source].importance}"))
        rows.append(Row(draft.names.key(source), (name, owner, weight)))
    note = left_over(draft, "other_source", len(drawn) - len(rows), "")
    yield Table(f"sources_{key}", title, columns, tuple(rows), note)
