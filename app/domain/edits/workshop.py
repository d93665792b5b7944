"""What a session leaves behind: votes, decisions, who was there, screening, beliefs, snapshots."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from app.domain.answers import Answer, Confirmation, Screening, ScreenReply
from app.domain.audit import Audit
from app.domain.edits.answers import say, withdraw
from app.domain.edits.ranges import refuse
from app.domain.edits.records import amend, place, put
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
from app.domain.sessions import running
from app.domain.workshop import (
    Attendance,
    BeliefVote,
    Decision,
    Dissent,
    Session,
    Snapshot,
    Verdict,
    Vote,
)


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


def start_session(audit: Audit, session: SessionId, at: dt.datetime) -> Audit:
    """The real start; one session runs at a time."""
    record = _session(audit, session)
    if record.started:
        raise refuse(f"“{record.title}” has started already.", "Correct its time instead.")
    other = running(audit)
    if other:
        raise refuse(f"“{audit.sessions[other].title}” is still running.", "End it first.")
    return amend(audit, "sessions", (session,), started=at)


def end_session(audit: Audit, session: SessionId, at: dt.datetime) -> Audit:
    """The real end."""
    record = _session(audit, session)
    if record.started is None or record.ended:
        raise refuse(f"“{record.title}” is not running.", "Start it first, or correct its times.")
    return amend(audit, "sessions", (session,), ended=at)


def arrive(
    audit: Audit, session: SessionId, people: Iterable[PersonId], at: dt.datetime | None = None
) -> Audit:
    """They are here: since `at`, or since the start. Who comes back keeps the first arrival."""
    for person in sorted(people):
        before = audit.attendance.get(session, {}).get(person)
        since = before.arrived if before and before.present else at
        after = replace(before or Attendance(), present=True, arrived=since, left=None)
        audit = put(audit, "attendance", (session, person), after)
    return audit


def leave(audit: Audit, session: SessionId, people: Iterable[PersonId], at: dt.datetime) -> Audit:
    """They go before the end."""
    for person in sorted(people):
        before = audit.attendance.get(session, {}).get(person)
        if before is None or not before.present:
            name = audit.people[person].name if person in audit.people else person
            raise refuse(f"{name} is not recorded as present.", "Record the arrival first.")
        audit = put(audit, "attendance", (session, person), replace(before, left=at))
    return audit


def stay_away(audit: Audit, session: SessionId, people: Iterable[PersonId]) -> Audit:
    """They were asked and did not come."""
    for person in sorted(people):
        note = audit.attendance.get(session, {}).get(person, Attendance()).note
        audit = put(audit, "attendance", (session, person), Attendance(present=False, note=note))
    return audit


def decide(audit: Audit, decision: DecisionId, verdict: Verdict | None, on: dt.date) -> Audit:
    """Take a decision, or ask it again (None)."""
    before = audit.decisions.get(decision)
    if before is None:
        raise refuse(f"There is no decision “{decision}”.", "Record what is asked first.")
    after = dated(before, replace(before, verdict=verdict), on)
    return put(audit, "decisions", (decision,), after)


def dated(before: Decision | None, after: Decision, on: dt.date) -> Decision:
    """A verdict has a date: that of the day it is given, unless another one was entered.

    A verdict that is taken back takes its date with it.
    """
    had = before.verdict if before else None
    if after.verdict is None:
        return replace(after, decided=None) if had else after
    if after.decided is None and had is None:
        return replace(after, decided=on)
    return after


def add_dissent(audit: Audit, decision: DecisionId, dissent: Dissent) -> Audit:
    """Keep who disagrees with a decision, in their own words. The same words count once."""
    before = audit.decisions.get(decision)
    if before is None:
        raise refuse(f"There is no decision “{decision}”.", "Record what is asked first.")
    if any(d.person == dissent.person and d.text == dissent.text for d in before.dissent):
        raise refuse("This dissent is kept already.", "Change its words, or add other ones.")
    return amend(audit, "decisions", (decision,), dissent=(*before.dissent, dissent))


def _session(audit: Audit, session: SessionId) -> Session:
    found = audit.sessions.get(session)
    if found is None:
        raise refuse(f"There is no session “{session}”.", "Add it first.")
    return found


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
    said = {QuestionId(q): kept for q, a in answers.items() if (kept := said_only(a))}
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()


def said_only(answer: Answer | None) -> Answer | None:
    """What an owner confirms of an answer: what was said, without notes; None where nothing was."""
    if answer is None or not (answer.settled or answer.individual):
        return None
    return replace(answer, note="", mode="", find_out=None, copied_from=None)


def take_snapshot(
    audit: Audit, snapshot: SnapshotId, name: str, at: dt.datetime, sequence: int, body: str
) -> Audit:
    """Name a moment whose audit the file keeps under the hash `body`."""
    if len(body) != 64 or not set(body) <= set("0123456789abcdef"):
        raise refuse("The snapshot has no hash of its contents.", "Take the snapshot again.")
    if snapshot in audit.snapshots:
        raise refuse(f"The snapshot “{snapshot}” exists already.", "Choose another id.")
    return put(audit, "snapshots", (snapshot,), Snapshot(name, at, sequence, body))
