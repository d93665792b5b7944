"""How long a plan takes beside the closed-form scoring of the same workflows in the same run.

Run: `python -m tests.bench.plan_bench`. Prints figures of the machine and the ratio plan / scoring.
"""

import datetime as dt
import time
from collections.abc import Callable

import numpy as np
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.bank import Scope
from app.domain.landscape import Lifecycle, Workflow
from app.domain.plan.options import plan_options, starting_rates_with_plan
from app.domain.plan.planner import make_plan
from app.domain.planning import PlanSettings
from app.domain.replies import active_cases
from app.domain.risk.engine import controls, score
from tests.domain.audits import Replies, Spoken, Told, ToldSource, audit_of, shipped

TODAY = dt.date(2026, 6, 1)
LEVELS = (0.34, 0.34, 0.20, 0.09, 0.03)
GRADES = ("asserted", "explained", "documented", "observed")


def told_portfolio(workflows: int, seed: int = 7) -> Audit:
    """Every question answered, 15% of them "we don't know"; pairs of workflows share a platform."""
    engine, _ = shipped()
    random = np.random.default_rng(seed)

    def draw(scope: Scope) -> Replies:
        found: dict[str, list[Spoken]] = {}
        for q in engine.bank.questions:
            if q.scope is scope and not q.ask_if:
                unknown = random.random() < 0.15
                level: int | str = "dk" if unknown else int(random.choice(5, p=LEVELS))
                found[q.id] = [(level, str(random.choice(GRADES)))]
        return found

    shared = draw(Scope.ORGANISATION)
    pool = [
        ToldSource(f"src{k}", draw(Scope.SOURCE), int(random.integers(1, 4)))
        for k in range(max(3, workflows))
    ]
    platforms = [draw(Scope.PLATFORM) for _ in range((workflows + 1) // 2)]
    told = []
    for n in range(workflows):
        chosen = random.choice(len(pool), size=3, replace=False)
        lifecycle = Lifecycle.PRODUCTION if n == 0 else Lifecycle.PILOT
        value = float(random.choice([0.4, 0.8, 1.2, 2.0, 3.0])) * 1e6
        told.append(
            Told(
                answers={**shared, **platforms[n // 2], **draw(Scope.WORKFLOW)},
                sources=tuple(pool[k] for k in chosen),
                id=f"w{n + 1:03}",
                platform=f"platform{n // 2 + 1}",
                workflow=Workflow("", lifecycle=lifecycle, yearly_benefit=value),
            )
        )
    return audit_of(engine.bank, engine.reference, *told)


def imported_portfolio(workflows: int, answers: int, over: int, seed: int = 3) -> Audit:
    """Names from an inventory, and some answers spread over the first of them."""
    engine, _ = shipped()
    random = np.random.default_rng(seed)
    own = (Scope.WORKFLOW, Scope.PLATFORM)
    questions = [q.id for q in engine.bank.questions if q.scope in own and not q.ask_if]
    given: list[dict[str, list[Spoken]]] = [{} for _ in range(workflows)]
    for n in range(answers):
        question = str(random.choice(questions))
        given[n % over][question] = [(int(random.choice(5, p=LEVELS)), "explained")]
    told = [
        Told(answers=a, id=f"w{n:04}", workflow=Workflow("", lifecycle=Lifecycle.PILOT))
        for n, a in enumerate(given)
    ]
    return audit_of(engine.bank, engine.reference, *told)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report(name: str, audit: Audit, capacity: float) -> None:
    engine, draws = shipped()
    planned = replace(audit, plan=PlanSettings(capacity=capacity, months=12))
    cases = active_cases(planned, TODAY)
    scoring = seconds(lambda: [score(engine, controls(engine, c)) for c in cases])
    scoring += seconds(lambda: active_cases(planned, TODAY))
    start = time.perf_counter()
    plan = make_plan(engine, draws, planned, TODAY)
    planning = time.perf_counter() - start
    options = seconds(lambda: plan_options(engine, draws, planned, TODAY))
    rates = seconds(lambda: starting_rates_with_plan(engine, draws, planned, TODAY, plan))
    print(
        f"{name}: {len(plan.actions) + len(plan.later)} actions, {len(plan.actions)} in the "
        f"horizon, {len(plan.to_audit)} to audit; plan {planning:.2f} s = "
        f"{planning / scoring:.1f} x scoring ({scoring:.2f} s); options {options:.2f} s, "
        f"starting rates {rates:.2f} s"
    )


def main() -> None:
    _, draws = shipped()
    print(f"draws made in {seconds(lambda: draws.answers):.2f} s")
    report("12 workflows", told_portfolio(12), 45)
    report("40 workflows", told_portfolio(40), 100)
    report("3,611, 2,000 answers over 2,000", imported_portfolio(3611, 2000, 2000), 100)
    report("3,611, 2,000 answers over 100", imported_portfolio(3611, 2000, 100), 100)


if __name__ == "__main__":
    main()
