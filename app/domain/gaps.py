"""Gaps derived from the answers given, and the two lists beside them: to show and to find out."""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.conditions import (
    ConditionState,
    condition,
    golive_questions,
    standing_state,
    worst,
)
from app.domain.ids import GapKey, OwnGapId, PersonId, QuestionId, Target, WorkflowId
from app.domain.planning import GapNote, OwnGap, Severity
from app.domain.replies import Case, Standing, Status

SOUND = 3
"""Levels below this one are gaps."""
WORST_FIRST = tuple(Severity)
OPEN = (ConditionState.NOT_MET, ConditionState.UNKNOWN)


class Gap(Struct, frozen=True):
    """One question about one target that was asked and is not sound, or that nobody knows."""

    key: GapKey
    question: QuestionId
    target: Target
    level: int | None
    """None where nobody in the room knows."""
    severity: Severity
    """The worst over its workflows, unless a person chose another."""
    workflows: tuple[WorkflowId, ...]
    note: GapNote | None = None

    @property
    def not_known(self) -> bool:
        return self.level is None


class ToFindOut(Struct, frozen=True):
    """What nobody in the room knew, and who finds it out by when."""

    question: QuestionId
    target: Target
    workflows: tuple[WorkflowId, ...]
    who: PersonId | None
    by: dt.date | None


def is_asked(audit: Audit) -> bool:
    """Whether anything was answered at all; before that no gaps means nothing."""
    return any(
        answer.settled or answer.individual
        for group in audit.answers.values()
        for answer in group.values()
    )


def gap_key(question: QuestionId, target: Target) -> GapKey:
    return GapKey(f"{question}/{target}")


def gap_place(key: GapKey) -> tuple[QuestionId, Target]:
    question, _, target = key.partition("/")
    return QuestionId(question), Target(target)


def is_gap(standing: Standing) -> bool:
    """Below level 3, or asked and not known. Not asked is never a gap. Source: scoring.md 3.1."""
    if standing.status is Status.UNKNOWN:
        return True
    return standing.status is Status.ANSWERED and (standing.level or 0) < SOUND


def answered_since(gap: Gap, cases: Iterable[Case]) -> ConditionState:
    """How what was a gap stands in these cases: met is shown, said is not, not asked is gone.

    A fair "not applicable" settles it like an answer that is shown. Source: scoring.md 3.1.
    """
    states = []
    for case in cases:
        if case.id in gap.workflows:
            found = case.of(gap.question)
            here = [s for s in found if s.target == gap.target] or found
            states += [_settled_state(s) for s in here] or [ConditionState.NOT_ASKED]
    return worst(states) if states else ConditionState.NOT_ASKED


def _settled_state(standing: Standing) -> ConditionState:
    if standing.status is Status.NOT_APPLICABLE:
        return ConditionState.NOT_APPLICABLE
    return standing_state(standing, SOUND)


def gaps(audit: Audit, cases: Iterable[Case]) -> tuple[Gap, ...]:
    """One gap per question and target, in bank order, then by target."""
    found: dict[tuple[QuestionId, Target], list[tuple[Standing, Severity, WorkflowId]]] = {}
    for case in cases:
        for s in case.standings:
            if is_gap(s):
                place = found.setdefault((s.question.id, s.target), [])
                place.append((s, severity(s, live=case.workflow.is_live), case.id))
    order = {q.id: n for n, q in enumerate(audit.bank.questions)}
    keys = sorted(found, key=lambda place: (order[place[0]], place[1]))
    return tuple(_gap(audit, *key, found[key]) for key in keys)


def _gap(
    audit: Audit,
    question: QuestionId,
    target: Target,
    found: list[tuple[Standing, Severity, WorkflowId]],
) -> Gap:
    key = gap_key(question, target)
    note = audit.gap_notes.get(key)
    derived = min((s for _, s, _ in found), key=WORST_FIRST.index)
    return Gap(
        key=key,
        question=question,
        target=target,
        level=found[0][0].level if found[0][0].status is Status.ANSWERED else None,
        severity=note.severity if note and note.severity else derived,
        workflows=tuple(sorted({workflow for _, _, workflow in found})),
        note=note,
    )


def severity(standing: Standing, *, live: bool) -> Severity:
    """The class of one gap in one workflow; unknown keeps its class. Source: scoring.md 3.1."""
    question = standing.question
    if question.golive_at is not None and standing_state(standing, question.golive_at) in OPEN:
        return Severity.CRITICAL if live else Severity.HIGH
    if question.phase1_at is not None and standing_state(standing, question.phase1_at) in OPEN:
        return Severity.HIGH
    weak = standing.level is None or standing.level <= 1
    return Severity.MEDIUM if question.core and weak else Severity.LOW


def to_show(audit: Audit, cases: Iterable[Case]) -> tuple[tuple[WorkflowId, QuestionId], ...]:
    """Go-live conditions that are said, not shown: nothing to do but to bring it."""
    questions = golive_questions(audit.bank)
    return tuple(
        (case.id, q.id)
        for case in cases
        for q in questions
        if condition(case, q.id, q.golive_at or 0) is ConditionState.SAID
    )


def find_out(audit: Audit, cases: Iterable[Case]) -> tuple[ToFindOut, ...]:
    """Everything that was asked and that nobody knows, in bank order, then by target."""
    unknown = [gap for gap in gaps(audit, cases) if gap.not_known]
    found = []
    for gap in unknown:
        answer = audit.answers.get(gap.target, {}).get(gap.question)
        task = answer.find_out if answer else None
        found.append(
            ToFindOut(
                gap.question,
                gap.target,
                gap.workflows,
                task.who if task else None,
                task.by if task else None,
            )
        )
    return tuple(found)


def own_gaps(audit: Audit) -> tuple[tuple[OwnGapId, OwnGap], ...]:
    """All gaps that were recorded, closed ones too: worst first, then as they were recorded."""

    def order(kept: tuple[OwnGapId, OwnGap]) -> tuple[int, str, int, OwnGapId]:
        id_, gap = kept
        # Moments with and without a zone cannot be compared; their texts can.
        return WORST_FIRST.index(gap.severity), gap.at.isoformat() if gap.at else "", len(id_), id_

    return tuple(sorted(audit.own_gaps.items(), key=order))


def open_own_gaps(audit: Audit) -> tuple[tuple[OwnGapId, OwnGap], ...]:
    """Recorded gaps that were not closed, in the same order."""
    return tuple((id_, gap) for id_, gap in own_gaps(audit) if not gap.closed)
