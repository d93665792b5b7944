"""The model: what leads, what is withheld, what is said and what is left to the annexes."""

import datetime as dt
import re

import pytest
from msgspec.structs import replace

from app.domain.answers import Confirmation
from app.domain.audit import Audit
from app.domain.conditions import WorkflowState
from app.domain.edits.workshop import fingerprint
from app.domain.ids import DecisionId, PersonId, WorkflowId
from app.domain.landscape import Outcome
from app.domain.workshop import Decision
from app.errors import ExportFailed
from app.report.inputs import ReportInputs
from app.report.model import Audience, Picture, ReportModel, Section, Table, Text
from tests.report.conftest import Maker
from tests.report.inputs import inputs_of
from tests.report.variants import many, only, unasked


def section(model: ReportModel, key: str) -> Section:
    return next(s for s in (*model.sections, *model.annexes) if s.key == key)


def table(model: ReportModel, where: str, key: str) -> Table:
    blocks = section(model, where).blocks
    return next(b for b in blocks if isinstance(b, Table) and b.key == key)


def text_of(found: Table) -> str:
    return " ".join(f"{c.text} {c.detail}" for row in found.rows for c in row.cells)


def test_an_audit_without_an_active_workflow_has_no_report(
    sample_inputs: ReportInputs, make: Maker
) -> None:
    nothing = replace(sample_inputs.portfolio, estimates=())
    with pytest.raises(ExportFailed, match="no active workflow"):
        make(replace(sample_inputs, portfolio=nothing))


def test_states_lead_in_their_order_with_benefit(
    models: dict[Audience, ReportModel], sample_inputs: ReportInputs
) -> None:
    rows = models[Audience.FULL].brief.states.rows
    assert [row.key for row in rows][:4] == [state.value for state in WorkflowState]
    counts = {row.key: row.cells[1].value for row in rows}
    for state, count in sample_inputs.portfolio.states.items():
        assert counts[state.value] == count.workflows


def test_the_heading_counts_what_lacks_cover(
    models: dict[Audience, ReportModel], sample_inputs: ReportInputs
) -> None:
    heading = models[Audience.FULL].brief.heading
    live = sample_inputs.portfolio.states[WorkflowState.LIVE_WITHOUT_COVER].workflows
    assert heading.values["uncovered"] == live
    assert heading.text.endswith(".")


def test_provisional_until_every_owner_confirmed(sample: Audit, make: Maker) -> None:
    one = only(sample, sorted(sample.workflows)[2])
    workflow = next(iter(one.workflows))
    stamp = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    held = Confirmation(PersonId("x"), stamp, fingerprint(one, workflow))
    for confirmation, expected in ((held, False), (replace(held, fingerprint="old"), True)):
        audit = replace(one, confirmations={workflow: confirmation})
        model: ReportModel = make(inputs_of(audit))
        assert (model.brief.provisional is not None) is expected
        assert ("Provisional" in model.frame.status) is expected


def test_too_little_known_prints_no_estimate(sample: Audit, make: Maker) -> None:
    model: ReportModel = make(inputs_of(unasked(sample)))
    assert model.brief.rates is None
    assert "Too little is known for an estimate: 0% answered." in str(model.brief.rates_text)
    assert section(model, "apart").heading.text.startswith("Too little is known")
    rows = table(model, "apart", "estimates").rows
    assert all(row.cells[2].text == "–" for row in rows)
    assert not any(
        isinstance(b, Picture) and b.key == "curve" for b in section(model, "roadmap").blocks
    )
    assert section(model, "gaps").heading.text == "No gap was found in what has been answered."
    assert "Audit" in text_of(model.brief.decisions)


def test_printed_ranges_are_whole_and_at_least_five_points_wide(
    models: dict[Audience, ReportModel], sample_inputs: ReportInputs
) -> None:
    risks = {e.id: e for e in sample_inputs.portfolio.estimates}
    for row in table(models[Audience.FULL], "apart", "estimates").rows:
        estimate = risks[WorkflowId(row.key)]
        if estimate.withheld:
            assert row.cells[2].text == "–"
            continue
        chance = int(row.cells[2].text.rstrip("%"))
        low, high = map(int, row.cells[3].text.split("–"))
        full_low, full_high = map(int, row.cells[4].text.split("–"))
        assert low <= chance - 4
        assert high >= min(100, chance + 4)
        assert full_low <= low + 1
        assert full_high >= high - 1


def test_twenty_rows_then_others_and_the_annex_has_all(sample: Audit, make: Maker) -> None:
    model: ReportModel = make(inputs_of(many(sample, 24)))
    active = len(table(model, "workflows", "workflows").rows)
    assert active > 20
    pictures = [b for s in model.sections for b in s.blocks if isinstance(b, Picture)]
    for picture in pictures:
        assert len(picture.scene.figures.rows) <= 20
    drawn = next(p.scene for p in pictures if p.key == "middle_map")
    assert any(f"{active - 20} other workflows" in str(mark) for mark in drawn.marks)
    assert len(table(model, "apart", "estimates").rows) == 20


def test_one_workflow_has_its_own_page_one(sample: Audit, make: Maker) -> None:
    model: ReportModel = make(inputs_of(only(sample, sorted(sample.workflows)[2])))
    name = sample.workflows[sorted(sample.workflows)[2]].name
    assert model.brief.heading.text.startswith(name)
    assert len(model.brief.states.rows) == 1
    assert model.brief.rates is not None
    assert re.fullmatch(r"\d+% \(\d+–\d+\)", model.brief.rates.rows[0].cells[1].text)
    assert model.brief.rates.title == "How likely it is to miss its target"


def test_open_decisions_are_asked_and_closed_ones_are_not(
    sample: Audit, sample_inputs: ReportInputs, make: Maker
) -> None:
    asked = {DecisionId(f"d{i}"): Decision(f"Decide number {i}") for i in range(6)}
    closed = {i: replace(d, verdict=d.verdict) for i, d in sample.decisions.items() if d.verdict}
    model: ReportModel = make(
        replace(sample_inputs, audit=replace(sample, decisions={**asked, **closed}))
    )
    found = model.brief.decisions
    assert [row.cells[0].text for row in found.rows] == [f"Decide number {i}" for i in range(4)]
    assert "2 decisions more" in found.note
    assert len(table(model, "record", "decisions_all").rows) == 6 + len(closed)


def test_without_a_recorded_decision_the_plan_asks(
    sample: Audit, sample_inputs: ReportInputs, make: Maker
) -> None:
    model: ReportModel = make(replace(sample_inputs, audit=replace(sample, decisions={})))
    text = text_of(model.brief.decisions)
    days = sample_inputs.plan.days
    assert f"Release {days:.0f} person-days over 12 months, at most" in text
    assert "No decision was recorded" in model.brief.decisions.note


def test_the_register_prints_every_gap_with_its_level(
    models: dict[Audience, ReportModel], sample_inputs: ReportInputs
) -> None:
    found = table(models[Audience.FULL], "gaps", "gaps")
    rows = [row for row in found.rows if not row.heads]
    assert len(rows) == len(sample_inputs.gaps)
    gap = next(g for g in sample_inputs.gaps if g.level == 2)
    question = sample_inputs.audit.bank.question(gap.question)
    assert f"2 Written or partial: {question.levels[2]}" in text_of(found)
    heads = [row.cells[0].tone for row in found.rows if row.heads]
    order = ["severity_critical", "severity_high", "severity_medium", "severity_low"]
    assert heads == sorted(heads, key=order.index)


def test_paused_and_stopped_workflows_are_named_with_their_outcome(
    sample: Audit, make: Maker
) -> None:
    workflow = sorted(sample.workflows)[0]
    stopped = replace(sample.workflows[workflow], outcome=Outcome.STOP)
    audit = replace(sample, workflows={**sample.workflows, workflow: stopped})
    model: ReportModel = make(inputs_of(audit))
    assert "stop" in text_of(table(model, "roadmap", "outcomes"))
    assert "left out" in model.brief.states.note


def test_no_action_carries_points(models: dict[Audience, ReportModel]) -> None:
    roadmap = section(models[Audience.FULL], "roadmap")
    for block in roadmap.blocks:
        if isinstance(block, Picture) and block.key == "gantt":
            assert not any("%" in text for row in block.scene.figures.rows for text in row)
        if isinstance(block, Text):
            assert not any("points" in line.text for line in block.lines)


def test_a_page_changes_nothing_it_was_given(sample_inputs: ReportInputs, make: Maker) -> None:
    before = repr(sample_inputs)
    make(sample_inputs)
    assert repr(sample_inputs) == before
