"""Page 1: states, decisions asked, what happens otherwise, and how to read it."""

from collections import Counter

from app.domain.answers import Screening
from app.domain.conditions import WorkflowState
from app.domain.lanes import ScreenLane, lane
from app.domain.risk.relative import printed
from app.domain.risk.results import Estimate, RateRow, Span
from app.report.draft import Draft, cut, number, plain, question_of
from app.report.left_over import annex_name, is_printed, kinds_of
from app.report.model import Brief, Cell, Column, Line, Row, Table, Text
from app.report.pages import facts
from app.report.pages.decisions import CAPACITY, asked_here, decisions_asked, plan_cost
from app.report.pages.middle import stages_cell
from app.report.pages.undecided import undecided

NAME_SIGNS = 70
"""Characters of a workflow's name on page 1; the annex has it in full."""
SHORT_SIGNS = 40
NAMES_SIGNS = 92
DISAGREED = 8
"""Number of the section that has all disagreements."""
MUCH_WAIVED = 0.1
"""Share of weight marked not applicable from which page 1 says so."""


def brief(draft: Draft) -> Brief:
    asked = decisions_asked(draft)
    is_whole = any(row.key == CAPACITY for row in asked.rows)
    return Brief(
        heading=_heading(draft),
        provisional=_provisional(draft),
        states=_single_state(draft) if draft.is_single else _states(draft),
        decisions=asked,
        undecided=Text("undecided", undecided(draft), draft.words("label.undecided"), listed=True),
        disagreed=Text("disagreed", _disagreed(draft), draft.words("label.disagreed")),
        rates=_rates(draft, is_whole=is_whole),
        rates_text=Text("rates", _rates_text(draft), _rates_title(draft)),
        care=Text("care", _care(draft), draft.words("label.care")),
        signature=(draft.words("label.decided_by"), draft.words("label.date")),
    )


def _heading(draft: Draft) -> Line:
    if draft.is_single:
        return _single_heading(draft)
    count = Counter(estimate.state for estimate in draft.estimates)
    uncovered = {e.id for e in draft.estimates if e.state is WorkflowState.LIVE_WITHOUT_COVER}
    live = sum(draft.is_live(e.id) for e in draft.estimates)
    active = {estimate.id for estimate in draft.estimates}
    asked = asked_here(draft.audit)
    waiting = {w for _, decision in asked for w in decision.workflows} & active - uncovered
    return draft.say(
        "brief.heading",
        of=len(draft.estimates),
        answered=draft.coverage.answered,
        in_use=live,
        uncovered=len(uncovered),
        waiting=len(waiting),
        decisions=sum(bool(set(d.workflows) & waiting) for _, d in asked),
        not_defined=count[WorkflowState.NOT_DEFINED],
        may_build=count[WorkflowState.MAY_BUILD],
        may_go_live=count[WorkflowState.MAY_GO_LIVE],
    )


def _single_heading(draft: Draft) -> Line:
    found = draft.estimates[0]
    return draft.say(
        "brief.heading_single",
        name=cut(draft.names.target(found.id), NAME_SIGNS),
        state=found.state.value,
        met=_met(found),
        of=len(found.conditions.golive),
        answered=found.coverage.answered,
        live=draft.is_live(found.id),
    )


def _met(estimate: Estimate) -> int:
    return sum(state.is_held for state in estimate.conditions.golive.values())


def _provisional(draft: Draft) -> Line | None:
    confirmed = facts.confirmed(draft)
    if confirmed == len(draft.estimates):
        return None
    return draft.say("brief.provisional", confirmed=confirmed, of=len(draft.estimates))


def _states(draft: Draft) -> Table:
    columns = (
        draft.column("state", 1),
        draft.column("workflows", 0.19, right=True),
        draft.column("benefit", 0.24, right=True),
        draft.column("conditions_met", 0.26, right=True),
    )
    rows = [_state_row(draft, state) for state in WorkflowState]
    stop = _stop_row(draft)
    note = ""
    if draft.inputs.portfolio.left_out:
        note = draft.say("brief.left_out", n=draft.inputs.portfolio.left_out).text
    title = draft.words("label.states")
    return Table("states", title, columns, (*rows, *stop), note)


def _state_row(draft: Draft, state: WorkflowState) -> Row:
    inside = [e for e in draft.estimates if e.state is state]
    names = ", ".join(cut(draft.names.target(e.id), SHORT_SIGNS) for e in inside)
    counted = draft.inputs.portfolio.states.get(state)
    of = sum(len(e.conditions.golive) for e in inside)
    met = sum(_met(e) for e in inside)
    benefit = plain("–")
    if counted and counted.valued:
        benefit = number(counted.benefit, draft.money(counted.benefit))
        if counted.valued < counted.workflows:
            detail = draft.words("label.valued", n=counted.valued, of=counted.workflows)
            benefit = number(counted.benefit, draft.money(counted.benefit), detail=detail)
    return Row(
        state.value,
        (
            plain(
                draft.words(f"state.{state.value}"),
                tone=state.value,
                detail=cut(names, NAMES_SIGNS),
            ),
            number(len(inside), draft.words.figure(len(inside))),
            benefit,
            number(met, draft.n_of_m(met, of)) if of else plain("–"),
        ),
    )


def _stop_row(draft: Draft) -> tuple[Row, ...]:
    """Workflows whose screening says stop or pause; they are counted above as well."""
    found = [e for e in draft.estimates if _is_stop(draft, e)]
    if not found:
        return ()
    names = ", ".join(cut(draft.names.target(e.id), SHORT_SIGNS) for e in found)
    benefits = [draft.workflow(e.id).yearly_benefit for e in found]
    known = [benefit for benefit in benefits if benefit is not None]
    of = sum(len(e.conditions.golive) for e in found)
    met = sum(_met(e) for e in found)
    title = draft.words("label.of_which", what=draft.words("state.stop_or_pause"))
    return (
        Row(
            "stop_or_pause",
            (
                plain(title, tone="stop_or_pause", detail=cut(names, NAMES_SIGNS)),
                number(len(found), draft.words.figure(len(found))),
                number(sum(known), draft.money(sum(known))) if known else plain("–"),
                number(met, draft.n_of_m(met, of)),
            ),
        ),
    )


def _is_stop(draft: Draft, estimate: Estimate) -> bool:
    screening = draft.audit.screening.get(estimate.id, Screening())
    if not screening.replies:
        return False
    found = lane(draft.audit.bank, screening, live=draft.is_live(estimate.id))
    return found is ScreenLane.STOP_OR_PAUSE


def _single_state(draft: Draft) -> Table:
    found = draft.estimates[0]
    entry = found.conditions.entry.values()
    columns = (
        draft.column("state", 1),
        draft.column("entry_met", 0.5, right=True),
        draft.column("conditions_met", 0.5, right=True),
        draft.column("stages_missing", 0.6, right=True),
        draft.column("benefit", 0.5, right=True),
    )
    met, held = _met(found), sum(state.is_held for state in entry)
    benefit = draft.workflow(found.id).yearly_benefit
    cells = (
        plain(draft.words(f"state.{found.state.value}"), tone=found.state.value),
        number(held, draft.n_of_m(held, len(entry))),
        number(met, draft.n_of_m(met, len(found.conditions.golive))),
        stages_cell(draft, found.stages),
        plain("–") if benefit is None else number(benefit, draft.money(benefit)),
    )
    return Table("states", draft.words("label.states"), columns, (Row(found.state.value, cells),))


def _disagreed(draft: Draft) -> tuple[Line, ...]:
    found = facts.disagreements(draft)
    if not found:
        return (draft.say("brief.agreed"),)
    questions = question_of(draft.audit)
    first = found[0]
    lines = [
        draft.say(
            "brief.disagreed",
            upper=cut(first.upper, 40),
            high=first.high,
            lower=cut(first.lower, 40),
            low=first.low,
            question=cut(questions[first.question].text, 110),
            n=first.targets,
        )
    ]
    if len(found) > 1:
        section = DISAGREED if is_printed(draft, "disagreed") else 0
        lines.append(draft.say("brief.disagreed_more", n=len(found) - 1, section=section))
    return tuple(lines)


def _rates(draft: Draft, *, is_whole: bool) -> Table | None:
    """`is_whole`: the decisions asked are those of the whole plan, which `after` stands for."""
    rates = draft.inputs.rates
    if rates is None or draft.is_withheld or not rates.rows:
        return None
    shares = 0.32 if len(rates.rows) < 4 else 0.27
    if draft.is_single:
        # A chance with its range is wider than a count with its.
        shares += 0.12
    columns = [draft.column("rate", 1)]
    for row in rates.rows:
        title = _rate_title(draft, row)
        wider = 1.5 if row.rate == draft.audit.organisation.own_rate else 1
        columns.append(Column(f"rate_{row.rate:g}", title, shares * wider, "right"))
    today = [
        _rate_cell(draft, row.today, Span(row.low, row.high), row.chance) for row in rates.rows
    ]
    after = [
        _rate_cell(draft, row.after, Span(row.after_low, row.after_high), row.chance_after)
        for row in rates.rows
    ]
    form = "_single" if draft.is_single else ""
    label = draft.say(f"brief.rates_today{form}", of=rates.of).text
    plan = draft.inputs.plan
    later = draft.say("brief.rates_after", months=plan.months).text
    cost = plan_cost(draft)
    covers = draft.say(
        "brief.rates_cover",
        actions=len(plan.actions),
        days=plan.days,
        cost=draft.money(cost) if cost else "",
        whole=is_whole,
    ).text
    return Table(
        "rates",
        _rates_title(draft),
        tuple(columns),
        (
            Row("today", (plain(label), *today)),
            Row("after", (plain(later, detail=covers), *after)),
        ),
    )


def _rates_title(draft: Draft) -> str:
    return draft.words("label.rates_single" if draft.is_single else "label.rates")


def _rate_title(draft: Draft, row: RateRow) -> str:
    tenths = row.rate * 10
    digits = 0 if abs(tenths - round(tenths)) < 0.05 else 1
    text = draft.words.figure(tenths, digits)
    if row.rate == draft.audit.organisation.own_rate:
        return draft.words("label.own_rate", rate=text)
    return text


def _rate_cell(draft: Draft, value: float, misses: Span, chance: Span | None) -> Cell:
    """Misses with the range of their number; of a single workflow its chance with its range."""
    figure = draft.words.figure
    if chance is not None:
        near = printed(value, chance)
        span = draft.words.span(figure(near.low), figure(near.high))
        return number(value, f"{draft.words.percent(value)} ({span})")
    span = draft.words.span(figure(misses.low), figure(misses.high))
    return number(value, f"{figure(value)} ({span})")


def _rates_text(draft: Draft) -> tuple[Line, ...]:
    rates = draft.inputs.rates
    if draft.is_withheld:
        return (draft.say("estimate.too_little", weight=draft.answered(draft.coverage.weight)),)
    if rates is None or not rates.rows:
        return (draft.say("brief.no_rates"),)
    same = [row.same_actions for row in rates.rows if row.same_actions is not None]
    lines = [] if draft.is_single else [draft.say("brief.same_order", same=rates.same_order)]
    if same and rates.actions:
        follows = bool(lines) and rates.same_order
        key = "brief.same_actions" if follows else "brief.same_actions_single"
        lines.append(draft.say(key, same=min(same), of=rates.actions))
    return tuple(lines)


def _care(draft: Draft) -> tuple[Line, ...]:
    known = draft.inputs.progress or draft.coverage
    lines = [
        draft.say(
            "care.progress",
            answered=known.answered,
            of=known.of,
            unknown=known.unknown,
            not_applicable=known.not_applicable,
            not_asked=known.not_asked,
        )
    ]
    mix = facts.backing(draft)
    if mix.of:
        lines.append(draft.say("care.backing", said=mix.said, shown=mix.shown, tested=mix.tested))
    own = facts.own_area(draft)
    if own is not None:
        lines.append(draft.say("care.own_area", share=own))
    absent = facts.absent_areas(draft.audit)
    if absent:
        lines.append(draft.say("care.absent", areas=list(absent)))
    if draft.inputs.portfolio.waived > MUCH_WAIVED:
        share = draft.inputs.portfolio.waived
        lines.append(draft.say("care.waived", share=share, annex=annex_name(draft, "waived")))
    expired = facts.expired(draft)
    if expired:
        lines.append(draft.say("care.expired", n=expired))
    later = kinds_of(draft, facts.later_entries(draft))
    if later:
        lines.append(draft.say("care.later", kinds=later))
    lines.append(draft.say("care.estimate", annex=annex_name(draft, "method")))
    return tuple(lines)
