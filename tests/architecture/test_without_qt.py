"""The whole command line runs where there is no Qt at all, and `--help` where nothing is loaded."""

import json
import os
import subprocess
import sys
from pathlib import Path

from app.cli import COMMANDS

# Runs every command in one process, as `plumbline` does, with Qt made impossible to import.
DRIVER = """
import json, sys
for name in ("PySide6", "shiboken6", "pyqtgraph"):
    sys.modules[name] = None
from app.__main__ import main

codes = []
for words in json.load(sys.stdin):
    sys.argv = ["plumbline", *words]
    try:
        code = main()
    except SystemExit as leaving:
        code = leaving.code
    codes.append([words[0], code or 0])
print("\\n" + json.dumps(codes))
"""

INVENTORY = "Use case ID,Use case name,Owner\nA-1,Claims triage,Ana Lund\nA-2,Price advice,Bo Ek\n"
ANSWERS = "workflow,source,question,level,grade,by,reason,note\nw1,,WF-02,1,asserted,,,\n"

HELP = """
import sys
from app.__main__ import main
sys.argv = ["plumbline", "--help"]
try:
    main()
except SystemExit:
    pass
print("\\n" + " ".join(sorted(sys.modules)))
"""


def session() -> list[list[str]]:
    """Every command of the contract at least once, on a small audit and on the sample."""
    return [
        ["new", "a.plumb", "--title", "Small audit", "--organisation", "Example"],
        ["set", "a.plumb", "person", "p1", "name=Ana Lund"],
        ["set", "a.plumb", "workflow", "w1", "name=Invoice matching", "--as", "Ana Lund"],
        ["set", "a.plumb", "source", "s1", "name=Price list"],
        ["set", "a.plumb", "link", "w1/s1", "importance=3"],
        ["remove", "a.plumb", "source", "s1"],
        ["undo", "a.plumb"],
        ["redo", "a.plumb"],
        ["answer", "a.plumb", "-q", "RT-01", "-w", "Invoice matching", "--level", "2"],
        ["answer", "a.plumb", "-q", "GC-02", "-w", "w1", "--level", "unknown"],
        ["answers", "a.plumb", "--template", "sheet.csv"],
        ["answers", "a.plumb", "answers.csv"],
        ["import", "a.plumb", "inventory.csv", "--json"],
        *[["list", "a.plumb", what] for what in ("workflows", "questions", "people", "sources")],
        *[["list", "a.plumb", what] for what in ("policies", "conditions", "gaps", "actions")],
        ["list", "a.plumb", "find-out", "--json"],
        ["evidence", "a.plumb", "w1/e1", "--attach", "inventory.csv"],
        ["bank", "a.plumb", "--preview", "--json"],
        ["score", "a.plumb", "--json"],
        ["plan", "a.plumb", "--json"],
        ["history", "a.plumb", "--json"],
        ["check", "a.plumb", "--json"],
        ["snapshot", "a.plumb", "before the workshop"],
        ["copy", "a.plumb", "copy.plumb"],
        ["merge", "a.plumb", "copy.plumb", "--preview"],
        ["compare", "a.plumb", "before the workshop", "--json"],
        ["reaudit", "a.plumb", "-o", "next.plumb"],
        ["blank", "a.plumb", "p1", "--yes"],
        ["export", "a.plumb", "-o", "a.json"],
        ["restore", "a.json", "-o", "again.plumb"],
        ["sample", "sample.plumb"],
        ["score", "sample.plumb"],
        ["plan", "sample.plumb"],
        ["report", "sample.plumb", "-o", "brief.pdf"],
        ["report", "sample.plumb", "-o", "brief.html", "--format", "html"],
        ["report", "sample.plumb", "-o", "brief.json", "--format", "json"],
        ["report", "sample.plumb", "-o", "brief.zip", "--format", "csv"],
        ["report", "sample.plumb", "-o", "brief.xlsx", "--format", "xlsx"],
        ["redaction", "sample.plumb", "--audience", "external"],
        ["minutes", "sample.plumb", "-o", "minutes.docx", "--session", "1", "--format", "docx"],
        ["readback", "sample.plumb", "brief.xlsx", "--preview", "--json"],
        ["verify", "sample.plumb", "brief.pdf"],
        ["prework", "sample.plumb", "-o", "before", "--format", "xlsx"],
        ["prework", "sample.plumb", "--read", "before/prework-Zoë-Lindqvist.xlsx"],
        ["roompack", "sample.plumb", "-o", "room.pdf"],
    ]


def run(
    program: str, root: Path, folder: Path, given: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        input=given,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_the_whole_command_line_runs_without_qt(root: Path, tmp_path: Path) -> None:
    (tmp_path / "inventory.csv").write_text(INVENTORY, encoding="utf-8")
    (tmp_path / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    outcome = run(DRIVER, root, tmp_path, json.dumps(session()))
    assert outcome.returncode == 0, outcome.stderr
    codes = json.loads(outcome.stdout.splitlines()[-1])
    assert [code for code in codes if code[1]] == [], outcome.stderr
    assert {words[0] for words in session()} == set(COMMANDS)
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF-")


def test_help_loads_only_the_command_table(root: Path, tmp_path: Path) -> None:
    outcome = run(HELP, root, tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    loaded = set(outcome.stdout.splitlines()[-1].split())
    ours = {name for name in loaded if name.split(".")[0] == "app"}
    assert ours <= {"app", "app.__main__", "app.cli", "app.errors"}
    heavy = {"numpy", "sqlite3", "sqlite_utils", "typst", "jinja2", "openpyxl", "msgspec"}
    assert not heavy & loaded
