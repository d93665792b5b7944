"""Audits get, keep and lose their files: a name, an ending, and nothing that was left empty."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from app.desk.files import is_audit, with_ending
from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.edits import records
from app.domain.ids import PersonId
from app.store.file import AuditFile
from app.ui.dialogs.import_wizard import FILE, ImportWizard
from app.ui.page import Place
from app.ui.selftest import settle
from app.ui.window import Window
from tests.ui.conftest import NOW


@pytest.fixture
def path(tmp_path: Path, sample: Audit) -> Path:
    found = tmp_path / "sample.plumb"
    AuditFile.create(found, sample, label="Sample", by=None, at=NOW).close()
    return found


def run(window: Window, command: str) -> None:
    window.commands.actions[command].trigger()


def chooses(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(place), ""))


def rename(window: Window, title: str) -> None:
    assert window.desk.apply("Rename", records.amend, "organisation", (), title=title)


def test_naming_adds_the_ending_and_moves_nobody(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(window, "example")
    before = window.desk.path
    window.go(Place("walk"))
    window.page.step(3)
    settle(window)
    page, question = window.page, window.page.place.key
    rename(window, "Mine")
    chooses(monkeypatch, tmp_path / "myaudit")
    run(window, "snapshot")
    assert window.desk.path == tmp_path / "myaudit.plumb"
    assert window.desk.undo_label == "Rename"
    assert (window.page, window.page.place.key) == (page, question)
    assert before is not None
    assert not before.exists()
    assert window.settings.recent == [tmp_path / "myaudit.plumb"]
    assert not window.settings.is_untitled(tmp_path / "myaudit.plumb")
    rename(window, "Still mine")
    with AuditFile.open(tmp_path / "myaudit.plumb", write=False) as file:
        assert file.load() == window.desk.audit


def test_a_copy_and_the_next_audit_get_the_ending_too(
    window: Window, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_path(path)
    chooses(monkeypatch, tmp_path / "backup v1.2")
    run(window, "copy")
    assert (tmp_path / "backup v1.2.plumb").is_file()
    chooses(monkeypatch, tmp_path / "next v1.2")
    run(window, "reaudit")
    assert window.desk.path == tmp_path / "next v1.2.plumb"


def test_an_ending_that_was_added_replaces_no_file_unasked(
    window: Window, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_path(path)
    other = tmp_path / "other.plumb"
    other.write_bytes(b"kept")
    monkeypatch.setattr(QMessageBox, "question", lambda *_a: QMessageBox.StandardButton.No)
    chooses(monkeypatch, tmp_path / "other")
    run(window, "copy")
    assert other.read_bytes() == b"kept"
    monkeypatch.setattr(QMessageBox, "question", lambda *_a: QMessageBox.StandardButton.Yes)
    run(window, "copy")
    assert is_audit(other)


def test_the_ending_stays_where_it_was_typed() -> None:
    assert with_ending(Path("a/b.PLUMB")) == Path("a/b.PLUMB")
    assert with_ending(Path("a/b.c")) == Path("a/b.c.plumb")


def drop(window: Window, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(
            QPointF(400, 400), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip


def test_an_audit_under_another_name_is_dropped_as_an_audit(
    window: Window, path: Path, tmp_path: Path
) -> None:
    bare = path.rename(tmp_path / "myaudit")
    run(window, "example")
    drop(window, bare)
    assert window.desk.path == bare
    assert window.findChild(ImportWizard) is None


def test_an_inventory_dropped_on_the_welcome_starts_an_audit(
    window: Window, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text("name,owner\nInvoices,Ana\n")
    drop(window, table)
    wizard = window.findChild(ImportWizard)
    assert wizard is not None
    assert wizard.stack.currentIndex() == FILE
    settle(window)
    made = window.desk.path
    assert made is not None
    wizard.cancel.click()
    assert not window.desk.is_open
    assert not made.exists()


def test_a_taken_inventory_stays(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    table = tmp_path / "list.csv"
    table.write_text("name,owner\nInvoices,Ana\n")
    window.take(table)
    wizard = window.findChild(ImportWizard)
    assert wizard is not None
    for _ in range(3):
        qtbot.waitUntil(wizard.next.isEnabled)
        step = wizard.stack.currentIndex()
        wizard.next.click()
        qtbot.waitUntil(lambda step=step: wizard.stack.currentIndex() > step)
    wizard.cancel.click()
    assert [w.name for w in window.desk.audit.workflows.values()] == ["Invoices"]


def test_an_audit_nobody_touched_leaves_nothing_behind(window: Window, path: Path) -> None:
    run(window, "new")
    first = window.desk.path
    run(window, "example")
    second = window.desk.path
    assert first is not None
    assert second is not None
    assert not first.exists()
    window.open_path(path)
    assert not second.exists()
    run(window, "close")
    assert path.exists()
    assert window.settings.recent == [path]


def test_a_name_or_an_edit_or_a_sealed_vote_keeps_an_audit(window: Window, tmp_path: Path) -> None:
    run(window, "new")
    edited = window.desk.path
    rename(window, "Kept")
    run(window, "example")
    sealed, room, audit = window.desk.path, window.room, window.desk.audit
    workflow = min(audit.workflows)
    room.open_vote(workflow, audit.bank.questions[0].id)
    room._seal({PersonId(min(audit.people)): Said(Reply.UNKNOWN)})
    run(window, "close")
    assert edited is not None
    assert sealed is not None
    assert edited.exists()
    assert sealed.exists()
    assert window.settings.title(edited) == "Kept"


def test_opening_the_open_file_again_changes_nothing(window: Window, path: Path) -> None:
    window.open_path(path)
    document = window.desk.document
    window.open_path(path)
    assert window.desk.document is document
    assert window.desk.read_only is None


def test_what_is_known_of_the_organisation_stands_in_a_new_audit(window: Window) -> None:
    window.settings.organisation, window.settings.language = "Musterbank", "de"
    run(window, "new")
    own = window.desk.audit.organisation
    assert (own.name, own.language) == ("Musterbank", "de")
    assert window.desk.path is not None
    assert window.desk.path.parent == window.settings.folder


def test_a_folder_that_cannot_be_used_is_a_sentence(window: Window, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    window.settings.folder = tmp_path / "file" / "inside"
    run(window, "new")
    assert not window.desk.is_open
    assert "inside" in window.banner.text


def test_dialogs_begin_where_the_last_audit_was_kept(
    window: Window, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *a, **_k: begun.append(a[2]) or ("", "")
    )
    window.open_path(path)
    run(window, "new")
    run(window, "open")
    assert begun == [str(path.parent)]
