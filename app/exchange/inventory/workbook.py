"""XLSX workbooks: what is refused before opening, which sheet, and its cells as text."""

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from app.errors import ImportFailed
from app.exchange.inventory.cells import is_empty
from app.exchange.inventory.delimited import limited

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_PARTS = 5_000
MOST_UNPACKED = 128 * 2**20
MOST_SQUEEZED = 300
"""How many times larger a part may be than it is in the file, once it is larger than SMALL."""
SMALL = 10 * 2**20

Grid = list[tuple[int, list[str]]]


def is_workbook(data: bytes) -> bool:
    """Packed like a workbook, or in the older container that also holds protected ones."""
    return data.startswith((b"PK\x03\x04", OLE))


def workbook_grid(data: bytes, file: str, sheet: str | None = None) -> tuple[Grid, str]:
    """Rows of one sheet as text, and the name of the sheet.

    Without a name it is the visible sheet with most filled cells. Raises ImportFailed.
    """
    expect_workbook(data, file)
    # Imported here: it takes 0.2 s that other kinds never need.
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of styles and validations it leaves out; only cell values matter here.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            try:
                return _choose(book, file, sheet)
            finally:
                book.close()
        except ImportFailed:
            raise
        except Exception as error:
            # A damaged workbook fails anywhere inside openpyxl, with any kind of exception.
            raise _damaged(file) from error


def sheet_names(data: bytes, file: str) -> tuple[str, ...]:
    """The sheets a person can see, in their order. Raises ImportFailed."""
    expect_workbook(data, file)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), read_only=True)
            names = tuple(s.title for s in book.worksheets if s.sheet_state == "visible")
            book.close()
        except Exception as error:
            raise _damaged(file) from error
    return names


def _damaged(file: str) -> ImportFailed:
    return ImportFailed(
        f"{file} is damaged or no workbook; nothing has been taken. "
        "Open it in a spreadsheet program, save it again and import that."
    )


def expect_workbook(data: bytes, file: str) -> None:
    """Raise ImportFailed for what is no workbook, or would unpack to more than is safe."""
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise ImportFailed(
                f"{file} is protected by a password; nothing has been taken. "
                "Open it with the password, save it without one and import that."
            )
        raise ImportFailed(
            f"{file} is a workbook of the older kind (XLS); nothing has been taken. "
            "Save it as XLSX or CSV and import that."
        )
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ImportFailed(
            f"{file} is damaged or incomplete; nothing has been taken. Fetch or save it again."
        ) from error
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise ImportFailed(
            f"{file} is an archive, not a workbook; nothing has been taken. "
            "Unpack it and import the table inside."
        )
    squeezed = any(
        part.file_size > max(SMALL, MOST_SQUEEZED * max(part.compress_size, 1)) for part in parts
    )
    unpacked = sum(part.file_size for part in parts)
    if squeezed or unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise ImportFailed(
            f"{file} would unpack to {unpacked / 2**20:,.0f} MiB, more than an inventory needs; "
            "nothing has been taken. Copy the cells into a new workbook or save the sheet as CSV."
        )


def _choose(book: Any, file: str, sheet: str | None) -> tuple[Grid, str]:
    sheets = {each.title: each for each in book.worksheets}
    if sheet is not None:
        if sheet not in sheets:
            raise ImportFailed(
                f"{file} has no sheet “{sheet}”; nothing has been taken. "
                f"It has: {', '.join(sheets)}."
            )
        return _grid(sheets[sheet], file), sheet
    shown = {n: each for n, each in sheets.items() if each.sheet_state == "visible"} or sheets
    grids = {name: _grid(each, file) for name, each in shown.items()}
    if not grids:
        raise ImportFailed(f"{file} has no sheet with cells; nothing has been taken.")
    name = max(grids, key=lambda n: sum(not is_empty(c) for _, row in grids[n] for c in row))
    return grids[name], name


def _grid(sheet: Any, file: str) -> Grid:
    # The size noted in a sheet is often wrong, and padding to it makes empty cells by the million.
    sheet.reset_dimensions()
    rows: Iterator[Any] = sheet.iter_rows(values_only=True)
    texts = ((n, [cell_text(value) for value in row]) for n, row in enumerate(rows, start=1))
    return list(limited(texts, file))


def cell_text(value: object) -> str:
    """As a spreadsheet program shows it without any format: 35.0 is 35, a date is ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)
