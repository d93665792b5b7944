"""The report's registers as a workbook that people filter, change and read back."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from app.charts.palette import ACCENT, ALARM, INK, LINE, STATES
from app.errors import ExportFailed
from app.report.face import lines
from app.report.model import Cell, Column, ReportModel, Table
from app.report.registers.leaflet import Leaflet, leaflet
from app.report.xlsx.hidden import LISTS, cut_text, list_places, write_hidden

MOST_ROWS: Final = 1_048_575
KEY: Final = "plumbline:key"
"""Heading of the hidden column that says which record a row is."""
RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
FIRST_YEAR: Final = 1900
UNIT, NARROW, BROAD = 17, 9, 60
"""Width of a column of share 1, and the bounds of a width, in characters."""
TINTS: Final[Mapping[str, tuple[str, str]]] = {
    **STATES,
    "severity_critical": STATES["live_without_cover"],
    "severity_high": STATES["not_defined"],
    "severity_medium": STATES["may_build"],
    "severity_low": STATES["stop_or_pause"],
    "alarm": (ALARM, "#FBE9E4"),
}
SETTINGS: Final[Mapping[str, Any]] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_date_format": "d mmm yyyy",
}
SIZE, POINTS, HIGH = 11.0, 5.25, 15.0
"""Points of the text, of one character of a column's width, and of a row of one line."""
MOST_LINES, MOST_SEEN = 8, 1_000
"""Lines to which a row grows, and the characters looked at; more is read in the cell."""
FORMATS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"text_wrap": True},
    # Excel takes a text that is typed over for a formula again, unless the cell says otherwise.
    "risky": {"text_wrap": True, "quote_prefix": True},
    "whole": {"num_format": "#,##0"},
    "broken": {"num_format": "#,##0.0#"},
    "share": {"num_format": "0%"},
    "date": {"num_format": "d mmm yyyy", "align": "left"},
    "head": {"bold": True, "text_wrap": True, "bottom": 1, "bottom_color": INK, "bg_color": LINE},
    "open": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": ACCENT, "color": "#FFFFFF"},
    "title": {"bold": True, "font_size": 14},
}


def render_xlsx(model: ReportModel) -> bytes:
    """Workbook bytes; the same model gives the same bytes. ExportFailed where it cannot be made.

    One sheet for each register, "Read me" first, and very hidden sheets with what reading back
    needs. Typed text is never a formula, a link or a number.
    """
    import xlsxwriter  # only workbooks need it

    names, places = sheet_names(model), list_places(model.registers)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(SETTINGS)) as book:
        day = model.frame.date
        book.set_properties(
            {
                "title": model.frame.title,
                "created": dt.datetime(day.year, day.month, day.day),
            }
        )
        formats = {
            name: book.add_format({"valign": "top", "font_name": "Calibri", **how})
            for name, how in FORMATS.items()
        }
        tints = {
            tone: book.add_format({"font_color": ink, "bg_color": tint, "bold": True})
            for tone, (ink, tint) in TINTS.items()
        }
        _read_me(book, leaflet(model), formats)
        for table in model.registers:
            _Sheet(book, names[table.key], table, formats, tints, places).write()

        def put(sheet: Any, row: int, column: int, text: str) -> None:
            _put(sheet, row, column, text, formats["text"])

        write_hidden(book, model, names, put)
    return out.getvalue()


def sheet_names(model: ReportModel) -> Mapping[str, str]:
    """Register to the name of its sheet: at most 31 signs, none that is forbidden, all distinct."""
    found: dict[str, str] = {}
    for table in model.registers:
        name = "".join(" " if sign in "[]:*?/\\'" else sign for sign in table.title)[:31].strip()
        taken = {other.casefold() for other in found.values()}
        found[table.key] = name if name and name.casefold() not in taken else table.key
    return found


def _put(sheet: Any, row: int, column: int, text: str, plain: Any, how: Any = None) -> None:
    """Write typed text as text, in the format `how`.

    xlsxwriter takes a string from <r> to </r> for markup of its own; in two runs it is text.
    """
    text = cut_text(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, plain, text[:1], text[1:], *([how] if how else []))
    elif text:
        sheet.write_string(row, column, text, how)
    elif how is not None:
        sheet.write_blank(row, column, None, how)


def _read_me(book: Any, said: Leaflet, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(said.name[:31])
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    plain = formats["text"]
    _put(sheet, 0, 0, said.title, plain, formats["title"])
    row = 2
    for line in said.lines:
        sheet.merge_range(row, 0, row, 1, "", plain)
        _put(sheet, row, 0, line, plain, plain)
        sheet.set_row(row, 15 * (1 + len(line) // 110))
        row += 1
    for block in (said.tables, said.control):
        row += 1
        for name, value in block:
            _put(sheet, row, 0, name, plain, plain)
            _put(sheet, row, 1, value, plain, plain)
            row += 1


class _Sheet:
    """One register on its sheet."""

    def __init__(
        self,
        book: Any,
        name: str,
        table: Table,
        formats: Mapping[str, Any],
        tints: Mapping[str, Any],
        places: Mapping[tuple[str, str], int],
    ) -> None:
        if len(table.rows) > MOST_ROWS:
            raise ExportFailed(
                f"{len(table.rows):,} rows do not fit into a sheet; nothing was written. "
                "Write the report as CSV instead."
            )
        self.sheet = book.add_worksheet(name)
        self.table, self.formats, self.tints, self.places = table, formats, tints, places
        self.last = len(table.rows)
        self.key_column = len(table.columns)

    def write(self) -> None:
        plain = self.formats["text"]
        for at, column in enumerate(self.table.columns):
            self.sheet.set_column(at, at, _wide(column))
            head = self.formats["open" if column.is_open else "head"]
            _put(self.sheet, 0, at, column.title, plain, head)
        self.sheet.set_column(self.key_column, self.key_column, NARROW, None, {"hidden": True})
        self.sheet.write_string(0, self.key_column, KEY)
        self._raise(0, [column.title for column in self.table.columns])
        for number, row in enumerate(self.table.rows, 1):
            for at, cell in enumerate(row.cells):
                self._cell(number, at, self.table.columns[at], cell)
            _put(self.sheet, number, self.key_column, row.key, plain)
            self._raise(number, [cell.text for cell in row.cells])
        self.sheet.freeze_panes(1, 1)
        self.sheet.autofilter(0, 0, self.last, self.key_column)
        for at, column in enumerate(self.table.columns):
            self._offer(at, column)
            self._tint(at, column)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)

    def _cell(self, row: int, at: int, column: Column, cell: Cell) -> None:
        if column.kind in ("number", "share") and cell.value is not None:
            kind = "share" if column.kind == "share" else "broken"
            if kind == "broken" and float(cell.value).is_integer():
                kind = "whole"
            self.sheet.write_number(row, at, cell.value, self.formats[kind])
        elif column.kind == "date" and (day := _day(cell.text)):
            self.sheet.write_datetime(row, at, day, self.formats["date"])
        elif cell.text:
            how = self.formats["risky" if cell.text.startswith(RISKY) else "text"]
            _put(self.sheet, row, at, cell.text, self.formats["text"], how)
        elif column.is_open:
            kind = {"date": "date", "number": "whole"}.get(column.kind, "text")
            self.sheet.write_blank(row, at, None, self.formats[kind])

    def _raise(self, row: int, texts: Sequence[str]) -> None:
        """As high as its longest text: not every program does so when it opens the book."""
        count = 1
        for column, text in zip(self.table.columns, texts, strict=True):
            signs = _wide(column)
            if len(text) > signs / 2 and column.kind != "date":
                count = max(count, lines(text[:MOST_SEEN], signs * POINTS, SIZE, bold=not row))
        if count > 1:
            self.sheet.set_row(row, HIGH * min(count, MOST_LINES))

    def _offer(self, at: int, column: Column) -> None:
        """What may be entered; a list longer than 255 signs must stand in cells."""
        if not column.is_open:
            return
        offer: dict[str, Any]
        if column.choices:
            letters = _letters(self.places[self.table.key, column.key])
            source = f"='{LISTS}'!${letters}$2:${letters}${len(column.choices) + 1}"
            offer = {"validate": "list", "source": source}
        elif column.kind == "date":
            bounds = {"minimum": dt.date(1970, 1, 1), "maximum": dt.date(2199, 12, 31)}
            offer = {"validate": "date", "criteria": "between", **bounds}
        elif column.kind == "number":
            offer = {"validate": "decimal", "criteria": ">", "value": 0}
        else:
            return
        self.sheet.data_validation(1, at, self.last, at, offer)

    def _tint(self, at: int, column: Column) -> None:
        """Colour goes with the word, so it follows when somebody chooses another one."""
        for word, tone in sorted(self._tones(at, column)):
            if tone in self.tints:
                text = word.replace('"', '""')
                rule = {"type": "cell", "criteria": "==", "value": f'"{text}"'}
                rule["format"] = self.tints[tone]
                self.sheet.conditional_format(1, at, self.last, at, rule)

    def _tones(self, at: int, column: Column) -> set[tuple[str, str]]:
        found = {(r.cells[at].text, r.cells[at].tone) for r in self.table.rows if r.cells[at].tone}
        prefixes = {tone.rpartition("_")[0] for _, tone in found if tone.startswith("severity_")}
        for prefix in prefixes:
            found |= set(_offered(column, prefix))
        return found


def _offered(column: Column, prefix: str) -> Iterator[tuple[str, str]]:
    for text, code in zip(column.choices, column.codes, strict=True):
        yield text, f"{prefix}_{code}"


def _wide(column: Column) -> int:
    """Width of a column in characters."""
    return min(BROAD, max(NARROW, round(UNIT * column.share)))


def _day(text: str) -> dt.datetime | None:
    """None for what a sheet cannot hold as a date; it is written as text then."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return dt.datetime(day.year, day.month, day.day) if day.year >= FIRST_YEAR else None


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        name = chr(65 + left) + name
    return name
