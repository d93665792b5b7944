"""What page 1 says about the answers: how they are backed, who was absent, who differs."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from app.domain.answers import Answer, Reply, Said
from app.domain.audit import Audit
from app.domain.edits.workshop import fingerprint
from app.domain.ids import PersonId, QuestionId, Target
from app.domain.replies import GRADES, SHOWN, Status, counted_grade
from app.report.draft import Draft

WIDE = 2
"""Levels between two parties from which they are said to disagree."""


class Backing(Struct, frozen=True):
    """Standings answered, by how they are backed; shares of `of`."""

    said: float
    shown: float
    tested: float
    of: int


def backing(draft: Draft) -> Backing:
    """How the answers that count are backed, each question and target once."""
    best: dict[tuple[QuestionId, Target], int] = {}
    for case in draft.cases.values():
        for standing in case.standings:
            if standing.status is Status.ANSWERED:
                voices = (standing.settled,) if standing.settled else standing.pool
                grade = max(GRADES.index(voice.grade) for voice in voices)
                best[standing.question.id, standing.target] = grade
    of = len(best)
    found = list(best.values())
    documented, observed = (found.count(GRADES.index(grade)) for grade in SHOWN)
    part = of or 1
    return Backing((of - documented - observed) / part, documented / part, observed / part, of)


def own_area(draft: Draft) -> float | None:
    """Share of individual answers given by somebody of the question's own respondent kind."""
    audit = draft.audit
    who = {question.id: question.who for question in audit.bank.questions}
    own = asked = 0
    for _, question, answer in counted(draft):
        for person in sorted(answer.individual):
            record = audit.people.get(person)
            if record and record.area and who.get(question):
                asked += 1
                own += record.area == who[question]
    return own / asked if asked else None


def absent_areas(audit: Audit) -> tuple[str, ...]:
    """Labels of respondent kinds of whom nobody was present; none where nothing was recorded."""
    present = {
        person
        for session in audit.attendance.values()
        for person, attendance in session.items()
        if attendance.present
    }
    if not present:
        return ()
    areas = {audit.people[person].area for person in present if person in audit.people}
    return tuple(kind.label for kind in audit.bank.respondents if kind.id not in areas)


def confirmed(draft: Draft) -> int:
    """Active workflows whose owner stands by the answers as they are now."""
    kept = draft.audit.confirmations
    return sum(
        e.id in kept and kept[e.id].fingerprint == fingerprint(draft.audit, e.id)
        for e in draft.estimates
    )


class Disagreement(Struct, frozen=True):
    """Two parties at least two levels apart on one question, for a number of targets."""

    question: QuestionId
    upper: str
    high: int
    lower: str
    low: int
    targets: int


def disagreements(draft: Draft) -> tuple[Disagreement, ...]:
    """Most targets first, then widest, then bank order."""
    order = {question.id: i for i, question in enumerate(draft.audit.bank.questions)}
    found: dict[tuple[QuestionId, str, str], list[tuple[int, int]]] = {}
    for _, question, answer in counted(draft):
        levels = _by_party(draft, answer.individual)
        if len(levels) < 2:
            continue
        upper = max(sorted(levels), key=lambda party: levels[party])
        lower = min(sorted(levels), key=lambda party: levels[party])
        if levels[upper] - levels[lower] >= WIDE:
            found.setdefault((question, upper, lower), []).append((levels[upper], levels[lower]))
    merged = [
        Disagreement(
            q, upper, max(h for h, _ in pairs), lower, min(low for _, low in pairs), len(pairs)
        )
        for (q, upper, lower), pairs in found.items()
        if q in order
    ]
    return tuple(
        sorted(merged, key=lambda d: (-d.targets, d.low - d.high, order[d.question], d.upper))
    )


def answers(audit: Audit) -> Iterator[tuple[Target, QuestionId, Answer]]:
    for target, group in sorted(audit.answers.items()):
        for question, answer in sorted(group.items()):
            yield target, question, answer


def counted(draft: Draft) -> Iterator[tuple[Target, QuestionId, Answer]]:
    """The answers that some active workflow stands on."""
    places = {(s.target, s.question.id) for case in draft.cases.values() for s in case.standings}
    for target, question, answer in answers(draft.audit):
        if (target, question) in places:
            yield target, question, answer


def expired(draft: Draft) -> int:
    """Settled answers whose proof is too old to count fully."""
    return sum(
        said is not None
        and said.proof is not None
        and said.proof.expires is not None
        and counted_grade(said, draft.date, copied=False) is not said.grade
        for _, _, answer in counted(draft)
        for said in (answer.settled,)
    )


def _by_party(draft: Draft, individual: Mapping[PersonId, Said]) -> Mapping[str, int]:
    levels: dict[str, list[int]] = {}
    for person, said in sorted(individual.items()):
        if said.reply is Reply.LEVEL and said.level is not None:
            levels.setdefault(party(draft, person), []).append(said.level)
    return {name: _median(found) for name, found in levels.items() if name}


def party(draft: Draft, person: PersonId) -> str:
    """Whom a person speaks for: the respondent kind, else the role; empty where unknown."""
    record = draft.audit.people.get(person)
    if record is None:
        return ""
    labels = {kind.id: kind.label for kind in draft.audit.bank.respondents}
    if record.area in labels:
        return labels[record.area]
    return "" if draft.names.is_external else draft.names.known(record.role)


def _median(levels: Iterable[int]) -> int:
    ordered = sorted(levels)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) // 2
