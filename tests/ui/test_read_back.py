"""The dialog for a sheet that came back: shown first, ticked, taken in one step."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.progress import Unwatched
from app.desk.reports import export, gathering
from app.domain.edits.plan import annotate_gap
from app.report.model import Audience, PageSize
from app.report.request import Request
from app.ui.dialogs.read_back import WHERE, ReadBackDialog
from app.ui.page import Bench

LONG = 20_000
DAY = dt.date(2026, 12, 14)


@pytest.fixture
def sheet(desk: Desk, tmp_path: Path) -> Path:
    """A workbook with two gaps and an unreadable cell changed."""
    path = tmp_path / "r.xlsx"
    request = Request(Audience.FULL, PageSize.A4, DAY)
    export(gathering(desk, DAY), request, "xlsx", path, desk.press, Unwatched())
    book = load_workbook(path)
    titles = [cell.value for cell in book["Gaps"][1]]
    due = titles.index("Due") + 1
    for row, value in ((2, dt.datetime(2027, 3, 4)), (3, dt.datetime(2027, 5, 6)), (4, "soon")):
        book["Gaps"].cell(row, due).value = value
    book.save(path)
    return path


def shown(dialog: ReadBackDialog, path: Path, qtbot: QtBot) -> None:
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.busy.isHidden(), timeout=LONG)


def test_differences_are_shown_ticked_and_taken_in_one_step(
    bench: Bench, desk: Desk, sheet: Path, qtbot: QtBot
) -> None:
    dialog = ReadBackDialog(None, bench)
    qtbot.addWidget(dialog)
    assert not dialog.take.isEnabled()
    before = desk.audit
    shown(dialog, sheet, qtbot)
    assert desk.audit is before
    assert dialog.changes.rowCount() == 2
    assert dialog.unread.rowCount() == 1
    assert "2 changed" in dialog.found.text()
    dialog.changes.item(1, WHERE).setCheckState(Qt.CheckState.Unchecked)
    (chosen,) = dialog.chosen()
    dialog.take_chosen()
    assert desk.audit.gap_notes[chosen.edit.key].due == dt.date(2027, 3, 4)
    assert desk.undo_label == "Read back r.xlsx"
    assert dialog.trouble.isHidden()
    desk.undo()
    assert desk.audit == before


def test_a_conflict_is_not_ticked(bench: Bench, desk: Desk, sheet: Path, qtbot: QtBot) -> None:
    dialog = ReadBackDialog(None, bench)
    qtbot.addWidget(dialog)
    shown(dialog, sheet, qtbot)
    first = dialog.chosen()[0]
    desk.apply("Due", annotate_gap, first.edit.key, due=dt.date(2027, 9, 9))
    shown(dialog, sheet, qtbot)
    assert dialog.changes.rowCount() == 2
    assert [c.edit.key for c in dialog.chosen()] != [first.edit.key]
    assert len(dialog.chosen()) == 1


def test_a_file_that_is_none_is_said(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ReadBackDialog(None, bench)
    qtbot.addWidget(dialog)
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"nothing")
    shown(dialog, path, qtbot)
    assert "nothing has been taken" in dialog.trouble.text()
    assert not dialog.take.isEnabled()
