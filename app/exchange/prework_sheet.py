"""A person's questions before a session as a workbook to fill in and send back."""

import datetime as dt
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.domain.bank import Grade
from app.domain.prework import PersonSheet, SheetItem
from app.words import Words

SCHEMA: Final = "plumbline-prework/1"
CONTROL, LISTS = "_prework", "_lists"
"""Very hidden sheets: what the sheet is and which rows it has, and what may be chosen."""
KEY: Final = "plumbline:key"
HEAD_ROW: Final = 6
"""Row of the headings, counted from 0."""
NAME_CELL: Final = "B2"
ANSWERS: Final = ("level", "shown", "note")
"""Columns a person fills in."""
WIDTHS: Final = (4, 20, 34, 28, 66, 12, 18, 36)
FIRST_ANSWER: Final = 5
MOST_SIGNS: Final = 32_767
RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
LINE, TALLEST = 15.0, 409.0
"""Points of a line, and of the tallest row there can be."""
SETTINGS: Final[Mapping[str, Any]] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
RULED: Final = {"bottom": 1, "bottom_color": "#DDE3E8"}
ABOVE: Final = ("title", "whom", "due", "rule", "lead")
FORMATS: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {"bold": True, "font_size": 16},
    "whom": {"bold": True, "font_size": 12},
    "rule": {"bold": True, "color": "#0B5D78", "font_size": 12},
    "due": {"bold": True},
    "lead": {"color": "#4A5A68"},
    "plain": {"text_wrap": True, **RULED},
    "bold": {"text_wrap": True, "bold": True, **RULED},
    # Excel takes a text that is typed over for a formula again, unless the cell says otherwise.
    "risky": {"text_wrap": True, "quote_prefix": True, **RULED},
    "head": {"text_wrap": True, "bold": True, "bottom": 1, "bg_color": "#DDE3E8"},
    "open": {"text_wrap": True, "bold": True, "bg_color": "#0B5D78", "color": "#FFFFFF"},
    "answer": {"text_wrap": True, "locked": False, "border": 1, "border_color": "#7B8A97"},
}


def render_sheet(
    sheet: PersonSheet, words: Words, lines: Sequence[str], identity: str, day: dt.date
) -> bytes:
    """Workbook bytes, the same for the same sheet and day.

    `lines` stand above the table: heading, addressee, deadline. `identity` names the audit, so
    that a sheet of another one is refused when it comes back. Cells but the answers are locked,
    without a password, so that Tab walks from answer to answer.
    """
    import xlsxwriter  # only sheets need it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, dict(SETTINGS)) as book:
        created = dt.datetime(day.year, day.month, day.day)
        book.set_properties({"title": words("prework.sheet"), "created": created})
        formats = {
            name: book.add_format({"valign": "top", "font_name": "Calibri", **how})
            for name, how in FORMATS.items()
        }
        _Questions(book, sheet, words, formats).write(lines)
        _write_control(book, sheet, words, (identity, lines[1]), formats["plain"])
    return out.getvalue()


def level_choices(words: Words) -> dict[str, str]:
    """What may be chosen as a level, to the word that `said_of` reads."""
    levels = {str(level): str(level) for level in range(5)}
    return levels | {words("prework.unknown"): "unknown", words("prework.waived"): "na"}


def grade_choices(words: Words) -> dict[str, str]:
    return {words.of(grade, "grade"): grade.value for grade in Grade}


class _Questions:
    """The one sheet people see."""

    def __init__(
        self, book: Any, sheet: PersonSheet, words: Words, formats: Mapping[str, Any]
    ) -> None:
        self.made = book.add_worksheet(words("prework.sheet"))
        self.sheet, self.words, self.formats = sheet, words, formats
        self.last = HEAD_ROW + len(sheet.items)

    def write(self, lines: Sequence[str]) -> None:
        made, words = self.made, self.words
        for column, width in enumerate(WIDTHS):
            made.set_column(column, column, width)
        made.set_column(len(WIDTHS), len(WIDTHS), 9, None, {"hidden": True})
        above = (*lines[:3], self.sheet.level_rule, words("prework.how"))
        # Each in one cell that runs over its empty neighbours.
        for row, (text, style) in enumerate(zip(above, ABOVE, strict=True)):
            put(made, row, 1, text, self.formats["plain"], self.formats[style])
        for column, (name, style) in enumerate(self._heads()):
            put(made, HEAD_ROW, column, name, self.formats["plain"], self.formats[style])
        made.set_row(HEAD_ROW, 2 * LINE)
        made.write_string(HEAD_ROW, len(WIDTHS), KEY)
        for number, item in enumerate(self.sheet.items, 1):
            self._row(number, item)
        self._offer()
        made.freeze_panes(HEAD_ROW + 1, 3)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.repeat_rows(HEAD_ROW)
        made.set_zoom(85)
        made.protect("", {"format_columns": True, "format_rows": True})
        made.set_selection(HEAD_ROW + 1, FIRST_ANSWER, HEAD_ROW + 1, FIRST_ANSWER)

    def _heads(self) -> list[tuple[str, str]]:
        shown = ("about", "question", "why", "levels")
        closed = [("", "head"), *((self.words(f"prework.{key}"), "head") for key in shown)]
        return closed + [(self.words(f"prework.{key}"), "open") for key in ANSWERS]

    def _row(self, number: int, item: SheetItem) -> None:
        asked, row = item.question, HEAD_ROW + number
        levels = "\n".join(f"{n}  {text}" for n, text in enumerate(asked.levels))
        if item.may_waive and asked.na_when:
            levels += f"\n{self.words('prework.waived_when', when=asked.na_when)}"
        texts = (item.place or self.words("prework.everything"), asked.text, asked.why, levels)
        plain = self.formats["plain"]
        self.made.write_number(row, 0, number, plain)
        for column, text in enumerate(texts, 1):
            style = "bold" if column == 2 else "risky" if text.startswith(RISKY) else "plain"
            put(self.made, row, column, text, plain, self.formats[style])
        for column in range(FIRST_ANSWER, FIRST_ANSWER + len(ANSWERS)):
            self.made.write_blank(row, column, None, self.formats["answer"])
        put(self.made, row, len(WIDTHS), item.key, plain)
        tall = max(_lines(text, width) for text, width in zip(texts, WIDTHS[1:5], strict=True))
        self.made.set_row(row, min(TALLEST, LINE * (tall + 1)))

    def _offer(self) -> None:
        """Lists stand in cells: a grade's words hold commas."""
        levels, grades = len(level_choices(self.words)), len(grade_choices(self.words))
        said = {"error_title": self.words("prework.level"), "error_type": "stop"}
        said["error_message"] = self.words("prework.only_these")
        for number, item in enumerate(self.sheet.items, 1):
            row, most = HEAD_ROW + number, levels + 1 if item.may_waive else levels
            offer = {"validate": "list", "source": f"='{LISTS}'!$A$2:$A${most}", **said}
            self.made.data_validation(row, FIRST_ANSWER, row, FIRST_ANSWER, offer)
        if self.sheet.items:
            offer = {"validate": "list", "source": f"='{LISTS}'!$C$2:$C${grades + 1}", **said}
            column = FIRST_ANSWER + 1
            self.made.data_validation(HEAD_ROW + 1, column, self.last, column, offer)


def _write_control(
    book: Any, sheet: PersonSheet, words: Words, known: tuple[str, str], plain: Any
) -> None:
    """`known`: identity of the audit, and the line that names the person."""
    control = book.add_worksheet(CONTROL)
    control.very_hidden()
    facts = (
        ("schema", SCHEMA),
        ("audit", known[0]),
        ("person", str(sheet.person)),
        ("name", sheet.name),
        ("line", known[1]),
        *(("row", item.key) for item in sheet.items),
    )
    for row, pair in enumerate(facts):
        for column, text in enumerate(pair):
            put(control, row, column, text, plain)
    lists = book.add_worksheet(LISTS)
    lists.very_hidden()
    for column, choices in ((0, level_choices(words)), (2, grade_choices(words))):
        put(lists, 0, column, ANSWERS[column // 2], plain)
        for row, (text, code) in enumerate(choices.items(), 1):
            # A list of numbers takes a number that is typed; one of texts would refuse it.
            if text.isdecimal():
                lists.write_number(row, column, int(text))
            else:
                put(lists, row, column, text, plain)
            put(lists, row, column + 1, code, plain)


def put(sheet: Any, row: int, column: int, text: str, plain: Any, how: Any = None) -> None:
    """Write typed text as text. xlsxwriter takes <r>…</r> for markup of its own; two runs are not.

    A text longer than a cell holds is cut and ends in an ellipsis.
    """
    text = _cut(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, plain, text[:1], text[1:], *([how] if how else []))
    elif text:
        sheet.write_string(row, column, text, how)
    elif how is not None:
        sheet.write_blank(row, column, None, how)


def _cut(text: str) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST_SIGNS:
        return text
    return units[: 2 * (MOST_SIGNS - 1)].decode("utf-16-le", "ignore") + "…"


def _lines(text: str, width: float) -> int:
    """Lines a wrapped text takes in a column of `width` characters."""
    return sum(max(1, math.ceil(len(line) / (width - 2))) for line in text.split("\n"))
