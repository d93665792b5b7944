"""Tear-out sheets: one page for each owner, with what was promised and is to be shown or found."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from app.domain.answers import Answer
from app.domain.conditions import ConditionState
from app.domain.gaps import Gap, open_own_gaps
from app.domain.ids import PersonId, QuestionId, WorkflowId
from app.domain.planning import GapNote
from app.domain.sessions import named_people
from app.domain.workshop import Decision, ParkingItem
from app.report.calendar import month_text
from app.report.decisions import open_decisions
from app.report.draft import Draft, plain, question_of
from app.report.model import Block, Line, Row, Section, Table
from app.report.since import action_words, gap_words

MOST: Final = 14
"""Rows of each list: a sheet is one page."""
PAGE: Final = "sheets"


class Duty(Struct, frozen=True):
    """One thing for one person: what, where, by when."""

    kind: str
    what: str
    where: str
    due: dt.date | None = None
    when: str = ""
    """A month of the plan where no date was set."""


class Sheet(Struct, frozen=True):
    promised: tuple[Duty, ...]
    to_show: tuple[Duty, ...]
    to_find_out: tuple[Duty, ...]


def owner_sheets(draft: Draft) -> tuple[Section, ...]:
    """By id; people without any duty have no sheet."""
    promises = (_gaps, _recorded, _actions, _decisions, _parked)
    promised = _by_person([owned for each in promises for owned in each(draft)])
    shown, found = _by_person(_to_show(draft)), _by_person(_to_find_out(draft))
    people = sorted({*promised, *shown, *found} & named_people(draft.audit).keys())
    return tuple(
        _sheet(
            draft,
            n,
            person,
            Sheet(
                tuple(promised.get(person, ())),
                tuple(shown.get(person, ())),
                tuple(found.get(person, ())),
            ),
        )
        for n, person in enumerate(people, 1)
    )


Owned = tuple[PersonId, Duty]


def _by_person(duties: Sequence[Owned] | Iterator[Owned]) -> dict[PersonId, list[Duty]]:
    """Due first, then by what it is."""
    found: dict[PersonId, list[Duty]] = {}
    for person, duty in duties:
        found.setdefault(person, []).append(duty)
    for group in found.values():
        group.sort(key=lambda d: (d.due is None, d.due or dt.date.max, d.kind, d.what, d.where))
    return found


def _gaps(draft: Draft) -> Iterator[Owned]:
    for gap in draft.inputs.gaps:
        note = gap.note or GapNote()
        if note.owner and not gap.not_known and note.merged_into is None:
            where = draft.names.target(gap.target)
            yield note.owner, Duty("gap", gap_words(draft, gap.question), where, note.due)


def _recorded(draft: Draft) -> Iterator[Owned]:
    for _, gap in open_own_gaps(draft.audit):
        if gap.owner:
            where = draft.names.target(gap.target)
            yield gap.owner, Duty("gap", draft.names.typed(gap.text), where, gap.due)


def _actions(draft: Draft) -> Iterator[Owned]:
    plan = draft.inputs.plan
    for action in (*plan.actions, *plan.later):
        if action.owner is None or action.done:
            continue
        note = draft.audit.action_notes.get(action.key)
        due = note.due if note else None
        month = month_text(draft, action.month) if action.month and not due else ""
        where = draft.names.target(action.target)
        yield action.owner, Duty("action", action_words(draft, action.action), where, due, month)


def _decisions(draft: Draft) -> Iterator[Owned]:
    for n, (_, decision) in enumerate(open_decisions(draft.audit), 1):
        if decision.owner:
            yield decision.owner, Duty("decision", _asked(draft, n, decision), "–", decision.due)


def _asked(draft: Draft, n: int, decision: Decision) -> str:
    if draft.names.is_external:
        return draft.say("decisions.withheld", n=n).text
    return draft.names.typed(decision.text)


def _parked(draft: Draft) -> Iterator[Owned]:
    for _, item in sorted(draft.audit.parking.items()):
        if item.owner and not item.done:
            yield item.owner, _parked_duty(draft, item)


def _parked_duty(draft: Draft, item: ParkingItem) -> Duty:
    return Duty("parked", draft.names.typed(item.text), "–", item.due)


def _to_show(draft: Draft) -> Iterator[Owned]:
    """Conditions said and not shown, for the owner of the workflow."""
    for estimate in draft.estimates:
        owner = draft.workflow(estimate.id).owner
        states = {**estimate.conditions.entry, **estimate.conditions.golive}
        for question, state in sorted(states.items()):
            if owner and state is ConditionState.SAID:
                yield owner, _condition(draft, estimate.id, question)


def _condition(draft: Draft, workflow: WorkflowId, question: QuestionId) -> Duty:
    known = question_of(draft.audit)[question]
    text = f"{draft.short(question)} ({question})" if draft.short(question) != question else ""
    return Duty("show", known.evidence or text or known.text, draft.names.target(workflow))


def _to_find_out(draft: Draft) -> Iterator[Owned]:
    questions = question_of(draft.audit)
    for gap in draft.inputs.gaps:
        task = _answer(draft, gap).find_out
        if gap.not_known and task and task.who:
            text = f"{questions[gap.question].text} ({gap.question})"
            yield task.who, Duty("find_out", text, draft.names.target(gap.target), task.by)


def _answer(draft: Draft, gap: Gap) -> Answer:
    return draft.audit.answers.get(gap.target, {}).get(gap.question, Answer())


def _sheet(draft: Draft, n: int, person: PersonId, sheet: Sheet) -> Section:
    name = draft.names.person(person)
    every = (*sheet.promised, *sheet.to_show, *sheet.to_find_out)
    dues = [duty.due for duty in every if duty.due]
    heading = draft.say(
        "sheets.heading",
        name=name,
        n=len(sheet.promised),
        show=len(sheet.to_show),
        find_out=len(sheet.to_find_out),
    )
    lead: tuple[Line, ...] = ()
    if dues:
        late = sum(due < draft.date for due in dues)
        first = draft.words.date(min(dues))
        lead = (draft.say("sheets.first", first=first, late=late),)
    lists = (
        ("promised", sheet.promised),
        ("to_show", sheet.to_show),
        ("to_find_out", sheet.to_find_out),
    )
    blocks: tuple[Block, ...] = tuple(
        _table(draft, f"{key}_{n}", key, duties) for key, duties in lists if duties
    )
    return Section(f"{PAGE}-{n}", draft.words("section.sheets"), heading, lead, blocks)


def _table(draft: Draft, key: str, kind: str, duties: Sequence[Duty]) -> Table:
    columns = (
        draft.column("duty", 2),
        draft.column("target", 0.9),
        draft.column("by", 0.5),
    )
    rows = tuple(
        Row(
            f"duty-{n}",
            (
                plain(
                    duty.what, detail=draft.words(f"duty.{duty.kind}") if kind == "promised" else ""
                ),
                plain(duty.where),
                plain(draft.words.short_date(duty.due) if duty.due else duty.when or "–"),
            ),
        )
        for n, duty in enumerate(duties[:MOST], 1)
    )
    rest = len(duties) - len(rows)
    note = draft.words.count("other_duty", rest) if rest else ""
    return Table(key, draft.words(f"label.{kind}"), columns, rows, note)
