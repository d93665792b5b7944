"""Phases with their exits: who is through today, and in which month the plan has done its part."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.bank import Bank
from app.domain.conditions import (
    ConditionState,
    entry_questions,
    golive_questions,
    standing_state,
    worst,
)
from app.domain.gaps import SOUND
from app.domain.ids import ActionId, ActionKey, QuestionId, Target
from app.domain.plan.drafts import ALL_PHASES, LAST_PHASE
from app.domain.plan.results import NoGate, PhaseGate
from app.domain.plan.schedule import Schedule
from app.domain.plan.subjects import Subject
from app.domain.statements import CUSTOM_MODEL, exit_criteria, stage_owners

STAGE_OWNER = ActionId("A-STAGEOWN")
"""The action that puts an owner on record for all seven stages."""
WORST_FIRST = (NoGate.NOT_ASKED, NoGate.NO_ACTION, NoGate.LATER)


class Part(Struct, frozen=True):
    """What one workflow still waits for in an exit: months of actions, and what has none."""

    months: tuple[int, ...] = ()
    open: tuple[NoGate, ...] = ()


def phase_gates(audit: Audit, subjects: Sequence[Subject], plan: Schedule) -> tuple[PhaseGate, ...]:
    """Phases 1 to 3 over all active workflows; 4 and 5 over those that want a model of their own.

    The state is the worst over the workflows. Source: scoring.md 2.14 and 3.4.
    """
    wanting = [s for s in subjects if s.case.workflow.own_model_goal]
    lifts = _lifts(plan)
    found = []
    for phase in range(1, ALL_PHASES + 1):
        part = subjects if phase <= LAST_PHASE else wanting
        if part:
            found.append(_gate(audit, phase, part, plan, lifts))
    return tuple(found)


Lifts = Mapping[tuple[str, QuestionId, Target], Sequence[tuple[int, int]]]
"""Workflow, question and target to the levels that candidates lead to, each with its candidate."""


def _lifts(plan: Schedule) -> Lifts:
    found: dict[tuple[str, QuestionId, Target], list[tuple[int, int]]] = {}
    for n, candidate in enumerate(plan.candidates):
        for c in candidate.closings:
            found.setdefault((c.workflow, c.question, c.target), []).append((c.level, n))
    return found


def _gate(
    audit: Audit, phase: int, part: Sequence[Subject], plan: Schedule, lifts: Lifts
) -> PhaseGate:
    exits = [exit_criteria(audit, s.case, phase) for s in part]
    states = [worst(e.values()) for e in exits]
    entry = exit_criteria(audit, part[0].case, phase - 1) if phase > 1 else {}
    waits = [exit_part(audit, phase, s, plan, lifts) for s in part]
    month, why = _month(waits)
    through = sum(state.is_held for state in states)
    if month == 0 and through < len(part):
        month, why = None, NoGate.TO_SHOW
    return PhaseGate(
        phase=phase,
        state=worst(states),
        entry=tuple(entry),
        exit=tuple(exits[0]),
        through=through,
        of=len(part),
        gate_month=month,
        why=why,
        reached=sum(not wait.open for wait in waits),
        not_asked=sum(wait.open.count(NoGate.NOT_ASKED) for wait in waits),
    )


def _month(waits: Sequence[Part]) -> tuple[int | None, NoGate | None]:
    """The last month of all; none, and why, where something has no month in one of them."""
    open_ = {why for wait in waits for why in wait.open}
    if open_:
        return None, next(why for why in WORST_FIRST if why in open_)
    return max((month for wait in waits for month in wait.months), default=0), None


def exit_part(
    audit: Audit, phase: int, subject: Subject, plan: Schedule, lifts: Lifts | None = None
) -> Part:
    """Everything in the exit of a phase that one workflow does not hold, by month or by reason.

    What is said, not shown needs no action. What was never asked cannot be promised.
    """
    known = _lifts(plan) if lifts is None else lifts
    months: list[int] = []
    open_: list[NoGate] = []
    found = (
        *_questions(audit.bank, phase, subject, plan, known),
        *_record(audit, phase, subject, plan),
    )
    for one in found:
        if isinstance(one, NoGate):
            open_.append(one)
        else:
            months.append(one)
    return Part(tuple(months), tuple(open_))


def _questions(
    bank: Bank, phase: int, subject: Subject, plan: Schedule, lifts: Lifts
) -> Iterator[int | NoGate]:
    for question, level in _needed(bank, phase).items():
        standings = subject.case.of(question)
        if not standings:
            yield NoGate.NOT_ASKED
        for s in standings:
            state = standing_state(s, level)
            if state is ConditionState.NOT_ASKED:
                yield NoGate.NOT_ASKED
            elif state in (ConditionState.NOT_MET, ConditionState.UNKNOWN):
                found = lifts.get((subject.id, question, s.target), ())
                done = min((lift for lift in found if lift[0] >= level), default=None)
                yield NoGate.NO_ACTION if done is None else _of(plan, done[1])


def _record(audit: Audit, phase: int, subject: Subject, plan: Schedule) -> Iterator[int | NoGate]:
    """Criteria that no answer settles: owners of the stages, and a model of one's own."""
    if phase == 1 and not stage_owners(audit, subject.id).is_held:
        key = ActionKey(f"{STAGE_OWNER}/{subject.id}")
        found = [n for n, candidate in enumerate(plan.candidates) if candidate.key == key]
        yield _of(plan, found[0]) if found else _no_owners(audit, subject)
    state = exit_criteria(audit, subject.case, phase).get(CUSTOM_MODEL)
    if state is not None and not state.is_held:
        unasked = state is ConditionState.NOT_ASKED
        yield NoGate.NOT_ASKED if unasked else NoGate.NO_ACTION


def _no_owners(audit: Audit, subject: Subject) -> NoGate:
    unasked = stage_owners(audit, subject.id) is ConditionState.NOT_ASKED
    return NoGate.NOT_ASKED if unasked else NoGate.NO_ACTION


def _of(plan: Schedule, candidate: int) -> int | NoGate:
    month = plan.months.get(candidate)
    return NoGate.LATER if month is None else month


def _needed(bank: Bank, phase: int) -> Mapping[QuestionId, int]:
    """Questions of a phase's exit with the level each needs; a condition's own level stands."""
    needed = dict.fromkeys(bank.exits.get(str(phase), ()), SOUND)
    if phase == 1:
        needed |= {q.id: q.phase1_at or 0 for q in entry_questions(bank)}
    if phase == 2:
        needed |= {q.id: q.golive_at or 0 for q in golive_questions(bank)}
    return needed
