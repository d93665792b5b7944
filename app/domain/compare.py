"""What differs between two audits, grouped for people who want to know what has moved."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from app.domain.answers import Answer, Reply
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.changes import Change, diff
from app.domain.edits.rules import level_of
from app.domain.ids import QuestionId, Target, WorkflowId


class FieldChange(Struct, frozen=True):
    """One field of a record before and after."""

    field: str
    before: Any
    after: Any


class WorkflowChange(Struct, frozen=True):
    id: WorkflowId
    name: str
    fields: tuple[FieldChange, ...]


class Stood(Struct, frozen=True):
    """What an answer said: agreed where it was settled, else the median of the individual ones."""

    reply: Reply
    level: int | None
    grade: Grade | None
    """As given; None where no level was agreed."""
    is_agreed: bool


class AnswerChange(Struct, frozen=True):
    """None stands for no reply."""

    target: Target
    question: QuestionId
    before: Stood | None
    after: Stood | None


class Count(Struct, frozen=True):
    """Changed records of one collection."""

    added: int = 0
    changed: int = 0
    removed: int = 0


class Comparison(Struct, frozen=True):
    """`others` counts what is not listed one by one, answers with the same reply among them."""

    added: tuple[WorkflowId, ...] = ()
    removed: tuple[WorkflowId, ...] = ()
    changed: tuple[WorkflowChange, ...] = ()
    answers: tuple[AnswerChange, ...] = ()
    others: Mapping[str, Count] = {}

    @property
    def is_same(self) -> bool:
        return self == Comparison()


def compare(before: Audit, after: Audit) -> Comparison:
    """Workflows and answers one by one, everything else counted; all of it sorted by id."""
    changes = diff(before, after)
    workflows = sorted((c for c in changes if c.collection == "workflows"), key=lambda c: c.keys)
    answers = [
        AnswerChange(Target(c.keys[0]), QuestionId(c.keys[1]), stood(c.before), stood(c.after))
        for c in sorted((c for c in changes if c.collection == "answers"), key=lambda c: c.keys)
    ]
    moved = {(a.target, a.question) for a in answers if a.before != a.after}
    others = (
        c
        for c in changes
        if c.collection != "workflows" and not (c.collection == "answers" and c.keys in moved)
    )
    return Comparison(
        added=tuple(WorkflowId(c.keys[0]) for c in workflows if c.before is None),
        removed=tuple(WorkflowId(c.keys[0]) for c in workflows if c.after is None),
        changed=tuple(
            WorkflowChange(WorkflowId(c.keys[0]), c.after.name, field_changes(c.before, c.after))
            for c in workflows
            if c.before is not None and c.after is not None
        ),
        answers=tuple(a for a in answers if a.before != a.after),
        others=_counts(others),
    )


def stood(answer: Answer | None) -> Stood | None:
    """The reply of an answer, or None where nobody gave one."""
    if answer is None:
        return None
    if answer.settled:
        said = answer.settled
        grade = said.grade if said.reply is Reply.LEVEL else None
        return Stood(said.reply, said.level, grade, is_agreed=True)
    spoke = {s.reply for s in answer.individual.values()} - {Reply.ABSTAIN}
    if not spoke:
        return None
    level = level_of(answer)
    if level is not None:
        return Stood(Reply.LEVEL, level, None, is_agreed=False)
    waived = spoke == {Reply.NOT_APPLICABLE}
    reply = Reply.NOT_APPLICABLE if waived else Reply.UNKNOWN
    return Stood(reply, None, None, is_agreed=False)


def field_changes(before: Struct, after: Struct) -> tuple[FieldChange, ...]:
    """Fields in which two records of a kind differ, in the order of the kind."""
    return tuple(
        FieldChange(f, getattr(before, f), getattr(after, f))
        for f in before.__struct_fields__
        if getattr(before, f) != getattr(after, f)
    )


def _counts(changes: Iterable[Change]) -> dict[str, Count]:
    found = Counter(
        (c.collection, "added" if c.before is None else "removed" if c.after is None else "changed")
        for c in changes
    )
    return {
        name: Count(found[name, "added"], found[name, "changed"], found[name, "removed"])
        for name in sorted({collection for collection, _ in found})
    }
