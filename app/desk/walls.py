"""What pages offer for the wall: counts and lists in words, without names, notes or risk."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from app.domain.audit import Audit
from app.domain.bank import ScreenQuestion
from app.domain.conditions import ConditionState, golive_questions
from app.domain.gaps import Gap, ToFindOut, open_own_gaps
from app.domain.ids import QuestionId, SessionId, StageId, WorkflowId
from app.domain.last_time import LeftOpen
from app.domain.plan.results import Plan
from app.domain.planning import plan_month
from app.domain.risk.results import StageCover
from app.domain.wall import Asked, Counts, Dots, Lines, dots_wall, place_name
from app.domain.workshop import Vote
from app.words import Words


def middle_wall(
    audit: Audit, covers: Iterable[Mapping[StageId, StageCover]], words: Words
) -> Counts:
    """Stage to the number of workflows in which nobody runs it."""
    found = tuple(covers)
    rows = tuple(
        (stage.title, sum(c.get(stage.id) is StageCover.MISSING for c in found), len(found))
        for stage in sorted(audit.bank.stages, key=lambda stage: stage.order)
    )
    return Counts(words("wall.middle"), words("wall.middle_about"), rows)


def gaps_wall(audit: Audit, gaps: Sequence[Gap], of: int, words: Words) -> Counts:
    """Question to the number of workflows with that gap, most first; then what the room named."""
    found: dict[QuestionId, set[WorkflowId]] = {}
    for gap in gaps:
        found.setdefault(gap.question, set()).update(gap.workflows)
    asked = [question for question in audit.bank.questions if question.id in found]
    order = sorted(asked, key=lambda question: -len(found[question.id]))
    rows = tuple((q.gap or q.text, len(found[q.id]), of) for q in order)
    own = tuple((gap.text, 0, 0) for _, gap in open_own_gaps(audit))
    return Counts(words("wall.gaps"), words("wall.gaps_about"), rows + own)


def roadmap_wall(audit: Audit, plan: Plan, today: dt.date, words: Words) -> Counts:
    """Phases with their gates, and how many workflows are through."""
    rows = []
    for gate in plan.phases:
        title = words(f"phase.{gate.phase}")
        if gate.gate_month:
            month = words.month(plan_month(audit.plan, today, gate.gate_month))
            title = words("wall.gate", phase=title, month=month)
        rows.append((title, gate.through, gate.of))
    return Counts(words("wall.roadmap"), words("wall.roadmap_about"), tuple(rows))


def screen_wall(
    audit: Audit, workflow: WorkflowId, question: ScreenQuestion, words: Words
) -> Asked:
    """One question of the screening about one workflow; the lane it leads to is not shown."""
    said = (*(words(f"screen_reply.{sign}") for sign in "ypn"), words("wall.unknown"))
    return Asked(question.text, audit.workflows[workflow].name, said)


def rate_wall(words: Words) -> Asked:
    """The opening round: the room's own starting rate."""
    return Asked(words("wall.rate"), words("wall.rate_about"))


def last_time_wall(audit: Audit, left: Sequence[LeftOpen], words: Words) -> Lines:
    """What is open from last time, with dates and without the names of who promised it."""
    lines = []
    for item in left:
        place = place_name(audit, item.target)
        text = f"{place}: {item.text}" if place else item.text
        text = words("wall.left", kind=words(f"left.{item.kind.value}"), text=text)
        lines.append(_due(text, item.due, words))
    return Lines(words("wall.last_time"), tuple(lines) or (words("wall.nothing_left"),))


def find_out_wall(audit: Audit, items: Sequence[ToFindOut], words: Words) -> Lines:
    """What nobody in the room knew, with dates and without names."""
    lines = []
    for item in items:
        place, text = place_name(audit, item.target), audit.bank.question(item.question).text
        lines.append(_due(f"{place}: {text}" if place else text, item.by, words))
    return Lines(words("left.find_out"), tuple(lines) or (words("wall.nothing_left"),))


def decisions_wall(audit: Audit, words: Words) -> Lines:
    """What was decided and what is asked for, by date."""
    order = sorted(audit.decisions.items(), key=lambda d: (d[1].decided or dt.date.max, d[0]))
    lines = []
    for _, decision in order:
        said = decision.verdict and words.of(decision.verdict, "verdict")
        lines.append(f"{decision.text} – {said or words('wall.asked')}")
    return Lines(words("wall.decisions"), tuple(lines))


def parking_wall(audit: Audit, words: Words) -> Lines:
    """What is parked and not done, by date."""
    open_ = [item for _, item in sorted(audit.parking.items()) if not item.done]
    order = sorted(open_, key=lambda item: item.due or dt.date.max)
    return Lines(words("wall.parked"), tuple(_due(i.text, i.due, words) for i in order))


def agenda_wall(audit: Audit, session: SessionId, words: Words) -> Lines:
    """The agenda of a session with its minutes."""
    record = audit.sessions[session]
    lines = tuple(
        words("wall.item", minutes=item.minutes, title=item_title(item.kind, item.title, words))
        for item in record.agenda
    )
    return Lines(record.title, lines)


def vote_wall(audit: Audit, vote: Vote, words: Words) -> Dots:
    """A revealed round by role."""
    no_role = words("session.no_role")
    return dots_wall(audit, vote.target, vote.question, vote.ballots, vote.round, no_role)


def conditions_wall(
    audit: Audit, found: Sequence[Mapping[QuestionId, ConditionState]], words: Words
) -> Counts:
    """Go-live condition to the number of workflows that meet it; `found`: one for each."""
    questions = golive_questions(audit.bank)
    rows = tuple((q.text, sum(c[q.id].is_held for c in found), len(found)) for q in questions)
    return Counts(words("wall.conditions"), words("wall.conditions_about"), rows)


def item_title(kind: str, title: str, words: Words) -> str:
    """An agenda item as the room calls it."""
    if title:
        return title
    return words(f"timebox.{kind}") if words.has(f"timebox.{kind}") else kind


def _due(text: str, due: dt.date | None, words: Words) -> str:
    return words("wall.due", text=text, date=words.short_date(due)) if due else text
