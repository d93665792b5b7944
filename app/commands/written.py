"""What a command writes: the format its file's name asks for, and how it says what it holds."""

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

from app.exchange.paths import target
from app.report.verified import Written

ENDINGS: Final = MappingProxyType({"htm": "html", "zip": "csv"})
"""Endings that are not called as their format is; a CSV report is a zip of tables."""

KIND: Final = "Of the file; the ending of its name, else pdf."


def kind_of(out: Path, asked: str | None, kinds: Sequence[str]) -> str:
    """The format asked for, else the one that the file's name ends in, else the first of `kinds`.

    UsageError where the two are at odds, or where no format is asked for and none ends so.
    ExportFailed where that file may not be written.
    """
    target(out)
    ending = out.suffix.lstrip(".").lower()
    named = ENDINGS.get(ending, ending)
    if asked is None and (named in kinds or not ending):
        return named or kinds[0]
    if asked is None:
        raise click.UsageError(
            f"No format of this command ends in .{ending}. The audit is safe and nothing was "
            f"written. End the name in one of {', '.join(kinds)}, or choose one with --format."
        )
    if named in kinds and named != asked:
        raise click.UsageError(
            f"{out.name} is named as {named.upper()}, and --format asks for {asked.upper()}. The "
            "audit is safe and nothing was written. Leave out --format, or give the file another "
            "name."
        )
    return asked


def held(written: Written) -> str:
    """What was read back: pages and rows where the format has them, and bytes."""
    counts = ((written.pages, "page"), (written.rows, "row"), (written.size, "byte"))
    return ", ".join(f"{n:,} {unit}{'' if n == 1 else 's'}" for n, unit in counts if n is not None)
