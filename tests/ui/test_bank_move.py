"""Moving to another bank in the window: what is kept, both results, and one undo step."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.answers import Review
from app.domain.edits import records
from app.exchange.bank_toml import default_bank, dump_bank
from app.ui.dialogs.bank_move import BankMoveDialog
from app.ui.page import Bench
from tests.ui.reading import nameless

LONG = 20_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank that asks RT-01 otherwise."""
    bank = default_bank()
    questions = tuple(
        replace(q, text=q.text + " Really?") if q.id == "RT-01" else q for q in bank.questions
    )
    dump_bank(replace(bank, version="9", title="Our own", questions=questions), tmp_path / "bank")
    return tmp_path / "bank"


@pytest.fixture
def dialog(bench: Bench, qtbot: QtBot) -> BankMoveDialog:
    made = BankMoveDialog(None, bench)
    qtbot.addWidget(made)
    made.show()
    return made


def prepared(dialog: BankMoveDialog, folder: Path | None, qtbot: QtBot) -> None:
    dialog.prepare(folder)
    qtbot.waitUntil(lambda: dialog.desk.jobs.is_idle or not dialog.trouble.isHidden(), timeout=LONG)
    qtbot.waitUntil(lambda: not dialog.said.text().startswith("Scoring"), timeout=LONG)


def test_both_results_stand_side_by_side_before_anything_moves(
    dialog: BankMoveDialog, desk: Desk, folder: Path, qtbot: QtBot
) -> None:
    before = desk.audit
    prepared(dialog, folder, qtbot)
    assert dialog.said.text() == f"From bank {before.bank.version} to 9, Our own"
    assert "answers go back to proposed" in dialog.more.text()
    lines = {row.key: row for row in dialog.results.table.rows}
    assert lines["state may_go_live"].before != lines["state may_go_live"].after
    assert {"condition RT-01", "figure if_all", "figure misses"} <= lines.keys()
    assert [(q.id, q.what) for q in dialog.questions.table.rows] == [
        ("RT-01", "worded differently")
    ]
    assert dialog.workflows.table.rows
    assert desk.audit is before
    assert nameless(dialog) == []
    for table in (dialog.results, dialog.workflows, dialog.questions):
        QAbstractItemModelTester(table.table, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_move_is_one_step(
    dialog: BankMoveDialog, desk: Desk, folder: Path, qtbot: QtBot
) -> None:
    before = desk.audit
    prepared(dialog, folder, qtbot)
    dialog.move_over.click()
    assert desk.audit.bank.version == "9"
    reviews = {g["RT-01"].review for g in desk.audit.answers.values() if "RT-01" in g}
    assert reviews == {Review.PROPOSED}
    assert desk.undo_label == "Move to bank 9"
    desk.undo()
    assert desk.audit == before


def test_the_same_bank_and_no_bank_are_sentences(
    dialog: BankMoveDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    prepared(dialog, None, qtbot)
    assert dialog.said.text() == "The audit has this bank already."
    assert not dialog.move_over.isEnabled()
    prepared(dialog, tmp_path / "nowhere", qtbot)
    assert "bank.toml" in dialog.trouble.text()
    assert not dialog.move_over.isEnabled()


def test_an_audit_that_changed_meanwhile_is_not_moved(
    dialog: BankMoveDialog, desk: Desk, folder: Path, qtbot: QtBot
) -> None:
    prepared(dialog, folder, qtbot)
    desk.apply("Rename", records.amend, "organisation", (), title="Else")
    dialog.move_over.click()
    assert desk.audit.bank.version != "9"
    assert "changed meanwhile" in dialog.trouble.text()
