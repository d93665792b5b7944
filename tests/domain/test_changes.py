"""Laws of changes: a diff leads there, its reverse back, and nothing that was given is changed."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.domain.answers import Answer, Review
from app.domain.audit import COLLECTION, COLLECTIONS, Audit
from app.domain.changes import Change, apply, diff, net, reverse
from app.domain.landscape import Organisation, Person, SourceLink, Workflow
from app.domain.planning import PlanSettings
from tests.store.tiny import bank, empty_audit, full_audit, reference

KEYS = st.sampled_from(["a", "b", "c"])
GROUPS = st.dictionaries(
    KEYS,
    st.dictionaries(KEYS, st.builds(Answer, st.sampled_from(Review)), min_size=1, max_size=3),
    max_size=3,
)
AUDITS = st.builds(
    Audit,
    bank=st.sampled_from(["1", "2"]).map(bank),
    reference=st.just(reference()),
    organisation=st.builds(Organisation, st.sampled_from(["x", "y"])),
    plan=st.builds(PlanSettings, months=st.integers(1, 3)),
    people=st.dictionaries(KEYS, st.builds(Person, st.sampled_from(["n", "m"]))),
    workflows=st.dictionaries(KEYS, st.builds(Workflow, st.sampled_from(["v", "w"]))),
    links=st.dictionaries(
        KEYS,
        st.dictionaries(KEYS, st.builds(SourceLink, st.integers(1, 3)), min_size=1, max_size=2),
    ),
    answers=GROUPS,
)


def deep_hash(value: Any) -> bytes:
    """Everything in a value, however deep."""
    return msgspec.json.encode(value, order="sorted")


@given(AUDITS, AUDITS)
def test_diff_leads_there_and_its_reverse_back(before: Audit, after: Audit) -> None:
    hashes = deep_hash(before), deep_hash(after)
    changes = diff(before, after)
    assert apply(before, changes) == after
    assert apply(after, reverse(changes)) == before
    assert reverse(reverse(changes)) == changes
    assert (deep_hash(before), deep_hash(after)) == hashes


@given(AUDITS, AUDITS, AUDITS)
def test_net_of_two_edits_is_their_diff(first: Audit, second: Audit, third: Audit) -> None:
    done = diff(first, second) + diff(second, third)
    assert apply(first, done) == third
    shortest = net(done)
    assert apply(first, shortest) == third
    assert set(map(place, shortest)) == set(map(place, diff(first, third)))
    assert apply(third, net(reverse(done))) == first


def place(change: Change) -> tuple[str, tuple[str, ...]]:
    return change.collection, change.keys


@given(AUDITS, AUDITS, st.randoms(use_true_random=False))
def test_changes_do_not_depend_on_the_order_of_mappings(
    before: Audit, after: Audit, chance: Any
) -> None:
    assert diff(shuffled(before, chance), shuffled(after, chance)) == diff(before, after)


def shuffled(audit: Audit, chance: Any) -> Audit:
    def mixed(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        items = list(value.items())
        chance.shuffle(items)
        return {key: mixed(item) for key, item in items}

    return replace(audit, **{c.name: mixed(getattr(audit, c.name)) for c in COLLECTIONS})


@settings(max_examples=30)
@given(AUDITS)
def test_same_value_has_no_changes(audit: Audit) -> None:
    assert diff(audit, audit) == ()
    assert diff(audit, msgspec.json.decode(msgspec.json.encode(audit), type=Audit)) == ()


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda c: c.name)
def test_every_collection_can_be_emptied_and_filled(collection: Any) -> None:
    full, name = full_audit(), collection.name
    empty = replace(full, **{name: getattr(replace(empty_audit(), bank=bank("2")), name)})
    hashes = deep_hash(full), deep_hash(empty)
    changes = diff(full, empty)
    assert {c.collection for c in changes} == ({name} if name != "reference" else set())
    assert all(len(c.keys) == COLLECTION[name].depth for c in changes)
    assert apply(full, changes) == empty
    assert apply(empty, reverse(changes)) == full
    assert (deep_hash(full), deep_hash(empty)) == hashes


def test_group_that_becomes_empty_disappears_and_may_come_back() -> None:
    audit = replace(empty_audit(), answers={"a": {"q": Answer()}})  # type: ignore[arg-type]
    gone = Change("answers", ("a", "q"), Answer(), None)
    again = Change("answers", ("a", "r"), None, Answer())
    assert apply(audit, [gone]).answers == {}
    assert apply(audit, [gone, again]).answers == {"a": {"r": Answer()}}
    assert apply(audit, [again, gone]).answers == {"a": {"r": Answer()}}
    assert apply(empty_audit(), [gone]).answers == {}


def test_what_was_not_touched_is_the_same_object() -> None:
    audit = full_audit()
    after = apply(audit, [Change("people", ("p9",), None, Person("Cy"))])
    same = [c.name for c in COLLECTIONS if getattr(audit, c.name) is getattr(after, c.name)]
    assert len(same) == len(COLLECTIONS) - 1
    assert after.people["p1"] is audit.people["p1"]  # type: ignore[index]
