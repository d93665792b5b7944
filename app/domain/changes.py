"""What differs between two audits, record by record, and how to apply or reverse that."""

from collections.abc import Iterable, Iterator
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
    """All changed records, in the order of COLLECTIONS and of their keys.

    What is the same object is skipped, so the cost is that of the collections that were touched.
    """
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
    every = new.keys() if old.keys() == new.keys() else old.keys() | new.keys()
    for key in sorted(k for k in every if old.get(k) is not new.get(k)):
        yield from _walk(name, depth - 1, (*keys, key), old.get(key), new.get(key))


def apply(audit: Audit, changes: Iterable[Change]) -> Audit:
    """The audit with every `after` in place. Groups that become empty disappear."""
    fields: dict[str, Any] = {}
    copied: set[tuple[str, str]] = set()
    for change in changes:
        name = change.collection
        if COLLECTION[name].depth == 0:
            fields[name] = change.after
            continue
        if name not in fields:
            fields[name] = dict(getattr(audit, name))
        top = fields[name]
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


def net(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One change for each record that several changes in a row leave different."""
    merged: dict[tuple[str, tuple[str, ...]], Change] = {}
    for change in changes:
        place = change.collection, change.keys
        merged[place] = replace(merged.get(place, change), after=change.after)
    return tuple(c for c in merged.values() if c.before != c.after)
