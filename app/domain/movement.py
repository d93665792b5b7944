"""How an audit moved between two moments: gaps, states, conditions behind them, and hazard."""

import datetime as dt
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.compare import Comparison, compare
from app.domain.conditions import Conditions, ConditionState, WorkflowState, conditions
from app.domain.gaps import Gap, answered_since, gaps
from app.domain.ids import GapKey, QuestionId, WorkflowId
from app.domain.replies import Case, active_cases
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine, prepare
from app.domain.risk.estimate import estimate
from app.domain.risk.results import Relative, Withheld


class Situation(Struct, frozen=True):
    """Where one workflow stood at one moment."""

    state: WorkflowState
    met: int
    """Go-live conditions met or fairly not applicable."""
    of: int
    relative: Relative
    """Hazard against a typical deployment, 1.0 is typical."""
    withheld: Withheld | None
    """Why `relative` is not to be shown."""


class ConditionMove(Struct, frozen=True):
    """None where the bank had no such condition."""

    question: QuestionId
    before: ConditionState | None
    after: ConditionState | None


class Move(Struct, frozen=True):
    """One workflow that moved; None where it did not count at that moment."""

    workflow: WorkflowId
    name: str
    before: Situation | None
    after: Situation | None
    conditions: tuple[ConditionMove, ...]

    @property
    def has_other_state(self) -> bool:
        was, now = self.before, self.after
        return (was and was.state) != (now and now.state)


class Movement(Struct, frozen=True):
    comparison: Comparison
    opened: tuple[Gap, ...]
    closed: tuple[Gap, ...]
    """Gaps whose new answer is sound and shown."""
    said: tuple[Gap, ...]
    """Gaps whose new answer is sound and said, not shown: they go to the list to show."""
    withdrawn: tuple[Gap, ...]
    """Gaps about which nothing is said any more."""
    left_out: tuple[Gap, ...]
    """Gaps that are gone only because none of their workflows counts any more."""
    moves: tuple[Move, ...]
    still: int
    """Workflows that counted at both moments and did not move."""


class Moment(Struct, frozen=True):
    """An audit and the day on which it is read: proof may have expired in between."""

    audit: Audit
    day: dt.date


def movement(before: Moment, after: Moment) -> Movement:
    """Everything that differs; workflows by id, gaps in bank order. Deterministic.

    Snapshots are the moments themselves and no difference.

    Estimates are computed only for workflows whose answers, facts, bank or reference set differ,
    so that two moments of a large audit take as long as what was done in between.
    """
    if before.audit.bank == after.audit.bank:
        # The same objects, so that comparing cases does not compare the bank again and again.
        before = replace(before, audit=replace(before.audit, bank=after.audit.bank))
    was = {c.id: c for c in active_cases(before.audit, before.day)}
    now = {c.id: c for c in active_cases(after.audit, after.day)}
    opened, gone, left_out = _gaps(before.audit, after.audit, was, now)
    stands = {gap.key: answered_since(gap, now.values()) for gap in gone}
    moves = tuple(_moves(before, after, was, now))
    both = len(was.keys() & now.keys())
    moved = sum(m.before is not None and m.after is not None for m in moves)
    return Movement(
        comparison=compare(replace(before.audit, snapshots=after.audit.snapshots), after.audit),
        opened=opened,
        closed=tuple(gap for gap in gone if stands[gap.key].is_held),
        said=tuple(gap for gap in gone if stands[gap.key] is ConditionState.SAID),
        withdrawn=tuple(gap for gap in gone if not _is_answered(stands[gap.key])),
        left_out=left_out,
        moves=moves,
        still=both - moved,
    )


def _is_answered(state: ConditionState) -> bool:
    return state.is_held or state is ConditionState.SAID


def _gaps(
    before: Audit,
    after: Audit,
    was: Mapping[WorkflowId, Case],
    now: Mapping[WorkflowId, Case],
) -> tuple[tuple[Gap, ...], tuple[Gap, ...], tuple[Gap, ...]]:
    """Opened, gone while a workflow of theirs still counts, and gone with their workflows."""
    old = {gap.key: gap for gap in gaps(before, was.values())}
    new: dict[GapKey, Gap] = {gap.key: gap for gap in gaps(after, now.values())}
    gone = [gap for key, gap in old.items() if key not in new]
    return (
        tuple(gap for key, gap in new.items() if key not in old),
        tuple(gap for gap in gone if any(w in now for w in gap.workflows)),
        tuple(gap for gap in gone if not any(w in now for w in gap.workflows)),
    )


def _moves(
    before: Moment,
    after: Moment,
    was: Mapping[WorkflowId, Case],
    now: Mapping[WorkflowId, Case],
) -> Iterator[Move]:
    same_content = (
        before.audit.bank is after.audit.bank and before.audit.reference == after.audit.reference
    )
    old = _Scorer(before)
    new = old.at(after) if same_content else _Scorer(after)
    for id_ in sorted(was.keys() | now.keys()):
        first, last = was.get(id_), now.get(id_)
        if same_content and first == last:
            continue
        move = Move(
            id_,
            (last or first).workflow.name,  # type: ignore[union-attr]
            old.situation(first),
            new.situation(last),
            _conditions(before.audit, after.audit, first, last),
        )
        if move.before != move.after or move.conditions:
            yield move


class _Scorer:
    """Estimates of one moment; two moments with the same content share engine and draws."""

    def __init__(self, moment: Moment, shared: tuple[Engine, Draws] | None = None) -> None:
        self._moment = moment
        if shared is None:
            engine = prepare(moment.audit.bank, moment.audit.reference)
            shared = engine, Draws(engine)
        self._shared = shared

    def at(self, moment: Moment) -> "_Scorer":
        return _Scorer(moment, self._shared)

    def situation(self, case: Case | None) -> Situation | None:
        if case is None:
            return None
        found = estimate(*self._shared, self._moment.audit, case, self._moment.day)
        golive = found.conditions.golive
        met = sum(state.is_held for state in golive.values())
        return Situation(found.state, met, len(golive), found.relative, found.withheld)


def _conditions(
    before: Audit, after: Audit, first: Case | None, last: Case | None
) -> tuple[ConditionMove, ...]:
    """Conditions and entry questions whose state differs, in bank order."""
    if not (first and last):
        return ()
    was, now = _states(conditions(before.bank, first)), _states(conditions(after.bank, last))
    questions = dict.fromkeys((*was, *now))
    return tuple(
        ConditionMove(q, was.get(q), now.get(q)) for q in questions if was.get(q) != now.get(q)
    )


def _states(found: Conditions) -> dict[QuestionId, ConditionState]:
    """A question that is both keeps the state it has as a go-live condition."""
    return {**found.entry, **found.golive}
