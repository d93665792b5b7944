"""Pre-work sheets: written for the sample, filled in, read back as exactly those answers."""

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from app.domain.answers import Answer, Confirmation, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.changes import diff
from app.domain.edits.answer_rows import take_answers
from app.domain.ids import PersonId
from app.domain.landscape import Person
from app.domain.prework import MOST_FOR_ONE, PersonSheet, SheetItem, person_sheet
from app.errors import ImportFailed
from app.exchange.bank_translation import bank_in
from app.exchange.prework_files import file_names, joined
from app.exchange.prework_reading import ReturnedSheet, is_prework, read_prework
from app.exchange.prework_sheet import FIRST_ANSWER, HEAD_ROW, KEY, render_sheet
from app.exchange.sample import TODAY, sample_audit
from app.words import Words

LUKASZ, ZOE = PersonId("lukasz"), PersonId("zoe")
AUDIT = "a1" * 32
SAMPLE = sample_audit()
HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "<r><t>bold</t></r>",
    "#set page(width: 1pt)", "<script>alert(1)</script>", "nul\x00 bell\x07", "\u202etxet",
    "007", "long " * 2000, "🚀 王小明",
)  # fmt: skip


def sheet_of(person: PersonId, audit: Audit = SAMPLE, language: str = "en") -> PersonSheet:
    audit = replace(audit, bank=bank_in(audit.bank, language))
    return person_sheet(audit, person, TODAY, None)


def written(sheet: PersonSheet, language: str = "en", identity: str = AUDIT) -> bytes:
    lines = ("Pre-work", f"For {sheet.name}", "Soon")
    return render_sheet(sheet, Words(language), lines, identity, TODAY)


def filled(body: bytes, cells: Mapping[str, object]) -> bytes:
    book = load_workbook(io.BytesIO(body))
    for address, value in cells.items():
        book.worksheets[0][address].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(body: bytes, audit: Audit = SAMPLE, **how: Any) -> ReturnedSheet:
    return read_prework(audit, body, "back.xlsx", AUDIT, **how)


def first_row() -> int:
    return HEAD_ROW + 2


def item(sheet: PersonSheet, row: int) -> SheetItem:
    return sheet.items[row - first_row()]


def test_a_sheet_asks_at_most_fifteen_questions_and_hides_its_keys() -> None:
    sheet = sheet_of(LUKASZ)
    book = load_workbook(io.BytesIO(written(sheet)))
    made = book.worksheets[0]
    keys = [made.cell(row, FIRST_ANSWER + 4).value for row in range(HEAD_ROW + 1, made.max_row + 1)]
    assert keys == [KEY, *(i.key for i in sheet.items)]
    assert len(sheet.items) == MOST_FOR_ONE
    assert made.column_dimensions["I"].hidden
    assert {s.title: s.sheet_state for s in book.worksheets[1:]} == {
        "_prework": "veryHidden",
        "_lists": "veryHidden",
    }
    assert made.protection.sheet
    assert not made["F8"].protection.locked
    assert made["C8"].protection.locked


def test_levels_and_grades_are_offered_from_lists() -> None:
    sheet = sheet_of(LUKASZ)
    book = load_workbook(io.BytesIO(written(sheet)))
    offers = {str(v.sqref): v.formula1 for v in book.worksheets[0].data_validations.dataValidation}
    for row, each in enumerate(sheet.items, first_row()):
        last = 8 if each.may_waive else 7
        assert offers[f"F{row}"] == f"'_lists'!$A$2:$A${last}"
    assert any(not each.may_waive for each in sheet.items)
    lists = book["_lists"]
    assert [lists.cell(n, 1).value for n in range(2, 9)] == [
        *range(5), "don't know", "does not apply",
    ]  # fmt: skip
    assert offers[f"G{first_row()}:G{first_row() + 14}"] == "'_lists'!$C$2:$C$5"


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert written(sheet_of(ZOE)) == written(sheet_of(ZOE))


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_filled_in_comes_back_as_those_answers_and_no_others(language: str) -> None:
    sheet, words, row = sheet_of(ZOE, language=language), Words(language), first_row()
    waivable = next(n for n, i in enumerate(sheet.items) if i.may_waive and n > 3) + row
    body = filled(
        written(sheet, language),
        {
            f"F{row}": 3,
            f"G{row}": words.of(Grade.DOCUMENTED, "grade"),
            f"H{row}": "see the wiki",
            f"F{row + 1}": "0",
            f"F{row + 2}": words("prework.unknown").upper(),
            f"H{row + 3}": "ask Ana",
            f"F{waivable}": words("prework.waived"),
            f"H{waivable}": "nobody is affected",
        },
    )
    found = read(body)
    assert found.person == ZOE
    assert found.unread == ()
    assert found.blank == len(sheet.items) - 5
    after = take_answers(SAMPLE, found.rows)
    expected = {
        row: Said(Reply.LEVEL, 3, Grade.DOCUMENTED),
        row + 1: Said(Reply.LEVEL, 0),
        row + 2: Said(Reply.UNKNOWN),
        row + 3: None,
        waivable: Said(Reply.NOT_APPLICABLE, reason="nobody is affected"),
    }
    changed = {change.keys for change in diff(SAMPLE, after)}
    assert changed == {(item(sheet, r).target, item(sheet, r).question.id) for r in expected}
    for r, said in expected.items():
        asked = item(sheet, r)
        answer = after.answers[asked.target][asked.question.id]
        before = SAMPLE.answers.get(asked.target, {}).get(asked.question.id, Answer())
        assert answer.settled == before.settled
        assert answer.review is not Review.AGREED
        assert answer.individual == {**before.individual, **({ZOE: said} if said else {})}
    noted = after.answers[item(sheet, row).target][item(sheet, row).question.id]
    assert noted.review is Review.PROPOSED
    assert noted.note.endswith("see the wiki")
    assert take_answers(after, read(body, after).rows) == after


def test_what_cannot_be_read_is_listed_by_its_cell_and_nothing_is_lost() -> None:
    sheet, row = sheet_of(ZOE), first_row()
    cells: dict[str, object] = {
        f"F{row}": "maybe",
        f"H{row}": "kept",
        f"F{row + 1}": "=1+1",
        f"F{row + 2}": 2,
        f"G{row + 2}": "surely",
        f"G{row + 3}": "said",
        f"F{row + 4}": "does not apply",
        f"K{row + 5}": "beside",
        f"C{row + 40}": "below",
    }
    found = read(filled(written(sheet), cells))
    places = {u.place: u.text for u in found.unread}
    assert places == {
        f"F{row}": "maybe",
        f"F{row + 1}": "=1+1",
        f"G{row + 2}": "surely",
        f"G{row + 3}": "said",
        f"F{row + 4}": "does not apply",
        f"K{row + 5}": "beside",
        f"C{row + 40}": "below",
    }
    assert [(r.said.level if r.said else None, r.note) for r in found.rows] == [
        (None, "kept"),
        (2, ""),
    ]


def test_a_row_that_is_gone_or_doubled_is_said() -> None:
    sheet, row = sheet_of(ZOE), first_row()
    body = filled(written(sheet), {f"I{row}": sheet.items[1].key, f"F{row}": 1, f"F{row + 1}": 4})
    found = read(body)
    assert [r.said.level for r in found.rows if r.said] == [1]
    assert {u.text for u in found.unread} == {"4", sheet.items[0].key}


def test_a_confirmed_answer_changes_only_with_a_reason() -> None:
    sheet, row = sheet_of(ZOE), first_row()
    target = item(sheet, row).target
    at = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    audit = replace(
        SAMPLE, confirmations={**SAMPLE.confirmations, target: Confirmation(ZOE, at, "x")}
    )
    left = read(filled(written(sheet), {f"F{row}": 2}), audit)
    assert left.rows == ()
    assert "Give a reason" in left.unread[0].why
    taken = read(filled(written(sheet), {f"F{row}": 2, f"H{row}": "measured"}), audit)
    assert [r.said.reason for r in taken.rows if r.said] == ["measured"]


REFUSED = [
    ({"identity": "b2" * 32}, {}, "from another audit"),
    ({}, {"person": LUKASZ}, "written for Zoë Lindqvist and not for Łukasz Żółkiewski"),
]


@pytest.mark.parametrize(("made", "asked", "why"), REFUSED)
def test_a_sheet_of_another_audit_or_person_is_refused(
    made: dict[str, str], asked: dict[str, PersonId], why: str
) -> None:
    with pytest.raises(ImportFailed, match=why):
        read(written(sheet_of(ZOE), **made), **asked)


def test_a_sheet_with_another_name_or_of_nobody_is_refused() -> None:
    body = written(sheet_of(ZOE))
    with pytest.raises(ImportFailed, match="says another name in B2"):
        read(filled(body, {"B2": "For Ana"}))
    people = {p: r for p, r in SAMPLE.people.items() if p != ZOE}
    with pytest.raises(ImportFailed, match="not on record any more"):
        read(body, replace(SAMPLE, people=people))
    with pytest.raises(ImportFailed, match="lost the hidden column"):
        read(filled(body, {"I7": ""}))
    plain = io.BytesIO()
    book = load_workbook(io.BytesIO(body))
    del book["_prework"]
    book.save(plain)
    assert is_prework(body, "x")
    assert not is_prework(plain.getvalue(), "x")
    assert not is_prework(b"a,b\n", "x")
    with pytest.raises(ImportFailed, match="no pre-work sheet"):
        read(plain.getvalue())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_or_stops_a_sheet(text: str) -> None:
    bank = SAMPLE.bank
    questions = tuple(replace(q, text=text, why=text, levels=(text,) * 5) for q in bank.questions)
    audit = replace(
        SAMPLE,
        bank=replace(bank, questions=questions, level_rule=text),
        people={**SAMPLE.people, ZOE: replace(SAMPLE.people[ZOE], name=text)},
        workflows={w: replace(r, name=text) for w, r in SAMPLE.workflows.items()},
    )
    body = written(person_sheet(audit, ZOE, TODAY, None))
    made = load_workbook(io.BytesIO(body)).worksheets[0]
    cells = [cell for row in made.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [c.value for c in cells if c.data_type == "n" and c.value is not None] == list(
        range(1, 10)
    )
    note = text if "\x00" not in text else "a note"
    back = read(filled(body, {f"F{first_row()}": 2, f"H{first_row()}": note}), audit)
    assert [r.said.level for r in back.rows if r.said] == [2]
    if not text.startswith(("=", "\t")):
        assert back.unread == ()


def test_two_sheets_that_answer_the_same_are_told_apart() -> None:
    sheet, row = sheet_of(ZOE), first_row()
    one = read(filled(written(sheet), {f"F{row}": 2}))
    two = replace(read(filled(written(sheet), {f"F{row}": 3, f"F{row + 1}": 1})), file="two.xlsx")
    rows, unread = joined([one, two])
    assert [r.said.level for r in rows if r.said] == [2, 1]
    assert [(u.place, u.text) for u in unread] == [(f"two.xlsx row {row}", "3")]


def test_names_of_files_are_safe_and_distinct() -> None:
    names = ("../../etc/passwd", "A b", "a/B", "CON", "", "żółć", "x" * 10_000)
    people = {PersonId(f"p{n}"): Person(name) for n, name in enumerate(names)}
    found = file_names(replace(SAMPLE, people=people), people)
    assert len({name.casefold() for name in found.values()}) == len(names)
    assert all(Path(name).name == name and len(name.encode()) < 200 for name in found.values())
