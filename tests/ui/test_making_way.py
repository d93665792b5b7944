"""One audit makes way for another or for none: what is typed and what waits stays with it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.desk import rescued
from app.desk import settings as desk_settings
from app.domain.audit import Audit
from app.domain.edits import records
from app.domain.planning import GapNote, OwnGap
from app.store.file import AuditFile
from app.ui.page import Place
from app.ui.window import Window
from tests.ui.conftest import NOW

WORDS = "said just now"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where untitled and rescued audits go."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(desk_settings, "untitled_folder", lambda: folder)
    monkeypatch.setattr(rescued.QStandardPaths, "writableLocation", lambda _place: str(folder))
    return folder


def made(path: Path, audit: Audit) -> Path:
    AuditFile.create(path, audit, label="Sample", by=None, at=NOW).close()
    return path


@pytest.fixture
def first(tmp_path: Path, sample: Audit) -> Path:
    return made(tmp_path / "x.plumb", sample)


@pytest.fixture
def second(tmp_path: Path, sample: Audit) -> Path:
    return made(tmp_path / "y.plumb", sample)


def kept(path: Path) -> Audit:
    with AuditFile.open(path, write=False) as file:
        return file.load()


def rename(window: Window, title: str) -> bool:
    def edit(audit: Audit) -> Audit:
        return records.amend(audit, "organisation", (), title=title)

    return window.desk.apply("Rename", edit)


# The file that is open already.


@pytest.mark.parametrize("spell", [lambda p: p, lambda p: p.parent / "." / p.name, "link", "hard"])
def test_the_open_file_opened_again_stays_as_it_is(
    window: Window, first: Path, spell: Callable[[Path], Path] | str
) -> None:
    window.open_path(first)
    window.go(Place("gaps"))
    audit = window.desk.audit
    if callable(spell):
        path = spell(first)
    else:
        path = first.with_name("other-name.plumb")
        path.symlink_to(first) if spell == "link" else os.link(first, path)
    window.open_path(path)
    assert window.desk.read_only is None
    assert window.desk.audit is audit
    assert window.page.key == "gaps"
    assert window.banner.isHidden()
    assert rename(window, "Still mine")


def test_another_file_put_in_the_place_of_the_open_one_is_opened(
    window: Window, first: Path, second: Path
) -> None:
    window.open_path(first)
    second.replace(first)
    window.open_path(first)
    assert window.desk.read_only is None
    assert rename(window, "The one put back")
    assert kept(first).organisation.title == "The one put back"


# What is being typed.


LEAVE: dict[str, Callable[[Window, Path], object]] = {
    "close": lambda w, _: w.commands.actions["close"].trigger(),
    "new": lambda w, _: w.commands.actions["new"].trigger(),
    "open": lambda w, other: w.open_path(other),
}


def notes(audit: Audit) -> list[GapNote | OwnGap]:
    return [*audit.gap_notes.values(), *audit.own_gaps.values()]


def gap_note(window: Window) -> tuple[QWidget, Callable[[Audit], bool]]:
    window.go(Place("gaps"))
    note = window.page.list.detail.note
    return note, lambda a: any(WORDS in n.note for n in notes(a))


def gap_due(window: Window) -> tuple[QWidget, Callable[[Audit], bool]]:
    window.go(Place("gaps"))
    due = window.page.list.detail.due
    due.selectAll()
    return due, lambda a: any(str(n.due) == "2027-05-06" for n in notes(a))


def scope_note(window: Window) -> tuple[QWidget, Callable[[Audit], bool]]:
    window.go(Place("scope"))
    note: QPlainTextEdit = window.page.form._editors["note"]
    return note, lambda a: WORDS in a.organisation.note


def cell(window: Window) -> tuple[QWidget, Callable[[Audit], bool]]:
    """An editor that is open in a table."""
    window.go(Place("workflows"))
    table = window.page.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    table.edit(table.currentIndex())
    editor = table.findChild(QLineEdit)
    editor.selectAll()
    return editor, lambda a: any(WORDS in w.name for w in a.workflows.values())


def walk_note(window: Window) -> tuple[QWidget, Callable[[Audit], bool]]:
    window.go(Place("walk"))
    note: QPlainTextEdit = window.page.card.note
    note.show()
    return note, lambda a: any(WORDS in r.note for t in a.answers.values() for r in t.values())


FIELDS = [gap_note, gap_due, scope_note, cell, walk_note]


@pytest.mark.parametrize("leave", LEAVE)
@pytest.mark.parametrize("field", FIELDS)
def test_what_is_typed_stays_with_its_audit(
    window: Window, first: Path, second: Path, qtbot: QtBot, leave: str,
    field: Callable[[Window], tuple[QWidget, Callable[[Audit], bool]]],
) -> None:  # fmt: skip
    window.open_path(first)
    window.activateWindow()
    widget, has = field(window)
    widget.setFocus()
    QApplication.processEvents()
    qtbot.keyClicks(widget, "2027-05-06" if field is gap_due else WORDS)
    LEAVE[leave](window, second)
    assert has(kept(first))
    assert not has(kept(second))
    if window.desk.is_open:
        assert not has(window.desk.audit)
    else:
        assert window.windowTitle() == "Plumbline"


def test_months_and_days_of_the_plan_stay_with_their_audit(
    window: Window, first: Path, qtbot: QtBot
) -> None:
    window.open_path(first)
    window.activateWindow()
    window.go(Place("roadmap"))
    months = window.page.settings.months
    months.setFocus()
    months.selectAll()
    qtbot.keyClicks(months, "7")
    window.commands.actions["close"].trigger()
    assert kept(first).plan.months == 7


def test_an_untitled_audit_takes_what_is_typed_along(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.commands.actions["new"].trigger()
    window.activateWindow()
    note, has = scope_note(window)
    note.setFocus()
    qtbot.keyClicks(note, WORDS)
    place = tmp_path / "mine.plumb"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(place), ""))
    window.commands.actions["snapshot"].trigger()
    assert window.page.key == "scope"
    assert has(kept(place))


# What waits to be written.


@pytest.mark.parametrize("leave", LEAVE)
def test_what_waits_is_kept_in_the_data_folder(
    window: Window, first: Path, second: Path, data_folder: Path, leave: str
) -> None:
    window.open_path(first)
    first.unlink()
    assert not rename(window, "Only on the screen")
    LEAVE[leave](window, second)
    place = data_folder / "rescued" / "x-1.plumb"
    assert window.banner.isVisible()
    assert "1 change could not be written into x.plumb" in window.banner.text
    assert str(place) in window.banner.text
    assert kept(place).organisation.title == "Only on the screen"
    assert not window.desk.unsaved
    if window.desk.is_open:
        assert window.desk.audit.organisation.title != "Only on the screen"


@pytest.mark.parametrize("leave", LEAVE)
def test_what_can_be_kept_nowhere_stays_open(
    window: Window, first: Path, second: Path, data_folder: Path, leave: str
) -> None:
    window.open_path(first)
    (data_folder / "rescued").write_text("no folder")
    first.unlink()
    assert not rename(window, "Only on the screen")
    LEAVE[leave](window, second)
    assert window.desk.path == first
    assert len(window.desk.unsaved) == 1
    assert "stays open" in window.banner.text
    assert [b.text() for b in window.banner.ways][-1].startswith("Save a copy and go on")


def test_closing_without_them_leaves_nothing_behind(
    window: Window, first: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: None)
    leaves = lambda box: next(b for b in box.buttons() if b.text().startswith("Close"))  # noqa: E731
    monkeypatch.setattr(QMessageBox, "clickedButton", leaves)
    window.open_path(first)
    first.unlink()
    assert not rename(window, "Thrown away on purpose")
    window.closeEvent(QCloseEvent())
    assert not window.desk.is_open
    assert not (data_folder / "rescued").exists()


def test_the_top_bar_says_that_nothing_is_saved(window: Window, first: Path) -> None:
    window.open_path(first)
    saved = window.top.saved
    assert saved.text().startswith("Saved")
    first.rename(first.with_name("elsewhere.plumb"))
    assert not rename(window, "Not yet")
    window.banner.hide()
    assert (saved.text(), saved.property("role")) == ("Not saved", "alarm")
    first.with_name("elsewhere.plumb").rename(first)
    assert window.desk.write_unsaved()
    assert (saved.text()[:6], saved.property("role")) == ("Saved ", "quiet")
