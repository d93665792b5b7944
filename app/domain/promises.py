"""What became of the promises of an earlier moment: 11 of 18 kept, 3 conditions met, 2 stopped."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.conditions import ConditionState, WorkflowState
from app.domain.gaps import answered_since, gaps, open_own_gaps
from app.domain.ids import ActionKey, GapKey, OwnGapId, PersonId, QuestionId, WorkflowId
from app.domain.movement import Moment, Movement
from app.domain.planning import ActionNote, GapNote
from app.domain.replies import active_cases


class Fate(StrEnum):
    KEPT = "kept"
    SAID = "said"
    """Its new answer is said, not shown, so it is still to show."""
    LATE = "late"
    OPEN = "open"
    DROPPED = "dropped"
    """Its workflow was paused, stopped or taken out of scope."""


class Promise(Struct, frozen=True):
    """A gap or an action somebody took on, and how it stands now."""

    key: GapKey | ActionKey | OwnGapId
    is_action: bool
    owner: PersonId
    due: dt.date | None
    fate: Fate
    is_recorded: bool = False
    """A gap that somebody named in the room; no answer closes it."""


class Kept(Struct, frozen=True):
    """Promises by owner and date; what else moved since is counted from the movement."""

    promises: tuple[Promise, ...]
    conditions_met: tuple[tuple[WorkflowId, QuestionId], ...]
    """Go-live conditions and entry questions that were open and are met now."""
    conditions_lost: tuple[tuple[WorkflowId, QuestionId], ...]
    covered: tuple[WorkflowId, ...]
    """Live without cover then, and not any more."""
    ended: tuple[WorkflowId, ...]
    """Paused, stopped, retired or taken out of scope since."""

    @property
    def of(self) -> int:
        return sum(p.fate is not Fate.DROPPED for p in self.promises)

    @property
    def kept(self) -> int:
        return sum(p.fate is Fate.KEPT for p in self.promises)

    @property
    def said(self) -> int:
        return sum(p.fate is Fate.SAID for p in self.promises)


def promises_kept(before: Moment, after: Moment, moved: Movement) -> Kept:
    """Everything with a named owner at `before`, as it stands at `after`.

    A gap's promise is kept once an answer closes the gap and is shown; while it is only said, it
    is still to show. An action's is kept once somebody marked it done, that of a gap recorded in
    the room once somebody closed it. A promise nobody is named for is none. `moved` is the movement
    between the moments.
    """
    promises = (
        *_gap_promises(before, after),
        *_action_promises(before, after),
        *_recorded_promises(before, after),
    )
    order = sorted(promises, key=lambda p: (p.owner, p.due or dt.date.max, p.key))
    met, lost = _conditions(moved)
    return Kept(
        promises=tuple(order),
        conditions_met=met,
        conditions_lost=lost,
        covered=tuple(
            move.workflow
            for move in moved.moves
            if move.before
            and move.before.state is WorkflowState.LIVE_WITHOUT_COVER
            and move.after
            and move.after.state is not WorkflowState.LIVE_WITHOUT_COVER
        ),
        ended=tuple(sorted(_ended(before.audit, after.audit))),
    )


def _gap_promises(before: Moment, after: Moment) -> Iterator[Promise]:
    cases = active_cases(after.audit, after.day)
    for gap in gaps(before.audit, active_cases(before.audit, before.day)):
        note = gap.note or GapNote()
        if note.owner is None or note.merged_into is not None:
            continue
        runs = any(_runs(after.audit, w) for w in gap.workflows)
        state = answered_since(gap, cases)
        fate = _fate(is_kept=state.is_held, runs=runs, due=note.due, today=after.day)
        if runs and state is ConditionState.SAID:
            fate = Fate.SAID
        yield Promise(gap.key, False, note.owner, note.due, fate)


def _action_promises(before: Moment, after: Moment) -> Iterator[Promise]:
    for key, note in sorted(before.audit.action_notes.items()):
        if note.owner is None or note.done:
            continue
        now = after.audit.action_notes.get(key, ActionNote())
        workflow = WorkflowId(key.partition("/")[2])
        runs = workflow not in before.audit.workflows or _runs(after.audit, workflow)
        fate = _fate(is_kept=now.done, runs=runs, due=note.due, today=after.day)
        yield Promise(key, True, note.owner, note.due, fate)


def _recorded_promises(before: Moment, after: Moment) -> Iterator[Promise]:
    """One that is on record no more was dropped."""
    for key, gap in open_own_gaps(before.audit):
        if gap.owner is None:
            continue
        now = after.audit.own_gaps.get(key)
        workflow = WorkflowId(gap.target)
        runs = workflow not in before.audit.workflows or _runs(after.audit, workflow)
        is_kept = now is not None and now.closed
        fate = _fate(is_kept=is_kept, runs=runs and now is not None, due=gap.due, today=after.day)
        yield Promise(key, False, gap.owner, gap.due, fate, is_recorded=True)


def _runs(audit: Audit, workflow: WorkflowId) -> bool:
    record = audit.workflows.get(workflow)
    return record is not None and record.is_active


def _fate(*, is_kept: bool, runs: bool, due: dt.date | None, today: dt.date) -> Fate:
    if not runs:
        return Fate.DROPPED
    if is_kept:
        return Fate.KEPT
    return Fate.LATE if due and due < today else Fate.OPEN


def _conditions(
    moved: Movement,
) -> tuple[tuple[tuple[WorkflowId, QuestionId], ...], tuple[tuple[WorkflowId, QuestionId], ...]]:
    met, lost = [], []
    for move in moved.moves:
        for change in move.conditions:
            was = change.before is not None and change.before.is_held
            now = change.after is not None and change.after.is_held
            if now and not was:
                met.append((move.workflow, change.question))
            elif was and not now:
                lost.append((move.workflow, change.question))
    return tuple(met), tuple(lost)


def _ended(before: Audit, after: Audit) -> Iterator[WorkflowId]:
    for workflow, record in before.workflows.items():
        if record.is_active and not _runs(after, workflow):
            yield workflow
