"""The waterfall of causes and the ruler: what they draw, what they say instead."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts.frame import WIDTH
from app.charts.palette import CATEGORIES
from app.charts.ruler import Reading, RulerPoint, ruler
from app.charts.scene import Box, Dot, Label, Scene
from app.charts.waterfall import WaterfallStep, waterfall, whole_steps
from app.words import Words

WORDS = Words()
MARKS = (RulerPoint(0.8, "typical"), RulerPoint(0.4, "ordinary"), RulerPoint(0.2, "best"))
READING = Reading(0.74, 0.69, 0.79, 0.5, 0.9)


def falling(shifts: Sequence[float] = (-0.02, 0.04, -0.1, 0.001), space: float = WIDTH) -> Scene:
    steps = [
        WaterfallStep(key, f"Cause {key}", shift)
        for key, shift in zip(CATEGORIES, shifts, strict=False)
    ]
    return waterfall(0.8, steps, ("Typical", "This workflow"), WORDS, space)


def boxes(scene: Scene) -> list[Box]:
    return [mark for mark in scene.marks if isinstance(mark, Box)]


def test_each_bar_starts_where_the_one_before_it_ended() -> None:
    first, second, third, _ = boxes(falling())
    assert first.x == pytest.approx(second.x)
    assert second.x + second.width == pytest.approx(third.x + third.width)


def test_words_say_the_direction_and_the_smallest_step_is_no_claim() -> None:
    rows = dict(falling().figures.rows)
    assert rows["Typical"] == "80%"
    assert rows["This workflow"] == "72%"
    assert rows["Cause capability"] == "lowers it by 2"
    assert rows["Cause data"] == "raises it by 4"
    assert rows["Cause adoption"] == "hardly moves it"


@given(st.lists(st.floats(-0.1, 0.05), min_size=1, max_size=6))
@settings(max_examples=60)
def test_printed_steps_lead_from_the_printed_start_to_the_printed_end(shifts: list[float]) -> None:
    levels = [0.7]
    for shift in shifts:
        levels.append(levels[-1] + shift)
    assert sum(whole_steps(levels)) == whole_steps([levels[0], levels[-1]])[0]
    assert len(whole_steps(levels)) == len(shifts)


@pytest.mark.parametrize("space", [240.0, WIDTH, 700.0])
@pytest.mark.parametrize("shifts", [(-0.5, -0.1, 0, 0.02), (0.0, 0.0, 0.0, 0.0), (0.1, 0.09, 0, 0)])
def test_nothing_leaves_the_picture(space: float, shifts: tuple[float, ...]) -> None:
    scene = falling(shifts, space)
    assert all(box.x >= 0 and box.x + box.width <= space for box in boxes(scene))
    assert all(-1 <= mark.x <= space for mark in scene.marks if isinstance(mark, Label | Dot))


def test_the_ruler_has_its_marks_in_order_and_tells_both_ranges() -> None:
    scene = ruler(MARKS, READING, WORDS)
    rows = dict(scene.figures.rows)
    assert rows["Chance"] == "74%"
    assert rows["Given the answers"] == "69%–79%"
    assert rows["Full range"] == "50%–90%"
    texts = [m.text for m in scene.marks if isinstance(m, Label) and not m.text.endswith("%")]
    assert texts == ["typical", "ordinary", "best"]


def test_a_withheld_figure_leaves_the_marks_alone() -> None:
    scene = ruler(MARKS, None, WORDS)
    assert not [mark for mark in scene.marks if isinstance(mark, Dot)]
    assert len(scene.figures.rows) == len(MARKS)


@pytest.mark.parametrize("space", [220.0, WIDTH])
def test_words_of_the_ruler_stay_inside(space: float) -> None:
    points = [
        RulerPoint(p, f"a long name for the mark at {p:.0%} of the whole")
        for p in (0.05, 0.5, 0.98)
    ]
    for mark in ruler(points, READING, WORDS, space).marks:
        if isinstance(mark, Label):
            assert 0 <= mark.x <= space
