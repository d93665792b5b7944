"""Pages of options, lanes, disagreement and single workflows: what they say and leave out."""

import datetime as dt
import re
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.gap_lanes import (
    GapLane,
    closing_month,
    gap_lane,
    is_in_a_lane,
    is_own_in_a_lane,
    last_of_now,
    own_gap_lane,
)
from app.domain.gaps import open_own_gaps
from app.domain.ids import DecisionId, ParkingId, WorkflowId
from app.domain.plan.results import PlannedAction
from app.domain.planning import GapNote, Response, Severity
from app.domain.sessions import in_order, quorum
from app.domain.workshop import Decision, Dissent, ParkingItem, Verdict
from app.errors import ExportFailed
from app.report.build import build_report
from app.report.data import render_json
from app.report.inputs import ReportInputs
from app.report.model import Audience, PageSize, Picture, ReportModel, Section, Table, Text
from app.report.pages.roadmap import groups
from app.report.request import Request
from app.words import Words
from tests.report.conftest import Maker
from tests.report.inputs import TODAY, inputs_of
from tests.report.test_build import section, table, text_of
from tests.report.variants import many, only, unasked

KEYS = (
    *("middle", "cover", "apart", "roadmap", "options", "lanes", "disagreed", "workflow"),
    *("context", "policies", "asset"),
)


MISCOUNTED = re.compile(
    r"\b(?:one|1) (?:workflows|conditions|gaps|actions|questions|sources|rules|stages|days)\b"
)


def asked(
    inputs: ReportInputs,
    *keys: str,
    audience: Audience = Audience.FULL,
    workflows: tuple[str, ...] = (),
) -> ReportModel:
    chosen = frozenset(keys) if keys else None
    named = tuple(WorkflowId(w) for w in workflows)
    request = Request(audience, PageSize.A4, TODAY, chosen, named)
    return build_report(inputs, request, Words())


def keys_of(model: ReportModel) -> list[str]:
    return [found.key for found in model.sections]


def everything_in(found: Section) -> str:
    parts = [found.heading.text, *(line.text for line in found.lead)]
    for block in found.blocks:
        if isinstance(block, Table):
            parts += [block.title, text_of(block), block.note]
        elif isinstance(block, Text):
            parts += [block.title, *(line.text for line in block.lines)]
        else:
            parts += [block.caption, block.scene.alt, str(block.scene.figures.rows)]
    return " ".join(parts)


def test_a_bar_of_several_actions_names_who_has_them_and_how_many_have_nobody(
    sample: Audit, sample_inputs: ReportInputs, make: Maker
) -> None:
    found = next(g for g in groups(sample_inputs.plan.actions) if len(g.actions) > 2)
    free = replace(found, actions=tuple(replace(a, owner=None) for a in found.actions))
    person = sorted(sample.people)[0]
    one = (replace(free.actions[0], owner=person), *free.actions[1:])
    actions = [a for a in sample_inputs.plan.actions if a.action != found.action]

    def owner(changed: Sequence[PlannedAction]) -> str:
        plan = replace(sample_inputs.plan, actions=(*changed, *actions))
        blocks = section(make(replace(sample_inputs, plan=plan)), "roadmap").blocks
        picture = next(b for b in blocks if isinstance(b, Picture) and b.key == "gantt")
        row = next(r for r in picture.scene.figures.rows if r[1].startswith(f"{len(changed)} × "))
        return row[2]

    name = sample.people[person].name
    assert owner(one) == f"{name} and {len(one) - 1} without owner"
    assert owner([replace(a, owner=person) for a in one]) == name
    assert name not in owner(free.actions)


def test_lanes_follow_the_plan(sample_inputs: ReportInputs) -> None:
    plan = sample_inputs.plan
    for gap in sample_inputs.gaps:
        month, lane = closing_month(plan, gap), gap_lane(plan, gap)
        if gap.severity is Severity.CRITICAL:
            assert lane is GapLane.NOW
        elif month is None:
            assert lane is GapLane.LATER
        else:
            assert (lane is GapLane.NOW) is (month <= last_of_now(plan))
            reached = [plan.planned_levels[w, gap.question, gap.target] for w in gap.workflows]
            assert min(reached) >= 3
    assert {gap_lane(plan, gap) for gap in sample_inputs.gaps} == set(GapLane)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (GapNote(), True),
        (GapNote(response=Response.FIX), True),
        (GapNote(response=Response.ACCEPT), False),
        (GapNote(response=Response.ACCEPT, accepted_until=TODAY - dt.timedelta(1)), True),
        (GapNote(response=Response.ACCEPT, accepted_until=TODAY), False),
    ],
)
def test_what_is_accepted_for_a_time_is_in_no_lane(
    note: GapNote, expected: bool, sample_inputs: ReportInputs
) -> None:
    gap = next(g for g in sample_inputs.gaps if not g.not_known)
    assert is_in_a_lane(replace(gap, note=note), TODAY) is expected
    assert not is_in_a_lane(replace(gap, level=None), TODAY)


def test_every_gap_of_a_lane_is_counted_once(
    models: dict[Audience, ReportModel], sample_inputs: ReportInputs
) -> None:
    plan = sample_inputs.plan
    heading = section(models[Audience.FULL], "lanes").heading.values
    found = [gap_lane(plan, g) for g in sample_inputs.gaps if is_in_a_lane(g, TODAY)]
    audit = sample_inputs.audit
    own = [
        own_gap_lane(plan, audit.plan, g, TODAY)
        for g in audit.own_gaps.values()
        if is_own_in_a_lane(g, TODAY)
    ]
    assert own
    assert heading["now"] == found.count(GapLane.NOW) + own.count(GapLane.NOW)
    assert [heading["next"], heading["later"]] == [
        found.count(lane) + own.count(lane) for lane in (GapLane.NEXT, GapLane.LATER)
    ]
    for lane in GapLane:
        shown = table(models[Audience.FULL], "lanes", f"lane_{lane.value}")
        assert f"{found.count(lane) + own.count(lane)}" in shown.title
        assert 0 < len(shown.rows) <= 20
    later = table(models[Audience.FULL], "lanes", "lane_later")
    assert "other gaps: annex “Gap register”" in later.note


def test_the_page_and_the_register_count_the_same_gaps(
    models: dict[Audience, ReportModel], sample_inputs: ReportInputs
) -> None:
    """All of the register are in a lane, to be found out, or put aside, and the page says so."""
    inputs = sample_inputs
    for audience, model in models.items():
        page, annex = section(model, "lanes"), section(model, "gaps")
        (parts,) = (line for line in page.lead if line.key == "lanes.parts")
        assert parts in annex.lead
        values = {name: int(str(value)) for name, value in parts.values.items()}
        lanes = values["now"] + values["next"] + values["later"]
        assert values["of"] == annex.heading.values["of"]
        assert values["of"] == lanes + values["unknown"] + values["aside"]
        is_external = audience is Audience.EXTERNAL
        recorded = 0 if is_external else len(open_own_gaps(inputs.audit))
        assert values["of"] == len(inputs.gaps) + recorded
        critical = int(str(page.heading.values["critical"])) + values["critical_unknown"]
        assert critical == annex.heading.values["critical"]


def test_no_annex_is_named_that_is_not_printed(sample_inputs: ReportInputs) -> None:
    model = asked(sample_inputs, "lanes")
    note = table(model, "lanes", "lane_later").note
    assert note.endswith("other gaps")
    alone = asked(sample_inputs, "middle").brief.disagreed
    assert "section" not in alone.lines[-1].text


def test_to_find_out_stands_with_names_and_dates_first(
    models: dict[Audience, ReportModel],
) -> None:
    rows = table(models[Audience.FULL], "lanes", "find_out_first").rows
    dated = [row.cells[3].text != "–" for row in rows]
    assert dated[0]
    assert dated == sorted(dated, reverse=True)


def test_dissent_is_named_by_consent_only(sample: Audit, sample_inputs: ReportInputs) -> None:
    first, second = sorted(sample.people)[:2]
    remarks = (Dissent(first, "Not now.", consent=True), Dissent(second, "Not ever."))
    taken = Decision("Buy it", verdict=Verdict.NO, decided=TODAY, dissent=remarks)
    audit = replace(sample, decisions={DecisionId("d"): taken})
    found = everything_in(section(asked(replace(sample_inputs, audit=audit)), "lanes"))
    assert "Not now." in found
    assert "Not ever." in found
    text = text_of(table(asked(replace(sample_inputs, audit=audit)), "lanes", "dissent"))
    assert sample.people[first].name in text
    assert sample.people[second].name not in text
    assert "not named" in text


def test_dissent_from_what_a_vote_settled_stands_beside_that_from_decisions(
    sample: Audit, sample_inputs: ReportInputs
) -> None:
    (id_, vote), *_ = sorted(sample.votes.items())
    person = min(sample.people)
    kept = replace(vote, dissent=(Dissent(person, "Not with my store."),))
    audit = replace(sample, votes={**sample.votes, id_: kept})
    inputs = replace(sample_inputs, audit=audit)
    before = table(asked(sample_inputs), "lanes", "dissent")
    found = table(asked(inputs), "lanes", "dissent")
    assert len(found.rows) == len(before.rows) + 1
    about, who, words = (cell.text for cell in found.rows[0].cells)
    assert audit.bank.question(vote.question).text in about
    assert (who, words) == ("not named", "Not with my store.")
    heading = section(asked(inputs, "record"), "record").heading.text
    assert f"{len(found.rows)} dissenting remarks" in heading


def test_the_annex_repeats_nothing_that_the_page_shows_whole(
    sample: Audit, sample_inputs: ReportInputs
) -> None:
    def blocks(audit: Audit, *keys: str) -> set[str]:
        model = asked(replace(sample_inputs, audit=audit), *keys)
        return {block.key for block in section(model, "record").blocks}

    lists = {"dissent", "parking", "attendance"}
    assert not lists & blocks(sample)
    assert lists <= blocks(sample, "record")
    many_items = {ParkingId(f"p{n:02}"): ParkingItem(f"Item {n}") for n in range(21)}
    crowded = replace(sample, parking=many_items)
    assert "parking" in blocks(crowded)
    shown = table(asked(replace(sample_inputs, audit=crowded)), "lanes", "parking")
    assert len(shown.rows) == 20
    assert shown.note == "1 other item: annex “Notes and decisions”"


def test_attendance_is_by_role_and_names_nobody(
    models: dict[Audience, ReportModel], sample: Audit
) -> None:
    for audience in Audience:
        text = text_of(table(models[audience], "lanes", "attendance"))
        assert not [p.name for p in sample.people.values() if p.name in text]
        assert "Builder or supplier" in text


def test_everybody_expected_counts_in_every_attendance(
    models: dict[Audience, ReportModel], sample: Audit
) -> None:
    rows = table(models[Audience.FULL], "lanes", "attendance").rows
    for row, session in zip(rows, in_order(sample), strict=True):
        here = quorum(sample, session)
        assert row.cells[1].text == f"{here.present} of {here.of}"
        detail = f"{here.not_recorded} not recorded" if here.not_recorded else ""
        assert row.cells[1].detail == detail
    assert any(row.cells[1].detail for row in rows)


def test_disagreement_is_drawn_by_role(models: dict[Audience, ReportModel]) -> None:
    found = section(models[Audience.FULL], "disagreed")
    strip = next(b for b in found.blocks if isinstance(b, Picture))
    assert strip.key == "disagreed_votes"
    roles = {row[1] for row in strip.scene.figures.rows}
    assert {"Builder or supplier", "People who use it"} <= roles
    assert "median" in strip.scene.alt
    assert len(table(models[Audience.FULL], "disagreed", "disagreements").rows) <= 20
    assert not any(b.key == "belief" for b in section(models[Audience.FULL], "apart").blocks)
    assert any(b.key == "belief" for b in found.blocks)


def test_nobody_disagreed_and_nobody_voted(sample: Audit, make: Maker) -> None:
    assert "disagreed" not in keys_of(make(inputs_of(unasked(sample, 2))))


def test_workflow_pages_stand_where_they_were_asked_for(
    sample: Audit, sample_inputs: ReportInputs
) -> None:
    usual = asked(sample_inputs)
    assert not [k for k in keys_of(usual) if k.startswith("workflow-")]
    every = keys_of(asked(sample_inputs, "workflow"))
    assert len(every) == len(sample_inputs.portfolio.estimates) == len(set(every))
    assert keys_of(asked(sample_inputs, "workflow", workflows=("returns",))) == ["workflow-returns"]
    assert "workflow-returns" in keys_of(asked(sample_inputs, workflows=("returns",)))
    assert len(asked(inputs_of(many(sample, 14)), "workflow").sections) == 12
    with pytest.raises(ExportFailed, match="applicants"):
        asked(sample_inputs, workflows=("applicants",))


def test_a_workflow_page_says_all_of_its_workflow(
    sample: Audit, sample_inputs: ReportInputs
) -> None:
    model = asked(sample_inputs, "workflow", workflows=("returns",))
    page = model.sections[0]
    text = everything_in(page)
    assert page.heading.text.startswith("Store returns triage is live without cover")
    for expected in (
        "Shop staff look the rules up on paper",
        "Not met: Routing decided",
        "General model, medium, then General model, large",
        "bought before it was defined",
        "No refund above 150 EUR",
        "2 of 20 planted returns were paid without approval",
        "Returns and warranty rules",
        "about typical",
    ):
        assert expected in text
    conditions = table(model, "workflow-returns", "conditions_returns")
    assert len(conditions.rows) == 12
    gaps = table(model, "workflow-returns", "gaps_returns")
    own = [g for g in sample_inputs.gaps if "returns" in g.workflows and is_in_a_lane(g, TODAY)]
    assert f"({len(own)})" in gaps.title
    assert f"{len(own) - len(gaps.rows)} other gaps" in gaps.note
    actions = table(model, "workflow-returns", "actions_returns")
    months = [row.cells[2].text for row in actions.rows]
    assert len(months) == 4
    assert "other actions in this plan" in actions.note
    assert months[0] == "Jan 2027"


def test_a_workflow_that_nobody_was_asked_about_says_so(sample: Audit) -> None:
    page = asked(inputs_of(unasked(sample, 2)), "workflow").sections[0]
    assert [type(block) for block in page.blocks] == [Text, Table, Text]
    text = everything_in(page)
    assert "Nobody has recorded yet who runs its seven stages" in text
    assert "Not asked: all twelve conditions" in text
    assert "No figure is printed: too little known (0%)" in text


@pytest.mark.parametrize("audience", [Audience.EXTERNAL, Audience.EXECUTIVE])
def test_pages_name_nobody(audience: Audience, sample: Audit, sample_inputs: ReportInputs) -> None:
    keys = ("options", "lanes", "disagreed", "workflow", "context", "policies", "asset")
    model = asked(sample_inputs, *keys, audience=audience)
    text = render_json(replace(model, registers=())).decode()
    assert not [p.name for p in sample.people.values() if p.name in text]
    if audience is Audience.EXTERNAL:
        hidden = [w.name for w in sample.workflows.values()]
        hidden += [s.name for s in sample.sources.values()]
        hidden += [p.text for p in sample.policies.values()]
        hidden += [u.effect for u in sample.upgrades.values()]
        hidden += [u.before for u in sample.upgrades.values()]
        hidden += [i.text for i in sample.parking.values()]
        hidden += [d.text for d in sample.decisions.values()]
        hidden += [e.result for g in sample.enforcement.values() for e in g.values() if e.result]
        hidden += [s.by_hand for g in sample.stages.values() for s in g.values() if s.by_hand]
        hidden += [s.tool for g in sample.stages.values() for s in g.values() if s.tool]
        hidden += [s.cleanliness for s in sample.sources.values() if len(s.cleanliness) > 8]
        assert len(hidden) > 60
        assert not [secret for secret in hidden if secret in text]
        assert "Rule 1" in text
        assert "left out" in " ".join(line.text for line in model.sections[3].lead)


def test_one_workflow_reads_as_one(sample: Audit) -> None:
    model = asked(inputs_of(only(sample, "returns")))
    text = " ".join(everything_in(found) for found in model.sections)
    for wrong in ("1 of 1", "one of one", "One of one", "of one workflow"):
        assert wrong not in text
    assert not any(b.key == "estimates" for b in section(model, "apart").blocks)
    assert not any(b.key == "curve" for b in section(model, "roadmap").blocks)
    assert any(b.key == "ruler" for b in section(model, "apart").blocks)


@pytest.mark.parametrize("name", ["returns", "markdowns", "tenders", "invoices", "rosters"])
def test_no_sentence_about_one_workflow_counts_wrongly(name: str, sample: Audit) -> None:
    model = asked(inputs_of(only(sample, name)), *KEYS)
    lines = [model.brief.heading.text, *(line.text for line in model.brief.care.lines)]
    lines += [everything_in(found) for found in model.sections]
    text = " ".join(lines)
    assert not MISCOUNTED.findall(text)
    assert " no of " not in text
