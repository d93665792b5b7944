"""The glossary, the sign page, and the sheet that each owner tears out."""

import datetime as dt

from msgspec.structs import replace

from app.domain.answers import Confirmation
from app.domain.audit import Audit
from app.domain.conditions import ConditionState
from app.domain.edits.workshop import fingerprint
from app.domain.gaps import gap_key
from app.domain.ids import (
    ActionKey,
    ParkingId,
    PersonId,
    Target,
    WorkflowId,
)
from app.domain.planning import ActionNote, GapNote, Response
from app.domain.workshop import ParkingItem
from app.report.build import build_report
from app.report.model import Audience, PageSize, ReportModel
from app.report.pdf import render_pdf
from app.report.request import Request
from app.words import Words
from tests.report.annexes import FLOW, OWNER, made, part, tables
from tests.report.inputs import TODAY, inputs_of
from tests.report.reading import pages


def test_the_glossary_holds_the_words_of_the_parts_that_are_printed(sample: Audit) -> None:
    inputs = inputs_of(sample)
    few = {row.key for row in tables(part(made(inputs, "glossary"), "glossary"))["glossary"].rows}
    more = tables(part(made(inputs, "glossary", "roadmap", "since"), "glossary"))["glossary"]
    assert {"workflow", "state", "unknown"} <= few
    assert not few & {"gate", "snapshot"}
    assert {"gate", "snapshot", "person_day"} <= {row.key for row in more.rows}
    names = [row.cells[0].text.casefold() for row in more.rows]
    assert names == sorted(names)


def test_words_of_the_method_are_in_the_glossary_of_the_parts_that_use_them(
    sample: Audit,
) -> None:
    inputs = inputs_of(sample)
    few = {row.key for row in tables(part(made(inputs, "glossary"), "glossary"))["glossary"].rows}
    more = made(inputs, "glossary", "apart", "roadmap", "context")
    keys = {row.key for row in tables(part(more, "glossary"))["glossary"].rows}
    assert not few & {"hazard", "sme", "bare"}
    assert {"hazard", "sme", "bare", "level"} <= keys


def test_the_glossary_is_in_the_order_of_its_language(sample: Audit) -> None:
    """Ü is a kind of U; levels are named."""
    request = Request(Audience.FULL, PageSize.A4, TODAY, frozenset(("glossary", "roadmap")))
    model = build_report(inputs_of(sample), request, Words("de"))
    rows = tables(part(model, "glossary"))["glossary"].rows
    names = [row.cells[0].text for row in rows]
    assert names.index("Übergang") < names.index("Wahrscheinlichkeit, das Ziel zu verfehlen")
    level = next(row.cells[1].text for row in rows if row.key == "level")
    assert f"4: {sample.bank.level_names[4]}" in level


def test_the_sign_page_says_whose_confirmation_holds(sample: Audit) -> None:
    held = FLOW
    kept = sample.confirmations[held]
    other = WorkflowId("returns")
    stale = Confirmation(OWNER, kept.at, "0" * 64)
    by_another = replace(kept, person=PersonId("zoe"))
    for confirmations, flow, said in (
        ({held: kept}, held, "confirmed"),
        ({other: stale}, other, "changed since it was confirmed"),
        ({held: by_another}, held, "confirmed by somebody else"),
        ({}, held, "not confirmed yet"),
    ):
        audit = replace(sample, confirmations=confirmations)
        annex = part(made(inputs_of(audit), "sign"), "sign")
        row = next(r for r in tables(annex)["confirmations"].rows if r.key == flow)
        assert row.cells[2].text == said
        assert row.cells[3].tone == "sign"
    assert fingerprint(sample, held) == kept.fingerprint


def test_each_owner_has_one_sheet_of_one_page(sample: Audit) -> None:
    gap = next(g for g in inputs_of(sample).gaps if g.level == 1)
    action = inputs_of(sample).plan.actions[0].key
    audit = replace(
        sample,
        gap_notes={gap.key: GapNote(OWNER, dt.date(2026, 12, 1))},
        action_notes={ActionKey(action): ActionNote(OWNER, dt.date(2027, 2, 1))},
        parking={ParkingId("p"): ParkingItem("Ask for the contract", OWNER)},
        decisions={},
    )
    model = made(inputs_of(audit), "sheets")
    sheets = [s for s in model.annexes if s.key.startswith("sheets-")]
    assert len({s.label for s in sheets}) == 1
    mine = next(s for s in sheets if s.heading.text.startswith("José Luis Peña"))
    assert "you promised two things, own one gap" in mine.heading.text
    assert mine.lead[0].text == "The first is due on 1 December 2026; one is late."
    promised = next(t for key, t in tables(mine).items() if key.startswith("promised"))
    assert [row.cells[0].detail for row in promised.rows] == [
        "action of the roadmap",
        "parked item",
    ]
    (owned,) = next(t for key, t in tables(mine).items() if key.startswith("gaps")).rows
    assert owned.cells[0].text.startswith("Gap: ")
    known = sample.bank.question(gap.question)
    titles = [sample.bank.action(step.action).title for step in known.steps if 1 < step.to <= 3]
    assert all(title in owned.cells[0].detail for title in titles)
    assert owned.cells[0].detail.endswith(f"Then show: {known.evidence}")
    assert owned.cells[2].text == "1 Dec 2026"
    found = pages(render_pdf(model))
    assert sum("Owner sheet" in page for page in found) == len(sheets)
    assert len(found) == 1 + len(sheets) + 1


def test_a_long_list_is_cut_and_counted_so_that_a_sheet_stays_one_page(sample: Audit) -> None:
    gaps = [g for g in inputs_of(sample).gaps if not g.not_known]
    audit = replace(sample, gap_notes={gap.key: GapNote(OWNER) for gap in gaps})
    model = made(inputs_of(audit), "sheets")
    mine = next(s for s in model.annexes if s.heading.text.startswith("José"))
    owned = next(t for key, t in tables(mine).items() if key.startswith("gaps"))
    assert 5 <= len(owned.rows) <= 14
    assert (
        owned.note == f"{int(mine.heading.values['gaps'] or 0) - len(owned.rows)} more on this list"
    )
    found = pages(render_pdf(model))
    assert sum("José Luis Peña: you" in page for page in found) == 1


def test_what_is_accepted_is_no_gap_to_close_and_what_is_to_show_has_its_day(
    sample: Audit,
) -> None:
    gap = next(g for g in inputs_of(sample).gaps if g.level == 1)
    day = dt.date(2027, 3, 31)
    accepted = GapNote(OWNER, response=Response.ACCEPT, accepted_until=day, because="Too dear.")
    plain = made(inputs_of(sample), "sheets")
    shown = next(
        (s, t)
        for s in plain.annexes
        for key, t in tables(s).items()
        if key.startswith("to_show") and s.heading.text.startswith("José")
    )[1]
    assert {row.cells[2].text for row in shown.rows} == {"–"}
    estimate = next(
        e
        for e in inputs_of(sample).portfolio.estimates
        if sample.workflows[e.id].owner == OWNER
        and ConditionState.SAID in e.conditions.golive.values()
    )
    said = next(q for q, s in estimate.conditions.golive.items() if s is ConditionState.SAID)
    notes = {gap.key: accepted, gap_key(said, Target(estimate.id)): GapNote(due=TODAY)}
    model = made(inputs_of(replace(sample, gap_notes=notes, own_gaps={})), "sheets")
    mine = next(s for s in model.annexes if s.heading.text.startswith("José"))
    found = {key.rpartition("_")[0]: table for key, table in tables(mine).items()}
    assert "gaps" not in found
    assert "answer for one accepted gap" in mine.heading.text
    (row,) = found["accepted"].rows
    assert not row.cells[0].text.startswith("Gap: ")
    assert (row.cells[0].detail, row.cells[2].text) == ("Too dear.", "31 Mar 2027")
    assert "14 Dec 2026" in [row.cells[2].text for row in found["to_show"].rows]


def test_sheets_are_printed_only_where_they_are_asked_for(
    models: dict[Audience, ReportModel],
) -> None:
    keys = {s.key.partition("-")[0] for s in models[Audience.FULL].annexes}
    assert "sheets" not in keys
    assert {"evidence", "glossary", "sign"} <= keys
    assert models[Audience.FULL].annexes[-1].key == "control"
