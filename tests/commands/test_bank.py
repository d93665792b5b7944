"""Moving to another bank from the command line: both results, one step, and no answer lost."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from app.exchange.bank_toml import default_bank, dump_bank
from tests.commands.test_contract import Runner


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Runner:
    made = Runner(capsys, tmp_path)
    made("new", made.file, "--title", "T")
    made("set", made.file, "workflow", "w1", "name=Invoice matching")
    for question in ("RT-01", "WF-01", "WF-02"):
        made("answer", made.file, "-q", question, "-w", "w1", "--level", 2)
    bank = default_bank()
    questions = tuple(
        replace(q, text=q.text + " Really?") if q.id == "RT-01" else q for q in bank.questions
    )
    dump_bank(replace(bank, version="9", questions=questions), tmp_path / "bank")
    return made


def test_a_preview_changes_nothing_and_prints_both_results(run: Runner) -> None:
    before = run.file.read_bytes()
    text = run("bank", run.file, run.folder / "bank", "--preview")
    assert "Would move" in text
    assert "Questions reworded: 1 (RT-01)" in text
    assert "Chance of missing the target" in text
    found = run.json("bank", run.file, run.folder / "bank", "--preview")
    assert set(found) == {"before", "after", "questions", "answers", "workflows"}
    assert set(found["before"]) == set(found["after"]) == {
        "version", "hash", "states", "conditions", "risk", "range", "relative",
    }  # fmt: skip
    assert set(found["questions"]) == {
        "kept", "added", "removed", "reworded", "reweighed", "rescoped",
    }  # fmt: skip
    assert found["answers"] == {
        "kept": 2,
        "to_confirm": [{"question": "RT-01", "target": "w1"}],
        "set_aside": [],
    }
    assert set(found["workflows"][0]["before"]) == {"state", "met", "of", "risk", "relative"}
    assert run.file.read_bytes() == before


def test_a_move_is_one_step(run: Runner) -> None:
    before = run.json("score", run.file)
    assert "Moved" in run("bank", run.file, run.folder / "bank")
    assert "nothing differs" in run("bank", run.file, run.folder / "bank", "--preview")
    run("undo", run.file)
    assert run.json("score", run.file) == before


def test_what_is_no_bank_is_a_sentence(run: Runner) -> None:
    (run.folder / "empty").mkdir()
    run("bank", run.file, run.folder / "empty", code=1)
    assert "bank.toml" in run.err
