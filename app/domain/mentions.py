"""Where a person's name stands in texts of the record besides the list of people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from app.domain.audit import COLLECTIONS, Audit
from app.domain.ids import PersonId
from app.domain.name_forms import NameForms, bank_words
from app.domain.references import records

ELSEWHERE = ("people", "bank", "reference", "snapshots")
"""People are named there; banks and reference sets are not about them; snapshots are whole."""


def mentions(audit: Audit, person: PersonId) -> Mapping[str, int]:
    """Collection to the number of its records that name them in some text; sorted, no zeros.

    In whatever form: a family name alone gives a person away as well.
    """
    record = audit.people.get(person)
    if record is None or not record.name.strip():
        return {}
    forms = NameForms({str(person): record.name}, bank_words(audit.bank))
    found: Counter[str] = Counter()
    for collection in COLLECTIONS:
        if collection.name not in ELSEWHERE:
            for _, value in records(audit, collection.name):
                found[collection.name] += any(forms.find(text) for text in _texts(value))
    return {name: n for name, n in sorted(found.items()) if n}


def _texts(value: Any) -> Iterator[str]:
    """Every text in a record, without the names of its fields."""
    plain = msgspec.to_builtins(value)
    waiting = [plain]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list | tuple):
            waiting += each
