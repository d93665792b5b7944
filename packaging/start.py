"""Starts Plumbline from a checkout: `python packaging/start.py [FILE]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import environment

SAMPLE = Path("sample-audit.plumb")


def plumbline(folder: Path, *arguments: str | Path) -> int:
    """Runs the program in the person's folder; -P keeps that folder from hiding our package."""
    command = [environment.interpreter(folder), "-P", "-m", "app", *arguments]
    return subprocess.run(command, check=False).returncode


def write_brief(folder: Path, audit: Path) -> int:
    """Writes the decision brief of `audit`, and the sample audit first where it is asked for."""
    if audit == SAMPLE and not audit.exists():
        code = plumbline(folder, "sample", audit)
        if code:
            return code
    brief = Path(audit.name).with_suffix(".pdf")
    code = plumbline(folder, "report", audit, "-o", brief)
    if code == 0:
        environment.say(f"The audit: {audit.resolve()}")
        environment.say(f"Its decision brief: {brief.resolve()}")
    return code


def start(audit: Path | None) -> int:
    environment.require_python()
    folder = environment.prepare()
    environment.ensure_libraries(environment.QT_LIBRARIES, environment.WINDOW_LIBRARIES)
    if environment.has_display():
        return plumbline(folder, *([audit] if audit else []))
    environment.say("There is no display here, so no window opens.")
    return write_brief(folder, audit or SAMPLE)


def main() -> int:
    parser = argparse.ArgumentParser(description="Start Plumbline, with an audit if one is named.")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="an audit (.plumb)")
    try:
        return start(parser.parse_args().file)
    except environment.SetupFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
