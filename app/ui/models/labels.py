"""What records are called in the label of an undo step: by the names people know, never by ids."""

from collections.abc import Mapping
from typing import Any

from app.domain.audit import Audit
from app.ui.models.columns import Column, text_of
from app.ui.page import translate

NAMED, LONGEST = 2, 40
"""Records a label names, and letters of each."""


def names_of(collection: str, first: Column, audit: Audit, entries: Mapping[str, Any]) -> str:
    """The first records by what their first column says, and how many more there are."""
    named = [_name(collection, first, audit, id_, entries[id_]) for id_ in sorted(entries)[:NAMED]]
    more = len(entries) - len(named)
    said = ", ".join(named)
    return said + translate(" and {0} more").format(more) if more else said


def _name(collection: str, first: Column, audit: Audit, id_: str, record: Any) -> str:
    """A label stays in the journal, where no name of a person can be blanked."""
    if collection == "people":
        found = record.role
    else:
        found = text_of(first, audit, getattr(record, first.field)) if first.field else ""
    one = " ".join(found.split())
    return (one if len(one) <= LONGEST else one[: LONGEST - 1] + "…") or id_
