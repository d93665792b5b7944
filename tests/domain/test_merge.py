"""Two audits that share a past are joined by record and field, and nothing is left dangling."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.answers import Evidence, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits.answers import dispute, note, propose, say, settle, withdraw
from app.domain.edits.plan import annotate_gap, pin
from app.domain.edits.records import amend, put, remove
from app.domain.edits.workshop import cast_belief
from app.domain.ids import ActionKey, GapKey, PersonId, QuestionId, SourceId, Target, WorkflowId
from app.domain.landscape import ContextSource, Person, Platform, SourceLink, StageRecord, Workflow
from app.domain.merge import Merge, merge
from app.domain.references import dangling
from app.domain.workshop import EdgeCase
from app.errors import EditError
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

Edit = Callable[[Audit], Audit]
RT, GOV = QuestionId("RT-01"), QuestionId("GOV-02")
V, W = Target("v"), Target("w")


@cache
def base() -> Audit:
    audit = Audit(bank=default_bank(), reference=default_reference())
    for person in ("ana", "ben"):
        audit = put(audit, "people", (person,), Person(person))
    audit = put(audit, "platforms", ("p",), Platform("P", owner=PersonId("ben")))
    audit = put(audit, "sources", ("s",), ContextSource("S"))
    for key in ("v", "w"):
        audit = put(audit, "workflows", (key,), Workflow(key, owner=PersonId("ana")))
        audit = put(audit, "stages", (key, "routing"), StageRecord(owner=PersonId("ben")))
        audit = settle(audit, Target(key), RT, Said(Reply.LEVEL, 1))
    audit = put(audit, "links", ("v", "s"), SourceLink())
    return put(
        audit, "edge_cases", ("e",), EdgeCase(WorkflowId("v"), "Odd", expert=PersonId("ana"))
    )


def level(number: int) -> Said:
    return Said(Reply.LEVEL, number)


PEOPLE, TARGETS = st.sampled_from(["ana", "ben", "cat"]), st.sampled_from(["v", "w", "x"])


def _edit(edit: Callable[..., Audit], *parts: Any) -> st.SearchStrategy[Edit]:
    """An edit with drawn arguments; plain values stand for themselves."""
    drawn = st.tuples(*(p if isinstance(p, st.SearchStrategy) else st.just(p) for p in parts))
    return drawn.map(lambda arguments: lambda audit: edit(audit, *arguments))


KEY, LEVEL = st.sampled_from([RT, GOV]), st.integers(0, 4).map(level)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    _edit(put, "people", st.tuples(PEOPLE), st.sampled_from([Person("A"), Person("B", "Lead")])),
    _edit(
        put,
        "workflows",
        st.tuples(TARGETS),
        st.builds(Workflow, st.sampled_from(["N", "M"]), owner=PEOPLE.map(PersonId) | st.none()),
    ),
    _edit(put, "platforms", st.tuples(st.sampled_from(["p", "x"])), Platform("Q")),
    _edit(put, "sources", st.tuples(st.sampled_from(["s", "x"])), ContextSource("T")),
    _edit(put, "links", st.tuples(TARGETS, st.just("s")), st.builds(SourceLink, st.integers(1, 3))),
    _edit(
        put,
        "evidence",
        st.just(("w", "seen")),
        st.builds(Evidence, st.just(W), st.sampled_from(["One", "Two"])),
    ),
    _edit(settle, TARGETS.map(Target), KEY, LEVEL),
    _edit(say, TARGETS.map(Target), KEY, PEOPLE.map(PersonId), LEVEL),
    _edit(propose, TARGETS.map(Target), st.just(QuestionId("RT-02")), LEVEL),
    _edit(withdraw, TARGETS.map(Target), KEY),
    _edit(dispute, TARGETS.map(Target), KEY),
    _edit(note, TARGETS.map(Target), KEY, st.sampled_from(["", "One", "Two"])),
    _edit(
        cast_belief, PEOPLE.map(PersonId), st.sampled_from([{"data": 100.0}, {"adoption": 100.0}])
    ),
    _edit(pin, TARGETS.map(lambda t: ActionKey(f"A-STOP/{t}")), st.integers(1, 12)),
    _edit(remove, "people", st.tuples(PEOPLE)),
    _edit(remove, "workflows", st.tuples(TARGETS)),
    _edit(remove, "sources", st.tuples(st.sampled_from(["s", "x"]))),
    _edit(remove, "platforms", st.tuples(st.sampled_from(["p", "x"]))),
)
MANY = st.lists(EDITS, max_size=7)


def done(audit: Audit, edits: Sequence[Edit]) -> Audit:
    """Edits that contradict the record are left out."""
    for edit in edits:
        try:
            audit = edit(audit)
        except EditError:
            continue
    return audit


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
