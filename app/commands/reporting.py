"""The commands about reports: make one, and say what changed since one was made."""

import datetime as dt
from collections import Counter
from pathlib import Path

import click
from msgspec.structs import replace

from app import VERSION
from app.commands.naming import person_name, workflow_id
from app.commands.opening import FILE, in_the_room, progress, reading, today
from app.commands.written import KIND, held, kind_of
from app.domain.audit import Audit
from app.domain.changes import net
from app.domain.revisions import Revision, revisions, unsettled
from app.domain.snapshots import last_snapshot
from app.errors import PlumblineError
from app.exchange.audit_json import audit_from_json
from app.exchange.bank_translation import bank_in
from app.exchange.paths import read_whole, write_whole
from app.exchange.reference_toml import reference_in
from app.report.brand import Brand, read_brand
from app.report.build import build_report
from app.report.contents import KEYS, USUAL, check_keys, titles
from app.report.data import read_provenance
from app.report.formats import RENDER
from app.report.inputs import (
    GATHERING_STEPS,
    Earlier,
    Origin,
    gather,
    in_words_of,
)
from app.report.model import Audience, PageSize
from app.report.request import Request, language_of
from app.report.verified import verified
from app.store.file import AuditFile
from app.words import Words, languages


@click.command("report")
@FILE
@click.option("-o", "out", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--format", "kind", type=click.Choice(list(RENDER)), help=KIND)
@click.option(
    "--audience",
    type=click.Choice([a.value for a in Audience]),
    default=Audience.FULL.value,
    help="full: names. executive: roles and initials. external: pseudonyms.",
)
@click.option("--page", type=click.Choice([p.value for p in PageSize]), help="Paper; A4.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Date of the report; today.")
@click.option(
    "--language", type=click.Choice(languages()), help="Of words and questions; the audit's own."
)
@click.option(
    "--sections",
    metavar="LIST",
    help="Parts to print, by commas; usual, all, or list to see what there is.",
)
@click.option("--workflows", metavar="LIST", help="Workflows with a page, by commas: id or name.")
@click.option("--brand", metavar="DIR", type=click.Path(path_type=Path), help="Folder of a brand.")
def report_command(
    file: Path,
    out: Path | None,
    kind: str | None,
    audience: str,
    page: str | None,
    date: dt.datetime | None,
    language: str | None,
    sections: str | None,
    workflows: str | None,
    brand: Path | None,
) -> None:
    """Write the report."""
    if sections == "list":
        _print_parts(language or "")
        return
    if out is None:
        raise click.UsageError("Missing option '-o'.")
    form = kind_of(out, kind, tuple(RENDER))
    look = read_brand(brand) if brand else Brand()
    with reading(file) as (opened, audit):
        sequence, head = opened.head
        changed, earlier = _past(opened, audit, sequence)
    request = Request(
        Audience(audience),
        PageSize(page or look.page or PageSize.A4),
        date.date() if date else today(),
        _chosen(sections),
        tuple(workflow_id(audit, name) for name in _listed(workflows)),
        look,
        language or "",
    )
    words = Words(language_of(request, audit))
    origin = Origin(file.name, sequence, head, VERSION)
    with progress(words("progress.reporting"), GATHERING_STEPS + 2) as bar:
        inputs = gather(audit, request.date, origin, tick=lambda: bar.update(1))
        inputs = replace(inputs, revisions=changed, earlier=earlier, local=in_the_room)
        reference = reference_in(audit.reference, words.language)
        inputs = in_words_of(inputs, bank_in(audit.bank, words.language), reference)
        model = build_report(inputs, request, words)
        bar.update(1)
        body = RENDER[form](model)
        written = verified(form, body, model, out)
        bar.update(1)
    write_whole(out, body)
    click.echo(f"Wrote {out}: {held(written)}, {audience}, record {sequence}, {head[:12]}.")


def _print_parts(language: str) -> None:
    for key, title in titles(Words(language)):
        click.echo(f"{key:<12}{title}{'' if key in USUAL else ' (only where it is named)'}")


def _chosen(text: str | None) -> frozenset[str] | None:
    """Keys of the parts named; None takes what is usual. ExportFailed for an unknown one."""
    found: set[str] = set()
    for name in _listed(text):
        found |= {"usual": USUAL, "all": frozenset(KEYS)}.get(name, {name})
    return check_keys(frozenset(found)) if text else None


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(name for part in (text or "").split(",") if (name := part.strip()))


def _past(
    opened: AuditFile, audit: Audit, sequence: int
) -> tuple[tuple[Revision, ...], Earlier | None]:
    """What became of confirmed answers, and the last snapshot. One that is lost is none."""
    entries = opened.entries() if unsettled(audit) else ()
    changed = revisions(audit, entries, opened.changes)
    snapshot = last_snapshot(audit, sequence)
    if snapshot is None:
        return changed, None
    try:
        then = audit_from_json(opened.snapshot_body(snapshot.body))
    except PlumblineError:
        return changed, None
    return changed, Earlier(snapshot.name, snapshot.at, then)


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
