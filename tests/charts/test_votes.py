"""Votes as dots by role: every vote is drawn, median and range are said, nothing is a mean."""

import pytest

from app.charts.palette import INK, PAPER
from app.charts.scene import Dot, Label, Rule
from app.charts.votes import RoleVotes, Round, said, vote_chart
from app.words import Words

WORDS = Words()
LEVELS = ("Absent", "Informal", "Written or partial", "Working and checkable", "Measured")
FIRST = Round(
    "Round 1", 1, (0, 3), (RoleVotes("Builders", (3, 3), 1), RoleVotes("Store managers", (0, 1)))
)
SECOND = Round("Round 2", 2, (2, 2), (RoleVotes("Builders", (2, 2, 2, 2)),))


@pytest.mark.parametrize("space", [190.0, 300.0, 493.0, 900.0])
def test_every_vote_is_a_dot_in_its_place(space: float) -> None:
    scene = vote_chart("Who decides?", [FIRST, SECOND], LEVELS, WORDS, space)
    dots = [m for m in scene.marks if isinstance(m, Dot)]
    assert len(dots) == 6
    assert [d.fill for d in dots].count(PAPER) == 1
    assert all(0 <= d.x - d.radius <= d.x + d.radius <= space for d in dots)
    assert all(d.y + d.radius <= scene.height for d in dots)
    texts = [m.text for m in scene.marks if isinstance(m, Label)]
    assert "×4" in texts
    places = sorted((d.x, d.y) for d in dots)
    assert len(set(places)) == len(places)


def test_median_and_range_are_marks_and_words() -> None:
    scene = vote_chart("Who decides?", [FIRST], LEVELS, WORDS)
    bar, tick = (m for m in scene.marks if isinstance(m, Rule) and m.width >= 2)
    assert bar.x1 < tick.x1 < bar.x2
    assert tick.stroke == INK
    assert said(FIRST, WORDS) == "median 1, range 0 to 3"
    assert said(SECOND, WORDS) == "all on 2"
    assert said(Round("Round 1", None, None, ()), WORDS) == "nobody gave a level"
    assert "Round 1: median 1, range 0 to 3" in scene.alt


def test_the_table_says_the_same() -> None:
    rows = vote_chart("Who decides?", [FIRST, SECOND], LEVELS, WORDS).figures.rows
    assert rows[0] == ("Round 1", "everybody", "median 1, range 0 to 3", "")
    assert ("Round 1", "Builders", "3, 3", "1") in rows
    assert len(rows) == 5
