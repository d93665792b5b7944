"""A workbook read back names what was changed where nothing is taken."""

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from app.domain.audit import Audit
from app.exchange.sample import sample_audit
from app.report.model import Audience
from app.report.xlsx.book import render_xlsx
from tests.exchange.test_sheet_reading import changed, first_gap, put, read
from tests.report.conftest import made
from tests.report.inputs import inputs_of


@pytest.fixture(scope="module")
def sample() -> Audit:
    return sample_audit()


@pytest.fixture(scope="module")
def written(sample: Audit) -> bytes:
    return render_xlsx(made(inputs_of(sample), Audience.FULL))


def test_a_cell_that_is_not_read_back_is_named(sample: Audit, written: bytes) -> None:
    """A sheet without open columns, a closed column beside open ones, and a row that was added."""

    def change(book: Any) -> None:
        sheet = book["Stages"]
        titles = [cell.value for cell in sheet[1]]
        sheet.cell(3, titles.index("Owner") + 1).value = "Somebody else"
        sheet.cell(4, titles.index("Level") + 1).value = 4
        sheet.append(["A stage of ours"])
        put(book, "Gaps", first_gap(sample), "Question", "Reworded")

    found = read(changed(written, change), sample)
    last = load_workbook(io.BytesIO(written))["Stages"].max_row + 1
    never = "This cell is not read back; change it in the audit."
    assert (found.changed, found.conflicting) == ((), ())
    assert [(each.place, each.why) for each in found.unread] == [
        ("Gaps, row 2, Question", never),
        ("Stages, row 3, Owner", never),
        ("Stages, row 4, Level", never),
        (f"Stages, row {last}", "This row is not read back; add it in the audit."),
    ]


def test_a_decision_s_new_day_is_not_lost_without_a_word(sample: Audit, written: bytes) -> None:
    sheet = load_workbook(io.BytesIO(written))["Decisions"]
    titles = [cell.value for cell in sheet[1]]
    at = titles.index("Due") + 1
    row = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, at).value)
    day = sheet.cell(row, at).value

    def put_day(value: object, look: str) -> bytes:
        def change(book: Any) -> None:
            book["Decisions"].cell(row, at).value = value
            book["Decisions"].cell(row, at).number_format = look

        return changed(written, change)

    moved = read(put_day(day + dt.timedelta(days=7), "d mmm yyyy"), sample)
    assert [each.place for each in moved.unread] == [f"Decisions, row {row}, Due"]
    # The same day as a plain number, as a program leaves it that has lost the format.
    serial = (day - dt.datetime(1899, 12, 30)).days
    assert read(put_day(serial, "General"), sample).unread == ()
