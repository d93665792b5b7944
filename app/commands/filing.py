"""Commands about the file itself: history, checks, copies, JSON both ways."""

from pathlib import Path

import click

from app.commands.naming import person_id, person_name
from app.commands.opening import AS, FILE, JSON, create, now, reading, today, writing
from app.commands.output import columns, emit
from app.domain.checks import checks, has_contradiction
from app.domain.edits import workshop
from app.domain.ids import SnapshotId
from app.errors import EditError
from app.exchange.audit_json import audit_from_json, audit_to_json
from app.exchange.paths import read_whole, write_whole
from app.store.file import AuditFile
from app.words import Words

OUT = click.option("-o", "out", required=True, type=click.Path(path_type=Path))


@click.command("undo")
@FILE
@AS
def undo_command(file: Path, as_person: str | None) -> None:
    """Take the last step back."""
    with writing(file, as_person) as document:
        label = document.history.done[-1].label if document.history.done else ""
        document.undo()
        click.echo(f"Undone: {label}")


@click.command("redo")
@FILE
@AS
def redo_command(file: Path, as_person: str | None) -> None:
    """Do the step undone last again."""
    with writing(file, as_person) as document:
        label = document.history.undone[-1].label if document.history.undone else ""
        document.redo()
        click.echo(f"Done again: {label}")


@click.command("history")
@FILE
@JSON
def history_command(file: Path, as_json: bool) -> None:
    """Every change, newest last."""
    with reading(file) as (opened, audit):
        rows = [
            {
                "sequence": entry.sequence,
                "at": entry.at.isoformat(),
                "by": person_name(audit, entry.by),
                "kind": entry.kind.value,
                "label": entry.label,
                "step": entry.step,
                "hash": entry.hash if as_json else entry.hash[:12],
            }
            for entry in opened.entries()
        ]
    emit(rows) if as_json else columns(rows, empty="Nothing has happened yet.")


@click.command("check")
@FILE
@JSON
def check_command(file: Path, as_json: bool) -> int:
    """Examine the file and the record. Exit 1 only for damage or a contradiction."""
    with reading(file) as (opened, audit):
        broken = opened.read_only
        words = Words(audit.organisation.language)
        found = checks(audit, today())
        sequence, head = opened.head
    rows = [
        {
            "severity": f.severity.value,
            "kind": f.kind,
            "where": "/".join((f.collection, *f.keys, *([f.field] if f.field else []))),
            "text": words(f"finding.{f.kind}", **f.values),
        }
        for f in found
    ]
    chain = {"holds": broken is None, "sequence": sequence, "head": head, "why": broken}
    if as_json:
        emit({"file": str(file), "chain": chain, "findings": rows})
    else:
        click.echo(broken or f"The file is sound; {sequence} entries, chain {head[:12]}.")
        columns(rows, empty="Nothing is missing and nothing contradicts.")
    return int(broken is not None or has_contradiction(found))


@click.command("snapshot")
@FILE
@click.argument("name")
@AS
def snapshot_command(file: Path, name: str, as_person: str | None) -> None:
    """Keep the audit as it is now under NAME."""
    with writing(file, as_person) as document:
        opened = document.file
        assert isinstance(opened, AuditFile)
        body = opened.put_snapshot_body(audit_to_json(document.audit))
        sequence, _ = opened.head
        taken = {record.name for record in document.audit.snapshots.values()}
        if name in taken:
            raise EditError(
                f"There is a snapshot “{name}” already; nothing was changed. Choose another name."
            )
        new = SnapshotId(f"s{len(taken) + 1}")
        document.apply(f"Snapshot {name}", workshop.take_snapshot, new, name, now(), sequence, body)
    click.echo(f"Kept this moment as “{name}”.")


@click.command("copy")
@FILE
@click.argument("out", type=click.Path(path_type=Path))
def copy_command(file: Path, out: Path) -> None:
    """Save a copy of FILE as OUT, complete with its history."""
    with reading(file) as (opened, _):
        opened.copy_to(out)
    click.echo(f"Copied {file} to {out}.")


@click.command("export")
@FILE
@OUT
def export_command(file: Path, out: Path) -> None:
    """Write the whole audit as JSON, lossless."""
    with reading(file) as (_, audit):
        body = audit_to_json(audit)
    write_whole(out, body)
    click.echo(f"Wrote {len(body):,} bytes to {out}.")


@click.command("restore")
@click.argument("source", metavar="IN.json", type=click.Path(path_type=Path))
@click.option("-o", "file", required=True, type=click.Path(path_type=Path))
@AS
def restore_command(source: Path, file: Path, as_person: str | None) -> None:
    """Make the audit file FILE from a JSON written by `export`."""
    audit = audit_from_json(read_whole(source))
    by = person_id(audit, as_person) if as_person else None
    create(file, audit, f"Restored from {source.name}", by)
    click.echo(f"Restored {source} as {file}.")
