"""What could be done: every step that lifts a control somebody was asked about, by action."""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct, field

from app.domain.audit import Audit
from app.domain.bank import Action, Grade, Scope
from app.domain.ids import ORGANISATION, ActionId, ActionKey, QuestionId, Target, WorkflowId
from app.domain.plan.subjects import Subject
from app.domain.replies import Standing, Status
from app.domain.risk.coverage import MIN_COVERAGE, coverage
from app.domain.risk.engine import Engine

DECIDE = ActionId("A-DECIDE")
"""Promote, fix first, pause or stop: due for every workflow that is known well enough."""
LAST_UNKNOWN = 3
"""What nobody knows is planned up to this level only."""
LAST_PHASE = 3
"""Later phases are for workflows where a model of one's own is a goal."""
ALL_PHASES = 5


class Closing(Struct, frozen=True):
    """One control that an action lifts in one workflow."""

    workflow: WorkflowId
    control: int
    """Place among the workflow's controls."""
    question: QuestionId
    target: Target
    level: int
    """Level reached."""
    fall: float
    """Hazard removed, on top of what the steps before it remove; >= 0."""


class Draft(Struct):
    """What the walk over the workflows has gathered about one action and target."""

    action: ActionId
    target: Target
    closings: list[Closing] = field(default_factory=list)
    confirm_first: bool = False
    decides: bool = False


class Step(Struct, frozen=True):
    """One way to lift a question: an action of the bank, or one of the organisation's own."""

    level: int
    action: ActionId
    target: Target
    phase: int

    @property
    def key(self) -> ActionKey:
        return ActionKey(f"{self.action}/{self.target}")


def collect(
    engine: Engine,
    audit: Audit,
    subjects: tuple[Subject, ...],
    phases: int = ALL_PHASES,
    banned: frozenset[ActionKey] = frozenset(),
) -> dict[ActionKey, Draft]:
    """All steps of phases 1 to `phases` above the levels given, by workflow, question and step.

    For each control that was asked and each step above its level (of an unknown one: up to level
    3): hazard removed `a_i (g_now - g_planned)`. Planned levels count as documented; a later step
    starts where the one before it ends. Source: scoring.md 3.2, rules 1, 2 and 5.
    """
    drafts: dict[ActionKey, Draft] = {}
    steps = _Steps(engine, audit, phases, banned)
    for subject in subjects:
        if subject.is_asked:
            for control, standing in enumerate(subject.controls.standings):
                if standing is not None and standing.status is not Status.NOT_ASKED:
                    _lift(drafts, steps, subject, control, standing)
            _decide(drafts, steps, subject)
    _add_own(drafts, steps, audit, subjects)
    return drafts


class _Steps:
    """The steps of every question, the bank's and the organisation's, and which may be planned."""

    def __init__(
        self, engine: Engine, audit: Audit, phases: int, banned: frozenset[ActionKey]
    ) -> None:
        shown = np.array(engine.voices[Grade.DOCUMENTED])
        self.planned: list[float] = (shown @ engine.multipliers).tolist()
        self.actions = {a.id: a for a in engine.bank.actions}
        self._phases, self._banned = phases, banned
        self._own: dict[QuestionId, list[Step]] = {}
        for name, own in sorted(audit.own_actions.items()):
            for question, level in sorted(own.closes.items()):
                step = Step(level, name, own.target, own.phase)
                self._own.setdefault(question, []).append(step)

    def of(self, subject: Subject, standing: Standing) -> list[Step]:
        """By level; at the same level the organisation's own action stands in for the bank's."""
        homes = (standing.target, Target(subject.id))
        own = [s for s in self._own.get(standing.question.id, ()) if s.target in homes]
        bank = self._of_bank(subject, standing)
        return sorted([*own, *bank], key=lambda step: step.level)

    def _of_bank(self, subject: Subject, standing: Standing) -> Iterator[Step]:
        for step in standing.question.steps:
            action = self.actions[step.action]
            yield Step(step.to, action.id, _home(action, subject, standing), action.phase)

    def is_open(self, step: Step, *, own_model: bool) -> bool:
        last = ALL_PHASES if own_model else LAST_PHASE
        return step.phase <= min(self._phases, last) and step.key not in self._banned


def _home(action: Action, subject: Subject, standing: Standing) -> Target:
    """What the action is done for, when it closes this gap of this workflow."""
    workflow = subject.case.workflow
    if action.scope is Scope.ORGANISATION:
        return ORGANISATION
    if action.scope is Scope.SOURCE:
        return standing.target
    if action.scope is Scope.PLATFORM and workflow.platform:
        own = standing.question.scope is Scope.PLATFORM
        return standing.target if own else Target(workflow.platform)
    return Target(subject.id)


def _lift(
    drafts: dict[ActionKey, Draft],
    steps: _Steps,
    subject: Subject,
    control: int,
    standing: Standing,
) -> None:
    """Steps of one control, lowest level first."""
    unknown = standing.status is Status.UNKNOWN
    start = -1 if standing.level is None else standing.level
    own_model = bool(subject.case.workflow.own_model_goal)
    typical = float(subject.controls.typical[control])
    now = float(subject.controls.multiplier[control])
    for step in steps.of(subject, standing):
        planned = steps.planned[step.level]
        idle = step.level <= start or (unknown and step.level > LAST_UNKNOWN)
        if idle or planned >= now - 1e-9 or not steps.is_open(step, own_model=own_model):
            continue
        fall = typical * (now - planned)
        draft = drafts.setdefault(step.key, Draft(step.action, step.target))
        draft.confirm_first |= unknown
        draft.closings.append(
            Closing(subject.id, control, standing.question.id, standing.target, step.level, fall)
        )
        now = planned


def _decide(drafts: dict[ActionKey, Draft], steps: _Steps, subject: Subject) -> None:
    """Once for every workflow that is known well enough and not decided about."""
    if DECIDE not in steps.actions or subject.case.workflow.outcome is not None:
        return
    step = Step(0, DECIDE, Target(subject.id), steps.actions[DECIDE].phase)
    known = coverage(subject.case, subject.controls).weight >= MIN_COVERAGE
    if known and steps.is_open(step, own_model=False):
        drafts.setdefault(step.key, Draft(DECIDE, step.target)).decides = True


def _add_own(
    drafts: dict[ActionKey, Draft], steps: _Steps, audit: Audit, subjects: tuple[Subject, ...]
) -> None:
    """Own actions for a target that an active workflow knows, with or without a gap to close."""
    own_model: dict[Target, bool] = {}
    for subject in subjects if audit.own_actions else ():
        workflow = subject.case.workflow
        near = {ORGANISATION, Target(subject.id), Target(workflow.platform or subject.id)}
        for target in near | {s.target for s in subject.case.standings}:
            wanted = bool(workflow.own_model_goal)
            own_model[target] = own_model.get(target, False) or wanted
    for name, own in sorted(audit.own_actions.items()):
        step = Step(0, name, own.target, own.phase)
        if own.target in own_model and steps.is_open(step, own_model=own_model[own.target]):
            drafts.setdefault(step.key, Draft(name, own.target))
