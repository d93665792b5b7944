"""Reads an inventory file of any kind into a table of original text."""

from pathlib import Path

from app.errors import ImportFailed
from app.exchange.inventory.decoding import decode
from app.exchange.inventory.delimited import delimited_grid
from app.exchange.inventory.objects import objects_table
from app.exchange.inventory.table import Table, table_of
from app.exchange.inventory.workbook import is_workbook, sheet_names, workbook_grid

MOST_BYTES = 256 * 2**20


def read_table(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> Table:
    """CSV, TSV, XLSX or JSON, told by content rather than by the ending.

    `encoding` is for text files and found where it is None; `sheet` is for workbooks and the
    fullest visible one where it is None. Raises ImportFailed with one sentence.
    """
    data = _bytes(path)
    if is_workbook(data):
        grid, name = workbook_grid(data, path.name, sheet)
        return _with_rows(table_of(path.name, grid, sheet=name))
    if sheet is not None:
        raise ImportFailed(
            f"{path.name} is no workbook and has no sheets; nothing has been taken. "
            "Leave the sheet out."
        )
    text, used = decode(data, path.name, encoding)
    if path.suffix.lower() == ".json":
        return objects_table(text, path.name, used)
    return _with_rows(table_of(path.name, delimited_grid(text, path.name), encoding=used))


def visible_sheets(path: Path) -> tuple[str, ...]:
    """Names of a workbook's visible sheets; none for other files. Raises ImportFailed."""
    data = _bytes(path)
    return sheet_names(data, path.name) if is_workbook(data) else ()


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ImportFailed(
                f"{path.name} has {size / 2**20:,.0f} MiB, far more than an inventory needs; "
                "nothing has been taken. Leave out what is not part of it."
            )
        data = path.read_bytes()
    except OSError as error:
        raise ImportFailed(
            f"{path} could not be read ({error.strerror}); nothing has been taken. "
            "Check the name and your rights to the file."
        ) from error
    if not data.strip():
        raise ImportFailed(f"{path.name} is empty; nothing has been taken.")
    return data


def _with_rows(table: Table) -> Table:
    if not table.rows:
        raise ImportFailed(
            f"{table.file} has a header but no rows; nothing has been taken. "
            "Check that this is the inventory itself."
        )
    return table
