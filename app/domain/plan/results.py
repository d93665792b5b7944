"""The plan as values: actions with months, what they unblock, gates, curve and options."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from app.domain.conditions import ConditionState, WorkflowState
from app.domain.ids import ActionId, ActionKey, PersonId, QuestionId, Target, WorkflowId
from app.domain.risk.results import Span


class PinRefusal(StrEnum):
    CAPACITY = "capacity"
    PREREQUISITE = "prerequisite"
    OUTSIDE = "outside"
    UNKNOWN_ACTION = "unknown_action"


class BenefitUnit(StrEnum):
    MONEY = "money"
    MISSES = "misses"


class PlannedAction(Struct, frozen=True):
    """One action for one target. `month` is None where it comes later than the horizon."""

    key: ActionKey
    action: ActionId
    target: Target
    title: str
    phase: int
    role: str
    owner: PersonId | None
    effort: float
    """Person-days."""
    month: int | None
    pinned: bool
    confirm_first: bool
    """Rests on a "we don't know"."""
    done: bool
    questions: tuple[QuestionId, ...]
    workflows: tuple[WorkflowId, ...]
    needs: tuple[ActionKey, ...]
    """Prerequisites in the plan."""
    assumes: tuple[ActionId, ...]
    """Prerequisites nobody was asked about; not planned."""
    unlocks: tuple[ActionKey, ...]
    """Actions of the horizon that wait for this one."""
    conditions_met: tuple[tuple[WorkflowId, QuestionId], ...]
    moves: Mapping[WorkflowId, WorkflowState]
    """Workflows whose state changes when this is done, in plan order."""
    share: float
    """Part of the plan's whole effect, 0 to 1."""
    done_when: str


class MonthPoint(Struct, frozen=True):
    """End of one month; month 0 is today."""

    month: int
    misses: float
    range: Span
    doubt: float | None


class NoGate(StrEnum):
    """Why a phase has no month in which the plan has done its part."""

    NOT_ASKED = "not_asked"
    """Part of its exit was never asked, and nothing can be promised of that."""
    NO_ACTION = "no_action"
    """Part of its exit is not met and no action of the plan leads there."""
    LATER = "later"
    """One of its actions comes after the horizon."""
    TO_SHOW = "to_show"
    """Nothing is left to do but to show what was said."""


class PhaseGate(Struct, frozen=True):
    phase: int
    state: ConditionState
    entry: tuple[str, ...]
    exit: tuple[str, ...]
    """Criteria: question ids, `conditions`, `stage_owners` or `custom_model`."""
    through: int
    """Workflows that are through."""
    of: int
    gate_month: int | None
    """Month in which the last planned action of its exits is done; None where `why` says why."""
    why: NoGate | None = None
    reached: int = 0
    """Workflows for which the plan has done its part by the end of its horizon."""
    not_asked: int = 0
    """Criteria of its exit that were never asked, over all workflows."""


class OptionKind(StrEnum):
    NOTHING = "A"
    TO_PHASE_2 = "B"
    TO_PHASE_3 = "C"
    EVERYTHING = "D"
    WIDER = "E"
    """Everything with twice the days a month; only where days are what keeps B to D alike."""


class PlanOption(Struct, frozen=True):
    kind: OptionKind
    days: float
    cost: float | None
    """Days times day rate; None where no rate is recorded."""
    later_days: float
    misses: float
    misses_range: Span
    doubt: float | None
    states: Mapping[WorkflowState, int]
    conditions_met: int
    differs: bool
    """Its effect differs from the option before it by more than the range."""
    after: Mapping[WorkflowId, WorkflowState] = {}
    """State of every active workflow at the end of the horizon."""
    last_month: int = 0
    """Month in which the last of its actions ends; 0 where it has none."""
    capacity: float = 0.0
    """Person-days a month it may take, freed upkeep included."""
    same_as: OptionKind | None = None
    """The first option that takes as many days and ends in the same states and conditions."""

    def ends_like(self, other: "PlanOption") -> bool:
        """In the same states, with as many conditions met."""
        return (self.after, self.conditions_met) == (other.after, other.conditions_met)


class Plan(Struct, frozen=True):
    actions: tuple[PlannedAction, ...]
    """In the horizon, in the order of the plan."""
    later: tuple[PlannedAction, ...]
    to_audit: tuple[WorkflowId, ...]
    to_show: tuple[tuple[WorkflowId, QuestionId], ...]
    """Said, not shown: nothing to do but to bring it."""
    confirm_first: tuple[ActionKey, ...]
    quick_wins: tuple[ActionKey, ...]
    refused: Mapping[ActionKey, PinRefusal]
    curve: tuple[MonthPoint, ...]
    phases: tuple[PhaseGate, ...]
    unit: BenefitUnit
    capacity: float
    """Person-days a month, freed upkeep included."""
    roles: Mapping[str, float]
    months: int
    after: Mapping[WorkflowId, WorkflowState]
    planned_levels: Mapping[tuple[WorkflowId, QuestionId, Target], int]
    """Levels reached by the end of the horizon; they count as documented."""
    sound_months: Mapping[tuple[WorkflowId, QuestionId, Target], int] = {}
    """Month of the horizon in which a planned action first leads to level 3 or higher."""

    @property
    def days(self) -> float:
        """Person-days that the horizon still costs."""
        return sum(action.effort for action in self.actions if not action.done)

    @property
    def last_month(self) -> int:
        """Month in which the last action that still costs something ends; 0 where none does."""
        return max((a.month or 0 for a in self.actions if not a.done), default=0)
