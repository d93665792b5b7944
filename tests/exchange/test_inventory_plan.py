"""Planning an import: identity, repeats, what a person typed, blanks, evidence and the summary."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits.imports import FieldChange, RowStatus, Why, take_import
from app.domain.ids import PersonId, PlatformId, WorkflowId
from app.domain.landscape import Lifecycle, Person, Platform, Workflow
from app.errors import ImportFailed
from app.exchange.inventory import (
    InventoryMapping,
    Table,
    find_mapping,
    plan_import,
    summarise,
)
from app.exchange.inventory.mapping import Columns, Fields
from tests.exchange.inventories import HEADER, empty_audit, imported, plan_of, table_in

ROWS = "A-1,Triage,Claims,Sort claims,Pilot\nA-2,Letters,Sales,Write letters,Live\n"
HEADERS = ("ID", "Unit", "Name", "Purpose")
W1, W2 = WorkflowId("w0001"), WorkflowId("w0002")


def statuses(audit: Audit, folder: Path, text: str, **how: Any) -> list[tuple[RowStatus, Any]]:
    plan = plan_of(audit, table_in(folder, HEADER + text), **how)
    return [(row.status, row.workflow) for row in plan.rows]


def typed(audit: Audit, workflow: WorkflowId, **fields: Any) -> Audit:
    changed = replace(audit.workflows[workflow], **fields)
    return replace(audit, workflows={**audit.workflows, workflow: changed})


def names(audit: Audit) -> list[str]:
    return [audit.workflows[key].name for key in sorted(audit.workflows)]


def test_rows_become_workflows_with_readable_ids(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + ROWS))
    assert audit.workflows == {
        W1: Workflow("Triage", "Sort claims", "Claims", lifecycle=Lifecycle.PILOT),
        W2: Workflow("Letters", "Write letters", "Sales", lifecycle=Lifecycle.PRODUCTION),
    }
    assert audit.answers == {}


def test_ids_are_unique_across_workflows_platforms_and_sources(tmp_path: Path) -> None:
    audit = empty_audit(
        platforms={PlatformId("w0003"): Platform("Chat")}, workflows={W1: Workflow("By hand")}
    )
    assert [w for _, w in statuses(audit, tmp_path, ROWS)] == ["w0004", "w0005"]


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    table = table_in(tmp_path, HEADER + ROWS)
    audit = imported(empty_audit(), table)
    plan = plan_of(audit, table)
    assert [row.status for row in plan.rows] == [RowStatus.UNCHANGED] * 2
    assert diff(audit, take_import(audit, plan)) == ()


def test_a_later_file_updates_and_adds(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + ROWS))
    later = ROWS.replace("Pilot", "Live") + "A-3,Search,IT,Find,Idea\n"
    plan = plan_of(audit, table_in(tmp_path, HEADER + later, "later.csv"))
    assert [r.status for r in plan.rows] == [
        RowStatus.UPDATED,
        RowStatus.UNCHANGED,
        RowStatus.TAKEN,
    ]
    assert plan.rows[0].changes == (FieldChange("lifecycle", "pilot", "production"),)
    after = take_import(audit, plan)
    assert after.workflows[W1].lifecycle is Lifecycle.PRODUCTION
    assert names(after) == ["Triage", "Letters", "Search"]


@pytest.mark.parametrize("file_changes", [False, True])
def test_what_a_person_typed_is_shown_and_never_overwritten(
    tmp_path: Path, file_changes: bool
) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + ROWS))
    audit = typed(audit, W1, name="Claims triage", purpose="")
    rows = ROWS.replace("Triage", "Sorting") if file_changes else ROWS
    plan = plan_of(audit, table_in(tmp_path, HEADER + rows))
    says = "Sorting" if file_changes else "Triage"
    assert plan.rows[0].status is RowStatus.UNCHANGED
    assert plan.rows[0].changes == (
        FieldChange("name", "Claims triage", says, typed_over=True),
        FieldChange("purpose", "", "Sort claims", typed_over=True),
    )
    assert diff(audit, take_import(audit, plan)) == ()
    kept = summarise(plan).kept
    assert [(k.row, k.workflow, k.field, k.kept, k.file_says) for k in kept] == [
        (2, "w0001", "name", "Claims triage", says),
        (2, "w0001", "purpose", "", "Sort claims"),
    ]


def test_other_fields_of_the_row_are_still_updated(tmp_path: Path) -> None:
    audit = typed(imported(empty_audit(), table_in(tmp_path, HEADER + ROWS)), W1, name="Mine")
    table = table_in(tmp_path, HEADER + ROWS.replace("Pilot", "Live"))
    after = imported(audit, table)
    assert (after.workflows[W1].name, after.workflows[W1].lifecycle) == (
        "Mine",
        Lifecycle.PRODUCTION,
    )
    again = plan_of(after, table)
    assert [(r.status, [c.field for c in r.changes]) for r in again.rows] == [
        (RowStatus.UNCHANGED, ["name"]),
        (RowStatus.UNCHANGED, []),
    ]


def test_a_blank_cell_never_empties_a_field(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + ROWS))
    assert statuses(audit, tmp_path, "A-1,Triage,Claims,N/A,\xa0\n") == [(RowStatus.UNCHANGED, W1)]


def test_retired_rows_come_in_out_of_scope_and_can_come_back(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + ROWS.replace("Pilot", "Retired")))
    assert (audit.workflows[W1].in_scope, audit.workflows[W2].in_scope) == (False, True)
    assert not audit.workflows[W1].is_active
    back = imported(audit, table_in(tmp_path, HEADER + ROWS))
    assert (back.workflows[W1].in_scope, back.workflows[W1].lifecycle) == (True, Lifecycle.PILOT)


def test_a_stage_that_a_person_typed_keeps_the_workflow_in_scope(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + ROWS))
    audit = typed(audit, W1, lifecycle=Lifecycle.PAUSED)
    plan = plan_of(audit, table_in(tmp_path, HEADER + ROWS.replace("Pilot", "Retired")))
    assert [(c.field, c.typed_over) for c in plan.rows[0].changes] == [
        ("lifecycle", True),
        ("in_scope", True),
    ]


def test_taking_a_workflow_out_of_scope_by_hand_is_no_difference(tmp_path: Path) -> None:
    table = table_in(tmp_path, HEADER + ROWS)
    audit = typed(imported(empty_audit(), table), W1, in_scope=False)
    assert plan_of(audit, table).rows[0].changes == ()


def test_an_unknown_stage_stays_unknown(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + "A-1,Triage,Claims,,Somewhere\n"))
    assert audit.workflows[W1].lifecycle is None
    (row,) = audit.imports.values()
    assert row.cells["Stage"] == "Somewhere"


def test_a_row_without_a_name_is_skipped_with_its_reason(tmp_path: Path) -> None:
    plan = plan_of(empty_audit(), table_in(tmp_path, HEADER + ROWS + "A-9,\xa0,Claims,x,Pilot\n"))
    (skipped,) = summarise(plan).skipped
    assert (skipped.row, skipped.why, skipped.text) == (4, Why.NO_NAME, "It has no name.")
    assert len(take_import(empty_audit(), plan).workflows) == 2


TWINS = "x,Copilot,Sales,one,Pilot\nx,Copilot,Sales,two,Live\n"


def test_an_id_comes_before_unit_and_name(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + ROWS))
    renamed = "A-1,Sorting,Claims dept,Sort claims,Pilot\n"
    assert statuses(audit, tmp_path, renamed) == [(RowStatus.UPDATED, W1)]


@pytest.mark.parametrize("number", ["", "TBD", "x"])
def test_unit_and_name_where_the_id_is_blank_or_repeated(tmp_path: Path, number: str) -> None:
    rows = f"{number},Triage,Claims,a,Pilot\n{number},Triage,Sales,b,Live\n"
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + rows))
    assert statuses(audit, tmp_path, rows.replace("Live", "Idea")) == [
        (RowStatus.UNCHANGED, W1),
        (RowStatus.UPDATED, W2),
    ]
    turned = "".join(reversed(rows.splitlines(keepends=True)))
    assert statuses(audit, tmp_path, turned) == [
        (RowStatus.UNCHANGED, W2),
        (RowStatus.UNCHANGED, W1),
    ]


def test_rows_nobody_can_tell_apart_are_taken_once_and_then_left_alone(tmp_path: Path) -> None:
    table = table_in(tmp_path, HEADER + TWINS)
    first = plan_of(empty_audit(), table)
    assert [(r.status, r.why) for r in first.rows] == [(RowStatus.TAKEN, Why.AMBIGUOUS)] * 2
    assert summarise(first).ambiguous == (2, 3)
    audit = take_import(empty_audit(), first)
    second = plan_of(audit, table)
    assert [(r.status, r.why) for r in second.rows] == [(RowStatus.SKIPPED, Why.AMBIGUOUS)] * 2
    assert [s.row for s in summarise(second).skipped] == [2, 3]
    assert diff(audit, take_import(audit, second)) == ()


def test_a_twin_that_was_not_there_before_is_still_taken(tmp_path: Path) -> None:
    one, _ = TWINS.splitlines(keepends=True)
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + one))
    assert statuses(audit, tmp_path, TWINS) == [(RowStatus.SKIPPED, W1), (RowStatus.TAKEN, W2)]
    turned = "".join(reversed(TWINS.splitlines(keepends=True)))
    assert statuses(audit, tmp_path, turned) == [(RowStatus.TAKEN, W2), (RowStatus.SKIPPED, W1)]


def test_a_row_that_fits_two_workflows_is_left_alone(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + TWINS))
    assert statuses(audit, tmp_path, "x,Copilot,Sales,three,Pilot\n")[0][0] is RowStatus.SKIPPED


def test_equal_ids_of_different_inventories_are_different_workflows(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + ROWS))
    other = table_in(tmp_path, HEADER + "A-1,Weather,Ships,x,Pilot\n", "other.csv")
    assert [(r.status, r.workflow) for r in plan_of(audit, other).rows] == [
        (RowStatus.TAKEN, "w0003")
    ]


def test_same_unit_and_name_with_another_id_is_another_workflow(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + ROWS))
    assert statuses(audit, tmp_path, "B-7,Triage,Claims,x,Pilot\n") == [(RowStatus.TAKEN, "w0003")]


def test_a_workflow_typed_by_hand_is_joined_and_only_its_blanks_filled(tmp_path: Path) -> None:
    audit = empty_audit(workflows={W1: Workflow("triage ", "My own words", "Claims")})
    table = table_in(tmp_path, HEADER + ROWS)
    after = imported(audit, table)
    assert after.workflows[W1] == replace(audit.workflows[W1], lifecycle=Lifecycle.PILOT)
    assert len(after.workflows) == 2
    assert imported(after, table) == after


def test_a_removed_workflow_is_new_again(tmp_path: Path) -> None:
    table = table_in(tmp_path, HEADER + ROWS)
    audit = imported(empty_audit(), table)
    left = replace(audit, workflows={W2: audit.workflows[W2]}, imports={})
    taken, kept = plan_of(left, table).rows
    assert (taken.status, kept.workflow) == (RowStatus.TAKEN, W2)


def test_a_limit_reads_the_first_rows_and_does_not_change_who_is_who(tmp_path: Path) -> None:
    table = table_in(tmp_path, HEADER + TWINS + ROWS)
    plan = plan_of(empty_audit(), table, limit=1)
    assert [(r.row.number, r.status, r.why) for r in plan.rows] == [
        (2, RowStatus.TAKEN, Why.AMBIGUOUS)
    ]
    audit = take_import(empty_audit(), plan)
    assert [r.status for r in plan_of(audit, table).rows] == [
        RowStatus.SKIPPED,
        *[RowStatus.TAKEN] * 3,
    ]


def test_owners_are_never_invented(tmp_path: Path) -> None:
    person = PersonId("p1")
    audit = empty_audit(people={person: Person("Ana Lima")})
    text = "Name,Owner\nTriage,Ana Lima\nLetters,Someone Else\n"
    mapping = InventoryMapping(
        "m", Fields(name=Columns(("Name",)), owner=Columns(("Owner",)), unit=None)
    )
    after = imported(audit, table_in(tmp_path, text), mapping)
    assert (after.workflows[W1].owner, after.workflows[W2].owner) == (person, None)
    assert after.people == audit.people


def test_a_mapping_for_another_file_is_refused(tmp_path: Path) -> None:
    table = table_in(tmp_path, HEADER + ROWS)
    with pytest.raises(ImportFailed, match="has no column “tool_name”"):
        plan_import(empty_audit(), table, find_mapping("uk-transparency"))


def test_the_summary_counts_every_row_once(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + ROWS))
    rows = ROWS.replace("Pilot", "Live") + "A-3,,x,y,z\nA-4,New,x,y,Idea\n"
    summary = summarise(plan_of(audit, table_in(tmp_path, HEADER + rows)))
    assert (summary.read, summary.taken, summary.updated, summary.unchanged) == (4, 1, 1, 1)
    assert len(summary.skipped) == 1
    assert (summary.mapping, summary.encoding) == ("guessed", "utf-8")


CELLS = st.sampled_from(["", "a", "b", "N/A"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=7), st.data())
def test_any_file_imported_twice_changes_nothing_the_second_time(
    rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    table = Table("a.csv", HEADERS, tuple(rows), tuple(range(2, len(rows) + 2)), 1)
    mapping = InventoryMapping(
        "m",
        Fields(
            name=Columns(("Name",)),
            source_id=Columns(("ID",)),
            unit=Columns(("Unit",)),
            purpose=Columns(("Purpose",)),
        ),
    )
    first = plan_import(empty_audit(), table, mapping, limit=data.draw(st.integers(0, 7)))
    part = take_import(empty_audit(), first)
    whole = imported(part, table, mapping)
    named = [row for row in rows if row[2] in ("a", "b")]
    assert len(whole.workflows) == len(named)
    again = plan_import(whole, table, mapping)
    assert diff(whole, take_import(whole, again)) == ()
    summary = summarise(again)
    assert summary.unchanged + len(summary.skipped) == summary.read == len(rows)
