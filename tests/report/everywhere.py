"""An audit in which every text that somebody can type is one of its own, by the record's types."""

import datetime as dt
import itertools
import re
import string
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import fields, replace

from app.domain.answers import Answer, Confirmation, Evidence
from app.domain.audit import COLLECTIONS, Audit
from app.domain.ids import PersonId
from app.domain.landscape import Organisation, Person
from app.domain.planning import PlanSettings
from app.domain.renaming import rename
from app.domain.shapes import DEFINED_IN, KEY_KINDS
from app.domain.workshop import Snapshot, Timebox

Field = tuple[type[Struct], str]
Say = Callable[[Field], str]
CODES: Final = frozenset[Field](
    {
        *((Organisation, "currency"), (Organisation, "language"), (Person, "area")),
        *((Timebox, "kind"), (Timebox, "attends"), (Answer, "mode"), (PlanSettings, "excluded")),
        *((Confirmation, "fingerprint"), (Evidence, "sha256"), (Snapshot, "body")),
        (Evidence, "media_type"),
    }
)
"""What is text by its type, but chosen from a list or computed and never typed."""
CONTENT: Final = ("bank", "reference")
"""Collections that are about no organisation."""
SECRET: Final = re.compile(r"[Zz]q[a-z]{4}")
SHORT: Final = frozenset({"name", "role", "unit", "provider", "system", "tool", "model", "kind"})
"""Fields that hold a name rather than a sentence."""


def filled(audit: Audit, say: Say) -> Audit:
    """Every typed text of every record as `say` has it; kinds without a record get one."""
    filler = _Filler(audit, say)
    found: dict[str, Any] = {}
    for collection in COLLECTIONS:
        if collection.name not in CONTENT:
            records = getattr(audit, collection.name)
            if collection.depth and not records:
                records = filler.keyed(collection.name, collection.kind)
            found[collection.name] = filler.deep(records, collection.depth)
    return replace(audit, **found)


def typed_fields() -> frozenset[Field]:
    """Every field of every record that holds typed text."""
    found: set[Field] = set()
    seen: set[type[Struct]] = set()
    todo = [c.kind for c in COLLECTIONS if c.name not in CONTENT]
    while todo:
        kind = todo.pop()
        if kind in seen:
            continue
        seen.add(kind)
        for name, hint in _hints(kind).items():
            held = set(_leaves(hint))
            todo += [leaf for leaf in held if _is_record(leaf)]
            if str in held and (kind, name) not in CODES:
                found.add((kind, name))
    return frozenset(found)


class Secrets:
    """A word for each text that somebody typed, and whose it is.

    A sentence names a person of the record as well, so that one that is printed as it is gives
    somebody away.
    """

    def __init__(self, audit: Audit) -> None:
        self._words = _words()
        self.people = {p: (self.word(), self.word()) for p in sorted(audit.people)}
        self.witnesses: set[str] = set()
        """Who is named as having seen something and stands in no list of people."""
        self.of: dict[str, Field] = {}
        self._turn = itertools.cycle([" ".join(pair) for pair in self.people.values()])

    @property
    def names(self) -> frozenset[str]:
        """Given and family names, and the ids made of them."""
        given = frozenset(word for pair in self.people.values() for word in pair)
        return given | {word.lower() for word in given} | self.witnesses

    def say(self, field: Field) -> str:
        word = self.word()
        self.of[word] = field
        if field[1] == "seen_by":
            self.witnesses.add(word)
            return word
        return word if field[1] in SHORT else f"{word} {next(self._turn)}"

    def word(self) -> str:
        return next(self._words)


def secretive(audit: Audit) -> tuple[Audit, Secrets]:
    """The audit with a word of its own in every text, in every name and in every id."""
    secrets = Secrets(audit)
    made = filled(audit, secrets.say)
    people = {
        p: replace(r, name=" ".join(secrets.people[p])) for p, r in sorted(made.people.items())
    }
    ids: dict[Any, dict[str, str]] = {
        kind: {key: secrets.word().lower() for key in _ids(made, collection)}
        for kind, collection in DEFINED_IN.items()
        if collection not in ("own_actions", "people")
    }
    ids[PersonId] = {p: secrets.people[p][0].lower() for p in people}
    return rename(replace(made, people=people), ids), secrets


def _ids(audit: Audit, collection: str) -> list[str]:
    records = getattr(audit, collection)
    deep = next(c for c in COLLECTIONS if c.name == collection).depth == 2
    return sorted({k for group in records.values() for k in group} if deep else records)


def _words() -> Iterator[str]:
    for letters in itertools.product(string.ascii_lowercase, repeat=4):
        yield "Zq" + "".join(letters)


class _Filler:
    """Walks values by their types; what is missing and could hold a text is made once a field."""

    def __init__(self, audit: Audit, say: Say) -> None:
        self.audit, self.say = audit, say
        self.begun: set[Field] = set()

    def deep(self, records: Any, depth: int) -> Any:
        if depth:
            return {key: self.deep(value, depth - 1) for key, value in sorted(records.items())}
        return self.record(records)

    def record(self, record: Any) -> Any:
        kind = type(record)
        found = {}
        for name, hint in _hints(kind).items():
            if (kind, name) not in CODES:
                found[name] = self.value(getattr(record, name), hint, (kind, name))
        return replace(record, **found)

    def value(self, value: Any, hint: Any, field: Field) -> Any:
        if hint is str:
            return self.say(field)
        if _is_record(hint):
            return self.record(value)
        if not _holds_text(hint):
            return value
        if not value and field not in self.begun:
            value = self.made(hint, inside=True)
        self.begun.add(field)
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin in (types.UnionType, typing.Union):
            part = next(part for part in inner if part is not type(None))
            return None if value is None else self.value(value, part, field)
        if origin is tuple:
            return tuple(self.value(v, inner[0], field) for v in value)
        return {k: self.value(v, inner[1], field) for k, v in sorted(value.items())}

    def keyed(self, name: str, kind: Any) -> Any:
        records: Any = self.made(kind)
        for key in reversed(KEY_KINDS[name]):
            records = {self.made(key, own=name): records}
        return records

    def made(self, hint: Any, *, own: str = "", inside: bool = False) -> Any:
        """The least value of a type, with one item `inside`; an id is one that the audit has."""
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin in (types.UnionType, typing.Union):
            return self.made(next(part for part in inner if part is not type(None)))
        if origin is tuple:
            return (self.made(inner[0]),) if inside else ()
        if origin is not None:
            return {self.made(inner[0]): self.made(inner[1])} if inside else {}
        if _is_record(hint):
            hints = _hints(hint)
            return hint(**{f.name: self.made(hints[f.name]) for f in fields(hint) if f.required})
        if hint in DEFINED_IN and DEFINED_IN[hint] != own:
            return _ids(self.audit, DEFINED_IN[hint])[0]
        if isinstance(hint, type) and issubclass(hint, Enum):
            return list(hint)[-1]
        return LEAST.get(hint, "one")


LEAST: Final[Mapping[Any, Any]] = {
    int: 1,
    float: 1.0,
    bool: True,
    dt.date: dt.date(2026, 12, 1),
    dt.datetime: dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
}


def _hints(kind: type[Struct]) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _is_record(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Struct)


def _leaves(hint: Any) -> Iterator[Any]:
    """What a type is made of; the keys of mappings are ids and codes."""
    inner = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if not inner:
        yield hint
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        yield from _leaves(inner[1])
    else:
        for part in inner:
            yield from _leaves(part)


def _holds_text(hint: Any) -> bool:
    """A mapping without texts in its values is left as it is, and so is a code."""
    return str in _leaves(hint) or any(_is_record(leaf) for leaf in _leaves(hint))
