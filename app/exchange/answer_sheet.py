"""Sheets of answers as files: CSV and XLSX, read as text and written without a formula."""

import contextlib
import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from app.errors import ExportFailed, ImportFailed
from app.exchange.inventory.decoding import decode
from app.exchange.inventory.delimited import delimited_grid
from app.exchange.inventory.workbook import is_workbook, workbook_grid

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet program takes a CSV cell that begins so for a formula."""
MOST_IN_CELL = 32_767
MOST_ROWS = 1_048_575
WIDTHS = {"workflow": 24, "source": 20, "note": 40, "asks": 50}
LEVEL_WIDTH, WIDTH = 36, 12


class Cells(dict[str, str]):
    """The cells of one row by their column; a column that is not there is empty."""

    def __missing__(self, key: str) -> str:
        return ""


def read_cells(path: Path, needed: Sequence[str]) -> list[tuple[int, Cells]]:
    """Rows by column name, with their number in the file; blank ones are left out.

    The header is the first row that is not blank. Raises ImportFailed in one sentence, also where
    a needed column is missing.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ImportFailed(
            f"{path} cannot be read ({error.strerror}); nothing has been taken."
        ) from error
    if is_workbook(data):
        grid, _ = workbook_grid(data, path.name)
        marked = False
    else:
        grid = delimited_grid(decode(data, path.name)[0], path.name)
        marked = True
    filled = [(number, row) for number, row in grid if any(cell.strip() for cell in row)]
    names = [cell.strip().casefold() for cell in filled[0][1]] if filled else []
    for column in needed:
        if column not in names:
            raise ImportFailed(
                f"{path.name} has no column “{column}” in its first row; nothing has been taken. "
                f"A table of answers needs the columns {', '.join(needed)}."
            )
    places = {name: names.index(name) for name in names if name}
    return [(number, _row(row, places, marked)) for number, row in filled[1:]]


def _row(row: Sequence[str], places: Mapping[str, int], marked: bool) -> Cells:
    cells = {name: row[at].strip() for name, at in places.items() if at < len(row)}
    return Cells({k: _unmark(v) for k, v in cells.items()} if marked else cells)


def _mark(text: str) -> str:
    """An apostrophe keeps a CSV cell text; one that is there already is doubled."""
    return f"'{text}" if text.startswith((*RISKY, "'")) else text


def _unmark(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith((*RISKY, "'")) else text


def write_cells(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    choices: Mapping[str, Sequence[str]],
) -> int:
    """Write CSV, or XLSX where the name ends so; gives the number of rows.

    Every cell is text, except whole numbers in XLSX. `choices` are offered in XLSX for a column.
    Raises ExportFailed and leaves nothing where the file is already there or cannot be written.
    """
    if os.path.lexists(path):
        raise ExportFailed(
            f"{path} is already there and may hold somebody's answers; nothing has been written. "
            "Choose another name."
        )
    table = [list(row) for row in rows]
    part = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".xlsx":
            part.write_bytes(_workbook(header, table, choices))
        else:
            part.write_bytes(_text(header, table))
        part.rename(path)
    except OSError as error:
        with contextlib.suppress(OSError):  # where nothing can be written, nothing is left either
            part.unlink()
        raise ExportFailed(
            f"{path} could not be written ({error.strerror}); the audit is safe and nothing is "
            "left of it. Choose another folder or free some space."
        ) from error
    return len(table)


def _text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark, which spreadsheet programs need to tell it from an older encoding."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_mark(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _workbook(
    header: Sequence[str], rows: Sequence[Sequence[str]], choices: Mapping[str, Sequence[str]]
) -> bytes:
    if len(rows) > MOST_ROWS:
        raise ExportFailed(f"{len(rows):,} rows do not fit into a sheet; write CSV instead.")
    import xlsxwriter  # only sheets need it, and recording an answer should not wait for it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Answers")
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(header):
            width = LEVEL_WIDTH if name.startswith("level ") else WIDTHS.get(name, WIDTH)
            sheet.set_column(column, column, width, wrap)
            sheet.write_string(0, column, name, bold)
            if name in choices and rows:
                offer = {"validate": "list", "source": list(choices[name])}
                sheet.data_validation(1, column, len(rows), column, offer)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if len(cell) > MOST_IN_CELL:
                    raise ExportFailed(
                        f"A text of {len(cell):,} characters does not fit into a cell; write CSV "
                        "instead."
                    )
                if cell.isdecimal() and len(cell) == 1:
                    sheet.write_number(number, column, int(cell), wrap)
                elif cell.startswith("<r>") and cell.endswith("</r>"):
                    # xlsxwriter takes such a string for markup of its own; in two runs it is text.
                    sheet.write_rich_string(number, column, wrap, cell[:1], cell[1:], wrap)
                elif cell:
                    sheet.write_string(number, column, cell, wrap)
    return out.getvalue()
