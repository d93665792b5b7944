"""Import wizard and answers dialog: everything is shown before it is taken, in one step."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.domain.edits import records
from app.domain.ids import WorkflowId
from app.exchange.answer_table import write_template
from app.exchange.inventory import load_mapping
from app.ui.dialogs.answers import AnswersDialog
from app.ui.dialogs.import_wizard import COLUMNS, DIFFERENCES, DONE, FILE, ImportWizard
from app.ui.models.import_rows import KEPT
from app.ui.page import Bench, Place

LONG = 20_000
INVENTORY = """Use case ID,Use case name,Department,Stage,Remarks
A-1,Claims triage,Claims,pilot,first
A-2,Price advice,Sales,production,second
A-3,,Sales,pilot,without a name
"""


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    path = tmp_path / "inventory.csv"
    path.write_text(INVENTORY, encoding="utf-8")
    return path


@pytest.fixture
def wizard(bench: Bench, qtbot: QtBot) -> ImportWizard:
    made = ImportWizard(None, bench)
    qtbot.addWidget(made)
    return made


def settle(wizard: ImportWizard, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not wizard.doing.text(), timeout=LONG)


def planned(wizard: ImportWizard, path: Path, qtbot: QtBot) -> None:
    """Go to the differences of a file."""
    wizard.file.choose(path)
    settle(wizard, qtbot)
    wizard.go_on()
    wizard.go_on()
    settle(wizard, qtbot)


def test_an_inventory_comes_in_as_one_step(
    wizard: ImportWizard, inventory: Path, desk: Desk, bench_places: list[Place], qtbot: QtBot
) -> None:
    before = desk.audit
    wizard.file.choose(inventory)
    settle(wizard, qtbot)
    assert "3 rows" in wizard.file.said.text()
    wizard.go_on()
    assert wizard.stack.currentIndex() == COLUMNS
    assert wizard.columns.boxes["name"].currentData() == ("Use case name",)
    assert wizard.columns.model.rowCount() == 3
    wizard.go_on()
    settle(wizard, qtbot)
    assert wizard.stack.currentIndex() == DIFFERENCES
    assert wizard.differences.said.text().startswith("2 workflows would be added and 0 updated")
    assert desk.audit is before
    wizard.go_on()
    settle(wizard, qtbot)
    assert wizard.stack.currentIndex() == DONE
    said = "inventory.csv was imported: 2 workflows added, 0 changed, 0 as they were, 1 row left"
    assert wizard.done_text.text().startswith(said)
    added = {w.name for w in desk.audit.workflows.values()} - {
        w.name for w in before.workflows.values()
    }
    assert added == {"Claims triage", "Price advice"}
    assert desk.audit.answers == before.answers
    wizard.go_on()
    assert bench_places == [Place("workflows")]
    desk.undo()
    assert desk.audit == before


def test_enter_goes_on_and_chooses_nothing(
    wizard: ImportWizard, inventory: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: asked.append(a) or ("", ""))
    wizard.show()
    wizard.file.path.setFocus()
    wizard.file.path.setText(str(inventory))
    qtbot.keyClick(wizard.file.path, Qt.Key.Key_Return)
    settle(wizard, qtbot)
    assert wizard.stack.currentIndex() == FILE
    qtbot.keyClick(wizard.file.path, Qt.Key.Key_Return)
    assert wizard.stack.currentIndex() == COLUMNS
    assert asked == []
    for step in (DIFFERENCES, DONE):
        qtbot.keyClick(wizard.focusWidget(), Qt.Key.Key_Return)
        settle(wizard, qtbot)
        assert wizard.stack.currentIndex() == step


def test_skipped_rows_say_why(wizard: ImportWizard, inventory: Path, qtbot: QtBot) -> None:
    planned(wizard, inventory, qtbot)
    wizard.differences.chips.button("skipped").click()
    model = wizard.differences.model
    assert model.rowCount() == 1
    assert model.index(0, 2).data() == "It has no name."


def test_what_was_typed_here_is_kept_and_shown(
    wizard: ImportWizard, inventory: Path, desk: Desk, qtbot: QtBot
) -> None:
    planned(wizard, inventory, qtbot)
    wizard.go_on()
    settle(wizard, qtbot)
    key = next(k for k, w in desk.audit.workflows.items() if w.name == "Claims triage")
    desk.apply("Rename", records.amend, "workflows", (WorkflowId(key),), unit="Typed here")
    inventory.write_text(INVENTORY.replace("A-2,Price advice", "A-2,Price advisor"))
    again = ImportWizard(None, wizard.bench)
    qtbot.addWidget(again)
    planned(again, inventory, qtbot)
    assert again.differences.said.text().startswith("0 workflows would be added and 1 updated")
    again.differences.chips.button(KEPT).click()
    assert "kept “Typed here”, the file says “Claims”" in again.differences.model.index(0, 2).data()


def test_a_column_can_be_chosen_and_the_choice_kept(
    wizard: ImportWizard, inventory: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    wizard.file.choose(inventory)
    settle(wizard, qtbot)
    wizard.go_on()
    box = wizard.columns.boxes["purpose"]
    box.setCurrentIndex(box.findText("Remarks"))
    box.activated.emit(box.currentIndex())
    assert "first" in {wizard.columns.model.index(0, c).data() for c in range(6)}
    kept = tmp_path / "own.toml"
    wizard.save_mapping(kept)
    mapping = load_mapping(kept)
    assert mapping.fields.purpose is not None
    assert mapping.fields.purpose.columns == ("Remarks",)
    wizard.columns.source_wanted.emit(str(kept))
    settle(wizard, qtbot)
    assert wizard.columns.boxes["purpose"].currentText() == "Remarks"


def test_without_a_name_it_waits_for_one(
    wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Alpha,Beta\none,1\ntwo,2\n")
    wizard.file.choose(path)
    settle(wizard, qtbot)
    wizard.go_on()
    assert "looks like the name" in wizard.columns.said.text()
    assert not wizard.next.isEnabled()
    box = wizard.columns.boxes["name"]
    box.setCurrentIndex(box.findText("Alpha"))
    box.activated.emit(box.currentIndex())
    assert wizard.next.isEnabled()
    assert wizard.columns.model.rowCount() == 2


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"only a header\n"])
def test_what_cannot_be_read_is_a_sentence(
    wizard: ImportWizard, tmp_path: Path, body: bytes, qtbot: QtBot
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(body)
    wizard.file.choose(path)
    settle(wizard, qtbot)
    assert "nothing has been taken" in wizard.trouble.text()
    assert wizard.stack.currentIndex() == FILE
    assert not wizard.next.isEnabled()


def test_a_sheet_can_be_chosen(wizard: ImportWizard, tmp_path: Path, qtbot: QtBot) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Small"
    book.active.append(["Use case name"])
    book.active.append(["One"])
    large = book.create_sheet("Large")
    for row in (["Use case name"], ["Two"], ["Three"]):
        large.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    wizard.file.choose(path)
    settle(wizard, qtbot)
    assert "sheet “Large”" in wizard.file.said.text()
    sheet = wizard.file.sheet
    sheet.setCurrentIndex(sheet.findData("Small"))
    sheet.activated.emit(sheet.currentIndex())
    settle(wizard, qtbot)
    assert "1 rows" in wizard.file.said.text()


def test_models_are_sound(
    wizard: ImportWizard, inventory: Path, qtmodeltester: object, qtbot: QtBot
) -> None:
    planned(wizard, inventory, qtbot)
    qtmodeltester.check(wizard.columns.model)  # type: ignore[attr-defined]
    qtmodeltester.check(wizard.differences.model)  # type: ignore[attr-defined]


def test_answers_are_taken_in_one_step_and_the_rest_is_named(
    bench: Bench, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = AnswersDialog(None, bench)
    qtbot.addWidget(dialog)
    path = tmp_path / "answers.csv"
    write_template(desk.audit, path)
    first = path.read_text("utf-8-sig").splitlines()[:3]
    filled = [
        first[0],
        *(_filled(line, level) for line, level in zip(first[1:], "2x", strict=True)),
    ]
    path.write_text("\n".join(filled) + "\n", encoding="utf-8")
    before = desk.audit
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.take.isEnabled(), timeout=LONG)
    assert dialog.skipped.rowCount() == 1
    dialog.take.click()
    assert "Took 1 answers" in dialog.found.text()
    assert not dialog.take.isEnabled()
    desk.undo()
    assert desk.audit == before


def test_a_sheet_is_written_and_never_over_another(
    bench: Bench, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = AnswersDialog(None, bench)
    qtbot.addWidget(dialog)
    path = tmp_path / "sheet.xlsx"
    dialog.write_sheet(path)
    body = path.read_bytes()
    assert dialog.written.path == path
    dialog.write_sheet(path)
    assert "already there" in dialog.trouble.text()
    assert path.read_bytes() == body


def _filled(line: str, level: str) -> str:
    """A row of a template with its level; the first four cells hold no comma."""
    cells = line.split(",")
    cells[3] = level
    return ",".join(cells)
