"""Scope and people: typed fields are kept, people and symptoms are rows."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.edits import records
from app.domain.symptoms import Symptom, symptoms
from app.ui.models.symptoms import SymptomModel
from app.ui.page import Bench, Place
from app.ui.pages.scope import ScopePage
from app.ui.style import Look


@pytest.fixture
def page(bench: Bench, desk: Desk, qtbot: QtBot) -> ScopePage:
    made = ScopePage(bench)
    qtbot.addWidget(made)
    desk.changed.connect(made.audit_changed)
    made.audit_opened()
    made.resize(1100, 640)
    made.show()
    return made


def field(page: ScopePage, name: str) -> object:
    return page.form._editors[name]


def test_typing_is_kept_after_a_pause_as_one_step(
    page: ScopePage, desk: Desk, qtbot: QtBot
) -> None:
    line = field(page, "name")
    line.selectAll()
    qtbot.keyClicks(line, "Harbour")
    qtbot.waitUntil(lambda: desk.audit.organisation.name == "Harbour", timeout=2000)
    qtbot.keyClicks(line, " Group")
    page.form.flush()
    assert desk.audit.organisation.name == "Harbour Group"
    desk.undo()
    assert desk.audit.organisation.name == "Quillmoor Group"
    assert line.text() == "Quillmoor Group"


def test_the_rooms_own_rate_is_told_of_ten(
    page: ScopePage, desk: Desk, bench_told: list[str], qtbot: QtBot
) -> None:
    line = field(page, "own_rate")
    assert line.text() == "6"
    for typed, kept in (("7.5", 0.75), ("10", 0.75), ("a lot", 0.75), ("", None)):
        line.selectAll()
        qtbot.keyClick(line, Qt.Key.Key_Delete)
        qtbot.keyClicks(line, typed)
        page.form.flush()
        assert desk.audit.organisation.own_rate == kept
    assert len(bench_told) == 2
    assert "more than 0 and fewer than 10" in bench_told[0]
    assert "“a lot” is no number" in bench_told[1]


def test_a_sponsor_is_asked_for_until_there_is_one(page: ScopePage, desk: Desk) -> None:
    assert page.ask.isHidden()
    desk.apply("x", records.amend, "organisation", (), sponsor=None)
    assert not page.ask.isHidden()
    assert page.ask.text() == "Who decides after this workshop?"
    box = field(page, "sponsor")
    box.setCurrentIndex(box.findData("amara"))
    box.activated.emit(box.currentIndex())
    assert desk.audit.organisation.sponsor == "amara"
    assert page.ask.isHidden()


def test_people_and_platforms_are_typed_in(page: ScopePage, desk: Desk) -> None:
    people = page.people.records
    assert people.put_block(
        len(people.ids), 0, [["Ravi Patel", "Clerk", "People who use it", "10"]]
    )
    new = desk.audit.people[people.ids[-1]]
    assert (new.name, new.role, new.area, new.seat) == ("Ravi Patel", "Clerk", "user", 10)
    platforms = page.platforms.records
    assert platforms.put_block(len(platforms.ids), 0, [["Data hub", "Ravi Patel"]])
    assert desk.audit.platforms[platforms.ids[-1]].owner == people.ids[-2] or (
        desk.audit.platforms[platforms.ids[-1]].owner == people.ids[-1]
    )
    page.go_to(Place("scope", key="zoe"))
    assert page.people.current_id == "zoe"


def test_symptoms_name_the_section_asked_first(
    desk: Desk, look: Look, page: ScopePage, qtbot: QtBot
) -> None:
    model = SymptomModel(desk, look, page)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_audit()
    desk.changed.connect(model.follow)
    before = symptoms(desk.audit)
    assert model.put_block(len(before), 0, [["Costs grow", "Expert review"]])
    assert symptoms(desk.audit) == (*before, Symptom("Costs grow", "sme"))
    assert model.put_block(0, 1, [["Context sources"]])
    assert symptoms(desk.audit)[0] == Symptom(before[0].text, "sources")
    assert model.add(Symptom("Common", "middle"))
    assert model.rowCount() == len(before) + 3
    assert model.remove([0, 1])
    assert [s.text for s in symptoms(desk.audit)] == [before[2].text, "Costs grow", "Common"]
    for _ in range(4):
        desk.undo()
    assert symptoms(desk.audit) == before
    assert tester


def test_reference_set_and_bank_say_where_they_come_from(page: ScopePage, desk: Desk) -> None:
    card, reference = page.reference, desk.audit.reference
    assert reference.date in card.name.text()
    assert reference.source in card.source.text()
    assert "a claim, not a measurement" in card.claim.text()
    assert desk.audit.bank.version in card.bank.text()
    assert card.grid.count() == len(reference.citations)


def test_a_file_that_is_only_read_cannot_be_typed_in(
    page: ScopePage, desk: Desk, tmp_path: Path
) -> None:
    desk._closed_reason = "Somebody else writes in it."
    page.show_audit()
    assert field(page, "name").isReadOnly()
    assert not field(page, "sponsor").isEnabled()
