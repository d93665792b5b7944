"""Who may import whom: the contracts in pyproject.toml hold, and each of them bites."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

VIOLATIONS = {
    "layers": ("domain/ids.py", "import app.charts"),
    "siblings": ("store/__init__.py", "import app.report"),
    "domain": ("domain/ids.py", "import app.words"),
    "effects": ("domain/ids.py", "import os"),
    "document": ("document.py", "import app.words"),
    "qt": ("report/__init__.py", "import PySide6.QtGui"),
    "pyqtgraph": ("charts/__init__.py", "import pyqtgraph"),
    "sqlite": ("commands/__init__.py", "import sqlite3"),
    "numpy": ("domain/ids.py", "import numpy"),
    "engines": ("exchange/__init__.py", "import typst"),
    "telemetry": ("exchange/__init__.py", "import duckdb"),
    "click": ("store/__init__.py", "import click"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def house(root: Path, tmp_path: Path) -> Path:
    """A copy of the package that may be spoilt."""
    shutil.copytree(root / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_keeps_its_contracts(house: Path) -> None:
    outcome = lint(house)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_contract_bites(house: Path, contract: str) -> None:
    module, line = VIOLATIONS[contract]
    with (house / "app" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    outcome = lint(house)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert line.split()[1].split(".")[0] in outcome.stdout
