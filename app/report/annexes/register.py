"""Annexes from the answers: all workflows, gap register, to find out, not applicable."""

from collections import Counter
from itertools import groupby

from app.charts.frame import MOST_ROWS
from app.domain.answers import Answer, Reply
from app.domain.bank import Question
from app.domain.conditions import WorkflowState
from app.domain.gaps import Gap, gap_key, own_gaps
from app.domain.ids import ORGANISATION, GapKey, QuestionId, Target
from app.domain.planning import GapNote, Severity
from app.domain.risk.results import Estimate
from app.report.annexes.own_gaps import left_out, own_gap_table
from app.report.calendar import due_cell, due_text
from app.report.draft import Draft, number, plain, question_of
from app.report.model import Block, Cell, Row, Section, Table
from app.report.pages import facts
from app.report.pages.apart import estimates
from app.report.pages.lanes import counted, parts
from app.report.pages.middle import stages_cell

SEVERITIES = tuple(Severity)


def workflows_annex(draft: Draft) -> Section:
    columns = (
        draft.column("workflow", 1.2),
        draft.column("unit", 0.9),
        draft.column("owner", 0.8),
        draft.column("lifecycle", 0.5),
        draft.column("state", 0.75),
        draft.column("conditions_met", 0.5, right=True),
        draft.column("stages_missing", 0.5, right=True),
        draft.column("benefit", 0.5, right=True),
    )
    rows = []
    for estimate in draft.estimates:
        record = draft.workflow(estimate.id)
        held = sum(state.is_held for state in estimate.conditions.golive.values())
        n_of_m = draft.n_of_m(held, len(estimate.conditions.golive))
        lifecycle = draft.words(f"lifecycle.{record.lifecycle.value}") if record.lifecycle else "–"
        rows.append(
            Row(
                draft.names.key(estimate.id),
                (
                    plain(draft.names.target(estimate.id)),
                    plain(draft.names.unit(record.unit) or "–"),
                    plain(draft.names.person(record.owner)),
                    plain(lifecycle),
                    plain(draft.words(f"state.{estimate.state.value}"), tone=estimate.state.value),
                    number(held, n_of_m),
                    stages_cell(draft, estimate.stages),
                    _money(draft, record.yearly_benefit),
                ),
            )
        )
    table = Table("workflows", draft.words("label.workflows_all"), columns, tuple(rows))
    count = Counter(estimate.state for estimate in draft.estimates)
    heading = draft.say(
        "workflows.heading",
        of=len(draft.estimates),
        uncovered=count[WorkflowState.LIVE_WITHOUT_COVER],
    )
    return Section(
        "workflows",
        draft.words("section.workflows"),
        heading,
        (),
        (table, estimates(draft, _estimated(draft), "estimates_all")),
    )


def _estimated(draft: Draft) -> tuple[Estimate, ...]:
    """All estimates of a small audit; of a large one those that are printed at all."""
    if len(draft.estimates) <= MOST_ROWS:
        return draft.estimates
    return tuple(estimate for estimate in draft.estimates if estimate.withheld is None)


def _money(draft: Draft, amount: float | None) -> Cell:
    return plain("–") if amount is None else number(amount, draft.money(amount))


def gaps_annex(draft: Draft) -> Section:
    """Every gap, worst first, with the level that was chosen and its words."""
    order = {question: i for i, question in enumerate(question_of(draft.audit))}
    found = sorted(
        draft.inputs.gaps,
        key=lambda gap: (SEVERITIES.index(gap.severity), order[gap.question], gap.target),
    )
    count = counted(draft)
    heading = draft.say(
        "gaps.heading",
        of=count.of,
        critical=count.severities[Severity.CRITICAL],
        high=count.severities[Severity.HIGH],
    )
    lead = (draft.say("gaps.rule"), parts(draft, count)) if count.of else ()
    blocks: list[Block] = [_gap_table(draft, found)] if found else []
    recorded = own_gaps(draft.audit)
    if recorded and draft.names.is_external:
        blocks.append(left_out(draft, recorded))
    elif recorded:
        blocks.append(own_gap_table(draft, "gaps_recorded", recorded))
    return Section("gaps", draft.words("section.gaps"), heading, lead, tuple(blocks))


def _gap_table(draft: Draft, found: list[Gap]) -> Table:
    """Rows by severity and question; each question heads its targets."""
    questions = question_of(draft.audit)
    columns = (
        draft.column("target", 0.8),
        draft.column("finding", 2),
        draft.column("owner", 0.75),
        draft.column("response", 0.75),
    )
    rows: list[Row] = []
    for (severity, question), group in groupby(found, key=lambda gap: (gap.severity, gap.question)):
        members = list(group)
        count = draft.words("label.cases", n=len(members))
        head = plain(
            draft.words(f"severity.{severity.value}"),
            tone=f"severity_{severity.value}",
            detail=f"{questions[question].text} ({question}{count if len(members) > 1 else ''})",
        )
        rows.append(Row(f"{severity.value}/{question}", (head,), heads=True))
        rows += [_gap_row(draft, gap, questions[question]) for gap in members]
    return Table("gaps", draft.words("label.gaps"), columns, tuple(rows))


def _key(draft: Draft, question: QuestionId, target: Target) -> GapKey:
    return gap_key(question, Target(draft.names.key(target)))


def _gap_row(draft: Draft, gap: Gap, question: Question) -> Row:
    note = gap.note or GapNote()
    if gap.level is None:
        finding = plain(draft.words("label.nobody_knows"))
    else:
        finding = plain(f"{draft.level(gap.level)}: {question.levels[gap.level]}")
    shared = gap.target == ORGANISATION or len(gap.workflows) > 1
    inherited = draft.words.count("workflow", len(gap.workflows)) if shared else ""
    return Row(
        _key(draft, gap.question, gap.target),
        (
            plain(draft.names.target(gap.target), detail=inherited),
            finding,
            plain(
                draft.names.person(note.owner, "label.no_owner"), detail=due_text(draft, note.due)
            ),
            plain(_response(draft, note)),
        ),
    )


def _response(draft: Draft, note: GapNote) -> str:
    if note.merged_into:
        return draft.words("label.merged")
    if note.response is None:
        return "–"
    text = draft.words(f"response.{note.response.value}")
    if note.accepted_until:
        text = draft.words(
            "label.until", what=text, date=draft.words.short_date(note.accepted_until)
        )
    because = draft.names.typed(note.because)
    return f"{text}: {because}" if because else text


def find_out_annex(draft: Draft) -> Section:
    questions = question_of(draft.audit)
    unknown = [gap for gap in draft.inputs.gaps if gap.not_known]
    columns = (
        draft.column("question", 1.8),
        draft.column("target", 0.9),
        draft.column("who", 0.8),
        draft.column("by", 0.5),
    )
    rows = []
    named = 0
    for gap in unknown:
        answer = draft.audit.answers.get(gap.target, {}).get(gap.question, Answer())
        task = answer.find_out
        named += bool(task and task.who)
        who = draft.names.person(task.who if task else None, "label.nobody_yet")
        cells = (
            plain(f"{questions[gap.question].text} ({gap.question})"),
            plain(draft.names.target(gap.target)),
            plain(who),
            due_cell(draft, task.by if task else None),
        )
        rows.append(Row(_key(draft, gap.question, gap.target), cells))
    heading = draft.say("find_out.heading", n=len(rows), named=named)
    table = Table("find_out", draft.words("label.find_out"), columns, tuple(rows))
    lead = (draft.say("find_out.rule"),)
    blocks: tuple[Block, ...] = (table,) if rows else ()
    return Section("find_out", draft.words("section.find_out"), heading, lead, blocks)


def waived_annex(draft: Draft) -> Section:
    """Answers that say "not applicable", with the reason that was given."""
    questions = question_of(draft.audit)
    rows = []
    for target, question, answer in facts.answers(draft.audit):
        said = answer.settled
        if said is None or said.reply is not Reply.NOT_APPLICABLE or question not in questions:
            continue
        cells = (
            plain(f"{questions[question].text} ({question})"),
            plain(draft.names.target(target)),
            plain(draft.names.typed(said.reason) or draft.words("label.no_reason")),
        )
        rows.append(Row(_key(draft, question, target), cells))
    columns = (
        draft.column("question", 1.6),
        draft.column("target", 0.8),
        draft.column("reason", 1.3),
    )
    share = draft.inputs.portfolio.waived
    heading = draft.say("waived.heading", n=len(rows), share=share)
    table = Table("waived", draft.words("label.waived"), columns, tuple(rows))
    blocks: tuple[Block, ...] = (table,) if rows else ()
    return Section("waived", draft.words("section.waived"), heading, (), blocks)
