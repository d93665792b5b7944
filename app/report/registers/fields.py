"""Columns of a register, each with what fills its cell from a record."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Generic, TypeVar

from msgspec import Struct

from app.domain.ids import NOBODY, PersonId
from app.domain.sessions import named_people
from app.report.draft import Draft
from app.report.model import Audience, Cell, Column, Row, Table

T = TypeVar("T")
WIDE = 2.0
CODE_SIGNS = 16
EMPTY = Cell("")


class Field(Struct, Generic[T], frozen=True):
    column: Column
    fill: Callable[[T], Cell]


class Choice(Struct, frozen=True):
    """What an open column takes: the texts, and what each is called in the record."""

    texts: tuple[str, ...]
    codes: tuple[str, ...]


def register(
    draft: Draft,
    key: str,
    records: Iterable[T],
    name: Callable[[T], str],
    fields: Iterable[Field[T]],
) -> Table:
    """A complete table: one row for each record under its name."""
    fields = tuple(fields)
    rows = tuple(Row(name(r), tuple(field.fill(r) for field in fields)) for r in records)
    title = draft.words(f"register.{key}")
    return Table(key, title, tuple(field.column for field in fields), rows)


def title_of(draft: Draft, key: str) -> str:
    """The heading of a column: a register's own, else the report's."""
    return draft.words(f"column.{key}" if draft.words.has(f"column.{key}") else f"label.{key}")


def text(
    draft: Draft,
    key: str,
    fill: Callable[[T], str],
    *,
    choice: Choice | None = None,
    is_open: bool = False,
    share: float = 1,
) -> Field[T]:
    """Words; `choice` is offered where people may change the cell."""
    return toned(draft, key, lambda r: Cell(fill(r)), choice=choice, is_open=is_open, share=share)


def toned(
    draft: Draft,
    key: str,
    fill: Callable[[T], Cell],
    *,
    choice: Choice | None = None,
    is_open: bool = False,
    share: float = 1,
) -> Field[T]:
    """Words with a code that colours them."""
    offered = choice if choice and is_open else Choice((), ())
    column = Column(
        key,
        title_of(draft, key),
        share,
        is_open=is_open,
        choices=offered.texts,
        codes=offered.codes,
    )
    return Field(column, fill)


def count(
    draft: Draft,
    key: str,
    fill: Callable[[T], float | None],
    *,
    is_open: bool = False,
    digits: int | None = None,
) -> Field[T]:
    """A number; nothing where it is not recorded. Without `digits` one only where it is needed."""
    column = Column(key, title_of(draft, key), 0.5, "right", "number", is_open=is_open)

    def cell(record: T) -> Cell:
        value = fill(record)
        if value is None:
            return EMPTY
        shown = digits if digits is not None else int(not float(value).is_integer())
        return Cell(draft.words.figure(value, shown), "", value)

    return Field(column, cell)


def money(draft: Draft, key: str, fill: Callable[[T], float | None]) -> Field[T]:
    """An amount; the currency stands in the heading."""
    currency = draft.audit.organisation.currency
    title = draft.words("column.in_money", what=title_of(draft, key), currency=currency)
    return Field(
        Column(key, title, 0.6, "right", "number"),
        lambda r: EMPTY if (value := fill(r)) is None else Cell(draft.money(value), "", value),
    )


def share(draft: Draft, key: str, fill: Callable[[T], float | None]) -> Field[T]:
    """Whole percent, from a share that was rounded as the report rounds it."""

    def cell(record: T) -> Cell:
        value = fill(record)
        return EMPTY if value is None else Cell(draft.words.percent(value), "", value)

    return Field(Column(key, title_of(draft, key), 0.5, "right", "share"), cell)


def day(
    draft: Draft, key: str, fill: Callable[[T], dt.date | None], *, is_open: bool = False
) -> Field[T]:
    """A date, written as ISO."""
    column = Column(key, title_of(draft, key), 0.6, "left", "date", is_open=is_open)
    return Field(column, lambda r: Cell(found.isoformat()) if (found := fill(r)) else EMPTY)


def words_of(draft: Draft, table: str, members: Iterable[StrEnum]) -> Choice:
    """The words of a closed set with its members' values."""
    codes = tuple(member.value for member in members)
    return Choice(tuple(draft.words(f"{table}.{code}") for code in codes), codes)


def owners(draft: Draft) -> Mapping[PersonId, str]:
    """A name for each person that no other one has here; nobody is among them."""
    found: dict[PersonId, str] = {}
    taken: set[str] = set()
    for person in (*sorted(draft.audit.people), NOBODY):
        name = label = " ".join(draft.names.person(person).split())
        n = 1
        while label.casefold() in taken:
            n += 1
            label = f"{name} ({n})"
        taken.add(label.casefold())
        found[person] = label
    return found


def owner_choice(draft: Draft, named: Mapping[PersonId, str]) -> Choice:
    """Everybody but seats by name. Ids may hold names, so who may not read these gets stand-ins.

    A stand-in is the start of SHA-256 over the chain head and the id: whoever has the file can
    tell whom it means.
    """
    people = {p: name for p, name in named.items() if p in named_people(draft.audit)}
    if draft.request.audience is Audience.FULL:
        return Choice(tuple(people.values()), tuple(people))
    return Choice(tuple(people.values()), tuple(_stand_in(draft, p) for p in people))


def _stand_in(draft: Draft, person: PersonId) -> str:
    return sha256(f"{draft.inputs.chain_head}:{person}".encode()).hexdigest()[:CODE_SIGNS]


def owner(
    draft: Draft,
    named: Mapping[PersonId, str],
    fill: Callable[[T], PersonId | None],
    *,
    key: str = "owner",
    is_open: bool = False,
) -> Field[T]:
    """A person by name; nothing where none is recorded."""
    choice = owner_choice(draft, named) if is_open else None

    def name(record: T) -> str:
        person = fill(record)
        if person is None:
            return ""
        return named.get(person) or draft.names.person(person)

    return text(draft, key, name, choice=choice, is_open=is_open)
