"""A whole audit by keyboard: thirty pilots screened, three walked, gaps, roadmap, report."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.cli import main
from app.domain.bank import Grade
from app.domain.risk.results import Portfolio
from app.report.data import read_provenance
from app.ui.models.gap.tree import NOTE
from app.ui.models.walk.place import FLOW, OWNERS, PROOFS
from app.ui.window import Window
from tests.e2e.hands import Hands

PILOTS, WALKED, ANSWERS, ANNOTATED = 30, 3, 40, 10
REPLIES = "ypnyypny", "nnpn?nnn", "y?ppnyyp"
STRIP = "1e12e20e13e24e31e12e2"
"""A level and its grade for each of the seven stages."""


def test_the_job_by_keyboard_alone(
    window: Window,
    hands: Hands,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hands.press(Qt.Key.Key_N)
    desk, file = window.desk, tmp_path / "audit-1.plumb"
    empty = desk.audit
    assert desk.path == file
    _screen(window, hands)
    _walk(window, hands)
    _annotate(window, hands)
    hands.find("Roadmap")
    hands.settle()
    assert window.page.key == "roadmap"
    assert desk.plan is not None
    assert desk.plan.actions
    _export(window, hands, tmp_path / "report.pdf", monkeypatch)
    shown, steps, at_the_end = desk.portfolio, len(desk.document.history.done), desk.audit
    assert shown is not None
    hands.command("close")
    assert not desk.is_open
    _same_by_command_line(file, shown, capsys)
    hands.tab_to(window.welcome.recent)
    hands.type("\n")
    assert desk.path == file
    assert desk.audit == at_the_end
    for _ in range(steps):
        assert desk.undo_label
        hands.press(Qt.Key.Key_Z)
    assert desk.audit == empty
    assert not window.commands.actions["undo"].isEnabled()


def _screen(window: Window, hands: Hands) -> None:
    """Thirty names, each with its eight replies."""
    hands.press(Qt.Key.Key_2)
    for number in range(PILOTS):
        hands.type(f"Pilot {number:02}\n" + REPLIES[number % 3])
    audit = window.desk.audit
    assert len(audit.workflows) == PILOTS
    for number, workflow in enumerate(sorted(audit.workflows, key=lambda w: int(w[1:]))):
        assert audit.workflows[workflow].name == f"Pilot {number:02}"
        found = audit.screening[workflow].replies
        assert "".join(found[q.id].value for q in audit.bank.screen) == REPLIES[number % 3]


def _walk(window: Window, hands: Hands) -> None:
    """The owner strip and the proof strip of three workflows, every answer with its grade."""
    hands.press(Qt.Key.Key_5)
    page = window.page_of("walk")
    for turn in range(WALKED):
        if turn:
            hands.press(Qt.Key.Key_PageDown)
        for view in (OWNERS, PROOFS):
            _view(page, hands, view)
            _strip(page, hands)
        _jump(page, hands)
    found = [a for said in window.desk.audit.answers.values() for a in said.values()]
    assert len(found) >= ANSWERS
    assert {a.settled.grade for a in found if a.settled} == set(list(Grade)[:3])


def _view(page: Any, hands: Hands, view: int) -> None:
    hands.tab_to(page.head.views)
    while page.place.view != view:
        hands.tab_to(page.head.views)
        hands.type("→" if page.place.view < view else "←")
    assert hands.focus is page.card


def _strip(page: Any, hands: Hands) -> None:
    for place in range(0, len(STRIP), 3):
        hands.type(STRIP[place : place + 3])
        if STRIP[place + 2] == "3":
            # Shown: what, where, when, by whom. Enter leads through the fields and back.
            hands.type("Runbook\nteam wiki\nt\nAna\n")
        assert hands.focus is page.card
        hands.type("\n")


def _jump(page: Any, hands: Hands) -> None:
    """Two more by their ids: what the owner strip leaves out."""
    _view(page, hands, FLOW)
    for _ in range(2):
        ask = next(a for a in page.place.all() if not a.is_asked)
        hands.type("/")
        hands.type(f"{ask.question.id}\n")
        hands.wait(lambda: hands.focus is page.card)
        assert page.ask().question.id == ask.question.id
        hands.type("2e1")
        assert page.ask().is_asked


def _annotate(window: Window, hands: Hands) -> None:
    """A note typed into the cell of ten gaps."""
    hands.press(Qt.Key.Key_9)
    hands.settle()
    tree = window.page_of("gaps").list.tree
    hands.tab_to(tree)
    noted = 0
    for _ in range(4 * ANNOTATED):
        hands.type("↓")
        if tree.current_gap is None:
            continue
        for _ in range(NOTE - tree.currentIndex().column()):
            hands.type("→")
        hands.type(f"Ask the owner {noted}\n")
        noted += 1
        if noted == ANNOTATED:
            break
    notes = {note.note for note in window.desk.audit.gap_notes.values()}
    assert notes == {f"Ask the owner {n}" for n in range(ANNOTATED)}


def _export(
    window: Window, hands: Hands, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Only the system's own dialog is answered for the person."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    hands.find("Report")
    page = window.page_of("report")
    assert window.page is page
    hands.tab_to(page.options.export)
    hands.type(" ")
    hands.wait(lambda: page._writing is None)
    assert path.read_bytes().startswith(b"%PDF")
    assert read_provenance(path.read_bytes()).sequence == window.desk.file.head[0]
    hands.settle()


def _same_by_command_line(file: Path, shown: Portfolio, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["score", str(file), "--json"]) == 0
    said: Mapping[str, Any] = json.loads(capsys.readouterr().out)
    assert said["risk"] == shown.risk
    assert said["range"] == [shown.range.low, shown.range.high]
    assert said["missing_middle"]["index"] == shown.missing_middle.index
    counts = [(count.workflows, count.benefit) for count in shown.states.values()]
    assert [(c["workflows"], c["benefit"]) for c in said["states"].values()] == counts
    assert said["coverage"]["answered"] == shown.coverage.answered
    assert said["coverage"]["of"] == shown.coverage.of
    assert [w["risk"] for w in said["workflows"]] == [e.risk for e in shown.estimates]
