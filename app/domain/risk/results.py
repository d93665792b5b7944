"""What the estimate says, as values: every surface shows these and computes nothing itself."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from app.domain.conditions import Conditions, WorkflowState
from app.domain.ids import QuestionId, StageId, Target, WorkflowId


class Span(Struct, frozen=True):
    """5% and 95% bounds around a value, in the value's own unit."""

    low: float
    high: float


class Compared(StrEnum):
    """M in words; typical is 1."""

    CLEARLY_BETTER = "clearly_better"
    BETTER = "better"
    TYPICAL = "typical"
    WORSE = "worse"


class Relative(Struct, frozen=True):
    """Hazard against a typical deployment; range from the answer draws."""

    value: float
    low: float
    high: float
    word: Compared


class Withheld(StrEnum):
    """Why a figure is computed but not printed."""

    TOO_LITTLE_KNOWN = "too_little_known"
    IN_USE_OVER_A_YEAR = "in_use_over_a_year"


class Contribution(Struct, frozen=True, gc=False):
    """One control's part: `part` sums to the risk, `shift` to risk minus base rate."""

    question: QuestionId | None
    """None stands for a category in which nothing applies."""
    target: Target
    category: str
    typical: float
    """Hazard at typical maturity."""
    hazard: float
    part: float
    shift: float


class Coverage(Struct, frozen=True):
    """How much was asked and answered; `weight` is the share of prior hazard answered, 0 to 1."""

    weight: float
    answered: int
    """Questions asked, whatever the reply: unknown and not applicable are among them."""
    unknown: int
    not_applicable: int
    not_asked: int
    of: int


class Bounded(Struct, frozen=True):
    """An index from 0 to 100 with open facets at their worst and best."""

    index: float
    low: float
    high: float


class StageCover(StrEnum):
    MISSING = "missing"
    COVERED = "covered"
    NOT_KNOWN = "not_known"


class StagesMissing(Struct, frozen=True):
    """From stage records. Loads are shares of the orchestration load, 0 to 1."""

    cover: Mapping[StageId, StageCover]
    missing: int
    unknown: int
    of: int
    load_missing: float
    load_unknown: float


class Doubt(Struct, frozen=True):
    """Yearly benefit in doubt over the valued workflows, in the organisation's currency."""

    amount: float
    low: float
    high: float
    valued: int
    of: int


class Estimate(Struct, frozen=True):
    """One workflow. Chances are 0 to 1; `hazard` is cumulative over 12 months."""

    id: WorkflowId
    risk: float
    range: Span
    full_range: Span
    hazard: float
    relative: Relative
    categories: Mapping[str, float]
    """Sums to the risk."""
    departures: Mapping[str, float]
    """Only categories whose share departs from the reference by 5 points or more."""
    coverage: Coverage
    waived: float
    """Share of prior hazard marked not applicable; a warning belongs above 0.3."""
    withheld: Withheld | None
    contributions: tuple[Contribution, ...]
    conditions: Conditions
    state: WorkflowState
    missing_middle: Bounded
    stages: StagesMissing
    doubt: Doubt | None


class RateRow(Struct, frozen=True):
    """Expected misses if `rate` of such deployments usually miss their target."""

    rate: float
    today: float
    low: int
    high: int
    after: float
    after_low: int
    after_high: int
    same_actions: int | None = None
    """Actions of the horizon that a plan made at this rate has too."""
    chance: Span | None = None
    """Of a single workflow: 90% range of its chance today, 0 to 1."""
    chance_after: Span | None = None


class StartingRates(Struct, frozen=True):
    rows: tuple[RateRow, ...]
    of: int
    same_order: bool
    actions: int
    """Actions in the horizon of the plan `after` stands for."""


class StateCount(Struct, frozen=True):
    workflows: int
    benefit: float
    valued: int


class ConditionCount(Struct, frozen=True):
    """Workflows per state of one condition."""

    met: int = 0
    said: int = 0
    not_met: int = 0
    unknown: int = 0
    """Nobody in the room knew."""
    not_asked: int = 0

    @property
    def not_known(self) -> int:
        """Unknown and not asked together."""
        return self.unknown + self.not_asked


class Portfolio(Struct, frozen=True):
    """All active workflows together. Means over workflows, ranges over the draws."""

    estimates: tuple[Estimate, ...]
    left_out: int
    risk: float
    range: Span
    full_range: Span
    relative: Relative
    categories: Mapping[str, float]
    departures: Mapping[str, float]
    expected_misses: float
    misses: Span
    """5% and 95% of the number of misses."""
    states: Mapping[WorkflowState, StateCount]
    conditions: Mapping[QuestionId, ConditionCount]
    coverage: Coverage
    waived: float
    missing_middle: Bounded
    stages: StagesMissing
    """Counts over all stages of all workflows; loads are means over workflows."""
    doubt: Doubt | None
