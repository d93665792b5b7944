"""The painted map: it is as narrow as its words allow, keeps its place, copies and is read out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.ui.models.matrix import Cell, Head, MatrixModel, RowHead, tip_of
from app.ui.style import Look
from app.ui.widgets.matrix.view import MatrixView


class Squares(MatrixModel):
    """Numbers by numbers."""

    rows = 6

    def make_heads(self) -> tuple[Head, ...]:
        named = (Head(str(n), f"Column {n}", (f"Tip {n}",), "All") for n in range(1, 5))
        return (*named, Head("sum", "Sum", sample="1,000"))

    def ordered_ids(self) -> list[str]:
        ids = [str(n) for n in range(1, self.rows + 1)]
        return ids[::-1] if self.is_reversed else ids

    def make_cell(self, id_: str, head: Head) -> Cell:
        if head.key == "sum":
            return Cell(f"{10 * int(id_)}", bold=False)
        return Cell(f"{int(id_) * int(head.key)}", "small", fill="#B93A1E", ink="#FFFFFF")

    def make_name(self, id_: str) -> RowHead:
        return RowHead(f"Row {id_}", "second line")

    def has(self, id_: str) -> bool:
        return id_.isdigit()


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, look: Look) -> MatrixView:
    made = MatrixView(Squares(desk), look, "Squares", "Number", narrow=("16", "small"))
    qtbot.addWidget(made)
    made.map.show_audit()
    made.resize(700, 400)
    made.show()
    return made


def test_it_stays_where_it_was_when_rows_come_and_go(view: MatrixView) -> None:
    view.show_place("5", "3")
    view.map.rows = 9
    view.map.follow()
    assert view.map.rowCount() == 9
    assert view.place == ("5", "3")
    view.map.rows = 3
    view.map.follow()
    assert not view.show_place("5")


def test_a_change_inside_repaints_without_a_reset(view: MatrixView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.map.dataChanged), qtbot.assertNotEmitted(view.map.modelReset):
        view.map.follow()


def test_a_header_orders_worst_first_then_best_then_not(view: MatrixView) -> None:
    orders = []
    for _ in range(3):
        view.horizontalHeader().sectionClicked.emit(0)
        orders.append((view.map.sorted_by, view.map.is_reversed))
    assert orders == [("1", False), ("1", True), ("", False)]


def test_the_whole_map_can_be_copied(view: MatrixView, qtbot: QtBot) -> None:
    view.show_place("1", "1")
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Number", *(f"Column {n}" for n in range(1, 5)), "Sum"]
    assert lines[3].split("\t") == ["Row 3", "3", "6", "9", "12", "30"]


def test_letters_find_a_row(view: MatrixView) -> None:
    view.show_place("1", "2")
    view.keyboardSearch("row 4")
    assert view.place == ("4", "2")


def test_cells_are_read_out_with_row_and_column(view: MatrixView) -> None:
    said = view.map.data(view.map.index(1, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Row 2, Column 3: 6"


@pytest.mark.parametrize("width", [260, 700, 1600])
def test_no_column_is_narrower_than_its_words(view: MatrixView, width: int) -> None:
    view.resize(width, 400)
    sizes = {view.columnWidth(n) for n in range(4)}
    assert len(sizes) == 1
    assert sizes.pop() >= view.fontMetrics().horizontalAdvance("16")


def test_it_paints_in_every_look_and_direction(view: MatrixView, look: Look, qtbot: QtBot) -> None:
    pictures = set()
    for theme in ("light", "dark", "contrast"):
        look.set(theme, 100)
        for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
            view.setLayoutDirection(direction)
            pictures.add(bytes(view.grab().toImage().constBits()))
    look.set("light", 100)
    assert len(pictures) == 6


def test_typed_text_is_no_markup() -> None:
    assert tip_of(("a < b", "")) == "<qt>a &lt; b</qt>"


def test_the_map_is_a_sound_model(view: MatrixView, qtmodeltester: object) -> None:
    qtmodeltester.check(view.map)


def test_cells_that_look_the_same_are_painted_once(view: MatrixView) -> None:
    stamps = view.itemDelegate()._stamps
    view.grab()
    faces = {
        view.map.cell(row, column).face
        for row in range(view.map.rowCount())
        for column in range(view.map.columnCount())
    }
    assert {key[0] for key in stamps} == faces
    assert len(stamps) < view.map.rowCount() * view.map.columnCount()


def test_a_stamp_never_outlives_its_look(view: MatrixView, look: Look) -> None:
    light = view.grab().toImage()
    try:
        look.set("dark", 100)
        dark = view.grab().toImage()
        corner = view.visualRect(view.map.index(0, 4)).topLeft() + view.viewport().pos()
        assert dark.pixelColor(corner) == look.color("paper")
        assert light.pixelColor(corner) != dark.pixelColor(corner)
    finally:
        look.set("light", 100)
    assert view.grab().toImage() == light
