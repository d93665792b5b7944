"""The eye of the picture tests sees what a person would stumble over, and nothing else."""

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.charts.scene import Figures, Label, Scene
from app.ui.charts.scene_view import SceneView
from app.ui.style import Look
from app.ui.widgets.tabs import Tabs
from tests.ui.legibility import faults
from tests.ui.pseudo_locale import LongerWords, at_german_length

LONG = "Somebody has to be able to read all of this"


@pytest.fixture
def board(qtbot: QtBot, look: Look) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def put(board: QWidget, widget: QWidget, *place: int) -> None:
    widget.setParent(board)
    widget.setGeometry(*place)
    widget.show()


@pytest.mark.parametrize("kind", [QLabel, QPushButton, QCheckBox])
def test_words_wider_than_their_widget_are_seen(board: QWidget, kind: type[QWidget]) -> None:
    widget = kind(LONG)
    put(board, widget, 0, 0, 380, 40)
    assert faults(board) == []
    widget.resize(100, 40)
    assert len(faults(board)) == 1


def test_wrapped_words_need_their_height(board: QWidget) -> None:
    widget = QLabel(LONG)
    widget.setWordWrap(True)
    put(board, widget, 0, 0, 120, 120)
    assert faults(board) == []
    widget.resize(120, 20)
    assert len(faults(board)) == 1


def test_a_choice_that_cannot_be_read_is_seen(board: QWidget) -> None:
    box = QComboBox()
    box.addItem(LONG)
    put(board, box, 0, 0, 390, 30)
    assert faults(board) == []
    box.resize(120, 30)
    assert len(faults(board)) == 1


def test_what_its_surroundings_cut_is_seen(board: QWidget) -> None:
    around = QWidget()
    put(board, around, 0, 0, 200, 100)
    put(around, QLabel("inside"), 0, 0, 100, 30)
    assert faults(board) == []
    put(around, QLabel("outside"), 150, 50, 100, 30)
    assert len(faults(board)) == 1


def test_a_page_may_be_scrolled_down_but_not_sideways(board: QWidget) -> None:
    area, inside = QScrollArea(), QWidget()
    area.setWidget(inside)
    put(board, area, 0, 0, 300, 200)
    inside.resize(200, 900)
    assert faults(board) == []
    inside.resize(500, 900)
    assert len(faults(board)) == 1


def test_neighbours_on_top_of_each_other_are_seen(board: QWidget) -> None:
    put(board, QLabel("one"), 0, 0, 100, 30)
    other = QLabel("other")
    put(board, other, 0, 30, 100, 30)
    assert faults(board) == []
    other.move(50, 15)
    assert len(faults(board)) == 1


def test_titles_of_columns_are_read(board: QWidget) -> None:
    table = QTableWidget(1, 2)
    table.setHorizontalHeaderLabels([LONG, "short"])
    put(board, table, 0, 0, 400, 200)
    assert len(faults(board)) == 1
    table.setColumnWidth(0, 390)
    assert faults(board) == []


def test_tabs_take_more_lines_before_one_is_out_of_sight(
    qapp: QApplication, board: QWidget
) -> None:
    tabs = Tabs("Parts")
    for text in ("The first part of it", "The second part of it", "The third part of it"):
        tabs.addTab(text)
    row = QHBoxLayout()
    row.addWidget(tabs)
    column = QVBoxLayout(board)
    column.addLayout(row)
    column.addStretch(1)
    board.resize(700, 200)
    qapp.processEvents()
    low = tabs.height()
    assert faults(board) == []
    board.resize(300, 200)
    qapp.processEvents()
    assert tabs.height() > low
    assert faults(board) == []
    tabs.resize(120, low)
    assert faults(board)


@pytest.mark.parametrize(
    ("marks", "many"),
    [
        ((Label(10, 20, "one"), Label(10, 40, "two")), 0),
        ((Label(10, 20, "one"), Label(14, 22, "two")), 1),
        ((Label(380, 20, "sticks out"),), 1),
        ((Label(10, 20, "tiny", 2),), 1),
    ],
)
def test_words_of_a_chart_are_apart_inside_and_large_enough(
    board: QWidget, look: Look, marks: tuple[Label, ...], many: int
) -> None:
    view = SceneView(look)
    put(board, view, 0, 0, 400, 100)
    larger = tuple(Label(m.x, m.y, m.text, m.size * 1.5) for m in marks)
    view.show_scene(Scene(400, 100, "Chart", "A chart", larger, Figures((), ())))
    assert len(faults(board)) == many


def test_german_needs_more_room_and_keeps_what_is_filled_in() -> None:
    assert at_german_length("Undo: {0}") == "Undoüü: {0}"
    assert at_german_length("Find   Ctrl+K") == "Findüü   Ctrl+K"
    words = LongerWords()
    assert words("state.may_build") == "Mayüü buildüü"
    assert words.percent(0.5) == "50%"
