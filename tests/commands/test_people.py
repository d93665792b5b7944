"""Removing a name from the command line: asked first, and gone from the file."""

from pathlib import Path

import pytest

from tests.commands.test_contract import Runner


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Runner:
    made = Runner(capsys, tmp_path)
    made("new", made.file, "--title", "T")
    made("set", made.file, "person", "p1", "name=Ana Lundqvist", "role=Operations")
    made("set", made.file, "workflow", "w1", "name=Invoices", "owner=p1", "note=Ana Lundqvist said")
    return made


def test_a_name_is_removed_and_the_chain_holds(run: Runner) -> None:
    said = run("blank", run.file, "Ana Lundqvist", "--yes")
    assert "1 records with the name in a text" in said
    (person,) = run.json("list", run.file, "people")
    assert (person["name"], person["role"]) == ("Name removed (p1)", "Operations")
    assert run.json("check", run.file)["chain"]["holds"] is True
    run("undo", run.file)
    assert run.json("list", run.file, "people")[0]["name"] == "Name removed (p1)"
    run("set", run.file, "workflow", "w1", "note=none")
    assert run.file.read_bytes().count(b"Ana Lundqvist") == 2  # the note's two journal entries


def test_without_a_yes_nothing_is_removed(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _text: "n")
    run("blank", run.file, "p1", code=1)
    assert run.json("list", run.file, "people")[0]["name"] == "Ana Lundqvist"
