"""The foot of the window: how far the audit on the desk is, in the mode that was chosen."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.audit import Audit
from app.domain.landscape import Organisation
from app.domain.progress import mode_questions, progress
from app.domain.replies import active_cases
from app.ui import asked
from app.ui.page import Place
from app.ui.selftest import settle
from app.ui.window import Window
from tests.ui.conftest import NOW

LONG = 20_000
"""Milliseconds a worker may take on a busy machine."""


@pytest.fixture
def window(window: Window, tmp_path: Path, sample: Audit) -> Window:
    window.desk.create(tmp_path / "a.plumb", sample, "Begin")
    return window


def wanted(audit: Audit, mode: str, title: str) -> str:
    cases = active_cases(audit, NOW.date())
    found = progress(cases, mode_questions(audit.bank, mode))
    return f"{title}: {found.answered:,} of {found.of:,} asked"


def says(qtbot: QtBot, window: Window, text: str) -> None:
    settle(window)
    qtbot.waitUntil(lambda: window.foot.right.text() == text, timeout=LONG)


def test_progress_is_that_of_the_mode(qtbot: QtBot, window: Window, sample: Audit) -> None:
    says(qtbot, window, wanted(sample, "core", "Core"))
    window.go(Place("walk"))
    window.page.head.moded.emit("conditions")
    says(qtbot, window, wanted(sample, "conditions", "Conditions"))
    assert wanted(sample, "conditions", "x") != wanted(sample, "full", "x")


def test_many_workflows_are_counted_beside_the_window(
    qtbot: QtBot, window: Window, sample: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "AT_ONCE", 0)
    window.asked.choose("full")
    says(qtbot, window, wanted(sample, "full", "Full"))


def test_screening_counts_workflows(qtbot: QtBot, window: Window, sample: Audit) -> None:
    window.go(Place("screen"))
    rows = window.page.completeness()
    says(qtbot, window, f"Screen: {rows.done} of {rows.of} workflows")


def test_another_audit_starts_with_its_own_progress(
    qtbot: QtBot, window: Window, sample: Audit, tmp_path: Path
) -> None:
    says(qtbot, window, wanted(sample, "core", "Core"))
    empty = Audit(sample.bank, sample.reference, Organisation())
    window.desk.create(tmp_path / "b.plumb", empty, "Begin")
    settle(window)
    says(qtbot, window, "")
