"""Annexes of evidence, of what changed and moved, of notes and of standards."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from msgspec.structs import replace

from app.domain.answers import Answer, Evidence, Presence, Proof, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.changes import diff
from app.domain.edits.answers import settle
from app.domain.ids import (
    EvidenceId,
    PersonId,
    QuestionId,
    SnapshotId,
    Target,
    WorkflowId,
)
from app.domain.landscape import Lifecycle
from app.domain.planning import GapNote
from app.domain.revisions import Revision
from app.domain.workshop import Snapshot
from app.report.annexes.evidence import evidence_items
from app.report.contents import ANNEXES, KEYS, PICTURES, USUAL, titles
from app.report.data import render_json
from app.report.html import render_html
from app.report.inputs import Earlier
from app.report.model import Audience, ReportModel, Table
from app.report.pdf import render_pdf
from app.report.redaction import names
from app.words import Words
from tests.report.annexes import FLOW, OWNER, made, part, tables, text_of
from tests.report.inputs import inputs_of
from tests.report.reading import everything

SECRET = "Deed of Quagmire"


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
