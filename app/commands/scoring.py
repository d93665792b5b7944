"""The commands that print figures: score and plan."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from app.commands.naming import workflow_id
from app.commands.opening import FILE, JSON, progress, reading, today
from app.commands.output import columns, emit, money
from app.commands.plan_json import plan_json
from app.commands.score_json import (
    portfolio_json,
    withheld_sentence,
    without_workflows,
    workflow_json,
)
from app.domain.audit import Audit
from app.domain.edits.ranges import check_values
from app.domain.figures import STEPS, Figures, figures, rates_of_each
from app.domain.plan.options import plan_options
from app.domain.plan.planner import make_plan
from app.domain.plan.results import Plan, PlanOption
from app.domain.planning import PlanSettings
from app.domain.risk.draws import Draws
from app.domain.risk.engine import prepare
from app.domain.risk.relative import printed
from app.domain.risk.results import Estimate
from app.errors import EditError
from app.words import Words


@click.command("score")
@FILE
@click.option("-w", "workflow", help="Only this workflow (id or exact name).")
@JSON
def score_command(file: Path, workflow: str | None, as_json: bool) -> None:
    """States, conditions and the estimate."""
    with reading(file) as (_, audit):
        pass
    words = Words(audit.organisation.language)
    only = workflow_id(audit, workflow) if workflow else None
    if only and not audit.workflows[only].is_active:
        raise EditError(words("reason.not_active", name=audit.workflows[only].name))
    with progress(words("progress.scoring"), STEPS) as bar:
        found = figures(audit, today(), tick=lambda: bar.update(1))
    if found is None:
        if as_json:
            emit(without_workflows(words))
        else:
            click.echo(words("reason.no_workflow"))
        return
    chosen = [e for e in found.portfolio.estimates if only in (None, e.id)]
    if as_json:
        _emit_score(audit, words, found, chosen, only is not None)
    else:
        _print_score(audit, words, found, chosen)


def _emit_score(
    audit: Audit, words: Words, found: Figures, chosen: list[Estimate], single: bool
) -> None:
    each = rates_of_each(audit, found, (e.id for e in chosen))
    rows = [workflow_json(audit, words, *pair) for pair in zip(chosen, each, strict=True)]
    if single:
        whole = {key: value for key, value in rows[0].items() if key not in ("id", "name", "state")}
    else:
        whole = portfolio_json(audit, words, found.portfolio, found.rates)
    emit({**whole, "workflows": rows})


def _print_score(audit: Audit, words: Words, found: Figures, chosen: list[Estimate]) -> None:
    currency = audit.organisation.currency
    whole = found.portfolio
    columns(
        [
            {
                "state": words(f"state.{state}"),
                "workflows": count.workflows,
                "yearly benefit": money(count.benefit if count.valued else None, currency),
            }
            for state, count in whole.states.items()
        ],
        empty="",
    )
    click.echo()
    columns(
        [
            {
                "if of ten usually miss": f"{10 * row.rate:g}",
                "expect today": f"{row.today:.0f} ({row.low}–{row.high})",
                "after the plan": f"{row.after:.0f} ({row.after_low}–{row.after_high})",
                "of": found.rates.of,
            }
            for row in found.rates.rows
        ],
        empty="",
    )
    click.echo()
    columns([_line(audit, words, estimate) for estimate in chosen], empty="")
    covered = whole.coverage
    click.echo(
        "\n"
        + words(
            "coverage.sentence",
            answered=covered.answered,
            of=covered.of,
            unknown=covered.unknown,
            not_applicable=covered.not_applicable,
            not_asked=covered.not_asked,
        )
    )


def _line(audit: Audit, words: Words, estimate: Estimate) -> dict[str, object]:
    relative = estimate.relative
    shown = printed(estimate.risk, estimate.range)
    chance = f"{shown.risk}% ({shown.low}–{shown.high})"
    chance = withheld_sentence(words, estimate) or chance
    held = sum(state.is_held for state in estimate.conditions.golive.values())
    return {
        "id": estimate.id,
        "workflow": audit.workflows[estimate.id].name,
        "state": words(f"state.{estimate.state}"),
        "conditions": f"{held} of {len(estimate.conditions.golive)}",
        "against typical": f"{relative.value:.1f} ({relative.low:.1f}–{relative.high:.1f})",
        "chance of missing the target": chance,
    }


@click.command("plan")
@FILE
@click.option("--capacity", type=click.FloatRange(min=0, min_open=True), help="Days a month.")
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="First day of month 1.")
@click.option("--months", type=click.IntRange(1, 120), help="Length of the horizon.")
@click.option("--exclude", multiple=True, help="Action id or action/target to leave out.")
@JSON
def plan_command(
    file: Path,
    capacity: float | None,
    start: dt.datetime | None,
    months: int | None,
    exclude: tuple[str, ...],
    as_json: bool,
) -> None:
    """The roadmap. Options try another plan; the audit's own settings stay as they are."""
    with reading(file) as (_, audit):
        pass
    words = Words(audit.organisation.language)
    settings = _settings(audit, capacity, start, months, exclude)
    audit = replace(audit, plan=settings)
    if not any(workflow.is_active for workflow in audit.workflows.values()):
        raise EditError(words("reason.no_workflow"))
    engine = prepare(audit.bank, audit.reference)
    draws = Draws(engine)
    with progress(words("progress.planning"), 2) as bar:
        plan = make_plan(engine, draws, audit, today())
        bar.update(1)
        options = plan_options(engine, draws, audit, today())
        bar.update(1)
    first = settings.start or next_month(today())
    if as_json:
        emit(plan_json(audit, words, plan, options, first))
    else:
        _print_plan(words, plan, options, first)


def _settings(
    audit: Audit,
    capacity: float | None,
    start: dt.datetime | None,
    months: int | None,
    exclude: tuple[str, ...],
) -> PlanSettings:
    own = audit.plan
    tried = replace(
        own,
        capacity=own.capacity if capacity is None else capacity,
        start=own.start if start is None else start.date(),
        months=own.months if months is None else months,
        excluded=(*own.excluded, *exclude),
    )
    check_values(tried)
    return tried


def next_month(day: dt.date) -> dt.date:
    """First day of the month after `day`: when a plan without a start begins."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _print_plan(words: Words, plan: Plan, options: Sequence[PlanOption], first: dt.date) -> None:
    month = first
    rows = []
    for action in plan.actions:
        assert action.month is not None
        index = first.month - 1 + action.month - 1
        month = dt.date(first.year + index // 12, index % 12 + 1, 1)
        rows.append(
            {
                "month": month.strftime("%Y-%m"),
                "phase": action.phase,
                "days": action.effort,
                "target": action.target,
                "action": action.title,
                "conditions": len(action.conditions_met) or "",
                "unlocks": len(action.unlocks) or "",
            }
        )
    columns(rows, empty=words("plan.empty"))
    click.echo()
    columns(
        [
            {
                "option": words(f"option.{option.kind}"),
                "days": option.days,
                "conditions met": option.conditions_met,
                "misses": f"{option.misses:.1f}",
            }
            for option in options
        ],
        empty="",
    )
    click.echo(
        words("plan.later", n=len(plan.later)) + " " + words("plan.to_audit", n=len(plan.to_audit))
    )
