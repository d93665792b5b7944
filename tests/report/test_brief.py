"""Page 1 asks, warns and promises what the record holds, and no more."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.ids import NOBODY, DecisionId, QuestionId, StageId, Target, WorkflowId
from app.domain.landscape import Lifecycle, Organisation, StageRecord, Workflow
from app.domain.workshop import Decision
from app.report.facts import whole_shares
from app.report.model import Brief, ReportModel
from tests.report.conftest import Maker
from tests.report.inputs import inputs_of
from tests.report.variants import only

ONE, TWO = WorkflowId("w1"), WorkflowId("w2")


def asked_two(sample: Audit, *workflows: Workflow, rate: float | None = None) -> Audit:
    """Two answers about the first workflow; nothing else was asked."""
    said = {
        QuestionId("RT-01"): Answer(Review.AGREED, Said(Reply.LEVEL, 1, Grade.EXPLAINED)),
        QuestionId("GOV-11"): Answer(Review.AGREED, Said(Reply.LEVEL, 2)),
    }
    found = workflows or (Workflow("Claims triage", lifecycle=Lifecycle.PILOT),)
    return Audit(
        bank=sample.bank,
        reference=sample.reference,
        organisation=Organisation(title="Small audit", name="Tiny", day_rate=rate),
        workflows={WorkflowId(f"w{n}"): w for n, w in enumerate(found, 1)},
        answers={Target(ONE): said},
    )


def brief_of(model: ReportModel) -> Brief:
    assert model.brief is not None
    return model.brief


def asked(model: ReportModel) -> dict[str, list[str]]:
    rows = brief_of(model).decisions.rows
    return {
        row.key: [" / ".join(filter(None, (c.text, c.detail))) for c in row.cells] for row in rows
    }


def test_a_proposal_asks_for_the_days_the_plan_needs(sample: Audit, make: Maker) -> None:
    inputs = inputs_of(asked_two(sample))
    found = asked(make(inputs))
    days = sum(action.effort for action in inputs.plan.actions)
    assert days < 10 < inputs.plan.capacity
    assert found["capacity"][0].startswith(f"Release {days:g} person-days in the first month")
    assert found["capacity"][0].endswith(
        "Meets 2 conditions; no state changes: 10 conditions were never asked."
    )
    assert found["audit"][0] == "Ask about the 10 conditions that were never asked."


def test_a_cost_nobody_recorded_is_not_none(sample: Audit, make: Maker) -> None:
    assert asked(make(inputs_of(asked_two(sample))))["capacity"][3] == "not recorded"
    assert asked(make(inputs_of(asked_two(sample, rate=1000))))["capacity"][3] == "€5,000"


def test_stages_nobody_recorded_are_not_counted_as_covered(sample: Audit, make: Maker) -> None:
    audit = asked_two(sample)
    cells = [c.text for c in brief_of(make(inputs_of(audit))).states.rows[0].cells]
    assert cells[3] == "not recorded"
    some = {ONE: {StageId("routing"): StageRecord(NOBODY)}}
    model = make(inputs_of(replace(audit, stages=some)))
    cell = brief_of(model).states.rows[0].cells[3]
    assert (cell.text, cell.detail) == ("1 of 7", "6 not recorded")
    (annex,) = (a for a in model.annexes if a.key == "workflows")
    assert annex.blocks[0].rows[0].cells[6] == cell  # type: ignore[union-attr]


def test_the_rates_say_what_after_covers(sample: Audit, make: Maker) -> None:
    """Recorded decisions are not the plan; days asked for are all of it."""
    inputs = inputs_of(sample)
    rates = brief_of(make(inputs)).rates
    assert rates is not None
    after = rates.rows[1].cells[0]
    assert after.text == "with the whole plan done, after 12 months"
    assert after.detail.startswith(
        f"{len(inputs.plan.actions)} actions, {inputs.plan.days:.0f} person-days, €"
    )
    assert after.detail.endswith("; the decisions above alone do not buy this")
    rates = brief_of(make(inputs_of(replace(sample, decisions={})))).rates
    assert rates is not None
    assert rates.rows[1].cells[0].detail.endswith("€489,600")


def test_if_nothing_is_decided_tells_what_goes_on(sample: Audit, make: Maker) -> None:
    lines = [line.text for line in brief_of(make(inputs_of(sample))).undecided.lines]
    assert lines[0].startswith(
        "Three live workflows go on without the cover they need (€2.9 m a year)"
    )
    assert lines[1].endswith("at whatever cost and quality.")
    assert lines[2].endswith("nothing can be proved and mistakes teach nobody.")


def test_decisions_about_workflows_out_of_scope_are_counted_and_not_asked(
    sample: Audit, make: Maker
) -> None:
    audit = asked_two(sample, Workflow("In"), Workflow("Out", in_scope=False))
    audit = replace(
        audit,
        decisions={
            DecisionId("d1"): Decision("Stop the other one", workflows=(TWO,)),
            DecisionId("d2"): Decision("Fund this one", workflows=(ONE, TWO)),
        },
    )
    model = make(inputs_of(audit))
    assert [cells[0].split(" / ")[0] for cells in asked(model).values()] == ["Fund this one"]
    assert "1 decision about workflows out of scope is left out" in brief_of(model).decisions.note


def test_a_decision_whose_day_is_past_is_overdue(sample: Audit, make: Maker) -> None:
    audit = replace(
        asked_two(sample),
        decisions={DecisionId("d1"): Decision("Fund it", due=dt.date(2026, 12, 1))},
    )
    (row,) = brief_of(make(inputs_of(audit))).decisions.rows
    assert (row.cells[2].detail, row.cells[2].tone) == ("overdue", "alarm")


@pytest.mark.parametrize("counts", [(5, 3, 1), (1, 1, 1), (200, 1, 1), (0, 0, 7)])
def test_shares_add_up_to_a_hundred(counts: tuple[int, ...]) -> None:
    shares = whole_shares(counts)
    assert round(sum(shares), 6) == 1
    assert all(abs(s - n / sum(counts)) < 0.01 for s, n in zip(shares, counts, strict=True))


def test_what_there_is_none_of_is_not_counted_out(sample: Audit, make: Maker) -> None:
    first = brief_of(make(inputs_of(asked_two(sample)))).care.lines[0].text
    assert first == "2 of 69 questions answered, 67 not asked."
    one = only(sample, sorted(sample.workflows)[2])
    assert " 0 " not in brief_of(make(inputs_of(one))).care.lines[0].text
