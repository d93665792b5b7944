"""Columns of a record table: how a field is shown, typed and checked."""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo

from app.domain.audit import Audit
from app.ui.models.typed import typed_date, typed_number
from app.ui.page import translate

OFFERED = 8
"""Choices that a refusal names."""
YES = ("1", "yes", "y", "true", "x", "ja", "wahr")
NO = ("0", "no", "n", "false", "-", "nein", "falsch")

Choices = Callable[[Audit], Mapping[str, str]]
"""Value to its words; the empty value stands for not recorded."""


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHECK = "check"
    CHOICE = "choice"


class Column(Struct, frozen=True):
    """One field of a record. `show` instead of a field makes a computed, read-only column."""

    title: str
    field: str = ""
    kind: Kind = Kind.TEXT
    choices: Choices | None = None
    show: Callable[[Audit, str], str] | None = None
    """Record id to the text of a computed column."""
    rough: Callable[[Audit, str], str] | None = None
    """A cheap stand-in for `show` where thousands of rows are sorted or filtered."""
    tone: Callable[[Audit, str], str] | None = None
    """Record id to the state whose chip colours the text."""
    say: Callable[[Audit, Any], str] | None = None
    """How a value is written where its kind does not fit, as a list of records."""
    hear: Callable[[Audit, str], Any] | None = None
    """The way back; raises ValueError with what would fit."""
    words: tuple[str, ...] = ()
    """All that a computed column says, where that is little: it is made wide enough."""
    adds_people: bool = False
    """A name that is not known is another person's, who is added."""
    whole: bool = False
    """A number without decimals."""
    width: int = 120
    tip: str = ""

    @property
    def is_editable(self) -> bool:
        return self.show is None


def text_of(column: Column, audit: Audit, value: Any) -> str:
    """What a cell says."""
    if column.say:
        return column.say(audit, value)
    if value is None:
        return ""
    if column.kind is Kind.CHOICE and column.choices:
        return column.choices(audit).get(str(value), str(value))
    if column.kind is Kind.NUMBER:
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    if column.kind is Kind.CHECK:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def reader(column: Column, audit: Audit) -> Callable[[str, Any], str]:
    """Record id and record to what a cell says; looked up once for thousands of rows."""
    if column.rough or column.show:
        compute = column.rough or column.show
        assert compute is not None
        return lambda id_, _record: compute(audit, id_)
    field = column.field
    if column.kind is Kind.TEXT and not column.say:
        return lambda _id, record: getattr(record, field)
    if column.kind is Kind.CHOICE and column.choices:
        words = column.choices(audit)
        return lambda _id, record: _worded(words, getattr(record, field))
    return lambda _id, record: text_of(column, audit, getattr(record, field))


def _worded(words: Mapping[str, str], value: Any) -> str:
    return "" if value is None else words.get(value, value)


def value_of(column: Column, audit: Audit, text: str) -> Any:
    """What a typed or pasted text means. Raises ValueError with what would fit."""
    text = text.strip()
    if column.hear:
        return column.hear(audit, text)
    if column.kind is Kind.TEXT:
        return text
    if not text:
        return None
    if column.kind is Kind.NUMBER:
        number = typed_number(text)
        return int(number) if column.whole else number
    if column.kind is Kind.DATE:
        return typed_date(text)
    if column.kind is Kind.CHECK:
        return _ticked(text)
    choices = column.choices(audit) if column.choices else {}
    for value, words in choices.items():
        if text.casefold() in (value.casefold(), words.casefold()):
            return value or None
    known = [words for words in choices.values() if words]
    if not known:
        raise ValueError(translate("“{0}” is not on the list, which is empty").format(text))
    more = ["…"] if len(known) > OFFERED else []
    said = ", ".join([*known[:OFFERED], *more])
    raise ValueError(translate("“{0}” is not one of: {1}").format(text, said))


def _ticked(text: str) -> bool:
    for meant, words in ((True, YES), (False, NO)):
        if text.casefold() in words:
            return meant
    raise ValueError(translate("“{0}” is neither yes nor no").format(text))


def fitted(value: Any, field: FieldInfo) -> Any:
    """A value as the record takes it; an empty one is the field's own for nothing said."""
    try:
        return msgspec.convert(value, field.type, strict=False)
    except msgspec.ValidationError:
        if value is not None:
            raise ValueError(translate("“{0}” does not fit here").format(value)) from None
    if field.required:
        raise ValueError(translate("It cannot be empty"))
    return default_of(field)


def default_of(field: FieldInfo) -> Any:
    """What a field says where nobody said anything."""
    return field.default_factory() if field.default is NODEFAULT else field.default
