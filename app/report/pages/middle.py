"""Page 2: who runs the seven stages of each workflow, and what fills them by hand."""

from collections.abc import Sequence

from app.charts.middle import StageCell, StageRow, middle_map
from app.charts.scene import Scene
from app.domain.bank import Stage
from app.domain.ids import StageId, WorkflowId
from app.domain.landscape import Mechanism, StageRecord
from app.domain.risk.results import Estimate, StageCover, StagesMissing
from app.domain.risk.stages import cover, is_asked, is_unowned, stage_level
from app.report.draft import Draft, cut, number, plain
from app.report.model import Cell, Line, Picture, Row, Section, Table

BY_HAND_SIGNS = 90


def middle_page(draft: Draft) -> Section:
    stages = sorted(draft.audit.bank.stages, key=lambda stage: stage.order)
    return Section(
        "middle",
        draft.words("section.middle"),
        _heading(draft, stages),
        _lead(draft),
        (
            Picture("middle_map", draft.words("caption.middle"), _map(draft, stages)),
            _by_stage(draft, stages),
        ),
    )


def stages_cell(draft: Draft, found: StagesMissing) -> Cell:
    """Stages missing of all; how many are not recorded is said, and none counts as covered."""
    if found.unknown == found.of:
        return plain(draft.words("label.not_recorded"))
    detail = ""
    if found.unknown:
        detail = draft.words("label.not_recorded_n", n=draft.words.figure(found.unknown))
    return number(found.missing, draft.n_of_m(found.missing, found.of), detail=detail)


def _missing(draft: Draft, stage: StageId, cover: StageCover = StageCover.MISSING) -> int:
    return sum(estimate.stages.cover.get(stage) is cover for estimate in draft.estimates)


def _heading(draft: Draft, stages: Sequence[Stage]) -> Line:
    found = draft.inputs.portfolio.stages
    most = max(stages, key=lambda stage: (_missing(draft, stage.id), -stage.order))
    return draft.say(
        "middle.heading",
        missing=found.missing,
        unknown=found.unknown,
        of=found.of,
        stage=most.title,
        n=_missing(draft, most.id),
        workflows=len(draft.estimates),
        stages=len(stages),
    )


def _lead(draft: Draft) -> tuple[Line, ...]:
    found = draft.inputs.portfolio.stages
    load = "load_single" if draft.is_single else "load"
    if not (found.missing or found.unknown):
        return (draft.say("middle.rule"),)
    return (
        draft.say("middle.rule"),
        draft.say(f"middle.{load}", missing=found.load_missing, unknown=found.load_unknown),
    )


def _map(draft: Draft, stages: Sequence[Stage]) -> Scene:
    rows = [
        StageRow(
            draft.names.key(estimate.id),
            draft.names.target(estimate.id),
            _detail(draft, estimate),
            tuple(stage_cell(draft, estimate.id, stage.id) for stage in stages),
        )
        for estimate in draft.estimates
    ]
    titles = [stage.title for stage in stages]
    return middle_map(rows, titles, draft.audit.bank.level_names, draft.words)


def _detail(draft: Draft, estimate: Estimate) -> str:
    lifecycle = draft.workflow(estimate.id).lifecycle
    state = draft.words(f"state.{estimate.state.value}")
    if lifecycle is None:
        return state
    return f"{draft.words(f'lifecycle.{lifecycle.value}')}, {draft.words.inside(state)}"


def stage_cell(draft: Draft, workflow: WorkflowId, stage: StageId) -> StageCell:
    """Owner, what does the work and the level of the answers; empty where nobody was asked."""
    record, case = (
        draft.audit.stages.get(workflow, {}).get(stage, StageRecord()),
        draft.cases[workflow],
    )
    if record == StageRecord() and not is_asked(case, stage):
        return StageCell("", level=None)
    missing, nobody = cover(record) is StageCover.MISSING, is_unowned(record, case, stage)
    by_hand = draft.words("chart.by_hand") if record.mechanism is Mechanism.USER else ""
    nothing = draft.words("chart.nothing") if record.mechanism is Mechanism.NOBODY else ""
    if nobody or record.owner is None:
        text = draft.words("chart.none" if nobody else "chart.unknown")
    else:
        text = draft.names.short(record.owner)
    level = stage_level(case, stage)
    if nobody and level is None:
        level = 0
    return StageCell(text, by_hand or nothing, level, missing)


def _by_stage(draft: Draft, stages: Sequence[Stage]) -> Table:
    counts = (
        draft.column("missing", 0.28, right=True),
        draft.column("unrecorded", 0.28, right=True),
    )
    columns = (
        draft.column("stage", 0.5),
        *((draft.column("stands", 0.4),) if draft.is_single else counts),
        draft.column("load", 0.22, right=True),
        draft.column("follows", 1.6),
    )
    rows = []
    for stage in stages:
        cells = (
            plain(stage.title),
            *_standing(draft, stage.id),
            number(stage.load, draft.words.percent(stage.load / 100)),
            plain(_follows(draft, stage), detail=_hands(draft, stage.id)),
        )
        rows.append(Row(stage.id, cells))
    title = draft.words("label.by_stage")
    return Table("stages", title, columns, tuple(rows), draft.say("middle.source").text)


def _follows(draft: Draft, stage: Stage) -> str:
    """A fact where the stage is missing, a warning where nobody recorded it, else nothing."""
    if _missing(draft, stage.id):
        return stage.if_missing
    if _missing(draft, stage.id, StageCover.NOT_KNOWN):
        return draft.words("label.if_missing", what=stage.if_missing)
    return "–"


def _standing(draft: Draft, stage: StageId) -> tuple[Cell, ...]:
    """Workflows in which the stage is missing and not known; of a single workflow the word."""
    missing = _missing(draft, stage)
    alarm = "alarm" if missing else ""
    if draft.is_single:
        cover = draft.estimates[0].stages.cover.get(stage, StageCover.NOT_KNOWN)
        return (plain(draft.words(f"stage_cover.{cover.value}"), tone=alarm),)
    unknown = _missing(draft, stage, StageCover.NOT_KNOWN)
    figure = draft.words.figure
    return (
        number(missing, figure(missing), tone=alarm),
        number(unknown, figure(unknown)),
    )


def _hands(draft: Draft, stage: StageId) -> str:
    """Who did it by hand in the pilots, as typed."""
    if draft.names.is_external:
        return ""
    found = sorted(
        {
            draft.names.typed(record.by_hand)
            for workflow in sorted(draft.cases)
            if (record := draft.audit.stages.get(workflow, {}).get(stage))
            and record.by_hand.strip()
        }
    )
    if not found:
        return ""
    return cut(draft.words("label.by_hand", who="; ".join(found)), BY_HAND_SIGNS)
