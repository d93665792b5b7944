"""What a set of closed gaps would change: conditions met, states, hazard against typical."""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from app.domain.conditions import Conditions, WorkflowState, conditions
from app.domain.gaps import SOUND, gap_place
from app.domain.ids import GapKey, QuestionId, Target, WorkflowId
from app.domain.replies import Case, reached
from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine, controls, score
from app.domain.risk.relative import relative_to_typical
from app.domain.risk.results import Relative
from app.domain.risk.spread import spread


class Shift(Struct, frozen=True):
    """One workflow that the closed gaps touch."""

    before: WorkflowState
    after: WorkflowState
    conditions_met: tuple[QuestionId, ...]
    """Go-live conditions that were not held and now are."""
    entry_met: tuple[QuestionId, ...]
    relative_before: Relative
    relative_after: Relative

    @property
    def is_moved(self) -> bool:
        return self.before is not self.after


def effect_of_closing(
    engine: Engine, draws: Draws, cases: Iterable[Case], gaps: Collection[GapKey]
) -> Mapping[WorkflowId, Shift]:
    """Closed means level 3, or what the condition needs, with a document. Touched workflows only.

    A gap that a workflow does not have changes nothing in it.
    """
    places = {gap_place(key) for key in gaps}
    found = {}
    for case in cases:
        closed = reached(case, _levels(case, places))
        if closed.standings != case.standings:
            found[case.id] = _shift(engine, draws, case, closed)
    return found


def _levels(
    case: Case, places: Collection[tuple[QuestionId, Target]]
) -> Mapping[tuple[QuestionId, Target], int]:
    """Closing never lowers what is already there."""
    levels = {}
    for s in case.standings:
        if (place := (s.question.id, s.target)) in places:
            need = (SOUND, s.question.golive_at or 0, s.question.phase1_at or 0)
            if s.level is None or s.level < max(need) or not s.holds(max(need)):
                levels[place] = max(*need, s.level or 0)
    return levels


def _shift(engine: Engine, draws: Draws, case: Case, closed: Case) -> Shift:
    was, now = conditions(engine.bank, case), conditions(engine.bank, closed)
    live = case.workflow.is_live
    return Shift(
        before=was.state(live=live),
        after=now.state(live=live),
        conditions_met=_newly(was, now, "golive"),
        entry_met=_newly(was, now, "entry"),
        relative_before=relative_now(engine, draws, case),
        relative_after=relative_now(engine, draws, closed),
    )


def _newly(was: Conditions, now: Conditions, kind: str) -> tuple[QuestionId, ...]:
    before, after = getattr(was, kind), getattr(now, kind)
    return tuple(q for q, state in after.items() if state.is_held and not before[q].is_held)


def relative_now(engine: Engine, draws: Draws, case: Case) -> Relative:
    """M of one workflow with its range from the answer draws."""
    found = controls(engine, case)
    value = score(engine, found).relative
    return relative_to_typical(value, spread(draws.answers.relative(found)))
