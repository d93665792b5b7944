"""Minutes agree with the record, name nobody who may not be named, and survive any text."""

import datetime as dt
import io
import zipfile
from itertools import pairwise

import pikepdf
import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.gaps import own_gaps
from app.domain.ids import DecisionId, OwnGapId, ParkingId, SessionId
from app.domain.risk.misdiagnosis import believed
from app.domain.sessions import in_order, named_people
from app.domain.tally import tally
from app.domain.workshop import Session
from app.errors import ExportFailed
from app.report.build import build_minutes, build_report
from app.report.data import read_provenance, render_json
from app.report.formats import MINUTES, RENDER
from app.report.inputs import Origin
from app.report.minutes.inputs import record_inputs
from app.report.model import Audience, PageSize, ReportModel, Section, Table
from app.report.pdf import render_pdf
from app.report.request import Request
from app.report.verified import verified
from app.words import Words
from tests.report import workshop
from tests.report.inputs import TODAY, inputs_of
from tests.report.reading import elements, everything, pages
from tests.report.sheets import packed_text
from tests.report.variants import HOSTILE, hostile, unasked
from tests.report.workshop import HELD

ORIGIN = Origin("audit.plumb", 12, "7f3a91c2" * 8, "0.1.0")


@pytest.fixture(scope="module")
def audit(sample: Audit) -> Audit:
    return workshop.held(sample)


def minutes(
    audit: Audit,
    audience: Audience = Audience.FULL,
    session: SessionId | None = HELD,
    language: str = "en",
) -> ReportModel:
    inputs = record_inputs(audit, TODAY, ORIGIN)
    return build_minutes(inputs, Request(audience, PageSize.A4, TODAY), Words(language), session)


def table(section: Section, stem: str) -> Table:
    return next(
        b for b in section.blocks if isinstance(b, Table) and b.key.startswith(f"minutes_{stem}")
    )


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_the_heading_says_who_did_what_in_how_long(audit: Audit) -> None:
    (section, _) = minutes(audit).sections
    assert section.label == f"Minutes: {workshop.TITLE}, 16 December 2026"
    assert section.heading.text == (
        "Eight of nine people decided two things and put three aside in three hours and "
        "ten minutes."
    )
    said = [line.text for line in section.lead]
    assert "140 minutes were planned for the items of the agenda; 180 minutes went by." in said
    assert "1 question was voted on in 2 rounds." in said
    assert any("by seat" in text for text in said)


VOTED = "Eight of nine people voted on one question"


@pytest.mark.parametrize(
    ("decided", "parked", "lasted", "expected"),
    [
        (1, 1, 60, "Eight of nine people decided one thing and put one aside in one hour."),
        (0, 2, 61, f"{VOTED} and put two things aside in one hour and one minute."),
        (0, 0, 0, f"{VOTED}."),
    ],
)
def test_the_heading_counts(
    audit: Audit, decided: int, parked: int, lasted: int, expected: str
) -> None:
    record = audit.sessions[HELD]
    end = workshop.at(9) + dt.timedelta(minutes=lasted) if lasted else None
    changed = replace(
        audit,
        sessions={HELD: replace(record, ended=end)},
        decisions={DecisionId("d1"): audit.decisions[DecisionId("d1")]} if decided else {},
        parking={ParkingId(f"p{n}"): audit.parking[ParkingId("p1")] for n in range(parked)},
        own_gaps={},
    )
    if end is None:
        # Who left before the end is not here while a session runs.
        changed = replace(changed, sessions={HELD: replace(record, ended=workshop.at(9))})
    assert minutes(changed).sections[0].heading.text == expected


def test_a_session_not_held_yet_says_so(audit: Audit) -> None:
    later = SessionId("later")
    planned = replace(audit, sessions={later: Session("Second", dt.date(2027, 3, 1))})
    (section, *_) = minutes(planned, session=later).sections
    assert section.heading.text == (
        "Not held yet: planned for 1 March 2027, with nine people expected."
    )


def test_times_are_planned_and_real(audit: Audit) -> None:
    found = texts(table(minutes(audit).sections[0], "agenda"))
    assert found == [
        ["Why we are here and what is to be decided", "09:00", "09:12", "10", "12"],
        ["Core questions of one workflow", "09:12", "12:00", "120", "168"],
        ["What Zoë Lindqvist asked for", "–", "–", "10", "–"],
        ["Together", "", "", "140", "180"],
    ]


def test_a_session_whose_items_have_no_times_lasted_as_long_as_it_did(audit: Audit) -> None:
    record = audit.sessions[HELD]
    items = tuple(replace(item, started=None, ended=None) for item in record.agenda)
    changed = replace(audit, sessions={HELD: replace(record, agenda=items)})
    rows = texts(table(minutes(changed).sections[0], "agenda"))
    assert [row[-1] for row in rows] == ["–", "–", "–", "190"]
    assert rows[-1][0] == "The whole session, breaks included"
    assert rows[-1][1] == "09:00"


def test_the_minutes_and_the_chart_tell_one_belief(audit: Audit) -> None:
    """The mean that is drawn beside the evidence stands in the minutes beside the median."""
    votes = list(audit.belief_votes.values())
    rows = table(minutes(audit).sections[-1], "beliefs").rows
    for row in rows:
        assert row.cells[1].value == pytest.approx(100 * believed(votes, row.key))


def test_attendance_has_everybody_once_and_no_seat(audit: Audit) -> None:
    found = table(minutes(audit).sections[0], "attendance")
    assert len(found.rows) == len(named_people(audit))
    rows = texts(found)
    assert sorted(name for _, name, _, _ in rows) == sorted(
        record.name for record in named_people(audit).values()
    )
    assert [row[2:] for row in rows].count(["absent", "–"]) == 1
    assert ["09:20", "to the end"] in [row[2:] for row in rows]
    assert ["from the start", "11:00"] in [row[2:] for row in rows]


def test_votes_have_their_rounds_by_role_and_what_was_settled(audit: Audit) -> None:
    head, first, second, settled = texts(table(minutes(audit).sections[0], "votes"))
    assert head == ["Store returns triage"]
    for row, vote in ((first, "round-1"), (second, "round-2")):
        counted = tally(audit.votes[vote].ballots)  # type: ignore[index]
        low, high = counted.range or (0, 0)
        assert row[1] == f"median {counted.median}, range {low} to {high}"
        assert row[3] == "we don't know 1; abstained 1"
        assert "Seat" not in " ".join(row)
        assert "no role recorded" not in row[2]
    assert settled[1].startswith("2 ")
    assert settled[2] == "2 dissenting remarks"


def test_dissent_is_named_by_consent_only(audit: Audit) -> None:
    rows = texts(table(minutes(audit).sections[0], "dissent"))
    late = sorted(p for p, r in audit.people.items() if r.seat is not None)[0]
    assert [row[1:] for row in rows] == [
        ["not named", workshop.BY_SEAT],
        [audit.people[late].name, workshop.AGAINST],
        ["not named", "Not before spring"],
    ]


def test_decisions_gaps_and_parked_items_are_those_of_the_session(audit: Audit) -> None:
    (section, _) = minutes(audit).sections
    decisions = texts(table(section, "decisions"))
    assert [row[0] for row in decisions] == [
        d.text for _, d in sorted(audit.decisions.items()) if d.session == HELD
    ]
    assert [row[3] for row in decisions] == ["yes", "changed", "open"]
    gaps = table(section, "gaps")
    assert [row.key for row in gaps.rows] == [key for key, _ in own_gaps(audit)]
    assert texts(gaps)[1][4] == "closed"
    assert len(table(section, "parked").rows) == 3


def test_the_timeline_holds_what_happened_in_time(audit: Audit) -> None:
    found = texts(table(minutes(audit).sections[0], "timeline"))
    assert [row[0] for row in found if row[0] != "–"] == sorted(
        row[0] for row in found if row[0] != "–"
    )
    assert [row[1] for row in found].count("vote revealed") == 2
    assert [row[1] for row in found].count("decision") == 2
    assert found[0][:2] == ["09:00", "started"]


def test_all_sessions_come_by_day_and_then_what_is_left_open(audit: Audit) -> None:
    loose = replace(audit.own_gaps[OwnGapId("gap-1")], session=None)
    found = minutes(replace(audit, own_gaps={**audit.own_gaps, OwnGapId("x"): loose}), session=None)
    days = [audit.sessions[key].date for key in in_order(audit)]
    assert days == sorted(days)
    keys = [section.key for section in found.sections]
    assert keys == ["minutes-1", "minutes-2", "minutes-3", "minutes-0", "minutes-open"]
    last = found.sections[-1]
    unknown = [gap for gap in inputs_of(audit).gaps if gap.not_known]
    assert len(table(last, "find_out").rows) == len(unknown)
    assert len(table(last, "beliefs").rows) == len(audit.bank.categories)
    assert last.lead[0].values["rate"] == audit.organisation.own_rate


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("kind", MINUTES)
def test_every_format_holds_all_of_it_and_nobody_who_may_not_be_named(
    audit: Audit, audience: Audience, kind: str
) -> None:
    model = minutes(audit, audience)
    body = RENDER[kind](model)
    assert verified(kind, body, model).size == len(body)
    read = {"pdf": everything, "docx": packed_text}.get(kind, lambda data: data.decode())
    whole = read(body)
    named = [record.name for record in named_people(audit).values()]
    if audience is Audience.FULL:
        assert all(name in whole for name in named if name.isascii())
        return
    assert not [name for name in named if name in whole]
    typed = (workshop.GAP, workshop.PARKED, workshop.DECIDED, workshop.BY_SEAT, workshop.ASKED_FOR)
    assert [t for t in typed if t in whole] == (
        [] if audience is Audience.EXTERNAL else [t for t in typed if "Łukasz" not in t]
    )


def test_external_readers_are_told_how_much_is_left_out(audit: Audit) -> None:
    (section, *_) = minutes(audit, Audience.EXTERNAL).sections
    assert section.label == "Minutes: Session 3, 16 December 2026"
    assert section.lead[-1].text == (
        "Left out: 3 decisions, 3 dissenting remarks, 3 parked items and 2 recorded gaps."
    )


def test_a_role_that_is_left_out_is_not_one_that_nobody_recorded(audit: Audit) -> None:
    bare = {p: replace(record, area="") for p, record in audit.people.items()}
    with_roles = replace(audit, people=bare)
    without = {p: replace(record, role="") for p, record in bare.items()}
    for people, said, unsaid in (
        (with_roles, "role left out", "no role recorded"),
        (replace(audit, people=without), "no role recorded", "role left out"),
    ):
        text = render_json(minutes(people, Audience.EXTERNAL)).decode()
        assert said in text
        assert unsaid not in text


def test_the_pdf_is_tagged_and_says_what_it_was_made_from(audit: Audit) -> None:
    model = minutes(audit)
    body = render_pdf(model)
    assert read_provenance(body) == model.control
    with pikepdf.open(io.BytesIO(body)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("en")
        with document.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"]
    found = elements(body)
    levels = [int(e.kind[1]) for e in found if e.kind in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    heads = [e for e in found if e.kind == "TH"]
    assert heads
    assert all(e.has_scope for e in heads)
    assert all(e.alt for e in found if e.kind == "Figure")
    (first, *_) = pages(body)
    assert "three hours and ten minutes" in first


def test_the_same_minutes_give_the_same_bytes(audit: Audit) -> None:
    for kind in MINUTES:
        assert RENDER[kind](minutes(audit)) == RENDER[kind](minutes(audit))


def test_text_that_fights_back_is_printed_and_counted(audit: Audit) -> None:
    evil = hostile(audit)
    record = evil.sessions[HELD]
    many = [text for text in HOSTILE if text.strip()]
    evil = replace(
        evil,
        sessions={HELD: replace(record, title=many[0], agenda=(record.agenda[0], *(
            replace(record.agenda[2], title=text) for text in many
        )))},
        own_gaps={
            OwnGapId(f"g{n}"): replace(evil.own_gaps[OwnGapId("gap-1")], text=text, note=text)
            for n, text in enumerate(many)
        },
        parking={
            ParkingId(f"p{n}"): replace(evil.parking[ParkingId("p1")], text=text * 20)
            for n, text in enumerate(many)
        },
    )  # fmt: skip
    model = minutes(evil)
    assert model.control.replaced
    for kind in MINUTES:
        body = RENDER[kind](model)
        assert verified(kind, body, model).size
    with zipfile.ZipFile(io.BytesIO(RENDER["docx"](model))) as archive:
        assert archive.testzip() is None


def test_german_minutes_speak_german(audit: Audit) -> None:
    (section, *_) = minutes(audit, language="de").sections
    assert section.heading.text == (
        "Acht von neun Personen haben zwei Sachen entschieden und drei zurückgestellt, in drei "
        "Stunden und zehn Minuten."
    )
    assert table(section, "agenda").title == "Ablauf, geplant und tatsächlich"


def test_minutes_need_a_session_and_no_workflow(audit: Audit) -> None:
    empty = unasked(audit, 0)
    with pytest.raises(ExportFailed, match="no session"):
        minutes(empty, session=None)
    with pytest.raises(ExportFailed, match="no session “nope”"):
        minutes(audit, session=SessionId("nope"))
    found = minutes(replace(empty, sessions={HELD: audit.sessions[HELD]}))
    assert found.brief is None
    assert found.sections[0].heading.text.startswith("The room decided nothing in three hours")


def test_slides_are_refused_with_a_sentence(audit: Audit) -> None:
    with pytest.raises(ExportFailed, match="decision brief"):
        RENDER["pptx"](minutes(audit))


def test_minutes_are_an_annex_where_somebody_chooses_them(audit: Audit) -> None:
    chosen = frozenset({"minutes", "lanes"})
    inputs = inputs_of(audit)
    request = Request(Audience.FULL, PageSize.A4, TODAY, chosen)
    model = build_report(inputs, request, Words())
    labels = [annex.label for annex in model.annexes]
    assert labels[0].startswith("Annex A · Minutes: ")
    alone = minutes(audit, session=None)
    named = {section.key: section for section in alone.sections}
    for annex in model.annexes[:-1]:
        assert annex.heading == named[annex.key].heading
        assert annex.blocks == named[annex.key].blocks
    usual = build_report(inputs, replace(request, sections=None), Words())
    assert not [a for a in usual.annexes if a.key.startswith("minutes")]
    assert render_json(alone)
