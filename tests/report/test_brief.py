"""Page 1 asks, warns and promises what the record holds, and no more."""

import datetime as dt

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, FindOut, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.ids import NOBODY, DecisionId, PersonId, QuestionId, StageId, Target, WorkflowId
from app.domain.landscape import Lifecycle, Mechanism, Organisation, Person, StageRecord, Workflow
from app.domain.workshop import Decision
from app.report.build import build_report
from app.report.inputs import ReportInputs
from app.report.model import Audience, Brief, PageSize, Picture, ReportModel, Table
from app.report.pages.facts import whole_shares
from app.report.request import Request
from app.words import Words
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


def unknown_to(person: PersonId | None) -> Answer:
    task = FindOut(person) if person else None
    return Answer(Review.AGREED, Said(Reply.UNKNOWN), find_out=task)


def test_what_nobody_knows_and_what_nobody_was_asked_are_told_apart(
    sample: Audit, make: Maker
) -> None:
    audit = asked_two(sample, Workflow("One"), Workflow("Two"))
    limits = QuestionId("RT-01")
    ada = PersonId("ada")
    audit = replace(
        audit,
        people={ada: Person("Ada Vale")},
        answers={
            Target(ONE): {**audit.answers[Target(ONE)], limits: unknown_to(None)},
            Target(TWO): {limits: replace(unknown_to(ada), review=Review.OPEN, settled=None)},
        },
    )
    inputs = inputs_of(audit)
    page = next(s for s in make(inputs).sections if s.key == "conditions")
    picture, table = page.blocks
    assert isinstance(picture, Picture)
    assert isinstance(table, Table)
    titles = [column.key for column in table.columns]
    rows = {row.key: dict(zip(titles, row.cells, strict=True)) for row in table.rows}
    assert (rows["RT-01"]["not_known"].value, rows["RT-01"]["not_asked"].value) == (1, 1)
    assert rows["RT-01"]["finds_out"].text == "nobody yet", "she took on another workflow's"
    assert rows["WF-02"]["not_asked"].value == 2
    assert rows["WF-02"]["finds_out"].text == "–"
    said = {cell for row in picture.scene.figures.rows for cell in row[1:]}
    assert said == {"not known", "not asked", "not met"}


def test_who_finds_out_is_named_with_how_many_nobody_took_on(sample: Audit, make: Maker) -> None:
    audit = asked_two(sample, Workflow("One"), Workflow("Two"))
    ada, question = PersonId("ada"), QuestionId("RT-01")
    answers = {Target(ONE): {question: unknown_to(ada)}, Target(TWO): {question: unknown_to(None)}}
    audit = replace(audit, people={ada: Person("Ada Vale")}, answers=answers)
    page = next(s for s in make(inputs_of(audit)).sections if s.key == "conditions")
    table = page.blocks[1]
    assert isinstance(table, Table)
    row = next(row for row in table.rows if row.key == "RT-01")
    assert row.cells[-1].text == "Ada Vale; nobody yet: 1"


def test_what_a_missing_stage_leads_to_is_a_fact_only_where_it_is_missing(
    sample: Audit, make: Maker
) -> None:
    kept = {stage.id: StageRecord(NOBODY) for stage in sample.bank.stages[:1]}
    kept[sample.bank.stages[1].id] = StageRecord(PersonId("ada"), Mechanism.CODE)
    audit = replace(asked_two(sample), people={PersonId("ada"): Person("Ada")}, stages={ONE: kept})
    page = next(s for s in make(inputs_of(audit)).sections if s.key == "middle")
    table = page.blocks[1]
    assert isinstance(table, Table)
    texts = {row.key: row.cells[-1].text for row in table.rows}
    first, second, third = (stage for stage in sample.bank.stages[:3])
    assert texts[first.id] == first.if_missing
    assert texts[second.id] == "–"
    assert texts[third.id] == f"If it is missing: {third.if_missing}"


def test_benefit_in_doubt_is_printed_as_roughly_as_it_is_known(sample: Audit, make: Maker) -> None:
    """Two figures, also where the exact amount lies below a million; what was typed stays."""
    one = sorted(sample.workflows)[2]
    inputs = inputs_of(only(sample, one))
    doubt = inputs.portfolio.doubt
    assert doubt is not None
    assert doubt.amount < 1_000_000
    lines = [line.text for s in make(inputs).sections if s.key == "apart" for line in s.lead]
    blocks = [str(s.blocks) for s in make(inputs).sections if s.key == "apart"]
    amount = f"€{round(doubt.amount, -4 if doubt.amount >= 100_000 else -3):,.0f}"
    assert f"Yearly benefit in doubt: {amount}." in " ".join((*lines, *blocks))


def test_no_sentence_counts_out_what_there_is_none_of(sample: Audit, make: Maker) -> None:
    model = make(inputs_of(asked_two(sample)))
    headings = {annex.key: annex.heading.text for annex in model.annexes}
    assert headings["record"] == "No note, decision, dissenting remark or parked item is on record."
    assert headings["sign"] == "The owner has not confirmed the answers of the workflow yet."
    noted = replace(asked_two(sample), decisions={DecisionId("d1"): Decision("Fund it")})
    annexes = make(inputs_of(noted)).annexes
    assert next(a for a in annexes if a.key == "record").heading.text == "1 decision."
    two = make(inputs_of(asked_two(sample, Workflow("One"), Workflow("Two"))))
    assert next(a for a in two.annexes if a.key == "sign").heading.text == (
        "No owner has confirmed the answers of these two workflows yet."
    )


def test_what_is_past_its_day_is_marked_on_every_list(
    sample: Audit, make: Maker, sample_inputs: ReportInputs
) -> None:
    day = dt.date(2028, 6, 1)
    request = Request(Audience.FULL, PageSize.A4, day)
    late = build_report(inputs_of(sample, day), request, Words())
    dated = {
        "decisions_taken": False,
        "parking": True,
        "find_out_first": True,
        "decisions": True,
    }
    tables = [b for s in late.sections for b in s.blocks if isinstance(b, Table)]
    found = {table.key: table for table in (*tables, brief_of(late).decisions)}
    for key, is_marked in dated.items():
        cells = [cell for row in found[key].rows for cell in row.cells]
        assert any(cell.detail == "overdue" for cell in cells) is is_marked, key
    begun = "The plan began in Jan 2027, before the day of this report"
    roadmap = next(s for s in late.sections if s.key == "roadmap")
    assert any(line.text.startswith(begun) for line in roadmap.lead)
    on_time = next(s for s in make(sample_inputs).sections if s.key == "roadmap")
    assert not any(line.key == "roadmap.begun" for line in on_time.lead)


def test_what_is_dated_after_the_report_is_said(sample: Audit) -> None:
    day = dt.date(2026, 11, 29)
    request = Request(Audience.FULL, PageSize.A4, day)
    care = brief_of(build_report(inputs_of(sample, day), request, Words())).care.lines
    (line,) = (line for line in care if line.key == "care.later")
    confirmed = sum(c.at.date() > day for c in sample.confirmations.values())
    assert f"{confirmed} confirmations" in line.text
    assert "2 decisions" in line.text
    assert "2 sessions" in line.text
