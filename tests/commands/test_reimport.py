"""Importing again from the command line: what is missing, what is older, and the keys for both."""

from pathlib import Path

import pytest

from tests.commands.test_contract import Runner

HEADER = "Use case ID,Use case name,Department,Stage\n"
FIRST = HEADER + "A-1,Claims triage,Claims,pilot\nA-2,Price advice,Sales,production\n"
LATER = HEADER + "A-1,Claims triage,Claims,production\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Runner:
    made = Runner(capsys, tmp_path)
    made("new", made.file, "--title", "T")
    for name, text in (("2025", FIRST), ("2026", LATER), ("2024", FIRST.replace("pilot", "idea"))):
        (tmp_path / f"inventory {name}.csv").write_text(text, encoding="utf-8")
    made("import", made.file, tmp_path / "inventory 2025.csv")
    return made


def test_the_preview_lists_what_a_later_file_lacks(run: Runner) -> None:
    later = run.folder / "inventory 2026.csv"
    found = run.json("import", run.file, later, "--preview")
    assert set(found) == {
        "read", "taken", "updated", "unchanged", "skipped", "kept", "mapping", "confidence",
        "encoding", "missing", "retired", "older_than",
    }  # fmt: skip
    assert found["missing"] == [
        {"workflow": "w0002", "name": "Price advice", "file": "inventory 2025.csv", "row": 3}
    ]
    assert (found["retired"], found["older_than"]) == (0, None)
    assert "--retire-missing" in run("import", run.file, later, "--preview")


def test_missing_workflows_are_retired_on_request_in_one_step(run: Runner) -> None:
    later = run.folder / "inventory 2026.csv"
    assert "Retired:\n  w0002, Price advice" in run("import", run.file, later, "--retire-missing")
    stages = {w["id"]: w["lifecycle"] for w in run.json("list", run.file, "workflows")}
    assert stages == {"w0001": "production", "w0002": "retired"}
    run("undo", run.file)
    stages = {w["id"]: w["lifecycle"] for w in run.json("list", run.file, "workflows")}
    assert stages == {"w0001": "pilot", "w0002": "production"}


def test_an_older_file_sets_nothing_back_unless_asked(run: Runner) -> None:
    older = run.folder / "inventory 2024.csv"
    found = run.json("import", run.file, older)
    assert (found["updated"], found["older_than"]) == (0, "inventory 2025.csv")
    assert [s["row"] for s in found["skipped"]] == [2]
    assert run.json("import", run.file, older, "--older-values")["updated"] == 1
    assert run.json("list", run.file, "workflows")[0]["lifecycle"] == "idea"
