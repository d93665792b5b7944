"""Take many answers in one step, such as the rows of a table that came back."""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from app.domain.answers import Answer, Review, Said
from app.domain.audit import Audit
from app.domain.changes import Change, apply
from app.domain.edits import answers
from app.domain.edits.ranges import refuse
from app.domain.ids import PersonId, QuestionId, Target


class AnswerRow(Struct, frozen=True):
    """One reply. `by` None is the room's settled answer; `said` None brings a note only."""

    row: int
    """Where it stood, counted from 1 as a spreadsheet does."""
    target: Target
    question: QuestionId
    said: Said | None = None
    by: PersonId | None = None
    note: str = ""


def take_answers(audit: Audit, rows: Iterable[AnswerRow], mode: str = "") -> Audit:
    """All rows, in their order, by the rules of `settle`, `say` and `note`.

    What the room settled is agreed; what one person said stands beside it, and is proposed where
    nothing is settled yet. A row that only repeats the record changes nothing, so that proofs and
    review states outlive it. Notes are added to what is noted already. Raises EditError at the
    first row that contradicts the record, with nothing taken.
    """
    by_target: dict[Target, list[AnswerRow]] = {}
    for row in rows:
        by_target.setdefault(row.target, []).append(row)
    taken: dict[Target, Mapping[QuestionId, Answer]] = dict(audit.answers)
    for target, group in by_target.items():
        part = only(audit, target)
        for row in group:
            part = take_row(part, row, mode)
        taken[target] = part.answers.get(target, {})
    return replace(audit, answers={target: group for target, group in taken.items() if group})


def only(audit: Audit, target: Target) -> Audit:
    """The audit with the answers of one target: edits of it need not copy all others."""
    group = audit.answers.get(target)
    return replace(audit, answers={target: group} if group else {})


def take_row(audit: Audit, row: AnswerRow, mode: str = "") -> Audit:
    """One row, by the same rules."""
    if row.said is None and not row.note.strip():
        raise refuse(f"Row {row.row} says nothing.", "Give a level or a note.")
    before = _answer(audit, row)
    if row.said is not None and row.by is None:
        if not (_repeats(before.settled, row.said) and before.review is not Review.PROPOSED):
            said = _with_proof(before.settled, row.said)
            audit = answers.settle(audit, row.target, row.question, said, mode=mode)
    elif (
        row.said is not None
        and row.by is not None
        and not _repeats(before.individual.get(row.by), row.said)
    ):
        audit = answers.say(audit, row.target, row.question, row.by, row.said, mode=mode)
        audit = _proposed(audit, row)
    note = row.note.strip()
    if note and note not in before.note:
        both = f"{before.note}\n{note}".strip()
        audit = answers.note(audit, row.target, row.question, both)
    return audit


def _answer(audit: Audit, row: AnswerRow) -> Answer:
    return audit.answers.get(row.target, {}).get(row.question, Answer())


def _repeats(before: Said | None, said: Said) -> bool:
    return before is not None and replace(before, proof=None) == replace(said, proof=None)


def _with_proof(before: Said | None, said: Said) -> Said:
    """A row has no proof of its own, so the same reply keeps the one on record."""
    return before if before is not None and said.proof is None and _repeats(before, said) else said


def _proposed(audit: Audit, row: AnswerRow) -> Audit:
    after = _answer(audit, row)
    if after.settled is not None or after.review is not Review.OPEN:
        return audit
    change = replace(after, review=Review.PROPOSED)
    return apply(audit, [Change("answers", (row.target, row.question), after, change)])
