"""What became of promises: kept by an answer or a tick, late by the calendar, dropped by a stop."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.answers import Proof, Reply, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.edits.answers import settle
from app.domain.edits.records import amend, put
from app.domain.gaps import gaps
from app.domain.ids import (
    ActionKey,
    GapKey,
    OwnGapId,
    PersonId,
    QuestionId,
    Target,
    WorkflowId,
)
from app.domain.landscape import Outcome
from app.domain.movement import Moment, movement
from app.domain.planning import ActionNote, GapNote, OwnGap
from app.domain.promises import Fate, Kept, promises_kept
from app.domain.replies import active_cases
from app.exchange.sample import sample_audit

DAY, LATER = dt.date(2026, 12, 14), dt.date(2027, 3, 14)
W = WorkflowId("returns")
QUESTION = QuestionId("RT-01")
GAP = GapKey(f"{QUESTION}/{W}")
PROOF = Proof(title="Page", place="Wiki", date=DAY, seen_by="Everybody")


@pytest.fixture(scope="module")
def audit() -> Audit:
    """The sample, with one promise about a gap and no other."""
    plain = replace(sample_audit(), gap_notes={}, action_notes={}, own_gaps={})
    owner = sorted(plain.people)[0]
    return put(plain, "gap_notes", (GAP,), GapNote(owner=owner, due=dt.date(2027, 1, 31)))


def kept(before: Audit, after: Audit) -> Kept:
    moments = Moment(before, DAY), Moment(after, LATER)
    return promises_kept(*moments, movement(*moments))


def test_a_gap_closed_by_an_answer_is_kept(audit: Audit) -> None:
    said = Said(Reply.LEVEL, 4, Grade.DOCUMENTED, PROOF)
    found = kept(audit, settle(audit, Target(W), QUESTION, said))
    assert [(p.key, p.fate) for p in found.promises] == [(GAP, Fate.KEPT)]
    assert (found.kept, found.of) == (1, 1)
    assert (W, QUESTION) in found.conditions_met
    assert not found.ended


def test_a_gap_that_is_only_said_to_be_closed_is_not_kept(audit: Audit) -> None:
    """Level 3 without a document is no gap, and no promise kept: it is still to show."""
    after = settle(audit, Target(W), QUESTION, Said(Reply.LEVEL, 3))
    found = kept(audit, after)
    assert [(p.key, p.fate) for p in found.promises] == [(GAP, Fate.SAID)]
    assert (found.kept, found.said, found.of) == (0, 1, 1)
    moved = movement(Moment(audit, DAY), Moment(after, LATER))
    assert ([g.key for g in moved.said], moved.closed) == ([GAP], ())


def test_a_gap_whose_answer_was_taken_back_is_not_kept(audit: Audit) -> None:
    group = {q: a for q, a in audit.answers[Target(W)].items() if q != QUESTION}
    after = replace(audit, answers={**audit.answers, Target(W): group})
    (promise,) = kept(audit, after).promises
    assert promise.fate is Fate.LATE
    moved = movement(Moment(audit, DAY), Moment(after, LATER))
    assert ([g.key for g in moved.withdrawn], moved.closed, moved.said) == ([GAP], (), ())


def test_a_date_that_passed_is_late(audit: Audit) -> None:
    (promise,) = kept(audit, audit).promises
    assert promise.fate is Fate.LATE
    moments = Moment(audit, DAY), Moment(audit, dt.date(2027, 1, 31))
    (promise,) = promises_kept(*moments, movement(*moments)).promises
    assert promise.fate is Fate.OPEN


def test_a_stopped_workflow_drops_its_promises(audit: Audit) -> None:
    found = kept(audit, amend(audit, "workflows", (W,), outcome=Outcome.STOP))
    assert found.promises[0].fate is Fate.DROPPED
    assert found.of == 0
    assert found.ended == (W,)


def test_an_action_is_kept_once_it_is_marked_done(audit: Audit) -> None:
    key = ActionKey(f"A-OWNER/{W}")
    owner = PersonId(sorted(audit.people)[0])
    before = put(audit, "action_notes", (key,), ActionNote(owner=owner))
    after = put(before, "action_notes", (key,), ActionNote(owner=owner, done=True))
    fates = {p.key: p.fate for p in kept(before, after).promises}
    assert fates[key] is Fate.KEPT
    assert not [p for p in kept(after, after).promises if p.key == key], "done before: no promise"


def test_nobody_named_is_no_promise(audit: Audit) -> None:
    before = put(audit, "gap_notes", (GAP,), GapNote(note="Somebody should."))
    assert not kept(before, before).promises


def test_a_condition_that_is_no_longer_shown_is_lost(audit: Audit) -> None:
    said = Said(Reply.LEVEL, 4, Grade.DOCUMENTED, PROOF)
    before = settle(audit, Target(W), QUESTION, said)
    found = kept(before, settle(before, Target(W), QUESTION, Said(Reply.LEVEL, 1)))
    assert (W, QUESTION) in found.conditions_lost
    assert not [p for p in found.promises if p.key == GAP], "the gap was closed at that moment"


def test_the_question_is_a_gap_of_the_sample(audit: Audit) -> None:
    assert GAP in {gap.key for gap in gaps(audit, active_cases(audit, DAY))}


def test_a_gap_recorded_in_the_room_is_kept_once_it_is_closed(audit: Audit) -> None:
    plain = replace(audit, gap_notes={})
    owner = sorted(plain.people)[0]
    gap = OwnGap("Nobody reads the log", Target(W), owner=owner, due=dt.date(2027, 1, 31))
    key = OwnGapId("gap-1")
    before = put(plain, "own_gaps", (key,), gap)

    def fate(after: Audit) -> Fate:
        (promise,) = kept(before, after).promises
        assert promise.is_recorded
        assert (promise.key, promise.owner) == (key, owner)
        return promise.fate

    assert fate(before) is Fate.LATE
    assert fate(amend(before, "own_gaps", (key,), closed=True)) is Fate.KEPT
    assert fate(plain) is Fate.DROPPED
    assert fate(amend(before, "workflows", (W,), outcome=Outcome.STOP)) is Fate.DROPPED
    assert not kept(amend(before, "own_gaps", (key,), owner=None), before).promises
