"""Two laptops' audits are joined: order does not matter, nothing is lost, twice is once."""

import datetime as dt

import pytest
from hypothesis import given, settings

from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits.answers import settle
from app.domain.edits.records import amend, put
from app.domain.history import Entry, EntryKind
from app.domain.ids import GapKey, PersonId, Target, WorkflowId
from app.domain.joining import Side, authors, common, join, park_lost
from app.domain.landscape import Person, Workflow
from app.domain.merge import Conflict
from app.domain.planning import GapNote
from app.domain.references import dangling
from app.domain.workshop import ParkingItem
from app.errors import EditError
from tests.domain.diverging import MANY, RT, Edit, W, base, done, level

EARLY, LATE = dt.datetime(2026, 11, 1, 9), dt.datetime(2026, 11, 1, 10)
EARLIER, EVEN_LATER = dt.datetime(2026, 11, 1, 8), dt.datetime(2026, 11, 1, 11)


def side(audit: Audit, at: dt.datetime = EARLY) -> Side:
    return Side(audit, at, "head")


def told(conflict: Conflict) -> str:
    return f"{conflict.collection} {conflict.field}: {conflict.theirs} gave way"


@settings(max_examples=200)
@given(MANY, MANY)
def test_the_order_of_the_sides_does_not_matter(one: list[Edit], two: list[Edit]) -> None:
    x, y = side(done(base(), one)), side(done(base(), two), LATE)
    there, back = join(base(), x, y), join(base(), y, x)
    assert there.audit == back.audit
    assert there.conflicts == back.conflicts
    assert dangling(there.audit) == ()


@pytest.mark.parametrize("at", [EVEN_LATER, LATE, EARLIER], ids=["after", "same second", "before"])
@settings(max_examples=200)
@given(MANY, MANY)
def test_joining_again_changes_nothing(at: dt.datetime, one: list[Edit], two: list[Edit]) -> None:
    """Whatever the clock of the laptop that joined them says."""
    x, y = side(done(base(), one)), side(done(base(), two), LATE)
    found = join(base(), x, y)
    joined = park_lost(found.audit, found.conflicts, told)
    for other in (x, y):
        for sides in ((Side(joined, at, "a"), other), (other, Side(joined, at, "z"))):
            again = join(base(), *sides)
            assert again.audit == joined
            assert park_lost(again.audit, again.conflicts, told) == joined


@settings(max_examples=200)
@given(MANY, MANY)
def test_nothing_is_lost(one: list[Edit], two: list[Edit]) -> None:
    """Every record and field value of a side is in the result, renamed, or in a conflict."""
    x, y = done(base(), one), done(base(), two)
    found = join(base(), side(x), side(y, LATE))
    named = {(c.collection, c.keys) for c in found.conflicts}
    for theirs in (x, y):
        for change in diff(base(), theirs):
            where = (change.collection, change.keys)
            if where in named or change.after is None:
                continue
            values = _records(found.audit, change.collection)
            assert _is_in(change.after, change.before, values), where


def _records(audit: Audit, collection: str) -> list[object]:
    value = getattr(audit, collection)
    if not hasattr(value, "values"):
        return [value]
    return [
        record
        for group in value.values()
        for record in (group.values() if hasattr(group, "values") else [group])
    ]


def _is_in(after: object, before: object, values: list[object]) -> bool:
    """Some record of the result says what the side changed; the rest may be the other's."""
    fields = [
        f
        for f in after.__struct_fields__  # type: ignore[attr-defined]
        if before is None or getattr(before, f) != getattr(after, f)
    ]

    def says(value: object, field: str) -> bool:
        mine, now = getattr(after, field), getattr(value, field)
        if hasattr(mine, "items"):
            was = getattr(before, field, {}) if before is not None else {}
            return all(now.get(k) == v for k, v in mine.items() if was.get(k) != v)
        return bool(now == mine)

    return any(all(says(value, field) for field in fields) for value in values)


def test_what_both_added_under_one_id_is_two_records() -> None:
    x = put(base(), "parking", ("park-1",), ParkingItem("Who pays?"))
    y = put(base(), "parking", ("park-1",), ParkingItem("Which model?"))
    found = join(base(), side(x), side(y, LATE))
    assert sorted(item.text for item in found.audit.parking.values()) == [
        "Which model?",
        "Who pays?",
    ]
    assert (found.conflicts, found.renamed) == ((), 1)


def test_a_renamed_workflow_takes_everything_about_it_along() -> None:
    x = put(base(), "workflows", ("new",), Workflow("Claims"))
    y = put(base(), "workflows", ("new",), Workflow("Invoices", owner=PersonId("ana")))
    y = settle(y, Target("new"), RT, level(3))
    y = put(y, "gap_notes", (GapKey(f"{RT}/new"),), GapNote(note="Ask."))
    found = join(base(), side(y), side(x, LATE))
    (renamed,) = found.audit.workflows.keys() - x.workflows.keys()
    assert found.audit.workflows[WorkflowId("new")].name == "Claims"
    assert found.audit.workflows[renamed].name == "Invoices"
    assert found.audit.answers[Target(renamed)][RT].settled == level(3)
    assert GapKey(f"{RT}/{renamed}") in found.audit.gap_notes
    assert Target("new") not in found.audit.answers


def test_one_person_added_twice_stays_one_person() -> None:
    x = put(base(), "people", ("cat",), Person("Cat Holt"))
    y = put(base(), "people", ("cat",), Person("cat holt", "Lead"))
    found = join(base(), side(x), side(y, LATE))
    assert found.audit.people[PersonId("cat")].role == "Lead"
    assert [c.collection for c in found.conflicts] == ["people"]


def test_the_side_edited_last_wins_and_the_other_value_is_parked() -> None:
    x, y = settle(base(), W, RT, level(3)), settle(base(), W, RT, level(2))
    found = join(base(), side(x, LATE), side(y))
    assert found.kept_first
    settled = found.audit.answers[W][RT].settled
    assert settled == level(3)
    parked = park_lost(found.audit, found.conflicts, told).parking
    assert "level=2" in next(iter(parked.values())).text


def entry(sequence: int, hash_: str, by: str | None = "ana") -> Entry:
    who = PersonId(by) if by else None
    return Entry(sequence, EARLY, who, "Edit", EntryKind.DO, sequence, hash_)


def test_the_common_past_is_the_newest_shared_entry() -> None:
    ours = [entry(1, "a"), entry(2, "b"), entry(3, "c")]
    theirs = [entry(1, "a"), entry(2, "b"), entry(3, "x", "ben"), entry(4, "y", None)]
    assert common(ours, theirs) == 2
    assert authors(theirs, 2) == ("ben",)


def test_files_of_two_audits_are_refused() -> None:
    with pytest.raises(EditError, match="do not come from one audit"):
        common([entry(1, "a")], [entry(1, "z")])


def test_fields_of_one_record_are_joined() -> None:
    x = amend(base(), "workflows", ("w",), users=5)
    y = amend(base(), "workflows", ("w",), purpose="Sort")
    record = join(base(), side(x), side(y)).audit.workflows[WorkflowId("w")]
    assert (record.users, record.purpose) == (5, "Sort")
