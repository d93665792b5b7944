"""Tear-out sheets: one page for each owner, with what was promised and is to be shown or found."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from app.domain.answers import Answer
from app.domain.conditions import ConditionState
from app.domain.gaps import Gap, gap_key, open_own_gaps
from app.domain.ids import PersonId, QuestionId, Target, WorkflowId
from app.domain.planning import GapNote, OwnGap, Response
from app.domain.sessions import named_people
from app.domain.workshop import Decision, ParkingItem
from app.report.annexes.since import action_words, gap_words
from app.report.calendar import month_text
from app.report.draft import Draft, plain, question_of
from app.report.model import Block, Line, Row, Section, Table
from app.report.pages.decisions import open_decisions

LINES: Final = 62
"""Of small print on the page that a sheet is."""
HIGH: Final[Mapping[str, int]] = {"gaps": 5}
"""Lines of a row, where they are more than two."""
HEAD: Final = 4
"""Lines of a list's title and its columns."""
PAGE: Final = "sheets"
CLOSED_AT: Final = 3
"""An answer from this level on leaves no gap."""


class Duty(Struct, frozen=True):
    """One thing for one person: what, where, by when."""

    kind: str
    what: str
    where: str
    due: dt.date | None = None
    detail: str = ""
    when: str = ""
    """A month of the plan where no date was set."""


class Sheet(Struct, frozen=True):
    """What lies with one person, by list."""

    promised: tuple[Duty, ...] = ()
    gaps: tuple[Duty, ...] = ()
    accepted: tuple[Duty, ...] = ()
    to_show: tuple[Duty, ...] = ()
    to_find_out: tuple[Duty, ...] = ()


def owner_sheets(draft: Draft) -> tuple[Section, ...]:
    """By id; people without any duty have no sheet."""
    promises = (_actions, _decisions, _parked)
    gaps = [*_gaps(draft), *_recorded(draft)]
    lists = {
        "promised": [owned for each in promises for owned in each(draft)],
        "gaps": [(person, duty) for person, duty in gaps if duty.kind == "gap"],
        "accepted": [(person, duty) for person, duty in gaps if duty.kind == "accepted"],
        "to_show": list(_to_show(draft)),
        "to_find_out": list(_to_find_out(draft)),
    }
    found = {name: _by_person(owned) for name, owned in lists.items()}
    people = set().union(*found.values()) & named_people(draft.audit).keys()
    return tuple(
        _sheet(draft, n, p, Sheet(**{name: tuple(of.get(p, ())) for name, of in found.items()}))
        for n, p in enumerate(sorted(people), 1)
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
            where, text = draft.names.target(gap.target), gap_words(draft, gap.question)
            yield note.owner, _gap(draft, note, text, where, _closes(draft, gap))


def _recorded(draft: Draft) -> Iterator[Owned]:
    for _, gap in open_own_gaps(draft.audit):
        if gap.owner:
            where, text = draft.names.target(gap.target), draft.names.typed(gap.text)
            yield gap.owner, _gap(draft, gap, text, where, draft.words("duty.recorded"))


def _gap(draft: Draft, note: GapNote | OwnGap, text: str, where: str, closes: str) -> Duty:
    """With what would close it, or accepted, with the day until which it is."""
    if note.response is Response.ACCEPT:
        because = draft.names.typed(note.because)
        return Duty("accepted", text, where, note.accepted_until, because)
    return Duty("gap", draft.words("duty.gap", text=text), where, note.due, closes)


def _closes(draft: Draft, gap: Gap) -> str:
    """The acts that lead to the level wanted, and what shows that it is reached."""
    known = question_of(draft.audit)[gap.question]
    level = gap.level or 0
    steps = [step.action for step in known.steps if level < step.to <= CLOSED_AT]
    acts = [action.title for action in draft.audit.bank.actions if action.id in steps]
    if not (acts and known.evidence):
        return known.evidence or "; ".join(acts)
    acts_text = draft.names.known("; ".join(acts))
    return draft.words("duty.closes", acts=acts_text, evidence=known.evidence)


def _actions(draft: Draft) -> Iterator[Owned]:
    plan = draft.inputs.plan
    for action in (*plan.actions, *plan.later):
        if action.owner is None or action.done:
            continue
        note = draft.audit.action_notes.get(action.key)
        due = note.due if note else None
        month = month_text(draft, action.month) if action.month and not due else ""
        where = draft.names.target(action.target)
        yield (
            action.owner,
            _duty(draft, "action", action_words(draft, action.action), where, due, month),
        )


def _decisions(draft: Draft) -> Iterator[Owned]:
    for n, (_, decision) in enumerate(open_decisions(draft.audit), 1):
        if decision.owner:
            asked = _asked(draft, n, decision)
            yield decision.owner, _duty(draft, "decision", asked, "–", decision.due)


def _asked(draft: Draft, n: int, decision: Decision) -> str:
    if draft.names.is_external:
        return draft.say("decisions.withheld", n=n).text
    return draft.names.typed(decision.text)


def _parked(draft: Draft) -> Iterator[Owned]:
    for _, item in sorted(draft.audit.parking.items()):
        if item.owner and not item.done:
            yield item.owner, _parked_duty(draft, item)


def _parked_duty(draft: Draft, item: ParkingItem) -> Duty:
    return _duty(draft, "parked", draft.names.typed(item.text), "–", item.due)


def _duty(
    draft: Draft, kind: str, what: str, where: str, due: dt.date | None, when: str = ""
) -> Duty:
    """A promise, with what it is in small print."""
    return Duty(kind, what, where, due, draft.words(f"duty.{kind}"), when)


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
    due = _day_set(draft, question, workflow)
    return Duty("show", known.evidence or text or known.text, draft.names.target(workflow), due)


def _day_set(draft: Draft, question: QuestionId, workflow: WorkflowId) -> dt.date | None:
    """By when the room wanted it: set beside the gap it was, or for whoever finds it out."""
    target = Target(workflow)
    note = draft.audit.gap_notes.get(gap_key(question, target))
    task = draft.audit.answers.get(target, {}).get(question, Answer()).find_out
    return (note and note.due) or (task and task.by) or None


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
    every = (*sheet.promised, *sheet.gaps, *sheet.to_show, *sheet.to_find_out)
    dues = [duty.due for duty in every if duty.due]
    heading = draft.say(
        "sheets.heading",
        name=name,
        n=len(sheet.promised),
        gaps=len(sheet.gaps),
        accepted=len(sheet.accepted),
        show=len(sheet.to_show),
        find_out=len(sheet.to_find_out),
    )
    lead: tuple[Line, ...] = ()
    if dues:
        late = sum(due < draft.date for due in dues)
        first = draft.words.date(min(dues))
        lead = (draft.say("sheets.first", first=first, late=late),)
    lists = {name: getattr(sheet, name) for name in Sheet.__struct_fields__}
    blocks: tuple[Block, ...] = tuple(
        _table(draft, f"{key}_{n}", key, lists[key], shown) for key, shown in _fit(lists).items()
    )
    return Section(f"{PAGE}-{n}", draft.words("section.sheets"), heading, lead, blocks)


def _fit(lists: Mapping[str, Sequence[Duty]]) -> dict[str, int]:
    """Rows of each list that a page holds: in turn one of each, until it is full."""
    shown = {key: 0 for key, duties in lists.items() if duties}
    room, waiting = LINES - HEAD * len(shown), list(shown)
    while waiting:
        for key in tuple(waiting):
            high = HIGH.get(key, 2)
            if shown[key] == len(lists[key]) or high > room:
                waiting.remove(key)
            else:
                shown[key] += 1
                room -= high
    return shown


def _table(draft: Draft, key: str, kind: str, duties: Sequence[Duty], shown: int) -> Table:
    columns = (
        draft.column("duty", 2),
        draft.column("target", 0.9),
        draft.column("until_month" if kind == "accepted" else "by", 0.5),
    )
    rows = tuple(
        Row(
            f"duty-{n}",
            (
                plain(duty.what, detail=duty.detail),
                plain(duty.where),
                plain(draft.words.short_date(duty.due) if duty.due else duty.when or "–"),
            ),
        )
        for n, duty in enumerate(duties[:shown], 1)
    )
    rest = len(duties) - len(rows)
    note = draft.words.count("other_duty", rest) if rest else ""
    label = draft.words(f"label.{'own_duties' if kind == 'gaps' else kind}")
    return Table(key, label, columns, rows, note)
