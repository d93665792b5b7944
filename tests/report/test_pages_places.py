"""Pages of context sources, rules and the way from tenant to asset."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.ids import PolicyId, SourceId, WorkflowId
from app.domain.landscape import ContextSource, Enforcement, EnforcementPoint, Policy, SourceLink
from app.report.inputs import ReportInputs
from app.report.model import Audience, Picture, ReportModel, Table
from app.report.pdf import render_pdf
from tests.report.conftest import Maker
from tests.report.inputs import inputs_of
from tests.report.reading import pages
from tests.report.test_build import section, table, text_of
from tests.report.test_pages_plan import KEYS, asked, everything_in
from tests.report.variants import LONG, UNBROKEN, only, renamed, unasked


def test_who_draws_on_what_and_who_on_nothing(
    models: dict[Audience, ReportModel], sample: Audit
) -> None:
    found = section(models[Audience.FULL], "context")
    drawn = next(b for b in found.blocks if isinstance(b, Picture))
    said = dict(drawn.scene.figures.rows)
    assert said["Delivery questions assistant"] == "Orders and deliveries (3)"
    assert said["Shift plan proposals"] == "–"
    assert "no substrate of truth" in str(drawn.scene.marks)
    bare = [w for w, r in sample.workflows.items() if r.is_active and not sample.links.get(w)]
    assert found.heading.values["bare"] == len(bare)
    text = everything_in(found)
    assert all(sample.workflows[w].name in text for w in bare)


def test_freshness_that_is_not_as_wanted_is_marked(models: dict[Audience, ReportModel]) -> None:
    rows = {r.cells[0].text: r for r in table(models[Audience.FULL], "context", "sources").rows}
    stale, fresh = rows["Orders and deliveries"], rows["Supplier register"]
    assert (stale.cells[3].text, stale.cells[4].text) == ("5 minutes", "15 minutes")
    assert stale.cells[4].tone == "alarm"
    assert fresh.cells[4].tone == ""
    assert rows["Technicians' repair notes"].cells[1].text == "no owner"


@pytest.mark.parametrize("count", [1, 40])
def test_few_and_many_sources(count: int, sample: Audit) -> None:
    sources = {SourceId(f"s{n:02}"): ContextSource(f"Source number {n}") for n in range(count)}
    links = {WorkflowId("returns"): {source: SourceLink() for source in sources}}
    audit = replace(sample, sources=sources, links=links, answers={})
    model = asked(inputs_of(audit), "context")
    shown = table(model, "context", "sources")
    assert len(shown.rows) == min(count, 20)
    expected = "20 other sources. The map holds the 16 that most workflows draw on"
    assert shown.note == (expected if count == 40 else "")
    ending = "the one source recorded has no owner." if count == 1 else "sources has an owner."
    assert section(model, "context").heading.text.endswith(ending)


def test_rules_stand_worst_first_with_their_last_test(models: dict[Audience, ReportModel]) -> None:
    found = table(models[Audience.FULL], "policies", "policies")
    assert [row.cells[1].text for row in found.rows] == [
        "enforced nowhere",
        "never tested",
        "never tested",
        "tested in part",
        "tested in part",
        "tested",
    ]
    text = text_of(found)
    assert "nowhere in Markdown price proposals" in text
    assert "30 Sep 2026" in text
    assert "signed 21 Sep 2026" in text


@pytest.mark.parametrize(
    ("point", "tested", "heading"),
    [
        (None, None, "The one rule recorded has no place of enforcement on record."),
        (EnforcementPoint.NOWHERE, None, "The one rule recorded is enforced nowhere"),
        (EnforcementPoint.CODE, None, "The one rule recorded was never tested."),
        (EnforcementPoint.CODE, dt.date(2026, 9, 1), "The one rule recorded is enforced and was"),
    ],
)
def test_one_rule(
    point: EnforcementPoint | None,
    tested: dt.date | None,
    heading: str,
    sample: Audit,
    sample_inputs: ReportInputs,
) -> None:
    rule = PolicyId("rule")
    audit = replace(
        sample,
        policies={rule: Policy("No names.")},
        enforcement={WorkflowId("returns"): {rule: Enforcement(point, tested)}},
    )
    model = asked(replace(sample_inputs, audit=audit), "policies")
    assert section(model, "policies").heading.text.startswith(heading)


def test_no_colour_praises_a_test_and_no_audience_loses_that_it_has_a_result(
    models: dict[Audience, ReportModel], sample: Audit
) -> None:
    """A test that failed is a test too: what came of it stands beside its day."""
    failed = "2 of 20 planted returns were paid without approval"
    assert any(failed in found.result for g in sample.enforcement.values() for found in g.values())
    for audience, model in models.items():
        cells = [c for row in table(model, "policies", "policies").rows for c in row.cells]
        assert "may_go_live" not in {cell.tone for cell in cells}
        said = " ".join(cell.detail for cell in cells)
        kept = "result on record, wording left out"
        assert (failed in said) is (audience is not Audience.EXTERNAL)
        assert (kept in said) is (audience is Audience.EXTERNAL)


def test_tenant_to_asset_where_a_model_of_ones_own_is_a_goal(
    models: dict[Audience, ReportModel], sample_inputs: ReportInputs
) -> None:
    index = sample_inputs.assets[WorkflowId("repairs")]
    assert len(sample_inputs.assets) == 1
    model = models[Audience.FULL]
    row = table(model, "asset", "assets").rows[0]
    assert row.cells[1].value == index.index
    assert index.low <= index.index <= index.high
    assert [cell.text for cell in row.cells[2:]] == [
        "rented",
        "Cloud supplier North",
        "General model, large",
        "not running yet",
    ]
    assert section(model, "asset").heading.text.startswith("Repair cost estimates rents what it")
    questions = text_of(table(model, "asset", "asset_questions"))
    assert "What could you take along and still run" in questions
    assert "Nobody in the room knows" in questions
    text = everything_in(section(models[Audience.EXTERNAL], "asset"))
    assert "Cloud supplier North" not in text
    assert "General model" not in text


def test_pages_without_their_record_are_left_out(sample: Audit, make: Maker) -> None:
    model = make(inputs_of(unasked(sample, 2)))
    assert {s.key for s in model.sections}.isdisjoint({"context", "policies", "asset"})
    one = asked(inputs_of(only(sample, "returns")), *KEYS)
    assert "asset" not in {s.key for s in one.sections}
    assert not any(isinstance(b, Picture) for b in section(one, "context").blocks)


def test_no_list_on_a_page_has_more_than_twenty_rows(sample_inputs: ReportInputs) -> None:
    for found in asked(sample_inputs, *KEYS).sections:
        for block in found.blocks:
            if isinstance(block, Table):
                assert len(block.rows) <= 20, block.key


@pytest.mark.parametrize("name", [LONG, UNBROKEN])
def test_long_names_break_no_page(name: str, sample_inputs: ReportInputs) -> None:
    audit = renamed(sample_inputs.audit, name)
    model = asked(
        replace(sample_inputs, audit=audit), *KEYS, workflows=("returns",), audience=Audience.FULL
    )
    found = pages(render_pdf(replace(model, annexes=(), registers=())))
    labels = [s.label for s in model.sections]
    assert all(any(label in text for text in found) for label in labels)
