"""Which field of which record refers to which collection, read from the types of the record."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import COLLECTION, Audit
from app.domain.ids import (
    NOBODY,
    ORGANISATION,
    ActionId,
    EvidenceId,
    QuestionId,
    StageId,
    Target,
)
from app.domain.shapes import (
    CONTENT,
    DEFINED_IN,
    IDS,
    KEY_KINDS,
    SHAPES,
    TARGETS,
    WALKED,
    Id,
    Shape,
    parts,
)


class Reference(Struct, frozen=True):
    """A record names another one. `kind` is the NewType of the id."""

    collection: str
    keys: tuple[str, ...]
    kind: Id
    id: str


class _Lost(Enum):
    LOST = 0


def records(audit: Audit, name: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """All records of a collection with their keys."""
    value = getattr(audit, name)
    depth = COLLECTION[name].depth
    if depth == 0:
        yield (), value
    elif depth == 1:
        yield from (((key,), record) for key, record in value.items())
    else:
        for key, group in value.items():
            yield from (((key, last), record) for last, record in group.items())


def references(name: str, keys: tuple[str, ...], record: Any) -> Iterator[Reference]:
    """What one record refers to, by its keys and in its fields. `a/t` keys give two references."""
    for kind, key in zip(KEY_KINDS[name], keys, strict=True):
        if DEFINED_IN.get(kind) != name:
            yield from (Reference(name, keys, k, i) for k, i in parts(kind, key))
    shape = SHAPES.get(name)
    if shape:
        yield from (Reference(name, keys, k, i) for k, i in _ids(shape, record))


def all_references(audit: Audit) -> Iterator[Reference]:
    for collection in WALKED:
        for keys, record in records(audit, collection.name):
            yield from references(collection.name, keys, record)


def dangling(audit: Audit) -> tuple[Reference, ...]:
    """References to records that do not exist; what the bank defines is not looked at."""
    known = {k: defined(audit, k) for k in (*DEFINED_IN, Target) if k not in CONTENT}
    return tuple(
        r
        for r in all_references(audit)
        if r.kind in known and r.id not in known[r.kind] and not _is_nobody(r)
    )


def defined(audit: Audit, kind: Id) -> frozenset[str]:
    """All ids of one kind that exist."""
    if kind is Target:
        return frozenset((ORGANISATION, *(i for name in TARGETS for i in getattr(audit, name))))
    if kind is EvidenceId:
        return frozenset(e for group in audit.evidence.values() for e in group)
    content: Mapping[Id, tuple[Any, ...]] = {
        QuestionId: audit.bank.questions,
        StageId: audit.bank.stages,
        ActionId: audit.bank.actions,
    }
    own = getattr(audit, DEFINED_IN[kind]) if kind in DEFINED_IN else ()
    return frozenset((*own, *(c.id for c in content.get(kind, ()))))


def is_defined(audit: Audit, reference: Reference) -> bool:
    """The record, question, stage or action that is referred to exists."""
    if reference.kind is Target:
        return reference.id == ORGANISATION or any(
            reference.id in getattr(audit, name) for name in TARGETS
        )
    if reference.kind not in CONTENT and reference.kind is not EvidenceId:
        found = reference.id in getattr(audit, DEFINED_IN[reference.kind])
        return found or _is_nobody(reference)
    return reference.id in defined(audit, reference.kind)


def cut(audit: Audit, gone: Mapping[Id, frozenset[str]]) -> dict[str, Any]:
    """Fields of the audit in which nothing refers to what is gone.

    An optional field becomes None, an entry or item is left out, and a record that cannot stand
    without the reference goes as well; the caller asks again for what went with it.
    """
    return {
        c.name: after
        for c in WALKED
        if (after := _cut_collection(c.name, getattr(audit, c.name), gone)) is not None
    }


def _cut_collection(name: str, value: Any, gone: Mapping[Id, frozenset[str]]) -> Any:
    """The collection after the cut, or None where it stays as it is."""
    shape = SHAPES[name]
    kinds = KEY_KINDS[name]
    if not kinds:
        after = _cut(shape, value, gone) if shape else value
        return after if after is not value else None
    item = shape
    for kind in reversed(kinds):
        refers = kind in IDS and DEFINED_IN.get(kind) != name
        key = Shape(kind=kind) if refers else None
        item = Shape(key=key, item=item) if key or item else None
    after = _cut(item, value, gone) if item else value
    if after is value:
        return None
    return {k: v for k, v in after.items() if v} if len(kinds) == 2 else after


def _cut(shape: Shape, value: Any, gone: Mapping[Id, frozenset[str]]) -> Any:
    """The value without what is gone; the same object where nothing is; LOST if it cannot stand."""
    if value is None:
        return value
    if shape.kind:
        lost = any(i in gone.get(k, ()) for k, i in parts(shape.kind, value))
        return _Lost.LOST if lost else value
    if shape.fields:
        return _cut_fields(shape, value, gone)
    if isinstance(value, Mapping):
        return _cut_mapping(shape, value, gone)
    assert shape.item
    kept = [_cut(shape.item, v, gone) for v in value]
    if all(new is old for new, old in zip(kept, value, strict=True)):
        return value
    return tuple(v for v in kept if v is not _Lost.LOST)


def _cut_fields(shape: Shape, value: Any, gone: Mapping[Id, frozenset[str]]) -> Any:
    changed = {}
    for name, inner in shape.fields:
        old = getattr(value, name)
        new = _cut(inner, old, gone)
        if new is _Lost.LOST:
            if not inner.optional:
                return _Lost.LOST
            new = None
        if new is not old:
            changed[name] = new
    return replace(value, **changed) if changed else value


def _cut_mapping(shape: Shape, value: Any, gone: Mapping[Id, frozenset[str]]) -> Any:
    kept = {}
    same = True
    for key, old in value.items():
        if shape.key and _cut(shape.key, key, gone) is _Lost.LOST:
            same = False
            continue
        new = _cut(shape.item, old, gone) if shape.item else old
        same = same and new is old
        if new is not _Lost.LOST:
            kept[key] = new
    return value if same else kept


def _ids(shape: Shape, value: Any) -> Iterator[tuple[Id, str]]:
    if value is None:
        return
    if shape.kind:
        yield from parts(shape.kind, value)
        return
    for name, inner in shape.fields:
        yield from _ids(inner, getattr(value, name))
    if shape.key:
        for key in value:
            yield from _ids(shape.key, key)
    if shape.item:
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _ids(shape.item, item)


def _is_nobody(reference: Reference) -> bool:
    """Only a stage may be owned by nobody."""
    return reference.id == NOBODY and reference.collection == "stages"
