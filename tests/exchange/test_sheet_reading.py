"""A workbook read back: nothing unchanged is proposed, and everything changed is, once."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.edits.plan import annotate_action, annotate_gap, exclude, pin
from app.domain.edits.read_back import Register, SheetEdit, take_sheet
from app.domain.gaps import gap_place, gaps
from app.domain.ids import OwnGapId
from app.domain.planning import OwnGap, Response
from app.domain.replies import active_cases
from app.errors import ImportFailed
from app.exchange.sample import sample_audit
from app.exchange.sheet_reading import SheetChanges, read_sheet
from app.report.model import Audience
from app.report.xlsx.book import render_xlsx
from tests.report.conftest import made
from tests.report.inputs import TODAY, inputs_of
from tests.report.small import BUILDER, OWNER, small

HEAD = "7f3a91c2" * 8
SEQUENCE = 1204
DAY = dt.date(2027, 3, 4)
OTHER = dt.date(2027, 5, 6)
NOTE = "Ask Ada 🚀 about it,\nthen =SUM(A1) once more"


@pytest.fixture(scope="module")
def audit() -> Audit:
    """A small audit with notes of every kind, a pin and an action that is left out."""
    found = small(sample_audit())
    plan = inputs_of(found).plan.actions
    first, second = (gap.key for gap in gaps(found, active_cases(found, TODAY))[:2])
    found = annotate_gap(found, first, owner=OWNER, due=DAY, note=NOTE)
    found = annotate_gap(found, second, response=Response.ACCEPT, because="Too dear.")
    found = annotate_action(found, plan[0].key, owner=BUILDER, due=DAY, effort=3.25)
    found = annotate_action(found, plan[1].key, done=True)
    return exclude(pin(found, plan[2].key, 2), plan[-1].key)


@pytest.fixture(scope="module")
def written(audit: Audit) -> dict[Audience, bytes]:
    inputs = inputs_of(audit)
    return {audience: render_xlsx(made(inputs, audience)) for audience in Audience}


def known(sequence: int) -> str | None:
    return HEAD if sequence == SEQUENCE else None


def read(data: bytes, audit: Audit) -> SheetChanges:
    return read_sheet(data, "sheet.xlsx", audit, TODAY, known)


def changed(data: bytes, change: Callable[[Any], object]) -> bytes:
    """The workbook as a spreadsheet program would save it after a change."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(book: Any, sheet: str, key: str, column: str, value: object) -> None:
    table = book[sheet]
    titles = [cell.value for cell in table[1]]
    at = titles.index("plumbline:key")
    row = next(r for r in table.iter_rows(min_row=2) if r[at].value == key)
    row[titles.index(column)].value = value


def first_gap(audit: Audit) -> str:
    return gaps(audit, active_cases(audit, TODAY))[0].key


@pytest.mark.parametrize("audience", [Audience.FULL, Audience.EXECUTIVE])
def test_what_nobody_changed_is_no_difference(
    audience: Audience, written: dict[Audience, bytes], audit: Audit
) -> None:
    for data in (written[audience], changed(written[audience], lambda book: book)):
        found = read(data, audit)
        assert found == SheetChanges(SEQUENCE, (), (), ())


OWNERS = st.sampled_from([("Ben Okafor", "builder"), ("Cleo Marsh", "user"), (None, None)])
DATES = st.one_of(st.none(), st.dates(dt.date(1970, 1, 1), dt.date(2199, 12, 31)))
CELLS = st.one_of(
    st.tuples(st.just("Owner"), st.just("owner"), OWNERS),
    st.tuples(st.just("Due"), st.just("due"), DATES.map(lambda d: (d, d))),
    st.tuples(
        st.just("Severity"),
        st.just("severity"),
        st.sampled_from(["critical", "high", "medium", "low"]).map(lambda s: (s.upper(), s)),
    ),
    st.tuples(
        st.just("Response"),
        st.just("response"),
        st.sampled_from([("fix", "fix"), (" Accept ", "accept"), (None, None)]),
    ),
    st.tuples(
        st.just("Note"),
        st.just("note"),
        st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=1, max_size=40)
        .filter(lambda t: not t.startswith("=") and t.strip())
        .map(lambda t: (t, t.strip())),
    ),
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    chosen=st.dictionaries(
        st.tuples(st.integers(0, 30), st.integers(0, 4)), CELLS, min_size=1, max_size=8
    )
)
def test_exactly_what_was_changed_is_proposed_and_then_holds(
    chosen: dict[tuple[int, int], tuple[str, str, tuple[Any, Any]]],
    written: dict[Audience, bytes],
    audit: Audit,
) -> None:
    keys = [gap.key for gap in gaps(audit, active_cases(audit, TODAY))]
    cells = {(keys[row], title, field): v for (row, _), (title, field, v) in chosen.items()}
    before = {g.key: g for g in gaps(audit, active_cases(audit, TODAY))}

    def change(book: Any) -> None:
        for (key, title, _), (typed, _) in cells.items():
            put(book, "Gaps", key, title, typed)

    data = changed(written[Audience.FULL], change)
    found = read(data, audit)
    wanted = set()
    for (key, _, field), (_, value) in cells.items():
        gap = before[key]  # type: ignore[index]
        now = gap.severity.value if field == "severity" else getattr(gap.note, field, None)
        if value != (now or None):
            wanted.add((key, field, value))
    assert {(c.edit.key, c.edit.field, c.edit.value) for c in found.changed} == wanted
    assert found.conflicting == found.unread == ()
    again = read(data, take_sheet(audit, found.edits()))
    assert again.changed == again.unread == ()


def test_actions_are_read_back(written: dict[Audience, bytes], audit: Audit) -> None:
    rows = [row.key for row in made(inputs_of(audit)).registers[1].rows]
    plan = [key for key in rows if key not in audit.action_notes and key not in audit.plan.pins]
    left = next(iter(audit.plan.excluded))

    def change(book: Any) -> None:
        put(book, "Actions", plan[0], "Days", "2,5")
        put(book, "Actions", plan[1], "Status", "done")
        put(book, "Actions", left, "Status", "Open")
        put(book, "Actions", plan[2], "Due", "31.01.2027")
        put(book, "Actions", plan[3], "Due", 46053)

    found = read(changed(written[Audience.EXECUTIVE], change), audit)
    assert {(c.edit.key, c.edit.field, c.edit.value) for c in found.changed} == {
        (plan[0], "effort", 2.5),
        (plan[1], "status", "done"),
        (left, "status", "open"),
        (plan[2], "due", dt.date(2027, 1, 31)),
        (plan[3], "due", dt.date(2026, 1, 31)),
    }
    after = take_sheet(audit, found.edits())
    assert left not in after.plan.excluded
    assert after.action_notes[plan[0]].effort == 2.5  # type: ignore[index]


def test_what_the_audit_changed_meanwhile_is_a_conflict(
    written: dict[Audience, bytes], audit: Audit
) -> None:
    key = first_gap(audit)
    later = annotate_gap(audit, key, due=OTHER)  # type: ignore[arg-type]
    data = changed(
        written[Audience.FULL],
        lambda book: put(book, "Gaps", key, "Due", dt.datetime(2027, 9, 9)),
    )
    found = read(data, later)
    (conflict,) = found.conflicting
    assert (conflict.written, conflict.now) == (DAY, OTHER)
    assert conflict.edit == SheetEdit(Register.GAPS, key, "due", dt.date(2027, 9, 9))
    assert found.edits() == ()
    assert found.edits(conflicts=True) == (conflict.edit,)
    assert read(written[Audience.FULL], later).conflicting == ()
    same = changed(written[Audience.FULL], lambda book: put(book, "Gaps", key, "Due", OTHER))
    assert read(same, later) == SheetChanges(SEQUENCE, (), (), ())


def test_a_character_written_by_its_code_comes_back(
    written: dict[Audience, bytes], audit: Audit
) -> None:
    key = first_gap(audit)
    book = load_workbook(io.BytesIO(written[Audience.FULL]))
    titles = [cell.value for cell in book["Gaps"][1]]
    note = book["Gaps"].cell(2, titles.index("Note") + 1)
    assert "[U+1F680]" in note.value
    text = note.value + " Done."
    data = changed(written[Audience.FULL], lambda b: put(b, "Gaps", key, "Note", text))
    (change,) = read(data, audit).changed
    assert change.edit.value == NOTE + " Done."


def test_sorting_and_moving_columns_keep_what_a_row_is(
    written: dict[Audience, bytes], audit: Audit
) -> None:
    def turn(book: Any) -> None:
        sheet = book["Gaps"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        rows = [rows[0], *reversed(rows[1:])]
        rows = [[*row[3:], *row[:3]] for row in rows]
        for number, row in enumerate(rows, 3):
            for at, value in enumerate(row, 1):
                sheet.cell(number, at).value = value
        for at in range(1, len(rows[0]) + 1):
            sheet.cell(1, at).value = "Our gaps" if at == 1 else None
            sheet.cell(2, at).value = None

    assert read(changed(written[Audience.FULL], turn), audit) == SheetChanges(SEQUENCE, (), (), ())


def test_what_cannot_be_read_is_said_where_it_stands(
    written: dict[Audience, bytes], audit: Audit
) -> None:
    keys = [gap.key for gap in gaps(audit, active_cases(audit, TODAY))]
    action = next(k.key for k in inputs_of(audit).plan.actions)

    def change(book: Any) -> None:
        put(book, "Gaps", keys[0], "Owner", "Somebody New")
        put(book, "Gaps", keys[1], "Due", "soon")
        put(book, "Gaps", keys[2], "Due", "=TODAY()")
        put(book, "Gaps", keys[3], "Response", "perhaps")
        put(book, "Actions", action, "Days", "many")
        put(book, "Actions", action, "Due", dt.datetime(2300, 1, 1))
        sheet = book["Gaps"]
        copied = [cell.value for cell in sheet[2]]
        sheet.append(copied)
        sheet.append(["XX-99", "A gap of our own"])

    found = read(changed(written[Audience.FULL], change), audit)
    assert found.changed == found.conflicting == ()
    said = " ".join(f"{each.place}: {each.why}" for each in found.unread)
    for part in (
        "Gaps, row 2, Owner: “Somebody New” is nobody on record",
        "Gaps, row 3, Due: “soon” is no date",
        "Gaps, row 4, Due: The cell holds a formula",
        "Gaps, row 5, Response: “perhaps” is none of: fix, accept, disagree",
        "Days: “many” is no number",
        "Enter a year from 1970 to 2199",
        "It repeats row 2",
        "rows cannot be added",
    ):
        assert part in said, part
    assert len(found.unread) == 8


def test_a_gap_that_was_closed_meanwhile_is_left_out(
    written: dict[Audience, bytes], audit: Audit
) -> None:
    key = first_gap(audit)
    question, target = gap_place(key)  # type: ignore[arg-type]
    good = Answer(Review.AGREED, Said(Reply.LEVEL, 4, Grade.EXPLAINED))
    closed = replace(
        audit, answers={**audit.answers, target: {**audit.answers[target], question: good}}
    )
    assert read(written[Audience.FULL], closed) == SheetChanges(SEQUENCE, (), (), ())
    data = changed(written[Audience.FULL], lambda b: put(b, "Gaps", key, "Due", OTHER))
    (left,) = read(data, closed).unread
    assert "no longer a gap" in left.why


def test_lost_columns_and_sheets_are_said(written: dict[Audience, bytes], audit: Audit) -> None:
    def spoil(book: Any) -> None:
        del book["Actions"]
        titles = [cell.value for cell in book["Gaps"][1]]
        book["Gaps"].delete_cols(titles.index("Due") + 1)

    found = read(changed(written[Audience.FULL], spoil), audit)
    assert {(each.place, each.why) for each in found.unread} == {
        ("Gaps", "The column “Due” is not there."),
        ("Actions", "The sheet is not there, or has another name."),
    }
    assert found.changed == ()
    keyless = changed(written[Audience.FULL], lambda b: b["Gaps"].delete_cols(14))
    assert "hidden column" in read(keyless, audit).unread[0].why


def refused(data: bytes, audit: Audit, says: str) -> None:
    with pytest.raises(ImportFailed, match=says) as caught:
        read(data, audit)
    assert "nothing has been taken" in caught.value.sentence


def test_stand_in_names_are_refused(written: dict[Audience, bytes], audit: Audit) -> None:
    refused(written[Audience.EXTERNAL], audit, "stand-in names cannot be read back")


def test_another_audit_another_schema_and_no_record_are_refused(
    written: dict[Audience, bytes], audit: Audit
) -> None:
    data = written[Audience.FULL]
    with pytest.raises(ImportFailed, match="not made from this audit but from"):
        read_sheet(data, "sheet.xlsx", audit, TODAY, lambda _: "00" * 32)
    newer = changed(data, lambda b: b["_control"].__setitem__("B1", "plumbline-sheet/9"))
    refused(newer, audit, "plumbline-sheet/9")
    refused(changed(data, lambda b: b.__delitem__("_written")), audit, "has lost its hidden sheet")
    out = io.BytesIO()
    Workbook().save(out)
    refused(out.getvalue(), audit, "carries no record")


def test_damage_and_bombs_are_refused(written: dict[Audience, bytes], audit: Audit) -> None:
    data = written[Audience.FULL]
    refused(b"nothing", audit, "damaged or incomplete")
    refused(data[: len(data) // 2], audit, "damaged")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            body = b"<" * 50 if name.endswith("sheet2.xml") else old.read(name)
            new.writestr(name, body)
    refused(out.getvalue(), audit, "damaged")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", b" " * 200_000_000)
    refused(out.getvalue(), audit, "would unpack")


def test_a_recorded_gap_is_read_back(audit: Audit) -> None:
    key = OwnGapId("gap-1")
    kept = replace(audit, own_gaps={key: OwnGap("Nobody is called at night", owner=OWNER)})
    data = render_xlsx(made(inputs_of(kept)))

    def change(book: Any) -> None:
        put(book, "Recorded gaps", key, "Due", dt.datetime.combine(DAY, dt.time()))
        put(book, "Recorded gaps", key, "Status", "closed")

    found = read(changed(data, change), kept)
    assert not found.unread
    assert not found.conflicting
    after = take_sheet(kept, found.edits())
    assert after.own_gaps[key] == replace(kept.own_gaps[key], due=DAY, closed=True)
    assert read(data, kept) == SheetChanges(SEQUENCE, (), (), ())
