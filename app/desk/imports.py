"""An inventory on its way in, as a worker reads it: the table, and what its columns look like."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.edits.imports import IncomingRow
from app.domain.sessions import named_people
from app.errors import ImportFailed
from app.exchange.inventory import (
    InventoryMapping,
    Table,
    empty_mapping,
    field_columns,
    find_mapping,
    match_columns,
    read_table,
    visible_sheets,
)
from app.exchange.inventory.rows import incoming_rows

FIRST = 20
"""Rows shown before anything is planned."""
GUESS = ""
"""Instead of a mapping's name: look at the columns."""


class Matched(Struct, frozen=True):
    """A mapping for a table, how sure each of its fields is (0 to 1), and why it is empty."""

    mapping: InventoryMapping
    confidence: Mapping[str, float]
    why: str = ""


class Read(Struct, frozen=True):
    path: Path
    table: Table
    sheets: tuple[str, ...]
    matched: Matched


def read_inventory(path: Path, encoding: str | None, sheet: str | None) -> Read:
    """The table of a file and the mapping that fits best. Raises ImportFailed."""
    table = read_table(path, encoding=encoding, sheet=sheet)
    return Read(path, table, visible_sheets(path), match(table, GUESS))


def match(table: Table, name: str) -> Matched:
    """A mapping by its name or path, which is certain, or what the columns look like.

    Where no column looks like a name the mapping is empty and `why` says so. Raises ImportFailed
    for a mapping that cannot be used.
    """
    if name:
        found = find_mapping(name)
        return Matched(found, dict.fromkeys(field_columns(found), 1.0))
    try:
        proposal = match_columns(table)
    except ImportFailed as error:
        return Matched(empty_mapping(), {}, error.sentence)
    return Matched(proposal.mapping, proposal.confidence)


def first_rows(audit: Audit, table: Table, mapping: InventoryMapping) -> tuple[IncomingRow, ...]:
    """The first rows as they would come in; an owner the audit does not know is left out."""
    if not any(table.column(header) is not None for header in mapping.fields.name.columns):
        return ()
    top = replace(table, rows=table.rows[:FIRST], numbers=table.numbers[:FIRST])
    known = {person.name for person in named_people(audit).values()}
    return tuple(_settled(row, known) for row in incoming_rows(top, mapping))


def _settled(row: IncomingRow, known: set[str]) -> IncomingRow:
    if row.values.get("owner", "") in {"", *known}:
        return row
    return replace(row, values={f: text for f, text in row.values.items() if f != "owner"})
