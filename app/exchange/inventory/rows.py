"""Rows of a table in our terms, as a mapping says: fields, evidence and context source as text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import shorten
from typing import Any

from app.domain.answers import Presence
from app.domain.edits.imports import NO, IncomingEvidence, IncomingRow, IncomingSource
from app.domain.landscape import Lifecycle
from app.errors import ImportFailed
from app.exchange.inventory.cells import (
    Patterns,
    is_empty,
    listed,
    says_nothing,
    tidy,
    tidy_lines,
)
from app.exchange.inventory.dates import parse_date
from app.exchange.inventory.mapping import (
    Columns,
    ContextColumns,
    EvidenceColumn,
    Fields,
    InventoryMapping,
    named_columns,
)
from app.exchange.inventory.table import Table
from app.exchange.inventory.words import LIFECYCLE, PERSONAL_DATA, PRESENCE, STRONGEST_FIRST

Cells = Sequence[str]
Reader = Callable[[Cells], str]
LONGEST_NAME = 80


def incoming_rows(table: Table, mapping: InventoryMapping) -> Iterator[IncomingRow]:
    """Every row of the table. Raises ImportFailed where the table has no column for the name."""
    if all(table.column(header) is None for header in mapping.fields.name.columns):
        raise ImportFailed(
            f"{table.file} has no column “{mapping.fields.name.columns[0]}”, where the mapping "
            f"{mapping.name} expects the name; nothing has been taken. Choose another mapping."
        )
    boilerplate = Patterns(dict.fromkeys(mapping.boilerplate, True))
    readers = _field_readers(table, mapping.fields, boilerplate)
    source_id = _joined(table, mapping.fields.source_id, boilerplate)
    evidence = [_evidence_reader(table, each, boilerplate) for each in mapping.evidence]
    source = _source_reader(table, mapping.context, boilerplate)
    for number, cells in zip(table.numbers, table.rows, strict=True):
        values = {field: read(cells) for field, read in readers.items()}
        if values.get("lifecycle") == Lifecycle.RETIRED:
            values["in_scope"] = NO
        pieces = (read(cells) for read in evidence)
        yield IncomingRow(
            number=number,
            source_id=source_id(cells),
            values={field: text for field, text in values.items() if text},
            evidence=tuple(piece for piece in pieces if piece is not None),
            source=source(cells),
            cells={h: c for h, c in zip(table.headers, cells, strict=True) if not is_empty(c)},
        )


def missing_columns(table: Table, mapping: InventoryMapping) -> tuple[str, ...]:
    """Headers the mapping names and the table does not have; their fields stay as they are."""
    return tuple(h for h in named_columns(mapping) if table.column(h) is None)


def _field_readers(
    table: Table, fields: Fields, boilerplate: Patterns[bool]
) -> Mapping[str, Reader]:
    found: dict[str, Reader] = {}
    for field in ("name", "unit", "owner", "model", "provider"):
        found[field] = _joined(table, getattr(fields, field), boilerplate)
    found["purpose"] = _joined(table, fields.purpose, boilerplate, tidy_lines)
    if fields.lifecycle is not None:
        stages = Patterns(fields.lifecycle.values or LIFECYCLE)
        found["lifecycle"] = _meaning(table, fields.lifecycle.column, stages)
    if fields.personal_data is not None:
        kinds = Patterns(fields.personal_data.values or PERSONAL_DATA)
        found["personal_data"] = _meaning(table, fields.personal_data.column, kinds)
    if fields.go_live is not None:
        found["go_live"] = _date(table, fields.go_live.column, fields.go_live.order)
    return found


def _joined(
    table: Table,
    use: Columns | None,
    boilerplate: Patterns[bool],
    tidied: Callable[[str], str] = tidy,
) -> Reader:
    """The texts of some columns put together, blank and boilerplate ones left out."""
    if use is None:
        return lambda _: ""
    positions = _positions(table, use.columns)
    ignored = Patterns(dict.fromkeys(use.ignore, True))

    def read(cells: Cells) -> str:
        texts = [
            tidied("; ".join(listed(cells[i])))
            for i in positions
            if not says_nothing(cells[i])
            and not ignored.meaning(cells[i])
            and not boilerplate.meaning(cells[i])
        ]
        return use.join.join(dict.fromkeys(filter(None, texts)))

    return read


def _meaning(table: Table, column: str, known: Patterns[Any]) -> Reader:
    positions = _positions(table, (column,))
    return lambda cells: str(next((known.meaning(cells[i]) for i in positions), None) or "")


def _date(table: Table, column: str, order: str) -> Reader:
    """ISO text of a date that is clear; other texts stay in the original cells only."""
    positions = _positions(table, (column,))
    return lambda cells: str(next((parse_date(cells[i], order) for i in positions), None) or "")


def _evidence_reader(
    table: Table, use: EvidenceColumn, boilerplate: Patterns[bool]
) -> Callable[[Cells], IncomingEvidence | None]:
    """A blank cell is no evidence either way. A text nobody knows is kept, its presence unknown."""
    positions = _positions(table, (use.column,))
    own, common = Patterns(use.values), Patterns(PRESENCE)

    def presence(text: str) -> Presence:
        if boilerplate.meaning(text):
            return Presence.UNKNOWN
        return own.meaning(text) or common.meaning(text) or Presence.UNKNOWN

    def read(cells: Cells) -> IncomingEvidence | None:
        original = next((cells[i] for i in positions), "")
        if is_empty(original):
            return None
        found = {presence(original), *map(presence, listed(original))}
        place = original.strip()
        return IncomingEvidence(
            id=use.id,
            title=use.title,
            presence=min(found, key=STRONGEST_FIRST.index),
            original=original,
            question=use.question,
            place=place if place.startswith(("http://", "https://")) else "",
        )

    return read


def _source_reader(
    table: Table, use: ContextColumns | None, boilerplate: Patterns[bool]
) -> Callable[[Cells], IncomingSource | None]:
    """A source of its own for each row with something to say about its data, else none."""
    if use is None:
        return lambda _: None
    columns = Columns(use.columns, join="\n\n", ignore=use.ignore)
    text = _joined(table, columns, boilerplate, tidy_lines)
    place = _joined(table, Columns((use.place,), ignore=use.ignore), boilerplate)

    def read(cells: Cells) -> IncomingSource | None:
        note = text(cells)
        if not note:
            return None
        return IncomingSource(shorten(note, LONGEST_NAME, placeholder="…"), note, place(cells))

    return read


def _positions(table: Table, headers: Sequence[str]) -> list[int]:
    found = (table.column(header) for header in headers)
    return [i for i in found if i is not None]
