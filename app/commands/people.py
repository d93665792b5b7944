"""The command that removes a person's name for good."""

from functools import partial
from pathlib import Path

import click

from app.commands.naming import person_id
from app.commands.opening import AS, FILE, writing
from app.domain.edits import records
from app.domain.mentions import mentions
from app.store.file import AuditFile
from app.words import Words


@click.command("blank")
@FILE
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask; it cannot be undone.")
@AS
def blank_command(file: Path, person: str, yes: bool, as_person: str | None) -> None:
    """Remove the name of PERSON for good, from the record and from the whole history.

    Role, seat, answers and votes stay, under a stand-in. The journal's chain still holds.
    """
    with writing(file, as_person) as document:
        opened, audit = document.file, document.audit
        assert isinstance(opened, AuditFile)
        id_ = person_id(audit, person)
        name = audit.people[id_].name
        stand_in = Words(audit.organisation.language)("label.name_removed", id=id_)
        texts = sum(mentions(audit, id_).values())
        labels = sum(name.casefold() in entry.label.casefold() for entry in opened.entries())
        click.echo(
            f"“{name}” becomes “{stand_in}” everywhere in the record and its history. "
            f"What is not reached: {texts} records with the name in a text, {labels} labels of "
            f"the history, {len(audit.snapshots)} snapshots, and copies and reports made before."
        )
        if not yes:
            click.confirm("This cannot be undone. Remove the name?", abort=True)
        named = partial(records.amend, collection="people", keys=(id_,), name=stand_in)
        document.apply(f"Remove the name of {id_}", named)
        opened.blank_name(id_, stand_in)
    click.echo("The name was removed.")
