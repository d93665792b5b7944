"""Stages with no owner or no mechanism, from stage records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.domain.audit import Audit
from app.domain.bank import Bank
from app.domain.ids import NOBODY, StageId, WorkflowId
from app.domain.landscape import Mechanism, StageRecord
from app.domain.replies import Case, Standing, Status
from app.domain.risk.results import StageCover, StagesMissing

WORST_FIRST = (StageCover.MISSING, StageCover.NOT_KNOWN, StageCover.COVERED)


def cover(record: StageRecord) -> StageCover:
    """Missing: nobody owns it, or nobody or the user does the work. Source: scoring.md 2.11."""
    if record.owner == NOBODY or record.mechanism in (Mechanism.NOBODY, Mechanism.USER):
        return StageCover.MISSING
    both = record.owner is not None and record.mechanism is not None
    return StageCover.COVERED if both else StageCover.NOT_KNOWN


def stage_level(case: Case, stage: StageId) -> int | None:
    """Middle level (0 to 4) of the answers given about the stage, the lower one of two."""
    levels = sorted(
        standing.level
        for standing in _about(case, stage)
        if standing.status is Status.ANSWERED and standing.level is not None
    )
    return levels[(len(levels) - 1) // 2] if levels else None


def is_unowned(record: StageRecord, case: Case, stage: StageId) -> bool:
    """Nobody owns the stage: so recorded or, where no owner is, so answered. No part of `cover`."""
    if record.owner is not None:
        return record.owner == NOBODY
    return any(
        standing.question.facet == "owner" and standing.level == 0
        for standing in _about(case, stage)
    )


def is_asked(case: Case, stage: StageId) -> bool:
    """Somebody was asked something about the stage, whatever came of it."""
    return any(standing.status is not Status.NOT_ASKED for standing in _about(case, stage))


def _about(case: Case, stage: StageId) -> Iterator[Standing]:
    return (standing for standing in case.standings if standing.question.stage == stage)


def stages_missing(audit: Audit, workflow: WorkflowId) -> StagesMissing:
    """Counts of one workflow; loads are shares of the orchestration load, 0 to 1."""
    records = audit.stages.get(workflow, {})
    return _summed(
        audit.bank, {s.id: cover(records.get(s.id, StageRecord())) for s in audit.bank.stages}
    )


def _summed(bank: Bank, covers: Mapping[StageId, StageCover]) -> StagesMissing:
    total = sum(s.load for s in bank.stages) or 1.0

    def load(kind: StageCover) -> float:
        return sum(s.load for s in bank.stages if covers[s.id] is kind) / total

    kinds = list(covers.values())
    return StagesMissing(
        cover=covers,
        missing=kinds.count(StageCover.MISSING),
        unknown=kinds.count(StageCover.NOT_KNOWN),
        of=len(kinds),
        load_missing=load(StageCover.MISSING),
        load_unknown=load(StageCover.NOT_KNOWN),
    )


def stages_together(found: Sequence[StagesMissing]) -> StagesMissing:
    """Counts add up, loads are means over workflows, a stage is as covered as its worst."""
    return StagesMissing(
        cover={stage: _worst(f.cover[stage] for f in found) for stage in found[0].cover},
        missing=sum(f.missing for f in found),
        unknown=sum(f.unknown for f in found),
        of=sum(f.of for f in found),
        load_missing=sum(f.load_missing for f in found) / len(found),
        load_unknown=sum(f.load_unknown for f in found) / len(found),
    )


def _worst(covers: Iterable[StageCover]) -> StageCover:
    return min(covers, key=WORST_FIRST.index)
