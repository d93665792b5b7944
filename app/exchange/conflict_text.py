"""What two copies of an audit say differently, as one sentence that can be parked."""

from typing import Any

import msgspec

from app.domain.audit import Audit
from app.domain.merge import Conflict
from app.domain.references import records
from app.words import Words


def conflict_text(conflict: Conflict, audit: Audit, words: Words) -> str:
    """Where it stands, what was kept and what gave way."""
    return words(
        "merge.gave_way",
        where=conflict_place(conflict, audit),
        kept=said(conflict.ours, words),
        lost=said(conflict.theirs, words),
    )


def conflict_place(conflict: Conflict, audit: Audit) -> str:
    """`workflows/returns (Store returns triage), users`."""
    place = "/".join((conflict.collection, *conflict.keys))
    name = _name(conflict, audit)
    if name:
        place = f"{place} ({name})"
    return f"{place}, {conflict.field}" if conflict.field else place


def said(value: Any, words: Words) -> str:
    """A value as text: plain ones as they are, a record as its JSON."""
    if value is None:
        return words("merge.nothing")
    plain = msgspec.to_builtins(value)
    text = plain if isinstance(plain, str) else msgspec.json.encode(plain).decode()
    return " ".join(text.split())


def _name(conflict: Conflict, audit: Audit) -> str:
    """What people call the record; empty where it has no name of its own or is not there."""
    found = next((r for k, r in records(audit, conflict.collection) if k == conflict.keys), None)
    for field in ("name", "title"):
        if text := getattr(found, field, ""):
            return str(text)
    return ""
