"""What a session leaves behind: revealed votes, screening, beliefs, confirmations, snapshots."""

import datetime as dt
import hashlib
from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from app.domain.answers import Answer, Confirmation, Screening, ScreenReply
from app.domain.audit import Audit
from app.domain.edits.answers import say, withdraw
from app.domain.edits.ranges import refuse
from app.domain.edits.records import place, put
from app.domain.ids import PersonId, QuestionId, ScreenId, SnapshotId, Target, VoteId, WorkflowId
from app.domain.workshop import BeliefVote, Snapshot, Vote


def reveal_vote(audit: Audit, vote: VoteId, ballots: Vote, *, reason: str = "") -> Audit:
    """Keep a round of ballots; they become the individual answers in place of earlier rounds."""
    target, question = ballots.target, ballots.question
    if not ballots.ballots:
        raise refuse("Nobody has voted.", "Collect at least one ballot before you reveal.")
    audit = put(audit, "votes", (vote,), ballots)
    answer = audit.answers.get(target, {}).get(question, Answer())
    for person in sorted(answer.individual.keys() - ballots.ballots.keys()):
        audit = withdraw(audit, target, question, person=person, reason=reason)
    for person, said in sorted(ballots.ballots.items()):
        audit = say(audit, target, question, person, said, reason=said.reason or reason)
    return audit


def take_screening(
    audit: Audit,
    workflow: WorkflowId,
    replies: Mapping[ScreenId, ScreenReply | None],
    *,
    note: str | None = None,
) -> Audit:
    """Set screening replies of one workflow; None takes one back, others stay as they are."""
    before = audit.screening.get(workflow, Screening())
    kept = {
        question: reply for question, reply in before.replies.items() if question not in replies
    }
    kept |= {question: reply for question, reply in replies.items() if reply is not None}
    after = Screening(kept, before.note if note is None else note)
    if after == Screening() and workflow not in audit.screening:
        return audit
    if after == Screening():
        return place(audit, "screening", (workflow,), None)
    return put(audit, "screening", (workflow,), after)


def cast_belief(audit: Audit, person: PersonId, points: Mapping[str, float]) -> Audit:
    """100 points over the bank's categories: where one person thinks failures come from."""
    return put(audit, "belief_votes", (person,), BeliefVote(dict(points)))


def confirm_answers(
    audit: Audit, workflow: WorkflowId, person: PersonId, at: dt.datetime, *, note: str = ""
) -> Audit:
    """The owner stands by the workflow's own answers; afterwards a change needs a reason."""
    record = audit.workflows.get(workflow)
    if record and record.owner != person:
        raise refuse(
            f"“{workflow}” is not owned by “{person}”.",
            "Only its owner confirms the answers; record the owner first.",
        )
    if not audit.answers.get(Target(workflow)):
        raise refuse(f"“{workflow}” has no answers of its own.", "Answer its questions first.")
    confirmation = Confirmation(person, at, fingerprint(audit, workflow), note)
    return put(audit, "confirmations", (workflow,), confirmation)


def fingerprint(audit: Audit, workflow: WorkflowId) -> str:
    """SHA-256 of everything said about a workflow itself; notes and lists do not count."""
    answers = audit.answers.get(Target(workflow), {})
    said = {
        QuestionId(q): replace(a, note="", mode="", find_out=None, copied_from=None)
        for q, a in answers.items()
        if a.settled or a.individual
    }
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()


def take_snapshot(
    audit: Audit, snapshot: SnapshotId, name: str, at: dt.datetime, sequence: int, body: str
) -> Audit:
    """Name a moment whose audit the file keeps under the hash `body`."""
    if len(body) != 64 or not set(body) <= set("0123456789abcdef"):
        raise refuse("The snapshot has no hash of its contents.", "Take the snapshot again.")
    if snapshot in audit.snapshots:
        raise refuse(f"The snapshot “{snapshot}” exists already.", "Choose another id.")
    return put(audit, "snapshots", (snapshot,), Snapshot(name, at, sequence, body))
