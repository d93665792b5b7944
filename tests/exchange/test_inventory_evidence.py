"""Evidence and context sources from cells: what counts, what says nothing, what people changed."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from app.domain.answers import Presence
from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits.imports import take_import
from app.domain.ids import SourceId, Target, WorkflowId
from app.exchange.inventory import InventoryMapping
from app.exchange.inventory.mapping import Columns, ContextColumns, EvidenceColumn, Fields
from tests.exchange.inventories import empty_audit, imported, plan_of, table_in

W1 = WorkflowId("w0001")
EVIDENCE = InventoryMapping(
    "m",
    Fields(name=Columns(("Name",))),
    boilerplate=("*relied on * governance practices*",),
    context=ContextColumns(("Data",), place="Link", ignore=("no data*",)),
    evidence=(
        EvidenceColumn("mon", "Mon", "Monitoring", "MON-02", {"sort of": Presence.PARTIAL}),
        EvidenceColumn("own", "Own", "Ours", "XX-99"),
    ),
)


def with_cells(folder: Path, mon: str, data: str = "") -> Audit:
    text = f'Name,Mon,Own,Data,Link\nA,"{mon}",Yes,"{data}",https://example.org/d\n'
    return imported(empty_audit(), table_in(folder, text), EVIDENCE)


@pytest.mark.parametrize(
    ("cell", "presence"),
    [
        ("Yes", Presence.PRESENT),
        ("YES ", Presence.PRESENT),
        ("In-progress", Presence.PARTIAL),
        ("Sort of.", Presence.PARTIAL),
        ("No", Presence.ABSENT),
        ("N/A", Presence.NOT_APPLICABLE),
        ("Not\xa0Applicable", Presence.NOT_APPLICABLE),
        ("Agency CAIO has waived this", Presence.WAIVED),
        ("b) an answer to something else", Presence.UNKNOWN),
        ("We relied on our governance practices.", Presence.UNKNOWN),
        ("['Other', 'In progress', 'No']", Presence.PARTIAL),
    ],
)
def test_evidence_keeps_presence_and_original_text(
    tmp_path: Path, cell: str, presence: Presence
) -> None:
    audit = with_cells(tmp_path, cell)
    mon, own = (audit.evidence[Target(W1)][key] for key in ("w0001-mon", "w0001-own"))
    assert (mon.presence, mon.original, mon.question) == (presence, cell, "MON-02")
    assert own.question is None
    assert audit.answers == {}


@pytest.mark.parametrize("cell", ["", " ", "\xa0", "[]"])
def test_a_blank_is_not_a_no(tmp_path: Path, cell: str) -> None:
    assert set(with_cells(tmp_path, cell).evidence[Target(W1)]) == {"w0001-own"}


def test_a_description_of_data_becomes_a_source_of_its_workflow(tmp_path: Path) -> None:
    audit = with_cells(tmp_path, "", "Ten years of claims.\nAnd " + "more " * 40)
    source = audit.sources[SourceId("w0001-data")]
    assert source.name.startswith("Ten years of claims. And more")
    assert len(source.name) <= 80
    assert source.note.startswith("Ten years of claims.\nAnd more")
    assert source.place == "https://example.org/d"
    assert set(audit.links[W1]) == set(audit.sources)


@pytest.mark.parametrize(
    "cell", ["", "N/A", "None", "No data is used", "The owner relied on DOJ governance practices."]
)
def test_no_source_for_boilerplate(tmp_path: Path, cell: str) -> None:
    audit = with_cells(tmp_path, "", cell)
    assert audit.sources == audit.links == {}


def test_evidence_a_person_changed_or_removed_is_left_alone(tmp_path: Path) -> None:
    audit = with_cells(tmp_path, "Yes", "Claims")
    table = table_in(tmp_path, "Name,Mon,Own,Data,Link\nA,In progress,No,Files,\n")
    group = audit.evidence[Target(W1)]
    seen = replace(group["w0001-mon"], presence=Presence.ABSENT)
    audit = replace(audit, evidence={Target(W1): {"w0001-mon": seen}}, sources={}, links={})
    plan = plan_of(audit, table, EVIDENCE)
    assert [(c.field, c.old, c.typed_over) for c in plan.rows[0].changes] == [
        ("evidence.mon", "absent: Yes", True),
        ("evidence.own", "", True),
        ("context", "", True),
    ]
    assert diff(audit, take_import(audit, plan)) == ()


def test_evidence_that_changed_in_the_file_is_updated(tmp_path: Path) -> None:
    audit = with_cells(tmp_path, "In-progress")
    table = table_in(tmp_path, "Name,Mon,Own,Data,Link\nA,Yes,Yes,,\n")
    after = imported(audit, table, EVIDENCE)
    assert after.evidence[Target(W1)]["w0001-mon"].presence is Presence.PRESENT
    assert imported(after, table, EVIDENCE) == after
