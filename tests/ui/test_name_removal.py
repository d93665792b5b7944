"""Removing a name for good: asked first, honest about what remains, and no undo brings it back."""

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.names import remains
from app.domain.edits import records
from app.domain.ids import PersonId
from app.store.file import AuditFile
from app.ui.dialogs.name_removal import NameRemoval
from app.ui.page import Bench
from app.ui.pages.scope import ScopePage


@pytest.fixture
def page(qtbot: QtBot, bench: Bench) -> ScopePage:
    made = ScopePage(bench)
    qtbot.addWidget(made)
    bench.desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.show()
    return made


@pytest.fixture
def person(desk: Desk) -> PersonId:
    return sorted(desk.audit.people)[0]


def asked(page: ScopePage) -> NameRemoval:
    (box,) = page.findChildren(NameRemoval)
    return box


def test_the_name_goes_from_record_and_history_and_stays_away(
    page: ScopePage, desk: Desk, person: PersonId
) -> None:
    before = desk.audit.people[person]
    desk.apply("Rename", lambda a: records.amend(a, "people", (person,), name="Second Name"))
    page.people.show_record(person)
    page.blank.trigger()
    asked(page).remove.click()
    named = desk.audit.people[person]
    assert named.name == f"Name removed ({person})"
    assert (named.role, named.seat) == (before.role, before.seat)
    desk.undo()
    desk.undo()
    assert desk.audit.people[person].name == named.name
    path = desk.path
    assert path is not None
    desk.close()
    with AuditFile.open(path, write=False) as file:
        assert file.read_only is None
        assert file.verify() is None
        assert file.load().people[person].name == named.name


def test_it_is_asked_first_and_says_what_remains(
    page: ScopePage, desk: Desk, person: PersonId
) -> None:
    name = desk.audit.people[person].name
    desk.apply(f"Note about {name}", lambda a: records.amend(a, "organisation", (), note=name))
    found = remains(desk, person)
    assert found.texts >= 1
    assert found.labels == 1
    page.people.show_record(person)
    page.blank.trigger()
    box = asked(page)
    assert isinstance(box, QMessageBox)
    assert name in box.text()
    assert "no undo brings it back" in box.informativeText()
    assert "1 labels of the history" in box.informativeText()
    box.keep.click()
    assert desk.audit.people[person].name == name


def test_without_a_person_it_says_what_to_do(page: ScopePage, bench_told: list[str]) -> None:
    page.ask_blank()
    assert bench_told == ["Choose a person in the table first."]
    assert page.findChildren(NameRemoval) == []
