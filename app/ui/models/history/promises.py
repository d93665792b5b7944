"""What was promised at an earlier moment and what became of it, as rows of a comparison."""

from collections.abc import Callable
from typing import Final

from app.domain.audit import Audit
from app.domain.gaps import gap_place
from app.domain.ids import ActionId, GapKey, OwnGapId, Target, WorkflowId
from app.domain.promises import Fate, Kept, Promise
from app.ui.models.gap.words import question_of
from app.ui.models.history.moves import Compared
from app.ui.models.rows import RowColumn
from app.ui.models.targets import person_name, target_name
from app.ui.page import Place, translate
from app.words import Words

TONES: Final = {
    Fate.KEPT: "good",
    Fate.SAID: "",
    Fate.LATE: "alarm",
    Fate.OPEN: "",
    Fate.DROPPED: "second",
}
FATES: Final = tuple(Fate)


def day90_text(kept: Kept, words: Words) -> str:
    """`11 of 18 promises kept, 3 conditions met that were not, 2 workflows stopped`."""
    parts = [words("day90.none")]
    if kept.of:
        parts = [words("day90.promises", kept=kept.kept, n=kept.of)]
    counts = (
        ("said", kept.said),
        ("conditions", len(kept.conditions_met)),
        ("lost", len(kept.conditions_lost)),
        ("ended", len(kept.ended)),
    )
    parts += [words(f"day90.{code}", n=n) for code, n in counts if n]
    return f"{words.listing(parts)}."


def promise_rows(result: Compared, words: Words) -> list[Promise]:
    """By owner's name, then by date."""
    found = list(result.kept.promises)
    found.sort(key=lambda p: person_name(result.after, p.owner, words).casefold())
    return found


def promise_columns(shown: Callable[[], Compared | None], words: Words) -> list[RowColumn]:
    """`shown`: the comparison the rows belong to."""

    def what(promise: Promise) -> str:
        result = shown()
        return promised(result, promise)[0] if result else ""

    def where(promise: Promise) -> str:
        result = shown()
        return _name(result, promised(result, promise)[1], words) if result else ""

    def owner(promise: Promise) -> str:
        result = shown()
        if result is None:
            return ""
        known = result.after if promise.owner in result.after.people else result.before
        return person_name(known, promise.owner, words)

    def due(promise: Promise) -> str:
        return words.short_date(promise.due) if promise.due else "–"

    return [
        RowColumn(translate("Owner"), owner, 130),
        RowColumn(translate("Promise"), what, 270),
        RowColumn(translate("Where"), where, 150),
        RowColumn(translate("By"), due, 108, order=lambda p: p.due.isoformat() if p.due else "9"),
        RowColumn(
            translate("What became of it"),
            lambda p: words(f"fate.{p.fate.value}"),
            136,
            tone=lambda p: TONES[p.fate],
            order=lambda p: FATES.index(p.fate),
        ),
    ]


def promised(result: Compared, promise: Promise) -> tuple[str, Target]:
    """What was promised, and for which target."""
    if promise.is_recorded:
        key = OwnGapId(promise.key)
        gap = result.after.own_gaps.get(key) or result.before.own_gaps[key]
        return gap.text, gap.target
    if promise.is_action:
        action, _, target = promise.key.partition("/")
        return _title(result.after, ActionId(action)), Target(target)
    question, target_ = gap_place(GapKey(promise.key))
    known = question_of(result.after, question) or question_of(result.before, question)
    return (known.gap or known.text) if known else question, target_


def place_of_promise(audit: Audit, promise: Promise) -> Place:
    """Where its owner would see to it."""
    if promise.is_action:
        return Place("roadmap", key=promise.key)
    if promise.is_recorded:
        return Place("gaps", key=promise.key)
    question, target = gap_place(GapKey(promise.key))
    workflow = WorkflowId(target) if WorkflowId(target) in audit.workflows else None
    return Place("walk", workflow=workflow, question=question, target=target)


def _title(audit: Audit, action: ActionId) -> str:
    own = audit.own_actions.get(action)
    known = next((a.title for a in audit.bank.actions if a.id == action), action)
    return own.title if own else known


def _name(result: Compared, target: Target, words: Words) -> str:
    name = target_name(result.after, target, words)
    return target_name(result.before, target, words) if name == target else name
