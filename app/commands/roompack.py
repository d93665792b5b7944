"""The command that writes what hangs and lies in the room."""

import datetime as dt
from pathlib import Path

import click
from msgspec.structs import replace

from app.commands.opening import FILE, TODAY, progress, reading
from app.commands.opening import today as this_day
from app.exchange.bank_translation import bank_in
from app.exchange.paths import write_whole
from app.report.handouts.room_pack import render_room_pack
from app.report.handouts.typesetting import count_pages
from app.report.model import PageSize
from app.words import Words, languages


@click.command("roompack")
@FILE
@click.option("-o", "out", metavar="OUT.pdf", required=True, type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(languages()), help="The audit's own.")
@click.option("--page", type=click.Choice([p.value for p in PageSize]), default=PageSize.A4.value)
@TODAY
def roompack_command(
    file: Path, out: Path, language: str | None, page: str, today: dt.datetime | None
) -> None:
    """Write cards, posters, attendance list, ballots and the next agenda as one PDF."""
    with reading(file) as (_, audit):
        words = Words(language or audit.organisation.language)
    with progress(words("pack.title"), 2) as bar:
        audit = replace(audit, bank=bank_in(audit.bank, words.language))
        day = today.date() if today else this_day()
        body = render_room_pack(audit, words, PageSize(page), day)
        bar.update(1)
        pages = count_pages(body)
        bar.update(1)
    write_whole(out, body)
    click.echo(f"Wrote {out}: {pages} pages, {len(body):,} bytes.")
