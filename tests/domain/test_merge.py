"""Two audits that share a past are joined by record and field, and nothing is left dangling."""

import pytest
from hypothesis import assume, given, settings

from app.domain.answers import Review
from app.domain.changes import diff
from app.domain.edits.answers import dispute, note, say, settle
from app.domain.edits.plan import annotate_gap
from app.domain.edits.records import amend, put, remove
from app.domain.edits.workshop import cast_belief
from app.domain.ids import GapKey, PersonId, SourceId, Target, WorkflowId
from app.domain.landscape import Person, Platform, Workflow
from app.domain.merge import Merge, merge
from app.domain.references import dangling
from tests.domain.diverging import GOV, MANY, RT, Edit, W, base, done, level


def places(merged: Merge) -> set[tuple[str, tuple[str, ...]]]:
    return {(c.collection, c.keys) for c in merged.conflicts}


@settings(max_examples=80)
@given(MANY)
def test_merging_with_what_did_not_change_gives_the_other(edits: list[Edit]) -> None:
    changed = done(base(), edits)
    assert merge(base(), changed, base()) == Merge(changed, ())
    assert merge(base(), base(), changed) == Merge(changed, ())
    assert merge(base(), changed, changed) == Merge(changed, ())


@settings(max_examples=150)
@given(MANY, MANY)
def test_merge_is_closed_and_symmetric_up_to_conflicts(one: list[Edit], two: list[Edit]) -> None:
    ours, theirs = done(base(), one), done(base(), two)
    there, back = merge(base(), ours, theirs), merge(base(), theirs, ours)
    assert dangling(there.audit) == ()
    assert bool(there.conflicts) == bool(back.conflicts)
    differs = {(c.collection, c.keys) for c in diff(there.audit, back.audit)}
    assert differs <= places(there) | places(back)


@settings(max_examples=150)
@given(MANY, MANY)
def test_ours_is_kept_where_there_is_no_conflict_to_settle(
    one: list[Edit], two: list[Edit]
) -> None:
    """What only one side changed is as that side has it, unless a conflict names it."""
    ours, theirs = done(base(), one), done(base(), two)
    merged = merge(base(), ours, theirs)
    mine = {(c.collection, c.keys): c.after for c in diff(base(), ours)}
    other = {(c.collection, c.keys): c.after for c in diff(base(), theirs)}
    now = {(c.collection, c.keys): c.after for c in diff(base(), merged.audit)}
    alone = {w: after for w, after in {**other, **mine}.items() if (w in mine) != (w in other)}
    assert {w: now.get(w) for w in alone.keys() - places(merged)} == {
        w: after for w, after in alone.items() if w not in places(merged)
    }


@settings(max_examples=60)
@given(MANY, MANY)
def test_disjoint_edits_never_conflict(one: list[Edit], two: list[Edit]) -> None:
    """Disjoint: neither order of doing both sides' edits matters, and no record is shared."""
    ours, theirs = done(base(), one), done(base(), two)
    mine = {(c.collection, c.keys) for c in diff(base(), ours)}
    other = {(c.collection, c.keys) for c in diff(base(), theirs)}
    joined = done(ours, two)
    assume(not mine & other and joined == done(theirs, one))
    assume({(c.collection, c.keys) for c in diff(base(), joined)} == mine | other)
    assert merge(base(), ours, theirs) == Merge(joined, ())


def test_fields_of_one_record_are_joined() -> None:
    ours = amend(base(), "workflows", ("w",), users=5)
    theirs = amend(base(), "workflows", ("w",), purpose="Sort")
    merged = merge(base(), ours, theirs)
    record = merged.audit.workflows[WorkflowId("w")]
    assert (record.users, record.purpose, merged.conflicts) == (5, "Sort", ())


def test_individual_answers_of_different_people_are_joined() -> None:
    ours = say(base(), W, RT, PersonId("ana"), level(0))
    theirs = say(base(), W, RT, PersonId("ben"), level(4))
    merged = merge(base(), ours, theirs)
    answer = merged.audit.answers[W][RT]
    assert answer.individual == {"ana": level(0), "ben": level(4)}
    assert merged.conflicts == ()


def test_two_levels_are_one_conflict_and_ours_stays() -> None:
    ours, theirs = settle(base(), W, RT, level(3)), settle(base(), W, RT, level(2))
    merged = merge(base(), ours, theirs)
    (conflict,) = merged.conflicts
    assert merged.audit == ours
    assert (conflict.keys, conflict.field) == (("w", "RT-01"), "settled")
    assert (conflict.base, conflict.ours, conflict.theirs) == (level(1), level(3), level(2))


def test_one_persons_two_votes_are_a_conflict_of_that_person() -> None:
    ours = say(base(), W, RT, PersonId("ana"), level(0))
    theirs = say(base(), W, RT, PersonId("ana"), level(4))
    (conflict,) = merge(base(), ours, theirs).conflicts
    assert conflict.field == "individual.ana"


def test_points_that_add_up_are_never_mixed() -> None:
    start = cast_belief(base(), PersonId("ana"), {"data": 50, "adoption": 50})
    ours = cast_belief(start, PersonId("ana"), {"data": 60, "adoption": 40})
    theirs = cast_belief(start, PersonId("ana"), {"data": 50, "governance": 50})
    merged = merge(start, ours, theirs)
    assert merged.audit == ours
    assert [c.field for c in merged.conflicts] == ["points"]


def test_what_ours_removed_stays_removed_and_their_change_is_a_conflict() -> None:
    ours = remove(base(), "workflows", ("w",))
    theirs = settle(base(), W, GOV, level(3))
    merged = merge(base(), ours, theirs)
    assert merged.audit == ours
    assert places(merged) == {("answers", ("w", "GOV-02"))}


@pytest.mark.parametrize(
    "change",
    [
        lambda a: settle(a, W, GOV, level(3)),
        lambda a: amend(a, "workflows", ("w",), users=5),
        lambda a: annotate_gap(a, GapKey("RT-01/w"), owner=PersonId("ana")),
    ],
)
def test_what_theirs_removed_and_ours_changed_comes_back_whole(change: Edit) -> None:
    ours = change(base())
    merged = merge(base(), ours, remove(base(), "workflows", ("w",)))
    assert merged.audit == ours
    assert ("workflows", ("w",)) in places(merged)


def test_a_person_that_ours_still_needs_comes_back() -> None:
    ours = amend(base(), "sources", ("s",), owner=PersonId("ben"))
    theirs = remove(base(), "people", ("ben",))
    merged = merge(base(), ours, theirs)
    assert merged.audit.people[PersonId("ben")] == Person("ben")
    assert merged.audit.sources[SourceId("s")].owner == "ben"
    assert places(merged) == {("people", ("ben",))}


def test_an_id_taken_for_two_kinds_of_things_keeps_ours() -> None:
    ours = settle(put(base(), "workflows", ("x",), Workflow("X")), Target("x"), RT, level(2))
    theirs = settle(put(base(), "platforms", ("x",), Platform("X")), Target("x"), GOV, level(2))
    merged = merge(base(), ours, theirs)
    assert merged.audit == ours
    assert places(merged) == {("platforms", ("x",)), ("answers", ("x", "GOV-02"))}


def test_a_dispute_and_a_note_join() -> None:
    merged = merge(base(), dispute(base(), W, RT), note(base(), W, RT, "Ask Ben."))
    answer = merged.audit.answers[W][RT]
    assert (answer.review, answer.note, merged.conflicts) == (Review.DISPUTED, "Ask Ben.", ())
