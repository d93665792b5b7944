"""Where a person's name stands in texts of the record besides the list of people."""

from collections import Counter
from collections.abc import Mapping

import msgspec

from app.domain.audit import COLLECTIONS, Audit
from app.domain.ids import PersonId
from app.domain.references import records

ELSEWHERE = ("people", "bank", "reference", "snapshots")
"""People are named there; banks and reference sets are not about them; snapshots are whole."""


def mentions(audit: Audit, person: PersonId) -> Mapping[str, int]:
    """Collection to the number of its records with the name in some text; sorted, no zeros."""
    record = audit.people.get(person)
    if record is None or not record.name.strip():
        return {}
    name = record.name.casefold()
    found: Counter[str] = Counter()
    for collection in COLLECTIONS:
        if collection.name not in ELSEWHERE:
            for _, value in records(audit, collection.name):
                if name in msgspec.json.encode(value).decode().casefold():
                    found[collection.name] += 1
    return dict(sorted(found.items()))
