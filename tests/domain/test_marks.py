"""Marks of a re-audit: new workflows, and those whose facts or answers differ from last time."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.edits.answers import settle
from app.domain.edits.records import amend, put
from app.domain.ids import QuestionId, SnapshotId, Target, WorkflowId
from app.domain.landscape import Workflow
from app.domain.marks import Mark, marks
from app.domain.reaudit import reaudit
from app.domain.snapshots import BEFORE_THE_FILE, last_audit, last_snapshot
from app.domain.workshop import Snapshot
from app.exchange.sample import sample_audit

W, QUESTION = WorkflowId("returns"), QuestionId("RT-01")


@pytest.fixture(scope="module")
def before() -> Audit:
    return sample_audit()


def test_a_reaudit_begins_without_a_mark(before: Audit) -> None:
    assert marks(before, reaudit(before)) == {}


def test_a_new_workflow_and_a_changed_fact_are_marked(before: Audit) -> None:
    after = put(reaudit(before), "workflows", (WorkflowId("w99"),), Workflow("Another"))
    after = amend(after, "workflows", (W,), unit="Elsewhere")
    assert marks(before, after) == {WorkflowId("w99"): Mark.NEW, W: Mark.CHANGED}


def test_only_another_reply_is_a_change(before: Audit) -> None:
    after = reaudit(before)
    was = before.answers[Target(W)][QUESTION].settled
    assert was is not None
    again = settle(after, Target(W), QUESTION, was)
    assert marks(before, again) == {}
    other = 0 if was.level else 3
    assert marks(before, settle(after, Target(W), QUESTION, Said(Reply.LEVEL, other))) == {
        W: Mark.CHANGED
    }


def test_the_last_audit_is_what_stood_before_the_file(before: Audit) -> None:
    assert last_audit(before) is None
    at = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
    body = "0" * 64
    begun = replace(
        before,
        snapshots={
            SnapshotId("s1"): Snapshot("Last audit", at, BEFORE_THE_FILE, body),
            SnapshotId("s2"): Snapshot("Now", at, 5, body),
        },
    )
    first = begun.snapshots[SnapshotId("s1")]
    assert last_audit(begun) == first
    alone = replace(begun, snapshots={SnapshotId("s1"): first})
    assert last_snapshot(alone, 1) is None
    assert last_snapshot(alone, 2) == first
