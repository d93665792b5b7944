"""What is asked about one workflow, in which order, and where each reply is kept."""

from collections.abc import Container, Sequence

from msgspec import Struct

from app.domain.answers import Answer, Review
from app.domain.audit import Audit
from app.domain.bank import Question, Scope
from app.domain.edits.answers import undisputed
from app.domain.edits.rules import is_condition
from app.domain.ids import ORGANISATION, QuestionId, SourceId, StageId, Target, WorkflowId
from app.domain.landscape import StageRecord
from app.domain.replies import Case, Standing, Status, is_put
from app.domain.symptoms import sections_in_order
from app.ui.page import translate

ENTRY, SOURCE, STAGE, SECTION = "entry", "source", "stage", "section"
AFTER_STAGES = 99


class Ask(Struct, frozen=True):
    """One question of the walk."""

    question: Question
    target: Target
    """Where a reply is kept from now on."""
    kept: Target
    """Where the reply that counts now is kept; another one until the first own reply."""
    source: SourceId | None
    status: Status
    group: tuple[str, str]
    """Kind and id of what the question is asked under."""

    @property
    def key(self) -> tuple[QuestionId, str]:
        return self.question.id, self.source or ""

    @property
    def is_asked(self) -> bool:
        return self.status is not Status.NOT_ASKED


def asks(audit: Audit, case: Case, wanted: Container[QuestionId]) -> tuple[Ask, ...]:
    """Entry questions first, then stage by stage and source by source, then the sections.

    Of the sections those come first that a symptom of the organisation names.
    """
    stages = {s.id: s.order for s in audit.bank.stages}
    sections = {s.id: place for place, s in enumerate(sections_in_order(audit))}
    places = {q.id: n for n, q in enumerate(audit.bank.questions)}
    found = [
        _ask(s) for s in case.standings if s.question.id in wanted and is_put(case.workflow, s)
    ]

    def order(ask: Ask) -> tuple[bool, int, str, int, int]:
        asked = ask.question
        stage = stages.get(asked.stage, AFTER_STAGES) if asked.stage else AFTER_STAGES
        section = 0 if asked.stage else sections.get(asked.section, AFTER_STAGES)
        return asked.phase1_at is None, stage, ask.source or "", section, places[asked.id]

    return tuple(sorted(found, key=order))


def _ask(standing: Standing) -> Ask:
    asked = standing.question
    target = Target(standing.source) if standing.source else standing.target
    return Ask(asked, target, standing.target, standing.source, standing.status, _group(standing))


def _group(standing: Standing) -> tuple[str, str]:
    asked = standing.question
    if asked.phase1_at is not None:
        return ENTRY, ""
    if standing.source:
        return SOURCE, standing.source
    return (STAGE, asked.stage) if asked.stage else (SECTION, asked.section)


def strip(audit: Audit, found: Sequence[Ask], facet: str) -> tuple[Ask, ...]:
    """The seven questions of one facet, in the order of the stages."""
    order = {s.id: s.order for s in audit.bank.stages}
    same = [a for a in found if a.question.facet == facet and a.question.stage in order]
    return tuple(sorted(same, key=lambda a: order[a.question.stage]))  # type: ignore[index]


def answer_of(audit: Audit, ask: Ask) -> Answer | None:
    """The reply that counts."""
    return audit.answers.get(ask.kept, {}).get(ask.question.id)


def to_discuss(audit: Audit, found: Sequence[Ask]) -> tuple[Ask, ...]:
    """Disputed, or said and neither agreed nor within one level of each other."""
    calm = set(undisputed(audit, {a.kept for a in found}))
    return tuple(
        a
        for a in found
        if (answer := answer_of(audit, a))
        and (answer.settled or answer.individual)
        and answer.review is not Review.AGREED
        and (a.kept, a.question.id) not in calm
    )


def stage_record(audit: Audit, workflow: WorkflowId, stage: StageId) -> StageRecord:
    return audit.stages.get(workflow, {}).get(stage, StageRecord())


def shared_by(audit: Audit, target: Target) -> int:
    """Active workflows that a reply about this target counts for."""
    active = [w for w, record in audit.workflows.items() if record.is_active]
    if target == ORGANISATION:
        return len(active)
    if target in audit.sources:
        return sum(target in audit.links.get(w, {}) for w in active)
    return sum(audit.workflows[w].platform == target for w in active)


def can_differ(audit: Audit, workflow: WorkflowId, ask: Ask) -> bool:
    """The workflow may answer for itself what its platform answers for all."""
    has_platform = audit.workflows[workflow].platform is not None
    return ask.question.scope is Scope.PLATFORM and has_platform


def workflow_of(audit: Audit, target: Target) -> WorkflowId | None:
    """A workflow in which a question about the target can be answered."""
    if WorkflowId(target) in audit.workflows:
        return WorkflowId(target)
    for workflow, record in sorted(audit.workflows.items()):
        used = record.platform == target or target in audit.links.get(workflow, {})
        if record.is_active and (used or target == ORGANISATION):
            return workflow
    return None


def always_applies(question: Question) -> str:
    """Why a question cannot be waived, in a sentence; empty where it can."""
    if not is_condition(question) or question.na_when:
        return ""
    said = translate(
        "{0} is a condition that always applies: give a level, or say that you don't know."
    )
    return said.format(question.id)


def source_in_words(audit: Audit, question: Question, target: str) -> str:
    """Which source a question means by *this source*; empty where it speaks of none."""
    if question.scope is not Scope.SOURCE:
        return ""
    if target in audit.sources:
        return translate("Source {0}").format(audit.sources[SourceId(target)].name)
    return translate("Its sources together, as none is listed")
