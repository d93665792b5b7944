"""What an import did or would do, counted for people and for machines."""

from collections import Counter

from msgspec import Struct

from app.domain.edits.imports import ImportPlan, RowStatus, Why
from app.domain.ids import WorkflowId

REASONS = {
    Why.NO_NAME: "It has no name.",
    Why.AMBIGUOUS: (
        "Several rows or workflows share its id or its unit and name, so it cannot be told which "
        "one it is; it was left alone."
    ),
    Why.OLDER: "A newer file was imported before; its values stay.",
}


class SkippedRow(Struct, frozen=True):
    row: int
    why: Why
    text: str


class KeptField(Struct, frozen=True):
    """A person typed over what was imported: the file says otherwise and was not followed."""

    row: int
    workflow: WorkflowId
    field: str
    kept: str
    file_says: str


class ImportSummary(Struct, frozen=True):
    """read = taken + updated + unchanged + skipped."""

    read: int
    taken: int
    updated: int
    unchanged: int
    skipped: tuple[SkippedRow, ...]
    kept: tuple[KeptField, ...]
    ambiguous: tuple[int, ...]
    """Rows taken although they cannot be told apart from another; the next import leaves them."""
    older: int
    """Skipped rows that a newer file was imported for before."""
    mapping: str
    encoding: str | None


def summarise(plan: ImportPlan) -> ImportSummary:
    """The figures of a plan. Rows are the numbers a spreadsheet program shows."""
    status = Counter(planned.status for planned in plan.rows)
    skipped = (
        SkippedRow(p.row.number, p.why, REASONS[p.why])
        for p in plan.rows
        if p.status is RowStatus.SKIPPED and p.why is not None
    )
    kept = (
        KeptField(p.row.number, p.workflow, c.field, kept=c.old, file_says=c.new)
        for p in plan.rows
        if p.workflow is not None
        for c in p.changes
        if c.typed_over
    )
    return ImportSummary(
        read=len(plan.rows),
        taken=status[RowStatus.TAKEN],
        updated=status[RowStatus.UPDATED],
        unchanged=status[RowStatus.UNCHANGED],
        skipped=tuple(skipped),
        kept=tuple(kept),
        ambiguous=tuple(
            p.row.number
            for p in plan.rows
            if p.status is RowStatus.TAKEN and p.why is Why.AMBIGUOUS
        ),
        older=sum(p.why is Why.OLDER for p in plan.rows),
        mapping=plan.mapping,
        encoding=plan.encoding,
    )
