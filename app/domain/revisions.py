"""What became of confirmed answers: old, new, by whom, when and why."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from app.domain.answers import Answer, Confirmation
from app.domain.audit import Audit
from app.domain.changes import Change, reverse
from app.domain.edits.workshop import fingerprint, said_only
from app.domain.history import Entry, EntryKind
from app.domain.ids import PersonId, QuestionId, WorkflowId

ANSWERS, CONFIRMATIONS = "answers", "confirmations"


class Revision(Struct, frozen=True):
    """One entry of the journal, with those of its changes that concern confirmed answers."""

    at: dt.datetime
    by: PersonId | None
    label: str
    changes: tuple[Change, ...]


class Revised(Struct, frozen=True):
    """One answer as its owner confirmed it, and as it stands; None stands for no answer."""

    question: QuestionId
    before: Answer | None
    after: Answer | None
    at: dt.datetime
    by: PersonId | None
    reason: str
    """Given with the last change; empty where none was."""


def unsettled(audit: Audit) -> Mapping[WorkflowId, Confirmation]:
    """Confirmations that do not hold any more, because the workflow's own answers differ."""
    return {
        workflow: kept
        for workflow, kept in sorted(audit.confirmations.items())
        if kept.fingerprint != fingerprint(audit, workflow)
    }


def revisions(
    audit: Audit,
    entries: Iterable[Entry],
    changes: Callable[[int], tuple[Change, ...]],
) -> tuple[Revision, ...]:
    """What the journal says since the earliest confirmation that does not hold, oldest first.

    `changes` gives what a step did. The rows of one step count as done by the last of them. The
    journal is read back until each confirmation is found: clocks may be wrong, its order is not.
    """
    broken = unsettled(audit)
    wanted = set(broken)
    seen: set[int] = set()
    found = []
    for entry in reversed(tuple(entries) if broken else ()):
        if not wanted:
            break
        if entry.kind is EntryKind.BARRIER or (entry.kind is EntryKind.DO and entry.step in seen):
            continue
        if entry.kind is EntryKind.DO:
            seen.add(entry.step)
        done = changes(entry.step)
        done = reverse(done) if entry.kind is EntryKind.UNDO else done
        if ours := tuple(c for c in done if _concerns(c, broken)):
            found.append(Revision(entry.at, entry.by, entry.label, ours))
            wanted -= {w for w in wanted for c in ours if _confirms(c, w, broken[w])}
    return tuple(reversed(found))


def revised(audit: Audit, workflow: WorkflowId, since: Iterable[Revision]) -> tuple[Revised, ...]:
    """Answers of a confirmed workflow that say something else than its owner confirmed, by id.

    An answer that came back to what was confirmed is none of them; notes do not count.
    """
    kept = audit.confirmations[workflow]
    first: dict[str, Answer | None] = {}
    last: dict[str, tuple[Answer | None, Revision]] = {}
    for revision in since:
        for change in revision.changes:
            if _confirms(change, workflow, kept):
                first, last = {}, {}
            elif change.collection == ANSWERS and change.keys[0] == workflow:
                question = change.keys[1]
                first.setdefault(question, change.before)
                last[question] = change.after, revision
    return tuple(
        Revised(
            QuestionId(question),
            first[question],
            after,
            revision.at,
            revision.by,
            _reason(first[question], after),
        )
        for question, (after, revision) in sorted(last.items())
        if said_only(first[question]) != said_only(after)
    )


def _confirms(change: Change, workflow: WorkflowId, kept: Confirmation) -> bool:
    is_its = change.collection == CONFIRMATIONS and change.keys == (workflow,)
    return is_its and change.after == kept


def _concerns(change: Change, broken: Mapping[WorkflowId, Any]) -> bool:
    return change.collection in (ANSWERS, CONFIRMATIONS) and change.keys[0] in broken


def _reason(before: Answer | None, after: Answer | None) -> str:
    """The reason of the agreed reply, else those of the people whose own reply differs."""
    return next(filter(None, _reasons(before or Answer(), after or Answer())), "")


def _reasons(before: Answer, after: Answer) -> Iterator[str]:
    if after.settled and after.settled != before.settled:
        yield after.settled.reason
    for person, said in sorted(after.individual.items()):
        if said != before.individual.get(person):
            yield said.reason
