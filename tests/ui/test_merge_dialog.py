"""Merging another copy in the window: looked at first, taken in one step, refused in words."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.merging import begin_next
from app.document import Document
from app.domain.answers import Review
from app.domain.edits.records import amend, put
from app.domain.ids import WorkflowId
from app.domain.workshop import ParkingItem
from app.store.file import AuditFile
from app.ui.dialogs.merge import MergeDialog
from app.ui.page import Bench
from app.words import Words
from tests.ui.conftest import NOW

W = WorkflowId("returns")


@pytest.fixture
def copy(desk: Desk, tmp_path: Path) -> Path:
    """Another laptop's copy: one parked item more, and a field that both have changed since."""
    path = tmp_path / "other.plumb"
    assert desk.file
    desk.file.copy_to(path)
    with AuditFile.open(path, write=True) as file:
        document = Document(file, file.load(), clock=lambda: NOW, by=None)
        document.apply("Park", put, "parking", ("other-1",), ParkingItem("Who pays at night?"))
        document.apply("Users", amend, "workflows", (W,), users=9)
    desk.apply("Users", amend, "workflows", (W,), users=7)
    return path


@pytest.fixture
def dialog(qtbot: QtBot, bench: Bench) -> MergeDialog:
    made = MergeDialog(None, bench)
    qtbot.addWidget(made)
    return made


def test_a_copy_is_looked_at_before_anything_is_taken(
    qtbot: QtBot, desk: Desk, dialog: MergeDialog, copy: Path
) -> None:
    before = desk.audit
    dialog.look_at(copy)
    qtbot.waitUntil(lambda: dialog.merging is not None, timeout=10_000)
    assert desk.audit is before
    assert "Parked items" in dialog.said.text()
    assert dialog.conflicts.model().rowCount() == 1
    assert "users" in dialog.conflicts.model().index(0, 0).data()
    assert dialog.take.isEnabled()


def test_taking_it_is_one_step_behind_a_snapshot(
    qtbot: QtBot, desk: Desk, dialog: MergeDialog, copy: Path
) -> None:
    dialog.look_at(copy)
    qtbot.waitUntil(lambda: dialog.merging is not None, timeout=10_000)
    dialog.take_all()
    qtbot.waitUntil(lambda: "other-1" in desk.audit.parking, timeout=10_000)
    assert {s.name for s in desk.audit.snapshots.values()} >= {"Before merging other.plumb"}
    assert any("users" in item.text for item in desk.audit.parking.values())
    desk.undo()
    assert "other-1" not in desk.audit.parking
    assert desk.audit.workflows[W].users == 7


def test_what_was_edited_meanwhile_is_not_overwritten(
    qtbot: QtBot, desk: Desk, dialog: MergeDialog, copy: Path
) -> None:
    dialog.look_at(copy)
    qtbot.waitUntil(lambda: dialog.merging is not None, timeout=10_000)
    desk.apply("Users", amend, "workflows", (W,), users=8)
    dialog.take_all()
    assert "has changed since" in dialog.trouble.text()
    assert "other-1" not in desk.audit.parking


def test_another_audit_and_the_file_itself_are_refused_in_words(
    desk: Desk, dialog: MergeDialog, tmp_path: Path
) -> None:
    other = tmp_path / "stranger.plumb"
    AuditFile.create(other, desk.audit, label="Another", by=None, at=NOW).close()
    dialog.look_at(other)
    assert "no entry in common" in dialog.trouble.text()
    assert desk.path
    dialog.look_at(desk.path)
    assert "is the open file itself" in dialog.trouble.text()
    dialog.look_at(tmp_path / "missing.plumb")
    assert "missing.plumb" in dialog.trouble.text()
    assert not dialog.take.isEnabled()


def test_the_next_audit_is_a_file_of_its_own(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "next.plumb"
    before = desk.audit
    begin_next(desk, path, Words())
    assert desk.audit is before
    with AuditFile.open(path, write=False) as file:
        begun = file.load()
        (snapshot,) = begun.snapshots.values()
        assert file.snapshot_body(snapshot.body)
    reviews = {a.review for group in begun.answers.values() for a in group.values() if a.settled}
    assert reviews == {Review.PROPOSED}
