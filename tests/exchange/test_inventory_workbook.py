"""Workbooks: sheets, cell kinds, merged headers below titles, and the ones that are refused."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.errors import ImportFailed
from app.exchange.inventory import Table, read_table
from tests.exchange.inventories import table_in

Rows = Sequence[Sequence[Any]]


def workbook(path: Path, sheets: dict[str, Rows], merged: Sequence[str] = ()) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    book.save(path)
    book.close()
    return path


def read(folder: Path, rows: Rows, merged: Sequence[str] = ()) -> Table:
    return read_table(workbook(folder / "inventory.xlsx", {"Inventory": rows}, merged))


def test_cells_of_every_kind_become_text(tmp_path: Path) -> None:
    row = ["A", 35.0, 1.5, True, dt.datetime(2025, 6, 30), dt.datetime(2025, 6, 30, 12, 5), None]
    table = read(tmp_path, [["Name", "a", "b", "c", "d", "e", "f"], row])
    assert table.rows == (("A", "35", "1.5", "TRUE", "2025-06-30", "2025-06-30 12:05:00", ""),)
    assert (table.sheet, table.encoding, table.header_row) == ("Inventory", None, 1)


def test_header_below_merged_title_rows(tmp_path: Path) -> None:
    rows = [
        ["Inventory of the year 2025", None, None],
        [None, None, None],
        ["as of", dt.date(2025, 1, 1), None],
        ["Name", "Unit", "Stage"],
        ["A", "B", "Pilot"],
    ]
    table = read(tmp_path, rows, ["A1:C1"])
    assert table.headers == ("Name", "Unit", "Stage")
    assert (table.header_row, table.numbers) == (4, (5,))


@pytest.mark.parametrize("title", [[], [["The inventory"]]])
def test_header_in_two_rows_with_merged_groups(tmp_path: Path, title: list[list[str]]) -> None:
    rows = [
        *title,
        ["Name", "Unit", "Governance", None, None],
        [None, None, "Approval", "Review", "Monitoring"],
        ["A", "B", "Yes", "No", "Yes"],
    ]
    table = read(tmp_path, rows)
    assert table.headers == ("Name", "Unit", "Approval", "Review", "Monitoring")
    assert table.rows == (("A", "B", "Yes", "No", "Yes"),)


def test_header_under_groups_only(tmp_path: Path) -> None:
    rows = [
        ["Who", None, "Governance", None],
        ["Name", "Unit", "Approval", "Review"],
        ["A", "B", "Yes", "No"],
    ]
    table = read(tmp_path, rows, ["A1:B1", "C1:D1"])
    assert table.headers == ("Name", "Unit", "Approval", "Review")
    assert len(table.rows) == 1


def test_a_column_without_a_header_is_kept(tmp_path: Path) -> None:
    table = read(tmp_path, [["Name", None, "Unit"], ["A", "x", "B"], ["C", "y", "D"]])
    assert table.headers == ("Name", "Column 2", "Unit")
    assert len(table.rows) == 2


def test_the_fullest_visible_sheet_is_read_unless_one_is_named(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Read me": [["Title", "Text"], ["Hello", "there"]],
            "Data": [["Name", "Unit"], *([["A", "B"]] * 5)],
        },
    )
    assert read_table(path).sheet == "Data"
    assert read_table(path, sheet="Read me").rows == (("Hello", "there"),)
    with pytest.raises(ImportFailed, match="It has: Read me, Data"):
        read_table(path, sheet="data")


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return file.getvalue()


TYPES = {"[Content_Types].xml": b"<Types/>"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed({"a.csv": b"Name,Unit"}), "an archive"),
        (packed(TYPES), "damaged or no workbook"),
        (packed({**TYPES, "xl/big.xml": bytes(40 * 2**20)}), "would unpack to"),
        (packed({**TYPES, **{f"p{i}": b"" for i in range(5001)}}), "would unpack to"),
        (packed(TYPES)[:60], "damaged or incomplete"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "older kind"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
    ],
    # Packed bytes hold the time: as a name they would differ from one worker to the next.
    ids=["archive", "no workbook", "unpacks too far", "too many parts", "cut", "old", "protected"],
)
def test_what_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(ImportFailed, match=says) as refused:
        table_in(tmp_path, data, "a.xlsx")
    assert "nothing has been taken" in refused.value.sentence.lower()


def test_an_empty_workbook_and_one_without_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="No header row"):
        read(tmp_path, [])
    with pytest.raises(ImportFailed, match="no rows"):
        read(tmp_path, [["Name", "Unit"]])


def test_a_workbook_with_a_broken_sheet_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Data": [["Name", "Unit"], ["A", "B"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = next(name for name in parts if "sheet1" in name)
    broken = packed({**parts, sheet: parts[sheet][:-40]})
    with pytest.raises(ImportFailed, match="damaged"):
        table_in(tmp_path, broken, "b.xlsx")


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Data": [["Name", "Unit"], ["A", "B"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = next(name for name in parts if "sheet1" in name)
    levels = "".join(
        f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha" * 10}">' for i in range(10)
    )
    body = parts[sheet].decode().replace("<t>", "<t>&e9;", 1)
    bomb = f"<!DOCTYPE x [{levels}]>" + body
    with pytest.raises(ImportFailed, match="damaged"):
        table_in(tmp_path, packed({**parts, sheet: bomb.encode()}), "b.xlsx")
