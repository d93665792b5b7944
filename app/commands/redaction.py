"""The command that says, line by line, what an audience will not be shown."""

from pathlib import Path

import click

from app.commands.opening import FILE, JSON, reading
from app.commands.output import emit, plain
from app.report.brand import Brand, read_brand
from app.report.hidden import by_kind, redactions
from app.report.model import Audience
from app.words import Words, languages


@click.command("redaction")
@FILE
@click.option(
    "--audience",
    type=click.Choice([a.value for a in Audience]),
    required=True,
    help="executive: roles and initials. external: pseudonyms.",
)
@click.option("--brand", metavar="DIR", type=click.Path(path_type=Path), help="Folder of a brand.")
@click.option("--language", type=click.Choice(languages()), help="The audit's own.")
@JSON
def redaction_command(
    file: Path, audience: str, brand: Path | None, language: str | None, as_json: bool
) -> None:
    """Say exactly what disappears from a report for this audience."""
    look = read_brand(brand) if brand else Brand()
    with reading(file) as (_, audit):
        pass
    words = Words(language or look.language or audit.organisation.language)
    reader = Audience(audience)
    found = redactions(audit, reader, words, look)
    if as_json:
        # Each is one text: sums of n by kind are the counts.
        emit([{"kind": h.kind, "was": h.was, "instead": h.instead, "n": 1} for h in found])
        return
    for heading, group in by_kind(found, words):
        click.echo(heading)
        for each in group:
            click.echo(f"  {plain(each.was)} → {plain(each.instead)}")
    if not found:
        click.echo(words("hides.nothing"))
