"""Annex of what moved since the last snapshot: promises kept, conditions met, workflows stopped."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from app.charts.slope import SlopeRow, SlopeSide, slope
from app.domain.conditions import ConditionState
from app.domain.gaps import gap_place
from app.domain.ids import ActionId, GapKey, OwnGapId, QuestionId, Target
from app.domain.movement import Moment, Move, Movement, Situation, movement
from app.domain.promises import Fate, Kept, Promise, promises_kept
from app.report.draft import Draft, plain, question_of
from app.report.model import Audience, Block, Cell, Line, Picture, Row, Section, Table

FATES: Final = tuple(Fate)


def since_annex(draft: Draft) -> Section | None:
    """None where no moment was kept before."""
    earlier = draft.inputs.earlier
    if earlier is None:
        return None
    day = draft.inputs.local(earlier.at).date()
    before = Moment(earlier.audit, day)
    after = Moment(draft.audit, draft.date)
    moved = movement(before, after)
    kept = promises_kept(before, after, moved)
    label = draft.words("section.since")
    when = draft.words.short_date(day)
    lead = _lead(draft, earlier.name, moved, kept)
    heading = draft.say(
        "since.heading",
        same=moved.comparison.is_same,
        when=when,
        kept=kept.kept,
        said=kept.said,
        of=kept.of,
        met=len(kept.conditions_met),
        ended=len(kept.ended),
    )
    return Section("since", label, heading, lead, tuple(_blocks(draft, when, moved, kept)))


def _lead(draft: Draft, name: str, moved: Movement, kept: Kept) -> tuple[Line, ...]:
    lines = []
    if not draft.names.is_external and name.strip():
        lines.append(draft.say("since.snapshot", name=draft.names.typed(name)))
    if moved.comparison.is_same:
        return tuple(lines)
    lines.append(
        draft.say(
            "since.counts",
            answers=len(moved.comparison.answers),
            opened=len(moved.opened),
            closed=len(moved.closed),
            said=len(moved.said),
            withdrawn=len(moved.withdrawn),
            left_out=len(moved.left_out),
        )
    )
    if kept.conditions_lost:
        lines.append(draft.say("since.lost", n=len(kept.conditions_lost)))
    if kept.covered:
        lines.append(draft.say("since.covered", n=len(kept.covered)))
    return tuple(lines)


def _blocks(draft: Draft, when: str, moved: Movement, kept: Kept) -> Iterator[Block]:
    if moved.moves:
        titles = (when, draft.words.short_date(draft.date))
        scene = slope([_slope_row(draft, move) for move in moved.moves], titles, draft.words)
        yield Picture("since_slope", draft.words("caption.slope"), scene)
        yield _moves(draft, moved.moves)
    if kept.promises:
        yield _promises(draft, kept.promises)
    if kept.conditions_met or kept.conditions_lost:
        yield _conditions(draft, moved.moves)


def _name(draft: Draft, move: Move) -> str:
    """A workflow that is gone is known from the snapshot alone, whose names nobody redacts."""
    if move.workflow in draft.audit.workflows:
        return draft.names.target(move.workflow)
    if draft.names.audience is not Audience.FULL:
        return draft.words("label.gone_workflow")
    return draft.names.known(move.name)


def _key(draft: Draft, move: Move, n: int) -> str:
    return draft.names.key(move.workflow) or f"gone-{n}"


def _slope_row(draft: Draft, move: Move) -> SlopeRow:
    return SlopeRow(
        draft.names.key(move.workflow),
        _name(draft, move),
        _side(draft, move.before),
        _side(draft, move.after),
    )


def _side(draft: Draft, found: Situation | None) -> SlopeSide | None:
    if found is None:
        return None
    if found.withheld:
        return SlopeSide(
            found.state.value, None, draft.words(f"withheld_short.{found.withheld.value}")
        )
    value = found.relative.value
    return SlopeSide(found.state.value, value, draft.words.figure(value, 1))


def _moves(draft: Draft, moves: Iterable[Move]) -> Table:
    columns = (
        draft.column("workflow", 1.2),
        draft.column("state_was", 0.8),
        draft.column("state_now", 0.8),
        draft.column("met_was", 0.5, right=True),
        draft.column("met_now", 0.5, right=True),
    )
    rows = tuple(
        Row(
            _key(draft, move, n),
            (
                plain(_name(draft, move)),
                _state(draft, move.before),
                _state(draft, move.after),
                _met(draft, move.before),
                _met(draft, move.after),
            ),
        )
        for n, move in enumerate(moves, 1)
    )
    return Table("since_moves", draft.words("label.since_moves"), columns, rows)


def _state(draft: Draft, found: Situation | None) -> Cell:
    if found is None:
        return plain(draft.words("label.not_counted"))
    return plain(draft.words(f"state.{found.state.value}"), tone=found.state.value)


def _met(draft: Draft, found: Situation | None) -> Cell:
    if found is None:
        return plain("–")
    return Cell(draft.n_of_m(found.met, found.of), "", found.met)


def _promises(draft: Draft, promises: Iterable[Promise]) -> Table:
    columns = (
        draft.column("promise", 1.8),
        draft.column("owner", 0.8),
        draft.column("by", 0.5),
        draft.column("fate", 0.6),
    )
    ordered = sorted(promises, key=lambda p: FATES.index(p.fate))
    rows = tuple(
        Row(
            f"promise-{n}",
            (
                _promised(draft, promise),
                plain(draft.names.person(promise.owner)),
                plain(draft.words.short_date(promise.due) if promise.due else "–"),
                plain(
                    draft.words(f"fate.{promise.fate.value}"),
                    tone="alarm" if promise.fate is Fate.LATE else "",
                ),
            ),
        )
        for n, promise in enumerate(ordered, 1)
    )
    counts = Counter(promise.fate for promise in ordered)
    parts = (
        f"{draft.words(f'fate.{fate.value}')} {draft.words.figure(counts[fate])}"
        for fate in FATES
        if counts[fate]
    )
    return Table("promises", draft.words("label.promises"), columns, rows, f"{'; '.join(parts)}.")


def _promised(draft: Draft, promise: Promise) -> Cell:
    if promise.is_recorded:
        key = OwnGapId(promise.key)
        gap = draft.audit.own_gaps.get(key)
        if gap is None and draft.inputs.earlier:
            gap = draft.inputs.earlier.audit.own_gaps.get(key)
        if gap is None:
            return plain("–")
        return plain(draft.names.typed(gap.text), detail=draft.names.target(gap.target))
    if promise.is_action:
        action, _, at = str(promise.key).partition("/")
        return plain(action_words(draft, action), detail=draft.names.target(Target(at)))
    question, target = gap_place(GapKey(promise.key))
    return plain(gap_words(draft, question), detail=draft.names.target(target))


def gap_words(draft: Draft, question: QuestionId) -> str:
    """What is wrong while the gap is open, in the bank's words."""
    known = question_of(draft.audit).get(question)
    return f"{known.gap or known.text} ({question})" if known else str(question)


def action_words(draft: Draft, action: str) -> str:
    """An action's title: the bank's, or one's own, which is typed text."""
    for known in draft.audit.bank.actions:
        if known.id == action:
            return f"{known.title} ({action})"
    own = draft.audit.own_actions.get(ActionId(action))
    return draft.names.typed(own.title if own else action)


def _conditions(draft: Draft, moves: Iterable[Move]) -> Table:
    columns = (
        draft.column("workflow", 1),
        draft.column("condition", 1.4),
        draft.column("was", 0.6),
        draft.column("is_now", 0.6),
    )
    questions = question_of(draft.audit)
    rows = []
    for n, move in enumerate(moves, 1):
        for found in move.conditions:
            if _held(found.before) == _held(found.after):
                continue
            known = questions.get(found.question)
            text = known.text if known else str(found.question)
            cells = (
                plain(_name(draft, move)),
                plain(f"{text} ({found.question})"),
                plain(_condition(draft, found.before)),
                plain(_condition(draft, found.after)),
            )
            rows.append(Row(f"{_key(draft, move, n)}/{found.question}", cells))
    return Table("since_conditions", draft.words("label.since_conditions"), columns, tuple(rows))


def _held(state: ConditionState | None) -> bool:
    return state is not None and state.is_held


def _condition(draft: Draft, state: ConditionState | None) -> str:
    return draft.words(f"condition.{state.value}") if state else "–"
