"""Rounds of votes on one question as dots by role, with median and range; never a mean."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from app.charts.frame import SMALL, TEXT, WIDTH, row_name, rule
from app.charts.lettering import fit, width, wrap
from app.charts.palette import ACCENT, INK, LEVELS, LINE, PAPER, SECOND, THIRD
from app.charts.scene import Dot, Figures, Label, Mark, Rule, Scene
from app.words import Words

NAMES, LEAST = 0.3, 84.0
"""Part of the width that holds the roles, and points it has at least."""
HEIGHT = 21.0
CLOSE, FEW = 14.5, 5
"""Height of a row on a screen where there are more rows than a few."""
HEAD = 25.0
NAME_LINE = 11.0
RADIUS = 4.2
MOST_BESIDE = 3
APART = 15.0
"""Points by which two groups stand off the middle of their column."""
UNKNOWN, ABSTAINED = "?", "/"
"""The signs of the cards."""
Place = Callable[[float], float]


class RoleVotes(Struct, frozen=True):
    """Levels 0 to 4 given by one role; `others` counts who gave none.

    Some of these abstained: not to know is an answer, to abstain is none.
    """

    role: str
    levels: tuple[int, ...]
    others: int = 0
    abstained: int = 0


class Round(Struct, frozen=True):
    name: str
    median: int | None
    range: tuple[int, int] | None
    rows: tuple[RoleVotes, ...]


def vote_chart(
    title: str,
    rounds: Sequence[Round],
    levels: Sequence[str],
    words: Words,
    space: float = WIDTH,
    *,
    is_close: bool = False,
) -> Scene:
    """One strip for each role in each round. `levels`: names of the levels 0 to 4.

    `is_close`: many rows stand closer, so that a window shows them without scrolling.
    """
    many = max((len(one.rows) for one in rounds), default=0) > FEW
    tall = CLOSE if is_close and many else HEIGHT
    names = [*levels, words("chart.votes.others")]
    left = max(LEAST, space * NAMES)
    step = (space - left) / len(names)

    def x(level: float) -> float:
        return left + step * (level + 0.5)

    marks, y = _heads(names, x, step, space)
    for one in rounds:
        marks += _round(one, x, y, (left, space, tall), words)
        y += _name_space(one, left) + HEAD + tall * len(one.rows) + 8
    alt = words(
        "chart.votes.alt", question=title,
        summary="; ".join(f"{one.name}: {said(one, words)}" for one in rounds),
    )  # fmt: skip
    return Scene(space, y, title, alt, tuple(marks), _figures(rounds, words))


def _name_space(one: Round, left: float) -> float:
    """A name that is wider than its column has a line of its own."""
    return 0.0 if width(one.name, TEXT, bold=True) <= left - 8 else NAME_LINE


def said(one: Round, words: Words) -> str:
    """Median and range of one round in words."""
    if one.median is None or one.range is None:
        return words("chart.votes.no_level")
    low, high = one.range
    if low == high:
        return words("chart.votes.agreed", level=low)
    return words("chart.votes.spread", median=one.median, low=low, high=high)


def _heads(names: Sequence[str], x: Place, step: float, space: float) -> tuple[list[Mark], float]:
    """Numbers with the names under them, or in a line below where they have no room; its end."""
    signs = [*map(str, range(len(names) - 1)), f"{UNKNOWN} {ABSTAINED}"]
    marks: list[Mark] = [
        Label(x(n), 9, sign, TEXT, INK, "middle", bold=True) for n, sign in enumerate(signs)
    ]
    if all(width(word, SMALL) <= step - 2 for name in names for word in name.split()):
        for n, name in enumerate(names):
            for row, line in enumerate(wrap(name, step - 2, SMALL, 2)):
                marks.append(Label(x(n), 18 + 8 * row, line, SMALL, THIRD, "middle"))
        return marks, 38
    text = ", ".join(f"{sign} {name}" for sign, name in zip(signs, names, strict=True))
    lines = wrap(text, space, SMALL, 3)
    marks += [Label(0, 20 + 8 * row, line, SMALL, THIRD) for row, line in enumerate(lines)]
    return marks, 22 + 8 * len(lines)


def _round(
    one: Round, x: Place, y: float, sizes: tuple[float, float, float], words: Words
) -> list[Mark]:
    """`sizes`: where the strips begin and end, and how tall each is."""
    left, space, tall = sizes
    marks: list[Mark] = [
        rule(y - 4, space),
        Label(0, y + 7, fit(one.name, space, TEXT, bold=True), TEXT, INK, bold=True),
    ]
    y += _name_space(one, left)
    base = y + (15.6 if _name_space(one, left) == 0 else 9)
    marks.append(Label(0, base, fit(said(one, words), left - 6, SMALL), SMALL, SECOND))
    middle = y + 6.5
    if one.range is not None and one.median is not None:
        low, high = one.range
        marks.append(Rule(x(low), middle, x(high), middle, ACCENT, 3.4, round=True))
        marks.append(Rule(x(one.median), middle - 6, x(one.median), middle + 6, INK, 2))
    for number, row in enumerate(one.rows):
        centre = y + HEAD + tall * (number + 0.5) - 4
        if tall < HEIGHT:
            shown = fit(row.role, left - 10, TEXT)
            marks.append(Label(0, centre + 2.6, shown, TEXT, INK))
        else:
            marks += row_name(0, centre, left - 10, row.role)
        for level in range(len(LEVELS)):
            half = tall / 3
            marks.append(Rule(x(level), centre - half, x(level), centre + half, LINE, 0.6))
        for level, fill in enumerate(LEVELS):
            marks += _dots(row.levels.count(level), x(level), centre, fill)
        marks += _without(row, x(len(LEVELS)), centre)
    return marks


def _without(row: RoleVotes, x: float, y: float) -> list[Mark]:
    """Who gave no level: hollow dots with the sign that was held up."""
    marks: list[Mark] = []
    both = 0 < row.abstained < row.others
    for many, sign, side in (
        (row.others - row.abstained, UNKNOWN, -1),
        (row.abstained, ABSTAINED, 1),
    ):
        dots = _dots(many, x + (side * APART if both else 0), y, PAPER)
        marks += dots
        marks += [
            Label(dot.x, dot.y + 2.3, sign, SMALL, INK, "middle", bold=True)
            for dot in dots
            if isinstance(dot, Dot)
        ]
    return marks


def _dots(many: int, x: float, y: float, fill: str) -> list[Mark]:
    """Equal votes stand beside each other; more than three are one dot and their number."""
    if many > MOST_BESIDE:
        number = Label(x + RADIUS + 1.5, y + 2.6, f"×{many}", SMALL, SECOND)
        return [Dot(x - RADIUS, y, RADIUS, fill, INK), number]
    apart = 2 * RADIUS + 1
    first = x - apart * (many - 1) / 2
    return [Dot(first + apart * n, y, RADIUS, fill, INK) for n in range(many)]


def _figures(rounds: Sequence[Round], words: Words) -> Figures:
    header = tuple(words(f"chart.votes.{name}") for name in ("round", "role", "levels", "others"))
    rows: list[tuple[str, ...]] = []
    for one in rounds:
        rows.append((one.name, words("chart.votes.all"), said(one, words), ""))
        rows += [
            (one.name, row.role, ", ".join(map(str, row.levels)) or "–", _none_given(row, words))
            for row in one.rows
        ]
    return Figures(header, tuple(rows))


def _none_given(row: RoleVotes, words: Words) -> str:
    if not row.abstained:
        return str(row.others or "")
    unknown = row.others - row.abstained
    return words("chart.votes.none_given", unknown=unknown, abstained=row.abstained)
