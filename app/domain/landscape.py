"""What is audited: organisation, people, platforms, workflows, stages, sources and rules."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from app.domain.ids import PersonId, PlatformId, WorkflowId


class Organisation(Struct, frozen=True):
    """The audit's own frame: whose it is and what it should decide."""

    title: str = ""
    """Title of the audit."""
    name: str = ""
    currency: str = "EUR"
    day_rate: float | None = None
    sponsor: PersonId | None = None
    decision_wanted: str = ""
    symptoms: tuple[str, ...] = ()
    own_rate: float | None = None
    """The room's own starting rate, 0 to 1."""
    language: str = "en"
    classification: str = ""
    note: str = ""


class Person(Struct, frozen=True):
    name: str
    role: str = ""
    seat: int | None = None
    area: str = ""
    """Respondent kind of the bank whose questions this person answers."""
    note: str = ""
    is_seat: bool = False
    """Stands for a seat of one session, so that a vote is kept without a name."""


class Platform(Struct, frozen=True):
    """What several workflows share."""

    name: str
    owner: PersonId | None = None
    note: str = ""


class Lifecycle(StrEnum):
    IDEA = "idea"
    PILOT = "pilot"
    PRODUCTION = "production"
    PAUSED = "paused"
    RETIRED = "retired"


class Outcome(StrEnum):
    """What was decided about a workflow."""

    PROMOTE = "promote"
    FIX = "fix"
    PAUSE = "pause"
    STOP = "stop"


class Tenure(StrEnum):
    RENTED = "rented"
    OWNED = "owned"


class Autonomy(StrEnum):
    SUGGESTS = "suggests"
    AFTER_APPROVAL = "after_approval"
    ALONE = "alone"


class Audience(StrEnum):
    """Who meets the answers; the last one means customers or the public."""

    ONE_TEAM = "one_team"
    MANY_TEAMS = "many_teams"
    CUSTOMERS = "customers"


class PersonalData(StrEnum):
    NONE = "none"
    SOME = "some"
    SENSITIVE = "sensitive"


class Influence(StrEnum):
    """How far answers decide about money or about hiring."""

    NO = "no"
    INDIRECTLY = "indirectly"
    DECIDES = "decides"


class Workflow(Struct, frozen=True):
    name: str
    purpose: str = ""
    unit: str = ""
    owner: PersonId | None = None
    lifecycle: Lifecycle | None = None
    in_scope: bool = True
    outcome: Outcome | None = None
    platform: PlatformId | None = None
    users: int | None = None
    requests_a_day: float | None = None
    yearly_benefit: float | None = None
    cost: float | None = None
    """Cost of the first 12 months."""
    upkeep: float = 0.0
    """Person-days a month that pausing or stopping it frees."""
    model: str = ""
    provider: str = ""
    tenure: Tenure | None = None
    custom_model: bool | None = None
    """A model of one's own is running."""
    go_live: dt.date | None = None
    planned_change: str = ""
    keeps_state: bool | None = None
    autonomy: Autonomy | None = None
    audience: Audience | None = None
    personal_data: PersonalData | None = None
    money: Influence | None = None
    hiring: Influence | None = None
    people_outside_affected: bool | None = None
    own_model_goal: bool | None = None
    note: str = ""

    @property
    def is_live(self) -> bool:
        return self.lifecycle is Lifecycle.PRODUCTION

    @property
    def is_active(self) -> bool:
        """Counted in states, estimate, gaps and plan."""
        resting = self.lifecycle in (Lifecycle.PAUSED, Lifecycle.RETIRED)
        ended = self.outcome in (Outcome.PAUSE, Outcome.STOP)
        return self.in_scope and not resting and not ended


class Mechanism(StrEnum):
    """What does the work of a stage."""

    USER = "user"
    PROMPT = "prompt"
    CODE = "code"
    LAYER = "layer"
    NOBODY = "nobody"


class StageState(StrEnum):
    BY_HAND = "by_hand"
    PLANNED = "planned"
    PARTLY = "partly"
    RUNNING = "running"


class StageRecord(Struct, frozen=True):
    """One stage of one workflow. Owner NOBODY is a finding, owner None is not recorded."""

    owner: PersonId | None = None
    mechanism: Mechanism | None = None
    tool: str = ""
    state: StageState | None = None
    by_hand: str = ""
    """Who did it by hand in the pilot."""
    note: str = ""


class ContextSource(Struct, frozen=True):
    name: str
    kind: str = ""
    system: str = ""
    owner: PersonId | None = None
    place: str = ""
    freshness_wanted: str = ""
    freshness_real: str = ""
    cleanliness: str = ""
    structure: str = ""
    sensitivity: str = ""
    access: str = ""
    note: str = ""


class SourceLink(Struct, frozen=True):
    """A workflow draws on a source, with importance 1 to 3."""

    importance: int = 2
    note: str = ""


class Policy(Struct, frozen=True):
    """A rule that is not negotiable."""

    text: str
    owner: PersonId | None = None
    signed: dt.date | None = None
    note: str = ""


class EnforcementPoint(StrEnum):
    PROMPT = "prompt"
    CODE = "code"
    HUMAN = "human"
    NOWHERE = "nowhere"


class Enforcement(Struct, frozen=True):
    """Where one policy is enforced in one workflow; None means that it was not recorded."""

    point: EnforcementPoint | None = None
    last_tested: dt.date | None = None
    result: str = ""
    note: str = ""


class ModelUpgrade(Struct, frozen=True):
    workflow: WorkflowId
    date: dt.date
    before: str = ""
    after: str = ""
    cost: float | None = None
    reason: str = ""
    effect: str = ""


class Deployment(Struct, frozen=True):
    """A past deployment: two different failures, kept apart, and its hazard at audit time."""

    name: str
    finished: dt.date | None = None
    reached_scale: bool | None = None
    returned_projected: bool | None = None
    failure_split: Mapping[str, float] = {}
    """Category to its part in the failure; sums to 1 where given."""
    relative_hazard: float | None = None
    """M at audit time; 1 is typical."""
    multipliers: Mapping[str, float] = {}
    """Category to its mean hazard multiplier at audit time."""
    note: str = ""


class ImportedRow(Struct, frozen=True):
    """Where a workflow came from: the original cells, and the last value each field was given."""

    workflow: WorkflowId
    source_id: str
    file: str
    row: int
    cells: Mapping[str, str] = {}
    values: Mapping[str, str] = {}
