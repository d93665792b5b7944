"""What every chart of rows shares: how many rows it holds, its row names and its legend."""

from typing import Final

from app.charts.lettering import fit, width, wrap
from app.charts.palette import LINE, SECOND, THIRD
from app.charts.scene import Box, Label, Mark, Rule
from app.words import Words

WIDTH: Final = 493.0
"""Points: the text width of an A4 page with 18 mm margins."""
MOST_ROWS: Final = 20
"""Rows of a chart on pages 1 to 7; the annexes hold the rest."""
SMALL: Final = 7.5
"""Points of the smallest letters in a picture that is printed as wide as a page."""
TEXT: Final = 8.0
LEGEND_LINE: Final = 11.0
SOFT: Final = "\u00ad"
"""Where a word may be parted."""


def row_name(x: float, y: float, space: float, name: str, detail: str = "") -> list[Mark]:
    """A row's name around its middle line `y`, with a quieter second line."""
    if not detail:
        lines = wrap(name, space, TEXT, 2)
        top = y + 2.8 - 4.6 * (len(lines) - 1)
        return [Label(x, top + 9.2 * i, line, TEXT) for i, line in enumerate(lines)]
    return [
        Label(x, y - 1.8, fit(name, space, TEXT), TEXT),
        Label(x, y + 7.2, fit(detail, space, SMALL), SMALL, THIRD),
    ]


def others_row(y: float, text: str) -> list[Mark]:
    return [Label(0, y, text, TEXT, SECOND)]


def rule(y: float, right: float = WIDTH) -> Rule:
    return Rule(0, y, right, y, LINE, 0.6)


def legend(entries: list[tuple[str, str, bool]], y: float) -> list[Mark]:
    """(fill, text, hatched) from left to right, on as many lines as they need."""
    marks: list[Mark] = []
    x = 0.0
    for fill, text, hatched in entries:
        wide = 11 + width(text, SMALL)
        if x and x + wide > WIDTH:
            x, y = 0.0, y + LEGEND_LINE
        marks.append(Box(x, y - 7, 8, 8, fill, LINE, 1.5, hatched))
        marks.append(Label(x + 11, y, text, SMALL, SECOND))
        x += wide + 10
    return marks


def lowered(marks: list[Mark], first: float) -> float:
    """How far a legend that begins on the line `first` pushes down what stands below it."""
    return max((mark.y for mark in marks if isinstance(mark, Label)), default=first) - first


def header_lines(x: float, base: float, space: float, title: str, words: Words) -> list[Mark]:
    """A centred column title in at most three lines standing on `base`.

    A word that is wider than the column is parted where its language has it so.
    """
    parted = {text.replace(SOFT, ""): text for text in words("format.parted").split()}
    pieces = [
        parted.get(word, word) if width(word, SMALL, bold=True) > space else word
        for word in title.replace("-", "- ").split()
    ]
    found = wrap(" ".join(pieces).replace(SOFT, f"{SOFT} "), space, SMALL, 3, bold=True)
    lines = [line.replace(f"{SOFT} ", "").replace(SOFT, "-").replace("- ", "-") for line in found]
    return [
        Label(x, base - 8.6 * (len(lines) - 1 - i), line, SMALL, SECOND, "middle", bold=True)
        for i, line in enumerate(lines)
    ]


def initials_of(name: str) -> str:
    """At most three capitals that stand for a name."""
    parts = [part for part in name.replace("-", " ").split() if part[0].isalnum()]
    if len(parts) > 3:
        parts = [parts[0], parts[-1]]
    return "".join(part[0] for part in parts).upper() or name[:2]
