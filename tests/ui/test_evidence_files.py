"""Files of evidence in the window: attached, opened as a copy, removed, and refused in words."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import Evidence, Presence
from app.domain.edits import records
from app.domain.ids import EvidenceId, QuestionId, Target
from app.exchange import attachment
from app.ui.page import Bench, Place
from app.ui.pages.gaps import GapsPage
from app.ui.widgets.evidence_files import EvidenceFiles

QUESTION = QuestionId("RT-01")
BODY = b"%PDF-1.7 routing list\n" * 40_000


@pytest.fixture
def target(desk: Desk) -> Target:
    return Target(next(iter(sorted(desk.audit.workflows))))


@pytest.fixture
def files(qtbot: QtBot, bench: Bench, target: Target) -> EvidenceFiles:
    made = EvidenceFiles(bench)
    qtbot.addWidget(made)

    def follow() -> None:
        made.show_place(target, QUESTION)

    bench.desk.changed.connect(follow)
    follow()
    made.show()
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "Routing list.pdf"
    made.write_bytes(BODY)
    return made


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    found: list[Path] = []

    def open_url(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return found


def press(files: EvidenceFiles, tip: str) -> QPushButton:
    return next(b for b in files.findChildren(QPushButton) if b.accessibleName().startswith(tip))


def only(desk: Desk, target: Target) -> tuple[EvidenceId, Evidence]:
    group = desk.audit.evidence.get(target, {})
    return next((k, e) for k, e in group.items() if e.title == "Routing list")


def test_a_file_is_attached_opened_as_a_copy_and_removed(
    files: EvidenceFiles, desk: Desk, target: Target, path: Path, shown: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before = desk.audit
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    files.attach.click()
    key, record = only(desk, target)
    assert (record.presence, record.question) == (Presence.PRESENT, QUESTION)
    assert record.media_type == "application/pdf"
    assert desk.audit.answers == before.answers
    press(files, "Open a copy of Routing list").click()
    assert shown[0].read_bytes() == BODY
    assert shown[0].name == "Routing list.pdf"
    assert shown[0].stat().st_mode & 0o777 == 0o400
    press(files, "Remove the file of Routing list").click()
    assert desk.audit.evidence[target][key].sha256 == ""
    press(files, "Attach a file to Routing list")
    desk.undo()
    press(files, "Open a copy of Routing list").click()
    assert shown[1].read_bytes() == BODY
    desk.undo()
    assert desk.audit == before


def test_a_piece_that_was_recorded_already_gets_its_file(
    files: EvidenceFiles, desk: Desk, target: Target, path: Path
) -> None:
    key = EvidenceId("list")
    record = Evidence(target, "Routing list", Presence.PARTIAL, QUESTION, seen_by="Ana")
    desk.apply("Record", lambda a: records.put(a, "evidence", (target, key), record))
    assert files.take(path, key)
    found = desk.audit.evidence[target][key]
    assert (found.presence, found.seen_by) == (Presence.PARTIAL, "Ana")
    assert found.sha256


def test_what_could_run_is_saved_and_never_opened(
    files: EvidenceFiles, desk: Desk, target: Target, tmp_path: Path, shown: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    script = tmp_path / "Routing list.sh"
    script.write_bytes(b"#!/bin/sh\n")
    assert files.take(script)
    place = tmp_path / "out.bin"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(place), ""))
    press(files, "Save a copy of Routing list").click()
    assert shown == []
    assert place.read_bytes() == b"#!/bin/sh\n"
    assert not os.access(place, os.X_OK)


def test_what_cannot_be_attached_is_a_sentence(
    files: EvidenceFiles, desk: Desk, path: Path, tmp_path: Path, bench_told: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before = desk.audit
    monkeypatch.setattr(attachment, "LIMIT", 1024 * 1024 // 4)
    (tmp_path / "empty.pdf").touch()
    for wrong, why in (
        (path, "larger than"), (tmp_path / "empty.pdf", "is empty"),
        (tmp_path, "not a file"), (tmp_path / "gone.pdf", "not a file"),
    ):  # fmt: skip
        assert not files.take(wrong)
        assert why in bench_told[-1]
        assert "nothing has been attached" in bench_told[-1]
    assert desk.audit is before


def test_the_pane_of_a_gap_holds_the_files_of_its_answer(
    qtbot: QtBot, bench: Bench, desk: Desk, path: Path
) -> None:
    page = GapsPage(bench)
    qtbot.addWidget(page)
    desk.changed.connect(page.audit_changed)
    page.audit_opened()
    page.show()
    gap = next(g for group in page.list.model.groups for g in group.gaps if "/" in g.key)
    page.go_to(Place("gaps", key=gap.key))
    files = page.list.detail.files
    assert files.take(path)
    _, record = only(desk, gap.target)
    assert record.question == gap.question
    press(files, "Open a copy of Routing list")
