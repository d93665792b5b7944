"""The hand-written tables hold exactly the fields of the records, with the right types."""

import sqlite3
from pathlib import Path

import pytest
from msgspec import inspect

from app.domain.audit import COLLECTIONS, Collection
from app.store import schema
from tests.store.edits import new_file

REAL, WHOLE, TEXT = "REAL", "INTEGER", "TEXT"
TYPES = {inspect.FloatType: REAL, inspect.IntType: WHOLE, inspect.BoolType: WHOLE}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path = tmp_path_factory.mktemp("schema") / "a.plumb"
    new_file(path).close()
    return sqlite3.connect(path)


def expected(collection: Collection) -> dict[str, tuple[str, bool]]:
    """Field to the type of its column and whether it must be given."""
    if collection.name in schema.WHOLE:
        return {"sha256": (TEXT, True), "body": (TEXT, True)}
    columns = {}
    for field in inspect.type_info(collection.kind).fields:
        kinds = getattr(field.type, "types", (field.type,))
        kind = next(k for k in kinds if not isinstance(k, inspect.NoneType))
        columns[field.name] = TYPES.get(type(kind), TEXT), len(kinds) == 1
    if collection.name == "people":
        columns["name"] = WHOLE, True  # the number of a row of person_names
    return columns


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda c: c.name)
def test_columns_are_the_fields(collection: Collection, database: sqlite3.Connection) -> None:
    rows = database.execute(f'PRAGMA table_info("{collection.name}")').fetchall()
    keys = schema.KEYS[collection.name] or ("one",)
    assert len(schema.KEYS[collection.name]) == collection.depth
    assert [r[1] for r in sorted(rows, key=lambda r: r[5]) if r[5]] == list(keys)
    assert {r[1]: (r[2], bool(r[3])) for r in rows if not r[5]} == expected(collection)


def test_every_table_is_strict(database: sqlite3.Connection) -> None:
    strict = {r[1]: r[5] for r in database.execute("PRAGMA table_list") if r[0] == "main"}
    ours = {n: s for n, s in strict.items() if not n.startswith(("sqlite_", "_sqlite_"))}
    assert len(ours) == len(COLLECTIONS) + 6
    assert all(ours.values())


def test_references_are_deferred_and_lead_to_a_table(database: sqlite3.Connection) -> None:
    for (sql,) in database.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"):
        assert sql.count("REFERENCES") == sql.count("DEFERRABLE INITIALLY DEFERRED")
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_file_is_marked_as_ours(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    assert database.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
    assert database.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_every_migration_has_a_kept_document() -> None:
    kept = Path(__file__).parents[1] / "files"
    names = [m.name for m in schema.MIGRATIONS._migrations]
    assert names == [str(n) for n in range(1, schema.VERSION + 1)]
    for name in names:
        assert (kept / f"schema-{name}.plumb").is_file(), f"keep a document of schema {name}"
