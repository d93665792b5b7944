"""The value of one cell that people may have changed, or why it cannot be read."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.edits.read_back import FIELDS, FieldKind, Register, SheetEdit, Value
from app.domain.sessions import named_people
from app.exchange.inventory.dates import parse_date
from app.exchange.sheet_book import SheetCell
from app.exchange.sheet_record import SheetRecord, Written, plain

CODE: Final = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
"""How a report writes a character that its fonts cannot draw."""
STAND_IN: Final = 16
FIRST_DAY: Final = dt.date(1899, 12, 30)
LAST_SERIAL: Final = 2_958_465


class Unreadable(Exception):
    """A cell cannot be read; the sentence says why and what to do."""


class Reader:
    """Reads cells of the open columns of one workbook."""

    def __init__(self, audit: Audit, record: SheetRecord) -> None:
        self.record = record
        people = named_people(audit)
        self.people = {**_stand_ins(audit, record), **{str(p): str(p) for p in people}}
        self.names: dict[str, list[str]] = {}
        for person, known in sorted(people.items()):
            self.names.setdefault(plain(known.name), []).append(str(person))

    def before(self, register: Register, field: str, written: Written | None) -> Value:
        """What the cell said when it was written."""
        if written is None:
            return None
        kind = FIELDS[register][field]
        if kind is FieldKind.DATE:
            return parse_date(written.text)
        if kind is FieldKind.NUMBER:
            return _number(written.value)
        if kind is FieldKind.PERSON:
            return self.people.get(written.value, written.value)
        return written.value if kind is FieldKind.CHOICE else written.text

    def read(
        self, register: Register, field: str, cell: SheetCell, written: Written | None
    ) -> Value:
        """What the cell says now. Raises Unreadable."""
        if cell.kind == "f":
            raise Unreadable("The cell holds a formula; type the value itself.")
        if cell.kind == "e":
            raise Unreadable("The cell holds an error of the spreadsheet program; type the value.")
        value = cell.value
        text = cell.text.strip()
        if not text:
            return None
        kind = FIELDS[register][field]
        if kind is FieldKind.DATE:
            return _date(value, text)
        if kind is FieldKind.NUMBER:
            return _number(value if isinstance(value, int | float) else text)
        if written and plain(text) == plain(written.text):
            return self.before(register, field, written)
        if kind is FieldKind.TEXT:
            return value.strip() if isinstance(value, str) else text
        return self._chosen(register, field, text)

    def restored(self, edit: SheetEdit, now: Value) -> SheetEdit:
        """The edit with characters back that the audit has and the sheet wrote by their code."""
        if not isinstance(edit.value, str) or not isinstance(now, str):
            return edit
        return replace(edit, value=CODE.sub(lambda m: _sign(m, now), edit.value))

    def _chosen(self, register: Register, field: str, text: str) -> str:
        choices = self.record.choices.get((register, field), {})
        code = choices.get(plain(text))
        if FIELDS[register][field] is FieldKind.CHOICE:
            if code is None:
                raise Unreadable(f"“{text}” is none of: {', '.join(choices)}.")
            return code
        if code is not None:
            if code not in self.people:
                raise Unreadable(f"“{text}” is no longer on record. Choose somebody else.")
            return self.people[code]
        named = self.names.get(plain(text), [])
        if len(named) != 1:
            who = "nobody" if not named else "more than one person"
            raise Unreadable(
                f"“{text}” is {who} on record. Add the person first, or choose from the list."
            )
        return named[0]


def is_same(one: Value, other: Value) -> bool:
    """Equal, but for the spacing of a text and characters written by their code."""
    if isinstance(one, str) and isinstance(other, str):
        return _even(one) == _even(other)
    if isinstance(one, float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def _stand_ins(audit: Audit, record: SheetRecord) -> Mapping[str, str]:
    """What a sheet calls people whose ids its readers may not learn."""
    head = record.chain_head
    return {sha256(f"{head}:{p}".encode()).hexdigest()[:STAND_IN]: str(p) for p in audit.people}


def _even(text: str) -> str:
    signs = CODE.sub(lambda m: _sign(m, None), text)
    return " ".join(unicodedata.normalize("NFC", signs).split())


def _sign(code: re.Match[str], wanted: str | None) -> str:
    """The character, where it is one that `wanted` has; else the code as it stands."""
    number = int(code[1], 16)
    if number > 0x10FFFF:
        return code[0]
    return chr(number) if wanted is None or chr(number) in wanted else code[0]


def _date(value: object, text: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and 1 <= value <= LAST_SERIAL:
        # A day count, left where the cell's format was lost.
        return FIRST_DAY + dt.timedelta(days=int(value))
    found = parse_date(text)
    if found is None:
        raise Unreadable(f"“{text}” is no date that is clear; write it as 2027-01-31.")
    return found


def _number(value: object) -> float:
    try:
        found = float(str(value).strip().replace(",", "."))
    except ValueError:
        raise Unreadable(f"“{value}” is no number.") from None
    if not math.isfinite(found):
        raise Unreadable(f"“{value}” is no number.")
    return found
