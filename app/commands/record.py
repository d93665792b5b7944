"""Commands that start an audit and set or remove its records."""

from functools import partial
from pathlib import Path

import click
import msgspec

from app.commands.fields import KINDS, address, typed
from app.commands.naming import person_id
from app.commands.opening import AS, FILE, create, writing
from app.domain.audit import COLLECTION, Audit
from app.domain.edits import records
from app.domain.ids import PersonId
from app.domain.landscape import Organisation, Person
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference
from app.exchange.sample import sample_audit

KIND = click.argument("kind", type=click.Choice(list(KINDS)))


@click.command("sample")
@FILE
@AS
def sample_command(file: Path, as_person: str | None) -> None:
    """Write the complete fictitious audit to FILE."""
    audit = sample_audit()
    create(file, audit, "Sample audit", person_id(audit, as_person) if as_person else None)
    click.echo(f"Wrote the sample audit to {file}: {len(audit.workflows)} workflows, fictitious.")


@click.command("new")
@FILE
@click.option("--title", required=True, help="Title of the audit.")
@click.option("--organisation", default="", help="Whose workflows are audited.")
@AS
def new_command(file: Path, title: str, organisation: str, as_person: str | None) -> None:
    """Start an empty audit in FILE; --as NAME records its first person."""
    frame = Organisation(title=title, name=organisation)
    audit = Audit(default_bank(), default_reference(), organisation=frame)
    first = PersonId("p1") if as_person else None
    if first:
        audit = records.put(audit, "people", (first,), Person(name=as_person or ""))
    create(file, audit, "New audit", first)
    click.echo(f"Started “{title}” in {file}.")


@click.command("set")
@FILE
@KIND
@click.argument("id_", metavar="ID")
@click.argument("pairs", metavar="[FIELD=VALUE]...", nargs=-1)
@AS
def set_command(
    file: Path, kind: str, id_: str, pairs: tuple[str, ...], as_person: str | None
) -> None:
    """Add or change a record.

    Two ids are written with a slash: link WORKFLOW/SOURCE, stage WORKFLOW/STAGE,
    evidence TARGET/EVIDENCE, and policy POLICY/WORKFLOW for where a policy is enforced.
    """
    with writing(file, as_person) as document:
        collection, keys = address(document.audit, kind, id_)
        fields = typed(document.audit, collection, pairs)
        if collection == "evidence":
            fields["target"] = keys[0]
        if _exists(document.audit, collection, keys):
            change = partial(records.amend, collection=collection, keys=keys, **fields)
            changed = document.apply(f"Change {kind} {id_}", change)
            click.echo(f"Changed {kind} {id_}." if changed else f"{kind} {id_} says that already.")
            return
        kind_of = COLLECTION[collection].kind
        try:
            record = kind_of(**fields)
        except TypeError:
            raise click.UsageError(_lacking(kind, id_, kind_of, fields)) from None
        document.apply(f"Add {kind} {id_}", records.put, collection, keys, record)
        click.echo(f"Added {kind} {id_}.")


@click.command("remove")
@FILE
@KIND
@click.argument("id_", metavar="ID")
@AS
def remove_command(file: Path, kind: str, id_: str, as_person: str | None) -> None:
    """Take a record out, with what hangs on it; `undo` brings all of it back."""
    with writing(file, as_person) as document:
        collection, keys = address(document.audit, kind, id_)
        if not keys:
            raise click.UsageError(f"Every audit has one {kind} record; set its fields instead.")
        changes = document.apply(f"Remove {kind} {id_}", records.remove, collection, keys)
        click.echo(f"Removed {kind} {id_}. Records changed with it: {len(changes) - 1}.")


def _exists(audit: Audit, collection: str, keys: tuple[str, ...]) -> bool:
    place = getattr(audit, collection)
    for key in keys:
        place = place.get(key, {})
    return bool(place != {})


def _lacking(kind: str, id_: str, record: type[msgspec.Struct], fields: dict[str, object]) -> str:
    required = [
        f.encode_name
        for f in msgspec.structs.fields(record)
        if f.required and f.encode_name not in fields
    ]
    return f"There is no {kind} {id_} yet; to add it, give {', '.join(required)}."
