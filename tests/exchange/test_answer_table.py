"""Answer tables: written, filled in, read back, and why a row cannot be taken."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.domain.answers import Answer, Confirmation, Proof, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.edits.answer_rows import take_answers
from app.domain.ids import (
    ORGANISATION,
    PersonId,
    PlatformId,
    QuestionId,
    SourceId,
    Target,
    WorkflowId,
)
from app.domain.landscape import ContextSource, Person, Platform, SourceLink, Workflow
from app.errors import ExportFailed, ImportFailed
from app.exchange.answer_sheet import _mark, _unmark, write_cells
from app.exchange.answer_table import HEADER, read_answers, write_answers, write_template
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

BANK, REFERENCE = default_bank(), default_reference()
KINDS = ["csv", "xlsx"]
LEVEL3 = Said(Reply.LEVEL, 3, Grade.EXPLAINED)


def audit() -> Audit:
    """Two workflows called alike, one on a platform, one with a source, two with several."""
    return Audit(
        BANK,
        REFERENCE,
        people={
            PersonId("ada"): Person("Ada Ray", area="owner"),
            PersonId("bo"): Person("Bo", area="builder"),
            PersonId("cy"): Person("Cy"),
        },
        platforms={PlatformId("p1"): Platform("Shared desk")},
        workflows={
            WorkflowId("w1"): Workflow("Claims", owner=PersonId("ada")),
            WorkflowId("w2"): Workflow("Offers", platform=PlatformId("p1")),
            WorkflowId("w3"): Workflow("Twin"),
            WorkflowId("w4"): Workflow("Twin", in_scope=False),
        },
        sources={
            SourceId("s1"): ContextSource("Price list"),
            SourceId("s2"): ContextSource("Wiki"),
        },
        links={
            WorkflowId("w2"): {SourceId("s1"): SourceLink()},
            WorkflowId("w3"): {SourceId("s1"): SourceLink(), SourceId("s2"): SourceLink()},
        },
    )


def table(tmp_path: Path, *rows: str, header: str = ",".join(HEADER)) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    return path


RESOLVED = [
    ("Claims,,RT-01,2", "w1"),
    ("w1,,RT-01,2", "w1"),
    (",,GOV-01,2", ORGANISATION),
    ("Claims,,GOV-01,2", ORGANISATION),
    ("Offers,,MX-01,2", "p1"),
    ("Shared desk,,MX-01,2", "p1"),
    ("Claims,,MX-01,2", "w1"),
    (",Wiki,SRC-01,2", "s2"),
    ("Twin,Wiki,SRC-01,2", None),
    ("w3,Wiki,SRC-01,2", "s2"),
    ("Offers,,SRC-01,2", "s1"),
    ("Claims,,SRC-01,2", "w1"),
]


@pytest.mark.parametrize(("row", "target"), RESOLVED)
def test_a_row_finds_its_target(tmp_path: Path, row: str, target: str | None) -> None:
    read = read_answers(audit(), table(tmp_path, row))
    assert [r.target for r in read.rows] == ([target] if target else [])
    assert len(read.skipped) == (0 if target else 1)


def test_a_workflow_can_differ_from_its_platform(tmp_path: Path) -> None:
    path = table(tmp_path, "Offers,,MX-01,2,,,,,yes", header=",".join((*HEADER, "own")))
    assert [r.target for r in read_answers(audit(), path).rows] == ["w2"]


SKIPPED = [
    ("Nothing,,RT-01,2", "There is no workflow or platform “Nothing”."),
    ("Twin,,RT-01,2", "2 workflows are called “Twin”: w3, w4."),
    (",,RT-01,2", "RT-01 is asked about a workflow, and none is named."),
    (",,MX-01,2", "MX-01 is asked about a platform, and none is named."),
    (",Price list,RT-01,2", "RT-01 is not asked about a source."),
    (",Atlas,SRC-01,2", "There is no source “Atlas”."),
    ("w3,,SRC-01,2", "SRC-01 is asked about a source, and “w3” has several: s1, s2."),
    ("Shared desk,,RT-01,2", "RT-01 is not asked about “p1”"),
    ("Claims,,RT-99,2", "The bank has no question “RT-99”."),
    ("Claims,,RT-01,5", "There is no level “5”."),
    ("Claims,,RT-01,2,proven", "There is no grade “proven”."),
    ("Claims,,RT-01,2,,Zoe", "There is no person “Zoe”."),
    ("Claims,,RT-01,na,,,not ours", "condition that always applies"),
    ("Claims,,WF-03,n/a", "not applicable without a reason"),
    ("Claims,,RT-01,abstain", "A room cannot abstain."),
    ("Claims,,PUB-01,2", "does not apply"),
]


@pytest.mark.parametrize(("row", "why"), SKIPPED)
def test_a_row_that_cannot_be_taken_says_why(tmp_path: Path, row: str, why: str) -> None:
    read = read_answers(audit(), table(tmp_path, "Claims,,RT-02,1", row))
    assert [r.question for r in read.rows] == ["RT-02"]
    assert [s.row for s in read.skipped] == [3]
    assert why in read.skipped[0].why
    assert "Nothing was changed" not in read.skipped[0].why


def test_the_first_of_two_rows_about_the_same_counts(tmp_path: Path) -> None:
    rows = ("Offers,,MX-01,2", "Shared desk,,MX-01,3", "Offers,,MX-01,3,,Bo")
    read = read_answers(audit(), table(tmp_path, *rows))
    assert [r.row for r in read.rows] == [2, 4]
    assert [(s.row, s.why) for s in read.skipped] == [(3, "Row 2 already answers this.")]


def test_rows_nobody_filled_in_are_counted_only(tmp_path: Path) -> None:
    read = read_answers(audit(), table(tmp_path, "Claims,,RT-01,,,Bo", "", "Claims,,RT-02,1"))
    assert (len(read.rows), len(read.skipped), read.blank) == (1, 0, 1)


LEVELS = [
    ("0", Said(Reply.LEVEL, 0)),
    ("4", Said(Reply.LEVEL, 4)),
    ("?", Said(Reply.UNKNOWN)),
    ("Unknown", Said(Reply.UNKNOWN)),
    ("NA", Said(Reply.NOT_APPLICABLE, reason="Because")),
    ("n/a", Said(Reply.NOT_APPLICABLE, reason="Because")),
]


@pytest.mark.parametrize(("word", "said"), LEVELS)
def test_a_level_is_read_from_its_word(tmp_path: Path, word: str, said: Said) -> None:
    reason = said.reason
    read = read_answers(audit(), table(tmp_path, f"Claims,,WF-03,{word},,,{reason}"))
    assert [r.said for r in read.rows] == [said]


def test_the_room_agrees_and_a_person_proposes(tmp_path: Path) -> None:
    rows = ("Claims,,RT-01,3,explained", "Claims,,RT-02,3,Explained,Ada Ray,,see file")
    read = read_answers(audit(), table(tmp_path, *rows))
    after = take_answers(audit(), read.rows, mode="core")
    assert after.answers[Target("w1")] == {
        "RT-01": Answer(Review.AGREED, LEVEL3, mode="core"),
        "RT-02": Answer(
            Review.PROPOSED, individual={PersonId("ada"): LEVEL3}, note="see file", mode="core"
        ),
    }


def test_what_was_agreed_stays_agreed_when_a_person_answers(tmp_path: Path) -> None:
    before = answered(Answer(Review.AGREED, LEVEL3))
    read = read_answers(before, table(tmp_path, "Claims,,RT-01,1,,Bo"))
    after = take_answers(before, read.rows).answers[Target("w1")][QuestionId("RT-01")]
    assert (after.review, after.settled) == (Review.AGREED, LEVEL3)
    assert after.individual == {"bo": Said(Reply.LEVEL, 1)}


def answered(answer: Answer, target: str = "w1", question: str = "RT-01") -> Audit:
    return replace(audit(), answers={Target(target): {QuestionId(question): answer}})


def test_a_row_that_repeats_the_record_keeps_its_proof_and_changes_nothing(tmp_path: Path) -> None:
    shown = replace(LEVEL3, grade=Grade.DOCUMENTED, proof=Proof(title="Rules"))
    before = answered(Answer(Review.DISPUTED, shown, {PersonId("bo"): shown}, note="a\nb"))
    path = tmp_path / "out.csv"
    assert write_answers(before, path) == 2
    assert take_answers(before, read_answers(before, path).rows) == before


def test_settling_a_proposal_keeps_its_proof(tmp_path: Path) -> None:
    shown = replace(LEVEL3, grade=Grade.DOCUMENTED, proof=Proof(title="Rules"))
    before = answered(Answer(Review.PROPOSED, shown))
    read = read_answers(before, table(tmp_path, "w1,,RT-01,3,documented"))
    after = take_answers(before, read.rows).answers[Target("w1")][QuestionId("RT-01")]
    assert (after.review, after.settled) == (Review.AGREED, shown)


def test_taking_is_an_edit_that_leaves_the_value_alone(tmp_path: Path) -> None:
    before = answered(Answer(note="as it was"))
    read = read_answers(before, table(tmp_path, "w1,,RT-01,3", "w2,,RT-01,1"))
    take_answers(before, read.rows)
    assert before == answered(Answer(note="as it was"))


FULL = {
    ORGANISATION: {
        QuestionId("GOV-01"): Answer(Review.AGREED, LEVEL3, note="=1+1 is\n\"text\", 'so'")
    },
    Target("p1"): {QuestionId("MX-01"): Answer(Review.AGREED, Said(Reply.UNKNOWN))},
    Target("w2"): {
        QuestionId("MX-01"): Answer(Review.AGREED, LEVEL3),
        QuestionId("WF-03"): Answer(
            Review.AGREED, Said(Reply.NOT_APPLICABLE, reason="-no drawing, ever")
        ),
    },
    Target("w3"): {
        QuestionId("RT-01"): Answer(
            Review.PROPOSED,
            individual={
                PersonId("ada"): Said(Reply.LEVEL, 0),
                PersonId("bo"): Said(Reply.ABSTAIN),
                PersonId("cy"): Said(Reply.UNKNOWN),
            },
        )
    },
    Target("s1"): {QuestionId("SRC-01"): Answer(Review.AGREED, LEVEL3)},
    Target("w1"): {QuestionId("RT-01"): Answer(note="@later")},
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_reads_back_as_the_same_answers(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"out.{kind}"
    assert write_answers(replace(audit(), answers=FULL), path) == 9
    read = read_answers(audit(), path)
    assert read.skipped == ()
    assert take_answers(audit(), read.rows).answers == FULL


def test_proposals_of_the_room_are_not_written_as_agreed(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert write_answers(answered(Answer(Review.PROPOSED, LEVEL3)), path) == 0


def test_markup_of_a_cell_is_text(tmp_path: Path) -> None:
    """The library that writes sheets takes a text from <r> to </r> for parts of its own."""
    path = tmp_path / "sheet.xlsx"
    texts = ["<r><t>bold</t></r>", "<r></t></si></r>", "<r>"]
    write_cells(path, ["note"], [[text] for text in texts], {})
    rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True))
    assert rows == [(text,) for text in texts]


def test_no_formula_is_written(tmp_path: Path) -> None:
    before = answered(Answer(Review.AGREED, LEVEL3, note='=HYPERLINK("x")'))
    write_answers(before, tmp_path / "out.xlsx")
    write_answers(before, tmp_path / "out.csv")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert [(c.value, c.data_type) for c in sheet[2]][-1] == ('=HYPERLINK("x")', "s")
    assert b",\"'=HYPERLINK(" in (tmp_path / "out.csv").read_bytes()


@given(st.text(alphabet="'=+-@\ta", max_size=5))
@settings(max_examples=60, deadline=None)
def test_marking_a_cell_as_text_is_undone(text: str) -> None:
    assert _unmark(_mark(text)) == text
    assert not _mark(text).startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_filled_in_is_taken(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"sheet.{kind}"
    count = write_template(audit(), path, person=PersonId("bo"))
    assert count == 15
    if kind == "csv":
        text = path.read_text(encoding="utf-8-sig")
        path.write_text(text.replace(",,,Bo,", ",2,,Bo,", 1), encoding="cp1252")
    else:
        book = openpyxl.load_workbook(path)
        book.active["D2"] = 2
        book.save(path)
    read = read_answers(audit(), path)
    assert (len(read.rows), read.skipped, read.blank) == (1, (), 14)
    assert (read.rows[0].by, read.rows[0].said) == ("bo", Said(Reply.LEVEL, 2))


def test_a_confirmed_workflow_needs_a_reason(tmp_path: Path) -> None:
    stands = Confirmation(PersonId("ada"), dt.datetime(2026, 5, 4, tzinfo=dt.UTC), "hash")
    before = replace(audit(), confirmations={WorkflowId("w1"): stands})
    rows = ("w1,,RT-01,2", "w1,,RT-02,2,,,Rules were written since")
    read = read_answers(before, table(tmp_path, *rows))
    assert [r.question for r in read.rows] == ["RT-02"]
    assert "owner confirmed" in read.skipped[0].why


def test_a_filled_sheet_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("mine")
    with pytest.raises(ExportFailed, match="may hold somebody's answers"):
        write_template(audit(), path)
    assert path.read_text() == "mine"


def test_the_sheet_of_all_asks_what_is_not_settled_once(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    asked = write_template(audit(), path)
    scope = {q.id: q.scope.value for q in BANK.questions}
    found: dict[tuple[str, str], int] = {}
    for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
        place, source, question = line.split(",")[:3]
        key = (place or source or "org", scope[QuestionId(question)])
        found[key] = found.get(key, 0) + 1
    assert found == {
        ("org", "organisation"): 5,
        ("Shared desk", "platform"): 16,
        ("Claims", "workflow"): 41,
        ("Claims", "platform"): 16,
        ("Claims", "source"): 7,
        ("Offers", "workflow"): 41,
        ("w3", "workflow"): 41,
        ("w3", "platform"): 16,
        ("Price list", "source"): 7,
        ("Wiki", "source"): 7,
    }
    assert asked == sum(found.values())


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        ("workflow;question;level;note\nClaims;WF-03;2;Größe", "cp1252"),
        ("workflow\tquestion\tlevel\tnote\nClaims\tWF-03\t2\tGröße", "utf-16"),
        ("\n\nNote|Level|Question|Workflow\nGröße| 2 |WF-03|Claims\n", "utf-8-sig"),
    ],
)
def test_encoding_and_delimiter_are_found(tmp_path: Path, body: str, encoding: str) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(body.encode(encoding))
    (row,) = read_answers(audit(), path).rows
    assert (row.said, row.note) == (Said(Reply.LEVEL, 2), "Größe")


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.csv", b"workflow,question\nw1,RT-01", "no column “level”"),
        ("a.csv", b"", "no column “question”"),
        ("a.csv", b'question,level\n"RT-01,2', "never closed"),
        ("a.csv", b"\x00\x01\x02", "not a text file"),
        ("a.xlsx", b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    tmp_path: Path, name: str, body: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(ImportFailed, match=said):
        read_answers(audit(), path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match=r"none\.csv cannot be read"):
        read_answers(audit(), tmp_path / "none.csv")


def test_a_sheet_where_nothing_can_be_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for out in (tmp_path / "file" / "a.csv", tmp_path / ("n" * 300)):
        with pytest.raises(ExportFailed, match="could not be written"):
            write_template(audit(), out)
