"""`check.py` runs every step, says what failed last, and answers with the first failure's code."""

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def check(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(root / "packaging")
    module = importlib.import_module("check")
    monkeypatch.setattr(module.environment, "prepare", lambda *_, **__: tmp_path)
    monkeypatch.setattr(module, "libraries", lambda: 0)
    monkeypatch.setattr(module, "validator", lambda: 0)
    return module


def steps_with(codes: list[int], done: list[int]) -> Callable[..., list[tuple[str, Callable]]]:
    def one(number: int, code: int) -> Callable[[], int]:
        return lambda: done.append(number) or code

    return lambda *_: [(f"step {n}", one(n, code)) for n, code in enumerate(codes)]


def test_all_steps_run_and_the_first_failure_is_the_answer(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[int] = []
    monkeypatch.setattr(check, "usual_steps", steps_with([0, 3, 0, 4], done))
    assert check.check(full=False) == 3
    assert done == [0, 1, 2, 3]
    last = capsys.readouterr().out.splitlines()[-2:]
    assert last == ["FAILED: step 1 (code 3)", "FAILED: step 3 (code 4)"]


def test_a_clean_check_answers_zero(check: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "usual_steps", steps_with([0, 0], []))
    assert check.check(full=False) == 0


@pytest.mark.parametrize("full", [False, True])
def test_the_steps_are_the_ones_promised(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, full: bool
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(check, "command", lambda *words: lambda: ran.append(list(words)) or 0)
    assert check.check(full) == 0
    tools = [[str(word) for word in words[1:]] for words in ran]
    usual = [
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "ruff", "check", "."],
        ["-m", "mypy"],
        [],
        ["-m", "pytest", *check.SPREAD, *(["-m", ""] if full else [])],
    ]
    oldest = [["-m", "pytest", "tests/domain"]] if full else []
    assert tools == oldest + usual
