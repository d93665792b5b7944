"""Records as table rows and back, derived once for each collection from the record's types."""

import datetime as dt
import math
import typing
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cache
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct, inspect

from app.domain.audit import COLLECTION
from app.store.schema import KEYS, WHOLE

Encode = Callable[[Any], Any]
_SAME: Encode = lambda value: value  # noqa: E731
_JSON = msgspec.json.Encoder(order="sorted")


class Column(Struct, frozen=True):
    """How one field is put into its column and read back."""

    name: str
    encode: Encode
    decode: Encode


class Table(Struct, frozen=True):
    """One collection: its statements, and the conversion of its records."""

    name: str
    kind: Any
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    decoders: tuple[tuple[int, Encode], ...]
    """Place of a field and its conversion, for those that are not kept as they are."""
    upsert: str
    delete: str
    select: str

    def row(self, keys: tuple[Any, ...], record: Any) -> tuple[Any, ...]:
        """Values for `upsert`. Raises ValidationError where they would not read back the same."""
        values = [c.encode(getattr(record, c.name)) for c in self.columns]
        if self.record(values) != record:
            raise msgspec.ValidationError(
                f"{self.name} {'/'.join(map(str, keys))} would read back changed"
            )
        return (*keys, *values)

    def record(self, values: Iterable[Any]) -> Any:
        """The record of the values behind the keys. Raises ValueError or KeyError."""
        fields = list(values)
        for place, decode in self.decoders:
            fields[place] = decode(fields[place])
        return self.kind(*fields)


class WholeTable(Table, frozen=True):
    """A collection that is one JSON text with its hash."""

    def row(self, keys: tuple[Any, ...], record: Any) -> tuple[Any, ...]:
        body = _JSON.encode(record)
        values = (sha256(body).hexdigest(), body.decode())
        if self.record(values) != record:
            raise msgspec.ValidationError(f"the {self.name} would read back changed")
        return (*keys, *values)

    def record(self, values: Iterable[Any]) -> Any:
        digest, body = values
        if sha256(body.encode()).hexdigest() != digest:
            raise ValueError(f"the {self.name} does not have its hash")
        return msgspec.json.decode(body, type=self.kind)


@cache
def table(name: str) -> Table:
    """The table of a collection."""
    kind = COLLECTION[name].kind
    keys = KEYS[name]
    if name in WHOLE:
        columns: tuple[Column, ...] = ()
        names = ["sha256", "body"]
    else:
        hints = typing.get_type_hints(kind)
        fields = inspect.type_info(kind).fields  # type: ignore[attr-defined]
        columns = tuple(_column(f.name, f.type, hints[f.name]) for f in fields)
        names = [c.name for c in columns]
    made = WholeTable if name in WHOLE else Table
    # Qualified, because SQLite reads a quoted name that is no column as a text.
    where = " AND ".join(f'"{name}"."{key}" = ?' for key in keys or ("one",))
    wanted = ", ".join(f'"{name}"."{column}"' for column in (*keys, *names))
    return made(
        name,
        kind,
        keys,
        columns,
        tuple((n, c.decode) for n, c in enumerate(columns) if c.decode is not _SAME),
        _upsert(name, keys, names),
        f'DELETE FROM "{name}" WHERE {where}',
        f'SELECT {wanted} FROM "{name}"',
    )


def key_values(name: str, keys: tuple[str, ...]) -> tuple[Any, ...]:
    """Values of the key columns in statements that change a row."""
    return keys if KEYS[name] else (1,)


def _upsert(name: str, keys: tuple[str, ...], names: Iterable[str]) -> str:
    """An upsert, because REPLACE would delete the row first and try every reference to it."""
    keys = keys or ("one",)
    columns = (*keys, *names)
    changed = ", ".join(f'"{n}" = excluded."{n}"' for n in names)
    return (
        f'INSERT INTO "{name}" ({_listed(columns)}) VALUES ({", ".join("?" * len(columns))}) '
        f"ON CONFLICT ({_listed(keys)}) DO UPDATE SET {changed}"
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{n}"' for n in names)


def _column(name: str, kind: inspect.Type, hint: Any) -> Column:
    optional = isinstance(kind, inspect.UnionType)
    if isinstance(kind, inspect.UnionType):
        kind = next(t for t in kind.types if not isinstance(t, inspect.NoneType))
    encode, decode = _codec(kind, hint)
    if optional:
        return Column(name, _or_none(encode), _or_none(decode))
    return Column(name, encode, decode)


def _codec(kind: inspect.Type, hint: Any) -> tuple[Encode, Encode]:
    if isinstance(kind, inspect.StrType | inspect.IntType):
        return _SAME, _SAME
    if isinstance(kind, inspect.BoolType):
        return int, bool
    if isinstance(kind, inspect.FloatType):
        return _finite, _SAME
    if isinstance(kind, inspect.DateType):
        return dt.date.isoformat, dt.date.fromisoformat
    if isinstance(kind, inspect.DateTimeType):
        return dt.datetime.isoformat, dt.datetime.fromisoformat
    if isinstance(kind, inspect.EnumType):
        return _value, {member.value: member for member in kind.cls}.__getitem__
    decoder = msgspec.json.Decoder(hint)
    return _json, decoder.decode


def _or_none(convert: Encode) -> Encode:
    if convert is _SAME:
        return _SAME
    return lambda value: None if value is None else convert(value)


def _value(member: Enum) -> Any:
    return member.value


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise msgspec.ValidationError("a number is not finite")
    return float(value)


def _json(value: Mapping[Any, Any] | Struct | tuple[Any, ...]) -> str:
    return _JSON.encode(value).decode()
