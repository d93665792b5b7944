"""The command line keeps its contract: names, options, exit codes and JSON keys."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app import cli


class Runner:
    """Runs one command in this process and keeps what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.capsys = capsys
        self.file = folder / "audit.plumb"
        self.folder = folder

    def __call__(self, command: str, *arguments: object, code: int = 0) -> str:
        got = cli.main([command, *(str(a) for a in arguments)])
        out, err = self.capsys.readouterr()
        assert got == code, (command, arguments, out, err)
        if code == 1:
            assert "Traceback" not in err
        self.err = err
        return out

    def json(self, command: str, *arguments: object, code: int = 0) -> object:
        return json.loads(self(command, *arguments, "--json", code=code))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Runner:
    return Runner(capsys, tmp_path)


@pytest.fixture
def small(run: Runner) -> Runner:
    """An audit with one workflow, one source, one person."""
    run("new", run.file, "--title", "Pilot audit", "--organisation", "Example")
    run("set", run.file, "person", "p1", "name=Ana Lund", "role=Operations", "area=owner")
    run("set", run.file, "workflow", "w1", "name=Invoice matching", "owner=Ana Lund")
    run("set", run.file, "source", "s1", "name=Price list")
    run("set", run.file, "link", "w1/s1", "importance=3")
    return run


FIGURES = {
    "risk",
    "range",
    "full_range",
    "relative",
    "starting_rates",
    "states",
    "conditions",
    "categories",
    "coverage",
    "missing_middle",
    "stages_missing",
    "load_at_risk",
    "benefit_in_doubt",
    "reason",
}


def test_an_audit_without_a_workflow_has_no_risk_and_no_report(run: Runner) -> None:
    run("new", run.file, "--title", "Empty")
    score = run.json("score", run.file)
    assert score["risk"] is None
    assert score["reason"]
    assert score["workflows"] == []
    out = run.folder / "r.pdf"
    run("report", run.file, "-o", out, code=1)
    assert not out.exists()
    assert len(run.err.strip().splitlines()) == 1


def test_nothing_answered_is_exactly_typical(small: Runner) -> None:
    score = small.json("score", small.file)
    assert set(score) == FIGURES | {"workflows"}
    assert score["risk"] == pytest.approx(0.8, abs=1e-12)
    assert score["relative"]["value"] == pytest.approx(1.0, abs=1e-12)
    assert score["missing_middle"]["index"] == pytest.approx(57.14, abs=0.005)
    (one,) = score["workflows"]
    assert set(one) == FIGURES | {"id", "name", "state"}
    assert one["risk"] == score["risk"]
    assert small.json("list", small.file, "gaps") == []
    plan = small.json("plan", small.file)
    assert plan["actions"] == []


def test_score_keys_are_as_written(small: Runner) -> None:
    small("answer", small.file, "-q", "RT-01", "-w", "w1", "--level", "2")
    small("set", small.file, "workflow", "w1", "yearly_benefit=100000")
    score = small.json("score", small.file)
    assert set(score["relative"]) == {"value", "low", "high", "words"}
    assert [set(r) for r in score["starting_rates"]] == [
        {"rate", "today", "low", "high", "after"}
    ] * 3
    assert set(score["states"]["Not defined"]) == {"workflows", "benefit"}
    assert len(score["conditions"]) >= 12
    assert set(score["conditions"]["RT-01"]) == {
        "met", "said", "not_met", "not_known", "not_asked",
    }  # fmt: skip
    assert set(score["categories"]) == {"capability", "data", "governance", "adoption"}
    assert sum(score["categories"].values()) == pytest.approx(score["risk"])
    assert set(score["coverage"]) == {
        "weight", "answered", "unknown", "not_applicable", "not_asked", "of",
    }  # fmt: skip
    assert set(score["missing_middle"]) == {"index", "low", "high"}
    assert set(score["stages_missing"]) == {"missing", "unknown", "of"}
    assert set(score["load_at_risk"]) == {"missing", "unknown"}
    assert set(score["benefit_in_doubt"]) == {
        "amount", "low", "high", "currency", "valued", "of",
    }  # fmt: skip
    one = small.json("score", small.file, "-w", "Invoice matching")
    assert one["workflows"][0]["id"] == "w1"


def test_plan_keys_are_as_written(small: Runner) -> None:
    for question, level in (("RT-01", 1), ("WF-02", 0), ("GC-02", 1)):
        small("answer", small.file, "-q", question, "-w", "w1", "--level", level)
    plan = small.json("plan", small.file, "--capacity", 20, "--start", "2027-01-01", "--months", 6)
    assert set(plan) == {"actions", "later", "curve", "phases", "options", "capacity"}
    assert set(plan["actions"][0]) == {
        "key", "action", "target", "title", "phase", "role", "owner", "effort", "month", "pinned",
        "confirm_first", "unlocks", "share", "needs",
    }  # fmt: skip
    assert set(plan["curve"][0]) == {"month", "misses", "range"}
    assert set(plan["phases"][0]) == {
        "phase", "state", "entry", "exit", "gate_month", "no_gate", "reached", "not_asked",
    }  # fmt: skip
    assert plan["capacity"] == {
        "per_month": 20, "roles": {}, "start": "2027-01-01", "months": 6,
    }  # fmt: skip
    key = plan["actions"][0]["key"]
    fewer = small.json("plan", small.file, "--exclude", key)
    assert key not in {a["key"] for a in (*fewer["actions"], *fewer["later"])}


def test_a_registered_source_changes_nothing(small: Runner) -> None:
    before = small.json("score", small.file)
    small("set", small.file, "source", "s2", "name=Contract store")
    small("set", small.file, "link", "w1/s2", "importance=1")
    after = small.json("score", small.file)
    assert after["risk"] == before["risk"]
    assert after["range"] == pytest.approx(before["range"], abs=1e-6)
    assert after["full_range"] == pytest.approx(before["full_range"], abs=1e-6)


def test_ambiguous_names_are_refused_with_their_ids(small: Runner) -> None:
    small("set", small.file, "workflow", "w2", "name=Invoice matching")
    small("answer", small.file, "-q", "RT-01", "-w", "Invoice matching", "--level", 1, code=1)
    assert "w1, w2" in small.err


def test_usage_is_exit_2(small: Runner) -> None:
    small("set", small.file, "workflow", "w1", "colour=red", code=2)
    small("set", small.file, "workflow", "w3", "purpose=none", code=2)
    small("set", small.file, "workflow", "w1", "users=many", code=2)
    small("answer", small.file, "-q", "RT-01", "-w", "w1", "--level", 7, code=2)
    assert small.json("list", small.file, "workflows")[0]["name"] == "Invoice matching"


def test_undo_and_redo_reach_across_runs(small: Runner) -> None:
    small("set", small.file, "workflow", "w1", "purpose=Pay on time")
    small("undo", small.file)
    history = small.json("history", small.file)
    assert history[-1]["kind"] == "undo"
    small("redo", small.file)
    assert small.json("check", small.file)["chain"]["holds"] is True
    small("redo", small.file, code=1)


def test_history_names_who_was_at_the_keyboard(small: Runner) -> None:
    small("set", small.file, "workflow", "w1", "users=12", "--as", "Ana Lund")
    assert small.json("history", small.file)[-1]["by"] == "Ana Lund"
    small("set", small.file, "workflow", "w1", "users=13", "--as", "Nobody Here", code=1)


def test_who_starts_an_audit_is_in_its_history(run: Runner) -> None:
    run("new", run.file, "--title", "T", "--as", "Ana Lund")
    assert run.json("history", run.file)[0]["by"] == "Ana Lund"
    assert run.json("list", run.file, "people")[0]["name"] == "Ana Lund"


def test_json_goes_both_ways(small: Runner) -> None:
    small("answer", small.file, "-q", "RT-01", "-w", "w1", "--level", "unknown", "--note", "ask")
    first, copy, second = (small.folder / n for n in ("a.json", "copy.plumb", "b.json"))
    small("export", small.file, "-o", first)
    small("restore", first, "-o", copy)
    small("export", copy, "-o", second)
    assert first.read_bytes() == second.read_bytes()
    small("restore", first, "-o", copy, code=1)


def test_check_tells_findings_from_damage(small: Runner) -> None:
    found = small.json("check", small.file)
    assert set(found) == {"file", "chain", "findings"}
    assert found["findings"]
    assert set(found["findings"][0]) == {"severity", "kind", "where", "text"}
    small.file.write_bytes(b"not a database" * 100)
    small("check", small.file, code=1)
    assert len(small.err.strip().splitlines()) == 1


def test_a_copy_and_a_snapshot_keep_the_audit(small: Runner) -> None:
    small("snapshot", small.file, "Before the workshop")
    small("copy", small.file, small.folder / "c.plumb")
    assert small.json("check", small.folder / "c.plumb")["chain"]["holds"] is True
    small("snapshot", small.file, "Before the workshop", code=1)


def test_answers_go_out_as_a_sheet_and_come_back(small: Runner) -> None:
    sheet = small.folder / "sheet.csv"
    small("answers", small.file, "--template", sheet, "--for", "Ana Lund")
    assert sheet.read_text("utf-8-sig").startswith("workflow,source,question,level")
    table = small.folder / "answers.csv"
    table.write_text(
        "workflow,source,question,level,grade,by,reason,note\n"
        "Invoice matching,,RT-01,3,documented,,,\n"
        "w1,,CX-02,unknown,,p1,,\n"
        "w1,,NO-99,3,,,,\n"
    )
    out = small("answers", small.file, table)
    assert "2 answers" in out
    assert "NO-99" in out
    assert small.json("score", small.file)["coverage"]["answered"] == 2


def test_a_proof_is_read_whole_or_refused(small: Runner) -> None:
    answer = (
        "answer",
        small.file,
        "-q",
        "RT-01",
        "-w",
        "w1",
        "--level",
        3,
        "--grade",
        "documented",
    )
    whole = "title=Routing list; place=wiki; date=2020-01-02; seen_by=Ana Lund"
    assert "documented." in small(*answer, "--proof", whole)
    assert "needs title" in small(*answer, "--proof", "Routing a=b, version 2")
    assert "expires" in small(*answer, "--proof", whole + "; expires=2020-06-01")
    small(*answer, "--proof", "title=List; colour=red", code=2)
    small(*answer, "--proof", "title=List; and a word more", code=2)


def test_report_and_verify(small: Runner) -> None:
    pdf = small.folder / "r.pdf"
    for kind in ("html", "json", "pdf"):
        out = small.folder / f"r.{kind}"
        small("report", small.file, "-o", out, "--format", kind, "--date", "2026-12-14")
        assert out.stat().st_size > 1000
    assert "nothing" in small("verify", small.file, pdf).lower()
    small("set", small.file, "workflow", "w1", "purpose=Pay on time")
    assert "Change workflow w1" in small("verify", small.file, pdf, code=1)


@pytest.mark.parametrize("command", list(cli.COMMANDS))
def test_every_command_explains_itself(command: str, run: Runner) -> None:
    assert re.search(r"Usage: plumbline " + command, run(command, "--help"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_window_says_so_instead_of_dying(tmp_path: Path, root: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {k: v for k, v in os.environ.items() if k not in hidden} | {"PYTHONPATH": str(root)}
    ran = subprocess.run(
        [sys.executable, "-m", "app", "audit.plumb"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "no display" in ran.stderr
    assert "Commands" in ran.stdout
