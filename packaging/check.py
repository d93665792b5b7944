"""Checks the whole project: `python packaging/check.py [--full]`."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import environment

# What the PDF validator of the full check needs from Debian beside Java itself.
VALIDATOR_JARS = Path("/usr/share/java/jaxb-runtime.jar")
VALIDATOR_PACKAGE = "libjaxb-java"


def timed(name: str, step: Callable[[], int]) -> tuple[str, int]:
    """Runs one step under its name; the clock is for the reader only."""
    environment.say(f"\n--- {name}")
    started = time.monotonic()
    code = step()
    word = "ok" if code == 0 else f"failed with code {code}"
    environment.say(f"--- {name}: {word}, {time.monotonic() - started:.1f} s")
    return name, code


SPREAD = ("-n", "auto", "--dist", "loadfile")
"""Tests of one file share windows and reports made once, so they stay on one core."""


def command(*arguments: str | Path) -> Callable[[], int]:
    return lambda: subprocess.run(arguments, cwd=environment.ROOT, check=False).returncode


def libraries() -> int:
    tables = (environment.QT_LIBRARIES, environment.WINDOW_LIBRARIES)
    environment.ensure_libraries(*tables)
    # Without a display the tests draw offscreen, for which the first table is enough.
    return 1 if environment.is_linux() and environment.missing_libraries(tables[0]) else 0


def validator() -> int:
    """Makes the PDF validator usable where Java is; elsewhere its tests skip with a word."""
    if not environment.is_linux() or not shutil.which("java") or VALIDATOR_JARS.exists():
        return 0
    if not environment.install_system([VALIDATOR_PACKAGE]):
        environment.say("The PDF validator needs: " + environment.apt_command([VALIDATOR_PACKAGE]))
    return 0


def usual_steps(folder: Path, full: bool) -> list[tuple[str, Callable[[], int]]]:
    python = environment.interpreter(folder)
    selection = ["-m", ""] if full else []
    return [
        ("format", command(python, "-m", "ruff", "format", "--check", ".")),
        ("lint", command(python, "-m", "ruff", "check", ".")),
        ("types", command(python, "-m", "mypy")),
        ("contracts", command(environment.tool(folder, "lint-imports"))),
        ("tests", command(python, "-m", "pytest", *SPREAD, *selection)),
    ]


def oldest_numpy() -> int:
    folder = environment.prepare(["check"], name=".venv-oldest", oldest=True)
    return command(environment.interpreter(folder), "-m", "pytest", "tests/domain")()


def check(full: bool) -> int:
    environment.require_python()
    folder = environment.prepare(["check", "full"] if full else ["check"])
    results = [timed("system libraries", libraries)]
    if full:
        results.append(timed("oldest NumPy", oldest_numpy))
        results.append(timed("PDF validator", validator))
    results += [timed(name, step) for name, step in usual_steps(folder, full)]
    failed = [(name, code) for name, code in results if code]
    environment.say("")
    for name, code in failed:
        environment.say(f"FAILED: {name} (code {code})")
    if not failed:
        environment.say("All steps passed: " + ", ".join(name for name, _ in results) + ".")
    return failed[0][1] if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Check format, lint, types, imports and tests.")
    parser.add_argument("--full", action="store_true", help="add the slow matrices")
    started = time.monotonic()
    try:
        code = check(parser.parse_args().full)
    except environment.SetupFailed as failure:
        sys.stderr.write(f"{failure}\n")
        code = 1
    environment.say(f"The whole check took {time.monotonic() - started:.0f} s.")
    return code


if __name__ == "__main__":
    sys.exit(main())
