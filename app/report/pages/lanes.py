"""Page 7: gaps by lane, what to find out, and what the room decided, objected to and parked."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from app.charts.frame import MOST_ROWS
from app.domain.answers import Answer
from app.domain.gap_lanes import (
    GapCount,
    GapLane,
    closing_month,
    count_gaps,
    gap_lane,
    is_in_a_lane,
    is_own_in_a_lane,
    last_of_now,
    own_gap_lane,
)
from app.domain.gaps import WORST_FIRST, Gap, own_gaps
from app.domain.ids import OwnGapId, QuestionId
from app.domain.planning import OwnGap, Severity
from app.report import room
from app.report.annexes.own_gaps import own_key
from app.report.calendar import due_cell, month_text
from app.report.draft import Draft, cut, plain, question_of
from app.report.left_over import is_printed, kinds_of, left_over
from app.report.model import Block, Cell, Line, Row, Section, Table, Text
from app.report.pages.roadmap import action_role

MOST: Final = {GapLane.NOW: MOST_ROWS, GapLane.NEXT: 12, GapLane.LATER: 6}
"""Rows of each lane."""
MOST_TO_FIND_OUT = 12
WHERE_SIGNS = 64
PAGE = "lanes"
Own = tuple[OwnGapId, OwnGap]
"""A gap that was recorded in the room."""


class Group(Struct, frozen=True):
    """The gaps of one question in one lane."""

    question: QuestionId
    gaps: tuple[Gap, ...]

    @property
    def severity(self) -> Severity:
        return min((gap.severity for gap in self.gaps), key=WORST_FIRST.index)


def lanes_page(draft: Draft) -> Section:
    plan = draft.inputs.plan
    lanes: dict[GapLane, list[Gap]] = {lane: [] for lane in GapLane}
    for gap in draft.inputs.gaps:
        if is_in_a_lane(gap, draft.date):
            lanes[gap_lane(plan, gap)].append(gap)
    own = _own_by_lane(draft)
    count = counted(draft)
    blocks = [
        _lane(draft, lane, found, own[lane]) for lane, found in lanes.items() if found or own[lane]
    ]
    return Section(
        PAGE,
        draft.words("section.lanes"),
        _heading(draft, count),
        _lead(draft, count),
        (*blocks, *_find_out(draft), *_said(draft)),
    )


def _own_by_lane(draft: Draft) -> dict[GapLane, list[Own]]:
    """What was recorded in the room and is open; external readers are only told how many."""
    found: dict[GapLane, list[Own]] = {lane: [] for lane in GapLane}
    for id_, gap in own_gaps(draft.audit):
        if not draft.names.is_external and is_own_in_a_lane(gap, draft.date):
            lane = own_gap_lane(draft.inputs.plan, draft.audit.plan, gap, draft.date)
            found[lane].append((id_, gap))
    return found


def counted(draft: Draft) -> GapCount:
    """The count of page 7 and of the gap register; external readers are not told recorded ones."""
    recorded = () if draft.names.is_external else draft.audit.own_gaps.values()
    return count_gaps(draft.inputs.plan, draft.audit.plan, draft.inputs.gaps, recorded, draft.date)


def parts(draft: Draft, count: GapCount) -> Line:
    """How all gaps come to those of the lanes, to those to find out and to those put aside."""
    return draft.say(
        "lanes.parts",
        of=count.of,
        now=count.lanes[GapLane.NOW],
        next=count.lanes[GapLane.NEXT],
        later=count.lanes[GapLane.LATER],
        unknown=count.unknown,
        critical_unknown=count.critical_unknown,
        aside=count.aside,
        recorded=count.recorded,
    )


def _heading(draft: Draft, count: GapCount) -> Line:
    return draft.say(
        "lanes.heading",
        now=count.lanes[GapLane.NOW],
        critical=count.critical_now,
        next=count.lanes[GapLane.NEXT],
        later=count.lanes[GapLane.LATER],
        unknown=count.unknown,
    )


def _lead(draft: Draft, count: GapCount) -> tuple[Line, ...]:
    lines = []
    if count.in_lanes:
        until = month_text(draft, last_of_now(draft.inputs.plan))
        lines.append(draft.say("lanes.rule", until=until))
    if count.of:
        lines.append(parts(draft, count))
    if count.without_date:
        lines.append(draft.say("lanes.without_date", n=count.without_date))
    return tuple(lines)


def _lane(draft: Draft, lane: GapLane, found: Sequence[Gap], own: Sequence[Own]) -> Table:
    """Worst first; at one severity what comes from answers stands before what was recorded."""
    entries = [
        (g.severity, len(g.gaps), f"{g.question}", _cells(draft, g)) for g in _grouped(draft, found)
    ]
    entries += [(g.severity, 1, f"own-{own_key(draft, i)}", _own_cells(draft, g)) for i, g in own]
    entries.sort(key=lambda e: WORST_FIRST.index(e[0]))
    columns = (
        draft.column("gap", 1.7),
        draft.column("severity"),
        draft.column("target", 0.9),
        draft.column("owner", 0.7),
        draft.column("closes_by", 0.4),
    )
    shown = entries[: MOST[lane]]
    rows = tuple(Row(f"{lane.value}-{key}", cells) for _, _, key, cells in shown)
    count = len(found) + len(own)
    rest = count - sum(n for _, n, _, _ in shown)
    title = draft.words(f"lanes.{lane.value}", n=draft.words.figure(count))
    note = left_over(draft, "other_gap", rest, "gaps")
    return Table(f"lane_{lane.value}", title, columns, rows, note)


def _grouped(draft: Draft, found: Sequence[Gap]) -> list[Group]:
    """Worst first, then in most places, then in bank order."""
    order = {question: n for n, question in enumerate(question_of(draft.audit))}
    by_question: dict[QuestionId, list[Gap]] = {}
    for gap in found:
        by_question.setdefault(gap.question, []).append(gap)
    groups = [Group(question, tuple(gaps)) for question, gaps in by_question.items()]
    groups.sort(key=lambda g: (WORST_FIRST.index(g.severity), -len(g.gaps), order[g.question]))
    return groups


def _cells(draft: Draft, group: Group) -> tuple[Cell, ...]:
    question = question_of(draft.audit)[group.question]
    severity = draft.words(f"severity.{group.severity.value}")
    return (
        plain(question.gap or question.text),
        plain(severity, tone=f"severity_{group.severity.value}"),
        plain(_where(draft, group.gaps)),
        _owner(draft, group),
        _by(draft, group.gaps),
    )


def _own_cells(draft: Draft, gap: OwnGap) -> tuple[Cell, ...]:
    severity = draft.words(f"severity.{gap.severity.value}")
    return (
        plain(draft.names.typed(gap.text)),
        plain(severity, tone=f"severity_{gap.severity.value}"),
        plain(draft.names.target(gap.target)),
        plain(draft.names.person(gap.owner, "label.no_owner")),
        due_cell(draft, gap.due) if gap.due else plain(draft.words("label.not_planned")),
    )


def _where(draft: Draft, found: Sequence[Gap]) -> str:
    names = [draft.names.target(gap.target) for gap in found]
    if len(names) == 1:
        return names[0]
    listed = cut(", ".join(names), WHERE_SIGNS)
    return draft.words("label.places", n=draft.words.figure(len(names)), names=listed)


def _owner(draft: Draft, group: Group) -> Cell:
    """Who took it on, else nobody and the role that the plan's action asks for."""
    owners = sorted({gap.note.owner for gap in group.gaps if gap.note and gap.note.owner})
    if owners:
        return plain("; ".join(draft.names.person(owner) for owner in owners))
    places = {workflow for gap in group.gaps for workflow in gap.workflows}
    roles = [
        action_role(draft, action)
        for action in draft.inputs.plan.actions
        if group.question in action.questions and places & set(action.workflows)
    ]
    return plain(draft.words("label.no_owner"), detail=roles[0] if roles else "")


def _by(draft: Draft, found: Sequence[Gap]) -> Cell:
    """The last date people set, else the last month in which the plan closes one of them."""
    dues = [gap.note.due for gap in found if gap.note and gap.note.due]
    if len(dues) == len(found):
        return due_cell(draft, max(dues))
    months = [closing_month(draft.inputs.plan, gap) for gap in found]
    known = [month for month in months if month is not None]
    if not known:
        return plain(draft.words("label.not_planned"))
    return plain(month_text(draft, max(known)))


def _find_out(draft: Draft) -> Iterator[Block]:
    """What nobody in the room could answer: those with a date first, then those with a name."""
    unknown = [gap for gap in draft.inputs.gaps if gap.not_known]
    if not unknown:
        return
    questions = question_of(draft.audit)
    rows = []
    for gap in unknown:
        answer = draft.audit.answers.get(gap.target, {}).get(gap.question, Answer())
        task = answer.find_out
        by, who = (task.by, task.who) if task else (None, None)
        cells = (
            plain(questions[gap.question].text),
            plain(draft.names.target(gap.target)),
            plain(draft.names.person(who, "label.nobody_yet"), tone="" if who else "alarm"),
            due_cell(draft, by),
        )
        key = f"{gap.question}-{draft.names.key(gap.target)}"
        rows.append(((by is None, str(by), who is None), Row(key, cells)))
    rows.sort(key=lambda pair: pair[0])
    columns = (
        draft.column("question", 1.8),
        draft.column("target", 0.9),
        draft.column("who", 0.7),
        draft.column("by", 0.4),
    )
    shown = tuple(row for _, row in rows[:MOST_TO_FIND_OUT])
    note = left_over(draft, "other_question", len(rows) - len(shown), "find_out")
    yield Table("find_out_first", draft.words("label.find_out"), columns, shown, note)


def _said(draft: Draft) -> Iterator[Block]:
    """Decisions taken, dissent, parking lot and attendance; external readers get counts."""
    audit = draft.audit
    if draft.names.is_external:
        counts = {
            "decision": len(audit.decisions),
            "dissent": room.dissents(draft),
            "parked": len(audit.parking),
            "recorded": len(audit.own_gaps),
        }
        kinds = kinds_of(draft, counts)
        if kinds:
            yield Text("left_out", (draft.say("lanes.left_out", kinds=kinds),))
    else:
        if room.taken(draft):
            yield room.decisions_table(draft, "decisions_taken", room.taken(draft), MOST_ROWS)
        if room.dissents(draft):
            yield room.dissent_table(draft, MOST_ROWS)
        if audit.parking:
            yield room.parking_table(draft, MOST_ROWS)
    if audit.attendance:
        yield room.attendance_table(draft, MOST_ROWS)


def shows_whole(draft: Draft, rows: int) -> bool:
    """A list of so many rows stands on this page to its end, so no annex need repeat it."""
    return is_printed(draft, PAGE) and rows <= MOST_ROWS
