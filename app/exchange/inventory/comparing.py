"""What an import would do: each row against the record and against what was imported before."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import count

from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.bank import Scope
from app.domain.edits.imports import (
    NO,
    YES,
    FieldChange,
    ImportPlan,
    IncomingRow,
    PlannedRow,
    RowStatus,
    Why,
    field_text,
    row_texts,
    source_id,
    untouched_text,
)
from app.domain.ids import PersonId, QuestionId, WorkflowId
from app.domain.landscape import ImportedRow, Lifecycle
from app.domain.sessions import named_people
from app.exchange.inventory.cells import fold
from app.exchange.inventory.editions import earlier_files, edition, missing_rows, newer_files
from app.exchange.inventory.mapping import InventoryMapping
from app.exchange.inventory.rows import incoming_rows
from app.exchange.inventory.table import Table

Pair = tuple[str, str]
"""Unit and name, folded."""


def plan_import(
    audit: Audit, table: Table, mapping: InventoryMapping, *, limit: int | None = None
) -> ImportPlan:
    """Every row as taken, updated, unchanged or skipped, with what would change. Linear in rows.

    A row is told by its source id where that is unique in the file, else by unit and name where
    the pair is, else it is ambiguous: taken the first time, left alone and shown the second. What
    is unique is judged over the whole file, so `limit` does not change who is who. A blank cell
    never empties a field. Where a workflow was last imported from a newer edition, an older file
    does not set it back; workflows of earlier editions that a later one lacks are listed.
    Raises ImportFailed where the mapping does not fit the table.
    """
    questions = frozenset(q.id for q in audit.bank.questions if q.scope is not Scope.ORGANISATION)
    rows = [_settled(audit, questions, row) for row in incoming_rows(table, mapping)]
    known = _Known(audit)
    matches = _matches(rows, known, table.file)
    ids = _free_ids(audit)
    own, before = edition(table.file, table.headers), earlier_files(audit)
    newer = newer_files(own, before)
    planned: list[PlannedRow] = []
    for row, (workflow, why) in zip(rows[:limit], matches, strict=False):
        if why is Why.NO_NAME or (why is Why.AMBIGUOUS and workflow is not None):
            planned.append(PlannedRow(row, RowStatus.SKIPPED, workflow, (), why))
        elif workflow is None:
            changes = tuple(
                FieldChange(field, untouched_text(field), text)
                for field, text in row_texts(row).items()
            )
            planned.append(PlannedRow(row, RowStatus.TAKEN, next(ids), changes, why))
        else:
            changes = tuple(_changes(audit, workflow, row, known.rows.get(workflow)))
            open_changes = any(not change.typed_over for change in changes)
            status = RowStatus.UPDATED if open_changes else RowStatus.UNCHANGED
            if open_changes and workflow in newer:
                status, why = RowStatus.SKIPPED, Why.OLDER
            planned.append(PlannedRow(row, status, workflow, changes, why))
    present = {workflow for workflow, _ in matches if workflow is not None}
    return ImportPlan(
        table.file,
        mapping.name,
        table.encoding,
        tuple(planned),
        missing_rows(audit, own, before, present),
        max(((newer[w].when, newer[w].file) for w in present & newer.keys()), default=((), ""))[1],
    )


def _settled(audit: Audit, questions: frozenset[QuestionId], row: IncomingRow) -> IncomingRow:
    """Owners only where a person has exactly that name, questions only where they can be asked."""
    values = dict(row.values)
    if "owner" in values:
        owner = _person(audit, values.pop("owner"))
        if owner is not None:
            values["owner"] = owner
    evidence = tuple(
        piece if piece.question in questions else replace(piece, question=None)
        for piece in row.evidence
    )
    return replace(row, values=values, evidence=evidence)


def _person(audit: Audit, name: str) -> PersonId | None:
    found = [key for key, person in named_people(audit).items() if person.name == name]
    return found[0] if len(found) == 1 else None


class _Known:
    """Workflows of the record by the source id and by the unit and name they were imported with.

    A workflow that was never imported is known by the unit and name it has.
    """

    def __init__(self, audit: Audit) -> None:
        self.rows = {r.workflow: r for r in audit.imports.values() if r.workflow in audit.workflows}
        self.by_id: dict[str, list[WorkflowId]] = defaultdict(list)
        self.by_pair: dict[Pair, list[WorkflowId]] = defaultdict(list)
        for key in sorted(audit.workflows):
            row, workflow = self.rows.get(key), audit.workflows[key]
            if row is None:
                self.by_pair[fold(workflow.unit), fold(workflow.name)].append(key)
            else:
                self.by_pair[_pair(row.values)].append(key)
                if row.source_id:
                    self.by_id[row.source_id].append(key)

    def with_id(self, row: IncomingRow, file: str) -> list[WorkflowId]:
        """Ids of different inventories may be equal by chance: something else must agree too."""
        found = [
            key
            for key in self.by_id.get(row.source_id, ())
            if self.rows[key].file == file or _agrees(row.values, self.rows[key].values)
        ]
        same = [key for key in found if _pair(self.rows[key].values) == _pair(row.values)]
        return same if len(found) > 1 else found

    def with_pair(self, row: IncomingRow) -> list[WorkflowId]:
        """Those imported with another id are other workflows."""
        return [
            key
            for key in self.by_pair.get(_pair(row.values), ())
            if key not in self.rows
            or not row.source_id
            or self.rows[key].source_id in ("", row.source_id)
        ]


def _matches(
    rows: list[IncomingRow], known: _Known, file: str
) -> list[tuple[WorkflowId | None, Why | None]]:
    """For each row the workflow it is, or None where it is new; AMBIGUOUS where that is a guess."""
    ids = Counter(row.source_id for row in rows)
    pairs = Counter(_pair(row.values) for row in rows)
    found: list[tuple[WorkflowId | None, Why | None]] = []
    claimed: set[WorkflowId] = set()
    for row in rows:
        candidates: list[WorkflowId] = []
        why: Why | None = None
        if "name" not in row.values:
            why = Why.NO_NAME
        elif row.source_id and ids[row.source_id] == 1:
            candidates = known.with_id(row, file)
            if not candidates and pairs[_pair(row.values)] == 1:
                candidates = known.with_pair(row)
        elif pairs[_pair(row.values)] == 1:
            candidates = known.with_pair(row)
        else:
            why = Why.AMBIGUOUS
        if len(candidates) > 1 or claimed.intersection(candidates):
            why = Why.AMBIGUOUS
        elif candidates:
            claimed.update(candidates)
        found.append((candidates[0] if candidates else None, why))
    return _with_ambiguous(rows, found, known, claimed)


def _with_ambiguous(
    rows: list[IncomingRow],
    found: list[tuple[WorkflowId | None, Why | None]],
    known: _Known,
    claimed: set[WorkflowId],
) -> list[tuple[WorkflowId | None, Why | None]]:
    """Gives ambiguous rows the workflows taken from such rows before, those with equal cells first.

    Rows left over are new: a twin that was not in the file the first time is still taken.
    """
    open_rows = [i for i, (key, why) in enumerate(found) if why is Why.AMBIGUOUS and key is None]
    for must_be_equal in (True, False):
        for i in open_rows:
            if found[i][0] is not None:
                continue
            for key in known.by_pair.get(_pair(rows[i].values), ()):
                same = key in known.rows and known.rows[key].cells == rows[i].cells
                if key not in claimed and (same or not must_be_equal):
                    found[i] = (key, Why.AMBIGUOUS)
                    claimed.add(key)
                    break
    return found


def _changes(
    audit: Audit, workflow: WorkflowId, row: IncomingRow, last: ImportedRow | None
) -> Iterator[FieldChange]:
    """Fields in which file and record differ. Where the record is no longer what was imported
    last, a person typed over it."""
    imported: Mapping[str, str] = last.values if last is not None else {}
    texts = row_texts(row)
    if imported.get("in_scope") == NO and texts.get("lifecycle", Lifecycle.RETIRED) != "retired":
        texts["in_scope"] = YES
    differing = {
        field: old
        for field, new in texts.items()
        if (old := field_text(audit, workflow, field)) != new
    }
    typed = {
        field
        for field, old in differing.items()
        if old != imported.get(field, untouched_text(field))
    }
    if "lifecycle" in typed:
        # Out of scope follows from retired: whoever typed over the one decided about the other.
        typed.add("in_scope")
    for field, old in differing.items():
        yield FieldChange(field, old, texts[field], typed_over=field in typed)


def _free_ids(audit: Audit) -> Iterator[WorkflowId]:
    """w0001, w0002 and so on, past every id in use by a workflow, platform or source."""
    used = audit.workflows.keys() | audit.platforms.keys() | audit.sources.keys()
    numbers = [int(key[1:]) for key in used if key[:1] == "w" and key[1:].isdecimal()]
    for number in count(max(numbers, default=0) + 1):
        key = WorkflowId(f"w{number:04}")
        if key not in used and source_id(key) not in used:
            yield key


def _pair(values: Mapping[str, str]) -> Pair:
    return fold(values.get("unit", "")), fold(values.get("name", ""))


def _agrees(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Same unit or same name."""
    return any(a == b != "" for a, b in zip(_pair(one), _pair(other), strict=True))
