"""Where we disagreed: two parties at least two levels apart on one question."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from app.domain.answers import Answer, Reply, Said
from app.domain.audit import Audit
from app.domain.edits.rules import median
from app.domain.ids import PersonId, QuestionId, Target
from app.domain.replies import Case

WIDE = 2
"""Levels between two parties from which they are said to disagree."""


class Disagreement(Struct, frozen=True):
    """Two parties at least two levels apart on one question, for a number of targets."""

    question: QuestionId
    upper: str
    high: int
    lower: str
    low: int
    targets: int


def disagreements(
    audit: Audit, cases: Iterable[Case], party: Callable[[PersonId], str]
) -> tuple[Disagreement, ...]:
    """Most targets first, then widest, then bank order.

    `party` says whom a person speaks for; who speaks for nobody (empty) is left out. A party's
    level is the median of its people, rounded down.
    """
    order = {question.id: i for i, question in enumerate(audit.bank.questions)}
    found: dict[tuple[QuestionId, str, str], list[tuple[int, int]]] = {}
    for _, question, answer in counted(audit, cases):
        levels = _by_party(answer.individual, party)
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


def counted(audit: Audit, cases: Iterable[Case]) -> Iterator[tuple[Target, QuestionId, Answer]]:
    """The answers that some of the workflows stand on."""
    places = {(s.target, s.question.id) for case in cases for s in case.standings}
    for target, group in sorted(audit.answers.items()):
        for question, answer in sorted(group.items()):
            if (target, question) in places:
                yield target, question, answer


def speaks_for(audit: Audit, person: PersonId) -> str:
    """Label of the respondent kind, else the role; empty where unknown."""
    record = audit.people.get(person)
    return kind_label(audit, person) or (record.role if record else "")


def kind_label(audit: Audit, person: PersonId) -> str:
    """Label of the respondent kind a person stands for; empty where there is none."""
    record = audit.people.get(person)
    labels = {kind.id: kind.label for kind in audit.bank.respondents}
    return labels.get(record.area, "") if record else ""


def _by_party(
    individual: Mapping[PersonId, Said], party: Callable[[PersonId], str]
) -> Mapping[str, int]:
    levels: dict[str, list[int]] = {}
    for person, said in sorted(individual.items()):
        if said.reply is Reply.LEVEL and said.level is not None:
            levels.setdefault(party(person), []).append(said.level)
    return {name: median(sorted(found)) for name, found in levels.items() if name}
