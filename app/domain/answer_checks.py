"""Findings about answers: proof, reasons, scope, and conditions that rest on proposals."""

import datetime as dt
from collections.abc import Iterator

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade, Question
from app.domain.edits.rules import fits, is_condition, is_counted
from app.domain.findings import Finding, FindingKind
from app.domain.ids import Target, WorkflowId
from app.domain.replies import SHOWN, Status, case, counted_grade, has_fact

WAIVED_LIMIT = 0.3
"""Share of questions marked not applicable from which the estimate means little."""


def answer_findings(audit: Audit, today: dt.date) -> Iterator[Finding]:
    """All findings about answers; those to questions that the bank lacks are found elsewhere."""
    questions = {q.id: q for q in audit.bank.questions}
    for target, group in sorted(audit.answers.items()):
        for key, answer in sorted(group.items()):
            if key in questions:
                yield from _answer(audit, target, questions[key], answer, today)
    yield from _waived(audit, today)


def _answer(
    audit: Audit, target: Target, question: Question, answer: Answer, today: dt.date
) -> Iterator[Finding]:
    where = ("answers", (str(target), str(question.id)))
    if not (answer.settled or answer.individual):
        return
    if not fits(audit, target, question):
        yield Finding(FindingKind.ANSWER_OUT_OF_SCOPE, *where)
    elif not is_counted(audit, target, question):
        yield Finding(FindingKind.ANSWER_NOT_COUNTED, *where)
    elif is_condition(question) and answer.review is Review.PROPOSED:
        yield Finding(FindingKind.CONDITION_ON_PROPOSED, *where, "review")
    for person, said in sorted(answer.individual.items()):
        yield from _said(question, said, where, f"individual.{person}")
    if answer.settled is None:
        return
    yield from _said(question, answer.settled, where, "settled")
    if answer.review is not Review.PROPOSED:
        yield from _proof(answer.settled, where, today)
    asked = answer.find_out and answer.find_out.who
    if answer.settled.reply is Reply.UNKNOWN and not asked:
        yield Finding(FindingKind.UNKNOWN_WITHOUT_FINDER, *where, "find_out")


def _said(
    question: Question, said: Said, where: tuple[str, tuple[str, ...]], field: str
) -> Iterator[Finding]:
    has_level = said.level is not None
    in_range = said.level is None or 0 <= said.level <= 4
    if has_level != (said.reply is Reply.LEVEL) or not in_range:
        values = {"reply": said.reply.value, "level": "" if said.level is None else said.level}
        yield Finding(FindingKind.LEVEL_OUT_OF_RANGE, *where, field, values)
    if said.reply is Reply.NOT_APPLICABLE:
        if is_condition(question) and not question.na_when:
            yield Finding(FindingKind.NOT_APPLICABLE_ON_CONDITION, *where, field)
        if not said.reason.strip():
            yield Finding(FindingKind.NOT_APPLICABLE_WITHOUT_REASON, *where, field)


def _proof(said: Said, where: tuple[str, tuple[str, ...]], today: dt.date) -> Iterator[Finding]:
    """What was shown counts for less: the proof has expired, or lacks what makes it one."""
    if said.grade not in SHOWN:
        return
    expires = said.proof.expires if said.proof else None
    lasting = counted_grade(said, expires or today, copied=False)
    if lasting is not said.grade:
        needs = "title place date seen_by" if said.grade is Grade.DOCUMENTED else "sample result"
        values = {"grade": said.grade.value, "counts_as": lasting.value, "needs": needs}
        yield Finding(FindingKind.PROOF_INCOMPLETE, *where, "settled.proof", values)
    if expires and today > expires:
        counts = counted_grade(said, today, copied=False).value
        values = {"grade": said.grade.value, "counts_as": counts, "expired": expires.isoformat()}
        yield Finding(FindingKind.PROOF_EXPIRED, *where, "settled.proof.expires", values)


def _waived(audit: Audit, today: dt.date) -> Iterator[Finding]:
    for workflow, record in sorted(audit.workflows.items()):
        if not record.is_active or Target(workflow) not in audit.answers:
            continue
        standings = [
            s
            for s in case(audit, WorkflowId(workflow), today).standings
            if s.question.ask_if is None or has_fact(record, s.question.ask_if)
        ]
        waived = sum(s.status is Status.NOT_APPLICABLE for s in standings) / len(standings)
        if waived > WAIVED_LIMIT:
            values = {"share": waived}
            yield Finding(
                FindingKind.TOO_MUCH_NOT_APPLICABLE, "workflows", (workflow,), values=values
            )
