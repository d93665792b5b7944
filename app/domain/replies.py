"""What was said about each question, resolved for one workflow."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from app.domain.answers import Answer, Proof, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Fact, Grade, Question, Scope
from app.domain.ids import ORGANISATION, QuestionId, SourceId, Target, WorkflowId
from app.domain.landscape import Workflow

SHOWN = (Grade.DOCUMENTED, Grade.OBSERVED)
GRADES = tuple(Grade)


class Status(StrEnum):
    """Four different things that are never merged: see product.md, 'Unknown is not zero'."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"
    NOT_APPLICABLE = "not_applicable"


class Voice(Struct, frozen=True, gc=False):
    """A level (0 to 4) with the grade it counts at. No cycles, so nothing for the collector."""

    level: int
    grade: Grade


class Standing(Struct, frozen=True, gc=False):
    """How one question stands for one target, in one workflow."""

    question: Question
    target: Target
    """What the answer is about: where it is kept, inherited or own."""
    status: Status
    settled: Voice | None = None
    pool: tuple[Voice, ...] = ()
    source: SourceId | None = None
    share: float = 1.0
    """Part of the question's weight this target carries; sources share it by importance."""

    @property
    def level(self) -> int | None:
        """The agreed level, else the median of the individual levels, rounded down."""
        if self.settled:
            return self.settled.level
        if not self.pool:
            return None
        levels = sorted(v.level for v in self.pool)
        return (levels[(len(levels) - 1) // 2] + levels[len(levels) // 2]) // 2

    @property
    def shown(self) -> int:
        """Highest level given with a document or a test; -1 where nothing was shown."""
        voices = (self.settled,) if self.settled else self.pool
        return max((v.level for v in voices if v.grade in SHOWN), default=-1)

    def holds(self, level: int) -> bool:
        """The level is reached and shown at that level."""
        return self.level is not None and self.level >= level and self.shown >= level


def counted_grade(said: Said, today: dt.date, *, copied: bool) -> Grade:
    """The grade an answer counts at: incomplete, expired or copied proof counts for less.

    Source: scoring.md 2.4.
    """
    grade = said.grade if _is_complete(said) else Grade.EXPLAINED
    expires = said.proof.expires if said.proof else None
    if expires and today > expires:
        grade = GRADES[max(0, GRADES.index(grade) - 1)]
    return Grade.EXPLAINED if copied and grade in SHOWN else grade


def _is_complete(said: Said) -> bool:
    """The proof has what its grade asks for."""
    if said.grade not in SHOWN:
        return True
    proof = said.proof or Proof()
    if said.grade is Grade.DOCUMENTED:
        return bool(proof.title and proof.place and proof.date and proof.seen_by)
    return bool(proof.sample and proof.result)


def standing(question: Question, target: Target, answer: Answer | None, today: dt.date) -> Standing:
    """Agreed and individual replies of one answer, as scoring.md 2.4 pools and settles them.

    While an answer is proposed nothing in it counts as shown. A settled reply counts as shown, or
    takes the question out as not applicable, only while it is not in doubt: a copy that somebody
    merely disputed is still nobody's word.
    """
    if answer is None:
        return Standing(question, target, Status.NOT_ASKED)
    proposed = answer.review is Review.PROPOSED
    pool = tuple(
        Voice(s.level, counted_grade(s, today, copied=proposed))
        for _, s in sorted(answer.individual.items())
        if s.reply is Reply.LEVEL and s.level is not None
    )
    if answer.settled is not None:
        said, agreed = answer.settled, answer.review not in (Review.PROPOSED, Review.DISPUTED)
        if said.reply is Reply.LEVEL and said.level is not None:
            voice = Voice(said.level, counted_grade(said, today, copied=not agreed))
            return Standing(question, target, Status.ANSWERED, voice, pool)
        if said.reply is Reply.UNKNOWN:
            return Standing(question, target, Status.UNKNOWN)
        status = Status.NOT_APPLICABLE if agreed else Status.NOT_ASKED
        return Standing(question, target, status)
    if pool:
        return Standing(question, target, Status.ANSWERED, None, pool)
    spoke = {s.reply for s in answer.individual.values()} - {Reply.ABSTAIN}
    if not spoke:
        return Standing(question, target, Status.NOT_ASKED)
    waived = spoke == {Reply.NOT_APPLICABLE}
    return Standing(question, target, Status.NOT_APPLICABLE if waived else Status.UNKNOWN)


def has_fact(workflow: Workflow, fact: Fact) -> bool:
    """A fact that was not recorded does not hold."""
    return getattr(workflow, fact.value) is True


def is_put(workflow: Workflow, standing: Standing) -> bool:
    """The question is asked about this workflow at all."""
    fact = standing.question.ask_if
    return fact is None or has_fact(workflow, fact)


class Case(Struct, frozen=True):
    """One workflow with everything its score, conditions and gaps are computed from."""

    id: WorkflowId
    workflow: Workflow
    standings: tuple[Standing, ...]
    """Bank order; a source question stands once per linked source, sources by id."""
    by_question: Mapping[QuestionId, tuple[Standing, ...]] = {}
    """Derived from `standings`; never given."""

    def __post_init__(self) -> None:
        places: dict[QuestionId, tuple[Standing, ...]] = {}
        for s in self.standings:
            places[s.question.id] = (*places.get(s.question.id, ()), s)
        force_setattr(self, "by_question", places)

    def of(self, question: QuestionId) -> tuple[Standing, ...]:
        return self.by_question.get(question, ())


def case(audit: Audit, workflow: WorkflowId, today: dt.date) -> Case:
    """Resolve one workflow: own answer, else its platform's, else the organisation's."""
    record = audit.workflows[workflow]
    return Case(workflow, record, tuple(_standings(audit, workflow, record, today)))


def active_cases(
    audit: Audit, today: dt.date, tick: Callable[[], None] = lambda: None
) -> tuple[Case, ...]:
    """All workflows that count, by id. Ticks after each."""
    found = []
    for workflow in sorted(w for w, record in audit.workflows.items() if record.is_active):
        found.append(case(audit, workflow, today))
        tick()
    return tuple(found)


def reached(case: Case, levels: Mapping[tuple[QuestionId, Target], int]) -> Case:
    """The workflow once these levels are reached and documented; everything else as it stands."""
    return Case(
        case.id,
        case.workflow,
        tuple(
            s
            if (level := levels.get((s.question.id, s.target))) is None
            else replace(s, status=Status.ANSWERED, settled=Voice(level, Grade.DOCUMENTED), pool=())
            for s in case.standings
        ),
    )


def _standings(
    audit: Audit, workflow: WorkflowId, record: Workflow, today: dt.date
) -> Iterator[Standing]:
    links = sorted(audit.links.get(workflow, {}).items())
    total = sum(link.importance for _, link in links)
    for question in audit.bank.questions:
        if question.ask_if and not has_fact(record, question.ask_if):
            yield Standing(question, Target(workflow), Status.NOT_APPLICABLE)
        elif question.scope is Scope.SOURCE and links:
            for source, link in links:
                found = _source_standing(audit, question, workflow, source, today)
                yield replace(found, source=source, share=link.importance / total)
        else:
            target, place = home(audit, question, workflow)
            yield standing(question, target, place.get(question.id), today)


def _source_standing(
    audit: Audit, question: Question, workflow: WorkflowId, source: SourceId, today: dt.date
) -> Standing:
    """The source's own answer, else what the workflow said before its sources were registered."""
    answer = audit.answers.get(Target(source), {}).get(question.id)
    own = audit.answers.get(Target(workflow), {}).get(question.id)
    if is_said(own) and not is_said(answer):
        return standing(question, Target(workflow), own, today)
    return standing(question, Target(source), answer, today)


def home(
    audit: Audit, question: Question, workflow: WorkflowId
) -> tuple[Target, Mapping[QuestionId, Answer]]:
    """Where the answer that counts for a workflow is kept; what the workflow said itself wins."""
    own = audit.answers.get(Target(workflow), {})
    platform = audit.workflows[workflow].platform
    if question.scope is Scope.WORKFLOW or is_said(own.get(question.id)):
        return Target(workflow), own
    if question.scope is Scope.ORGANISATION:
        return ORGANISATION, audit.answers.get(ORGANISATION, {})
    if question.scope is Scope.PLATFORM and platform:
        return Target(platform), audit.answers.get(Target(platform), {})
    return Target(workflow), own


def is_said(answer: Answer | None) -> bool:
    """Somebody replied; a note alone is no reply, and neither is an abstention."""
    if answer is None:
        return False
    replies = (s.reply for s in answer.individual.values())
    return answer.settled is not None or any(r is not Reply.ABSTAIN for r in replies)
