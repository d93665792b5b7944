"""What a gap of the list shows and can be filtered by, and the gaps of one question together."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.bank import Question
from app.domain.gaps import WORST_FIRST, Gap, own_gaps
from app.domain.ids import GapKey, OwnGapId, QuestionId, WorkflowId
from app.domain.planning import GapNote, OwnGap, Severity
from app.ui.models.targets import person_name, target_name
from app.words import Words

SOON: Final = dt.timedelta(days=14)
SEVERITIES: Final = frozenset(s.value for s in Severity)
NOT_KNOWN, NO_OWNER, DUE_SOON = "not_known", "no_owner", "due"
MERGED, CLOSED = "merged", "closed"
PUT_AWAY: Final = frozenset({MERGED, CLOSED})
"""Counted no more; shown only where one of these is chosen."""
RECORDED: Final = QuestionId("")
"""Stands for the question of a gap that somebody named and no question found."""
SEVERITY_TONES: Final = {
    Severity.CRITICAL: ("alarm", "alarm_soft"),
    Severity.HIGH: ("warn", "warn_soft"),
    Severity.MEDIUM: ("accent", "accent_soft"),
    Severity.LOW: ("second", "quiet_soft"),
}
"""Severity to the tones of its chip: text and ground."""


class QuestionGaps(Struct, frozen=True):
    """The gaps of one question; without a question those that were recorded in the room."""

    question: Question | None
    gaps: tuple[Gap, ...]
    severities: Mapping[Severity, int]
    """How many are how bad, worst first; counted once, as a list is painted far more often."""
    workflows: int

    @property
    def worst(self) -> Severity:
        return next(iter(self.severities))

    @property
    def id(self) -> QuestionId:
        return self.question.id if self.question else RECORDED


class QuestionFace(Struct, frozen=True):
    """What the row of a question says."""

    text: str
    detail: str
    severity: Severity
    counts: str = ""
    """How many are how bad, where the worst does not speak for all and where there is room."""


def recorded(audit: Audit) -> tuple[Gap, ...]:
    """Gaps that were recorded in the room, in the shape of the derived ones."""
    return tuple(
        Gap(
            GapKey(id_),
            RECORDED,
            gap.target,
            None,
            gap.severity,
            tuple(w for w in (WorkflowId(gap.target),) if w in audit.workflows),
        )
        for id_, gap in own_gaps(audit)
    )


def own_gap(audit: Audit, gap: Gap) -> OwnGap | None:
    return audit.own_gaps.get(OwnGapId(gap.key)) if gap.question == RECORDED else None


def note_of(audit: Audit, gap: Gap) -> GapNote | OwnGap:
    """What people say about a gap: the note on a derived one, the recorded one itself."""
    return own_gap(audit, gap) or audit.gap_notes.get(gap.key) or GapNote()


def open_gaps(audit: Audit, derived: Iterable[Gap]) -> list[Gap]:
    """Those that are counted: recorded and derived, neither merged nor closed.

    Few gaps carry a note, so the thousands without one are passed on unread.
    """
    merged = {key for key, note in audit.gap_notes.items() if note.merged_into}
    closed = {key for key, own in audit.own_gaps.items() if own.closed}
    own = [gap for gap in recorded(audit) if OwnGapId(gap.key) not in closed]
    return own + [gap for gap in derived if gap.key not in merged]


def count_settled(audit: Audit, gaps: Iterable[Gap]) -> int:
    """How many have an owner or a response."""
    noted = {**audit.gap_notes, **{GapKey(key): own for key, own in audit.own_gaps.items()}}
    said = {key for key, note in noted.items() if note.owner or note.response}
    return sum(gap.key in said for gap in gaps)


def severity_of(audit: Audit, gap: Gap) -> Severity:
    """As a person chose it, at once; the derived one follows from the core."""
    return note_of(audit, gap).severity or gap.severity


def by_question(audit: Audit, gaps: Iterable[Gap]) -> list[QuestionGaps]:
    """What was recorded first, then worst severity, then how often, then in bank order."""
    questions = {q.id: q for q in audit.bank.questions}
    found: dict[QuestionId, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.question, []).append(gap)
    made = []
    for id_, group in found.items():
        counts = Counter(severity_of(audit, gap) for gap in group)
        ordered = {s: counts[s] for s in WORST_FIRST if counts[s]}
        many = len({w for gap in group for w in gap.workflows})
        made.append(QuestionGaps(questions.get(id_), tuple(group), ordered, many))
    return sorted(made, key=_place)


def _place(group: QuestionGaps) -> tuple[bool, int, int, int]:
    worst = group.worst
    many = -group.severities[worst]
    return group.question is not None, WORST_FIRST.index(worst), many, -group.workflows


def is_merged(audit: Audit, gap: Gap) -> bool:
    note = audit.gap_notes.get(gap.key)
    return note is not None and note.merged_into is not None


def traits(audit: Audit, gap: Gap, today: dt.date) -> set[str]:
    """Everything a gap can be filtered by; one that is merged or closed counts for nothing else."""
    note, own = note_of(audit, gap), own_gap(audit, gap)
    if isinstance(note, GapNote) and note.merged_into:
        return {MERGED}
    if own and own.closed:
        return {CLOSED}
    found = {severity_of(audit, gap).value}
    if gap.not_known and own is None:
        found.add(NOT_KNOWN)
    if note.owner is None:
        found.add(NO_OWNER)
    if note.due and note.due <= today + SOON:
        found.add(DUE_SOON)
    return found


def passes(found: Collection[str], chosen: frozenset[str]) -> bool:
    """Any of the chosen severities, and all of the other chosen traits."""
    if PUT_AWAY & (chosen | set(found)):
        return bool(PUT_AWAY & chosen & set(found))
    severities, others = chosen & SEVERITIES, chosen - SEVERITIES
    is_wanted = not severities or any(s in found for s in severities)
    return is_wanted and all(other in found for other in others)


def line_of(audit: Audit, question: Question | None, gap: Gap, words: Words) -> str:
    """What a search looks in."""
    note = note_of(audit, gap)
    owner = person_name(audit, note.owner, words)
    name = target_name(audit, gap.target, words)
    text = f"{question.id} {question.gap}" if question else ""
    text = note.text if isinstance(note, OwnGap) else text
    return f"{text} {name} {owner} {note.note}".casefold()


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
        known = gap.question in questions or own_gap(audit, gap) is not None
        if known and passes(found, chosen):
            line = line_of(audit, questions.get(gap.question), gap, words) if parts else ""
            if all(part in line for part in parts):
                shown.append(gap)
    return Narrowed(by_question(audit, shown), counts)
