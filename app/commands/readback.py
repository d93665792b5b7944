"""The command that takes in what people changed in a report's sheet."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from app.commands.naming import person_name
from app.commands.opening import AS, FILE, JSON, reading, today, writing
from app.commands.output import columns, emit
from app.domain.audit import Audit
from app.domain.edits.read_back import FIELDS, FieldKind, Value, take_sheet
from app.domain.ids import PersonId
from app.exchange.paths import read_whole
from app.exchange.sheet_reading import SheetChange, SheetChanges, read_sheet
from app.store.file import AuditFile


@click.command("readback")
@FILE
@click.argument("sheet", metavar="SHEET.xlsx", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="Only show the differences; nothing is taken.")
@click.option("--conflicts", is_flag=True, help="Take the sheet's value where both changed.")
@JSON
@AS
def readback_command(
    file: Path,
    sheet: Path,
    preview: bool,
    conflicts: bool,
    as_json: bool,
    as_person: str | None,
) -> int:
    """Take in what people changed in a report's SHEET.xlsx, as one step that undo takes back.

    Exit 1 where something in the sheet had to be left out.
    """
    data = read_whole(sheet)
    if preview:
        with reading(file) as (opened, audit):
            found = read_sheet(data, sheet.name, audit, today(), _hashes(opened))
        taken = 0
    else:
        with writing(file, as_person) as document:
            opened_file = document.file
            assert isinstance(opened_file, AuditFile)
            audit = document.audit
            found = read_sheet(data, sheet.name, audit, today(), _hashes(opened_file))
            edits = found.edits(conflicts=conflicts)
            if edits:
                document.apply(f"Read back {sheet.name}", take_sheet, edits)
            taken = len(edits)
    left = len(found.unread) + (0 if conflicts else len(found.conflicting))
    if as_json:
        emit(_json(found, taken))
    else:
        _show(found, audit, sheet, taken, preview=preview, conflicts=conflicts)
    return int(left > 0)


def _hashes(file: AuditFile) -> Callable[[int], str | None]:
    known = {entry.sequence: entry.hash for entry in file.entries()}
    return known.get


def _show(
    found: SheetChanges,
    audit: Audit,
    sheet: Path,
    taken: int,
    *,
    preview: bool,
    conflicts: bool,
) -> None:
    if not (found.changed or found.conflicting or found.unread):
        click.echo(f"{sheet} says what the audit says; nothing was changed.")
        return
    if found.changed:
        columns([_line(change, audit) for change in found.changed], empty="")
    if found.conflicting:
        said = "the sheet wins" if conflicts else "the audit stays as it is; --conflicts takes them"
        click.echo(f"Changed in the sheet and in the audit, {said}:")
        rows = [
            {**_line(change, audit), "audit": _said(change, change.now, audit)}
            for change in found.conflicting
        ]
        columns(rows, empty="")
    for each in found.unread:
        click.echo(f"  left out: {each.place}: {each.why}")
    done = (
        "Nothing was taken, this is a preview"
        if preview
        else f"Took {taken} {'change' if taken == 1 else 'changes'}"
    )
    click.echo(
        f"{done}: {len(found.changed)} changed, {len(found.conflicting)} in conflict, "
        f"{len(found.unread)} left out."
    )


def _line(change: SheetChange, audit: Audit) -> dict[str, str]:
    return {
        "where": change.place,
        "record": change.edit.key,
        "column": change.column,
        "was": _said(change, change.written, audit),
        "sheet": _said(change, change.edit.value, audit),
    }


def _said(change: SheetChange, value: Value, audit: Audit) -> str:
    if value is None:
        return "–"
    if FIELDS[change.edit.register][change.edit.field] is FieldKind.PERSON:
        return person_name(audit, PersonId(str(value))) or str(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _json(found: SheetChanges, taken: int) -> dict[str, Any]:
    return {
        "sequence": found.sequence,
        "taken": taken,
        "changed": _changes(found.changed),
        "conflicting": _changes(found.conflicting),
        "unread": [{"place": each.place, "why": each.why} for each in found.unread],
    }


def _changes(changes: Iterable[SheetChange]) -> list[Mapping[str, Any]]:
    return [
        {
            "register": change.edit.register.value,
            "key": change.edit.key,
            "field": change.edit.field,
            "place": change.place,
            "written": _plain(change.written),
            "sheet": _plain(change.edit.value),
            "audit": _plain(change.now),
        }
        for change in changes
    ]


def _plain(value: Value) -> str | float | None:
    return value.isoformat() if isinstance(value, dt.date) else value
