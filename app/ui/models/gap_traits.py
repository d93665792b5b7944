"""What a gap of the list shows and can be filtered by, and the gaps of one question together."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.bank import Question
from app.domain.gaps import WORST_FIRST, Gap
from app.domain.ids import QuestionId
from app.domain.planning import GapNote, Severity
from app.ui.models.targets import person_name, target_name
from app.words import Words

SOON: Final = dt.timedelta(days=14)
SEVERITIES: Final = frozenset(s.value for s in Severity)
NOT_KNOWN, NO_OWNER, DUE_SOON, MERGED = "not_known", "no_owner", "due", "merged"
SEVERITY_TONES: Final = {
    Severity.CRITICAL: ("alarm", "alarm_soft"),
    Severity.HIGH: ("warn", "warn_soft"),
    Severity.MEDIUM: ("accent", "accent_soft"),
    Severity.LOW: ("second", "quiet_soft"),
}
"""Severity to the tones of its chip: text and ground."""


class QuestionGaps(Struct, frozen=True):
    """The gaps of one question."""

    question: Question
    gaps: tuple[Gap, ...]

    @property
    def workflows(self) -> int:
        return len({w for gap in self.gaps for w in gap.workflows})


class QuestionFace(Struct, frozen=True):
    """What the row of a question says."""

    text: str
    detail: str
    severity: Severity


def severity_of(audit: Audit, gap: Gap) -> Severity:
    """As a person chose it, at once; the derived one follows from the core."""
    note = audit.gap_notes.get(gap.key)
    return note.severity if note and note.severity else gap.severity


def by_question(audit: Audit, gaps: Iterable[Gap]) -> list[QuestionGaps]:
    """Worst severity first, then how often, then in bank order."""
    questions = {q.id: q for q in audit.bank.questions}
    found: dict[QuestionId, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.question, []).append(gap)
    ranks = {severity: n for n, severity in enumerate(WORST_FIRST)}

    def order(group: QuestionGaps) -> tuple[int, int, int]:
        at = [ranks[severity_of(audit, g)] for g in group.gaps]
        return min(at), -at.count(min(at)), -group.workflows

    return sorted((QuestionGaps(questions[q], tuple(g)) for q, g in found.items()), key=order)


def is_merged(audit: Audit, gap: Gap) -> bool:
    note = audit.gap_notes.get(gap.key)
    return note is not None and note.merged_into is not None


def traits(audit: Audit, gap: Gap, today: dt.date) -> set[str]:
    """Everything a gap can be filtered by; a merged one is counted with the other gap only."""
    note = audit.gap_notes.get(gap.key) or GapNote()
    if note.merged_into:
        return {MERGED}
    found = {severity_of(audit, gap).value}
    if gap.not_known:
        found.add(NOT_KNOWN)
    if note.owner is None:
        found.add(NO_OWNER)
    if note.due and note.due <= today + SOON:
        found.add(DUE_SOON)
    return found


def passes(found: Collection[str], chosen: frozenset[str]) -> bool:
    """Any of the chosen severities, and all of the other chosen traits."""
    if MERGED in found or MERGED in chosen:
        return MERGED in found and MERGED in chosen
    severities, others = chosen & SEVERITIES, chosen - SEVERITIES
    is_wanted = not severities or any(s in found for s in severities)
    return is_wanted and all(other in found for other in others)


def line_of(audit: Audit, question: Question, gap: Gap, words: Words) -> str:
    """What a search looks in."""
    note = audit.gap_notes.get(gap.key) or GapNote()
    owner = person_name(audit, note.owner, words)
    name = target_name(audit, gap.target, words)
    return f"{question.id} {question.gap} {name} {owner} {note.note}".casefold()


class Narrowed(Struct, frozen=True):
    """The gaps to show, and how many there are of every trait."""

    groups: list[QuestionGaps]
    counts: Mapping[str, int]


def narrowed(
    audit: Audit,
    gaps: Sequence[Gap],
    chosen: frozenset[str],
    search: str,
    words: Words,
    today: dt.date,
) -> Narrowed:
    """Gaps with the chosen traits and every searched word; large lists do this in a worker."""
    questions = {q.id: q for q in audit.bank.questions}
    parts = search.casefold().split()
    counts: Counter[str] = Counter()
    shown = []
    for gap in gaps:
        found = traits(audit, gap, today)
        counts.update(found)
        if gap.question in questions and passes(found, chosen):
            line = line_of(audit, questions[gap.question], gap, words) if parts else ""
            if all(part in line for part in parts):
                shown.append(gap)
    return Narrowed(by_question(audit, shown), counts)
