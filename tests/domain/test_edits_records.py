"""Records are put, amended and removed without contradiction, and nothing is left dangling."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.domain.answers import Evidence, Screening, ScreenReply
from app.domain.audit import COLLECTIONS, Audit
from app.domain.changes import apply, diff, reverse
from app.domain.edits.records import amend, put, put_all, remove
from app.domain.ids import (
    NOBODY,
    ActionKey,
    EvidenceId,
    GapKey,
    PersonId,
    PlatformId,
    PolicyId,
    QuestionId,
    StageId,
    Target,
    WorkflowId,
)
from app.domain.landscape import (
    ContextSource,
    Deployment,
    Organisation,
    Person,
    Platform,
    Policy,
    SourceLink,
    StageRecord,
    Workflow,
)
from app.domain.planning import GapNote, OwnAction, PlanSettings
from app.domain.references import dangling, records, references
from app.domain.workshop import BeliefVote, Session
from app.errors import EditError
from app.exchange.sample import sample_audit


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


W, P = WorkflowId("returns"), PersonId("amara")
AT = dt.datetime(2026, 12, 10, 9)

CONTRADICTIONS: list[tuple[str, tuple[str, ...], Any, str]] = [
    ("organisation", (), Organisation(own_rate=1.0), "from 0 to 1"),
    ("organisation", (), Organisation(own_rate=0.0), "from 0 to 1"),
    ("organisation", (), Organisation(day_rate=-1), "0 or more"),
    ("organisation", (), Organisation(day_rate=float("inf")), "0 or more"),
    ("organisation", (), Organisation(sponsor=PersonId("ghost")), "no person “ghost”"),
    ("people", ("x",), Person(name="  "), "Name is empty"),
    ("people", ("x",), Person(name="X", seat=0), "1 or more"),
    ("people", ("nobody",), Person(name="X"), "meaning of its own"),
    ("people", ("a/b",), Person(name="X"), "cannot be an id"),
    ("people", (" a",), Person(name="X"), "cannot be an id"),
    ("platforms", ("org",), Platform(name="X"), "meaning of its own"),
    ("platforms", ("returns",), Platform(name="X"), "already used in workflows"),
    ("workflows", ("orders",), Workflow(name="X"), "already used in sources"),
    ("sources", ("store-desk",), ContextSource(name="X"), "already used in platforms"),
    ("workflows", ("x",), Workflow(name="X", owner=PersonId("ghost")), "no person “ghost”"),
    ("workflows", ("x",), Workflow(name="X", owner=NOBODY), "no person “nobody”"),
    ("workflows", ("x",), Workflow(name="X", platform=PlatformId("returns")), "no platform"),
    ("workflows", ("x",), Workflow(name="X", yearly_benefit=-1), "0 or more"),
    ("workflows", ("x",), Workflow(name="X", users=-1), "0 or more"),
    ("workflows", ("x",), Workflow(name="X", go_live=dt.date(226, 1, 1)), "1970 to 2199"),
    ("stages", ("returns", "dreaming"), StageRecord(), "no stage “dreaming”"),
    ("stages", ("ghost", "routing"), StageRecord(), "no workflow “ghost”"),
    ("links", ("returns", "ghost"), SourceLink(), "no source “ghost”"),
    ("links", ("returns", "orders"), SourceLink(importance=4), "from 1 to 3"),
    ("policies", ("x",), Policy(text=""), "Text is empty"),
    ("belief_votes", ("amara",), BeliefVote({"data": 60, "adoption": 30}), "add up to 90"),
    ("belief_votes", ("amara",), BeliefVote({"data": 110, "adoption": -10}), "smallest is -10"),
    ("belief_votes", ("amara",), BeliefVote({"luck": 100}), "no category “luck”"),
    ("deployments", ("x",), Deployment(name="X", failure_split={"data": 0.5}), "together they"),
    ("deployments", ("x",), Deployment(name="X", relative_hazard=0), "more than 0"),
    ("plan", (), PlanSettings(months=0), "1 to 120"),
    ("plan", (), PlanSettings(capacity=0), "more than 0"),
    ("plan", (), PlanSettings(roles={"Legal counsel": -1}), "Legal counsel"),
    ("plan", (), PlanSettings(months=6, pins={ActionKey("A-STOP/returns"): 7}), "month 7 of 6"),
    ("plan", (), PlanSettings(pins={ActionKey("A-STOP/ghost"): 1}), "no target “ghost”"),
    ("plan", (), PlanSettings(pins={ActionKey("A-GHOST/returns"): 1}), "no action “A-GHOST”"),
    (
        "plan",
        (),
        PlanSettings(pins={ActionKey("A-STOP/returns"): 1}, excluded=("A-STOP",)),
        "both pinned and excluded",
    ),
    ("gap_notes", ("RT-01/orders",), GapNote(), "not asked about"),
    ("gap_notes", ("XX-01/returns",), GapNote(), "no question “XX-01”"),
    ("gap_notes", ("RT-01/returns",), GapNote(merged_into=GapKey("RT-01/returns")), "into itself"),
    ("gap_notes", ("RT-01/returns",), GapNote(merged_into=GapKey("RT-02/returns")), "into itself"),
    (
        "evidence",
        ("returns", "x"),
        Evidence(target=Target("delivery"), title="X"),
        "speaks of delivery",
    ),
    (
        "evidence",
        ("returns", "rule-list"),
        Evidence(target=Target("returns"), title="X"),
        "another target",
    ),
    ("screening", ("returns",), Screening({"SCR-99": ScreenReply.YES}), "no screening question"),
    (
        "sessions",
        ("x",),
        Session("X", dt.date(2026, 12, 10), AT, AT - dt.timedelta(hours=1)),
        "ends before it starts",
    ),
    ("own_actions", ("A-STOP",), OwnAction("X", Target("returns"), 1, "R", 3), "already has"),
    ("own_actions", ("X",), OwnAction("X", Target("returns"), 6, "R", 3), "from 1 to 5"),
    (
        "own_actions",
        ("X",),
        OwnAction("X", Target("returns"), 1, "R", 3, closes={QuestionId("RT-01"): 5}),
        "level 5",
    ),
    (
        "own_actions",
        ("X",),
        OwnAction("X", Target("returns"), 1, "R", 3, prereqs=(ActionKey("X/returns"),)),
        "no action “X”",
    ),
]


@pytest.mark.parametrize(("collection", "keys", "record", "words"), CONTRADICTIONS)
def test_contradiction_is_refused_with_a_sentence(
    audit: Audit, collection: str, keys: tuple[str, ...], record: Any, words: str
) -> None:
    with pytest.raises(EditError, match=words) as error:
        put(audit, collection, keys, record)
    assert "Nothing was changed." in error.value.sentence


def test_only_a_stage_may_be_owned_by_nobody(audit: Audit) -> None:
    after = put(audit, "stages", ("returns", "routing"), StageRecord(owner=NOBODY))
    assert after.stages[W][StageId("routing")].owner == NOBODY
    assert dangling(after) == ()


def test_own_actions_never_wait_in_a_circle(audit: Audit) -> None:
    first = OwnAction("One", Target("returns"), 1, "R", 3, prereqs=(ActionKey("Q-NIGHT/stock"),))
    audit = put(audit, "own_actions", ("Q-ONE",), first)
    with pytest.raises(EditError, match="wait for itself"):
        amend(audit, "own_actions", ("Q-NIGHT",), prereqs=(ActionKey("Q-ONE/returns"),))


def test_amend_changes_the_named_fields_only(audit: Audit) -> None:
    after = amend(audit, "workflows", ("returns",), users=12)
    assert after.workflows[W] == replace(audit.workflows[W], users=12)
    assert [c.keys for c in diff(audit, after)] == [("returns",)]


def test_amending_or_removing_what_is_not_there_is_refused(audit: Audit) -> None:
    with pytest.raises(EditError, match="no ghost in workflows"):
        amend(audit, "workflows", ("ghost",), name="X")
    with pytest.raises(EditError, match="no returns/ghost in links"):
        remove(audit, "links", ("returns", "ghost"))
    with pytest.raises(EditError, match="cannot be removed"):
        remove(audit, "plan", ())


@pytest.mark.parametrize("collection", ["bank", "reference", "answers"])
def test_collections_with_edits_of_their_own_are_refused(audit: Audit, collection: str) -> None:
    with pytest.raises(EditError, match="cannot be put"):
        put(audit, collection, (), None)


def test_a_wrong_kind_is_a_bug_not_an_edit_error(audit: Audit) -> None:
    with pytest.raises(TypeError):
        put(audit, "people", ("x",), Platform(name="X"))


def test_a_record_that_names_what_the_bank_lost_can_still_be_amended(audit: Audit) -> None:
    questions = tuple(q for q in audit.bank.questions if q.id != "GOV-02")
    moved = replace(audit, bank=replace(audit.bank, questions=questions))
    keys = ("back-office", "mask-test")
    assert amend(moved, "evidence", keys, note="Seen again") != moved


def _strings(value: Any) -> Iterator[str]:
    """Every string anywhere in the value, keys included: knows nothing about types."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def _without_content(audit: Audit) -> Any:
    names = [c.name for c in COLLECTIONS if c.name not in ("bank", "reference")]
    return msgspec.to_builtins({name: getattr(audit, name) for name in names})


REMOVED = [
    (c.name, keys)
    for c in COLLECTIONS
    if c.depth and c.name != "answers"
    for keys, _ in sorted(records(sample_audit(), c.name))
]


@pytest.mark.parametrize(("collection", "keys"), REMOVED)
def test_removing_anything_leaves_nothing_dangling_and_one_undo_brings_it_back(
    audit: Audit, collection: str, keys: tuple[str, ...]
) -> None:
    after = remove(audit, collection, keys)
    assert dangling(after) == ()
    assert apply(after, reverse(diff(audit, after))) == audit


@pytest.mark.parametrize(
    ("collection", "key"),
    [
        ("people", "amara"),
        ("platforms", "store-desk"),
        ("workflows", "returns"),
        ("sources", "stock"),
    ],
)
def test_a_removed_id_is_nowhere_in_the_record(audit: Audit, collection: str, key: str) -> None:
    before = [s for s in _strings(_without_content(audit)) if s == key or s.endswith(f"/{key}")]
    after = remove(audit, collection, (key,))
    left = [s for s in _strings(_without_content(after)) if s == key or s.endswith(f"/{key}")]
    assert len(before) > 2
    assert left == []


def test_removing_a_workflow_takes_what_is_about_it(audit: Audit) -> None:
    after = remove(audit, "workflows", ("returns",))
    for name in ("workflows", "stages", "links", "enforcement", "screening", "answers", "evidence"):
        assert "returns" not in getattr(after, name), name
    assert {u.workflow for u in after.upgrades.values()} == {"delivery"}
    assert "A-STOP/returns" not in after.plan.pins
    assert all("returns" not in d.workflows for d in after.decisions.values())
    assert after.sources == audit.sources


def test_removing_a_person_empties_fields_and_keeps_the_rest(audit: Audit) -> None:
    after = remove(audit, "people", ("amara",))
    assert after.workflows[W] == replace(audit.workflows[W], owner=None)
    assert after.policies[PolicyId("refund-limit")].owner is None
    assert P not in after.belief_votes
    assert all(P not in a.individual for group in after.answers.values() for a in group.values())


def test_removing_evidence_frees_the_proof(audit: Audit) -> None:
    after = remove(audit, "evidence", ("back-office", "mask-test"))
    said = after.answers[Target("back-office")][QuestionId("GOV-02")].settled
    assert said
    assert said.proof
    assert said.proof.evidence is None
    assert said.proof.sample == 50


def test_removing_an_own_action_takes_its_pins_and_prerequisites(audit: Audit) -> None:
    first = OwnAction("One", Target("returns"), 1, "R", 3, prereqs=(ActionKey("Q-NIGHT/stock"),))
    audit = put(audit, "own_actions", ("Q-ONE",), first)
    audit = amend(audit, "plan", (), pins={ActionKey("Q-NIGHT/stock"): 3}, excluded=("Q-ONE",))
    after = remove(audit, "sources", ("stock",))
    assert set(after.own_actions) == {"Q-ONE"}
    assert after.own_actions["Q-ONE"].prereqs == ()  # type: ignore[index]
    assert after.plan.pins == {}
    assert remove(after, "own_actions", ("Q-ONE",)).plan.excluded == ()


def test_put_all_is_put_one_by_one(audit: Audit) -> None:
    evidence = Evidence(target=Target("new"), title="Seen")
    entries: list[tuple[str, tuple[str, ...], Any]] = [
        ("workflows", ("new",), Workflow(name="New", owner=P)),
        ("sources", ("new-data",), ContextSource(name="Data")),
        ("links", ("new", "new-data"), SourceLink()),
        ("evidence", ("new", "new-seen"), evidence),
        ("plan", (), replace(audit.plan, months=18)),
    ]
    one_by_one = audit
    for entry in entries:
        one_by_one = put(one_by_one, *entry)
    assert put_all(audit, entries) == one_by_one
    assert "new" not in audit.workflows
    with pytest.raises(EditError, match="another target"):
        put_all(
            audit,
            [
                *entries,
                ("evidence", ("returns", "new-seen"), replace(evidence, target=Target("returns"))),
            ],
        )


def test_references_are_read_from_keys_fields_and_mappings(audit: Audit) -> None:
    note = audit.gap_notes[GapKey("RT-02/returns")]
    found = {(r.kind.__name__, r.id) for r in references("gap_notes", ("RT-02/returns",), note)}
    assert found == {("QuestionId", "RT-02"), ("QuestionId", "RT-01"), ("Target", "returns")}
    plan = {(r.kind.__name__, r.id) for r in references("plan", (), audit.plan)}
    assert ("ActionId", "A-CONSULT") in plan
    assert ("Target", "tenders") in plan


@settings(max_examples=10)
@given(st.data())
def test_no_order_of_removals_leaves_anything_dangling(data: st.DataObject) -> None:
    audit = sample_audit()
    for _ in range(4):
        name = data.draw(
            st.sampled_from(["people", "platforms", "workflows", "sources", "sessions"])
        )
        if ids := sorted(getattr(audit, name)):
            audit = remove(audit, name, (data.draw(st.sampled_from(ids)),))
    assert dangling(audit) == ()
    assert EvidenceId("rule-list") in audit.evidence[Target("org")]
