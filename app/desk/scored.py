"""The figures of one value of the audit: of one workflow at once, of all in a worker."""

import datetime as dt
from collections.abc import Callable

from app.desk.jobs import Tick
from app.desk.lending import Lending
from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.ids import WorkflowId
from app.domain.plan.options import plan_options, starting_rates_with_plan
from app.domain.plan.planner import make_plan
from app.domain.plan.results import Plan, PlanOption
from app.domain.replies import Case, case
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine, prepare
from app.domain.risk.estimate import estimate
from app.domain.risk.portfolio import portfolio
from app.domain.risk.results import Estimate, Portfolio, StartingRates

Plans = tuple[Plan, tuple[PlanOption, ...], StartingRates]


class Scored:
    """The engine follows bank and reference set, everything else follows every change."""

    def __init__(self) -> None:
        self._made: tuple[Engine, Draws, Lending] | None = None
        self._cases: dict[WorkflowId, Case] = {}
        self._estimates: dict[WorkflowId, Estimate] = {}

    def empty(self) -> None:
        """Another audit is on the desk, or none."""
        self._made = None
        self.follow(())

    def follow(self, changes: tuple[Change, ...]) -> None:
        """Forget what these changes made out of date."""
        self._cases.clear()
        self._estimates.clear()
        if any(c.collection in ("bank", "reference") for c in changes):
            self._made = None

    def made(self, audit: Audit) -> tuple[Engine, Draws, Lending]:
        """What scores this audit, and what lends its draws to workers."""
        if self._made is None:
            engine = prepare(audit.bank, audit.reference)
            self._made = engine, Draws(engine), Lending(engine)
        return self._made

    def case(self, audit: Audit, workflow: WorkflowId, today: dt.date) -> Case:
        if workflow not in self._cases:
            self._cases[workflow] = case(audit, workflow, today)
        return self._cases[workflow]

    def estimate(self, audit: Audit, workflow: WorkflowId, today: dt.date) -> Estimate:
        if workflow not in self._estimates:
            engine, draws, _ = self.made(audit)
            found = self.case(audit, workflow, today)
            self._estimates[workflow] = estimate(engine, draws, audit, found, today)
        return self._estimates[workflow]

    def whole(self, audit: Audit, today: dt.date) -> Callable[[Tick], Portfolio | None]:
        """What computes the portfolio when it is called in a worker."""
        engine, _, lending = self.made(audit)

        def work(tick: Tick) -> Portfolio | None:
            with lending.lent() as draws:
                return portfolio(engine, draws, audit, today, tick)

        return work

    def plans(self, audit: Audit, today: dt.date) -> Callable[[Tick], Plans]:
        """What computes plan, options and starting rates when it is called in a worker."""
        engine, _, lending = self.made(audit)

        def work(tick: Tick) -> Plans:
            with lending.lent() as draws:
                plan = make_plan(engine, draws, audit, today, tick=tick)
                options = plan_options(engine, draws, audit, today, tick=tick)
                rates = starting_rates_with_plan(engine, draws, audit, today, plan, tick=tick)
                return plan, options, rates

        return work
