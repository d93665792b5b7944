"""The rules a question bank must keep: what it refers to exists, and its content is complete."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from app.domain.bank import Action, Bank, Facet, Fact, Question, Scope
from app.domain.ids import ActionId

SCOPES = tuple(Scope)
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
SELECTS = ("screen", "conditions", "core", "all")
PHASES = range(1, 6)
WRAPPER = ("IP-02", "CX-02", "SRC-02", "SRC-08", "GOV-03", "TC-02")
"""Questions the wrapper test names. Source: scoring.md 2.14."""
SCREEN = ("SCR-1", "SCR-2", "SCR-3", "SCR-4", "SCR-5", "SCR-6", "SCR-7", "SCR-8")
LANES = ("live_without_cover", "audit_first", "define_owner_first", "stop_or_pause")
WITH_ID = (
    *("categories", "activities", "sections", "respondents", "questions", "actions"),
    *("stages", "screen", "lanes", "modes"),
)
FRAME_TEXTS = ("schema", "version", "title", "language", "level_rule", "unknown_rule")
TEXTS = ("text", "why", "evidence", "weight_note", "gap")


class Fault(Struct, frozen=True):
    """One broken rule: the bank's field, the record in it, the record's field, and why."""

    field_of: str
    record: str
    field: str
    why: str


def link_faults(bank: Bank) -> Iterator[Fault]:
    """Ids used twice or malformed, references that lead nowhere, prerequisites in a circle."""
    yield from _id_faults(bank)
    known: Mapping[str, Collection[object]] = {
        "section": {s.id for s in bank.sections},
        "stage": {None, *(s.id for s in bank.stages)},
        "category": {c.id for c in bank.categories},
        "activity": {a.id for a in bank.activities},
        "who": {r.id for r in bank.respondents} | {""},
    }
    for activity in bank.activities:
        if activity.category not in known["category"]:
            why = f"there is no category {activity.category}"
            yield Fault("activities", activity.id, "category", why)
    home = {a.id: a.category for a in bank.activities}
    for question in bank.questions:
        for field, ids in known.items():
            value = getattr(question, field)
            if value not in ids:
                yield Fault("questions", question.id, field, f"there is no {field} {value}")
        if home.get(question.activity, question.category) != question.category:
            why = f"activity {question.activity} belongs to {home[question.activity]}"
            yield Fault("questions", question.id, "category", why)
    yield from _named_faults(bank)
    yield from _action_links(bank)


def content_faults(bank: Bank, verified: Mapping[str, Iterable[str]]) -> Iterator[Fault]:
    """Sums, completeness and order; cross-walk ids outside `verified` (framework to its ids)."""
    yield from _sum_faults(bank)
    yield from _facet_faults(bank)
    ancestors = {a.id: frozenset(_ancestors(bank, a.id)) for a in bank.actions}
    for question in bank.questions:
        yield from _question_faults(question)
        yield from _step_faults(question, ancestors)
        yield from _crosswalk_faults(question, verified)
        if question.ask_if and question.ask_if not in bank.facts:
            why = f"bank.toml has no text for {question.ask_if} under facts"
            yield Fault("questions", question.id, "ask_if", why)
    actions = {a.id: a for a in bank.actions}
    for action in bank.actions:
        yield from _action_faults(action, actions)
    yield from _frame_faults(bank)
    yield from _needed_faults(bank)


def _id_faults(bank: Bank) -> Iterator[Fault]:
    for field in WITH_ID:
        seen: set[str] = set()
        for record in getattr(bank, field):
            if not ID.fullmatch(record.id):
                yield Fault(field, record.id, "id", "an id is letters, digits, '-', '_' and '.'")
            if record.id in seen:
                yield Fault(field, record.id, "id", "the id is used twice")
            seen.add(record.id)


def _named_faults(bank: Bank) -> Iterator[Fault]:
    ids = {q.id for q in bank.questions}
    for phase, named in bank.exits.items():
        if phase not in map(str, PHASES):
            yield Fault("exits", "", phase, "a phase is 1 to 5")
        for question in named:
            if question not in ids:
                yield Fault("exits", "", phase, f"there is no question {question}")
    for question in bank.asset:
        if question not in ids:
            yield Fault("asset", "", "", f"there is no question {question}")


def _action_links(bank: Bank) -> Iterator[Fault]:
    ids = {a.id for a in bank.actions}
    for question in bank.questions:
        for step in question.steps:
            if step.action not in ids:
                yield Fault("questions", question.id, "steps", f"there is no action {step.action}")
    missing = False
    for action in bank.actions:
        for prerequisite in action.prereqs:
            if prerequisite not in ids:
                missing = True
                yield Fault("actions", action.id, "prereqs", f"there is no action {prerequisite}")
    if not missing:
        for action in bank.actions:
            if action.id in _ancestors(bank, action.id):
                yield Fault("actions", action.id, "prereqs", "it is its own prerequisite")


def _ancestors(bank: Bank, action: ActionId) -> set[ActionId]:
    """All prerequisites, direct and indirect; holds the action itself where they form a circle."""
    prereqs = {a.id: a.prereqs for a in bank.actions}
    found: set[ActionId] = set()
    todo = list(prereqs[action])
    while todo:
        prerequisite = todo.pop()
        if prerequisite not in found:
            found.add(prerequisite)
            todo += prereqs[prerequisite]
    return found


def _sum_faults(bank: Bank) -> Iterator[Fault]:
    for field, records in (("stages", bank.stages), ("activities", bank.activities)):
        for record in records:
            least = 0.0 if field == "stages" else math.ulp(0.0)
            if not least <= record.load <= 100:
                yield Fault(field, record.id, "load", "a load is a number up to 100")
    stages = math.fsum(s.load for s in bank.stages)
    if abs(stages - 100) > 1e-9:
        yield Fault("stages", "", "load", f"the loads sum to {stages:g}, not to 100")
    shares = math.fsum(a.load for a in bank.activities if a.basis == "telemetry")
    if abs(shares - 100) > 1e-9:
        why = f"the loads with basis telemetry sum to {shares:g}, not to 100"
        yield Fault("activities", "", "load", why)


def _facet_faults(bank: Bank) -> Iterator[Fault]:
    for stage in bank.stages:
        for facet in Facet:
            found = [q.id for q in bank.questions if q.stage == stage.id and q.facet is facet]
            if len(found) != 1:
                why = f"stage {stage.id} needs one question with facet {facet}, not {len(found)}"
                yield Fault("questions", " and ".join(found), "facet", why)


def _question_faults(question: Question) -> Iterator[Fault]:
    def fault(field: str, why: str) -> Fault:
        return Fault("questions", question.id, field, why)

    for field in TEXTS:
        if not getattr(question, field).strip():
            yield fault(field, "the text is empty")
    if len({level.strip() for level in question.levels} - {""}) != 5:
        yield fault("levels", "five different texts are needed")
    if not 1 <= question.criticality <= 3:
        yield fault("criticality", "criticality is 1 to 3")
    for field in ("golive_at", "phase1_at"):
        if getattr(question, field) not in (None, 1, 2, 3, 4):
            yield fault(field, "a level is 1 to 4")
    is_condition = question.golive_at is not None or question.phase1_at is not None
    if is_condition and question.ask_if:
        yield fault("ask_if", "a condition cannot be optional")
    if question.facet and not question.stage:
        yield fault("facet", "a facet needs a stage")


def _step_faults(
    question: Question, ancestors: Mapping[ActionId, frozenset[ActionId]]
) -> Iterator[Fault]:
    for step in question.steps:
        if step.to not in (1, 2, 3, 4):
            yield Fault("questions", question.id, "steps", "a step leads to level 1 to 4")
    for first, second in zip(question.steps, question.steps[1:], strict=False):
        if first.to >= second.to:
            why = f"{second.action} must lead higher than {first.action}"
            yield Fault("questions", question.id, "steps", why)
        if first.action not in ancestors[second.action]:
            why = f"{first.action} comes before {second.action} but is no prerequisite of it"
            yield Fault("questions", question.id, "steps", why)


def _crosswalk_faults(question: Question, verified: Mapping[str, Iterable[str]]) -> Iterator[Fault]:
    for framework, ids in question.crosswalk.items():
        for name in ids:
            if name not in verified.get(framework, ()):
                why = f"{framework} {name} is not in the verified list"
                yield Fault("questions", question.id, "crosswalk", why)


def _action_faults(action: Action, actions: Mapping[ActionId, Action]) -> Iterator[Fault]:
    def fault(field: str, why: str) -> Fault:
        return Fault("actions", action.id, field, why)

    for field in ("title", "role", "done_when"):
        if not getattr(action, field).strip():
            yield fault(field, "the text is empty")
    if action.phase not in PHASES:
        yield fault("phase", "a phase is 1 to 5")
    low, high = action.effort
    if not 0 < low <= high < math.inf:
        yield fault("effort", "effort is two numbers of person-days, the lower one first")
    for prerequisite in (actions[p] for p in action.prereqs):
        if prerequisite.phase > action.phase:
            yield fault("prereqs", f"{prerequisite.id} is in a later phase")
        if not _is_as_wide(prerequisite.scope, action.scope):
            yield fault("prereqs", f"{prerequisite.id} is done once per {prerequisite.scope}")


def _is_as_wide(scope: Scope, than: Scope) -> bool:
    """A source belongs to no workflow or platform, so it can only wait for the organisation."""
    if than is Scope.SOURCE:
        return scope in (Scope.ORGANISATION, Scope.SOURCE)
    return SCOPES.index(scope) <= SCOPES.index(than)


def _frame_faults(bank: Bank) -> Iterator[Fault]:
    for field in FRAME_TEXTS:
        if not getattr(bank, field).strip():
            yield Fault("", "", field, "the text is empty")
    for fact in bank.facts:
        if fact not in set(Fact):
            yield Fault("facts", "", fact, "the program knows no such fact")
    for mode in bank.modes:
        if mode.select not in SELECTS:
            yield Fault("modes", mode.id, "select", f"select is one of {', '.join(SELECTS)}")


def _needed_faults(bank: Bank) -> Iterator[Fault]:
    """What the program's own formulas name or need at least one of."""
    for field, use, named in (
        ("questions", "wrapper test", WRAPPER),
        ("screen", "screen", SCREEN),
        ("lanes", "screen", LANES),
    ):
        ids = {record.id for record in getattr(bank, field)}
        for name in named:
            if name not in ids:
                yield Fault(field, "", "", f"the {use} needs {name}")
    for field, meaning in (("golive_at", "go-live condition"), ("phase1_at", "entry question")):
        if all(getattr(q, field) is None for q in bank.questions):
            yield Fault("questions", "", field, f"there is no {meaning}")
    if not bank.asset:
        yield Fault("", "", "asset", "the tenant-to-asset index needs questions")
