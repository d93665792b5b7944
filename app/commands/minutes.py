"""The command that writes the minutes of a session, or of all of them."""

import datetime as dt
from pathlib import Path

import click

from app import VERSION
from app.commands.opening import FILE, TODAY, in_the_room, progress, reading
from app.commands.opening import today as this_day
from app.commands.written import KIND, held, kind_of
from app.domain.audit import Audit
from app.domain.ids import SessionId
from app.domain.sessions import in_order
from app.errors import EditError
from app.exchange.bank_translation import bank_in
from app.exchange.paths import write_whole
from app.exchange.reference_toml import reference_in
from app.report.brand import Brand, read_brand
from app.report.build import build_minutes
from app.report.formats import MINUTES, RENDER
from app.report.inputs import Origin, in_words_of
from app.report.minutes.inputs import record_inputs
from app.report.model import Audience, PageSize
from app.report.request import Request, language_of
from app.report.verified import verified
from app.words import Words, languages


@click.command("minutes")
@FILE
@click.option(
    "-o", "out", required=True, type=click.Path(path_type=Path), help="The file to write."
)
@click.option("--session", help="Number in order of days, id or title; all of them.")
@click.option("--format", "kind", type=click.Choice(MINUTES), help=KIND)
@click.option(
    "--audience",
    type=click.Choice([a.value for a in Audience]),
    default=Audience.FULL.value,
    help="full: names. executive: roles and initials. external: pseudonyms.",
)
@click.option("--page", type=click.Choice([p.value for p in PageSize]), help="Paper; A4.")
@click.option("--language", type=click.Choice(languages()), help="The audit's own.")
@click.option("--brand", metavar="DIR", type=click.Path(path_type=Path), help="Folder of a brand.")
@TODAY
def minutes_command(
    file: Path,
    out: Path,
    session: str | None,
    kind: str | None,
    audience: str,
    page: str | None,
    language: str | None,
    brand: Path | None,
    today: dt.datetime | None,
) -> None:
    """Write the minutes of one session or of all."""
    form = kind_of(out, kind, MINUTES)
    look = read_brand(brand) if brand else Brand()
    with reading(file) as (opened, audit):
        sequence, head = opened.head
    chosen = session_id(audit, session) if session else None
    request = Request(
        Audience(audience),
        PageSize(page or look.page or PageSize.A4),
        today.date() if today else this_day(),
        brand=look,
        language=language or "",
    )
    words = Words(language_of(request, audit))
    with progress(words("section.minutes"), 2) as bar:
        origin = Origin(file.name, sequence, head, VERSION)
        inputs = record_inputs(audit, request.date, origin, in_the_room)
        reference = reference_in(audit.reference, words.language)
        inputs = in_words_of(inputs, bank_in(audit.bank, words.language), reference)
        model = build_minutes(inputs, request, words, chosen)
        bar.update(1)
        body = RENDER[form](model)
        written = verified(form, body, model, out)
        bar.update(1)
    write_whole(out, body)
    click.echo(f"Wrote {out}: {held(written)}, {audience}, record {sequence}, {head[:12]}.")


def session_id(audit: Audit, text: str) -> SessionId:
    """By id, by title, or by number in order of days. EditError lists what there is."""
    order = in_order(audit)
    titles = [audit.sessions[key].title for key in order]
    if text in order:
        return SessionId(text)
    if titles.count(text) == 1:
        return order[titles.index(text)]
    if text.isdecimal() and 1 <= int(text) <= len(order):
        return order[int(text) - 1]
    listed = ", ".join(f"{n} “{title}” ({key})" for n, (key, title) in _numbered(order, titles))
    raise EditError(
        f"There is no one session “{text}”; nothing was written. This audit has {listed or 'none'}."
    )


def _numbered(
    order: tuple[SessionId, ...], titles: list[str]
) -> list[tuple[int, tuple[SessionId, str]]]:
    return list(enumerate(zip(order, titles, strict=True), 1))
