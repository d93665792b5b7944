"""Phases with their exits: who is through today, and in which month the plan has done its part."""

from collections.abc import Iterator, Sequence

from app.domain.audit import Audit
from app.domain.bank import Bank
from app.domain.conditions import entry_questions, golive_questions, worst
from app.domain.gaps import SOUND
from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.plan.drafts import ALL_PHASES, LAST_PHASE
from app.domain.plan.results import PhaseGate
from app.domain.plan.schedule import Schedule
from app.domain.plan.subjects import ASKED, Subject
from app.domain.statements import exit_criteria


def phase_gates(audit: Audit, subjects: Sequence[Subject], plan: Schedule) -> tuple[PhaseGate, ...]:
    """Phases 1 to 3 over all active workflows; 4 and 5 over those that want a model of their own.

    The state is the worst over the workflows. Source: scoring.md 2.14 and 3.4.
    """
    wanting = [s for s in subjects if s.case.workflow.own_model_goal]
    found = []
    for phase in range(1, ALL_PHASES + 1):
        part = subjects if phase <= LAST_PHASE else wanting
        if part:
            found.append(_gate(audit, phase, part, plan))
    return tuple(found)


def _gate(audit: Audit, phase: int, part: Sequence[Subject], plan: Schedule) -> PhaseGate:
    exits = [exit_criteria(audit, s.case, phase) for s in part]
    states = [worst(e.values()) for e in exits]
    entry = exit_criteria(audit, part[0].case, phase - 1) if phase > 1 else {}
    return PhaseGate(
        phase=phase,
        state=worst(states),
        entry=tuple(entry),
        exit=tuple(exits[0]),
        through=sum(state.is_held for state in states),
        of=len(part),
        gate_month=gate_month(audit.bank, phase, part, plan),
    )


def gate_month(bank: Bank, phase: int, part: Sequence[Subject], plan: Schedule) -> int | None:
    """Month of the last action that the phase's exit needs; 0 where it needs none.

    None where an answer below the level needed is not lifted within the horizon. What nobody was
    asked and what is said, not shown, needs no action.
    """
    lifts: dict[tuple[WorkflowId, QuestionId, Target], list[tuple[int, int]]] = {}
    for n, candidate in enumerate(plan.candidates):
        for c in candidate.closings:
            lifts.setdefault((c.workflow, c.question, c.target), []).append((c.level, n))
    last = 0
    for place, level in _weak(bank, phase, part):
        done = min((lift for lift in lifts.get(place, ()) if lift[0] >= level), default=None)
        month = plan.months.get(done[1]) if done else None
        if month is None:
            return None
        last = max(last, month)
    return last


def _weak(
    bank: Bank, phase: int, part: Sequence[Subject]
) -> Iterator[tuple[tuple[WorkflowId, QuestionId, Target], int]]:
    """What was asked and is below the level that the phase's exit needs."""
    needed = dict(_needed(bank, phase))
    for subject in part:
        for question, level in needed.items():
            for s in subject.case.of(question):
                if s.status in ASKED and (s.level is None or s.level < level):
                    yield (subject.id, question, s.target), level


def _needed(bank: Bank, phase: int) -> Iterator[tuple[QuestionId, int]]:
    yield from ((q, SOUND) for q in bank.exits.get(str(phase), ()))
    if phase == 1:
        yield from ((q.id, q.phase1_at or 0) for q in entry_questions(bank))
    if phase == 2:
        yield from ((q.id, q.golive_at or 0) for q in golive_questions(bank))
