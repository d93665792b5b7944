"""What a re-audit has found anew: workflows that are new or say something else than last time."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from app.domain.answers import Answer
from app.domain.audit import Audit
from app.domain.compare import stood
from app.domain.ids import QuestionId, Target, WorkflowId


class Mark(StrEnum):
    NEW = "new"
    CHANGED = "changed"


def marks(before: Audit, after: Audit) -> Mapping[WorkflowId, Mark]:
    """Workflows without a mark say what they said.

    That nobody has agreed yet, or was asked again, is no change.

    Only a workflow's own record and answers count, not what it shares with others.
    """
    found: dict[WorkflowId, Mark] = {}
    for key, record in after.workflows.items():
        was = before.workflows.get(key)
        if was is None:
            found[key] = Mark.NEW
        elif was != record or _others(before, after, Target(key)):
            found[key] = Mark.CHANGED
    return found


def _others(before: Audit, after: Audit, target: Target) -> bool:
    was: Mapping[QuestionId, Answer] = before.answers.get(target, {})
    now: Mapping[QuestionId, Answer] = after.answers.get(target, {})
    return any(
        said not in (None, _said(was.get(q))) for q, a in now.items() for said in (_said(a),)
    )


def _said(answer: Answer | None) -> Any:
    found = stood(answer)
    return (found.reply, found.level) if found else None
