"""The command that lists what an audit holds."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from app.commands.naming import person_name
from app.commands.opening import FILE, JSON, reading, today
from app.commands.output import Row, columns, emit
from app.domain.audit import Audit
from app.domain.conditions import conditions
from app.domain.gaps import find_out, gaps, is_asked
from app.domain.plan.planner import make_plan
from app.domain.replies import active_cases
from app.domain.risk.draws import Draws
from app.domain.risk.engine import prepare
from app.domain.sessions import named_people
from app.words import Words


def _plain(record: Any, *fields: str) -> dict[str, Any]:
    return {field: getattr(record, field) for field in fields}


def _workflows(audit: Audit, day: dt.date) -> Iterable[Row]:
    states = {
        case.id: conditions(audit.bank, case).state(live=case.workflow.is_live)
        for case in active_cases(audit, day)
    }
    for id_, record in sorted(audit.workflows.items()):
        yield {
            "id": id_,
            "name": record.name,
            **_plain(record, "unit", "lifecycle", "in_scope", "outcome", "platform"),
            "owner": person_name(audit, record.owner),
            "yearly_benefit": record.yearly_benefit,
            "state": states.get(id_),
        }


def _questions(audit: Audit, _day: dt.date) -> Iterable[Row]:
    for question in audit.bank.questions:
        condition = question.golive_at is not None
        yield {
            "id": question.id,
            "scope": question.scope,
            "who": question.who,
            "core": question.core,
            "condition": condition,
            "entry": question.phase1_at is not None,
            "text": question.text,
        }


def _people(audit: Audit, _day: dt.date) -> Iterable[Row]:
    for id_, record in sorted(named_people(audit).items()):
        yield {"id": id_, **_plain(record, "name", "role", "seat", "area")}


def _sources(audit: Audit, _day: dt.date) -> Iterable[Row]:
    for id_, record in sorted(audit.sources.items()):
        yield {
            "id": id_,
            **_plain(record, "name", "kind", "system"),
            "owner": person_name(audit, record.owner),
            "workflows": sorted(w for w, links in audit.links.items() if id_ in links),
        }


def _policies(audit: Audit, _day: dt.date) -> Iterable[Row]:
    for id_, record in sorted(audit.policies.items()):
        points = {
            workflow: rules[id_].point
            for workflow, rules in sorted(audit.enforcement.items())
            if id_ in rules
        }
        yield {
            "id": id_,
            "text": record.text,
            "owner": person_name(audit, record.owner),
            "enforced": [f"{w}: {point or 'not recorded'}" for w, point in points.items()],
        }


def _conditions(audit: Audit, day: dt.date) -> Iterable[Row]:
    for case in active_cases(audit, day):
        found = conditions(audit.bank, case)
        states = {f"entry {q}": s for q, s in found.entry.items()} | dict(found.golive.items())
        yield {"id": case.id, "name": case.workflow.name, **states}


def _gaps(audit: Audit, day: dt.date) -> Iterable[Row]:
    for gap in gaps(audit, active_cases(audit, day)):
        note = audit.gap_notes.get(gap.key)
        yield {
            "key": gap.key,
            "severity": gap.severity,
            "level": gap.level,
            "not_known": gap.not_known,
            "workflows": gap.workflows,
            "owner": person_name(audit, note.owner) if note else None,
            "due": note.due if note else None,
            "text": audit.bank.question(gap.question).gap,
        }


def _actions(audit: Audit, day: dt.date) -> Iterable[Row]:
    engine = prepare(audit.bank, audit.reference)
    plan = make_plan(engine, Draws(engine), audit, day)
    for action in (*plan.actions, *plan.later):
        yield {
            "key": action.key,
            "month": action.month,
            "phase": action.phase,
            "effort": action.effort,
            "role": action.role,
            "owner": person_name(audit, action.owner),
            "title": action.title,
        }


def _find_out(audit: Audit, day: dt.date) -> Iterable[Row]:
    for item in find_out(audit, active_cases(audit, day)):
        yield {
            "question": item.question,
            "target": item.target,
            "who": person_name(audit, item.who),
            "by": item.by,
            "text": audit.bank.question(item.question).text,
        }


LISTS: Mapping[str, Callable[[Audit, dt.date], Iterable[Row]]] = {
    "workflows": _workflows,
    "questions": _questions,
    "people": _people,
    "sources": _sources,
    "policies": _policies,
    "conditions": _conditions,
    "gaps": _gaps,
    "actions": _actions,
    "find-out": _find_out,
}


NEED_ANSWERS = ("gaps", "actions")
"""Lists that are empty for want of answers before anything was asked."""


@click.command("list")
@FILE
@click.argument("what", type=click.Choice(list(LISTS)))
@JSON
def list_command(file: Path, what: str, as_json: bool) -> None:
    """List what the audit holds."""
    with reading(file) as (_, audit):
        rows = list(LISTS[what](audit, today()))
        words = Words(audit.organisation.language)
        none_asked = what in NEED_ANSWERS and not is_asked(audit)
    empty = words("list.not_asked" if none_asked else f"list.empty.{what}")
    emit(rows) if as_json else columns(rows, empty=empty)
