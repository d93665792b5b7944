"""Takes rows of an inventory into the record, exactly as they were planned and shown before."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.domain.answers import Evidence, Presence
from app.domain.audit import Audit
from app.domain.edits.records import Entry, put_all
from app.domain.ids import EvidenceId, ImportId, PersonId, QuestionId, SourceId, Target, WorkflowId
from app.domain.landscape import (
    ContextSource,
    ImportedRow,
    Lifecycle,
    PersonalData,
    SourceLink,
    Workflow,
)
from app.errors import EditError

EVIDENCE = "evidence."
"""Before the id of a piece of evidence where fields are named."""
CONTEXT = "context"
YES, NO = "yes", "no"

FROM_TEXT: Mapping[str, Callable[[str], Any]] = {
    "owner": PersonId,
    "lifecycle": Lifecycle,
    "personal_data": PersonalData,
    "go_live": dt.date.fromisoformat,
    "in_scope": YES.__eq__,
}
"""How the text of a field becomes its value; any other field is text."""


class IncomingEvidence(Struct, frozen=True):
    id: str
    """Unique within a row, the same in every import."""
    title: str
    presence: Presence
    original: str
    question: QuestionId | None = None
    place: str = ""


class IncomingSource(Struct, frozen=True):
    name: str
    note: str
    place: str = ""


class IncomingRow(Struct, frozen=True):
    """One row in our terms. `values` holds fields of a workflow as text; none of them is empty."""

    number: int
    source_id: str
    values: Mapping[str, str]
    evidence: tuple[IncomingEvidence, ...] = ()
    source: IncomingSource | None = None
    cells: Mapping[str, str] = {}
    """The original cells that are not empty, by header."""


class RowStatus(StrEnum):
    TAKEN = "taken"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


class Why(StrEnum):
    NO_NAME = "no_name"
    AMBIGUOUS = "ambiguous"
    """Neither its id nor its unit and name are its own in the file. Taken only the first time."""
    OLDER = "older"
    """What it would change was imported from a newer file."""


class FieldChange(Struct, frozen=True):
    """`old` is what the record says, `new` what the file says."""

    field: str
    old: str
    new: str
    typed_over: bool = False
    """A person changed it since the last import: it is shown and never overwritten."""


class PlannedRow(Struct, frozen=True):
    row: IncomingRow
    status: RowStatus
    workflow: WorkflowId | None = None
    changes: tuple[FieldChange, ...] = ()
    why: Why | None = None


class MissingRow(Struct, frozen=True):
    """A workflow that came from a row of an earlier edition and is not in this file."""

    workflow: WorkflowId
    file: str
    row: int
    """0 where that edition lacked it already."""


class ImportPlan(Struct, frozen=True):
    """What an import would do, row by row in the order of the file."""

    file: str
    mapping: str
    encoding: str | None
    rows: tuple[PlannedRow, ...]
    missing: tuple[MissingRow, ...] = ()
    older_than: str = ""
    """The newest file imported before, where this one is older; rows it would set back are left."""
    retire: bool = False
    """Whether the missing workflows are marked as retired in the same step."""


def with_older_values(plan: ImportPlan) -> ImportPlan:
    """The plan that takes the values of an older file after all."""
    rows = tuple(
        replace(row, status=RowStatus.UPDATED, why=None) if row.why is Why.OLDER else row
        for row in plan.rows
    )
    return replace(plan, rows=rows)


def row_texts(row: IncomingRow) -> dict[str, str]:
    """Every field the row fills as text: fields of the workflow, evidence and context source."""
    texts = dict(row.values)
    for piece in row.evidence:
        texts[EVIDENCE + piece.id] = _evidence_text(piece.presence, piece.original)
    if row.source is not None:
        texts[CONTEXT] = _source_text(row.source.note, row.source.place)
    return texts


def field_text(audit: Audit, workflow: WorkflowId, field: str) -> str:
    """What the record says in a field, as the text an import compares; "" where nothing."""
    if field.startswith(EVIDENCE):
        ids = evidence_id(workflow, field.removeprefix(EVIDENCE))
        piece = audit.evidence.get(Target(workflow), {}).get(ids)
        return "" if piece is None else _evidence_text(piece.presence, piece.original)
    if field == CONTEXT:
        source = audit.sources.get(source_id(workflow))
        return "" if source is None else _source_text(source.note, source.place)
    return _as_text(getattr(audit.workflows[workflow], field))


def untouched_text(field: str) -> str:
    """What a field says before anybody filled it."""
    known = field in Workflow.__struct_fields__ and field != "name"
    return _as_text(getattr(Workflow(name=""), field)) if known else ""


def evidence_id(workflow: WorkflowId, piece: str) -> EvidenceId:
    return EvidenceId(f"{workflow}-{piece}")


def source_id(workflow: WorkflowId) -> SourceId:
    """The one context source an import registers for a workflow."""
    return SourceId(f"{workflow}-data")


def take_import(audit: Audit, plan: ImportPlan) -> Audit:
    """The audit with all taken and updated rows of the plan; no answer is ever written.

    Missing workflows become retired where the plan says so. Linear in the rows. Raises EditError
    where the record is no longer as it was when planned.
    """
    last = {row.workflow: key for key, row in audit.imports.items()}
    return put_all(audit, [*_entries(audit, plan, last), *_retired(audit, plan, last)])


def _entries(
    audit: Audit, plan: ImportPlan, last: Mapping[WorkflowId, ImportId]
) -> Iterator[Entry]:
    for planned in plan.rows:
        workflow = planned.workflow
        if workflow is None or planned.status not in (RowStatus.TAKEN, RowStatus.UPDATED):
            continue
        if not _is_as_planned(audit, workflow, planned):
            raise _changed_since()
        changed = {each.field: each.new for each in planned.changes if not each.typed_over}
        yield "workflows", (workflow,), _workflow(audit, workflow, changed)
        yield from _evidence(audit, workflow, planned.row, changed)
        yield from _source(audit, workflow, planned.row, changed)
        key = last.get(workflow, ImportId(workflow))
        yield "imports", (key,), _imported(audit, key, workflow, planned, plan.file)


def _retired(
    audit: Audit, plan: ImportPlan, last: Mapping[WorkflowId, ImportId]
) -> Iterator[Entry]:
    """Retired as if the file had said so: an edition that has the row again brings it back."""
    for gone in plan.missing if plan.retire else ():
        record = audit.workflows.get(gone.workflow)
        if record is None:
            raise _changed_since()
        retired = replace(record, lifecycle=Lifecycle.RETIRED, in_scope=False)
        yield "workflows", (gone.workflow,), retired
        key = last.get(gone.workflow)
        if key is not None:
            values = {**audit.imports[key].values, "lifecycle": Lifecycle.RETIRED.value}
            said = replace(audit.imports[key], values={**values, "in_scope": NO})
            # It is this file that said so: an older one must not bring the workflow back.
            said = replace(said, file=plan.file, row=0)
            yield "imports", (key,), said


def _changed_since() -> EditError:
    return EditError(
        "The audit was changed after this import was prepared. Nothing has been taken. "
        "Prepare the import again to see what it would do now."
    )


def _is_as_planned(audit: Audit, workflow: WorkflowId, planned: PlannedRow) -> bool:
    if planned.status is RowStatus.TAKEN:
        return workflow not in audit.workflows and source_id(workflow) not in audit.sources
    return workflow in audit.workflows and all(
        field_text(audit, workflow, change.field) == change.old for change in planned.changes
    )


def _workflow(audit: Audit, workflow: WorkflowId, changed: Mapping[str, str]) -> Workflow:
    values = {
        field: FROM_TEXT.get(field, str)(text)
        for field, text in changed.items()
        if field in Workflow.__struct_fields__
    }
    known = audit.workflows.get(workflow)
    return Workflow(**values) if known is None else replace(known, **values)


def _evidence(
    audit: Audit, workflow: WorkflowId, row: IncomingRow, changed: Mapping[str, str]
) -> Iterator[Entry]:
    """What a person added to a piece of evidence (date, seen by, note) stays."""
    target = Target(workflow)
    for piece in row.evidence:
        if EVIDENCE + piece.id not in changed:
            continue
        key = evidence_id(workflow, piece.id)
        blank = Evidence(target=target, title=piece.title)
        record = replace(
            audit.evidence.get(target, {}).get(key, blank),
            presence=piece.presence,
            original=piece.original,
            question=piece.question,
            place=piece.place,
        )
        yield "evidence", (target, key), record


def _source(
    audit: Audit, workflow: WorkflowId, row: IncomingRow, changed: Mapping[str, str]
) -> Iterator[Entry]:
    if row.source is None or CONTEXT not in changed:
        return
    key = source_id(workflow)
    known = audit.sources.get(key, ContextSource(name=row.source.name))
    yield "sources", (key,), replace(known, note=row.source.note, place=row.source.place)
    if key not in audit.links.get(workflow, {}):
        yield "links", (workflow, key), SourceLink()


def _imported(
    audit: Audit, key: ImportId, workflow: WorkflowId, planned: PlannedRow, file: str
) -> ImportedRow:
    """Fields that were typed over keep the value they were last given."""
    kept = {change.field for change in planned.changes if change.typed_over}
    known = audit.imports.get(key)
    texts = {f: text for f, text in row_texts(planned.row).items() if f not in kept}
    texts |= {change.field: change.new for change in planned.changes if not change.typed_over}
    return ImportedRow(
        workflow=workflow,
        source_id=planned.row.source_id,
        file=file,
        row=planned.row.number,
        cells=planned.row.cells,
        values={**(known.values if known else {}), **texts},
    )


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def _evidence_text(presence: Presence, original: str) -> str:
    return f"{presence}: {original}"


def _source_text(note: str, place: str) -> str:
    return f"{note}\n{place}" if place else note
