"""Annexes of evidence, of what changed and moved, the glossary, the sign page and owner sheets."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, Confirmation, Evidence, Presence, Proof, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.changes import diff
from app.domain.conditions import ConditionState
from app.domain.edits.answers import settle
from app.domain.edits.workshop import fingerprint
from app.domain.gaps import gap_key
from app.domain.ids import (
    ActionKey,
    EvidenceId,
    ParkingId,
    PersonId,
    QuestionId,
    SnapshotId,
    Target,
    WorkflowId,
)
from app.domain.landscape import Lifecycle
from app.domain.planning import ActionNote, GapNote, Response
from app.domain.revisions import Revision
from app.domain.workshop import ParkingItem, Snapshot
from app.report.build import build_report
from app.report.contents import ANNEXES, KEYS, PICTURES, USUAL, titles
from app.report.data import render_json
from app.report.evidence import evidence_items
from app.report.html import render_html
from app.report.inputs import Earlier, ReportInputs
from app.report.model import Audience, PageSize, ReportModel, Section, Table
from app.report.pdf import render_pdf
from app.report.redaction import names
from app.report.request import Request
from app.words import Words
from tests.report.inputs import TODAY, inputs_of
from tests.report.reading import everything, pages

FLOW, OWNER = WorkflowId("complaints"), PersonId("jose")
SECRET = "Deed of Quagmire"


def made(inputs: ReportInputs, *parts: str, audience: Audience = Audience.FULL) -> ReportModel:
    request = Request(audience, PageSize.A4, TODAY, frozenset(parts))
    return build_report(inputs, request, Words())


def part(model: ReportModel, key: str) -> Section:
    return next(s for s in model.annexes if s.key == key)


def tables(section: Section) -> dict[str, Table]:
    return {b.key: b for b in section.blocks if isinstance(b, Table)}


def text_of(table: Table) -> str:
    return " ".join(f"{c.text} {c.detail}" for row in table.rows for c in row.cells)


# Evidence.


def with_evidence(audit: Audit) -> Audit:
    """One record with a kept file, two answers that rest on it, one typed proof."""
    target = Target(FLOW)
    first, second, third = sorted(audit.answers[target])[:3]
    seen = Evidence(
        *(target, SECRET, Presence.PARTIAL),
        place="Cellar",
        date=dt.date(2026, 11, 3),
        seen_by="Priya Raghunathan",
        sha256="c0de" * 16,
        note="Page 4 is missing",
    )
    audit = replace(audit, evidence={target: {EvidenceId("zz"): seen}})
    rests = Proof(SECRET, "Cellar", dt.date(2026, 11, 3), "Priya", evidence=EvidenceId("zz"))
    answers = dict(audit.answers[target])
    typed = Proof("", sample=40, result="38 right", expires=dt.date(2026, 12, 1))
    for question, proof, grade in (
        (first, rests, Grade.DOCUMENTED),
        (second, rests, Grade.DOCUMENTED),
        (third, typed, Grade.OBSERVED),
    ):
        said = Said(Reply.LEVEL, 3, grade, proof)
        answers[question] = Answer(Review.AGREED, said)
    return replace(audit, answers={target: answers})


def test_evidence_says_what_rests_on_it_and_its_hash(sample: Audit) -> None:
    audit = with_evidence(sample)
    model = made(inputs_of(audit), "evidence")
    annex = part(model, "evidence")
    rows = tables(annex)["evidence"].rows
    row = rows[0]
    assert row.cells[0].text == SECRET
    assert row.cells[0].detail == f"SHA-256 {'c0de' * 16}"
    assert row.cells[1].text == "Cellar"
    assert row.cells[1].detail == "3 Nov 2026"
    assert row.cells[2].text == "Priya Raghunathan"
    assert row.cells[3].text == "there in part; Page 4 is missing"
    first, second, third = sorted(audit.answers[Target(FLOW)])[:3]
    assert row.cells[4].text.startswith(f"Complaint reply drafts: {first}, {second}")
    untitled = next(r for r in rows if third in r.cells[4].text)
    known = sample.bank.question(third)
    assert untitled.cells[0].text == f"Sample checked for: {known.text} ({third})"
    assert "hash names the bytes" in annex.lead[0].text
    unkept = part(made(inputs_of(sample), "evidence"), "evidence")
    assert unkept.heading.values["kept"] == 0
    assert "hash" not in unkept.lead[0].text
    assert untitled.cells[3].text == "sample of 40: 38 right"
    assert untitled.cells[3].detail == "expired on 1 Dec 2026"
    assert annex.heading.values["kept"] == 1


def test_external_readers_learn_that_there_is_evidence_and_nothing_of_it(sample: Audit) -> None:
    model = made(inputs_of(with_evidence(sample)), "evidence", audience=Audience.EXTERNAL)
    annex = part(model, "evidence")
    assert "left out" in annex.heading.text
    table = tables(annex)["evidence"]
    rest = int(annex.heading.values["n"] or 0) - len(table.rows)
    assert table.note.startswith(f"{rest} others were seen")
    assert table.rows[0].cells[0].text == "Evidence 1"
    for text in (render_json(model).decode(), render_html(model), everything(render_pdf(model))):
        for secret in (SECRET, "Cellar", "38 right", "c0de" * 16, "Page 4", "Raghunathan"):
            assert secret not in text


def test_external_readers_get_no_rows_that_say_nothing(sample: Audit) -> None:
    """Rows have a state, an expiry or no answer; the others are one number."""
    annex = part(made(inputs_of(sample), "evidence", audience=Audience.EXTERNAL), "evidence")
    table = tables(annex)["evidence"]
    n = int(annex.heading.values["n"] or 0)
    items = evidence_items(sample, names(sample, Audience.FULL, Words(), str))
    says = [i for i in items if i.presence is not Presence.UNKNOWN or i.expires or not i.answers]
    assert n == len(items)
    assert len(table.rows) == len(says) < n
    assert table.note.startswith(f"{n - len(says)} others were seen, and an answer rests on each;")


def test_executive_readers_get_the_evidence_without_the_name(sample: Audit) -> None:
    model = made(inputs_of(with_evidence(sample)), "evidence", audience=Audience.EXECUTIVE)
    assert SECRET in render_json(model).decode()
    assert "Raghunathan" not in render_json(model).decode()


def test_an_audit_without_evidence_has_no_such_annex(sample: Audit) -> None:
    bare = replace(sample, evidence={}, answers={})
    assert [s.key for s in made(inputs_of(bare), "evidence").annexes] == ["control"]


def test_a_note_on_an_answer_says_what_was_asked(sample: Audit) -> None:
    annex = part(made(inputs_of(sample), "record"), "record")
    about = {row.cells[0].text for row in tables(annex)["notes"].rows}
    assert "Approval works (GOV-05)" in about
    assert not [text for text in about if re.fullmatch(r"[A-Z]+-\d+", text)]


# Changed since confirmation.


def changed(audit: Audit) -> tuple[Audit, Revision, QuestionId]:
    """An answer of the confirmed workflow settled anew, with a reason."""
    question = next(
        q
        for q, a in sorted(audit.answers[Target(FLOW)].items())
        if a.settled and a.settled.level == 1
    )
    said = Said(Reply.LEVEL, 4, Grade.EXPLAINED)
    after = settle(audit, Target(FLOW), question, said, reason="Jo Quagmire saw the new list")
    at = dt.datetime(2026, 12, 13, 10, tzinfo=dt.UTC)
    by = PersonId("priya")
    return after, Revision(at, by, "Answer", diff(audit, after)), question


def test_what_changed_since_the_owner_confirmed(sample: Audit) -> None:
    after, revision, question = changed(sample)
    annex = part(made(replace(inputs_of(after), revisions=(revision,)), "changed"), "changed")
    (row,) = tables(annex)["changed"].rows
    assert question in row.cells[0].text
    assert row.cells[0].detail == "Complaint reply drafts"
    assert row.cells[1].text.startswith("1 ")
    assert row.cells[2].text.startswith("4 ")
    assert (row.cells[3].text, row.cells[3].detail) == ("Priya Raghunathan", "13 Dec 2026")
    assert row.cells[4].text == "Jo Quagmire saw the new list"
    assert annex.heading.text == "1 answer of 1 workflow is not as its owner confirmed it."


def test_a_reason_is_left_out_for_external_readers(sample: Audit) -> None:
    after, revision, _ = changed(sample)
    inputs = replace(inputs_of(after), revisions=(revision,))
    model = made(inputs, "changed", audience=Audience.EXTERNAL)
    assert "Quagmire" not in render_json(model).decode()
    assert "Complaint reply" not in render_json(model).decode()
    assert "left out" in text_of(tables(part(model, "changed"))["changed"])


def test_what_the_journal_does_not_tell_is_said(sample: Audit) -> None:
    after, _, _ = changed(sample)
    annex = part(made(inputs_of(after), "changed"), "changed")
    assert not annex.blocks
    assert "does not say what changed in: Complaint reply drafts" in annex.lead[-1].text


def test_nothing_changed_and_nothing_confirmed(sample: Audit) -> None:
    annex = part(made(inputs_of(sample), "changed"), "changed")
    assert annex.heading.text.startswith("Nothing has changed since owners confirmed")
    bare = replace(sample, confirmations={})
    assert [s.key for s in made(inputs_of(bare), "changed").annexes] == ["control"]


# Since the last snapshot.


def before(audit: Audit) -> Earlier:
    """Half a year ago: nothing shown yet, two promises, one workflow more."""
    target = Target(FLOW)
    kept = {
        q: replace(a, settled=Said(Reply.LEVEL, 0))
        for q, a in sorted(audit.answers[target].items())
    }
    gap = next(g for g in inputs_of(audit).gaps if g.target != target and g.level == 1)
    gone = WorkflowId("gone")
    then = replace(
        audit,
        answers={**audit.answers, target: kept},
        gap_notes={
            **audit.gap_notes,
            gap.key: GapNote(OWNER, dt.date(2026, 12, 1)),
        },
        workflows={
            **audit.workflows,
            gone: replace(audit.workflows[FLOW], name="Abandoned Quagmire"),
        },
    )
    return Earlier("Kick-off with Ada Quagmire", dt.datetime(2026, 6, 1, tzinfo=dt.UTC), then)


def test_promises_conditions_and_workflows_since_the_last_snapshot(sample: Audit) -> None:
    inputs = replace(inputs_of(sample), earlier=before(sample))
    annex = part(made(inputs, "since"), "since")
    said = annex.heading.values
    assert annex.heading.text.startswith("Since 1 Jun 2026: ")
    assert f"{said['of']} promises" in annex.heading.text
    assert said["ended"] == 1
    assert "one workflow stopped" in annex.heading.text
    assert "Kick-off with Ada Quagmire" in annex.lead[0].text
    found = tables(annex)
    assert "Abandoned Quagmire" in text_of(found["since_moves"])
    late = [row for row in found["promises"].rows if row.cells[3].tone == "alarm"]
    assert late
    assert late[0].cells[2].text == "1 Dec 2026"
    assert len(found["promises"].rows) >= int(said["of"] or 0)  # type: ignore[call-overload]
    met = [r for r in found["since_conditions"].rows if r.cells[0].text == "Complaint reply drafts"]
    assert met
    assert {row.cells[3].text for row in met} == {"met"}
    assert annex.blocks[0].key == "since_slope"


@pytest.mark.parametrize("audience", [Audience.EXECUTIVE, Audience.EXTERNAL])
def test_names_that_stand_only_in_the_snapshot_are_not_printed(
    audience: Audience, sample: Audit
) -> None:
    then = before(sample)
    inputs = replace(inputs_of(sample), earlier=replace(then, name="Kick-off"))
    text = render_json(made(inputs, "since", "pictures", audience=audience)).decode()
    assert "Quagmire" not in text
    assert "a workflow that is gone" in text


def test_nothing_moved_and_no_snapshot(sample: Audit) -> None:
    same = Earlier("Same", dt.datetime(2026, 12, 1, tzinfo=dt.UTC), sample)
    annex = part(made(replace(inputs_of(sample), earlier=same), "since"), "since")
    assert annex.heading.text == "Nothing differs from 1 Dec 2026."
    assert [s.key for s in made(inputs_of(sample), "since").annexes] == ["control"]


def test_a_snapshot_of_a_paused_workflow_counts_as_ended(sample: Audit) -> None:
    now = replace(
        sample,
        workflows={
            **sample.workflows,
            FLOW: replace(sample.workflows[FLOW], lifecycle=Lifecycle.PAUSED),
        },
        snapshots={
            SnapshotId("s"): Snapshot("S", dt.datetime(2026, 6, 1, tzinfo=dt.UTC), 1, "0" * 64)
        },
    )
    then = Earlier("S", dt.datetime(2026, 6, 1, tzinfo=dt.UTC), sample)
    annex = part(made(replace(inputs_of(now), earlier=then), "since"), "since")
    assert annex.heading.values["ended"] == 1
    assert "did not count" in text_of(tables(annex)["since_moves"])


# Glossary, sign page, sheets.


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


def test_every_part_has_a_title_and_letters_follow_each_other(
    models: dict[Audience, ReportModel],
) -> None:
    assert [key for key, _ in titles(Words())] == list(KEYS)
    assert all(title and "·" not in title for _, title in titles(Words("de")))
    assert PICTURES in USUAL
    assert "sheets" in {p.key for p in ANNEXES} - USUAL
    letters = [s.label.split()[1] for s in models[Audience.FULL].annexes]
    assert letters == [chr(ord("A") + n) for n in range(len(letters))]


def test_references_of_a_standard_stand_in_the_order_of_their_numbers(
    models: dict[Audience, ReportModel],
) -> None:
    """Art. 4 before Art. 10, A.2.2 before A.10.2."""
    annex = next(a for a in models[Audience.FULL].annexes if a.key == "standards")
    table = next(block for block in annex.blocks if isinstance(block, Table))
    found = [row.cells[1].text for row in table.rows]
    assert found.index("Art. 4") < found.index("Art. 10") < found.index("Art. 72")
    assert found.index("A.2.2") < found.index("A.10.2")
    standards = [row.cells[0].text for row in table.rows]
    assert len([a for a, b in pairwise(standards) if a != b]) == len(set(standards)) - 1
