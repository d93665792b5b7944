"""The commands about two moments or two files of one audit: merge, compare, begin the next one."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from app.commands.naming import person_id, person_name
from app.commands.opening import AS, FILE, JSON, now, reading, writing
from app.commands.output import emit
from app.document import Document
from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits import workshop
from app.domain.ids import SnapshotId
from app.domain.joining import Joining, join, park_lost
from app.domain.merge import Conflict
from app.domain.reaudit import reaudit
from app.errors import EditError
from app.exchange.audit_json import audit_to_json
from app.exchange.conflict_text import conflict_text
from app.store.file import AuditFile
from app.store.siblings import Siblings, begin_from, carry, siblings
from app.words import Words

OTHER = click.argument("other", type=click.Path(path_type=Path, readable=False))


@click.command("merge")
@FILE
@OTHER
@click.option("--preview", is_flag=True, help="Say what would come in; change nothing.")
@JSON
@AS
def merge_command(
    file: Path, other: Path, preview: bool, as_json: bool, as_person: str | None
) -> None:
    """Take into FILE what was done in OTHER, a copy of the same audit, as one step."""
    if file.resolve() == other.resolve():
        raise EditError(f"{file} and {other} are one file. Nothing was changed.")
    with AuditFile.open(other, write=False) as theirs:
        if preview:
            with AuditFile.open(file, write=False) as mine:
                pair = siblings(mine, theirs)
                found = join(pair.base, pair.first, pair.second)
                _tell(file, other, pair, found, as_json=as_json, done=False)
            return
        with writing(file, as_person) as document:
            ours = document.file
            assert isinstance(ours, AuditFile)
            pair = siblings(ours, theirs)
            found = join(pair.base, pair.first, pair.second)
            words = Words(document.audit.organisation.language)
            tell = partial(conflict_text, audit=found.audit, words=words)
            joined = park_lost(found.audit, found.conflicts, tell)
            if diff(document.audit, joined):
                carry(ours, theirs, joined)
                _keep_moment(document, ours, words("merge.before", file=other.name))
                names = [person_name(joined, p) or p for p in pair.authors]
                who = f" ({', '.join(names)})" if names else ""
                label = words("merge.label", file=other.name) + who
                document.apply(label, lambda audit: _with_snapshots(joined, audit))
    _tell(file, other, pair, found, as_json=as_json, done=True)


def _with_snapshots(joined: Audit, now_: Audit) -> Audit:
    """The joined audit, beside the snapshot that was taken just before."""
    return msgspec.structs.replace(joined, snapshots={**joined.snapshots, **now_.snapshots})


def _keep_moment(document: Document, file: AuditFile, name: str) -> None:
    taken = document.audit.snapshots
    body = file.put_snapshot_body(audit_to_json(document.audit))
    new = next(s for n in range(1, len(taken) + 2) if (s := SnapshotId(f"s{n}")) not in taken)
    sequence, _ = file.head
    document.apply(name, workshop.take_snapshot, new, name, now(), sequence, body)


def _tell(
    file: Path, other: Path, pair: Siblings, found: Joining, *, as_json: bool, done: bool
) -> None:
    audit = pair.first.audit
    changes = diff(audit, found.audit)
    counts = Counter(change.collection for change in changes)
    if as_json:
        emit(
            {
                "file": str(file),
                "other": str(other),
                "merged": done and bool(changes),
                "authors": [person_name(found.audit, p) for p in pair.authors],
                "entries": pair.changes,
                "records": counts,
                "renamed": found.renamed,
                "kept": str(file if found.kept_first else other),
                "conflicts": [_conflict(c) for c in found.conflicts],
            }
        )
        return
    if not changes:
        click.echo(f"{other} holds nothing that {file} does not have; nothing was changed.")
        return
    verb = "Took over" if done else "Would take over"
    records = ", ".join(f"{name} {n}" for name, n in sorted(counts.items()))
    click.echo(f"{verb} from {other}: {records}.")
    words = Words(audit.organisation.language)
    if found.renamed:
        click.echo(words("merge.renamed", n=found.renamed))
    if found.conflicts:
        winner = file if found.kept_first else other
        click.echo(words("merge.conflicts", n=len(found.conflicts), winner=winner))
    for conflict in found.conflicts:
        click.echo(f"  {conflict_text(conflict, found.audit, words)}")


def _conflict(conflict: Conflict) -> Mapping[str, Any]:
    return {
        "where": "/".join((conflict.collection, *conflict.keys)),
        "field": conflict.field,
        "kept": msgspec.to_builtins(conflict.ours),
        "gave_way": msgspec.to_builtins(conflict.theirs),
    }


@click.command("reaudit")
@FILE
@click.option("-o", "out", required=True, type=click.Path(path_type=Path))
@AS
def reaudit_command(file: Path, out: Path, as_person: str | None) -> None:
    """Begin the next audit from this one: OUT holds what was found, all of it to be confirmed."""
    with reading(file) as (opened, audit):
        begun = reaudit(audit)
        by = person_id(audit, as_person) if as_person else None
        words = Words(audit.organisation.language)
        name = words("merge.last_audit", file=file.name)
        begin_from(opened, out, begun, audit_to_json(audit), name=name, by=by)
    proposed = sum(1 for group in begun.answers.values() for a in group.values() if a.settled)
    click.echo(
        f"Began {out}: {len(begun.workflows)} workflows, {proposed} answers to be confirmed. "
        f"The last audit is kept in it as a snapshot; {file} was not changed."
    )
