"""Times of the estimate on this machine: `python -m tests.bench.risk_bench [WORKFLOWS]`."""

import random
import resource
import sys
import time
from collections.abc import Callable

from msgspec.structs import replace

from app.domain.bank import Grade
from app.domain.ids import WorkflowId
from app.domain.landscape import Lifecycle
from app.domain.replies import case
from app.domain.risk.asking import ask_next
from app.domain.risk.draws import Draws
from app.domain.risk.engine import controls, prepare, score
from app.domain.risk.estimate import estimate
from app.domain.risk.portfolio import portfolio
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference
from tests.domain.audits import TODAY, Spoken, Told, ToldSource, audit_of

LEVELS = (0.34, 0.34, 0.2, 0.09, 0.03)
NOBODY_KNOWS = 0.15


def workflows(count: int, voices: int, seed: int) -> tuple[Told, ...]:
    """Every question answered by `voices` people; every other workflow is worth money."""
    chance = random.Random(seed)
    grades = [g.value for g in Grade]

    def one() -> Spoken:
        if chance.random() < NOBODY_KNOWS:
            return "dk", "asserted"
        return chance.choices(range(5), LEVELS)[0], chance.choice(grades)

    template = Told()
    questions = [q.id for q in default_bank().questions]
    told = []
    for n in range(count):
        answers = {q: [one() for _ in range(voices)] for q in questions}
        sources = tuple(ToldSource(f"s{n}-{k}", answers, k + 1) for k in range(3 * (n % 2)))
        worth = replace(
            template.workflow,
            lifecycle=Lifecycle.PRODUCTION if n % 5 == 0 else Lifecycle.PILOT,
            yearly_benefit=1e6 if n % 2 else None,
        )
        told.append(Told(answers, sources, id=f"w{n:05}", workflow=worth))
    return tuple(told)


def main(count: int) -> None:
    bank, reference = default_bank(), default_reference()
    print(f"prepare: {_ms(lambda: prepare(bank, reference)):.1f} ms")
    engine = prepare(bank, reference)
    print(f"draws: {_ms(lambda: Draws(engine).streams):.1f} ms")
    audit = audit_of(bank, reference, *workflows(2, 3, 1))
    draws = Draws(engine)
    one = case(audit, WorkflowId("w00001"), TODAY)
    estimate(engine, draws, audit, one, TODAY)
    found = controls(engine, one)
    for name, call in (
        ("case", lambda: case(audit, WorkflowId("w00001"), TODAY)),
        ("controls", lambda: controls(engine, one)),
        ("closed form", lambda: score(engine, found)),
        ("answer draws", lambda: draws.answers.relative(found)),
        ("estimate", lambda: estimate(engine, draws, audit, one, TODAY)),
        ("estimate, cold tables", lambda: estimate(engine, Draws(engine), audit, one, TODAY)),
        ("ask next", lambda: ask_next(engine, draws, one)),
    ):
        print(f"{name}: {_ms(call):.2f} ms")
    for voices in (1, 3):
        many = audit_of(bank, reference, *workflows(count, voices, 2))
        before = _peak()
        start = time.perf_counter()
        portfolio(engine, Draws(engine), many, TODAY)
        took = time.perf_counter() - start
        print(
            f"portfolio of {count}, {voices} voices a question: {took:.2f} s; "
            f"peak {before:.0f} MiB before, {_peak():.0f} MiB after"
        )


def _ms(call: Callable[[], object], times: int = 20) -> float:
    start = time.perf_counter()
    for _ in range(times):
        call()
    return 1e3 * (time.perf_counter() - start) / times


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
