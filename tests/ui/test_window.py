"""The window around one desk: opening, saying what went wrong, undo, palette, look."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from app.domain.audit import Audit
from app.domain.edits import records
from app.store.file import AuditFile
from app.ui.finder import Finder, matching
from app.ui.page import Page
from app.ui.selftest import settle
from app.ui.window import Window
from app.ui.window_commands import finds
from tests.ui.conftest import NOW


@pytest.fixture
def path(tmp_path: Path, sample: Audit) -> Path:
    found = tmp_path / "sample.plumb"
    AuditFile.create(found, sample, label="Sample", by=None, at=NOW).close()
    return found


def test_without_an_audit_there_is_a_way_to_start(window: Window) -> None:
    assert window.outer.currentWidget() is window.welcome
    offered = finds(window)
    assert {f.kind for f in offered} == {"Command"}
    assert "Import an inventory…" in {f.text for f in offered}
    assert all(window.commands.actions[c.id].isEnabled() for c in window.commands.table
               if c.text() in {f.text for f in offered})  # fmt: skip


def test_opening_shows_the_audit_and_remembers_the_file(window: Window, path: Path) -> None:
    window.open_path(path)
    assert window.desk.audit.organisation.title in window.windowTitle()
    assert window.settings.recent == [path]
    assert window.banner.isHidden()


@pytest.mark.parametrize("body", [b"", b"no database at all" * 90])
def test_what_is_no_audit_gets_a_sentence(window: Window, tmp_path: Path, body: bytes) -> None:
    wrong = tmp_path / "wrong.plumb"
    wrong.write_bytes(body)
    window.open_path(wrong)
    assert "wrong.plumb" in window.banner.text
    assert not window.desk.is_open
    assert wrong.read_bytes() == body


def test_a_file_somebody_else_writes_in_opens_to_read(window: Window, path: Path) -> None:
    with AuditFile.open(path, write=True, who="Ana"):
        window.open_path(path)
        assert window.desk.is_open
        assert "Ana" in window.banner.text
        before = window.desk.audit
        assert not window.desk.apply("Change", records.amend, "organisation", (), title="Mine")
        assert window.desk.audit is before
    window.commands.actions["reload"].trigger()
    assert window.desk.read_only is None


def test_undo_is_labelled_and_reaches_across_a_restart(window: Window, path: Path) -> None:
    window.open_path(path)
    before = window.desk.audit
    window.desk.apply("Rename the audit", records.amend, "organisation", (), title="Renamed")
    assert "Rename the audit" in window.commands.actions["undo"].text()
    window.desk.close()
    window.open_path(path)
    window.commands.actions["undo"].trigger()
    assert window.desk.audit == before
    assert "Rename the audit" in window.commands.actions["redo"].text()


def test_every_page_shows_the_sample(window: Window, path: Path) -> None:
    window.open_path(path)
    for page in window.pages:
        window.show_page(page)
        assert page.isVisible()
        assert page.title()


def test_the_palette_finds_commands_workflows_questions_people_and_gaps(
    window: Window, path: Path, qtbot: QtBot
) -> None:
    window.open_path(path)
    offered = finds(window)
    assert {f.kind for f in offered} == {"Command", "Workflow", "Question", "Person", "Gap"}
    assert matching(offered, "invoice mat")[0].text == "Invoice matching"
    assert matching(offered, "no such thing anywhere") == []
    finder = Finder(offered, window)
    qtbot.addWidget(finder)
    qtbot.keyClicks(finder.line, "larger")
    scale = window.look.scale
    finder.line.returnPressed.emit()
    qtbot.waitUntil(lambda: window.look.scale > scale)
    window.look.set("light", 100)


def test_the_look_is_remembered(window: Window) -> None:
    window.commands.actions["look_dark"].trigger()
    assert window.settings.theme == "dark"
    assert window.look.tones.page != "#F6F8FA"
    window.look.set("light", 100)


def test_a_page_out_of_sight_takes_the_look_when_it_is_shown(
    window: Window, path: Path, qtbot: QtBot
) -> None:
    def picture(page: Page) -> QImage:
        window.show_page(page)
        settle(window)
        return page.grab().toImage()

    window.open_path(path)
    pages = [window.page_of(key) for key in ("policies", "scope")]
    seen = []
    for page in pages:
        picture(page)
    for theme, scale in (("dark", 110), ("light", 100)):
        window.look.set(theme, scale)
        late = [picture(page) for page in pages]
        for page in pages:
            # As if it had been in sight all the while.
            window.show_page(page)
            window.look.set("contrast", scale)
            window.look.set(theme, scale)
        assert late == [picture(page) for page in pages]
        seen.append(late)
    assert all(dark != light for dark, light in zip(*seen, strict=True))


def test_what_a_resting_page_loses_is_not_missed(window: Window, path: Path, qtbot: QtBot) -> None:
    window.open_path(path)
    scope, log = window.page_of("scope"), window.page_of("log")
    window.show_page(scope)
    gone = QLabel("gone", scope)
    gone.show()
    window.show_page(log)
    window.look.set("dark", 100)
    shiboken6.delete(gone)
    window.show_page(scope)
    window.look.set("light", 100)
    assert scope.isVisible()


def test_a_run_of_keys_restyles_once(window: Window, qtbot: QtBot) -> None:
    seen: list[int] = []
    window.look.changed.connect(lambda: seen.append(window.look.scale))
    for _ in range(3):
        window.commands.actions["larger"].trigger()
    window.commands.actions["smaller"].trigger()
    assert seen == []
    qtbot.waitUntil(lambda: seen != [])
    assert seen == [125]
    window.settings.scale = 100
    window.restyle()


def test_shortcuts_are_given_once(window: Window) -> None:
    keys = [s.toString() for c in window.commands.table for s in c.sequences()]
    assert len(keys) == len(set(keys))


def test_saving_gives_an_untitled_audit_a_place(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    untitled, place = tmp_path / "untitled", tmp_path / "mine.plumb"
    untitled.mkdir()
    window.settings.folder = untitled
    window.commands.actions["example"].trigger()
    audit, before = window.desk.audit, window.desk.path
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(place), ""))
    window.commands.actions["snapshot"].trigger()
    assert window.desk.path == place
    assert window.desk.audit == audit
    assert before is not None
    assert not before.exists()


def test_saving_a_named_audit_keeps_a_snapshot(window: Window, path: Path, qtbot: QtBot) -> None:
    window.open_path(path)
    window.commands.actions["snapshot"].trigger()
    qtbot.waitUntil(lambda: len(window.desk.audit.snapshots) == 1)


def test_the_look_may_change_after_an_audit_was_closed(window: Window, path: Path) -> None:
    window.open_path(path)
    for page in window.pages:
        window.show_page(page)
    settle(window)
    window.desk.close()
    window.commands.actions["look_dark"].trigger()
    window.look.set("light", 100)
    window.open_path(path)
    assert window.desk.is_open


def test_a_gap_of_the_palette_is_where_the_keys_go(
    window: Window, path: Path, qtbot: QtBot
) -> None:
    window.open_path(path)
    window.activateWindow()
    wanted = next(f for f in finds(window) if f.kind == "Gap")
    finder = Finder([wanted], window)
    qtbot.addWidget(finder)
    finder.show()
    finder.line.returnPressed.emit()
    settle(window)
    tree = window.page_of("gaps").list.tree
    assert window.focusWidget() is tree
    before = tree.current_gap
    assert before is not None
    assert before.key == wanted.detail
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert tree.current_gap != before
