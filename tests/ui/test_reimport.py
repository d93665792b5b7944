"""Importing again in the window: what is missing, what is older, and the ticks for both."""

from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.ids import WorkflowId
from app.domain.landscape import Lifecycle
from app.ui.dialogs.import_wizard import DONE, ImportWizard
from app.ui.models.import_rows import MISSING
from app.ui.page import Bench
from tests.ui.test_import_wizard import planned, settle

HEADER = "Use case ID,Use case name,Department,Stage\n"
FIRST = HEADER + "A-1,Claims triage,Claims,pilot\nA-2,Price advice,Sales,production\n"
LATER = HEADER + "A-1,Claims triage,Claims,production\n"


def opened(bench: Bench, path: Path, qtbot: QtBot) -> ImportWizard:
    wizard = ImportWizard(None, bench)
    qtbot.addWidget(wizard)
    wizard.show()
    planned(wizard, path, qtbot)
    return wizard


def taken(wizard: ImportWizard, qtbot: QtBot) -> None:
    wizard.go_on()
    settle(wizard, qtbot)
    assert wizard.stack.currentIndex() == DONE


def named(desk: Desk, name: str) -> WorkflowId:
    return next(key for key, w in desk.audit.workflows.items() if w.name == name)


@pytest.fixture
def before(bench: Bench, tmp_path: Path, qtbot: QtBot) -> Path:
    """The edition of 2025 is in the audit."""
    path = tmp_path / "inventory 2025.csv"
    path.write_text(FIRST, encoding="utf-8")
    taken(opened(bench, path, qtbot), qtbot)
    return path


def test_workflows_missing_in_a_later_file_are_listed_and_may_be_retired(
    bench: Bench, desk: Desk, before: Path, qtbot: QtBot
) -> None:
    later = before.with_name("inventory 2026.csv")
    later.write_text(LATER, encoding="utf-8")
    wizard = opened(bench, later, qtbot)
    differences = wizard.differences
    assert differences.retire.isVisible()
    assert not differences.retire.isChecked()
    assert differences.older.isHidden()
    assert "1 workflows came from an earlier edition" in differences.more.text()
    differences.chips.button(MISSING).click()
    model = differences.model
    assert [model.index(0, c).data() for c in range(3)] == [
        "Price advice", "no longer in the file", "It came from row 3 of inventory 2025.csv.",
    ]  # fmt: skip
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    differences.retire.click()
    assert model.index(0, 1).data() == "retired"
    assert "1 retired" in differences.said.text()
    audit = desk.audit
    taken(wizard, qtbot)
    assert desk.audit.workflows[named(desk, "Price advice")].lifecycle is Lifecycle.RETIRED
    desk.undo()
    assert desk.audit == audit


def test_missing_alone_is_something_to_do_only_when_ticked(
    bench: Bench, before: Path, qtbot: QtBot
) -> None:
    before.with_name("inventory 2026.csv").write_text(
        LATER.replace("production", "pilot"), encoding="utf-8"
    )
    wizard = opened(bench, before.with_name("inventory 2026.csv"), qtbot)
    assert not wizard.next.isEnabled()
    wizard.differences.retire.click()
    assert wizard.next.isEnabled()


def test_an_older_file_sets_nothing_back_until_it_is_ticked(
    bench: Bench, desk: Desk, before: Path, qtbot: QtBot
) -> None:
    older = before.with_name("inventory 2024.csv")
    older.write_text(FIRST.replace("pilot", "idea"), encoding="utf-8")
    wizard = opened(bench, older, qtbot)
    differences = wizard.differences
    assert "older than inventory 2025.csv" in differences.more.text()
    assert differences.older.isVisible()
    assert not differences.older.isChecked()
    assert not wizard.next.isEnabled()
    details = [differences.model.index(row, 2).data() for row in range(2)]
    assert "A newer file was imported before" in details[0]
    assert "kept “pilot”, the file says “idea”" in details[0]
    differences.older.click()
    taken(wizard, qtbot)
    assert desk.audit.workflows[named(desk, "Claims triage")].lifecycle is Lifecycle.IDEA
