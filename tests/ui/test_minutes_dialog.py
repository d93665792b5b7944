"""Minutes from the window: the session that is looked at, written by a worker."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.ids import SessionId
from app.ui.dialogs.minutes import MinutesDialog
from app.ui.page import Bench
from app.ui.pages.log import LogPage
from tests.report.reading import pages
from tests.ui.reading import nameless

LONG = 20_000


@pytest.mark.parametrize("kind", ["pdf", "html", "docx"])
def test_minutes_are_written(
    bench: Bench, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = tmp_path / f"minutes.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    dialog = MinutesDialog(None, bench)
    qtbot.addWidget(dialog)
    assert dialog.session.currentData() == "workshop-2"
    assert not nameless(dialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    dialog.write.click()
    qtbot.waitUntil(lambda: dialog.written.path == path, timeout=LONG)
    assert dialog.trouble.isHidden()
    assert dialog.written.text.text().startswith(f"Wrote minutes.{kind}, ")
    if kind == "pdf":
        assert "Workshop, back office" in " ".join(pages(path.read_bytes()))


def test_a_chosen_session_comes_first_and_all_can_be_chosen(bench: Bench, qtbot: QtBot) -> None:
    dialog = MinutesDialog(None, bench, SessionId("workshop-1"))
    qtbot.addWidget(dialog)
    assert dialog.session.currentData() == "workshop-1"
    assert dialog.session.findData("") == dialog.session.count() - 1


def test_without_a_session_nothing_can_be_written(bench: Bench, desk: Desk, qtbot: QtBot) -> None:
    page = LogPage(bench)
    qtbot.addWidget(page)
    desk.changed.connect(page.audit_changed)
    page.audit_opened()
    page.show()
    assert page.minutes.isEnabled()
    desk.apply(
        "Drop all sessions",
        lambda a: replace(a, sessions={}, attendance={}, votes={}, own_gaps={}, decisions={},
                          parking={}, dot_votes={}),
    )  # fmt: skip
    assert not page.minutes.isEnabled()
    dialog = MinutesDialog(None, bench)
    qtbot.addWidget(dialog)
    assert not dialog.write.isEnabled()
    assert not dialog.trouble.isHidden()
