"""Any record of any collection comes back from its table as it went in."""

import datetime as dt
import sqlite3
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect
from sqlite_utils import Database

from app.domain.audit import COLLECTION, COLLECTIONS
from app.domain.landscape import Workflow
from app.domain.workshop import BeliefVote, Decision
from app.store.rows import key_values, table
from app.store.schema import KEYS, MIGRATIONS
from tests.store.tiny import bank, reference

WHOLE_NUMBERS = st.integers(-(2**63), 2**63 - 1)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
PLAIN = {
    inspect.StrType: st.text(max_size=20),
    inspect.IntType: WHOLE_NUMBERS,
    inspect.FloatType: NUMBERS,
    inspect.BoolType: st.booleans(),
    inspect.DateType: st.dates(),
    inspect.DateTimeType: st.datetimes(timezones=st.sampled_from((None, dt.UTC))),
    inspect.NoneType: st.none(),
}


def values(kind: inspect.Type) -> st.SearchStrategy[Any]:
    if type(kind) in PLAIN:
        return PLAIN[type(kind)]
    if isinstance(kind, inspect.EnumType):
        return st.sampled_from(kind.cls)
    if isinstance(kind, inspect.UnionType):
        return st.one_of([values(k) for k in kind.types])
    if isinstance(kind, inspect.DictType):
        return st.dictionaries(values(kind.key_type), values(kind.value_type), max_size=2)
    if isinstance(kind, inspect.VarTupleType):
        return st.lists(values(kind.item_type), max_size=2).map(tuple)
    assert isinstance(kind, inspect.StructType), kind
    return st.builds(kind.cls, *(values(f.type) for f in kind.fields))


@pytest.fixture(scope="module")
def db() -> Database:
    made = Database(sqlite3.connect(":memory:", isolation_level=None))
    made.execute("PRAGMA foreign_keys = OFF")
    MIGRATIONS.apply(made)
    return made


@pytest.mark.parametrize(
    "name", [c.name for c in COLLECTIONS if c.name not in ("bank", "reference")]
)
def test_record_comes_back(name: str, db: Database) -> None:
    made = table(name)
    keys = ("a", "b")[: COLLECTION[name].depth]

    @settings(max_examples=20, deadline=None)
    @given(values(inspect.type_info(COLLECTION[name].kind)))
    def comes_back(record: Any) -> None:
        if name == "people":
            record = msgspec.structs.replace(record, name="1")  # stored as a number
        db.execute(made.upsert, made.row(key_values(name, keys), record))
        (row,) = db.execute(made.select).fetchall()
        back = made.record(row[len(KEYS[name]) :])
        if name == "people":
            back = msgspec.structs.replace(back, name=str(back.name))
        assert back == record

    comes_back()


@pytest.mark.parametrize("value", [bank("2"), reference()], ids=["bank", "reference"])
def test_whole_values_come_back_with_their_hash(value: Any, db: Database) -> None:
    made = table(type(value).__name__.removesuffix("Set").lower())
    row = made.row((1,), value)
    assert made.record(row[1:]) == value
    with pytest.raises(ValueError, match="hash"):
        made.record((row[1], row[2].replace("Tiny", "Tony")))


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("workflows", Workflow("w", cost=float("nan"))),
        ("workflows", Workflow("w", cost=float("inf"))),
        ("belief_votes", BeliefVote({"governance": float("nan")})),
        ("decisions", Decision("d", workflows=["w"])),  # type: ignore[arg-type]
    ],
    ids=["nan", "infinite", "nan inside", "wrong type"],
)
def test_what_would_not_come_back_is_refused(name: str, record: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        table(name).row(("w",), record)
