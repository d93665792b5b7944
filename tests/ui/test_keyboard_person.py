"""Who is at the keyboard is asked once, kept per audit, and named in the history."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog

from app.domain.audit import Audit
from app.domain.edits import records
from app.domain.ids import PersonId
from app.domain.landscape import Person
from app.domain.sessions import named_people
from app.store.file import AuditFile
from app.ui.keyboard_person import labels, title
from app.ui.page import Place
from app.ui.window import Window
from tests.ui.conftest import NOW


@pytest.fixture
def path(tmp_path: Path, sample: Audit) -> Path:
    found = tmp_path / "x.plumb"
    AuditFile.create(found, sample, label="Sample", by=None, at=NOW).close()
    return found


def choose(window: Window, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_a, **_k: (text, True))
    window.commands.actions["keyboard"].trigger()


def rename(window: Window, name: str) -> None:
    assert window.desk.apply("Rename", records.amend, "organisation", (), title=name)


def test_changes_carry_the_person_and_the_history_names_them(
    window: Window, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_path(path)
    assert "nobody named" in title(window)
    rename(window, "One")
    person, record = next(iter(sorted(named_people(window.desk.audit).items())))
    choose(window, monkeypatch, record.name)
    assert record.name in window.commands.actions["keyboard"].text()
    rename(window, "Two")
    assert window.desk.undo()
    assert window.desk.file is not None
    newest = window.desk.file.entries()[-3:]
    assert [entry.by for entry in newest] == [None, person, person]
    window.go(Place("history"))
    journal = window.page.journal
    assert journal._who(newest[-1]) == record.name


def test_it_is_kept_for_this_audit_and_its_copies_only(
    window: Window, path: Path, sample: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "y.plumb"
    AuditFile.create(other, sample, label="Another", by=None, at=NOW).close()
    window.open_path(path)
    person, record = next(iter(sorted(named_people(sample).items())))
    choose(window, monkeypatch, record.name)
    copy = tmp_path / "copy.plumb"
    assert window.desk.file is not None
    window.desk.file.copy_to(copy)
    window.open_path(other)
    assert window.desk.by is None
    window.open_path(copy)
    assert window.desk.by == person
    choose(window, monkeypatch, "Nobody named")
    assert window.desk.by is None


def test_somebody_taken_out_of_the_audit_is_at_the_keyboard_no_more(
    window: Window, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_path(path)
    assert window.desk.apply("Add", records.put_all, [("people", ("p-new",), person("Zoë Last"))])
    choose(window, monkeypatch, "Zoë Last")
    assert window.desk.by == PersonId("p-new")
    assert window.desk.undo()
    assert window.desk.by is None


def test_two_of_one_name_can_be_told_apart(window: Window, path: Path) -> None:
    window.open_path(path)
    two = [("people", (id_,), person("Kim Lee")) for id_ in ("k1", "k2")]
    assert window.desk.apply("Add", records.put_all, two)
    assert {"Kim Lee (k1)", "Kim Lee (k2)"} <= set(labels(window).values())


def person(name: str) -> Person:
    return Person(name)
