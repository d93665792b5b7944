"""Later and older editions of an inventory: what is missing is listed, nothing is set back."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from app.domain.changes import diff
from app.domain.edits.imports import RowStatus, Why, take_import, with_older_values
from app.domain.ids import WorkflowId
from app.domain.landscape import Lifecycle
from app.exchange.inventory import find_mapping, summarise
from app.exchange.inventory.editions import edition
from tests.exchange.inventories import HEADER, empty_audit, imported, plan_of, table_in

FIRST = "A-1,Triage,Claims,Sort claims,Pilot\nA-2,Letters,Sales,Write letters,Live\n"
LATER = "A-1,Triage,Claims,Sort all claims,Live\nA-3,Prices,Sales,Advise,Pilot\n"
W1, W2 = WorkflowId("w0001"), WorkflowId("w0002")


@pytest.mark.parametrize(
    ("older", "newer", "is_older"),
    [
        ("inventory 2024.csv", "inventory_2025.csv", True),
        ("2025-03 inventory.csv", "2025-11 inventory.csv", True),
        ("export20250301.xlsx", "export20250302.xlsx", True),
        ("inventory 2025.csv", "inventory 2025-03.csv", False),
        ("inventory 2025.csv", "inventory.csv", False),
        ("inventory v1.csv", "inventory v2.csv", False),
        ("inventory 120245.csv", "inventory 2025.csv", False),
    ],
)
def test_which_edition_is_older_is_told_by_dates_in_names(
    older: str, newer: str, is_older: bool
) -> None:
    one, other = edition(older, ()), edition(newer, ())
    assert one.is_older(other) is is_older
    assert not other.is_older(one)
    assert one.families == other.families


def test_a_shipped_mapping_tells_the_year_where_the_name_does_not() -> None:
    before = edition("a.csv", find_mapping("us-federal-2024").fits)
    after = edition("b.csv", find_mapping("us-federal-2025").fits)
    assert before.is_older(after)
    assert before.families & after.families == {"us federal"}


def test_what_a_later_edition_lacks_is_listed_and_left_alone(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + FIRST, "inventory 2025.csv"))
    plan = plan_of(audit, table_in(tmp_path, HEADER + LATER, "inventory 2026.csv"))
    assert [(m.workflow, m.file, m.row) for m in plan.missing] == [(W2, "inventory 2025.csv", 3)]
    assert plan.older_than == ""
    after = take_import(audit, plan)
    assert after.workflows[W2] == audit.workflows[W2]
    assert after.workflows[W1].lifecycle is Lifecycle.PRODUCTION


def test_missing_workflows_can_be_retired_and_come_back(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + FIRST, "inventory 2025.csv"))
    later = table_in(tmp_path, HEADER + LATER, "inventory 2026.csv")
    gone = take_import(audit, replace(plan_of(audit, later), retire=True))
    assert gone.workflows[W2].lifecycle is Lifecycle.RETIRED
    assert not gone.workflows[W2].in_scope
    assert plan_of(gone, later).missing == ()
    older = plan_of(gone, table_in(tmp_path, HEADER + FIRST, "inventory 2025.csv"))
    assert [row.why for row in older.rows] == [Why.OLDER, Why.OLDER]
    again = table_in(tmp_path, HEADER + FIRST, "inventory 2027.csv")
    back = take_import(gone, plan_of(gone, again))
    assert back.workflows[W2] == audit.workflows[W2]


def test_another_inventory_misses_nothing(tmp_path: Path) -> None:
    audit = imported(empty_audit(), table_in(tmp_path, HEADER + FIRST, "claims 2025.csv"))
    other = HEADER + "B-1,Scans,Post,Read letters,Pilot\n"
    for name in ("post 2026.csv", "claims 2026.csv"):
        assert plan_of(audit, table_in(tmp_path, other, name)).missing == ()


def test_a_limit_does_not_make_rows_missing(tmp_path: Path) -> None:
    table = table_in(tmp_path, HEADER + FIRST)
    assert plan_of(imported(empty_audit(), table), table, limit=1).missing == ()


def test_an_older_file_sets_nothing_back_unless_asked(tmp_path: Path) -> None:
    newer = table_in(tmp_path, HEADER + LATER, "inventory 2026.csv")
    audit = imported(empty_audit(), newer)
    plan = plan_of(audit, table_in(tmp_path, HEADER + FIRST, "inventory 2025.csv"))
    assert plan.older_than == "inventory 2026.csv"
    assert plan.missing == ()
    assert [(r.status, r.why) for r in plan.rows] == [
        (RowStatus.SKIPPED, Why.OLDER),
        (RowStatus.TAKEN, None),
    ]
    summary = summarise(plan)
    assert summary.older == 1
    assert summary.read == 2 == summary.taken + len(summary.skipped)
    assert take_import(audit, plan).workflows[W1] == audit.workflows[W1]
    asked = take_import(audit, with_older_values(plan))
    assert asked.workflows[W1].purpose == "Sort claims"
    assert diff(audit, take_import(audit, replace(plan, rows=plan.rows[:1]))) == ()
