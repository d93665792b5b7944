"""The question bank and the reference set as values; exchange reads and checks them."""

from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Final

import msgspec
from msgspec import Struct

from app.domain.ids import ActionId, QuestionId, ScreenId, StageId


class Scope(StrEnum):
    ORGANISATION = "organisation"
    PLATFORM = "platform"
    WORKFLOW = "workflow"
    SOURCE = "source"


class Facet(StrEnum):
    """What a question asks about its stage."""

    OWNER = "owner"
    DEFINITION = "definition"
    EVIDENCE = "evidence"


class Fact(StrEnum):
    """A fact of a workflow that decides whether a question is asked at all."""

    PEOPLE_OUTSIDE_AFFECTED = "people_outside_affected"
    OWN_MODEL_GOAL = "own_model_goal"


class Step(Struct, frozen=True):
    """One action on the way up a question's ladder: it leads to level `to` (1 to 4)."""

    action: ActionId
    to: int


class Question(Struct, frozen=True):
    id: QuestionId
    section: str
    scope: Scope
    category: str
    activity: str
    criticality: float
    """1 to 3; shares out the load of the activity."""
    text: str
    levels: tuple[str, str, str, str, str]
    stage: StageId | None = None
    facet: Facet | None = None
    golive_at: int | None = None
    """Level a go-live condition needs; None where the question is no go-live condition."""
    phase1_at: int | None = None
    """Level an entry question needs; None where the question is no entry question."""
    core: bool = False
    room: bool = False
    who: str = ""
    ask_if: Fact | None = None
    hint: str = ""
    why: str = ""
    basis: str = ""
    na_when: str = ""
    """When 'not applicable' is a fair answer; empty where a condition may not be waved away."""
    evidence: str = ""
    good_sign: str = ""
    """What is heard or seen in the room when this is really in place."""
    bad_sign: str = ""
    weight_note: str = ""
    gap: str = ""
    steps: tuple[Step, ...] = ()
    crosswalk: Mapping[str, tuple[str, ...]] = {}


class Action(Struct, frozen=True):
    id: ActionId
    title: str
    phase: int
    scope: Scope
    effort: tuple[float, float]
    """Low and high person-days for an experienced team; judgement, to be overwritten."""
    role: str
    prereqs: tuple[ActionId, ...] = ()
    done_when: str = ""
    outside_cost: str = ""


class Stage(Struct, frozen=True):
    id: StageId
    title: str
    order: int
    load: float
    """Percent of the orchestration load this stage carries; the stages sum to 100."""
    if_missing: str = ""


class Category(Struct, frozen=True):
    id: str
    title: str
    discipline: bool


class Activity(Struct, frozen=True):
    id: str
    title: str
    category: str
    load: float
    basis: str


class Section(Struct, frozen=True):
    id: str
    title: str
    order: int


class Mode(Struct, frozen=True):
    id: str
    title: str
    select: str
    minutes: float
    minutes_for: str
    scored: bool
    label: str
    text: str


class ScreenKind(StrEnum):
    COVER = "cover"
    EXPOSURE = "exposure"
    STOP = "stop"


class ScreenQuestion(Struct, frozen=True):
    id: ScreenId
    order: int
    text: str
    kind: ScreenKind
    decides: str = ""


class Lane(Struct, frozen=True):
    id: str
    title: str
    show_order: int
    rule_order: int
    rule: str


class Respondent(Struct, frozen=True):
    """Who answers a question before the session."""

    id: str
    label: str


class Bank(Struct, frozen=True):
    """All content of an audit. The order of `questions` fixes the draws of the estimate."""

    schema: str
    version: str
    title: str
    language: str
    level_names: tuple[str, str, str, str, str]
    level_rule: str
    unknown_rule: str
    categories: tuple[Category, ...]
    activities: tuple[Activity, ...]
    stages: tuple[Stage, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    actions: tuple[Action, ...]
    modes: tuple[Mode, ...] = ()
    screen: tuple[ScreenQuestion, ...] = ()
    lanes: tuple[Lane, ...] = ()
    respondents: tuple[Respondent, ...] = ()
    facts: Mapping[str, str] = {}
    """Fact of a workflow to the question that settles it."""
    crosswalk_sources: Mapping[str, str] = {}
    exits: Mapping[str, tuple[QuestionId, ...]] = {}
    """Phase number to the questions its exit needs, beside the computed criteria."""
    asset: tuple[QuestionId, ...] = ()
    """Questions of the tenant-to-asset index."""

    def question(self, question: QuestionId) -> Question:
        return next(q for q in self.questions if q.id == question)

    def action(self, action: ActionId) -> Action:
        return next(a for a in self.actions if a.id == action)


ADDED_LATER: Final = ("good_sign", "bad_sign")
"""Optional texts of a question which the first banks did not have."""


def bank_hash(bank: Bank) -> str:
    """SHA-256 of the bank's canonical JSON: equal banks have equal hashes, however stored.

    A text added later is left out where it is empty, so that a bank without it keeps its hash.
    """
    raw = msgspec.to_builtins(bank)
    for question in raw["questions"]:
        for field in ADDED_LATER:
            if not question[field]:
                del question[field]
    return sha256(msgspec.json.encode(raw, order="sorted")).hexdigest()


class Grade(StrEnum):
    """How an answer is backed, weakest first."""

    ASSERTED = "asserted"
    EXPLAINED = "explained"
    DOCUMENTED = "documented"
    OBSERVED = "observed"


class Citation(Struct, frozen=True):
    claim: str
    found: str
    used: str


class ReferenceSet(Struct, frozen=True):
    """The assumptions an estimate stands on: dated, sourced, replaceable, kept by each audit."""

    id: str
    title: str
    date: str
    source: str
    base_rate: float
    """Chance of missing the target at typical maturity, 0 to 1."""
    shares: Mapping[str, float]
    """Category to its share of failures; sums to 1."""
    ladder: tuple[float, float, float, float, float]
    """Chance of missing the target if every control stood at level 0 to 4."""
    upper_levels: tuple[float, float, float]
    """Share of typical enterprises at levels 2, 3 and 4; levels 0 and 1 follow."""
    trust: Mapping[str, float]
    """Grade to the weight given to the answer; the rest goes to the typical enterprise."""
    settled: float = 0.75
    """Weight of the agreed answer beside the individual ones."""
    base_sigma: float = 0.4
    ladder_sigma: float = 0.25
    share_weight: float = 20.0
    """Pseudo-failures behind the shares (Dirichlet concentration)."""
    correlation: float = 0.5
    draws: int = 4096
    seed: int = 20260101
    rates: tuple[float, ...] = (0.3, 0.5, 0.8)
    citations: tuple[Citation, ...] = ()
