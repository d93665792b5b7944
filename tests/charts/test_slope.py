"""The chart of before and after: what it draws, that labels do not collide, and its table."""

from itertools import pairwise

from app.charts.frame import MOST_ROWS
from app.charts.scene import Dot, Label, Rule, Scene
from app.charts.slope import HIGHER, LOWER, STEP, SlopeRow, SlopeSide, slope
from app.charts.svg import svg
from app.words import Words

WORDS = Words()
TITLES = ("Morning", "Now")


def side(value: float | None, state: str = "not_defined") -> SlopeSide:
    return SlopeSide(state, value, "too little known" if value is None else f"{value:.2f}")


def row(
    key: str, before: float | None, after: float | None, state: str = "not_defined"
) -> SlopeRow:
    return SlopeRow(key, f"Workflow {key}", side(before), side(after, state))


def drawn(*rows: SlopeRow, space: float = 493) -> Scene:
    return slope(rows, TITLES, WORDS, space)


def lines(scene: Scene) -> list[Rule]:
    return [m for m in scene.marks if isinstance(m, Rule) and m.width == 1.6]


def test_a_lower_hazard_falls_and_a_higher_one_rises() -> None:
    better, worse = lines(drawn(row("a", 1.2, 0.8), row("b", 0.8, 1.1)))
    assert (better.stroke, worse.stroke) == (LOWER, HIGHER)
    assert better.y2 > better.y1
    assert worse.y2 < worse.y1


def test_a_side_that_is_withheld_or_missing_has_no_line_and_is_never_zero() -> None:
    scene = drawn(row("a", None, 0.8), SlopeRow("b", "Gone", side(0.9), None))
    assert lines(scene) == []
    assert [d.key for d in scene.marks if isinstance(d, Dot)] == ["b", "a"]
    assert scene.figures.rows == (
        ("Gone", "Not defined", "0.90", "–", "–"),
        ("Workflow a", "Not defined", "too little known", "Not defined", "0.80"),
    )
    assert "left out" in {m.text for m in scene.marks if isinstance(m, Label)}


def test_labels_of_equal_values_stand_apart_and_inside() -> None:
    scene = drawn(*(row(f"w{i}", 1.0, 1.0, "may_build") for i in range(MOST_ROWS)))
    names = sorted(
        m.y for m in scene.marks if isinstance(m, Label) and m.text.startswith("Workflow")
    )
    assert len(names) == MOST_ROWS
    assert all(b - a > STEP - 0.01 for a, b in pairwise(names))
    assert max(names) < scene.height


def test_another_state_comes_first_and_the_rest_is_counted() -> None:
    rows = [row(f"w{i}", 1.0, 0.9) for i in range(MOST_ROWS)]
    rows += [row("tiny", 1.0, 1.0, "may_build"), row("x", 1.0, 0.99)]
    scene = drawn(*rows)
    keys = {d.key for d in scene.marks if isinstance(d, Dot)}
    assert "tiny" in keys
    assert "x" not in keys
    assert any("2 more workflows" in m.text for m in scene.marks if isinstance(m, Label))
    assert len(scene.figures.rows) == len(rows)
    assert "1 have another state, 20 a lower and 0 a higher" in scene.alt


def test_it_is_drawn_without_rows_and_when_narrow() -> None:
    for scene in (drawn(), drawn(row("a", 3.4, 0.2), space=300)):
        assert svg(scene, name="s").startswith("<svg")
        assert all(m.text for m in scene.marks if isinstance(m, Label))
