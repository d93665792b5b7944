"""Builders of audits for tests: from short tables of answers, and from the golden inputs."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.domain.answers import Answer, Proof, Reply, Said
from app.domain.audit import Audit
from app.domain.bank import Activity, Bank, Category, Grade, Question, ReferenceSet, Scope
from app.domain.ids import (
    NOBODY,
    ORGANISATION,
    PersonId,
    PlatformId,
    QuestionId,
    SourceId,
    StageId,
    Target,
    WorkflowId,
)
from app.domain.landscape import (
    ContextSource,
    Lifecycle,
    Mechanism,
    Platform,
    SourceLink,
    StageRecord,
    Workflow,
)
from app.domain.replies import Case, case
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine, prepare
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

GOLDEN = Path(__file__).parents[1] / "golden"
TODAY = dt.date(2026, 6, 1)
PROOF = Proof(
    title="Rule list",
    place="Shared folder",
    date=dt.date(2026, 1, 10),
    seen_by="P. Nair",
    sample=10,
    result="9 right",
)
WORDS = {"dk": Reply.UNKNOWN, "na": Reply.NOT_APPLICABLE, "abstain": Reply.ABSTAIN}

Spoken = tuple[int | str, str]
"""A level, or dk, na, abstain; and a grade."""
Replies = Mapping[str, Sequence[Spoken]]


class ToldSource(Struct, frozen=True):
    id: str
    answers: Replies = {}
    importance: int = 1


class Told(Struct, frozen=True):
    """One workflow in short: individual answers by question, sources, and its own facts."""

    answers: Replies = {}
    sources: tuple[ToldSource, ...] = ()
    agreed: Mapping[str, Spoken] = {}
    id: str = "w"
    platform: str = ""
    stages: Mapping[str, StageRecord] = {}
    workflow: Workflow = Workflow("w", lifecycle=Lifecycle.PILOT, yearly_benefit=1.0)


@cache
def shipped() -> tuple[Engine, Draws]:
    """Engine and draws of the shipped bank and reference set."""
    engine = prepare(default_bank(), default_reference())
    return engine, Draws(engine)


@cache
def golden_cases() -> Mapping[str, Any]:
    """Golden values by the number of the case."""
    cases = json.loads((GOLDEN / "golden_cases.json").read_text())
    return {name.split()[0]: value for name, value in cases.items()}


def said(spoken: Spoken) -> Said:
    """A reply with proof complete enough for its grade."""
    level, grade = spoken
    proof = PROOF if grade in ("documented", "observed") else None
    if isinstance(level, str):
        return Said(WORDS[level], reason="Because.")
    return Said(Reply.LEVEL, level, Grade(grade), proof)


def answer(individual: Iterable[Spoken] = (), agreed: Spoken | None = None) -> Answer:
    return Answer(
        settled=said(agreed) if agreed else None,
        individual={PersonId(f"p{n}"): said(s) for n, s in enumerate(individual)},
    )


def audit_of(bank: Bank, reference: ReferenceSet, *workflows: Told) -> Audit:
    """Answers are kept where their question's scope wants them."""
    answers: dict[Target, dict[QuestionId, Answer]] = {}
    for told in workflows:
        for question in {**told.answers, **told.agreed}:
            place = _place(bank, told, question)
            answers.setdefault(place, {})[QuestionId(question)] = answer(
                told.answers.get(question, ()), told.agreed.get(question)
            )
        for source in told.sources:
            answers[Target(source.id)] = {
                QuestionId(q): answer(replies) for q, replies in source.answers.items()
            }
    platforms = {PlatformId(t.platform) for t in workflows if t.platform}
    sources = {SourceId(s.id) for t in workflows for s in t.sources}
    return Audit(
        bank=bank,
        reference=reference,
        workflows={WorkflowId(t.id): _workflow(t) for t in workflows},
        platforms={p: Platform(p) for p in platforms},
        sources={s: ContextSource(s) for s in sources},
        links={
            WorkflowId(t.id): {SourceId(s.id): SourceLink(s.importance) for s in t.sources}
            for t in workflows
            if t.sources
        },
        stages={
            WorkflowId(t.id): {StageId(k): v for k, v in t.stages.items()}
            for t in workflows
            if t.stages
        },
        answers=answers,
    )


def _place(bank: Bank, told: Told, question: str) -> Target:
    scope = bank.question(QuestionId(question)).scope
    if scope is Scope.ORGANISATION:
        return ORGANISATION
    if scope is Scope.PLATFORM and told.platform:
        return Target(told.platform)
    return Target(told.id)


def _workflow(told: Told) -> Workflow:
    platform = PlatformId(told.platform) if told.platform else None
    return replace(told.workflow, name=told.id, platform=platform)


def case_of(bank: Bank, reference: ReferenceSet, told: Told) -> tuple[Audit, Case]:
    audit = audit_of(bank, reference, told)
    return audit, case(audit, WorkflowId(told.id), TODAY)


def every(bank: Bank, level: int, grade: str = "observed", **other: Sequence[Spoken]) -> Replies:
    """All questions at one level, except those given by keyword (RT_01 for RT-01)."""
    special = {name.replace("_", "-"): replies for name, replies in other.items()}
    return {**{q.id: [(level, grade)] for q in bank.questions}, **special}


def golden_portfolio(bank: Bank, reference: ReferenceSet) -> Audit:
    """The three workflows of the golden portfolio."""
    return audit_of(bank, reference, *golden_workflows())


def golden_workflows() -> tuple[Told, ...]:
    raw = json.loads((GOLDEN / "golden_portfolio.json").read_text())
    return tuple(
        Told(
            answers=_replies(w["answers"]),
            sources=tuple(
                ToldSource(s["id"], _replies(s["answers"]), int(s["w"])) for s in w["sources"]
            ),
            id=w["name"],
            platform=w["platform"],
            workflow=Workflow(
                w["name"], lifecycle=Lifecycle(w["lifecycle"]), yearly_benefit=w["value"]
            ),
        )
        for w in raw
    )


def _replies(raw: Mapping[str, Sequence[Sequence[Any]]]) -> Replies:
    return {q: [(level, grade) for level, grade in replies] for q, replies in raw.items()}


def toy_bank(controls: Mapping[str, tuple[str, float]]) -> Bank:
    """A bank of workflow questions: question to category and weight inside it."""
    categories = ("capability", "data", "governance", "adoption")
    levels = ("none", "some", "written", "working", "measured")
    # The load makes the weight of a question its criticality, whatever else the activity has.
    loads = {c: sum(w for k, w in controls.values() if k == c) for c in categories}
    return Bank(
        schema="toy",
        version="1",
        title="Toy",
        language="en",
        level_names=levels,
        level_rule="",
        unknown_rule="",
        categories=tuple(Category(c, c, discipline=c != "capability") for c in categories),
        activities=tuple(Activity(c, c, c, loads[c], "equal weight") for c in categories),
        stages=(),
        sections=(),
        questions=tuple(
            Question(
                id=QuestionId(q),
                section="toy",
                scope=Scope.WORKFLOW,
                category=category,
                activity=category,
                criticality=weight,
                text=q,
                levels=levels,
            )
            for q, (category, weight) in controls.items()
        ),
        actions=(),
    )


TOY: Mapping[str, tuple[str, float]] = {
    "C1": ("capability", 1),
    "C2": ("capability", 1),
    "D1": ("data", 2),
    "D2": ("data", 1),
    "G1": ("governance", 3),
    "G2": ("governance", 2),
    "G3": ("governance", 1),
    "A1": ("adoption", 1),
}
TOY_MIX: Replies = {
    "C1": [(3, "observed")],
    "C2": [(2, "documented")],
    "D1": [(1, "asserted")],
    "D2": [(0, "observed")],
    "G1": [(4, "documented")],
    "G2": [("dk", "asserted")],
    "G3": [(2, "explained")],
    "A1": [(2, "observed")],
}


@cache
def toy() -> tuple[Engine, Draws]:
    engine = prepare(toy_bank(TOY), default_reference())
    return engine, Draws(engine)


PILOT_BY_SECTION: Mapping[str, Spoken] = {
    "workflow": (2, "documented"),
    "middle": (1, "asserted"),
    "sources": (1, "explained"),
    "policies": (1, "asserted"),
    "monitoring": (0, "observed"),
    "evidence": (3, "documented"),
    "adoption": (2, "explained"),
    "sme": (0, "asserted"),
    "ownership": ("dk", "asserted"),
}


def pilot(bank: Bank) -> Told:
    """One pilot answered by section, with three voices on RT-01 and one stage not recorded."""
    from_sections = {q.id: [PILOT_BY_SECTION[q.section]] for q in bank.questions}
    return Told(
        answers={
            **from_sections,
            "RT-01": [(0, "observed"), (2, "asserted"), ("dk", "asserted")],
            "GOV-09": [("na", "observed")],
        },
        id="pilot",
        stages=PILOT_STAGES,
        workflow=Workflow(
            "pilot", lifecycle=Lifecycle.PILOT, yearly_benefit=2_000_000, cost=300_000
        ),
    )


def _record(owner: str, mechanism: Mechanism) -> StageRecord:
    return StageRecord(owner=PersonId(owner), mechanism=mechanism)


PILOT_STAGES: Mapping[str, StageRecord] = {
    "intent_parsing": _record(NOBODY, Mechanism.USER),
    "routing": _record("ray", Mechanism.USER),
    "context_stitching": _record(NOBODY, Mechanism.PROMPT),
    "governance_check": _record(NOBODY, Mechanism.NOBODY),
    "model_execution": _record("lund", Mechanism.CODE),
    "output_validation": _record("diaz", Mechanism.PROMPT),
}
