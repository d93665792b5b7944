"""Votes become individual answers; beliefs, screening, confirmations and snapshots hold."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.answers import Reply, Said, Screening, ScreenReply
from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits.answers import note, say, settle
from app.domain.edits.workshop import (
    add_dissent,
    cast_belief,
    confirm_answers,
    dated,
    decide,
    fingerprint,
    reveal_vote,
    take_screening,
    take_snapshot,
)
from app.domain.ids import (
    DecisionId,
    PersonId,
    QuestionId,
    ScreenId,
    SessionId,
    SnapshotId,
    Target,
    VoteId,
    WorkflowId,
)
from app.domain.workshop import Decision, Dissent, Verdict, Vote
from app.errors import EditError
from app.exchange.sample import sample_audit

W, RT = Target("returns"), QuestionId("RT-01")
AT = dt.datetime(2026, 12, 14, 16)
SCREEN = ScreenId("SCR-1")


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


def two(number: int) -> Said:
    return Said(Reply.LEVEL, number)


def test_a_revealed_round_replaces_the_individual_answers(audit: Audit) -> None:
    before = audit.answers[W][RT]
    assert len(before.individual) == 6
    ballots = {PersonId("zoe"): two(2), PersonId("lukasz"): Said(Reply.UNKNOWN)}
    vote = Vote(SessionId("workshop-2"), RT, W, 3, ballots)
    after = reveal_vote(audit, VoteId("vote-9"), vote)
    assert after.votes[VoteId("vote-9")] == vote
    assert after.answers[W][RT] == replace(before, individual=ballots)
    assert {c.collection for c in diff(audit, after)} == {"votes", "answers"}


@pytest.mark.parametrize(
    ("ballots", "words"),
    [
        ({}, "Nobody has voted"),
        ({PersonId("ghost"): two(2)}, "no person “ghost”"),
        ({PersonId("zoe"): two(7)}, "no level 7"),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    audit: Audit, ballots: dict[PersonId, Said], words: str
) -> None:
    with pytest.raises(EditError, match=words):
        reveal_vote(audit, VoteId("vote-9"), Vote(None, RT, W, 1, ballots))


def test_a_vote_on_confirmed_answers_needs_a_reason(audit: Audit) -> None:
    vote = Vote(None, RT, Target("invoices"), 1, {PersonId("zoe"): two(2)})
    with pytest.raises(EditError, match="owner confirmed"):
        reveal_vote(audit, VoteId("vote-9"), vote)
    after = reveal_vote(audit, VoteId("vote-9"), vote, reason="New router.")
    said = after.answers[Target("invoices")][RT].individual[PersonId("zoe")]
    assert said.reason == "New router."


def test_screening_is_set_cell_by_cell(audit: Audit) -> None:
    tenders = WorkflowId("tenders")
    after = take_screening(audit, tenders, {SCREEN: ScreenReply.YES})
    assert after.screening[tenders].replies[SCREEN] is ScreenReply.YES
    assert len(after.screening[tenders].replies) == 8
    assert after.screening[tenders].note == audit.screening[tenders].note
    emptied = take_screening(
        audit, tenders, {ScreenId(f"SCR-{n}"): None for n in range(1, 9)}, note=""
    )
    assert tenders not in emptied.screening
    assert Screening() not in emptied.screening.values()
    with pytest.raises(EditError, match="SCR-9"):
        take_screening(audit, tenders, {ScreenId("SCR-9"): ScreenReply.NO})


def test_beliefs_share_out_a_hundred_points(audit: Audit) -> None:
    after = cast_belief(audit, PersonId("tomas"), {"capability": 25, "data": 75})
    assert after.belief_votes[PersonId("tomas")].points == {"capability": 25, "data": 75}
    with pytest.raises(EditError, match="add up to 99"):
        cast_belief(audit, PersonId("tomas"), {"data": 99})


def test_only_the_owner_confirms_and_only_what_was_answered(audit: Audit) -> None:
    with pytest.raises(EditError, match="not owned by"):
        confirm_answers(audit, WorkflowId("returns"), PersonId("zoe"), AT)
    after = confirm_answers(audit, WorkflowId("returns"), PersonId("amara"), AT)
    assert after.confirmations[WorkflowId("returns")].fingerprint == fingerprint(
        audit, WorkflowId("returns")
    )
    nothing = replace(audit, answers={})
    with pytest.raises(EditError, match="no answers of its own"):
        confirm_answers(nothing, WorkflowId("returns"), PersonId("amara"), AT)


def test_the_fingerprint_follows_what_was_said_and_nothing_else(audit: Audit) -> None:
    returns = WorkflowId("returns")
    first = fingerprint(audit, returns)
    group = audit.answers[W]
    turned = replace(audit, answers={**audit.answers, W: dict(reversed(group.items()))})
    assert fingerprint(turned, returns) == first
    assert fingerprint(note(audit, W, RT, "Another note"), returns) == first
    assert fingerprint(settle(audit, W, RT, two(0)), returns) != first
    assert fingerprint(say(audit, W, RT, PersonId("zoe"), two(4)), returns) != first


def test_a_snapshot_names_a_stored_body_once(audit: Audit) -> None:
    after = take_snapshot(audit, SnapshotId("s1"), "After the workshop", AT, 12, "ab" * 32)
    assert after.snapshots[SnapshotId("s1")].sequence == 12
    with pytest.raises(EditError, match="exists already"):
        take_snapshot(after, SnapshotId("s1"), "Again", AT, 13, "ab" * 32)
    with pytest.raises(EditError, match="no hash"):
        take_snapshot(audit, SnapshotId("s2"), "Again", AT, 13, "zz")


def test_a_verdict_has_a_date_and_takes_it_back_with_it(audit: Audit) -> None:
    layer, today = DecisionId("service-layer"), AT.date()
    taken = decide(audit, layer, Verdict.CHANGED, today)
    assert (taken.decisions[layer].verdict, taken.decisions[layer].decided) == ("changed", today)
    other = decide(taken, layer, Verdict.NO, today + dt.timedelta(days=1))
    assert other.decisions[layer].decided == today
    asked = decide(other, layer, None, today)
    assert asked.decisions[layer] == audit.decisions[layer]
    with pytest.raises(EditError, match="no decision"):
        decide(audit, DecisionId("ghost"), Verdict.YES, today)


def test_a_date_that_was_entered_stays() -> None:
    day = dt.date(2026, 12, 1)
    before = Decision("Stop")
    entered = replace(before, verdict=Verdict.YES, decided=day)
    assert dated(before, entered, AT.date()) == entered
    planned = replace(before, decided=day)
    assert dated(before, planned, AT.date()) == planned
    blank = replace(entered, decided=None)
    assert dated(entered, blank, AT.date()) == blank


def test_dissent_is_kept_beside_the_decision(audit: Audit) -> None:
    layer = DecisionId("service-layer")
    kept = Dissent(PersonId("zoe"), "Not before summer.", consent=True)
    after = add_dissent(audit, layer, kept)
    assert after.decisions[layer].dissent == (*audit.decisions[layer].dissent, kept)
    with pytest.raises(EditError, match="kept already"):
        add_dissent(after, layer, kept)
    with pytest.raises(EditError, match="no person"):
        add_dissent(audit, layer, Dissent(PersonId("ghost"), "No."))
    with pytest.raises(EditError, match="Text is empty"):
        add_dissent(audit, layer, Dissent(PersonId("zoe"), " "))
