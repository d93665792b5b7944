"""The command that takes an inventory."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from app.commands.opening import AS, FILE, JSON, progress, reading, writing
from app.commands.output import columns, emit, percent
from app.domain.edits.imports import ImportPlan, take_import
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
    as_json: bool,
    as_person: str | None,
) -> None:
    """Take an inventory: names, owners, lifecycle, sources and evidence. Never an answer."""
    with progress(f"Importing {source.name}", STEPS) as bar:
        table = read_table(source, encoding=encoding, sheet=sheet)
        bar.update(1)
        used, sure = _mapping(table, mapping)
        if preview:
            with reading(file) as (_, audit):
                plan = plan_import(audit, table, used, limit=limit)
            bar.update(2)
        else:
            with writing(file, as_person) as document:
                plan = plan_import(document.audit, table, used, limit=limit)
                bar.update(1)
                document.apply(f"Import {source.name}", take_import, plan)
                bar.update(1)
    summary = summarise(plan)
    if as_json:
        emit(_json(table, plan, summary, sure))
        return
    if preview:
        _print_matching(used, sure)
    _print_summary(source, table, summary, plan.mapping, preview)


def _mapping(table: Table, name: str | None) -> tuple[InventoryMapping, Mapping[str, float]]:
    """The mapping asked for, which is certain, or what the columns look like."""
    if name:
        found = find_mapping(name)
        return found, dict.fromkeys(field_columns(found), 1.0)
    proposal = match_columns(table)
    return proposal.mapping, proposal.confidence


def _json(
    table: Table, plan: ImportPlan, summary: ImportSummary, sure: Mapping[str, float]
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


def _count_rest(count: int) -> None:
    if count > SHOWN:
        click.echo(f"  and {count - SHOWN} more")
