"""Chips keep what is on, tell only what a person did, and wrap."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ui.style import Look
from app.ui.widgets.chips import Chip, Chips


def made(qtbot: QtBot, look: Look) -> Chips:
    chips = Chips(look, "Filter")
    qtbot.addWidget(chips)
    chips.show_chips([Chip("a", "critical", 3), Chip("b", "due", 0), Chip("c", "all")])
    chips.show()
    return chips


def test_a_click_switches_and_tells(qtbot: QtBot, look: Look) -> None:
    chips = made(qtbot, look)
    with qtbot.waitSignal(chips.changed):
        qtbot.mouseClick(chips.button("a"), Qt.MouseButton.LeftButton)
    assert chips.chosen == {"a"}
    with qtbot.waitSignal(chips.changed):
        qtbot.keyClick(chips.button("a"), Qt.Key.Key_Space)
    assert chips.chosen == frozenset()


def test_what_would_find_nothing_cannot_be_chosen(qtbot: QtBot, look: Look) -> None:
    chips = made(qtbot, look)
    assert not chips.button("b").isEnabled()
    assert chips.button("c").isEnabled()


def test_what_is_on_stays_on_when_counts_follow(qtbot: QtBot, look: Look) -> None:
    chips = made(qtbot, look)
    with qtbot.assertNotEmitted(chips.changed):
        chips.choose(["a"])
        chips.show_chips([Chip("a", "critical", 0), Chip("c", "all")])
    assert chips.chosen == {"a"}
    assert chips.button("a").isEnabled()
    assert chips.button("a").text() == "critical  0"
    assert chips.button("b").isHidden()


def test_a_chip_that_is_not_shown_filters_nothing(qtbot: QtBot, look: Look) -> None:
    chips = made(qtbot, look)
    chips.choose(["a"])
    chips.show_chips([Chip("c", "all")])
    assert chips.chosen == frozenset()


def test_chips_wrap_where_the_width_is_short(qtbot: QtBot, look: Look) -> None:
    chips = made(qtbot, look)
    row = chips.layout()
    assert row.heightForWidth(60) > row.heightForWidth(900)


def test_chips_run_from_the_right_where_people_read_so(qtbot: QtBot, look: Look) -> None:
    chips = made(qtbot, look)
    chips.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    chips.resize(600, 60)
    qtbot.waitUntil(lambda: chips.button("a").x() > chips.button("c").x())
    assert all(b.accessibleName() for b in chips.findChildren(QPushButton))


def test_the_same_chips_again_cost_no_layout(qtbot: QtBot, look: Look) -> None:
    """Figures that arrive while a person scrolls mostly say what is on the screen already."""
    chips, asked = made(qtbot, look), []
    chips._row.invalidate = lambda: asked.append(True)
    chips.show_chips([Chip("a", "critical", 3), Chip("b", "due", 0), Chip("c", "all")])
    assert not asked
    chips.show_chips([Chip("a", "critical", 4), Chip("b", "due", 0), Chip("c", "all")])
    assert asked
    assert chips.button("a").text() == "critical  4"
