"""CSV and TSV: which character parts the cells, and the rows with their numbers."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from app.errors import ImportFailed

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 60
MOST_ROWS = 200_000
MOST_COLUMNS = 2_000


def delimited_grid(text: str, file: str) -> list[tuple[int, list[str]]]:
    """The rows of a delimited text, numbered from 1 as a spreadsheet shows them.

    Cells may hold newlines and delimiters between quotes. Raises ImportFailed for a quote that is
    never closed, and for more rows or columns than an inventory can have.
    """
    delimiter = find_delimiter(text)
    try:
        return _rows(text, delimiter, file, strict=True)
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise ImportFailed(
                f"A quoted cell of {file} is never closed, or longer than a cell can be; "
                "nothing has been taken. Open the file in a spreadsheet program and save it again "
                "as CSV."
            ) from error
    try:
        return _rows(text, delimiter, file, strict=False)
    except csv.Error as error:
        raise ImportFailed(
            f"{file} is not a well-formed table ({error}); nothing has been taken. "
            "Open it in a spreadsheet program and save it again as CSV."
        ) from error


def find_delimiter(text: str) -> str:
    """The character that gives most rows the same number of cells, and most cells."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in rows:
            widths[len(row)] += bool(row)
            if widths.total() >= SAMPLE_ROWS:
                break
    except csv.Error:
        return (0.0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if width < 2:
        return (0.0, 0)
    return (round(count / widths.total(), 1), width)


def _rows(text: str, delimiter: str, file: str, *, strict: bool) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    return list(limited(((n, row) for n, row in enumerate(reader, start=1)), file))


def limited(rows: Iterator[tuple[int, list[str]]], file: str) -> Iterator[tuple[int, list[str]]]:
    """The same rows. Raises ImportFailed as soon as there are too many, or one is too wide."""
    for number, row in rows:
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise ImportFailed(
                f"{file} has more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns; nothing has "
                "been taken. Delete what is not part of the inventory and import it again."
            )
        yield number, row
