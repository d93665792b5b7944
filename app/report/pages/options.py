"""Page 6: options A to D, what each buys and does not buy, and where the workflows end up."""

import math
from collections.abc import Sequence

from app.domain.conditions import WorkflowState
from app.domain.ids import WorkflowId
from app.domain.plan.results import OptionKind, PlanOption
from app.report.calendar import month_text
from app.report.draft import STATE_ORDER, Draft, cut, number, plain
from app.report.model import Column, Line, Row, Section, Table

NAMES_SIGNS = 76


def options_page(draft: Draft) -> Section | None:
    """None where there is nothing to choose between."""
    if not any(option.days for option in draft.inputs.options):
        return None
    blocks = [_bought(draft)]
    if not draft.is_single:
        blocks.append(_ends(draft))
    return Section(
        "options",
        draft.words("section.options"),
        _heading(draft),
        _lead(draft),
        tuple(blocks),
    )


def _heading(draft: Draft) -> Line:
    """The cheapest option that ends as well as the whole plan, then what more days would buy."""
    options = [o for o in draft.inputs.options if o.kind is not OptionKind.WIDER]
    best = max(_standing(option) for option in options)
    first = next(option for option in options if _standing(option) == best)
    last = options[-1]
    uncovered = _count(options[0], WorkflowState.LIVE_WITHOUT_COVER)
    covered = uncovered - _count(first, WorkflowState.LIVE_WITHOUT_COVER)
    wider = _wider(draft)
    more = wider is not None and _standing(wider) > best
    return draft.say(
        "options.heading",
        option=first.kind.value,
        days=first.days,
        nothing=first.kind is OptionKind.NOTHING,
        uncovered=uncovered,
        covered=covered,
        ready=_ready(first) - _ready(options[0]) - covered,
        more=last.days - first.days,
        last=(last.same_as or last.kind).value,
        wider=wider.days if wider and more else 0,
        wider_covered=uncovered - _count(wider, WorkflowState.LIVE_WITHOUT_COVER)
        if wider and more
        else 0,
    )


def _wider(draft: Draft) -> PlanOption | None:
    options = draft.inputs.options
    return next((o for o in options if o.kind is OptionKind.WIDER), None)


def _standing(option: PlanOption) -> tuple[int, int]:
    """Fewer without cover, then more that may go on: higher is better."""
    return -_count(option, WorkflowState.LIVE_WITHOUT_COVER), _ready(option)


def _count(option: PlanOption, state: WorkflowState) -> int:
    return option.states.get(state, 0)


def _ready(option: PlanOption) -> int:
    return _count(option, WorkflowState.MAY_BUILD) + _count(option, WorkflowState.MAY_GO_LIVE)


def _lead(draft: Draft) -> tuple[Line, ...]:
    lines = [draft.say("options.rule", months=draft.inputs.plan.months)]
    groups = _groups(draft.inputs.options)
    for group in groups:
        if len(group) > 1:
            lines.append(_why_same(draft, group))
    if draft.is_withheld:
        return tuple(lines)
    alike = [group[0].kind.value for group in groups[1:] if not group[0].differs]
    if alike:
        lines.append(draft.say("roadmap.alike", kinds=alike))
    return tuple(lines)


def _groups(options: Sequence[PlanOption]) -> list[list[PlanOption]]:
    """Options that end alike for as many days stand in one row."""
    found: dict[OptionKind, list[PlanOption]] = {}
    for option in options:
        found.setdefault(option.same_as or option.kind, []).append(option)
    return list(found.values())


def _why_same(draft: Draft, group: Sequence[PlanOption]) -> Line:
    """The days run out before they could differ, or nothing is left that they could add."""
    first, last, months = group[0], group[-1], draft.inputs.plan.months
    return draft.say(
        "options.same",
        kinds=[option.kind.value for option in group],
        first=first.kind.value,
        months=months,
        capacity=first.capacity,
        left=first.later_days,
        needed=math.ceil((first.days + first.later_days) / months),
        whole=math.ceil((last.days + last.later_days) / months),
    )


def _bought(draft: Draft) -> Table:
    columns = (
        draft.column("option", 0.75),
        draft.column("days", right=True),
        draft.column("cost", right=True),
        draft.column("until_month"),
        draft.column("buys", 1.3),
        draft.column("leaves", 1.3),
    )
    groups = _groups(draft.inputs.options)
    rows = tuple(
        _option_row(draft, group, _like(group[0], groups[:n])) for n, group in enumerate(groups)
    )
    return Table("options", draft.words("label.options"), columns, rows)


def _like(option: PlanOption, before: Sequence[Sequence[PlanOption]]) -> PlanOption | None:
    """An earlier option that does something and ends in the same states and conditions."""
    return next((g[0] for g in before if g[0].days > 0 and option.ends_like(g[0])), None)


def _title(draft: Draft, group: Sequence[PlanOption]) -> str:
    if len(group) == 1:
        return draft.words(f"option.{group[0].kind.value}")
    kinds = draft.words.listing(option.kind.value for option in group)
    return draft.words("label.same_plan", kinds=kinds)


def _option_row(draft: Draft, group: Sequence[PlanOption], like: PlanOption | None) -> Row:
    option = group[0]
    buys, leaves = _buys(draft, option), _leaves(draft, option)
    if like is not None:
        buys = draft.say("options.no_more", option=like.kind.value).text
        leaves = draft.say("options.as_before", option=like.kind.value).text
    until = month_text(draft, option.last_month) if option.last_month else "–"
    cells = (
        plain(_title(draft, group)),
        number(option.days, draft.words.figure(option.days)),
        draft.cost(option.cost if option.days else 0),
        plain(until),
        plain(buys),
        plain(leaves),
    )
    return Row(f"option-{option.kind.value}", cells)


def _buys(draft: Draft, option: PlanOption) -> str:
    moved = _moved(draft, option)
    covered = moved.get(WorkflowState.MAY_GO_LIVE, [])
    build = moved.get(WorkflowState.MAY_BUILD, [])
    return draft.say(
        "options.buys",
        conditions=option.conditions_met,
        golive=_names(draft, covered),
        n_golive=len(covered),
        build=_names(draft, build),
        n_build=len(build),
        single=draft.is_single,
    ).text


def _moved(draft: Draft, option: PlanOption) -> dict[WorkflowState, list[WorkflowId]]:
    """Workflows that end in another state than today's, by the state they end in."""
    found: dict[WorkflowState, list[WorkflowId]] = {}
    for estimate in draft.estimates:
        state = option.after.get(estimate.id, estimate.state)
        if state is not estimate.state:
            found.setdefault(state, []).append(estimate.id)
    return found


def _names(draft: Draft, workflows: Sequence[WorkflowId]) -> str:
    return cut(", ".join(draft.names.target(w) for w in workflows), NAMES_SIGNS)


def _leaves(draft: Draft, option: PlanOption) -> str:
    held = sum(s.is_held for e in draft.estimates for s in e.conditions.golive.values())
    of = sum(len(e.conditions.golive) for e in draft.estimates)
    uncovered = _ending(draft, option, WorkflowState.LIVE_WITHOUT_COVER)
    undefined = _ending(draft, option, WorkflowState.NOT_DEFINED)
    return draft.say(
        "options.leaves",
        conditions=of - held - option.conditions_met,
        uncovered=_names(draft, uncovered),
        n_uncovered=len(uncovered),
        undefined=_names(draft, undefined),
        n_undefined=len(undefined),
        single=draft.is_single,
        later=option.later_days,
    ).text


def _ending(draft: Draft, option: PlanOption, state: WorkflowState) -> list[WorkflowId]:
    return [e.id for e in draft.estimates if option.after.get(e.id, e.state) is state]


def _ends(draft: Draft) -> Table:
    """Workflows by state at the end of the horizon, and how many are likely to miss."""
    columns = [draft.column("option", 1)]
    for state in STATE_ORDER:
        columns.append(Column(state.value, draft.words(f"state.{state.value}"), 0.5, "right"))
    if not draft.is_withheld:
        columns.append(draft.column("misses_range", 0.55, right=True))
    rows = tuple(_end_row(draft, group) for group in _groups(draft.inputs.options))
    title = draft.words("label.ends")
    return Table("options_ends", title, tuple(columns), rows)


def _end_row(draft: Draft, group: Sequence[PlanOption]) -> Row:
    option, figure = group[0], draft.words.figure
    cells = [plain(_title(draft, group))]
    for state in STATE_ORDER:
        n = _count(option, state)
        alarm = n and state is WorkflowState.LIVE_WITHOUT_COVER
        cells.append(number(n, figure(n), tone="alarm" if alarm else ""))
    if not draft.is_withheld:
        span = draft.words.span(figure(option.misses_range.low), figure(option.misses_range.high))
        cells.append(number(option.misses, f"{figure(option.misses)} ({span})"))
    return Row(f"end-{option.kind.value}", tuple(cells))
