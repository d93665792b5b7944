"""Join the files of two laptops: nothing is lost, and it does not matter which of them joins."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.edits.ranges import refuse
from app.domain.edits.records import put
from app.domain.history import Entry, EntryKind
from app.domain.ids import ParkingId, PersonId
from app.domain.merge import Conflict, merge
from app.domain.references import records
from app.domain.renaming import Names, rename
from app.domain.shapes import DEFINED_IN
from app.domain.workshop import ParkingItem

SIGNS: Final = 8
"""Characters of a hash that tell apart what was added under one id on two laptops."""


class Side(Struct, frozen=True):
    """One of two files of an audit, as it stands."""

    audit: Audit
    edited: dt.datetime
    """Time of its newest journal entry."""
    head: str
    """Hash of that entry."""


class Joining(Struct, frozen=True):
    """The joined audit. In every conflict it holds `ours`, the value of the side that was kept."""

    audit: Audit
    conflicts: tuple[Conflict, ...]
    renamed: int
    """Records added on both sides under one id; the older side's has another id now."""
    kept_first: bool
    """The first side was kept: as a rule the one edited last."""


def common(ours: Iterable[Entry], theirs: Iterable[Entry]) -> int:
    """Sequence of the newest journal entry two files share.

    Raises EditError where they share none: they are not files of one audit.
    """
    hashes = {entry.sequence: entry.hash for entry in ours}
    shared = [e.sequence for e in theirs if hashes.get(e.sequence) == e.hash]
    if not shared:
        raise refuse(
            "These files do not come from one audit: their journals have no entry in common.",
            "Merge copies that were made with Save a copy or by copying the file.",
        )
    return max(shared)


def authors(entries: Iterable[Entry], after: int) -> tuple[PersonId, ...]:
    """Who edited behind an entry, by id; nobody is named where nobody was at the keyboard."""
    return tuple(
        sorted({e.by for e in entries if e.sequence > after and e.by and e.kind is EntryKind.DO})
    )


def join(base: Audit, first: Side, second: Side) -> Joining:
    """Three-way join, the same whichever side comes first; the side edited last wins conflicts,
    unless the other one is the result of an earlier join with it.

    Laws: join(b, x, y).audit = join(b, y, x).audit; joining the result with either side again
    changes nothing; what only one side added, changed or removed is as that side has it.
    """
    older, newer = sorted((first, second), key=lambda side: (side.edited, side.head))
    found = _joined(base, newer, older)
    if not _is_known(found, first, second):
        # The clock of a laptop may be ahead: what was joined before does not turn round for it.
        turned = _joined(base, older, newer)
        if _is_known(turned, first, second):
            return replace(turned, kept_first=older is first)
    return replace(found, kept_first=newer is first)


def _joined(base: Audit, ours: Side, theirs: Side) -> Joining:
    names = _taken(base, ours.audit, theirs.audit)
    found = merge(base, ours.audit, rename(theirs.audit, names))
    return Joining(found.audit, found.conflicts, sum(map(len, names.values())), kept_first=True)


def _is_known(joining: Joining, *sides: Side) -> bool:
    """One of the sides is this already, with every value that gave way parked in it."""
    audit = joining.audit
    return any(audit == side.audit for side in sides) and all(
        _parked_as(conflict, conflict.theirs) in audit.parking for conflict in joining.conflicts
    )


def _parked_as(conflict: Conflict, value: Any) -> ParkingId:
    lost = (conflict.collection, conflict.keys, conflict.field, value)
    return ParkingId(f"merge-{_digest(lost)}")


def park_lost(
    audit: Audit, conflicts: Sequence[Conflict], tell: Callable[[Conflict], str]
) -> Audit:
    """A parked item for every value that gave way, so that the room can still choose it."""
    for conflict in conflicts:
        key = _parked_as(conflict, conflict.theirs)
        if key not in audit.parking:
            audit = put(audit, "parking", (key,), ParkingItem(tell(conflict)))
    return audit


def _taken(base: Audit, ours: Audit, theirs: Audit) -> Names:
    """Ids under which both sides added different things, and new ones for theirs.

    Two records of one name are one thing that both wrote down, and keep their id.
    """
    names: dict[Any, dict[str, str]] = {}
    for kind, collection in DEFINED_IN.items():
        old, mine, other = (_by_id(audit, collection) for audit in (base, ours, theirs))
        for key in sorted((mine.keys() & other.keys()) - old.keys()):
            if mine[key] != other[key] and not _is_same_thing(mine[key], other[key]):
                names.setdefault(kind, {})[key] = f"{key}-{_digest(other[key])}"
    return names


def _by_id(audit: Audit, collection: str) -> dict[str, Any]:
    return {keys[-1]: record for keys, record in records(audit, collection)}


def _is_same_thing(mine: Struct, other: Struct) -> bool:
    for field in ("name", "title", "text"):
        if hasattr(mine, field):
            texts = (str(getattr(record, field)).strip().casefold() for record in (mine, other))
            return len(set(texts)) == 1
    return False


def _digest(value: Any) -> str:
    return sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()[:SIGNS]
