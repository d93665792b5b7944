"""Join two audits that share a past: record by record, and inside records field by field."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.changes import Change, apply, diff
from app.domain.edits.records import close, found
from app.domain.ids import Target
from app.domain.references import Reference, cut, dangling, references
from app.domain.shapes import DEFINED_IN, KEY_KINDS, TARGETS

WHOLE: Final = frozenset(("bank", "reference"))
"""Collections whose values belong together and are never mixed."""
WHOLE_FIELDS: Final = frozenset(("points", "failure_split", "multipliers"))
"""Mappings whose values add up, and are therefore one value."""

Where = tuple[str, tuple[str, ...]]
"""Collection and keys of a record."""


class Conflict(Struct, frozen=True):
    """Both sides changed one thing. `field` is empty where the whole record is meant."""

    collection: str
    keys: tuple[str, ...]
    field: str
    base: Any
    ours: Any
    theirs: Any


class Merge(Struct, frozen=True):
    """The joined audit; in every conflict it holds what ours says."""

    audit: Audit
    conflicts: tuple[Conflict, ...]


def merge(base: Audit, ours: Audit, theirs: Audit) -> Merge:
    """Three-way merge. Laws: merge(b, x, b) = merge(b, b, x) = x; disjoint edits never conflict.

    A removal on one side and a change of the same thing, or of something that cannot stand
    without it, on the other is a conflict. No reference of the result leads nowhere.
    """
    conflicts: list[Conflict] = []
    theirs = _without_taken_ids(base, ours, theirs, conflicts)
    mine = {(c.collection, c.keys): c for c in diff(base, ours)}
    others = {(c.collection, c.keys): c for c in diff(base, theirs)}
    if not mine or not others:
        return Merge(theirs if others else ours, tuple(conflicts))
    taken, kept = [], []
    for where, change in others.items():
        after = change.after
        if where in mine:
            after = _joined(mine[where], change, conflicts)
            if change.after is None and after is not None:
                kept.append(where)
        taken.append(Change(*where, None, after))
    draft = apply(ours, taken)
    for where in kept:
        draft = _restored(base, ours, theirs, draft, where, conflicts)
    draft = _repaired(base, ours, theirs, draft, conflicts)
    ordered = sorted(conflicts, key=lambda c: (c.collection, c.keys, c.field))
    return Merge(draft, tuple(ordered))


def _without_taken_ids(base: Audit, ours: Audit, theirs: Audit, conflicts: list[Conflict]) -> Audit:
    """Theirs without targets they added under an id that means another kind of thing in ours."""
    cleaned = theirs
    for name in TARGETS:
        for key in sorted(getattr(theirs, name).keys() - getattr(base, name).keys()):
            others = [other for other in TARGETS if other != name]
            if any(_is_changed(base, ours, other, key) for other in others):
                cleaned = close(cleaned, apply(cleaned, [Change(name, (key,), None, None)]))
    for change in diff(cleaned, theirs):
        where = (change.collection, change.keys)
        conflicts.append(
            Conflict(*where, "", found(base, *where), found(ours, *where), change.after)
        )
    return cleaned


def _is_changed(base: Audit, ours: Audit, name: str, key: str) -> bool:
    """Ours added the record or changed it, so it does not give way."""
    now = getattr(ours, name).get(key)
    return now is not None and now != getattr(base, name).get(key)


def _joined(mine: Change, other: Change, conflicts: list[Conflict]) -> Any:
    """The record that both sides changed, fields of theirs taken where only they changed them."""
    where = (mine.collection, mine.keys)
    if mine.after == other.after:
        return mine.after
    if None in (mine.before, mine.after, other.after) or mine.collection in WHOLE:
        conflicts.append(Conflict(*where, "", mine.before, mine.after, other.after))
        return mine.after
    fields = {}
    for name in mine.after.__struct_fields__:
        base, ours, theirs = (getattr(r, name) for r in (mine.before, mine.after, other.after))
        fields[name] = _value(where, name, base, ours, theirs, conflicts)
    return replace(mine.after, **fields)


def _value(
    where: Where, name: str, base: Any, ours: Any, theirs: Any, conflicts: list[Conflict]
) -> Any:
    """One field, or one entry of a mapping field, merged three ways."""
    if ours == theirs or base == theirs:
        return ours
    if base == ours:
        return theirs
    if isinstance(ours, Mapping) and name not in WHOLE_FIELDS:
        entries = {
            key: _value(
                where, f"{name}.{key}", base.get(key), ours.get(key), theirs.get(key), conflicts
            )
            for key in sorted(base.keys() | ours.keys() | theirs.keys())
        }
        return {key: value for key, value in entries.items() if value is not None}
    conflicts.append(Conflict(*where, name, base, ours, theirs))
    return ours


def _repaired(
    base: Audit, ours: Audit, theirs: Audit, draft: Audit, conflicts: list[Conflict]
) -> Audit:
    """The draft without references that lead nowhere because one side removed what the other uses.

    Ours is kept: what ours still names comes back with all that theirs removed with it; what only
    theirs names is left out. What dangled before the merge is left as it was.
    """
    accepted = {*dangling(ours), *dangling(theirs)}
    while loose := [r for r in dangling(draft) if r not in accepted]:
        needed = [r for r in loose if _names(ours, r)]
        if not needed:
            return _without(base, ours, theirs, draft, loose, conflicts)
        for where in {_definition(ours, r) for r in needed}:
            draft = _restored(base, ours, theirs, draft, where, conflicts)
    return draft


def _restored(
    base: Audit,
    ours: Audit,
    theirs: Audit,
    draft: Audit,
    where: Where,
    conflicts: list[Conflict],
) -> Audit:
    """The draft with a record of ours that theirs removed, and what went because of it."""
    gone = _with_dependents(ours, draft, where)
    for name, keys in gone:
        old, kept, new = (found(audit, name, keys) for audit in (base, ours, theirs))
        conflicts.append(Conflict(name, keys, "", old, kept, new))
    return apply(draft, [Change(n, k, None, found(ours, n, k)) for n, k in gone])


def _with_dependents(ours: Audit, draft: Audit, where: Where) -> list[Where]:
    """The record and, in ours but no longer in the draft, all that stands on it."""
    without = close(ours, apply(ours, [Change(*where, None, None)]))
    return [
        (c.collection, c.keys)
        for c in diff(without, ours)
        if c.before is None and found(draft, c.collection, c.keys) is None
    ]


def _without(
    base: Audit,
    ours: Audit,
    theirs: Audit,
    draft: Audit,
    loose: Iterable[Reference],
    conflicts: list[Conflict],
) -> Audit:
    """The draft without what only theirs names and ours removed."""
    named = frozenset((r.kind, r.id) for r in loose)
    kinds = {kind for kind, _ in named}
    gone = {kind: frozenset(i for k, i in named if k is kind) for kind in kinds}
    after = close(draft, replace(draft, **cut(draft, gone)))
    for change in diff(after, draft):
        where = (change.collection, change.keys)
        values = (found(audit, *where) for audit in (base, ours, theirs))
        conflicts.append(Conflict(*where, "", *values))
    return after


def _names(audit: Audit, reference: Reference) -> bool:
    """The audit's own record makes this reference."""
    record = found(audit, reference.collection, reference.keys)
    if record is None:
        return False
    return reference in references(reference.collection, reference.keys, record)


def _definition(audit: Audit, reference: Reference) -> Where:
    """Where the audit keeps the record that is referred to."""
    key = reference.id
    if reference.kind is Target:
        return next((n, (key,)) for n in TARGETS if key in getattr(audit, n))
    name = DEFINED_IN[reference.kind]
    if len(KEY_KINDS[name]) == 1:
        return name, (key,)
    groups = getattr(audit, name)
    return name, (next(first for first, group in groups.items() if key in group), key)
