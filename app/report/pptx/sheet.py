"""The sheet behind a native chart: what people see when they choose “Edit data”."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from pptx.chart.data import CategoryChartData

from app.report.office import legal

SHEET: Final = "Sheet1"
"""The name to which the library's charts refer."""
SETTINGS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Series(Struct, frozen=True):
    """A name and a value for each category; None where there is none."""

    name: str
    values: tuple[float | None, ...]


class Data(Struct, frozen=True):
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()
    """Ends of the range around the first series."""
    range_titles: tuple[str, str] = ("", "")
    format: str = "General"

    @property
    def tallest(self) -> float:
        """Sum of the longest stack."""
        each = zip(*(series.values for series in self.series), strict=True)
        return max((sum(value or 0 for value in values) for values in each), default=1)


def chart_data(data: Data) -> Any:
    """The same data as the library takes it."""
    found = CategoryChartData(number_format=data.format)
    found.categories = [legal(name) for name in data.categories]
    for series in data.series:
        found.add_series(legal(series.name), series.values)
    return found


def workbook(data: Data, day: dt.date) -> bytes:
    """Categories in A, series from B on; behind them the range and, as formulas, its two arms.

    The library writes such a sheet itself, but dated by the clock.
    """
    import xlsxwriter  # only decks with charts need it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(SETTINGS)) as book:
        book.set_properties({"created": dt.datetime(day.year, day.month, day.day)})
        sheet = book.add_worksheet(SHEET)
        number = book.add_format({"num_format": data.format})
        sheet.set_column(0, 0, 36)
        for row, name in enumerate(data.categories, 1):
            _text(sheet, row, 0, name)
        for column, series in enumerate(data.series, 1):
            _text(sheet, 0, column, series.name)
            _column(sheet, column, series.values, number)
        if data.lows:
            _range(sheet, data, number)
    return out.getvalue()


def arms(data: Data) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """How far the range reaches above and below the first series; 0 where nothing is known."""
    values = data.series[0].values
    up = [_reach(high, value) for high, value in zip(data.highs, values, strict=True)]
    down = [_reach(value, low) for low, value in zip(data.lows, values, strict=True)]
    return tuple(up), tuple(down)


def arm_cells(data: Data) -> tuple[str, str]:
    """Where the sheet holds the arms above and below."""
    first, last = len(data.series) + 3, len(data.categories) + 1
    return (
        f"{SHEET}!${_letter(first)}$2:${_letter(first)}${last}",
        f"{SHEET}!${_letter(first + 1)}$2:${_letter(first + 1)}${last}",
    )


def _range(sheet: Any, data: Data, number: Any) -> None:
    low, high = len(data.series) + 1, len(data.series) + 2
    for column, title, values in (
        (low, data.range_titles[0], data.lows),
        (high, data.range_titles[1], data.highs),
    ):
        _text(sheet, 0, column, title)
        _column(sheet, column, values, number)
    up, down = arms(data)
    for row, (above, below) in enumerate(zip(up, down, strict=True), 2):
        sheet.write_formula(row - 1, high + 1, f"={_letter(high)}{row}-B{row}", number, above)
        sheet.write_formula(row - 1, high + 2, f"=B{row}-{_letter(low)}{row}", number, below)
    _text(sheet, 0, high + 1, "+")
    _text(sheet, 0, high + 2, "–")


def _column(sheet: Any, column: int, values: Sequence[float | None], number: Any) -> None:
    for row, value in enumerate(values, 1):
        if value is not None:
            sheet.write_number(row, column, value, number)


def _text(sheet: Any, row: int, column: int, text: str) -> None:
    """Typed text stays text; a string from <r> on would be taken for markup."""
    text = legal(text)
    sheet.write_string(row, column, f" {text}" if text.startswith("<r>") else text)


def _reach(high: float | None, low: float | None) -> float:
    return 0.0 if high is None or low is None else round(max(0.0, high - low), 9)


def _letter(column: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]
