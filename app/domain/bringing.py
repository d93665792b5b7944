"""What people should have with them in a session: the evidence that conditions still lack."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.bank import Question, Scope
from app.domain.conditions import entry_questions, golive_questions, standing_state
from app.domain.edits.ranges import refuse
from app.domain.ids import (
    ORGANISATION,
    PersonId,
    PlatformId,
    QuestionId,
    SourceId,
    Target,
    WorkflowId,
)
from app.domain.prework import Asked, is_of_others, owned, people_asked, share_of
from app.domain.replies import case
from app.domain.wall import place_name


class Bring(Struct, frozen=True):
    """One thing to have on paper or open on the laptop, and where it matters."""

    question: Question
    places: tuple[str, ...]
    """Names of workflows, platforms and sources by id; empty for the organisation."""
    is_condition: bool


class Bringer(Struct, frozen=True):
    """One person, or a kind of respondent whom nobody is named for."""

    person: PersonId | None
    name: str
    role: str
    items: tuple[Bring, ...]


class BringList(Struct, frozen=True):
    title: str
    workflows: tuple[str, ...]
    bringers: tuple[Bringer, ...]
    session: dt.date | None = None


def bring_list(
    audit: Audit,
    today: dt.date,
    workflows: Iterable[WorkflowId] = (),
    session: dt.date | None = None,
) -> BringList:
    """Evidence of the conditions that are not shown yet, and of each person's own sheet.

    Only the chosen active workflows, all where none is chosen. An owner brings what is the
    owner's; everything else whoever belongs to the question's area. People by name, then areas
    that nobody stands for. Raises EditError for a workflow that is not active.
    """
    active = sorted(w for w, record in audit.workflows.items() if record.is_active)
    chosen = sorted(set(workflows)) or active
    for workflow in chosen:
        if workflow not in active:
            raise refuse(f"“{workflow}” is not active.", "Choose an active workflow.")
    wanted: dict[PersonId | str, dict[QuestionId, set[Target]]] = {}
    conditions: set[QuestionId] = set()
    for asked in _not_shown(audit, chosen, today):
        conditions.add(asked.question.id)
        for who in _bringers(audit, asked):
            _add(wanted.setdefault(who, {}), asked)
    places = _places(audit, chosen)
    for person in people_asked(audit):
        for asked in share_of(audit, person):
            if asked.question.evidence and asked.target in places:
                _add(wanted.setdefault(person, {}), asked)
    found = (_bringer(audit, who, group, conditions) for who, group in wanted.items())
    return BringList(
        audit.organisation.title,
        tuple(audit.workflows[w].name for w in chosen),
        tuple(sorted(found, key=lambda b: (b.person is None, b.name.casefold(), b.person or ""))),
        session,
    )


def _add(group: dict[QuestionId, set[Target]], asked: Asked) -> None:
    group.setdefault(asked.question.id, set()).add(asked.target)


def _not_shown(audit: Audit, workflows: Iterable[WorkflowId], today: dt.date) -> Iterator[Asked]:
    """Conditions and entry questions that do not hold, each with where its answer is kept."""
    asked = {q.id: (q, q.phase1_at or 0) for q in entry_questions(audit.bank)}
    asked |= {q.id: (q, q.golive_at or 0) for q in golive_questions(audit.bank)}
    for workflow in workflows:
        found = case(audit, workflow, today)
        for question, level in asked.values():
            for standing in found.of(question.id):
                if question.evidence and not standing_state(standing, level).is_held:
                    yield Asked(standing.target, question)


def _bringers(audit: Audit, asked: Asked) -> list[PersonId | str]:
    """Who brings it: its owner where the area is the owner's, else everybody of the area."""
    who, owner = asked.question.who, _owner(audit, asked.target)
    kinds = {Scope.WORKFLOW: "owner", Scope.PLATFORM: "owner", Scope.SOURCE: "data"}
    if owner in audit.people and who == kinds.get(asked.question.scope):
        return [owner]
    people: list[PersonId | str] = [
        person
        for person, record in sorted(audit.people.items())
        if record.area == who
        and not record.is_seat
        and not is_of_others(asked, owned(audit, person))
    ]
    return people or [who]


def _owner(audit: Audit, target: Target) -> PersonId:
    records = (
        audit.workflows.get(WorkflowId(target)),
        audit.platforms.get(PlatformId(target)),
        audit.sources.get(SourceId(target)),
    )
    return next((r.owner for r in records if r and r.owner), PersonId(""))


def _places(audit: Audit, workflows: Iterable[WorkflowId]) -> set[Target]:
    """What the answers of these workflows are kept for."""
    found = {ORGANISATION}
    for workflow in workflows:
        platform = audit.workflows[workflow].platform
        sources: Iterable[SourceId] = audit.links.get(workflow, {})
        found |= {Target(workflow), *(Target(s) for s in sources)}
        found |= {Target(platform)} if platform else set()
    return found


def _bringer(
    audit: Audit,
    who: PersonId | str,
    targets: Mapping[QuestionId, set[Target]],
    conditions: set[QuestionId],
) -> Bringer:
    """Conditions first, then bank order; one line for a question, whatever it is about."""
    questions = [q for q in audit.bank.questions if q.id in targets]
    items = tuple(
        Bring(
            question,
            tuple(place_name(audit, t) for t in sorted(targets[question.id] - {ORGANISATION})),
            question.id in conditions,
        )
        for question in sorted(questions, key=lambda q: q.id not in conditions)
    )
    record = audit.people.get(PersonId(who))
    if record:
        return Bringer(PersonId(who), record.name, record.role, items)
    label = next((kind.label for kind in audit.bank.respondents if kind.id == who), who)
    return Bringer(None, label, "", items)
