"""The window's ways to pre-work and the room pack: written in a worker, shown before taken."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import Review
from app.domain.ids import PersonId
from app.exchange.prework_sheet import HEAD_ROW
from app.ui.dialogs.handout import PreworkDialog, RoomPackDialog
from app.ui.dialogs.prework import PreworkReadingDialog
from app.ui.page import Bench

LONG = 20_000
ROW = HEAD_ROW + 2
ZOE = PersonId("zoe")


@pytest.fixture
def sheet(bench: Bench, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One person's workbook, written by the dialog into a folder somebody chose."""
    folder = tmp_path / "before"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(folder))
    dialog = PreworkDialog(None, bench)
    qtbot.addWidget(dialog)
    dialog.person.setCurrentIndex(dialog.person.findData(ZOE))
    dialog.kind.setCurrentIndex(1)
    dialog.write.click()
    qtbot.waitUntil(lambda: dialog.written.path.name != "", timeout=LONG)
    assert "Wrote 3 files" in dialog.written.text.text()
    assert dialog.trouble.isHidden()
    dialog.write.click()
    qtbot.waitUntil(lambda: not dialog.trouble.isHidden(), timeout=LONG)
    assert "may hold somebody's answers" in dialog.trouble.text()
    return folder / "prework-Zoë-Lindqvist.xlsx"


def test_a_returned_sheet_is_shown_and_taken_in_one_step(
    bench: Bench, desk: Desk, sheet: Path, qtbot: QtBot
) -> None:
    book = load_workbook(sheet)
    for address, value in ((f"F{ROW}", 2), (f"F{ROW + 1}", "perhaps"), (f"H{ROW}", "a note")):
        book.worksheets[0][address].value = value
    book.save(sheet)
    before = desk.audit
    dialog = PreworkReadingDialog(None, bench)
    qtbot.addWidget(dialog)
    dialog.read([sheet])
    qtbot.waitUntil(lambda: dialog.busy.isHidden(), timeout=LONG)
    assert desk.audit is before
    assert dialog.answers.rowCount() == 1
    shown = [dialog.answers.item(0, at).text() for at in range(6)]
    assert shown[0] == "Zoë Lindqvist"
    assert shown[4].startswith("2 ")
    assert shown[5] == "a note"
    assert dialog.unread.item(0, 0).text() == f"{sheet.name} F{ROW + 1}"
    dialog.take.click()
    assert desk.undo_label == f"Read pre-work {sheet.name}"
    assert not dialog.take.isEnabled()
    taken = [
        (before.answers.get(target, {}).get(question), answer)
        for target, group in desk.audit.answers.items()
        for question, answer in group.items()
        if answer != before.answers.get(target, {}).get(question)
    ]
    ((was, now),) = taken
    assert now.individual[ZOE].level == 2
    assert now.settled == (was.settled if was else None)
    assert now.review is not Review.AGREED
    desk.undo()
    assert desk.audit == before


def test_a_file_that_is_no_sheet_is_said(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"nothing")
    dialog = PreworkReadingDialog(None, bench)
    qtbot.addWidget(dialog)
    dialog.read([path])
    qtbot.waitUntil(lambda: dialog.busy.isHidden(), timeout=LONG)
    assert "nothing has been taken" in dialog.trouble.text()
    assert not dialog.take.isEnabled()


def test_the_room_pack_is_written(
    bench: Bench, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "room.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    dialog = RoomPackDialog(None, bench)
    qtbot.addWidget(dialog)
    assert dialog.language.currentData() == "en"
    dialog.write.click()
    qtbot.waitUntil(lambda: dialog.written.path == path, timeout=LONG)
    assert path.read_bytes().startswith(b"%PDF-")
    assert "Wrote 10 pages to room.pdf" in dialog.written.text.text()
