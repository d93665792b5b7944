"""Registers of what is audited: workflows, stages, scores, rules and sources."""

from collections import Counter

from msgspec import Struct

from app.domain.bank import Stage
from app.domain.enforcement import rule_covers
from app.domain.ids import PolicyId, SourceId, WorkflowId
from app.domain.landscape import ContextSource, Policy, StageRecord
from app.domain.risk.relative import printed
from app.domain.risk.results import Estimate, StageCover, StagesMissing, Withheld
from app.domain.risk.stages import stage_level
from app.report.draft import Draft
from app.report.model import Cell, Table
from app.report.registers import fields as f


def workflows_register(draft: Draft) -> Table:
    """Active workflows in the report's order, then those left out of it, by id."""
    estimates = {e.id: e for e in draft.estimates}
    rest = sorted(set(draft.audit.workflows) - set(estimates))

    def state(w: WorkflowId) -> Cell:
        if w not in estimates:
            return Cell(draft.words("label.left_plan"))
        return _state(draft, estimates[w])

    def held(w: WorkflowId) -> int | None:
        if w not in estimates:
            return None
        return sum(s.is_held for s in estimates[w].conditions.golive.values())

    def word(w: WorkflowId, field: str) -> str:
        member = getattr(draft.workflow(w), field)
        return draft.words(f"{field}.{member.value}") if member else ""

    def stages(w: WorkflowId) -> StagesMissing | None:
        return estimates[w].stages if w in estimates else None

    def missing(w: WorkflowId) -> int | None:
        """Nothing where no stage is recorded: that is not the same as none missing."""
        found = stages(w)
        return found.missing if found and found.unknown < found.of else None

    def typed(field: str) -> f.Field[WorkflowId]:
        return f.text(draft, field, lambda w: draft.names.typed(getattr(draft.workflow(w), field)))

    fields: tuple[f.Field[WorkflowId], ...] = (
        f.text(draft, "workflow", lambda w: draft.names.target(w), share=1.5),
        f.text(draft, "unit", lambda w: draft.names.unit(draft.workflow(w).unit)),
        f.owner(draft, f.owners(draft), lambda w: draft.workflow(w).owner),
        f.text(draft, "lifecycle", lambda w: word(w, "lifecycle"), share=0.6),
        f.toned(draft, "state", state),
        f.count(draft, "conditions_met", held),
        f.count(
            draft,
            "conditions_of",
            lambda w: len(estimates[w].conditions.golive) if w in estimates else None,
        ),
        f.count(draft, "stages_missing", missing),
        f.count(draft, "stages_not_recorded", lambda w: s.unknown if (s := stages(w)) else None),
        f.count(draft, "stages_of", lambda w: s.of if (s := stages(w)) else None),
        f.money(draft, "benefit", lambda w: draft.workflow(w).yearly_benefit),
        f.text(draft, "outcome", lambda w: word(w, "outcome"), share=0.6),
        typed("purpose"),
        f.text(draft, "supplier", lambda w: draft.names.supplier(draft.workflow(w).provider)),
        *map(typed, ("model", "planned_change", "note")),
    )
    found = (*estimates, *rest)
    return f.register(draft, "workflows", found, lambda w: draft.names.key(w), fields)


def _state(draft: Draft, estimate: Estimate) -> Cell:
    return Cell(draft.words(f"state.{estimate.state.value}"), tone=estimate.state.value)


class StageRow(Struct, frozen=True):
    estimate: Estimate
    stage: Stage
    record: StageRecord


def stages_register(draft: Draft) -> Table:
    """Each stage of each active workflow; key workflow/stage."""
    records = draft.audit.stages
    rows = [
        StageRow(e, stage, records.get(e.id, {}).get(stage.id, StageRecord()))
        for e in draft.estimates
        for stage in sorted(draft.audit.bank.stages, key=lambda stage: stage.order)
    ]

    def cover(row: StageRow) -> Cell:
        found = row.estimate.stages.cover.get(row.stage.id, StageCover.NOT_KNOWN)
        tone = "alarm" if found is StageCover.MISSING else ""
        return Cell(draft.words(f"stage_cover.{found.value}"), tone=tone)

    def word(row: StageRow, field: str, table: str) -> str:
        member = getattr(row.record, field)
        return draft.words(f"{table}.{member.value}") if member else ""

    fields: tuple[f.Field[StageRow], ...] = (
        f.text(draft, "workflow", lambda r: draft.names.target(r.estimate.id), share=1.5),
        f.text(draft, "stage", lambda r: r.stage.title),
        f.toned(draft, "cover", cover, share=0.6),
        f.owner(draft, f.owners(draft), lambda r: r.record.owner),
        f.text(draft, "mechanism", lambda r: word(r, "mechanism", "mechanism")),
        f.text(draft, "stage_state", lambda r: word(r, "state", "stage_state"), share=0.6),
        f.count(draft, "level", lambda r: stage_level(draft.cases[r.estimate.id], r.stage.id)),
        f.text(draft, "tool", lambda r: draft.names.typed(r.record.tool)),
        f.text(draft, "by_hand", lambda r: draft.names.typed(r.record.by_hand)),
        f.text(draft, "note", lambda r: draft.names.typed(r.record.note)),
    )
    return f.register(
        draft, "stages", rows, lambda r: f"{draft.names.key(r.estimate.id)}/{r.stage.id}", fields
    )


def scores_register(draft: Draft) -> Table:
    """The estimate of each active workflow as the report prints it; what is withheld, in words."""

    def relative(e: Estimate, field: str) -> float | None:
        return None if e.withheld else round(float(getattr(e.relative, field)), 1)

    def chance(e: Estimate, field: str, *, full: bool = False) -> float | None:
        if e.withheld:
            return None
        found = printed(e.risk, e.full_range if full else e.range)
        return float(getattr(found, field)) / 100

    def answered(e: Estimate) -> float:
        return draft.answered(e.coverage.weight) / 100

    fields: tuple[f.Field[Estimate], ...] = (
        f.text(draft, "workflow", lambda e: draft.names.target(e.id), share=1.5),
        f.toned(draft, "state", lambda e: _state(draft, e)),
        f.text(draft, "in_words", lambda e: _in_words(draft, e), share=1.5),
        f.count(draft, "relative", lambda e: relative(e, "value"), digits=1),
        f.count(draft, "relative_low", lambda e: relative(e, "low"), digits=1),
        f.count(draft, "relative_high", lambda e: relative(e, "high"), digits=1),
        f.share(draft, "chance", lambda e: chance(e, "risk")),
        f.share(draft, "answer_low", lambda e: chance(e, "low")),
        f.share(draft, "answer_high", lambda e: chance(e, "high")),
        f.share(draft, "full_low", lambda e: chance(e, "low", full=True)),
        f.share(draft, "full_high", lambda e: chance(e, "high", full=True)),
        f.share(draft, "answered", answered),
    )
    return f.register(draft, "scores", draft.estimates, lambda e: draft.names.key(e.id), fields)


def _in_words(draft: Draft, estimate: Estimate) -> str:
    if estimate.withheld is None:
        return draft.words(f"relative.{estimate.relative.word.value}")
    if estimate.withheld is Withheld.TOO_LITTLE_KNOWN:
        percent = draft.words("format.percent", value=draft.answered(estimate.coverage.weight))
        return draft.words("withheld.too_little_known", answered=percent)
    return draft.words(f"withheld.{estimate.withheld.value}")


def policies_register(draft: Draft) -> Table:
    covers = rule_covers(draft.audit)
    order = sorted(draft.audit.policies)

    def record(policy: PolicyId) -> Policy:
        return draft.audit.policies[policy]

    fields: tuple[f.Field[PolicyId], ...] = (
        f.text(draft, "rule", lambda p: draft.names.typed(record(p).text), share=f.WIDE),
        f.owner(draft, f.owners(draft), lambda p: record(p).owner),
        f.day(draft, "signed", lambda p: record(p).signed),
        f.text(draft, "rule_state", lambda p: draft.words(f"rule.{covers[p].state.value}")),
        f.count(draft, "enforced", lambda p: covers[p].enforced),
        f.count(draft, "tested", lambda p: covers[p].tested),
        f.text(draft, "note", lambda p: draft.names.typed(record(p).note)),
    )
    return f.register(draft, "policies", order, lambda p: f"rule-{order.index(p) + 1}", fields)


def sources_register(draft: Draft) -> Table:
    drawing = Counter(source for links in draft.audit.links.values() for source in links)

    def record(source: SourceId) -> ContextSource:
        return draft.audit.sources[source]

    def typed(field: str) -> f.Field[SourceId]:
        return f.text(
            draft, field, lambda s: draft.names.typed(getattr(record(s), field)), share=0.8
        )

    fields: tuple[f.Field[SourceId], ...] = (
        f.text(draft, "source", lambda s: draft.names.target(s), share=1.5),
        typed("kind"),
        typed("system"),
        f.owner(draft, f.owners(draft), lambda s: record(s).owner),
        f.count(draft, "drawing", lambda s: drawing[s]),
        *map(
            typed,
            (
                "place",
                "freshness_wanted",
                "freshness_real",
                "cleanliness",
                "structure",
                "sensitivity",
                "access",
                "note",
            ),
        ),
    )
    order = sorted(draft.audit.sources)
    return f.register(draft, "sources", order, lambda s: draft.names.key(s), fields)
