"""Evidence files from the command line: kept by their hash, saved again, and taken away."""

from pathlib import Path

import pytest

from tests.commands.test_contract import Runner

BODY = b"%PDF-1.7\n" * 1000


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Runner:
    made = Runner(capsys, tmp_path)
    made("new", made.file, "--title", "T")
    made("set", made.file, "workflow", "w1", "name=Invoices")
    (tmp_path / "list.pdf").write_bytes(BODY)
    return made


def test_a_file_goes_in_and_comes_out(run: Runner) -> None:
    source, out = run.folder / "list.pdf", run.folder / "out.pdf"
    run("evidence", run.file, "w1/e1", "--attach", source, "--question", "RT-01")
    (row,) = run.json("evidence", run.file)
    assert set(row) == {"id", "question", "presence", "file", "sha256", "title"}
    assert (row["id"], row["title"], row["file"]) == ("w1/e1", "list", "application/pdf")
    run("evidence", run.file, "w1/e1", "--save", out)
    assert out.read_bytes() == BODY
    run("evidence", run.file, "w1/e1", "--save", out, code=1)
    run("evidence", run.file, "w1/e1", "--remove")
    assert run.json("evidence", run.file, "w1/e1")["file"] is None
    run("undo", run.file)
    assert run.json("evidence", run.file, "w1/e1")["sha256"] == row["sha256"]


def test_what_is_wrong_is_a_sentence_or_usage(run: Runner) -> None:
    run("evidence", run.file, "w1/e1", code=1)
    run("evidence", run.file, "w1/e1", "--remove", code=1)
    run("evidence", run.file, "w1/e1", "--attach", run.folder / "none.pdf", code=1)
    assert "not a file" in run.err
    run("evidence", run.file, "--remove", code=2)
    run("evidence", run.file, "w1/e1", "--remove", "--save", "x", code=2)
    assert run.json("evidence", run.file) == []
