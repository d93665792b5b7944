"""Registers: every record has its row, the same figures as elsewhere, and nothing redacted."""

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.edits.plan import exclude
from app.domain.gaps import own_gaps
from app.domain.ids import NOBODY, PersonId, WorkflowId
from app.domain.risk.relative import printed
from app.report.data import render_json
from app.report.inputs import ReportInputs
from app.report.model import Audience, ReportModel, Table, Text
from tests.report.conftest import Maker
from tests.report.inputs import inputs_of
from tests.report.small import small
from tests.report.variants import unasked

Models = dict[Audience, ReportModel]


def register(model: ReportModel, key: str) -> Table:
    return next(table for table in model.registers if table.key == key)


def cell(table: Table, row: str, column: str) -> object:
    at = next(n for n, c in enumerate(table.columns) if c.key == column)
    return next(r for r in table.rows if r.key == row).cells[at]


def test_every_record_has_one_row(models: Models, sample_inputs: ReportInputs) -> None:
    model, audit = models[Audience.FULL], sample_inputs.audit
    plan = sample_inputs.plan
    wanted = {
        "gaps": [gap.key for gap in sample_inputs.gaps],
        "actions": [*(a.key for a in (*plan.actions, *plan.later)), *audit.plan.excluded],
        "workflows": list(audit.workflows),
        "answers": [f"{q}/{t}" for t, group in audit.answers.items() for q in group],
        "scores": [e.id for e in sample_inputs.portfolio.estimates],
        "find_out": [gap.key for gap in sample_inputs.gaps if gap.not_known],
        "sources": list(audit.sources),
    }
    for key, names in wanted.items():
        assert sorted(r.key for r in register(model, key).rows) == sorted(names), key
    stages = len(audit.bank.stages) * len(sample_inputs.portfolio.estimates)
    assert len(register(model, "stages").rows) == stages
    for key, group in (("decisions", audit.decisions), ("policies", audit.policies)):
        assert len(register(model, key).rows) == len(group)


@pytest.mark.parametrize("audience", Audience)
def test_rows_fit_their_columns_and_keys_and_titles_are_distinct(
    audience: Audience, models: Models
) -> None:
    for table in models[audience].registers:
        assert len({row.key for row in table.rows}) == len(table.rows), table.key
        assert len({c.title.casefold() for c in table.columns}) == len(table.columns), table.key
        for row in table.rows:
            assert len(row.cells) == len(table.columns)
        for column in table.columns:
            assert len(column.codes) == len(column.choices)
            assert len({c.casefold() for c in column.choices}) == len(column.choices)


def test_figures_are_those_of_the_report(models: Models, sample_inputs: ReportInputs) -> None:
    model = models[Audience.FULL]
    annex = next(s for s in model.annexes if s.key == "workflows")
    printed_rows = {r.key: r for b in annex.blocks if isinstance(b, Table) for r in b.rows}
    scores = register(model, "scores")
    for estimate in sample_inputs.portfolio.estimates:
        found = cell(scores, estimate.id, "chance")
        if estimate.withheld:
            assert found.value is None  # type: ignore[attr-defined]
            continue
        whole = printed(estimate.risk, estimate.range)
        assert found.value == whole.risk / 100  # type: ignore[attr-defined]
        assert found.text == printed_rows[estimate.id].cells[2].text  # type: ignore[attr-defined]
        assert cell(scores, estimate.id, "answer_low").text == f"{whole.low}%"  # type: ignore[attr-defined]


def test_a_withheld_estimate_is_said_in_words(sample: Audit, make: Maker) -> None:
    model: ReportModel = make(inputs_of(unasked(sample, 2)))
    scores = register(model, "scores")
    for row in scores.rows:
        assert "Too little is known" in row.cells[2].text
        assert [c.value for c in row.cells[3:-1]] == [None] * (len(row.cells) - 4)
    assert [t.key for t in model.registers if not t.rows] == []


def test_what_was_left_out_of_the_plan_has_a_row(sample: Audit, make: Maker) -> None:
    audit = small(sample)
    key = inputs_of(audit).plan.actions[0].key
    left = exclude(exclude(audit, key), "A-OUTCOME")
    actions = register(make(inputs_of(left)), "actions")
    assert cell(actions, key, "status").text == "left out of the plan"  # type: ignore[attr-defined]
    assert cell(actions, "A-OUTCOME", "target").text == "every place"  # type: ignore[attr-defined]


def test_executives_get_stand_ins_for_ids_that_hold_names(models: Models, sample: Audit) -> None:
    gaps = register(models[Audience.EXECUTIVE], "gaps")
    owner = next(c for c in gaps.columns if c.key == "owner")
    assert owner.is_open
    assert not set(owner.codes) & set(sample.people)
    assert NOBODY not in owner.codes
    assert not [c.key for c in gaps.columns if c.is_open and c.key in ("note", "because")]


def test_external_registers_are_closed_and_say_nothing_typed(models: Models, sample: Audit) -> None:
    model = models[Audience.EXTERNAL]
    assert not [c for t in model.registers for c in t.columns if c.is_open or c.choices]
    texts = " ".join(c.text for t in model.registers for r in t.rows for c in (*r.cells,))
    keys = {r.key for t in model.registers for r in t.rows}
    assert not [w.name for w in sample.workflows.values() if w.name in texts]
    assert not [p.text for p in sample.policies.values() if p.text in texts]
    assert not keys & {*sample.workflows, *sample.sources, *sample.policies}


def test_two_people_of_one_name_are_two_choices(sample: Audit, make: Maker) -> None:
    first, second = sorted(sample.people)[:2]
    twin = replace(sample.people[second], name=sample.people[first].name)
    audit = replace(sample, people={**sample.people, PersonId(second): twin})
    owner = next(c for c in register(make(inputs_of(audit)), "gaps").columns if c.key == "owner")
    assert len(set(owner.choices)) == len(sample.people)
    assert f"{twin.name} (2)" in owner.choices


def test_a_workflow_that_does_not_count_is_listed_without_figures(
    sample: Audit, models: Models, sample_inputs: ReportInputs
) -> None:
    active = {e.id for e in sample_inputs.portfolio.estimates}
    rest = [w for w in sample.workflows if w not in active]
    assert rest
    table = register(models[Audience.FULL], "workflows")
    for workflow in rest:
        assert cell(table, WorkflowId(workflow), "conditions_met").value is None  # type: ignore[attr-defined]


def test_recorded_gaps_stand_in_annex_and_register(
    models: dict[Audience, ReportModel], sample: Audit
) -> None:
    texts = [gap.text for gap in sample.own_gaps.values()]
    for audience, model in models.items():
        whole = render_json(model).decode()
        annex = next(a for a in model.annexes if a.key == "gaps")
        own = register(model, "own_gaps")
        assert len(own.rows) == len(sample.own_gaps)
        if audience is Audience.EXTERNAL:
            assert not [text for text in texts if text in whole]
            assert not [c.key for c in own.columns if c.is_open]
            (said,) = [block for block in annex.blocks if isinstance(block, Text)]
            assert said.lines[0].values["n"] == len(texts)
            assert not set(sample.own_gaps) & {row.key for row in own.rows}
            continue
        assert {row.key for row in own.rows} == set(sample.own_gaps)
        (recorded,) = [b for b in annex.blocks if isinstance(b, Table) and b.key != "gaps"]
        assert [row.key for row in recorded.rows] == [k for k, _ in own_gaps(sample)]
        assert {"severity", "owner", "due", "response", "status"} <= {
            c.key for c in own.columns if c.is_open
        }
