"""Page 5: actions by phase with owners and gates, misses over time, criteria and outcomes."""

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from app.charts.curve import CurvePoint, curve
from app.charts.frame import MOST_ROWS
from app.charts.gantt import Bar, Gantt, gantt
from app.charts.scene import Scene
from app.domain.conditions import WorkflowState
from app.domain.ids import ActionId, PersonId
from app.domain.landscape import Outcome
from app.domain.plan.results import PhaseGate, PlannedAction
from app.report.calendar import month_text, short_months, start
from app.report.draft import Draft, number, plain
from app.report.model import Block, Line, Picture, Row, Section, Table, Text


class Group(Struct, frozen=True):
    """The same action for several targets."""

    action: ActionId
    actions: tuple[PlannedAction, ...]

    @property
    def phase(self) -> int:
        return self.actions[0].phase

    @property
    def first(self) -> int:
        return min(action.month or 1 for action in self.actions)

    @property
    def last(self) -> int:
        return max(action.month or 1 for action in self.actions)

    @property
    def share(self) -> float:
        return sum(action.share for action in self.actions)

    @property
    def covers(self) -> int:
        return sum(len(action.conditions_met) for action in self.actions)


def roadmap_page(draft: Draft) -> Section:
    blocks: list[Block] = []
    if draft.inputs.plan.actions:
        blocks.append(Picture("gantt", draft.words("caption.gantt"), _gantt(draft)))
        blocks.append(
            Text("milestones", _milestones(draft), draft.words("label.milestones"), listed=True)
        )
    if draft.inputs.plan.curve and not draft.is_withheld and not draft.is_single:
        blocks.append(Picture("curve", draft.words("caption.curve"), _curve(draft)))
    blocks.append(_phases(draft))
    if any(draft.workflow(e.id).outcome for e in draft.estimates) or _ended(draft):
        blocks.append(_outcome(draft) or _outcomes(draft))
    return Section(
        "roadmap", draft.words("section.roadmap"), _heading(draft), _lead(draft), tuple(blocks)
    )


def _heading(draft: Draft) -> Line:
    plan = draft.inputs.plan
    live = [e for e in draft.estimates if e.state is WorkflowState.LIVE_WITHOUT_COVER]
    covered = [e for e in live if plan.after.get(e.id) is WorkflowState.MAY_GO_LIVE]
    return draft.say(
        "roadmap.heading",
        actions=len(plan.actions),
        months=plan.months,
        uncovered=len(live),
        covered=len(covered),
        until=month_text(draft, plan.months),
        to_audit=len(plan.to_audit),
    )


def _lead(draft: Draft) -> tuple[Line, ...]:
    plan = draft.inputs.plan
    if not plan.actions:
        return ()
    lines = [
        draft.say("roadmap.effort", days=plan.days, capacity=plan.capacity, later=len(plan.later)),
        draft.say("roadmap.no_points"),
    ]
    if start(draft) < draft.date.replace(day=1):
        lines.append(draft.say("roadmap.begun", month=draft.words.month(start(draft))))
    if plan.confirm_first:
        lines.append(draft.say("roadmap.confirm", n=len(plan.confirm_first)))
    if plan.to_show:
        lines.append(draft.say("roadmap.to_show", n=len(plan.to_show)))
    if plan.to_audit:
        lines.append(draft.say("roadmap.to_audit", n=len(plan.to_audit)))
    return tuple(lines)


def groups(actions: Sequence[PlannedAction]) -> list[Group]:
    found: dict[ActionId, list[PlannedAction]] = {}
    for action in actions:
        found.setdefault(action.action, []).append(action)
    return [Group(action, tuple(members)) for action, members in found.items()]


def _gantt(draft: Draft) -> Scene:
    plan = draft.inputs.plan
    found = groups(plan.actions)
    chosen = sorted(found, key=lambda g: (-g.covers, -g.share, g.action))[:MOST_ROWS]
    chosen.sort(key=lambda g: (g.phase, g.first, g.last, g.action))
    used = [0.0] * plan.months
    for action in plan.actions:
        if action.month and not action.done:
            used[action.month - 1] += action.effort
    shown = Gantt(
        bars=tuple(_bar(draft, group) for group in chosen),
        months=short_months(draft, plan.months),
        phases={p: draft.words(f"phase.{p}") for p in range(1, 6)},
        gates={g.phase: g.gate_month for g in plan.phases if g.gate_month},
        used=tuple(accumulate(used)),
        available=tuple(plan.capacity * (i + 1) for i in range(plan.months)),
        others=len(plan.actions) - sum(len(group.actions) for group in chosen),
    )
    return gantt(shown, draft.words)


def action_title(draft: Draft, action: PlannedAction) -> str:
    """The bank's title; a title of one's own goes through the door for typed text."""
    for known in draft.audit.bank.actions:
        if known.id == action.action:
            return known.title
    if action.action in draft.audit.own_actions:
        return draft.names.typed(action.title)
    return draft.names.known(action.title)


def _bar(draft: Draft, group: Group) -> Bar:
    title = action_title(draft, group.actions[0])
    if len(group.actions) > 1:
        title = draft.words("label.times", n=len(group.actions), what=title)
    known = any(action.id == group.action for action in draft.audit.bank.actions)
    key = str(group.action) if known else f"own-{group.phase}-{group.first}"
    return Bar(key, title, _owner(draft, group), group.phase, group.first, group.last)


def _owner(draft: Draft, group: Group) -> str:
    """Who took them on and how many nobody did; the role the bank asks for where nobody did any."""
    owners: list[PersonId] = sorted({a.owner for a in group.actions if a.owner})
    if not owners:
        return action_role(draft, group.actions[0])
    free = sum(a.owner is None for a in group.actions)
    named = draft.names.person(owners[0])
    if len(owners) > 1:
        named = draft.words.count("owner", len(owners))
    if not free:
        return named
    return draft.words("label.and_free", owner=named, n=draft.words.figure(free))


def action_role(draft: Draft, action: PlannedAction) -> str:
    """Roles of the bank are no personal data; a role of one's own is typed text."""
    if any(known.id == action.action for known in draft.audit.bank.actions):
        return action.role
    return draft.names.typed(action.role)


def _milestones(draft: Draft) -> tuple[Line, ...]:
    """Months in which workflows change state, in order."""
    found: dict[tuple[int, WorkflowState], int] = {}
    for action in draft.inputs.plan.actions:
        for state in action.moves.values():
            place = (action.month or 0, state)
            found[place] = found.get(place, 0) + 1
    if draft.is_single:
        single = [
            draft.say("roadmap.milestone_single", month=month_text(draft, month), state=state.value)
            for month, state in sorted(found)
        ]
        return tuple(single[:6]) or (draft.say("roadmap.no_milestone"),)
    lines = [
        draft.say("roadmap.milestone", n=n, month=month_text(draft, month), state=state.value)
        for (month, state), n in sorted(found.items(), key=lambda item: (item[0][0], item[0][1]))
    ]
    return tuple(lines[:6]) or (draft.say("roadmap.no_milestone"),)


def _curve(draft: Draft) -> Scene:
    plan = draft.inputs.plan
    months = short_months(draft, plan.months)
    points = [
        CurvePoint(
            draft.words("label.today") if p.month == 0 else months[p.month - 1],
            p.misses,
            p.range.low,
            p.range.high,
        )
        for p in plan.curve
        if p.month <= len(months)
    ]
    return curve(points, len(draft.estimates), draft.words)


def _phases(draft: Draft) -> Table:
    columns = (
        draft.column("phase", 0.75),
        draft.column("entry", 0.85),
        draft.column("exit", 1.25),
        draft.column("through", 0.35, right=True),
        draft.column("gate", 0.4),
    )
    rows = tuple(_phase_row(draft, gate) for gate in draft.inputs.plan.phases)
    note = draft.say("roadmap.phase_note").text
    return Table("phases", draft.words("label.phases"), columns, rows, note)


def _phase_row(draft: Draft, gate: PhaseGate) -> Row:
    return Row(
        f"phase-{gate.phase}",
        (
            plain(f"{gate.phase} {draft.words(f'phase.{gate.phase}')}"),
            plain(_criteria(draft, gate.entry) or draft.words("label.none_needed")),
            plain(_criteria(draft, gate.exit)),
            plain(draft.words(f"condition.{gate.state.value}"))
            if gate.of == 1
            else number(
                gate.through, draft.n_of_m(gate.through, gate.of), detail=_reached(draft, gate)
            ),
            plain(_gate_text(draft, gate), detail=f"G{gate.phase}"),
        ),
    )


def _gate_text(draft: Draft, gate: PhaseGate) -> str:
    """The month, or why there is none."""
    if gate.of and gate.through == gate.of:
        return draft.words("label.passed")
    if gate.why is not None:
        return draft.words(f"no_gate.{gate.why.value}", n=draft.words.figure(gate.not_asked))
    return month_text(draft, gate.gate_month) if gate.gate_month else draft.words("label.later")


def _reached(draft: Draft, gate: PhaseGate) -> str:
    """For how many workflows the plan has done its part by its end, where not for all."""
    if gate.why is None or gate.reached <= gate.through:
        return ""
    until = month_text(draft, draft.inputs.plan.months)
    return draft.words("label.reached", n=draft.words.figure(gate.reached), until=until)


def _criteria(draft: Draft, codes: Sequence[str]) -> str:
    def name(code: str) -> str:
        if draft.words.has(f"criterion.{code}"):
            return draft.words(f"criterion.{code}")
        questions = {str(q.id): q for q in draft.audit.bank.questions}
        if code not in questions:
            return code
        short = draft.short(questions[code].id)
        return short if short != code else questions[code].text

    return "; ".join(name(code) for code in codes)


def _ended(draft: Draft) -> list[Row]:
    """Workflows in scope that were paused, stopped or retired."""
    rows = []
    for workflow, record in sorted(draft.audit.workflows.items()):
        if record.in_scope and not record.is_active:
            code = record.outcome or (record.lifecycle or Outcome.PAUSE)
            table = "outcome" if isinstance(code, Outcome) else "lifecycle"
            rows.append(
                Row(
                    draft.names.key(workflow),
                    (
                        plain(draft.names.target(workflow)),
                        plain(draft.words(f"{table}.{code.value}")),
                        plain(draft.words("label.left_plan")),
                    ),
                )
            )
    return rows


def _outcome(draft: Draft) -> Text | None:
    """A sentence where the only workflow of the record was decided about."""
    outcome = draft.workflow(draft.estimates[0].id).outcome
    if outcome is None or not draft.is_single or _ended(draft):
        return None
    line = draft.say("roadmap.outcome_single", outcome=draft.words(f"outcome.{outcome.value}"))
    return Text("outcomes", (line,))


def _outcomes(draft: Draft) -> Table:
    rows = []
    for estimate in draft.estimates:
        outcome = draft.workflow(estimate.id).outcome
        if outcome:
            rows.append(
                Row(
                    draft.names.key(estimate.id),
                    (
                        plain(draft.names.target(estimate.id)),
                        plain(draft.words(f"outcome.{outcome.value}")),
                        plain(
                            draft.words(f"state.{estimate.state.value}"), tone=estimate.state.value
                        ),
                    ),
                )
            )
    rows += _ended(draft)
    columns = (
        draft.column("workflow", 1),
        draft.column("outcome", 0.5),
        draft.column("state", 0.6),
    )
    left = len(rows) - MOST_ROWS
    note = draft.words.count("other_workflow", left) if left > 0 else ""
    title = draft.words("label.outcomes")
    return Table("outcomes", title, columns, tuple(rows[:MOST_ROWS]), note)
