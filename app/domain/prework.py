"""Which questions a sheet asks before a session: everybody's, or one person's share of them."""

import datetime as dt
from collections.abc import Iterator, Mapping

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.bank import Question, Scope
from app.domain.edits.ranges import refuse
from app.domain.edits.rules import is_condition
from app.domain.ids import (
    ORGANISATION,
    PersonId,
    QuestionId,
    SessionId,
    SourceId,
    Target,
    WorkflowId,
)
from app.domain.replies import has_fact
from app.domain.wall import place_name

MOST_FOR_ONE = 15
"""A person fills in about so many questions before a session. Source: product.md."""


class Asked(Struct, frozen=True):
    """One question about one target."""

    target: Target
    question: Question


class SheetItem(Struct, frozen=True):
    """One question of a person's sheet, in the words of the bank."""

    target: Target
    question: Question
    place: str
    """What it is about, as people call it; empty where that is the organisation."""
    may_waive: bool
    """“Does not apply” is an answer here; a condition that always holds has none."""

    @property
    def key(self) -> str:
        return sheet_key(self.question.id, self.target)


class PersonSheet(Struct, frozen=True):
    """What one person is asked before a session, and by when."""

    person: PersonId
    name: str
    role: str
    title: str
    """Of the audit."""
    level_names: tuple[str, str, str, str, str]
    level_rule: str
    items: tuple[SheetItem, ...]
    due: dt.date | None = None
    session: dt.date | None = None
    """Day of the session it prepares, where one is planned."""


def sheet_key(question: QuestionId, target: Target) -> str:
    """How a sheet names a row; ids have no slash."""
    return f"{question}/{target}"


def person_sheet(
    audit: Audit, person: PersonId, today: dt.date, due: dt.date | None
) -> PersonSheet:
    """A person's share with what stands around it. Raises EditError as `share_of` does."""
    record, bank = audit.people[person], audit.bank
    session = next_session(audit, today)
    return PersonSheet(
        person,
        record.name,
        record.role,
        audit.organisation.title,
        bank.level_names,
        bank.level_rule,
        tuple(
            SheetItem(
                asked.target,
                asked.question,
                "" if asked.target == ORGANISATION else place_name(audit, asked.target),
                bool(asked.question.na_when) or not is_condition(asked.question),
            )
            for asked in share_of(audit, person)
        ),
        due,
        audit.sessions[session].date if session else None,
    )


def people_asked(audit: Audit) -> tuple[PersonId, ...]:
    """People of an area for whom at least one question is left, by id."""
    areas = {kind.id for kind in audit.bank.respondents}
    return tuple(
        person
        for person, record in sorted(audit.people.items())
        if record.area in areas and not record.is_seat and share_of(audit, person)
    )


def next_session(audit: Audit, today: dt.date) -> SessionId | None:
    """The earliest session from today on that has not ended."""
    ahead = [
        (record.date, session)
        for session, record in audit.sessions.items()
        if record.ended is None and record.date >= today
    ]
    return min(ahead)[1] if ahead else None


def unsettled(audit: Audit) -> Iterator[Asked]:
    """What active workflows still have to be asked: the room has given no answer yet.

    Targets: organisation, platforms, workflows, sources, each by id; core questions first, then
    bank order. What is shared is asked once.
    """
    for target, question in _askable(audit):
        answer = audit.answers.get(target, {}).get(question.id)
        if answer is None or answer.settled is None:
            yield Asked(target, question)


def share_of(audit: Audit, person: PersonId) -> tuple[Asked, ...]:
    """At most 15 unsettled questions of a person's area that the person has not answered.

    Whoever owns workflows or sources is asked about these and not about others. Core questions of
    all targets come first. Raises EditError where the person's area is no respondent of the bank.
    """
    record = audit.people[person]
    areas = {r.id for r in audit.bank.respondents}
    if record.area not in areas:
        raise refuse(
            f"{record.name} has no area, so no questions are meant for this person.",
            f"Set the area to one of {', '.join(sorted(areas))}.",
        )
    own = owned(audit, person)
    found = [
        asked
        for asked in unsettled(audit)
        if asked.question.who == record.area
        and not _has_replied(audit, asked, person)
        and not is_of_others(asked, own)
    ]
    return tuple(sorted(found, key=lambda a: not a.question.core)[:MOST_FOR_ONE])


def owned(audit: Audit, person: PersonId) -> Mapping[Scope, set[Target]]:
    """Workflows and sources a person is on record as the owner of."""
    return {
        Scope.WORKFLOW: {Target(w) for w, r in audit.workflows.items() if r.owner == person},
        Scope.SOURCE: {Target(s) for s, r in audit.sources.items() if r.owner == person},
    }


def _has_replied(audit: Audit, asked: Asked, person: PersonId) -> bool:
    answer = audit.answers.get(asked.target, {}).get(asked.question.id)
    return answer is not None and person in answer.individual


def is_of_others(asked: Asked, own: Mapping[Scope, set[Target]]) -> bool:
    """The person owns workflows (or sources), and this is another one; what is shared never is."""
    mine = own.get(asked.question.scope, set())
    return bool(mine) and asked.target not in mine


def _askable(audit: Audit) -> Iterator[tuple[Target, Question]]:
    active = sorted(w for w, workflow in audit.workflows.items() if workflow.is_active)
    questions = sorted(audit.bank.questions, key=lambda q: not q.core)
    shared = [q for q in questions if q.scope is Scope.ORGANISATION]
    yield from ((ORGANISATION, q) for q in shared if active)
    used = sorted({p for w in active if (p := audit.workflows[w].platform)})
    for platform in used:
        yield from ((Target(platform), q) for q in questions if q.scope is Scope.PLATFORM)
    for workflow in active:
        yield from ((Target(workflow), q) for q in questions if _is_own(audit, workflow, q))
    sources: set[SourceId] = {s for w in active for s in audit.links.get(w, {})}
    for source in sorted(sources):
        yield from ((Target(source), q) for q in questions if q.scope is Scope.SOURCE)


def _is_own(audit: Audit, workflow: WorkflowId, question: Question) -> bool:
    """The workflow is asked itself: nothing it shares takes the question over, and it applies."""
    record = audit.workflows[workflow]
    if question.ask_if and not has_fact(record, question.ask_if):
        return False
    if question.scope is Scope.PLATFORM:
        return record.platform is None
    if question.scope is Scope.SOURCE:
        return not audit.links.get(workflow)
    return question.scope is Scope.WORKFLOW
