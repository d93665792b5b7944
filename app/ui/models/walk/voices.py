"""What people said about one question, by role."""

from collections import Counter

from msgspec import Struct

from app.domain.answers import Answer, Reply, Said
from app.domain.audit import Audit


class Voices(Struct, frozen=True):
    """One role: how many said each level, and how many did not know."""

    role: str
    counts: tuple[int, int, int, int, int, int]


def by_role(audit: Audit, answer: Answer) -> dict[str, list[Said]]:
    labels = {r.id: r.label for r in audit.bank.respondents}
    found: dict[str, list[Said]] = {}
    for person, said in sorted(answer.individual.items()):
        record = audit.people.get(person)
        role = labels.get(record.area, record.role or record.name) if record else person
        found.setdefault(role, []).append(said)
    return found


def voices(audit: Audit, answer: Answer) -> tuple[Voices, ...]:
    rows = []
    for role, replies in by_role(audit, answer).items():
        counts = Counter(s.level for s in replies if s.level is not None)
        unknown = sum(s.reply is Reply.UNKNOWN for s in replies)
        if counts or unknown:
            levels = tuple(counts[n] for n in range(5))
            rows.append(Voices(role, (*levels, unknown)))  # type: ignore[arg-type]
    return tuple(rows)
