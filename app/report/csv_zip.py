"""The report's registers as a zip of CSV files, the same bytes for the same model."""

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Final

from msgspec import json, to_builtins

from app.report.model import Cell, Column, ReportModel, Table
from app.report.registers.leaflet import leaflet

SCHEMA: Final = "plumbline-csv/1"
CONTROL, READ_ME = "control.json", "README.txt"
RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""A text that begins so is written behind an apostrophe; taking that one off gives the text."""
MARK: Final = "\ufeff"
"""Tells spreadsheet programs that the file is UTF-8."""
MADE: Final = (1980, 1, 1, 0, 0, 0)


def render_csv(model: ReportModel) -> bytes:
    """One CSV a register (RFC 4180), README.txt and control.json, which says what columns hold.

    Numbers stay numbers: a decimal point, no separators, shares from 0 to 1. Dates are ISO. The
    first column is the key of the record.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in _files(model):
            place = zipfile.ZipInfo(name, MADE)
            place.compress_type = zipfile.ZIP_DEFLATED
            place.external_attr = 0o644 << 16
            archive.writestr(place, body)
    return out.getvalue()


def file_name(table: Table) -> str:
    return f"{table.key}.csv"


def defused(text: str) -> str:
    """The text as no program takes it for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def _files(model: ReportModel) -> Iterator[tuple[str, bytes]]:
    said = leaflet(model, most=None, csv=True)
    pairs = (*said.tables, *said.control)
    text = "\r\n".join((said.title, "", *said.lines, "", *(f"{a}  {b}".rstrip() for a, b in pairs)))
    yield READ_ME, (MARK + text + "\r\n").encode()
    yield CONTROL, json.format(json.encode(_control(model)), indent=1)
    for table in model.registers:
        yield file_name(table), _csv(table)


def _control(model: ReportModel) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "audience": model.audience.value,
        "language": model.language,
        "date": model.frame.date.isoformat(),
        "control": to_builtins(model.control),
        "tables": [
            {
                "file": file_name(table),
                "title": table.title,
                "rows": len(table.rows),
                "columns": [
                    {"key": "key", "kind": "text"},
                    *({"key": c.key, "title": c.title, "kind": c.kind} for c in table.columns),
                ],
            }
            for table in model.registers
        ],
    }


def _csv(table: Table) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["key", *(defused(column.title) for column in table.columns)])
    for row in table.rows:
        cells = zip(table.columns, row.cells, strict=True)
        writer.writerow([defused(row.key), *(_cell(column, cell) for column, cell in cells)])
    return (MARK + out.getvalue()).encode()


def _cell(column: Column, cell: Cell) -> str:
    if column.kind in ("number", "share") and cell.value is not None:
        value = float(cell.value)
        return str(int(value)) if value.is_integer() else repr(value)
    return defused(cell.text)
