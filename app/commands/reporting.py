"""The commands about reports: make one, and say what changed since one was made."""

import datetime as dt
from collections import Counter
from pathlib import Path

import click

from app import VERSION
from app.commands.naming import person_name
from app.commands.opening import FILE, progress, reading, today
from app.domain.changes import net
from app.exchange.paths import read_whole, write_whole
from app.report.build import build_report
from app.report.data import read_provenance
from app.report.formats import RENDER
from app.report.inputs import GATHERING_STEPS, Origin, gather
from app.report.model import Audience, PageSize
from app.report.request import Request
from app.words import Words


@click.command("report")
@FILE
@click.option("-o", "out", required=True, type=click.Path(path_type=Path))
@click.option("--format", "kind", type=click.Choice(list(RENDER)), default="pdf")
@click.option(
    "--audience",
    type=click.Choice([a.value for a in Audience]),
    default=Audience.FULL.value,
    help="full: names. executive: roles and initials. external: pseudonyms.",
)
@click.option("--page", type=click.Choice([p.value for p in PageSize]), default=PageSize.A4.value)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Date of the report; today.")
def report_command(
    file: Path, out: Path, kind: str, audience: str, page: str, date: dt.datetime | None
) -> None:
    """Write the report."""
    day = date.date() if date else today()
    with reading(file) as (opened, audit):
        sequence, head = opened.head
    words = Words(audit.organisation.language)
    origin = Origin(file.name, sequence, head, VERSION)
    with progress(words("progress.reporting"), GATHERING_STEPS + 2) as bar:
        inputs = gather(audit, day, origin, tick=lambda: bar.update(1))
        request = Request(Audience(audience), PageSize(page), day)
        model = build_report(inputs, request, words)
        bar.update(1)
        body = RENDER[kind](model)
        bar.update(1)
    write_whole(out, body)
    click.echo(f"Wrote {out}: {len(body):,} bytes, {audience}, record {sequence}, {head[:12]}.")


@click.command("verify")
@FILE
@click.argument("report", metavar="REPORT.pdf", type=click.Path(path_type=Path))
def verify_command(file: Path, report: Path) -> int:
    """Say what changed in FILE since the report was made. Exit 1 where something did."""
    made = read_provenance(read_whole(report))
    with reading(file) as (opened, audit):
        entries = {entry.sequence: entry for entry in opened.entries()}
        since = [entry for entry in entries.values() if entry.sequence > made.sequence]
        changes = net(opened.changes_after(made.sequence)) if since else ()
    known = entries.get(made.sequence)
    if known is None or known.hash != made.chain_head:
        click.echo(
            f"{report} was not made from {file}: entry {made.sequence} there has another hash. "
            "Compare it with the file it names, " + (made.file or "which it does not say") + "."
        )
        return 1
    if not changes:
        click.echo(
            f"{report} says what {file} says: nothing has changed since entry {known.sequence}."
        )
        return 0
    click.echo(f"Since entry {known.sequence}, {known.at:%Y-%m-%d %H:%M}:")
    for entry in since:
        who = person_name(audit, entry.by) or "not recorded"
        click.echo(
            f"  {entry.sequence}  {entry.at:%Y-%m-%d %H:%M}  {who}  {entry.kind}  {entry.label}"
        )
    counts = Counter(change.collection for change in changes)
    click.echo("Differs in: " + ", ".join(f"{name} {n}" for name, n in counts.items()) + ".")
    return 1
