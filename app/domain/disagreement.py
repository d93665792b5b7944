"""Where we disagreed: two parties at least two levels apart on one question."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from app.domain.answers import Answer, Reply, Said
from app.domain.audit import Audit
from app.domain.edits.rules import median
from app.domain.ids import PersonId, QuestionId, Target
from app.domain.replies import Case

WIDE = 2
"""Levels between two parties from which they are said to disagree."""
KIND = "kind "
"""Before the id of a respondent kind, so that no typed role is taken for one."""


class Disagreement(Struct, frozen=True):
    """Two parties at least two levels apart on one question, for a number of targets."""

    question: QuestionId
    upper: str
    high: int
    lower: str
    low: int
    targets: int


def disagreements(
    audit: Audit, cases: Iterable[Case], role: Callable[[PersonId], str]
) -> tuple[Disagreement, ...]:
    """Most targets first, then widest, then bank order.

    A party is a respondent kind, or the `role` of a person who stands for none; who has neither
    is left out. A party's level is the median of its people, rounded down. Kinds are told apart by
    id: which of two at one level is named must not follow the language of their labels.
    """
    labels = {f"{KIND}{kind.id}": kind.label for kind in audit.bank.respondents}

    def party(person: PersonId) -> str:
        record = audit.people.get(person)
        kind = f"{KIND}{record.area}" if record else ""
        return kind if labels.get(kind) else role(person)

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
    merged.sort(key=lambda d: (-d.targets, d.low - d.high, order[d.question], d.upper))
    return tuple(
        replace(d, upper=labels.get(d.upper, d.upper), lower=labels.get(d.lower, d.lower))
        for d in merged
    )


def counted(audit: Audit, cases: Iterable[Case]) -> Iterator[tuple[Target, QuestionId, Answer]]:
    """The answers that some of the workflows stand on."""
    places = {(s.target, s.question.id) for case in cases for s in case.standings}
    for target, group in sorted(audit.answers.items()):
        for question, answer in sorted(group.items()):
            if (target, question) in places:
                yield target, question, answer


def role_of(audit: Audit, person: PersonId) -> str:
    """As typed; empty where unknown."""
    record = audit.people.get(person)
    return record.role if record else ""


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
