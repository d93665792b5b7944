"""`start.py` opens the workbench, or writes the sample's decision brief where it cannot."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest


class Program:
    """Stands in for `python -m app` and keeps what it was asked."""

    def __init__(self) -> None:
        self.runs: list[list[str]] = []
        self.codes: dict[str, int] = {}

    def __call__(self, _folder: Path, *arguments: str | Path) -> int:
        words = [str(word) for word in arguments]
        self.runs.append(words)
        if words[:1] == ["sample"]:
            Path(words[1]).write_text("sample")
        return self.codes.get(words[0] if words else "", 0)


@pytest.fixture
def start(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(root / "packaging")
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module("start")
    monkeypatch.setattr(module.environment, "prepare", lambda: tmp_path)
    monkeypatch.setattr(module.environment, "ensure_libraries", lambda *_: True)
    return module


@pytest.fixture
def program(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Program:
    program = Program()
    monkeypatch.setattr(start, "plumbline", program)
    return program


SAMPLE = ["sample", "sample-audit.plumb"]
BRIEF = ["report", "sample-audit.plumb", "-o", "sample-audit.pdf"]


@pytest.mark.parametrize(
    ("display", "file", "expected"),
    [
        (False, None, [SAMPLE, BRIEF]),
        (True, None, [[]]),
        (True, "my.plumb", [["my.plumb"]]),
        (False, "my.plumb", [["report", "my.plumb", "-o", "my.pdf"]]),
    ],
)
def test_what_is_run(
    start: ModuleType,
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
    display: bool,
    file: str | None,
    expected: list[list[str]],
) -> None:
    monkeypatch.setattr(start.environment, "has_display", lambda: display)
    assert start.start(Path(file) if file else None) == 0
    assert program.runs == expected


def test_a_sample_that_is_there_is_used_and_named(
    start: ModuleType,
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(start.environment, "has_display", lambda: False)
    (tmp_path / "sample-audit.plumb").write_text("mine")
    assert start.start(None) == 0
    assert program.runs == [BRIEF]
    assert (tmp_path / "sample-audit.plumb").read_text() == "mine"
    said = capsys.readouterr().out
    assert str(tmp_path / "sample-audit.plumb") in said
    assert str(tmp_path / "sample-audit.pdf") in said


@pytest.mark.parametrize("failing", ["sample", "report"])
def test_a_failure_is_the_exit_code(
    start: ModuleType, program: Program, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    monkeypatch.setattr(start.environment, "has_display", lambda: False)
    program.codes[failing] = 1
    assert start.start(None) == 1
