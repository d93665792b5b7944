"""If nothing is decided: what goes on happening, computed from the record in the bank's words."""

from collections import Counter
from collections.abc import Iterator, Sequence

from app.domain.conditions import ConditionState, WorkflowState
from app.domain.ids import QuestionId, StageId
from app.domain.risk.results import Estimate, StageCover
from app.report.draft import Draft, cut, question_of
from app.report.model import Line

FOUND_SIGNS = 100
FOLLOWS_SIGNS = 160
"""What is missing, and what it leads to."""


def undecided(draft: Draft) -> tuple[Line, ...]:
    """What goes on happening: the states as they stay, then what follows in the bank's words."""
    live = [e for e in draft.estimates if draft.is_live(e.id)]
    scope = live or list(draft.estimates)
    found = (
        *_stays(draft),
        *_condition_follows(draft, scope, live=bool(live)),
        *_stage_follows(draft, scope, live=bool(live)),
    )
    return found or (draft.say("brief.no_consequence", answered=draft.coverage.answered),)


def _stays(draft: Draft) -> Iterator[Line]:
    """The yearly benefit that rests on workflows which stay as they are."""
    states = draft.inputs.portfolio.states
    uncovered = states[WorkflowState.LIVE_WITHOUT_COVER]
    undefined = states[WorkflowState.NOT_DEFINED]
    if not draft.coverage.answered or not (uncovered.workflows or undefined.workflows):
        return
    yield draft.say(
        "brief.stays",
        uncovered=uncovered.workflows,
        uncovered_benefit=draft.money(uncovered.benefit) if uncovered.valued else "",
        undefined=undefined.workflows,
        undefined_benefit=draft.money(undefined.benefit) if undefined.valued else "",
        single=draft.is_single,
    )


def _condition_follows(draft: Draft, scope: Sequence[Estimate], *, live: bool) -> Iterator[Line]:
    """What the condition leads to that most of these workflows were found not to meet."""
    lacking: Counter[QuestionId] = Counter(
        question
        for estimate in scope
        for question, state in estimate.conditions.golive.items()
        if state is ConditionState.NOT_MET
    )
    if not lacking:
        return
    questions = question_of(draft.audit)
    order = {question: i for i, question in enumerate(questions)}
    worst = min(lacking, key=lambda q: (-lacking[q], order[q]))
    yield _follows(
        draft,
        cut(questions[worst].gap or questions[worst].text, FOUND_SIGNS),
        cut(questions[worst].why, FOLLOWS_SIGNS),
        (lacking[worst], len(scope)),
        live=live,
    )


def _stage_follows(draft: Draft, scope: Sequence[Estimate], *, live: bool) -> Iterator[Line]:
    """Who goes on filling the stage by hand that most of these workflows were found to lack."""
    lacking: Counter[StageId] = Counter(
        stage
        for estimate in scope
        for stage, cover in estimate.stages.cover.items()
        if cover is StageCover.MISSING
    )
    if not lacking:
        return
    stages = {stage.id: stage for stage in draft.audit.bank.stages}
    worst = min(lacking, key=lambda s: (-lacking[s], -stages[s].load, stages[s].order))
    title = draft.words("label.nobody_runs", stage=stages[worst].title)
    follows = cut(stages[worst].if_missing, FOLLOWS_SIGNS)
    yield _follows(draft, title, follows, (lacking[worst], len(scope)), live=live)


def _follows(draft: Draft, found: str, follows: str, count: tuple[int, int], *, live: bool) -> Line:
    """One thing that is missing, in how many of these workflows, and what it leads to."""
    return draft.say(
        "brief.consequence",
        gap=found,
        follows=follows,
        n=count[0],
        of=count[1],
        live=live,
        single=draft.is_single,
    )
