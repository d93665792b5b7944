"""One part per chosen workflow: its state and why, who runs it, what is missing, what was tried."""

from app.domain.bank import Stage
from app.domain.conditions import ConditionState, WorkflowState
from app.domain.ids import NOBODY
from app.domain.landscape import StageRecord
from app.domain.risk.results import Estimate, StageCover
from app.domain.risk.stages import stage_level
from app.errors import ExportFailed
from app.report.draft import Draft, number, plain
from app.report.model import Block, Cell, Line, Row, Section, Table, Text
from app.report.pages import workflow_tables as tables
from app.report.pages.apart import estimate_line

SMALL = 12
"""Active workflows up to which each has its page where the part is asked for and none is named."""


def workflow_pages(draft: Draft) -> list[Section]:
    """Of the workflows named; where the part is asked for without a name, of the first twelve."""
    return [_page(draft, n, estimate) for n, estimate in enumerate(with_page(draft), 1)]


def with_page(draft: Draft) -> tuple[Estimate, ...]:
    """The workflows that have a page where the part is printed."""
    named = draft.request.workflows
    if not named:
        return draft.estimates[:SMALL] if draft.request.sections is not None else ()
    known = {estimate.id: estimate for estimate in draft.estimates}
    strange = sorted(set(named) - set(known))
    if strange:
        raise ExportFailed(
            f"No active workflow has the id {', '.join(strange)}, so it has no page; nothing was "
            "written. Choose among the active workflows of this audit."
        )
    return tuple(estimate for estimate in draft.estimates if estimate.id in named)


def _page(draft: Draft, n: int, found: Estimate) -> Section:
    key = draft.names.key(found.id)
    blocks: list[Block] = [
        _run(draft, found),
        tables.standing(draft, found),
        _estimate(draft, found),
        *tables.gaps(draft, found),
        *tables.actions(draft, found),
        *tables.tried(draft, found),
        *tables.rules(draft, found),
        *tables.sources(draft, found),
    ]
    return Section(
        f"workflow-{key}",
        draft.words("label.workflow_part", n=n, name=draft.names.target(found.id)),
        _heading(draft, found),
        _lead(draft, found),
        tuple(blocks),
    )


def _heading(draft: Draft, found: Estimate) -> Line:
    return draft.say(
        "brief.heading_single",
        name=draft.names.target(found.id),
        state=found.state.value,
        met=sum(state.is_held for state in found.conditions.golive.values()),
        of=len(found.conditions.golive),
        answered=found.coverage.answered,
        live=draft.is_live(found.id),
    )


def _lead(draft: Draft, found: Estimate) -> tuple[Line, ...]:
    record, names = draft.workflow(found.id), draft.names
    lines = [
        draft.say(
            "workflow.who",
            owner=names.person(record.owner) if record.owner else "",
            unit=names.unit(record.unit),
            lifecycle=draft.words(f"lifecycle.{record.lifecycle.value}")
            if record.lifecycle
            else "",
            live_since=draft.words.date(record.go_live)
            if record.go_live and record.is_live
            else "",
            benefit=draft.money(record.yearly_benefit) if record.yearly_benefit else "",
        )
    ]
    lines.append(_reasons(draft, found))
    if names.is_external:
        lines.append(draft.say("workflow.left_out"))
    return tuple(lines)


def _reasons(draft: Draft, found: Estimate) -> Line:
    """Why the state is what it is: what is not settled, by how far it is from being settled."""

    def named(*states: ConditionState, entry: bool = False) -> str:
        group = found.conditions.entry if entry else found.conditions.golive
        if not entry and all(state in states for state in group.values()):
            return draft.words("label.all_conditions", n=draft.words.number(len(group)))
        return draft.words.listing(draft.short(q) for q, state in group.items() if state in states)

    undefined = found.state is WorkflowState.NOT_DEFINED
    open_states = [state for state in ConditionState if not state.is_held]
    return draft.say(
        "workflow.reasons",
        entry=named(*open_states, entry=True) if undefined else "",
        not_met=named(ConditionState.NOT_MET),
        said=named(ConditionState.SAID),
        unknown=named(ConditionState.UNKNOWN),
        not_asked=named(ConditionState.NOT_ASKED),
    )


def _run(draft: Draft, found: Estimate) -> Table | Text:
    """Who runs the stages; a line where nothing was recorded."""
    stages = sorted(draft.audit.bank.stages, key=lambda stage: stage.order)
    if not draft.audit.stages.get(found.id):
        line = draft.say("workflow.no_stages", stages=len(stages))
        return Text(f"stages_{draft.names.key(found.id)}", (line,))
    return _stages(draft, found, stages)


def _stages(draft: Draft, found: Estimate, stages: list[Stage]) -> Table:
    """From pilot to production: who did each stage by hand, and what does it now."""
    external = draft.names.is_external
    columns = [draft.column("stage", 0.8), draft.column("owner", 0.9)]
    if not external:
        columns.append(draft.column("hand", 1.3))
    columns += [draft.column("done_by", 1), draft.column("state", 0.7), draft.column("level")]
    records = draft.audit.stages.get(found.id, {})
    rows = tuple(
        Row(
            stage.id,
            _stage_cells(
                draft, found, stage, records.get(stage.id, StageRecord()), typed=not external
            ),
        )
        for stage in stages
    )
    title = draft.words("label.to_production")
    return Table(f"stages_{draft.names.key(found.id)}", title, tuple(columns), rows)


def _stage_cells(
    draft: Draft, found: Estimate, stage: Stage, record: StageRecord, *, typed: bool
) -> tuple[Cell, ...]:
    words, names = draft.words, draft.names
    missing = found.stages.cover.get(stage.id) is StageCover.MISSING
    alarm = "alarm" if record.owner == NOBODY else ""
    tool = names.typed(record.tool) if typed else ""
    level = stage_level(draft.cases[found.id], stage.id)
    done_by = words(f"mechanism.{record.mechanism.value}") if record.mechanism else "–"
    by_hand = (plain(names.typed(record.by_hand) or "–"),) if typed else ()
    return (
        plain(stage.title),
        plain(names.person(record.owner), tone=alarm),
        *by_hand,
        plain(done_by, detail=tool, tone="alarm" if missing and record.mechanism else ""),
        plain(words(f"stage_state.{record.state.value}") if record.state else "–"),
        plain("–") if level is None else number(level, words.figure(level)),
    )


def _estimate(draft: Draft, found: Estimate) -> Text:
    """All figures of the ruler that section 4 draws."""
    return Text(f"estimate_{draft.names.key(found.id)}", (estimate_line(draft, found),))
