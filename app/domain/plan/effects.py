"""What the plan changes outside the estimate: conditions met, states moved, levels reached."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from app.domain.bank import Bank
from app.domain.conditions import (
    Conditions,
    ConditionState,
    WorkflowState,
    entry_questions,
    golive_questions,
    standing_state,
)
from app.domain.gaps import SOUND
from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.plan.candidates import Candidate
from app.domain.plan.drafts import Closing
from app.domain.plan.schedule import Schedule
from app.domain.plan.subjects import Subject

Levels = dict[tuple[WorkflowId, QuestionId, Target], int]


class Effect(Struct, frozen=True):
    """What one action of the horizon changes when it is done, after those before it."""

    met: tuple[tuple[WorkflowId, QuestionId], ...] = ()
    """Go-live conditions."""
    moves: Mapping[WorkflowId, WorkflowState] = {}
    unlocks: tuple[int, ...] = ()
    """Actions of the horizon that wait for this one, in plan order."""
    share: float = 0.0
    """Part in the effect of the whole horizon, 0 to 1."""


class Effects(Struct, frozen=True):
    by_candidate: Mapping[int, Effect]
    after: Mapping[WorkflowId, WorkflowState]
    """State of every active workflow once the horizon is done, shown and recorded."""


def effects(bank: Bank, subjects: Sequence[Subject], plan: Schedule) -> Effects:
    """Walk the horizon in plan order and keep every workflow's conditions up to date.

    A condition over several sources is met with the last of them. Source: scoring.md 3.4.
    """
    touched = {c.workflow for n in plan.horizon for c in plan.candidates[n].closings}
    courses = {s.id: _Course(bank, s) for s in subjects if s.id in touched}
    unlocks, total = _unlocks(plan), sum(plan.net.benefits[n] for n in plan.horizon)
    found = {}
    for n in plan.horizon:
        met, moves = _walk(courses, plan.candidates[n])
        share = plan.net.benefits[n] / total if total else 0.0
        found[n] = Effect(met, moves, tuple(unlocks[n]), share)
    after = {s.id: courses[s.id].state if s.id in touched else _today(s) for s in subjects}
    return Effects(found, after)


def _walk(
    courses: Mapping[WorkflowId, "_Course"], candidate: Candidate
) -> tuple[tuple[tuple[WorkflowId, QuestionId], ...], Mapping[WorkflowId, WorkflowState]]:
    """Go-live conditions met and states moved by one action."""
    before = {c.workflow: courses[c.workflow].state for c in candidate.closings}
    met = [(c.workflow, c.question) for c in candidate.closings if courses[c.workflow].reach(c)]
    moves = {w: courses[w].state for w, was in before.items() if courses[w].state is not was}
    return tuple(met), moves


def _unlocks(plan: Schedule) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {n: [] for n in plan.horizon}
    for n in plan.horizon:
        for a in plan.net.ancestors[n]:
            found[a].append(n)
    return found


def _today(subject: Subject) -> WorkflowState:
    return subject.conditions.state(live=subject.case.workflow.is_live)


class _Course:
    """The conditions of one workflow on their way through the plan."""

    def __init__(self, bank: Bank, subject: Subject) -> None:
        self._live = subject.case.workflow.is_live
        self._entry = dict(subject.conditions.entry)
        self._golive = dict(subject.conditions.golive)
        self._open_entry = _open(subject, _levels_of(bank, entry=True))
        self._open_golive = _open(subject, _levels_of(bank, entry=False))

    @property
    def state(self) -> WorkflowState:
        return Conditions(self._entry, self._golive).state(live=self._live)

    def reach(self, closing: Closing) -> bool:
        """Lift one control; True where this meets a go-live condition."""
        if _lifted(self._open_entry, closing):
            self._entry[closing.question] = ConditionState.MET
        if _lifted(self._open_golive, closing):
            self._golive[closing.question] = ConditionState.MET
            return True
        return False


Open = dict[QuestionId, dict[Target, int]]
"""Question to the targets that do not hold yet and the level each needs."""


def _levels_of(bank: Bank, *, entry: bool) -> Iterator[tuple[QuestionId, int]]:
    if entry:
        yield from ((q.id, q.phase1_at or 0) for q in entry_questions(bank))
    else:
        yield from ((q.id, q.golive_at or 0) for q in golive_questions(bank))


def _open(subject: Subject, levels: Iterator[tuple[QuestionId, int]]) -> Open:
    return {
        q: {s.target: level for s in subject.case.of(q) if not standing_state(s, level).is_held}
        for q, level in levels
    }


def _lifted(open_: Open, closing: Closing) -> bool:
    """The closing takes away the last target in which the question did not hold."""
    left = open_.get(closing.question, {})
    if closing.level < left.get(closing.target, closing.level + 1):
        return False
    del left[closing.target]
    return not left


def sound_months(plan: Schedule) -> Levels:
    """Month, 1 to the horizon, in which a planned action first leads to a sound level."""
    found: Levels = {}
    for n in plan.horizon:
        for c in plan.candidates[n].closings:
            if c.level >= SOUND:
                place = (c.workflow, c.question, c.target)
                found[place] = min(plan.months[n], found.get(place, plan.months[n]))
    return dict(sorted(found.items()))


def levels_reached(plan: Schedule) -> Levels:
    """Highest planned level of everything the horizon lifts; it counts as documented."""
    found: Levels = {}
    for n in plan.horizon:
        for c in plan.candidates[n].closings:
            place = (c.workflow, c.question, c.target)
            found[place] = max(c.level, found.get(place, 0))
    return dict(sorted(found.items()))
