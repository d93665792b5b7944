"""The page of options: what each buys and leaves, which end alike, and what more days would buy."""

from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.plan.results import OptionKind
from app.report.inputs import ReportInputs
from app.report.model import Audience, ReportModel
from app.words import nearest
from tests.report.conftest import Maker, made
from tests.report.inputs import inputs_of
from tests.report.small import small
from tests.report.test_build import section, table
from tests.report.test_pages_plan import keys_of
from tests.report.variants import unasked


def test_options_say_what_each_buys_and_leaves(
    models: dict[Audience, ReportModel], sample_inputs: ReportInputs
) -> None:
    model = models[Audience.FULL]
    rows = table(model, "options", "options").rows
    kept = [option for option in sample_inputs.options if option.same_as is None]
    assert [row.key for row in rows] == [f"option-{option.kind.value}" for option in kept]
    assert rows[0].cells[4].text == "Nothing."
    first, second = sample_inputs.options[:2]
    assert f"{second.conditions_met} conditions more are met" in rows[1].cells[4].text
    moved = [w for w, state in second.after.items() if first.after[w] is not state]
    assert moved
    assert any(sample_inputs.audit.workflows[w].name in rows[1].cells[4].text for w in moved)
    assert "conditions stay open" in rows[1].cells[5].text
    ends = table(model, "options", "options_ends").rows
    for row, option in zip(ends, kept, strict=True):
        counts = [cell.value for cell in row.cells[1:5]]
        assert sum(n or 0 for n in counts) == sum(option.states.values())
    assert not any(b.key == "options" for b in section(model, "roadmap").blocks)


def test_options_that_end_alike_stand_in_one_row_and_say_why(
    models: dict[Audience, ReportModel], sample_inputs: ReportInputs
) -> None:
    options = {option.kind: option for option in sample_inputs.options}
    first, wider = options[OptionKind.TO_PHASE_2], options[OptionKind.WIDER]
    assert [option.same_as for option in sample_inputs.options] == [None, None, "B", "B", None]
    found = section(models[Audience.FULL], "options")
    rows = table(models[Audience.FULL], "options", "options").rows
    assert rows[1].cells[0].text == "B, C and D: the same plan"
    lead = " ".join(line.text for line in found.lead)
    assert f"with {nearest(first.later_days):,} days of B still to do" in lead
    assert "less than the range" in lead
    assert wider.days > first.days
    assert "; twice the days a month cover two, for 1,152." in found.heading.text


def test_a_wider_option_is_a_plan_of_its_own_with_twice_the_days(
    sample: Audit, sample_inputs: ReportInputs
) -> None:
    """Computed by the planner, and offered only where days are what is short."""
    wider = sample_inputs.options[-1]
    assert wider.kind is OptionKind.WIDER
    assert wider.capacity == 2 * sample_inputs.plan.capacity
    freed = sample_inputs.plan.capacity - sample.plan.capacity
    roomy = replace(sample.plan, capacity=wider.capacity - freed)
    again = inputs_of(replace(sample, plan=roomy))
    assert again.plan.after == wider.after
    assert again.plan.days == wider.days
    plenty = inputs_of(replace(sample, plan=replace(sample.plan, capacity=1000, roles={})))
    assert [option.kind.value for option in plenty.options] == ["A", "B", "C", "D"]


def test_an_option_that_ends_like_an_earlier_one_for_other_days_says_so(sample: Audit) -> None:
    """The days differ by what fits into the months; what is bought does not."""
    model = made(inputs_of(small(sample)))
    rows = {row.key: row for row in table(model, "options", "options").rows}
    assert set(rows) == {"option-A", "option-B", "option-C", "option-E"}
    assert rows["option-C"].cells[0].text == "C and D: the same plan"
    assert rows["option-C"].cells[4].text == "Nothing more than B."
    assert rows["option-E"].cells[4].text.startswith("10 conditions more are met.")


def test_without_anything_to_plan_there_are_no_options(sample: Audit, make: Maker) -> None:
    assert "options" not in keys_of(make(inputs_of(unasked(sample, 2))))
