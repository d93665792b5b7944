"""What may be said about a question: scope, facts, levels, reasons and proof."""

from app.domain.answers import Answer, Proof, Reply, Said
from app.domain.audit import Audit
from app.domain.bank import Question, Scope
from app.domain.edits.ranges import check_values, refuse
from app.domain.ids import ORGANISATION, PlatformId, QuestionId, SourceId, Target, WorkflowId
from app.domain.replies import has_fact, is_said

PLACES = {
    Scope.ORGANISATION: "It is answered once, for the organisation.",
    Scope.PLATFORM: "Answer it for a platform, or for a workflow where that one differs.",
    Scope.WORKFLOW: "Answer it for a workflow.",
    Scope.SOURCE: "Answer it for a source, or for a workflow that has no sources linked.",
}


def known_question(audit: Audit, question: QuestionId) -> Question:
    """The question as the bank has it. Raises EditError where it has none of this id."""
    found = next((q for q in audit.bank.questions if q.id == question), None)
    if found is None:
        raise refuse(f"The bank has no question {question}.", "Check its id in the question list.")
    return found


def check_question_fits(audit: Audit, target: Target, question: QuestionId) -> Question:
    """Raise EditError unless the question can be asked about the target at all."""
    asked = known_question(audit, question)
    if not fits(audit, target, asked):
        raise refuse(f"{question} is not asked about “{target}”.", PLACES[asked.scope])
    return asked


def check_asked(audit: Audit, target: Target, question: QuestionId) -> Question:
    """As above, and the workflow's facts and linked sources do not rule the question out."""
    asked = check_question_fits(audit, target, question)
    workflow = audit.workflows.get(WorkflowId(target))
    if workflow is None:
        return asked
    if asked.ask_if and not has_fact(workflow, asked.ask_if):
        raise refuse(
            f"{question} does not apply: “{asked.ask_if.value}” is not recorded for “{target}”.",
            "Record that it is so, then answer.",
        )
    if asked.scope is Scope.SOURCE and audit.links.get(WorkflowId(target)):
        raise refuse(f"“{target}” has sources of its own.", f"Answer {question} for each source.")
    return asked


def fits(audit: Audit, target: Target, question: Question) -> bool:
    """The scope of the question matches the target."""
    if question.scope is Scope.ORGANISATION:
        return target == ORGANISATION
    if WorkflowId(target) in audit.workflows:
        return True
    if question.scope is Scope.PLATFORM:
        return PlatformId(target) in audit.platforms
    return question.scope is Scope.SOURCE and SourceId(target) in audit.sources


def is_asked(audit: Audit, target: Target, question: Question) -> bool:
    """The question can be answered for this target: the predicate of `check_asked`."""
    workflow = audit.workflows.get(WorkflowId(target))
    if workflow is None:
        return fits(audit, target, question)
    if question.scope is Scope.SOURCE and audit.links.get(WorkflowId(target)):
        return False
    applies = question.ask_if is None or has_fact(workflow, question.ask_if)
    return applies and fits(audit, target, question)


def is_counted(audit: Audit, target: Target, question: Question) -> bool:
    """An answer kept for this target is one that the score, conditions and gaps look at.

    What a workflow said before its sources were registered counts until each has its own answer.
    """
    links = audit.links.get(WorkflowId(target), {})
    if question.scope is Scope.SOURCE and links:
        answers = (audit.answers.get(Target(s), {}).get(question.id) for s in links)
        return not all(is_said(answer) for answer in answers)
    return is_asked(audit, target, question)


def check_said(audit: Audit, question: QuestionId, said: Said) -> None:
    """Raise EditError for a reply that says nothing or contradicts itself."""
    asked = known_question(audit, question)
    if said.reply is Reply.LEVEL:
        if said.level is None or not 0 <= said.level <= 4:
            raise refuse(f"{question} has no level {said.level}.", "Choose a level from 0 to 4.")
    elif said.level is not None:
        raise refuse(
            f"{question} was answered with a level and with “{said.reply.value}”.",
            "Choose one of the two.",
        )
    if said.reply is Reply.NOT_APPLICABLE:
        _check_waived(asked, said)
    if said.proof:
        _check_proof(said.proof)


def is_condition(question: Question) -> bool:
    """An entry question or a go-live condition."""
    return question.golive_at is not None or question.phase1_at is not None


def level_of(answer: Answer) -> int | None:
    """The agreed level, else the median of the individual levels, rounded down."""
    if answer.settled:
        return answer.settled.level
    levels = sorted(s.level for s in answer.individual.values() if s.level is not None)
    return median(levels) if levels else None


def median(levels: list[int]) -> int:
    """Of a sorted list with at least one level, rounded down."""
    return (levels[(len(levels) - 1) // 2] + levels[len(levels) // 2]) // 2


def _check_waived(question: Question, said: Said) -> None:
    if not said.reason.strip():
        raise refuse(
            f"{question.id} was marked not applicable without a reason.",
            "Say why it does not apply, or answer “we don't know”.",
        )
    if is_condition(question) and not question.na_when:
        raise refuse(
            f"{question.id} is a condition that always applies.",
            "Answer with a level, or with “we don't know”.",
        )


def _check_proof(proof: Proof) -> None:
    check_values(proof)
    if proof.sample is not None and proof.sample < 1:
        raise refuse(f"A sample of {proof.sample} shows nothing.", "Enter how many were tested.")
    if proof.date and proof.expires and proof.expires < proof.date:
        raise refuse("The proof expires before its date.", "Correct one of the two dates.")
