"""Random workflows for the laws, each fixed by one number."""

import random
from collections.abc import Sequence

from hypothesis import strategies as st
from msgspec.structs import replace

from app.domain.bank import Grade, Scope
from app.domain.landscape import Lifecycle
from tests.domain.audits import Spoken, Told, ToldSource, shipped

GRADES = [g.value for g in Grade]
seeds = st.integers(0, 2**32 - 1)


def assessment(seed: int, *, waived: float = 0.08, skipped: float = 0.0) -> Told:
    """One to three voices on every question that is not skipped, zero to three sources."""
    chance = random.Random(seed)
    answers = {
        q.id: _voices(chance, waived)
        for q in shipped()[0].bank.questions
        if chance.random() >= skipped
    }
    about_sources = {
        q.id: answers[q.id]
        for q in shipped()[0].bank.questions
        if q.scope is Scope.SOURCE and q.id in answers
    }
    sources = tuple(
        ToldSource(f"s{n}", about_sources, chance.randint(1, 3))
        for n in range(chance.randint(0, 3))
    )
    workflow = replace(
        Told().workflow,
        lifecycle=chance.choice((Lifecycle.PILOT, Lifecycle.PRODUCTION)),
        people_outside_affected=chance.random() < 0.3,
    )
    if sources:
        answers = {q: v for q, v in answers.items() if q not in about_sources}
    return Told(answers, sources, workflow=workflow)


def _voices(chance: random.Random, waived: float) -> list[Spoken]:
    if chance.random() < waived:
        return [("na", "observed")]
    return [_voice(chance) for _ in range(chance.randint(1, 3))]


def _voice(chance: random.Random) -> Spoken:
    if chance.random() < 0.2:
        return "dk", "asserted"
    return chance.randint(0, 4), chance.choice(GRADES)


def raised(told: Told, seed: int) -> Told:
    """Every voice on one question of the workflow itself one level higher, same evidence."""
    open_ = [q for q, voices in told.answers.items() if any(_can_rise(v) for v in voices)]
    question = random.Random(seed).choice(open_)
    return replace(told, answers={**told.answers, question: _higher(told.answers[question])})


def _can_rise(voice: Spoken) -> bool:
    return isinstance(voice[0], int) and voice[0] < 4


def _higher(voices: Sequence[Spoken]) -> list[Spoken]:
    return [
        (level + 1, grade) if isinstance(level, int) and level < 4 else (level, grade)
        for level, grade in voices
    ]
