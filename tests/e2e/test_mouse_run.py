"""The same job, smaller, by mouse: letters are typed only where a name or a note is written."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from app.domain.answers import ScreenReply
from app.domain.bank import Grade
from app.report.data import read_provenance
from app.ui.models.gap.tree import NOTE
from app.ui.models.screening import NAME
from app.ui.models.walk.place import OWNERS
from app.ui.window import Window
from tests.e2e.hands import Hands

NAMES = ("Invoice matching", "Leave requests", "Spare parts")
STAGES, ANNOTATED = 7, 3


def test_the_job_by_mouse(
    window: Window, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, path = window.desk, tmp_path / "report.pdf"
    hands.click(hands.button(window.welcome, "New audit"))
    empty = desk.audit
    _screen(window, hands)
    _walk(window, hands)
    _annotate(window, hands)
    hands.click(window.rail.buttons["roadmap"])
    hands.settle()
    assert desk.plan is not None
    assert desk.plan.actions
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    hands.click(window.top.export)
    page: Any = window.page
    assert page.key == "report"
    hands.click(page.options.export)
    hands.wait(lambda: page._writing is None)
    assert read_provenance(path.read_bytes()).sequence == desk.file.head[0]
    hands.settle()
    for _ in range(len(desk.document.history.done)):
        hands.click(window.top.undo)
    assert desk.audit == empty
    assert not window.top.undo.isEnabled()


def _screen(window: Window, hands: Hands) -> None:
    """One click is yes, two are partly; the name is all that is typed."""
    hands.click(window.rail.buttons["screen"])
    page: Any = window.page
    for row, name in enumerate(NAMES):
        hands.click_cell(page.table, row, NAME, twice=True)
        hands.type(f"{name}\n")
        for column in range(1, 9):
            for _ in range(1 + column % 2):
                hands.click_cell(page.table, row, column)
    audit = window.desk.audit
    assert [w.name for _, w in sorted(audit.workflows.items())] == list(NAMES)
    odd = [ScreenReply.PARTLY, ScreenReply.YES] * 4
    for screening in audit.screening.values():
        assert [screening.replies[q.id] for q in audit.bank.screen] == odd


def _walk(window: Window, hands: Hands) -> None:
    """The owner strip of the first workflow: a stage, a level, a grade."""
    hands.click(window.rail.buttons["walk"])
    page: Any = window.page
    bar = page.head.views
    hands.click_at(bar, bar.tabRect(OWNERS).center())
    assert page.place.view == OWNERS
    for stage in range(STAGES):
        hands.click(page.board.band.buttons[stage])
        card = page.card
        hands.scroll_to(page.board, card.levels[stage % 3])
        hands.click(card.levels[stage % 3])
        button = card.grades._grades[Grade.EXPLAINED]
        hands.scroll_to(page.board, button)
        hands.click(button)
    found = page.place.found()
    said = [window.desk.audit.answers[a.target][a.question.id].settled for a in found]
    assert [s.level for s in said] == [stage % 3 for stage in range(STAGES)]
    assert {s.grade for s in said} == {Grade.EXPLAINED}


def _annotate(window: Window, hands: Hands) -> None:
    hands.click(window.rail.buttons["gaps"])
    hands.settle()
    page: Any = window.page
    tree, model = page.list.tree, page.list.model
    keys = [gap.key for group in model.groups for gap in group.gaps][:ANNOTATED]
    for key in keys:
        index = model.find(key).siblingAtColumn(NOTE)
        hands.click_index(tree, index, twice=True)
        hands.type("Ask the owner\n")
    assert {k: n.note for k, n in window.desk.audit.gap_notes.items()} == dict.fromkeys(
        keys, "Ask the owner"
    )
