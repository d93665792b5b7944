"""A re-audit starts from what is known, and claims nothing that was not settled again."""

import datetime as dt

import pytest

from app.domain.answers import Review
from app.domain.audit import COLLECTIONS, Audit
from app.domain.conditions import ConditionState, conditions
from app.domain.edits.answers import settle
from app.domain.reaudit import reaudit
from app.domain.references import dangling
from app.domain.replies import active_cases
from app.exchange.audit_json import audit_from_json, audit_to_json
from app.exchange.sample import sample_audit

DAY = dt.date(2027, 3, 14)


@pytest.fixture(scope="module")
def before() -> Audit:
    return sample_audit()


@pytest.fixture(scope="module")
def after(before: Audit) -> Audit:
    return reaudit(before)


def test_settled_answers_are_proposed_with_their_levels(before: Audit, after: Audit) -> None:
    settled = [
        (target, question, answer.settled)
        for target, group in before.answers.items()
        for question, answer in group.items()
        if answer.settled
    ]
    assert len(settled) > 50
    for target, question, said in settled:
        now = after.answers[target][question]
        assert now.settled == said
        assert now.review is Review.PROPOSED
        assert not now.individual


def test_nothing_counts_as_shown_until_it_is_settled_again(before: Audit, after: Audit) -> None:
    for case in active_cases(after, DAY):
        states = conditions(after.bank, case).golive.values()
        assert ConditionState.MET not in states
    target, group = next(iter(sorted(before.answers.items())))
    question = sorted(q for q, a in group.items() if a.settled)[0]
    said = group[question].settled
    assert said is not None
    again = settle(after, target, question, said)
    assert again.answers[target][question].review is Review.AGREED


def test_the_room_of_last_time_stays_in_its_file(after: Audit) -> None:
    for name in ("sessions", "attendance", "votes", "belief_votes", "confirmations", "decisions"):
        assert not getattr(after, name), name
    assert not after.snapshots
    assert not after.screening


def test_what_is_kept_hangs_together_and_is_a_record(before: Audit, after: Audit) -> None:
    assert set(dangling(after)) <= set(dangling(before))
    assert audit_from_json(audit_to_json(after)) == after
    assert {c.name for c in COLLECTIONS} == set(Audit.__struct_fields__)
    assert all(not item.done for item in after.parking.values())
