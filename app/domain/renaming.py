"""Give records other ids, and everything that refers to them with it."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.ids import PlatformId, SourceId, Target, WorkflowId
from app.domain.shapes import KEY_KINDS, SHAPES, WALKED, Id, Shape, parts

Names = Mapping[Id, Mapping[str, str]]
"""Kind of id to old and new id."""

TARGET_KINDS = (PlatformId, WorkflowId, SourceId)


def rename(audit: Audit, names: Names) -> Audit:
    """The audit with new ids in keys and in every reference. The new ids must be free."""
    targets = {old: new for kind in TARGET_KINDS for old, new in names.get(kind, {}).items()}
    names = {**names, Target: targets}
    fields = {}
    for collection in WALKED:
        value = getattr(audit, collection.name)
        shape = SHAPES[collection.name]
        for kind in reversed(KEY_KINDS[collection.name]):
            shape = Shape(key=Shape(kind=kind), item=shape)
        after = _renamed(shape, value, names) if shape else value
        if after is not value:
            fields[collection.name] = after
    return replace(audit, **fields)


def _renamed(shape: Shape, value: Any, names: Names) -> Any:
    """The value with new ids; the same object where it holds none of the old ones."""
    if value is None:
        return None
    if shape.kind:
        pieces = parts(shape.kind, value)
        if not any(old in names.get(kind, {}) for kind, old in pieces):
            return value
        return "/".join(names.get(kind, {}).get(old, old) for kind, old in pieces)
    if shape.fields:
        found = {name: _renamed(s, getattr(value, name), names) for name, s in shape.fields}
        changed = {n: v for n, v in found.items() if v is not getattr(value, n)}
        return replace(value, **changed) if changed else value
    if isinstance(value, Mapping):
        made = {
            (_renamed(shape.key, key, names) if shape.key else key): (
                _renamed(shape.item, item, names) if shape.item else item
            )
            for key, item in value.items()
        }
        is_same = all(key in made and made[key] is item for key, item in value.items())
        return value if is_same else made
    assert shape.item
    items = [_renamed(shape.item, item, names) for item in value]
    if all(new is old for new, old in zip(items, value, strict=True)):
        return value
    return tuple(items)
