"""Files in use, read-only, newer, damaged or gone: a sentence, a way on, and nothing lost."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.audit import Audit
from app.domain.edits import records
from app.store import opening
from app.store.failures import no_space
from app.store.file import AuditFile
from app.ui.page import Place
from app.ui.window import Window
from tests.ui.conftest import NOW


@pytest.fixture
def path(tmp_path: Path, sample: Audit) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    found = folder / "sample.plumb"
    AuditFile.create(found, sample, label="Sample", by=None, at=NOW).close()
    return found


def way(window: Window, text: str) -> QPushButton:
    return next(b for b in window.banner.ways if b.text().startswith(text))


def chooses(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(place), ""))


def rename(window: Window, title: str) -> bool:
    def edit(audit: Audit) -> Audit:
        return records.amend(audit, "organisation", (), title=title)

    return window.desk.apply(f"Call it {title}", edit)


def note(window: Window) -> QPlainTextEdit:
    """The note of the scope, with the keyboard in it."""
    window.go(Place("scope"))
    window.activateWindow()
    field: QPlainTextEdit = window.page.form._editors["note"]
    field.setFocus()
    return field


def kept(path: Path) -> Audit:
    with AuditFile.open(path, write=False) as file:
        return file.load()


def test_a_file_in_use_opens_to_read_and_goes_on_in_a_copy(
    window: Window, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with AuditFile.open(path, write=True, who="Ana"):
        window.open_path(path)
        assert "Ana" in window.banner.text
        assert not rename(window, "Mine")
        assert not window.desk.unsaved
        chooses(monkeypatch, tmp_path / "copy.plumb")
        way(window, "Save a copy").click()
        assert window.desk.path == tmp_path / "copy.plumb"
        assert window.desk.read_only is None
        assert window.banner.isHidden()
        assert rename(window, "Mine")
    assert kept(path).organisation.title != "Mine"
    assert kept(tmp_path / "copy.plumb").organisation.title == "Mine"


def test_a_file_in_use_can_be_opened_again(window: Window, path: Path) -> None:
    with AuditFile.open(path, write=True, who="Ana"):
        window.open_path(path)
    way(window, "Open again").click()
    assert window.desk.read_only is None
    assert rename(window, "Mine")


def test_a_read_only_file_opens_to_read_with_a_way_on(
    window: Window, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        access = opening.os.access
        patched.setattr(opening.os, "access", lambda p, m: m != opening.os.W_OK and access(p, m))
        window.open_path(path)
    assert window.desk.is_open
    assert "no permission for sample.plumb" in window.banner.text
    assert not rename(window, "Mine")
    chooses(monkeypatch, tmp_path / "copy.plumb")
    way(window, "Save a copy").click()
    assert rename(window, "Mine")


def test_a_newer_file_opens_to_read_with_a_way_on(window: Window, path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    body = path.read_bytes()
    window.open_path(path)
    assert window.desk.is_open
    assert "schema 99" in window.banner.text
    assert way(window, "Open again").isEnabled()
    assert not rename(window, "Mine")
    assert path.read_bytes() == body


def test_a_damaged_file_is_a_sentence_and_leads_to_another_one(
    window: Window, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = bytearray(path.read_bytes())
    good = path.with_name("good.plumb")
    good.write_bytes(body)
    body[4096:40960] = b"\xff" * 36864
    path.write_bytes(body)
    window.open_path(path)
    assert not window.desk.is_open
    assert "sample.plumb is damaged" in window.banner.text
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(good), ""))
    way(window, "Open another").click()
    assert window.desk.path == good
    assert window.banner.isHidden()


def test_a_recent_file_that_is_gone_is_a_sentence(window: Window, path: Path) -> None:
    path.unlink()
    window.open_path(path)
    assert "There is no file" in window.banner.text
    assert way(window, "Open another").isEnabled()


def test_a_broken_chain_is_read_and_goes_on_in_a_copy(
    window: Window, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE journal SET label = 'Another'")
        db.commit()
    window.open_path(path)
    assert "does not hold from entry 1" in window.banner.text
    chooses(monkeypatch, tmp_path / "copy.plumb")
    way(window, "Save a copy").click()
    assert rename(window, "Mine")
    assert window.desk.read_only is None


def vanish(path: Path) -> None:
    path.unlink()


def vanish_with_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


@pytest.mark.parametrize("act", [vanish, vanish_with_folder])
def test_a_file_that_vanishes_loses_no_word(
    window: Window, path: Path, tmp_path: Path, qtbot: QtBot, act: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window.open_path(path)
    assert rename(window, "Before")
    field = note(window)
    act(path)
    qtbot.keyClicks(field, "typed after it was gone")
    qtbot.waitUntil(lambda: bool(window.desk.unsaved))
    assert "sample.plumb" in window.banner.text
    assert field.toPlainText().startswith("typed after it was gone")
    window.move_focus(on=True)
    assert len(window.desk.unsaved) == 1
    chooses(monkeypatch, tmp_path / "copy.plumb")
    way(window, "Save a copy").click()
    assert not window.desk.unsaved
    assert window.banner.isHidden()
    saved = kept(tmp_path / "copy.plumb")
    assert saved == window.desk.audit
    assert saved.organisation.note.startswith("typed after it was gone")
    assert saved.organisation.title == "Before"
    window.desk.undo()
    window.desk.undo()
    assert window.desk.audit.organisation.title != "Before"


def test_a_file_put_back_takes_what_waited(window: Window, path: Path) -> None:
    window.open_path(path)
    path.rename(path.with_name("elsewhere.plumb"))
    assert not rename(window, "One")
    path.with_name("elsewhere.plumb").rename(path)
    way(window, "Try again").click()
    assert window.banner.isHidden()
    assert kept(path).organisation.title == "One"


def test_a_full_disk_refuses_edits_and_loses_none(
    window: Window, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_path(path)
    before = window.desk.audit

    def full(self: AuditFile, *_arguments: object, **_named: object) -> None:
        raise no_space(self.path)

    with monkeypatch.context() as patched:
        patched.setattr(AuditFile, "write", full)
        field = note(window)
        qtbot.keyClicks(field, "one")
        qtbot.waitUntil(lambda: bool(window.desk.unsaved))
        qtbot.keyClicks(field, " two")
        window.move_focus(on=True)
        assert field.toPlainText().startswith("one two")
        assert not rename(window, "Renamed")
        assert "no space left" in window.banner.text
        assert window.desk.audit is before
        way(window, "Try again").click()
        assert not window.banner.isHidden()
    assert len(window.desk.unsaved) == 2
    way(window, "Try again").click()
    after = kept(path).organisation
    assert after.note.startswith("one two")
    assert after.title == "Renamed"
    assert window.banner.isHidden()


def test_what_waits_and_is_typed_over_is_written_once(window: Window, path: Path) -> None:
    desk = window.desk
    window.open_path(path)

    def typed(text: str) -> bool:
        def edit(audit: Audit) -> Audit:
            return records.amend(audit, "organisation", (), note=text)

        return desk.apply_to_field("note", "Note", edit)

    path.rename(path.with_name("elsewhere.plumb"))
    assert not typed("a")
    assert not typed("ab")
    path.with_name("elsewhere.plumb").rename(path)
    assert typed("abc")
    assert not desk.unsaved
    assert desk.write_unsaved()
    assert kept(path).organisation.note == "abc"


def test_closing_asks_only_where_something_would_be_lost(
    window: Window, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.defaultButton())
    window.open_path(path)
    path.unlink()
    assert not rename(window, "Lost?")
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    assert asked == ["1 changes could not be written into the file."]
    assert window.desk.is_open
    window.desk.unsaved.clear()
    event = QCloseEvent()
    window.closeEvent(event)
    assert event.isAccepted()
    assert len(asked) == 1
