"""Which answers of a confirmed workflow differ, by whom and why, and which snapshot counts."""

import datetime as dt
from collections.abc import Iterable

import pytest

from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.changes import Change, diff
from app.domain.edits.answers import note, settle
from app.domain.edits.workshop import confirm_answers, fingerprint, said_only
from app.domain.history import Entry, EntryKind
from app.domain.ids import PersonId, QuestionId, SnapshotId, Target, WorkflowId
from app.domain.revisions import Revision, revised, revisions, unsettled
from app.domain.snapshots import last_snapshot
from app.domain.workshop import Snapshot
from app.exchange.sample import sample_audit

OWNER, OTHER, FLOW = PersonId("jose"), PersonId("priya"), WorkflowId("complaints")
START = dt.datetime(2026, 12, 15, 9, tzinfo=dt.UTC)


class Journal:
    """A journal in memory: what was done at each minute after nine."""

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.entries: list[Entry] = []
        self.steps: dict[int, tuple[Change, ...]] = {}

    def do(self, after: Audit, by: PersonId = OWNER) -> None:
        self._enter(diff(self.audit, after), EntryKind.DO, by, len(self.entries) + 1)
        self.audit = after

    def undo(self, before: Audit, step: int) -> None:
        self._enter((), EntryKind.UNDO, OTHER, step)
        self.audit = before

    def _enter(self, changes: tuple[Change, ...], kind: EntryKind, by: PersonId, step: int) -> None:
        number = len(self.entries) + 1
        if kind is EntryKind.DO:
            self.steps[step] = changes
        at = START + dt.timedelta(minutes=number)
        self.entries.append(Entry(number, at, by, "label", kind, step, ""))

    def revisions(self) -> tuple[Revision, ...]:
        return revisions(self.audit, self.entries, self.steps.__getitem__)


def questions(audit: Audit) -> list[QuestionId]:
    return sorted(audit.answers[Target(FLOW)])


def level(audit: Audit, question: QuestionId, other: int = 0) -> Said:
    said = audit.answers[Target(FLOW)][question].settled
    shown = said.level if said and said.level is not None else 2
    return Said(Reply.LEVEL, (shown + 1 + other) % 5)


@pytest.fixture
def journal() -> Journal:
    """Confirmed at nine, before anything else."""
    audit = sample_audit()
    made = Journal(audit)
    made.do(confirm_answers(audit, FLOW, OWNER, START))
    return made


def test_nothing_is_asked_of_the_journal_while_every_confirmation_holds(journal: Journal) -> None:
    def never(_step: int) -> Iterable[Change]:
        raise AssertionError

    assert unsettled(journal.audit) == {}
    assert revisions(journal.audit, journal.entries, never) == ()  # type: ignore[arg-type]


def test_an_answer_changed_since_is_told_with_old_new_by_when_and_why(journal: Journal) -> None:
    first = questions(journal.audit)[0]
    before = journal.audit.answers[Target(FLOW)][first]
    said = level(journal.audit, first)
    journal.do(settle(journal.audit, Target(FLOW), first, said, reason="Seen again"), OTHER)
    (found,) = revised(journal.audit, FLOW, journal.revisions())
    assert (found.question, found.before) == (first, before)
    assert found.after == journal.audit.answers[Target(FLOW)][first]
    assert (found.by, found.at, found.reason) == (
        OTHER,
        START + dt.timedelta(minutes=2),
        "Seen again",
    )
    assert list(unsettled(journal.audit)) == [FLOW]


def test_several_changes_of_one_answer_are_one_with_the_first_old_and_the_last_new(
    journal: Journal,
) -> None:
    first = questions(journal.audit)[0]
    before = journal.audit.answers[Target(FLOW)][first]
    for other, why in ((0, "one"), (1, "two")):
        said = level(journal.audit, first, other)
        journal.do(settle(journal.audit, Target(FLOW), first, said, reason=why))
    (found,) = revised(journal.audit, FLOW, journal.revisions())
    assert (found.before, found.reason) == (before, "two")


def test_what_was_undone_and_what_is_only_a_note_is_no_change(journal: Journal) -> None:
    first, second, third = questions(journal.audit)[:3]
    kept = journal.audit
    said = level(kept, first)
    journal.do(settle(kept, Target(FLOW), first, said, reason="A slip"))
    journal.undo(kept, len(journal.entries))
    journal.do(note(kept, Target(FLOW), second, "Only a remark"))
    assert unsettled(journal.audit) == {}
    journal.do(
        settle(journal.audit, Target(FLOW), third, level(kept, third), reason="This one stays")
    )
    found = revised(journal.audit, FLOW, journal.revisions())
    assert [change.question for change in found] == [third]


def test_what_was_changed_before_the_last_confirmation_does_not_count(journal: Journal) -> None:
    first, second = questions(journal.audit)[:2]
    said = level(journal.audit, first)
    journal.do(settle(journal.audit, Target(FLOW), first, said, reason="Before"))
    # The clock says nine again: the journal itself tells what came after.
    journal.do(confirm_answers(journal.audit, FLOW, OWNER, START))
    said = level(journal.audit, second)
    journal.do(settle(journal.audit, Target(FLOW), second, said, reason="After"))
    found = revised(journal.audit, FLOW, journal.revisions())
    assert [(change.question, change.reason) for change in found] == [(second, "After")]


def test_rows_of_one_step_count_once(journal: Journal) -> None:
    first = questions(journal.audit)[0]
    said = level(journal.audit, first)
    journal.do(settle(journal.audit, Target(FLOW), first, said, reason="Typed in two goes"))
    last = journal.entries[-1]
    later = last.at + dt.timedelta(minutes=5)
    journal.entries.append(Entry(last.sequence + 1, later, OTHER, "", EntryKind.DO, last.step, ""))
    confirmed, changed = journal.revisions()
    assert [c.collection for c in confirmed.changes] == ["confirmations"]
    assert (changed.at, changed.by) == (later, OTHER)


def test_the_fingerprint_is_over_what_is_said_alone() -> None:
    audit = sample_audit()
    first = questions(audit)[0]
    noted = note(audit, Target(FLOW), first, "Other words")
    assert fingerprint(noted, FLOW) == fingerprint(audit, FLOW)
    answers = (a.answers[Target(FLOW)][first] for a in (audit, noted))
    before, after = map(said_only, answers)
    assert before == after
    assert said_only(None) is None


def snapshots(*sequences: int) -> Audit:
    audit = sample_audit()
    kept = {SnapshotId(f"s{n}"): Snapshot(f"At {n}", START, n, "0" * 64) for n in sequences}
    return Audit(audit.bank, audit.reference, snapshots=kept)


@pytest.mark.parametrize(
    ("sequences", "head", "name"),
    [
        ((), 9, None),
        ((3,), 9, "At 3"),
        ((3, 7), 9, "At 7"),
        ((3, 8), 9, "At 3"),
        ((8,), 9, None),
        ((3, 7, 8), 9, "At 3"),
        ((40,), 1, None),
    ],
)
def test_a_snapshot_taken_right_before_the_report_steps_back(
    sequences: tuple[int, ...], head: int, name: str | None
) -> None:
    found = last_snapshot(snapshots(*sequences), head)
    assert (found.name if found else None) == name
