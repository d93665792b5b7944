"""Votes as dots by role: every vote is drawn, median and range are said, nothing is a mean."""

from itertools import pairwise

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


def test_not_to_know_and_to_abstain_are_two_things() -> None:
    rows = (
        RoleVotes("Builders", (2,), 3, 1),
        RoleVotes("Users", (), 1, 1),
        RoleVotes("Law", (), 1),
    )
    scene = vote_chart("Who decides?", [Round("Round 1", 2, (2, 2), rows)], LEVELS, WORDS)
    hollow = {(d.x, d.y) for d in scene.marks if isinstance(d, Dot) and d.fill == PAPER}
    assert len(hollow) == 5
    signs = [
        m.text
        for m in scene.marks
        if isinstance(m, Label) and any(m.x == x and abs(m.y - y) < 3 for x, y in hollow)
    ]
    assert sorted(signs) == ["/", "/", "?", "?", "?"]
    table = {row[1]: row[3] for row in scene.figures.rows}
    assert table["Builders"] == "2 don't know, 1 abstain"
    assert table["Law"] == "1"


def test_many_rows_stand_closer_on_a_screen() -> None:
    rows = tuple(RoleVotes(f"Role {n}", (n % 5,)) for n in range(10))
    one = [Round("Round 1", 2, (0, 4), rows)]
    close = vote_chart("Who decides?", one, LEVELS, WORDS, 480.0, is_close=True)
    assert close.height < 0.85 * vote_chart("Who decides?", one, LEVELS, WORDS, 480.0).height
    places = sorted(d.y for d in close.marks if isinstance(d, Dot))
    assert all(after - before > 10 for before, after in pairwise(places))
