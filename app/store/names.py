"""Names of people, kept in one table: a name can be blanked without touching the journal."""

from collections.abc import Mapping

from msgspec.structs import replace
from sqlite_utils import Database

from app.domain.changes import Change
from app.domain.ids import PersonId
from app.domain.landscape import Person

PEOPLE = "people"


def hide(db: Database, change: Change) -> Change:
    """The change with the number of a name in the place of each name."""
    if change.collection != PEOPLE:
        return change
    person = PersonId(change.keys[0])
    return replace(
        change,
        before=change.before and _hidden(db, person, change.before),
        after=change.after and _hidden(db, person, change.after),
    )


def show(change: Change, names: Mapping[str, str]) -> Change:
    """The change with the names of `all_names` back in place; a blanked one is empty."""
    if change.collection != PEOPLE:
        return change
    return replace(
        change,
        before=change.before and shown(change.before, names),
        after=change.after and shown(change.after, names),
    )


def shown(record: Person, names: Mapping[str, str]) -> Person:
    return replace(record, name=names[str(record.name)])


def all_names(db: Database) -> Mapping[str, str]:
    """Number of a name, as text, to the name."""
    return {str(i): name for i, name in db.execute('SELECT "id", "name" FROM "person_names"')}


def blank(db: Database, person: PersonId, stand_in: str = "") -> None:
    """Put a stand-in for every name this person ever had, wherever the journal refers to it."""
    db.execute('UPDATE "person_names" SET "name" = ? WHERE "person" = ?', [stand_in, person])


def _hidden(db: Database, person: PersonId, record: Person) -> Person:
    return replace(record, name=str(_number(db, person, record.name)))


def _number(db: Database, person: PersonId, name: str) -> int:
    found = db.execute(
        'SELECT "id" FROM "person_names" WHERE "person" = ? AND "name" = ?', [person, name]
    ).fetchone()
    if found:
        return int(found[0])
    added = db.execute('INSERT INTO "person_names" VALUES (NULL, ?, ?)', [person, name])
    return int(added.lastrowid or 0)
