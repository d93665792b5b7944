"""Rows of a comparison between two moments: gaps, and records beside workflows and answers."""

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.compare import Comparison
from app.domain.gaps import Gap
from app.domain.movement import Movement
from app.domain.promises import Kept
from app.ui.models.history.words import collection_text, count_text, field_text, value_text
from app.ui.models.targets import workflow_name
from app.ui.page import translate
from app.words import Words


class Compared(Struct, frozen=True):
    """Two audits as values, and what the core found between them."""

    before: Audit
    after: Audit
    movement: Movement
    kept: Kept


class GapMove(Struct, frozen=True):
    kind: str
    gap: Gap


class RecordMove(Struct, frozen=True):
    record: str
    what: str
    before: str = ""
    after: str = ""


def record_moves(before: Audit, after: Audit, found: Comparison, words: Words) -> list[RecordMove]:
    """Workflows field by field, everything else counted."""
    added, removed = translate("workflow added"), translate("workflow removed")
    return [
        *(RecordMove(workflow_name(after, w), added) for w in found.added),
        *(RecordMove(workflow_name(before, w), removed) for w in found.removed),
        *(
            RecordMove(
                change.name,
                field_text(field.field),
                value_text(before, field.before, words),
                value_text(after, field.after, words),
            )
            for change in found.changed
            for field in change.fields
        ),
        *(RecordMove(collection_text(k), count_text(n)) for k, n in found.others.items()),
    ]
