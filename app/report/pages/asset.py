"""From tenant to asset, where a model of one's own is a goal: what is rented, what would break."""

from app.charts.frame import MOST_ROWS
from app.domain.bank import Question
from app.domain.landscape import Tenure
from app.domain.replies import Standing, Status
from app.domain.risk.results import Bounded, Estimate
from app.report.draft import Draft, number, plain
from app.report.left_over import left_over
from app.report.model import Cell, Column, Line, Row, Section, Table


def asset_page(draft: Draft) -> Section | None:
    """None where no active workflow has a model of its own as a goal."""
    wanted = [e for e in draft.estimates if draft.workflow(e.id).own_model_goal]
    if not wanted:
        return None
    return Section(
        "asset",
        draft.words("section.asset"),
        _heading(draft, wanted),
        (draft.say("asset.rule"),),
        (_table(draft, wanted), _asked(draft, wanted)),
    )


def _index(draft: Draft, estimate: Estimate) -> Bounded | None:
    return draft.inputs.assets.get(estimate.id)


def _heading(draft: Draft, wanted: list[Estimate]) -> Line:
    found = [index for e in wanted if (index := _index(draft, e)) is not None]
    records = [draft.workflow(e.id) for e in wanted]
    return draft.say(
        "asset.heading",
        n=len(wanted),
        of=len(draft.estimates),
        name=draft.names.target(wanted[0].id),
        rented=sum(r.tenure is Tenure.RENTED for r in records),
        running=sum(r.custom_model is True for r in records),
        index=round(found[0].index) if len(found) == 1 else None,
        least=round(min((f.index for f in found), default=0)),
        most=round(max((f.index for f in found), default=0)),
        known=len(found),
    )


def _table(draft: Draft, wanted: list[Estimate]) -> Table:
    columns = (
        draft.column("workflow", 1.1),
        draft.column("asset_index", 0.7, right=True),
        draft.column("tenure", 0.6),
        draft.column("supplier", 0.8),
        draft.column("model", 0.9),
        draft.column("own_model", 0.6),
    )
    rows = tuple(Row(draft.names.key(e.id), _cells(draft, e)) for e in wanted[:MOST_ROWS])
    note = left_over(draft, "other_workflow_plain", len(wanted) - len(rows), "workflows")
    return Table("assets", draft.words("label.assets"), columns, rows, note)


def _cells(draft: Draft, estimate: Estimate) -> tuple[Cell, ...]:
    record, words = draft.workflow(estimate.id), draft.words
    unknown = words("label.not_recorded")
    found = _index(draft, estimate)
    index = plain("–")
    if found:
        figure = words.figure
        span = words.span(figure(found.low), figure(found.high))
        index = number(found.index, f"{figure(found.index)} ({span})")
    running = unknown
    if record.custom_model is not None:
        running = words("label.runs" if record.custom_model else "label.planned")
    return (
        plain(draft.names.target(estimate.id)),
        index,
        plain(words(f"tenure.{record.tenure.value}") if record.tenure else unknown),
        plain(draft.names.supplier(record.provider) or unknown),
        plain(draft.names.typed(record.model) or unknown),
        plain(running),
    )


def _asked(draft: Draft, wanted: list[Estimate]) -> Table:
    """The questions of the index with the level that was chosen and its words."""
    columns: tuple[Column, ...] = (
        draft.column("question", 1.2),
        draft.column("target", 0.8),
        draft.column("finding", 1.6),
    )
    standings: dict[tuple[str, str], Standing] = {}
    for estimate in wanted[:MOST_ROWS]:
        for question in draft.audit.bank.asset:
            for standing in draft.cases[estimate.id].of(question):
                standings.setdefault((question, standing.target), standing)
    order = {question: n for n, question in enumerate(draft.audit.bank.asset)}
    keys = sorted(standings, key=lambda key: (order[standings[key].question.id], key[1]))
    rows = tuple(_asked_row(draft, standings[key]) for key in keys[:MOST_ROWS])
    note = left_over(draft, "other_question", len(keys) - len(rows), "gaps")
    return Table("asset_questions", draft.words("label.asset_questions"), columns, rows, note)


def _asked_row(draft: Draft, standing: Standing) -> Row:
    question = standing.question
    key = f"{question.id}-{draft.names.key(standing.target)}"
    where = draft.names.target(standing.target)
    return Row(key, (plain(question.text), plain(where), finding(draft, question, standing)))


def finding(draft: Draft, question: Question, standing: Standing) -> Cell:
    """The level with its name and words, or why there is none."""
    if standing.status is Status.ANSWERED and standing.level is not None:
        level = standing.level
        return plain(draft.level(level), detail=question.levels[level])
    if standing.status is Status.UNKNOWN:
        return plain(draft.words("label.nobody_knows"), tone="alarm")
    return plain(draft.words(f"condition.{standing.status.value}"))
