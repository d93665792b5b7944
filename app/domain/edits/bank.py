"""Move an audit to another question bank or reference set, and what such a move would change."""

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from app.domain.answers import Answer, Review
from app.domain.audit import Audit
from app.domain.bank import Bank, Question, ReferenceSet, bank_hash
from app.domain.edits.ranges import refuse
from app.domain.ids import QuestionId, Target


class Place(Struct, frozen=True, order=True):
    """Where an answer is kept."""

    target: Target
    question: QuestionId


class BankMove(Struct, frozen=True):
    """What a move would do; questions in bank order, places sorted."""

    before: str
    """Version of the bank the audit has."""
    after: str
    before_hash: str
    after_hash: str
    added: tuple[QuestionId, ...]
    removed: tuple[QuestionId, ...]
    reworded: tuple[QuestionId, ...]
    """Text or levels differ, so what was agreed may not be what is now written."""
    reweighed: tuple[QuestionId, ...]
    """The wording stays; category, activity, criticality or condition differ: scores move."""
    rescoped: tuple[QuestionId, ...]
    """Asked about something else; what the old scope was told may no longer count."""
    set_aside: tuple[Place, ...]
    """Answers to removed questions: kept in the record, out of the score."""
    to_confirm: tuple[Place, ...]
    """Answers that go back to *proposed*."""


def preview_move(audit: Audit, bank: Bank) -> BankMove:
    """What `move_to_bank` would do. Raises EditError as it does."""
    _check_categories(bank, audit.reference)
    old = {q.id: q for q in audit.bank.questions}
    new = {q.id: q for q in bank.questions}
    both = [(old[i], q) for i, q in new.items() if i in old]
    reworded = tuple(b.id for a, b in both if _wording(a) != _wording(b))
    removed = tuple(i for i in old if i not in new)
    added = tuple(i for i in new if i not in old)
    return BankMove(
        before=audit.bank.version,
        after=bank.version,
        before_hash=bank_hash(audit.bank),
        after_hash=bank_hash(bank),
        added=added,
        removed=removed,
        reworded=reworded,
        reweighed=tuple(b.id for a, b in both if _weight(a) != _weight(b)),
        rescoped=tuple(b.id for a, b in both if a.scope is not b.scope),
        set_aside=tuple(sorted(_places(audit, frozenset(removed)))),
        to_confirm=tuple(sorted(_open(audit, frozenset((*reworded, *added))))),
    )


def move_to_bank(audit: Audit, bank: Bank) -> Audit:
    """The audit with another bank; nothing that was answered is lost.

    Answers to questions the new bank does not have stay in `answers`, where nothing that scores
    reads them, and count again if a later bank brings the question back. Answers to questions whose
    text or levels changed, or which come back, return to the review state PROPOSED: they count no
    longer as shown until somebody settles them. All other answers stay as they are, whatever the
    question now weighs. Raises EditError where the audit's reference set names other categories.
    """
    move = preview_move(audit, bank)
    answers: dict[Target, Mapping[QuestionId, Answer]] = dict(audit.answers)
    for target in {place.target for place in move.to_confirm}:
        changed = {p.question for p in move.to_confirm if p.target == target}
        answers[target] = {
            question: replace(answer, review=Review.PROPOSED) if question in changed else answer
            for question, answer in answers[target].items()
        }
    return replace(audit, bank=bank, answers=answers if move.to_confirm else audit.answers)


def use_reference(audit: Audit, reference: ReferenceSet) -> Audit:
    """The audit with other assumptions. Raises EditError unless they name the bank's categories."""
    _check_categories(audit.bank, reference)
    return replace(audit, reference=reference)


def _check_categories(bank: Bank, reference: ReferenceSet) -> None:
    ours, theirs = {c.id for c in bank.categories}, set(reference.shares)
    if ours != theirs:
        raise refuse(
            f"Bank “{bank.title}” sorts failures into {', '.join(sorted(ours))}, and reference set "
            f"“{reference.title}” has shares for {', '.join(sorted(theirs))}.",
            "Choose a bank and a reference set that name the same categories.",
        )


def _wording(question: Question) -> tuple[str, ...]:
    return (question.text, *question.levels)


def _weight(question: Question) -> tuple[object, ...]:
    return (
        question.category,
        question.activity,
        question.criticality,
        question.golive_at,
        question.phase1_at,
        question.ask_if,
    )


def _places(audit: Audit, questions: frozenset[QuestionId]) -> Iterator[Place]:
    for target, group in audit.answers.items():
        yield from (Place(target, question) for question in group if question in questions)


def _open(audit: Audit, questions: frozenset[QuestionId]) -> Iterator[Place]:
    """Answers that say something and are not proposed already."""
    for place in _places(audit, questions):
        answer = audit.answers[place.target][place.question]
        is_said = bool(answer.settled or answer.individual)
        if is_said and answer.review is not Review.PROPOSED:
            yield place
