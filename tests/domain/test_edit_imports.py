"""Taking planned rows: what is written, what is left alone, and that no answer ever is."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from app.domain.answers import Presence
from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits.imports import (
    CONTEXT,
    EVIDENCE,
    FieldChange,
    ImportPlan,
    IncomingEvidence,
    IncomingRow,
    IncomingSource,
    PlannedRow,
    RowStatus,
    Why,
    field_text,
    row_texts,
    take_import,
    untouched_text,
)
from app.domain.ids import (
    EvidenceId,
    ImportId,
    PlatformId,
    QuestionId,
    SourceId,
    Target,
    WorkflowId,
)
from app.domain.landscape import (
    ContextSource,
    Lifecycle,
    PersonalData,
    Platform,
    SourceLink,
    Workflow,
)
from app.errors import EditError
from tests.store.tiny import bank, reference

EMPTY = Audit(bank=bank(), reference=reference())
W1 = WorkflowId("w0001")
ROW = IncomingRow(
    number=7,
    source_id="A-1",
    values={
        "name": "Claims triage",
        "unit": "Claims",
        "lifecycle": "retired",
        "in_scope": "no",
        "personal_data": "some",
        "go_live": "2025-06-30",
    },
    evidence=(
        IncomingEvidence(
            "monitoring", "Monitoring", Presence.PARTIAL, "In-progress", QuestionId("RT-01")
        ),
    ),
    source=IncomingSource("Claims file", "Claims file\n\nOf ten years.", "https://example.org"),
    cells={"Name": " Claims triage", "Monitoring": "In-progress"},
)


def taking(row: IncomingRow, workflow: WorkflowId = W1, why: Why | None = None) -> PlannedRow:
    changes = tuple(FieldChange(f, untouched_text(f), t) for f, t in row_texts(row).items())
    return PlannedRow(row, RowStatus.TAKEN, workflow, changes, why)


def plan(*rows: PlannedRow) -> ImportPlan:
    return ImportPlan("inventory.csv", "guessed", "utf-8", rows)


def taken(audit: Audit = EMPTY, **values: Any) -> Audit:
    return take_import(audit, plan(taking(replace(ROW, **values))))


def test_a_taken_row_becomes_a_workflow_with_its_facts() -> None:
    assert taken().workflows == {
        W1: Workflow(
            name="Claims triage",
            unit="Claims",
            lifecycle=Lifecycle.RETIRED,
            in_scope=False,
            personal_data=PersonalData.SOME,
            go_live=dt.date(2025, 6, 30),
        )
    }


def test_flags_become_evidence_and_never_an_answer() -> None:
    audit = taken()
    (piece,) = audit.evidence[Target(W1)].values()
    assert (piece.presence, piece.original) == (Presence.PARTIAL, "In-progress")
    assert piece.question == "RT-01"
    assert audit.answers == {}
    assert {c.collection for c in diff(EMPTY, audit)} == {
        "workflows",
        "evidence",
        "sources",
        "links",
        "imports",
    }


def test_a_description_of_data_becomes_one_linked_source() -> None:
    audit = taken()
    key = SourceId("w0001-data")
    assert audit.sources == {
        key: ContextSource(
            name="Claims file", note="Claims file\n\nOf ten years.", place="https://example.org"
        )
    }
    assert audit.links == {W1: {key: SourceLink()}}


def test_origin_is_kept_with_the_original_cells_and_every_value_given() -> None:
    row = taken().imports[ImportId(W1)]
    assert (row.workflow, row.source_id, row.file, row.row) == (W1, "A-1", "inventory.csv", 7)
    assert row.cells == ROW.cells
    assert row.values == row_texts(ROW)
    assert row.values[EVIDENCE + "monitoring"] == "partial: In-progress"


def test_the_audit_given_is_not_touched() -> None:
    before = Audit(bank=bank(), reference=reference(), workflows={WorkflowId("x"): Workflow("X")})
    after = taken(before)
    assert set(before.workflows) == {"x"}
    assert set(after.workflows) == {"x", W1}


@pytest.mark.parametrize("status", [RowStatus.SKIPPED, RowStatus.UNCHANGED])
def test_skipped_and_unchanged_rows_change_nothing(status: RowStatus) -> None:
    audit = taken()
    planned = PlannedRow(ROW, status, W1, (FieldChange("unit", "Claims", "Sales", True),))
    assert diff(audit, take_import(audit, plan(planned))) == ()


def test_an_update_writes_the_open_changes_and_leaves_what_was_typed() -> None:
    audit = taken()
    row = replace(ROW, values={**ROW.values, "unit": "Sales", "name": "Triage 2"})
    changes = (
        FieldChange("unit", "Claims", "Sales"),
        FieldChange("name", "Claims triage", "Triage 2", typed_over=True),
    )
    after = take_import(audit, plan(PlannedRow(row, RowStatus.UPDATED, W1, changes)))
    assert (after.workflows[W1].unit, after.workflows[W1].name) == ("Sales", "Claims triage")
    values = after.imports[ImportId(W1)].values
    assert (values["unit"], values["name"]) == ("Sales", "Claims triage")


def test_what_a_person_added_to_evidence_and_source_stays() -> None:
    audit = taken()
    key = EvidenceId("w0001-monitoring")
    noted = replace(audit.evidence[Target(W1)][key], seen_by="P. Nair", note="Seen on screen")
    named = replace(audit.sources[SourceId("w0001-data")], name="The claims archive")
    audit = replace(
        audit, evidence={Target(W1): {key: noted}}, sources={SourceId("w0001-data"): named}
    )
    row = replace(
        ROW,
        evidence=(replace(ROW.evidence[0], presence=Presence.PRESENT, original="Yes"),),
        source=IncomingSource("Other", "Of twenty years."),
    )
    changes = tuple(
        FieldChange(field, field_text(audit, W1, field), row_texts(row)[field])
        for field in (EVIDENCE + "monitoring", CONTEXT)
    )
    after = take_import(audit, plan(PlannedRow(row, RowStatus.UPDATED, W1, changes)))
    piece = after.evidence[Target(W1)][key]
    assert (piece.presence, piece.original) == (Presence.PRESENT, "Yes")
    assert (piece.seen_by, piece.note) == ("P. Nair", "Seen on screen")
    source = after.sources[SourceId("w0001-data")]
    assert (source.name, source.note) == ("The claims archive", "Of twenty years.")


def test_a_plan_made_for_another_state_is_refused() -> None:
    audit = taken()
    with pytest.raises(EditError, match="Nothing has been taken"):
        take_import(audit, plan(taking(ROW)))
    stale = FieldChange("unit", "Not what it says", "Sales")
    with pytest.raises(EditError, match="Prepare the import again"):
        take_import(audit, plan(PlannedRow(ROW, RowStatus.UPDATED, W1, (stale,))))


def test_a_platform_that_got_the_id_meanwhile_is_an_error_too() -> None:
    audit = replace(EMPTY, platforms={PlatformId("w0001"): Platform("Chat")})
    with pytest.raises(EditError):
        taken(audit)


@pytest.mark.parametrize(
    ("field", "text"),
    [("name", ""), ("unit", ""), ("in_scope", "yes"), ("lifecycle", ""), (CONTEXT, "")],
)
def test_fields_nobody_filled_say_nothing_and_are_in_scope(field: str, text: str) -> None:
    assert untouched_text(field) == text


def test_every_field_reads_back_as_it_was_given() -> None:
    audit = taken()
    for field, text in row_texts(ROW).items():
        assert field_text(audit, W1, field) == text
