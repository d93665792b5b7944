"""Mappings: shipped ones, their files, what is refused in them, and the guess from a table."""

from pathlib import Path

import pytest

from app.domain.bank import Scope
from app.errors import ImportFailed
from app.exchange.bank_toml import default_bank
from app.exchange.inventory import (
    dump_mapping,
    find_mapping,
    load_mapping,
    match_columns,
    missing_columns,
    shipped_names,
)
from app.exchange.inventory.mapping import field_columns, named_columns
from app.exchange.inventory.rows import incoming_rows
from tests.exchange.inventories import table_in

SMALL = """
name = "ours"
[fields.name]
columns = ["Name"]
"""


def load(folder: Path, text: str) -> None:
    path = folder / "ours.toml"
    path.write_text(text, "utf-8")
    load_mapping(path)


def test_the_shipped_mappings_have_their_files_names() -> None:
    assert shipped_names() == ("uk-transparency", "us-federal-2024", "us-federal-2025")
    for name in shipped_names():
        assert find_mapping(name).name == name


@pytest.mark.parametrize("name", shipped_names())
def test_a_mapping_comes_back_from_its_own_text(tmp_path: Path, name: str) -> None:
    mapping = find_mapping(name)
    path = tmp_path / "copy.toml"
    path.write_text(dump_mapping(mapping), "utf-8")
    assert load_mapping(path) == mapping
    assert find_mapping(str(path)) == mapping


@pytest.mark.parametrize("name", shipped_names())
def test_evidence_bears_on_questions_that_can_be_asked_about_a_workflow(name: str) -> None:
    questions = {q.id: q for q in default_bank().questions}
    for each in find_mapping(name).evidence:
        if each.question is not None:
            assert questions[each.question].scope in (Scope.WORKFLOW, Scope.PLATFORM)


@pytest.mark.parametrize("name", shipped_names())
def test_a_file_with_the_headers_of_a_shipped_mapping_chooses_it(tmp_path: Path, name: str) -> None:
    mapping = find_mapping(name)
    headers = named_columns(mapping)
    quoted = ",".join(f'"{h}"' for h in (*headers, *mapping.fits, "Another"))
    table = table_in(tmp_path, quoted + "\n" + "x," * (len(headers) + len(mapping.fits)) + "y")
    proposal = match_columns(table)
    assert (proposal.mapping, proposal.shipped) == (mapping, True)
    assert set(proposal.confidence.values()) == {1.0}
    assert proposal.confidence.keys() == field_columns(mapping).keys()
    assert "Another" in proposal.unused
    assert missing_columns(table, mapping) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = ", "it is no TOML"),
        ('name = "x"', "fields"),
        (SMALL + "unit = 3", r"unit.*fields\.name"),
        (SMALL.replace('"Name"', "3"), r"fields\.name\.columns"),
        (SMALL.replace('["Name"]', "[]"), r"fields\.name\.columns"),
        (
            SMALL + '[fields.lifecycle]\ncolumn="a"\n[fields.lifecycle.values]\nx="gone"',
            "lifecycle",
        ),
        (SMALL + '[fields.go_live]\ncolumn="a"\norder="ymd"', r"fields\.go_live\.order"),
        (SMALL + '[[evidence]]\nid="a/b"\ncolumn="x"\ntitle="X"', r"evidence\[0\]\.id"),
        (SMALL + '[[evidence]]\nid="a"\ncolumn="x"\ntitle="X"\n' * 2, r"evidence\[1\]\.id"),
        (SMALL + '[[evidence]]\nid="a"\ncolumn="x"\ntitle=" "', r"evidence\[0\]\.title"),
        (SMALL + '[[evidence]]\nid="a"\ncolumn="x"\ntitle="X"\nvalues={y="maybe"}', "evidence"),
    ],
)
def test_errors_name_the_file_and_the_field(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ImportFailed, match=says) as refused:
        load(tmp_path, text)
    assert "ours.toml" in refused.value.sentence
    assert "nothing has been taken" in refused.value.sentence


def test_an_unknown_mapping_names_the_shipped_ones() -> None:
    with pytest.raises(ImportFailed, match="us-federal-2025"):
        find_mapping("us-federal-1925")


def test_a_guess_tells_fields_by_header_and_values(tmp_path: Path) -> None:
    table = table_in(
        tmp_path,
        "Ref,Use case ID,Use Case,Business unit,Status,Contains personal data,Go-live date,"
        "Independent review,Remarks\n"
        + "".join(
            f"r,UC-{i},Use case {i},Sales,{stage},{pii},2025-01-{i + 1:02},{review},same\n"
            for i, (stage, pii, review) in enumerate(
                [("Live", "Yes", "Yes"), ("Pilot", "No", "No"), ("Idea", "Y", "In progress")] * 4
            )
        ),
    )
    proposal = match_columns(table)
    fields = field_columns(proposal.mapping)
    assert not proposal.shipped
    assert fields == {
        "source_id": ("Use case ID",),
        "name": ("Use Case",),
        "unit": ("Business unit",),
        "lifecycle": ("Status",),
        "personal_data": ("Contains personal data",),
        "go_live": ("Go-live date",),
        "evidence.review": ("Independent review",),
    }
    assert proposal.unused == ("Ref", "Remarks")
    assert proposal.confidence.keys() == fields.keys()
    assert all(0.5 <= sure <= 1 for sure in proposal.confidence.values())
    assert proposal.confidence["name"] > proposal.confidence["personal_data"]


def test_values_that_look_wrong_make_a_guess_less_sure(tmp_path: Path) -> None:
    stages = table_in(tmp_path, "Name,Stage\nA,Pilot\nB,Live\n")
    others = table_in(tmp_path, "Name,Stage\nA,seven\nB,eight\n")
    assert (
        match_columns(stages).confidence["lifecycle"]
        > match_columns(others).confidence["lifecycle"]
    )


def test_a_guess_can_be_saved_as_a_mapping(tmp_path: Path) -> None:
    mapping = match_columns(table_in(tmp_path, "Name,Stage\nA,Pilot\nB,Live\n")).mapping
    path = tmp_path / "guess.toml"
    path.write_text(dump_mapping(mapping), "utf-8")
    assert load_mapping(path) == mapping


def test_a_table_without_a_name_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="looks like the name of a workflow"):
        match_columns(table_in(tmp_path, "Colour,Weight\nred,3\nblue,4\n"))


def test_the_federal_vendor_is_the_provider_unless_it_is_nobody(tmp_path: Path) -> None:
    mapping = find_mapping("us-federal-2025")
    body = "use_case_name,vendor_name\nA,Hyperscience\nB,In-house development\nC,N/A\nD,Open Source"
    rows = incoming_rows(table_in(tmp_path, body), mapping)
    assert [row.values.get("provider", "") for row in rows] == ["Hyperscience", "", "", ""]
