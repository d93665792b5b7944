"""What differs between two audits, record by record, and how to apply or reverse that."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import COLLECTION, COLLECTIONS, Audit


class Change(Struct, frozen=True):
    """One record before and after; None where there is none. One key per depth."""

    collection: str
    keys: tuple[str, ...]
    before: Any
    after: Any


def diff(before: Audit, after: Audit) -> tuple[Change, ...]:
    """All changed records, in the order of COLLECTIONS; what is the same object is skipped."""
    found: list[Change] = []
    for collection in COLLECTIONS:
        old, new = getattr(before, collection.name), getattr(after, collection.name)
        if old is not new:
            found += _walk(collection.name, collection.depth, (), old, new)
    return tuple(found)


def _walk(name: str, depth: int, keys: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
    if depth == 0:
        if old != new:
            yield Change(name, keys, old, new)
        return
    old, new = old or {}, new or {}
    for key in old.keys() | new.keys() if old.keys() != new.keys() else new.keys():
        was, now = old.get(key), new.get(key)
        if was is not now:
            yield from _walk(name, depth - 1, (*keys, key), was, now)


def apply(audit: Audit, changes: Iterable[Change]) -> Audit:
    """The audit with every `after` in place. Groups that become empty disappear."""
    fields: dict[str, Any] = {}
    copied: set[tuple[str, str]] = set()
    for change in changes:
        name = change.collection
        if COLLECTION[name].depth == 0:
            fields[name] = change.after
            continue
        top = fields.setdefault(name, dict(getattr(audit, name)))
        *groups, last = change.keys
        for group in groups:
            if (name, group) not in copied:
                top[group] = dict(top.get(group, {}))
                copied.add((name, group))
        inside = top[groups[0]] if groups else top
        if change.after is None:
            inside.pop(last, None)
        else:
            inside[last] = change.after
        if groups and not inside:
            del top[groups[0]]
            copied.discard((name, groups[0]))
    return replace(audit, **fields)


def reverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that lead back."""
    back = [Change(c.collection, c.keys, c.after, c.before) for c in changes]
    return tuple(reversed(back))


def touched(changes: Iterable[Change]) -> Mapping[str, frozenset[tuple[str, ...]]]:
    """Collection to the keys that changed, for whoever shows or caches them."""
    keys: dict[str, set[tuple[str, ...]]] = {}
    for change in changes:
        keys.setdefault(change.collection, set()).add(change.keys)
    return {name: frozenset(k) for name, k in keys.items()}
