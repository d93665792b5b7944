"""The rows of the collections: writing what changed, and loading the whole audit."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from app.domain.audit import COLLECTIONS, Audit, Collection
from app.domain.changes import Change
from app.domain.references import records
from app.store.names import PEOPLE, all_names, shown
from app.store.rows import key_values, table


def everything(audit: Audit) -> Iterator[Change]:
    """An audit as the changes that make it from nothing."""
    for collection in COLLECTIONS:
        for keys, record in records(audit, collection.name):
            yield Change(collection.name, keys, None, record)


def put(db: Database, changes: Iterable[Change]) -> None:
    """Every record as the last of its changes leaves it; one statement for each collection."""
    latest = {(c.collection, c.keys): c.after for c in changes}
    rows: dict[str, list[tuple[Any, ...]]] = {}
    gone: dict[str, list[tuple[Any, ...]]] = {}
    for (name, keys), record in latest.items():
        where = key_values(name, keys)
        if record is None:
            gone.setdefault(name, []).append(where)
        else:
            rows.setdefault(name, []).append(table(name).row(where, record))
    for name, keys_gone in gone.items():
        db.conn.executemany(table(name).delete, keys_gone)
    for name, values in rows.items():
        db.conn.executemany(table(name).upsert, values)


def load(db: Database) -> Audit:
    """The whole audit. Raises ValueError, KeyError or ValidationError where a row is no record."""
    people = all_names(db)
    return Audit(**{c.name: _value(db, c, people) for c in COLLECTIONS})


def _value(db: Database, collection: Collection, people: Mapping[str, str]) -> Any:
    made = table(collection.name)
    found = db.execute(made.select)
    if collection.depth == 0:
        for row in found:
            return made.record(row)
        raise ValueError(f"the row of {collection.name} is missing")
    if collection.depth == 1:
        value = {row[0]: made.record(row[1:]) for row in found}
        if collection.name == PEOPLE:
            return {key: shown(person, people) for key, person in value.items()}
        return value
    groups: dict[str, dict[str, Any]] = {}
    for row in found:
        groups.setdefault(row[0], {})[row[1]] = made.record(row[2:])
    return groups
