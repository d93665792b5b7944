"""Workbooks and archives read with other programs than the ones that wrote them."""

import csv
import io
import zipfile
from typing import Any

from openpyxl import load_workbook


def book(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def packed_text(data: bytes) -> str:
    """Every part of an archive, unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return " ".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )


def tables(data: bytes) -> dict[str, list[list[str]]]:
    """File name to rows of each CSV of an archive."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                text = archive.read(name).decode("utf-8-sig")
                found[name] = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    return found
