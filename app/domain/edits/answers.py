"""Answer a question: settle, say, propose, dispute, note, find out, copy and withdraw."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from app.domain.answers import Answer, FindOut, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Scope
from app.domain.changes import Change, apply
from app.domain.edits.ranges import EARLIEST, LATEST, refuse
from app.domain.edits.rules import check_asked, check_said, is_asked, median
from app.domain.ids import EvidenceId, PersonId, QuestionId, Target, WorkflowId
from app.domain.references import Reference, is_defined
from app.domain.replies import GRADES
from app.domain.shapes import DEFINED_IN

UNDISPUTED = 1
"""Individual levels that lie this close together need no discussion."""


def settle(
    audit: Audit,
    target: Target,
    question: QuestionId,
    said: Said,
    *,
    mode: str = "",
    reason: str = "",
) -> Audit:
    """The room agrees on an answer; what each person said stays beside it."""
    before = _answer(audit, target, question)
    said = _checked(audit, target, question, said, reason)
    if said.reply is Reply.ABSTAIN:
        raise refuse("A room cannot abstain.", "Answer with a level, or with “we don't know”.")
    _check_mode(audit, mode)
    after = replace(
        before,
        review=Review.AGREED,
        settled=said,
        mode=mode or before.mode,
        copied_from=before.copied_from if said == before.settled else None,
        find_out=None if said.reply is Reply.LEVEL else before.find_out,
    )
    return _place(audit, target, question, after)


def say(
    audit: Audit,
    target: Target,
    question: QuestionId,
    person: PersonId,
    said: Said,
    *,
    mode: str = "",
    reason: str = "",
) -> Audit:
    """One person's own answer beside the agreed one; saying again replaces it."""
    _check_exists(audit, PersonId, person)
    before = _answer(audit, target, question)
    said = _checked(audit, target, question, said, reason)
    _check_mode(audit, mode)
    individual = {**before.individual, person: said}
    return _place(
        audit, target, question, replace(before, individual=individual, mode=mode or before.mode)
    )


def propose(
    audit: Audit,
    target: Target,
    question: QuestionId,
    said: Said,
    *,
    mode: str = "",
    reason: str = "",
    copied_from: Target | None = None,
) -> Audit:
    """An answer that a person has yet to settle. Raises EditError where one is agreed already."""
    before = _answer(audit, target, question)
    if before.settled and before.review is Review.AGREED:
        raise refuse(f"{question} is already agreed for “{target}”.", "Withdraw that answer first.")
    said = _checked(audit, target, question, said, reason)
    if said.reply is Reply.ABSTAIN:
        raise refuse("An abstention proposes nothing.", "Leave the question open.")
    _check_mode(audit, mode)
    if copied_from is not None:
        _check_exists(audit, Target, copied_from)
    after = replace(
        before,
        review=Review.PROPOSED,
        settled=said,
        mode=mode or before.mode,
        copied_from=copied_from,
    )
    return _place(audit, target, question, after)


def dispute(audit: Audit, target: Target, question: QuestionId) -> Audit:
    """Mark an answer as disputed; nothing that was said is changed."""
    before = _answer(audit, target, question)
    if not (before.settled or before.individual):
        raise refuse(f"Nobody has answered {question} for “{target}”.", "Answer it first.")
    return _place(audit, target, question, replace(before, review=Review.DISPUTED))


def note(audit: Audit, target: Target, question: QuestionId, text: str) -> Audit:
    """A remark beside the answer; it is no reply."""
    check_asked(audit, target, question)
    before = _answer(audit, target, question)
    return _place(audit, target, question, replace(before, note=text))


def ask_to_find_out(
    audit: Audit,
    target: Target,
    question: QuestionId,
    who: PersonId | None = None,
    by: dt.date | None = None,
) -> Audit:
    """Put the question on somebody's list; without who and date it leaves the list."""
    check_asked(audit, target, question)
    if who is not None:
        _check_exists(audit, PersonId, who)
    if by is not None and not EARLIEST <= by <= LATEST:
        raise refuse(f"The date is {by.isoformat()}.", "Enter a year from 1970 to 2199.")
    asked = FindOut(who, by) if who or by else None
    before = _answer(audit, target, question)
    return _place(audit, target, question, replace(before, find_out=asked))


def withdraw(
    audit: Audit,
    target: Target,
    question: QuestionId,
    *,
    person: PersonId | None = None,
    reason: str = "",
) -> Audit:
    """Take back the agreed or proposed answer, or what one person said."""
    before = _answer(audit, target, question)
    if before.settled is None if person is None else person not in before.individual:
        raise refuse(f"There is no such answer to {question} for “{target}”.", "Check the id.")
    _check_reason(audit, target, reason)
    if person is None:
        after = replace(before, settled=None, review=Review.OPEN, copied_from=None)
    else:
        kept = {p: said for p, said in before.individual.items() if p != person}
        after = replace(before, individual=kept)
    if reason:
        after = replace(after, note=f"{after.note}\n{reason}".strip())
    return _place(audit, target, question, after)


def copy_answers(audit: Audit, from_workflow: WorkflowId, to_workflow: WorkflowId) -> Audit:
    """Propose one workflow's agreed answers for another; what was said there is left alone.

    A copied answer is proposed, so it never counts as shown until somebody settles it.
    """
    for workflow in (from_workflow, to_workflow):
        _check_exists(audit, WorkflowId, workflow)
    if from_workflow == to_workflow:
        raise refuse("A workflow cannot be copied to itself.", "Choose another one.")
    if to_workflow in audit.confirmations:
        raise refuse(
            f"The owner confirmed the answers of “{to_workflow}”.",
            "Answer the questions one by one, with a reason.",
        )
    target = Target(to_workflow)
    changes = [
        Change("answers", (target, q), None, replace(_answer(audit, target, q), **fields))
        for q, fields in _copies(audit, Target(from_workflow), target)
    ]
    if not changes:
        raise refuse(
            f"“{from_workflow}” has no answer that “{to_workflow}” lacks.", "Choose another."
        )
    return apply(audit, changes)


def settle_undisputed(
    audit: Audit, targets: Iterable[Target], *, mode: str = "", reason: str = ""
) -> Audit:
    """Agree, in one step, on every answer over which nobody differs by more than one level.

    The level is the median, rounded down; the grade is the best of those who said that level.
    """
    found = undisputed(audit, targets)
    if not found:
        raise refuse("There is no undisputed answer.", "Settle the open ones one by one.")
    for target, question in found:
        said = _common(_answer(audit, target, question))
        assert said
        audit = settle(audit, target, question, said, mode=mode, reason=reason)
    return audit


def undisputed(audit: Audit, targets: Iterable[Target]) -> tuple[tuple[Target, QuestionId], ...]:
    """What `settle_undisputed` would agree on, by target and in bank order."""
    return tuple(
        (target, q.id)
        for target in sorted(set(targets))
        for q in audit.bank.questions
        if (answer := audit.answers.get(target, {}).get(q.id))
        and _common(answer)
        and is_asked(audit, target, q)
    )


def common_reply(audit: Audit, target: Target, question: QuestionId) -> Said | None:
    """What `settle_undisputed` would agree on for one question, or None where it leaves it."""
    return _common(_answer(audit, target, question))


def _common(answer: Answer) -> Said | None:
    """The reply on which what was said agrees within one level, or None."""
    if answer.review in (Review.AGREED, Review.DISPUTED) or not answer.individual:
        return None
    proposed = (answer.settled,) if answer.settled else ()
    spoke = [
        said
        for said in (*(s for _, s in sorted(answer.individual.items())), *proposed)
        if said.reply not in (Reply.ABSTAIN, Reply.UNKNOWN)
    ]
    levels = sorted(said.level for said in spoke if said.level is not None)
    if not levels or len(levels) < len(spoke) or levels[-1] - levels[0] > UNDISPUTED:
        return None
    level = median(levels)
    best: Said = max((s for s in spoke if s.level == level), key=lambda s: GRADES.index(s.grade))
    return best


def _copies(
    audit: Audit, source: Target, target: Target
) -> Iterator[tuple[QuestionId, dict[str, Any]]]:
    """What copying would change in the answers of `target`, question by question."""
    for question in audit.bank.questions:
        answer = audit.answers.get(source, {}).get(question.id)
        there = _answer(audit, target, question.id)
        if answer is None or answer.settled is None or answer.settled.reply is Reply.UNKNOWN:
            continue
        if there.settled or there.individual or not is_asked(audit, target, question):
            continue
        if question.scope is Scope.PLATFORM and audit.workflows[WorkflowId(target)].platform:
            continue  # its own answer would hide the platform's
        proposed = {"review": Review.PROPOSED, "settled": answer.settled, "mode": answer.mode}
        yield question.id, {**proposed, "copied_from": source}


def _checked(audit: Audit, target: Target, question: QuestionId, said: Said, reason: str) -> Said:
    """The reply with its reason, once every rule holds."""
    check_asked(audit, target, question)
    if reason:
        said = replace(said, reason=reason)
    check_said(audit, question, said)
    if said.proof and said.proof.evidence:
        _check_exists(audit, EvidenceId, said.proof.evidence)
    _check_reason(audit, target, said.reason)
    return said


def _check_reason(audit: Audit, target: Target, reason: str) -> None:
    if WorkflowId(target) in audit.confirmations and not reason.strip():
        raise refuse(
            f"The owner confirmed the answers of “{target}”.",
            "Give a reason for the change; the report prints it.",
        )


def _check_mode(audit: Audit, mode: str) -> None:
    if mode and all(m.id != mode for m in audit.bank.modes):
        raise refuse(f"The bank has no mode “{mode}”.", "Choose one of the bank's modes.")


def _check_exists(audit: Audit, kind: Any, key: str) -> None:
    if not is_defined(audit, Reference("answers", (), kind, key)):
        raise refuse(
            f"There is no “{key}” in {DEFINED_IN.get(kind, 'the audit')}.", "Add it first."
        )


def _answer(audit: Audit, target: Target, question: QuestionId) -> Answer:
    return audit.answers.get(target, {}).get(question, Answer())


def _place(audit: Audit, target: Target, question: QuestionId, after: Answer) -> Audit:
    """An answer that says nothing any more is no record."""
    says = after.settled or after.individual or after.note or after.find_out
    before = audit.answers.get(target, {}).get(question)
    if not says and before is None:
        return audit
    return apply(audit, [Change("answers", (target, question), before, after if says else None)])
