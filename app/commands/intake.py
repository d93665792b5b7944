"""The command that takes an inventory."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from app.commands.opening import AS, FILE, JSON, progress, reading, writing
from app.commands.output import columns, emit, percent
from app.domain.audit import Audit
from app.domain.edits.imports import ImportPlan, take_import, with_older_values
from app.exchange.inventory.comparing import plan_import
from app.exchange.inventory.mapping import InventoryMapping, field_columns, find_mapping
from app.exchange.inventory.matching import match_columns
from app.exchange.inventory.reading import read_table
from app.exchange.inventory.summary import ImportSummary, summarise
from app.exchange.inventory.table import Table

STEPS = 3
SHOWN = 20
"""Rows named one by one before the rest is counted."""


@click.command("import")
@FILE
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--mapping", help="A shipped mapping's name, or the path of one.")
@click.option("--encoding", help="Encoding of a text file; found where it is not given.")
@click.option("--sheet", help="Sheet of a workbook.")
@click.option("--limit", type=click.IntRange(1), help="Only the first rows.")
@click.option("--preview", is_flag=True, help="Say what would happen; change nothing.")
@click.option("--retire-missing", is_flag=True, help="Retire workflows a later file lacks.")
@click.option("--older-values", is_flag=True, help="Take the values of an older file too.")
@JSON
@AS
def import_command(
    file: Path,
    source: Path,
    mapping: str | None,
    encoding: str | None,
    sheet: str | None,
    limit: int | None,
    preview: bool,
    retire_missing: bool,
    older_values: bool,
    as_json: bool,
    as_person: str | None,
) -> None:
    """Take an inventory: names, owners, lifecycle, sources and evidence. Never an answer."""
    with progress(f"Importing {source.name}", STEPS) as bar:
        table = read_table(source, encoding=encoding, sheet=sheet)
        bar.update(1)
        used, sure = _mapping(table, mapping)

        def planned(audit: Audit) -> ImportPlan:
            found = plan_import(audit, table, used, limit=limit)
            found = replace(found, retire=retire_missing)
            return with_older_values(found) if older_values else found

        if preview:
            with reading(file) as (_, audit):
                plan = planned(audit)
            bar.update(2)
        else:
            with writing(file, as_person) as document:
                audit = document.audit
                plan = planned(audit)
                bar.update(1)
                document.apply(f"Import {source.name}", take_import, plan)
                bar.update(1)
    summary = summarise(plan)
    if as_json:
        emit(_json(audit, table, plan, summary, sure))
        return
    if preview:
        _print_matching(used, sure)
    _print_summary(source, table, summary, plan.mapping, preview)
    _print_editions(audit, plan, summary, preview)


def _mapping(table: Table, name: str | None) -> tuple[InventoryMapping, Mapping[str, float]]:
    """The mapping asked for, which is certain, or what the columns look like."""
    if name:
        found = find_mapping(name)
        return found, dict.fromkeys(field_columns(found), 1.0)
    proposal = match_columns(table)
    return proposal.mapping, proposal.confidence


def _json(
    audit: Audit,
    table: Table,
    plan: ImportPlan,
    summary: ImportSummary,
    sure: Mapping[str, float],
) -> dict[str, Any]:
    return {
        "read": summary.read,
        "taken": summary.taken,
        "updated": summary.updated,
        "unchanged": summary.unchanged,
        "skipped": [{"row": s.row, "why": s.text} for s in summary.skipped],
        "kept": summary.kept,
        "mapping": plan.mapping,
        "confidence": sure,
        "encoding": table.encoding,
        "missing": [
            {
                "workflow": each.workflow,
                "name": audit.workflows[each.workflow].name,
                "file": each.file,
                "row": each.row,
            }
            for each in plan.missing
        ],
        "retired": len(plan.missing) if plan.retire else 0,
        "older_than": plan.older_than or None,
    }


def _print_matching(used: InventoryMapping, sure: Mapping[str, float]) -> None:
    columns(
        [
            {
                "our field": field,
                "sure": percent(sure[field]),
                "columns": " + ".join(" ".join(c.split())[:60] for c in found),
            }
            for field, found in field_columns(used).items()
        ],
        empty="",
    )
    click.echo()


def _print_summary(
    source: Path, table: Table, summary: ImportSummary, mapping: str, preview: bool
) -> None:
    verb = "Would take" if preview else "Took"
    click.echo(
        f"{verb} {source.name} (mapping {mapping}, "
        f"{table.encoding or 'no text encoding'}): {summary.read} rows read, "
        f"{summary.taken} taken, {summary.updated} updated, {summary.unchanged} unchanged, "
        f"{len(summary.skipped)} skipped."
    )
    for skipped in summary.skipped[:SHOWN]:
        click.echo(f"  row {skipped.row}: {skipped.text}")
    _count_rest(len(summary.skipped))
    if summary.kept:
        click.echo("Typed here since the last import, therefore left as it is:")
    for kept in summary.kept[:SHOWN]:
        click.echo(
            f"  row {kept.row}, {kept.workflow}, {kept.field}: “{kept.kept}”; "
            f"the file says “{kept.file_says}”"
        )
    _count_rest(len(summary.kept))


def _print_editions(audit: Audit, plan: ImportPlan, summary: ImportSummary, preview: bool) -> None:
    """What a later file lacks, and why an older one sets nothing back."""
    if plan.older_than:
        click.echo(f"{plan.file} is older than {plan.older_than}, which was imported before.")
    if summary.older:
        click.echo(
            f"Rows whose values stay as the newer file gave them: {summary.older}. "
            "--older-values takes the older ones instead."
        )
    if not plan.missing:
        return
    verb = ("Would be retired" if preview else "Retired") if plan.retire else "Left as they are"
    click.echo(f"No longer in this inventory: {len(plan.missing)} workflows. {verb}:")
    for each in plan.missing[:SHOWN]:
        click.echo(f"  {each.workflow}, {audit.workflows[each.workflow].name}")
    _count_rest(len(plan.missing))
    if not plan.retire:
        click.echo("--retire-missing marks them as retired in the same step.")


def _count_rest(count: int) -> None:
    if count > SHOWN:
        click.echo(f"  and {count - SHOWN} more")
