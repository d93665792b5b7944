"""How far the asking has come: each question and target once, unknown and not asked apart."""

from collections.abc import Container, Iterable

from msgspec import Struct

from app.domain.bank import Bank, Question
from app.domain.ids import QuestionId, Target
from app.domain.replies import Case, Status, is_put


class Progress(Struct, frozen=True):
    answered: int
    """Asked, whatever the reply: unknown and not applicable are among them."""
    unknown: int
    not_applicable: int
    not_asked: int
    of: int


def progress(cases: Iterable[Case], questions: Container[QuestionId] | None = None) -> Progress:
    """Counts over all cases; a question whose fact does not hold is not counted.

    `questions` restricts the count to a mode. Source: scoring.md 2.4.
    """
    found: dict[tuple[QuestionId, Target], Status] = {}
    for case in cases:
        for s in case.standings:
            if is_put(case.workflow, s) and (questions is None or s.question.id in questions):
                found[s.question.id, s.target] = s.status
    return counted(found.values())


def counted(statuses: Iterable[Status]) -> Progress:
    found = list(statuses)
    not_asked = found.count(Status.NOT_ASKED)
    return Progress(
        answered=len(found) - not_asked,
        unknown=found.count(Status.UNKNOWN),
        not_applicable=found.count(Status.NOT_APPLICABLE),
        not_asked=not_asked,
        of=len(found),
    )


def mode_questions(bank: Bank, mode: str) -> frozenset[QuestionId]:
    """The questions a mode asks: none of the scored ones while screening, all in full mode."""
    select = next(m.select for m in bank.modes if m.id == mode)
    return frozenset(q.id for q in bank.questions if _is_selected(q, select))


def _is_selected(question: Question, select: str) -> bool:
    if select == "conditions":
        return question.golive_at is not None
    return select == "all" or (select == "core" and question.core)
