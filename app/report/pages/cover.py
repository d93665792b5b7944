"""Page 3: the go-live conditions of each workflow, what to show and who finds out."""

from app.charts.cover import CoverRow, cover_map
from app.domain.answers import Answer
from app.domain.bank import Question
from app.domain.conditions import ConditionState, entry_questions, golive_questions
from app.domain.ids import QuestionId
from app.domain.replies import Status
from app.domain.risk.results import ConditionCount
from app.report.draft import Draft, number, plain
from app.report.model import Line, Picture, Row, Section, Table
from app.report.pages import workflow_tables

MOST_NAMES = 3


def cover_page(draft: Draft) -> Section:
    questions = golive_questions(draft.audit.bank)
    rows = [
        CoverRow(
            draft.names.key(estimate.id),
            draft.names.target(estimate.id),
            draft.words(f"state.{estimate.state.value}"),
            tuple(_code(estimate.conditions.golive[question.id]) for question in questions),
        )
        for estimate in draft.estimates
    ]
    scene = cover_map(rows, [draft.short(question.id) for question in questions], draft.words)
    return Section(
        "conditions",
        draft.words("section.conditions"),
        _heading(draft),
        (draft.say("conditions.rule"), _entry(draft)),
        (
            Picture("conditions_map", draft.words("caption.conditions"), scene),
            workflow_tables.conditions(draft, draft.estimates[0], "single")
            if draft.is_single
            else _by_condition(draft, questions),
        ),
    )


def _code(state: ConditionState) -> str:
    return "not_known" if state is ConditionState.UNKNOWN else state.value


def _heading(draft: Draft) -> Line:
    states = [s for e in draft.estimates for s in e.conditions.golive.values()]
    live = [s for e in draft.estimates if draft.is_live(e.id) for s in e.conditions.golive.values()]
    return draft.say(
        "conditions.heading",
        met=sum(state.is_held for state in states),
        of=len(states),
        live_met=sum(state.is_held for state in live),
        live_of=0 if draft.is_single else len(live),
        said=sum(state is ConditionState.SAID for state in states),
    )


def _entry(draft: Draft) -> Line:
    """How many workflows hold each entry question; of a single workflow how each one stands."""
    parts = []
    for question in entry_questions(draft.audit.bank):
        if draft.is_single:
            state = draft.estimates[0].conditions.entry[question.id]
            parts.append(f"{draft.short(question.id)} {draft.words(f'condition.{state.value}')}")
            continue
        held = sum(e.conditions.entry[question.id].is_held for e in draft.estimates)
        count = draft.n_of_m(held, len(draft.estimates))
        parts.append(f"{draft.short(question.id)} {count}")
    return draft.say("conditions.entry", parts=parts)


def _by_condition(draft: Draft, questions: tuple[Question, ...]) -> Table:
    columns = (
        draft.column("condition", 0.85),
        draft.column("show", 2),
        draft.column("met", right=True),
        draft.column("said", right=True),
        draft.column("not_met", right=True),
        draft.column("not_known", right=True),
        draft.column("not_asked", right=True),
        draft.column("finds_out", 0.6),
    )
    rows = []
    for question in questions:
        count = draft.inputs.portfolio.conditions.get(question.id, ConditionCount())
        rows.append(
            Row(
                question.id,
                (
                    plain(draft.short(question.id)),
                    plain(question.evidence or "–"),
                    number(count.met, draft.words.figure(count.met)),
                    number(count.said, draft.words.figure(count.said)),
                    number(
                        count.not_met,
                        draft.words.figure(count.not_met),
                        tone="alarm" if count.not_met else "",
                    ),
                    number(count.unknown, draft.words.figure(count.unknown)),
                    number(count.not_asked, draft.words.figure(count.not_asked)),
                    plain(_finders(draft, question.id)),
                ),
            )
        )
    return Table("conditions", draft.words("label.by_condition"), columns, tuple(rows))


def _finders(draft: Draft, question: QuestionId) -> str:
    """Who took on what nobody knew, and in how many places nobody did."""
    places = sorted(
        {
            standing.target
            for case in draft.cases.values()
            for standing in case.of(question)
            if standing.status is Status.UNKNOWN
        }
    )
    if not places:
        return "–"
    tasks = [draft.audit.answers.get(t, {}).get(question, Answer()).find_out for t in places]
    taken = sorted({task.who for task in tasks if task and task.who})
    free = sum(not (task and task.who) for task in tasks)
    names = [draft.names.person(person) for person in taken[:MOST_NAMES]]
    if names and free:
        names.append(draft.words("label.nobody_yet_n", n=draft.words.figure(free)))
    return "; ".join(names) or draft.words("label.nobody_yet")
