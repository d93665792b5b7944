"""The command that attaches files to evidence and writes them out again."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from app.commands.fields import address
from app.commands.opening import AS, FILE, JSON, reading, today, writing
from app.commands.output import columns, emit
from app.domain.answers import Evidence
from app.domain.audit import Audit
from app.domain.edits.evidence import attach_file, detach_file
from app.domain.ids import EvidenceId, QuestionId, Target
from app.errors import EditError
from app.exchange.attachment import media_type, opened, write_parts
from app.store.file import AuditFile


@click.command("evidence")
@FILE
@click.argument("id_", metavar="[TARGET/ID]", required=False)
@click.option("--attach", type=click.Path(path_type=Path), help="Keep this file's bytes.")
@click.option("--title", help="Title of a new piece of evidence; else the file's name.")
@click.option("--question", help="Question a new piece bears on.")
@click.option("--save", type=click.Path(path_type=Path), help="Write the bytes to a new file.")
@click.option("--remove", is_flag=True, help="Take the file away; `undo` brings it back.")
@JSON
@AS
def evidence_command(
    file: Path,
    id_: str | None,
    attach: Path | None,
    title: str | None,
    question: str | None,
    save: Path | None,
    remove: bool,
    as_json: bool,
    as_person: str | None,
) -> None:
    """List evidence; attach a file to a piece of it, save the file, or take it away."""
    if sum((attach is not None, save is not None, remove)) > 1:
        raise click.UsageError("Give one of --attach, --save and --remove.")
    if id_ is None:
        if attach or save or remove:
            raise click.UsageError("Name the piece of evidence: TARGET/ID.")
        _list(file, as_json)
    elif attach:
        _attach(file, id_, attach, title, question, as_person)
    elif remove:
        with writing(file, as_person) as document:
            target, key = _keys(document.audit, id_)
            document.apply(f"Remove the file of {id_}", detach_file, target, key)
        click.echo(f"{id_} has no file any more; undo brings it back.")
    else:
        _save(file, id_, save, as_json)


def _keys(audit: Audit, id_: str) -> tuple[Target, EvidenceId]:
    _, keys = address(audit, "evidence", id_)
    return Target(keys[0]), EvidenceId(keys[1])


def _attach(
    file: Path,
    id_: str,
    path: Path,
    title: str | None,
    question: str | None,
    as_person: str | None,
) -> None:
    with writing(file, as_person) as document:
        target, key = _keys(document.audit, id_)
        store = document.file
        assert isinstance(store, AuditFile)
        with opened(path) as stream:
            digest, size = store.put_evidence(stream)
        edit = partial(
            attach_file,
            target=target,
            key=key,
            title=title or path.stem.strip() or path.name,
            sha256=digest,
            media_type=media_type(path),
            day=today(),
            question=QuestionId(question) if question else None,
        )
        document.apply(f"Attach {path.name} to {id_}", edit)
    click.echo(f"Attached {path.name} ({size:,} bytes) to {id_}.")


def _save(file: Path, id_: str, save: Path | None, as_json: bool) -> None:
    with reading(file) as (store, audit):
        target, key = _keys(audit, id_)
        record = audit.evidence.get(target, {}).get(key)
        if record is None:
            raise EditError(f"There is no evidence {id_}. Nothing was changed; list shows all.")
        if save is None:
            emit(_row(target, key, record)) if as_json else _print(target, key, record)
            return
        if not record.sha256:
            raise EditError(f"The evidence {id_} has no file. Nothing was written.")
        write_parts(save, store.read_evidence(record.sha256))
    click.echo(f"Wrote the file of {id_} to {save}.")


def _print(target: Target, key: EvidenceId, record: Evidence) -> None:
    columns([_row(target, key, record)], empty="")


def _list(file: Path, as_json: bool) -> None:
    with reading(file) as (_, audit):
        rows = [
            _row(target, key, record)
            for target, group in sorted(audit.evidence.items())
            for key, record in sorted(group.items())
        ]
    emit(rows) if as_json else columns(rows, empty="There is no evidence yet.")


def _row(target: Target, key: EvidenceId, record: Evidence) -> Mapping[str, Any]:
    return {
        "id": f"{target}/{key}",
        "question": record.question,
        "presence": record.presence,
        "file": record.media_type if record.sha256 else None,
        "sha256": record.sha256[:12] or None,
        "title": record.title,
    }
