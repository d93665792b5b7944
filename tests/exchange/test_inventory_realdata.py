"""Public inventories beside the project: counts, importing again, and what people typed."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.domain.answers import Presence
from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits.imports import RowStatus, Why, take_import
from app.domain.ids import WorkflowId
from app.domain.landscape import Lifecycle
from app.domain.references import dangling
from app.exchange.inventory import (
    ImportSummary,
    Table,
    match_columns,
    missing_columns,
    plan_import,
    read_table,
    summarise,
)
from tests.exchange.inventories import empty_audit

DATA = Path(__file__).parents[2].parent / "shared" / "data"
FEDERAL = "fed_inventory_2025/ship/federal_ai_inventory_2025_no_contacts.csv"
SAMPLE = "fed_inventory_2025/ship/federal_ai_inventory_2025_sample.csv"
BEFORE = "fed_inventory_2024/dev/2024_consolidated_ai_inventory_raw_v2.csv"
PRODUCTS = "fed_inventory_2025/dev/2025_consolidated_COTS_AI_use_cases.csv"
RECORDS = "uk_atrs/dev/atrs_records"
EVERY = (FEDERAL, SAMPLE, BEFORE, PRODUCTS, RECORDS + ".csv", RECORDS + ".json")

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not beside the project"),
]


@cache
def table(name: str) -> Table:
    return read_table(DATA / name)


@cache
def first(name: str) -> tuple[Audit, ImportSummary]:
    audit = empty_audit()
    plan = plan_import(audit, table(name), match_columns(table(name)).mapping)
    return take_import(audit, plan), summarise(plan)


@pytest.mark.parametrize(
    ("name", "encoding", "columns", "mapping", "read", "skipped"),
    [
        (FEDERAL, "utf-8-sig", 35, "us-federal-2025", 3611, 1),
        (SAMPLE, "utf-8-sig", 35, "us-federal-2025", 358, 0),
        (BEFORE, "cp1252", 62, "us-federal-2024", 2133, 0),
        (PRODUCTS, "utf-8-sig", 5, "guessed", 900, 0),
        (RECORDS + ".csv", "utf-8", 4, "uk-transparency", 136, 0),
        (RECORDS + ".json", "utf-8", 7, "uk-transparency", 136, 0),
    ],
)
def test_every_row_is_read_and_taken(
    name: str, encoding: str, columns: int, mapping: str, read: int, skipped: int
) -> None:
    audit, summary = first(name)
    assert (summary.encoding, summary.mapping) == (encoding, mapping)
    assert len(table(name).headers) == columns
    assert (summary.read, summary.taken, len(summary.skipped)) == (read, read - skipped, skipped)
    assert len(audit.workflows) == len(audit.imports) == read - skipped
    assert audit.answers == {}
    assert dangling(audit) == ()


@pytest.mark.parametrize("name", EVERY)
def test_importing_again_takes_nothing_and_overwrites_nothing(name: str) -> None:
    audit, before = first(name)
    plan = plan_import(audit, table(name), match_columns(table(name)).mapping)
    again = summarise(plan)
    assert (again.taken, again.updated, again.kept) == (0, 0, ())
    assert {s.row for s in again.skipped} == {*before.ambiguous, *(s.row for s in before.skipped)}
    assert diff(audit, take_import(audit, plan)) == ()


def test_what_was_typed_over_is_shown_and_left_alone() -> None:
    audit, _ = first(FEDERAL)
    key = WorkflowId("w0100")
    mine = replace(audit.workflows[key], name="Our own name", lifecycle=Lifecycle.PAUSED)
    audit = replace(audit, workflows={**audit.workflows, key: mine})
    plan = plan_import(audit, table(FEDERAL), match_columns(table(FEDERAL)).mapping)
    summary = summarise(plan)
    assert [(k.workflow, k.field, k.kept) for k in summary.kept] == [
        (key, "name", "Our own name"),
        (key, "lifecycle", "paused"),
    ]
    assert take_import(audit, plan).workflows[key] == mine


def test_cells_are_the_ones_a_csv_reader_gives() -> None:
    with (DATA / FEDERAL).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert table(FEDERAL).headers == tuple(header)
    assert table(FEDERAL).rows == tuple(tuple(row) for row in rows)


def test_stages_of_life_and_scope_of_2025() -> None:
    audit, _ = first(FEDERAL)
    workflows = audit.workflows.values()
    assert Counter(w.lifecycle for w in workflows) == {
        Lifecycle.IDEA: 1479,
        Lifecycle.PRODUCTION: 1039,
        Lifecycle.PILOT: 440,
        Lifecycle.RETIRED: 314,
        None: 338,
    }
    assert all(w.in_scope == (w.lifecycle is not Lifecycle.RETIRED) for w in workflows)


def test_blank_is_not_no_in_the_monitoring_of_2025() -> None:
    audit, _ = first(FEDERAL)
    found: Counter[Presence | None] = Counter()
    for row in audit.imports.values():
        if (row.cells.get("development_stage"), row.cells.get("is_high_impact")) == (
            "Deployed",
            "High-impact",
        ):
            group = audit.evidence.get(row.workflow, {})
            piece = group.get(f"{row.workflow}-hi_ongoing_monitoring")
            found[piece.presence if piece else None] += 1
    assert found == {Presence.PRESENT: 40, Presence.PARTIAL: 85, None: 102}


def test_answers_in_the_wrong_column_and_boilerplate_of_2025() -> None:
    audit, _ = first(FEDERAL)
    wrong = [
        piece
        for group in audit.evidence.values()
        for key, piece in group.items()
        if key.endswith("-hi_training_established") and "monitoring" in piece.original.lower()
    ]
    assert len(wrong) == 3
    assert {piece.presence for piece in wrong} == {Presence.UNKNOWN}
    assert not any("governance practices" in s.note for s in audit.sources.values())
    assert any("governance practices" in str(r.cells) for r in audit.imports.values())


def test_headers_of_2024() -> None:
    headers = table(BEFORE).headers
    assert sum(h.startswith("If Other, please explain.") for h in headers) == 9
    assert len(set(headers)) == 62
    assert "Describe the AI system’s outputs." in headers
    assert missing_columns(table(BEFORE), match_columns(table(BEFORE)).mapping) == ()


def test_rows_that_cannot_be_told_apart_are_named() -> None:
    _, summary = first(FEDERAL)
    assert len(summary.ambiguous) == 12
    plan = plan_import(empty_audit(), table(FEDERAL), match_columns(table(FEDERAL)).mapping)
    assert all(
        (r.why is Why.AMBIGUOUS) == (r.row.number in summary.ambiguous)
        for r in plan.rows
        if r.status is RowStatus.TAKEN
    )


def test_the_thin_records_have_neither_stage_nor_controls() -> None:
    audit, _ = first(RECORDS + ".csv")
    assert {w.lifecycle for w in audit.workflows.values()} == {None}
    assert {w.personal_data for w in audit.workflows.values()} == {None}
    assert audit.evidence == audit.sources == {}


def test_the_fuller_form_of_the_same_records_fills_blanks() -> None:
    audit, _ = first(RECORDS + ".csv")
    json = table(RECORDS + ".json")
    plan = plan_import(audit, json, match_columns(json).mapping)
    assert Counter(r.status for r in plan.rows) == {RowStatus.UPDATED: 136}
    assert {c.field for r in plan.rows for c in r.changes} == {"purpose"}


def test_the_whole_file_after_its_sample_takes_only_the_rest() -> None:
    audit, _ = first(SAMPLE)
    summary = summarise(plan_import(audit, table(FEDERAL), match_columns(table(FEDERAL)).mapping))
    assert summary.kept == ()
    assert summary.taken == 3610 - 358
    assert summary.updated == 0
