"""How much room text takes in the face of office programs, which is narrower than the report's."""

import math
from typing import Final

from app.charts.lettering import width as drawn
from app.charts.lettering import wrap
from app.report.office import legal

NARROW: Final = 0.93
"""Width of Calibri against the report's own face, on the safe side."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points in that face."""
    return drawn(text, size * NARROW, bold=bold)


def lines(text: str, space: float, size: float, *, bold: bool = False) -> int:
    """Lines a text takes in `space` points; a word that is wider is broken."""
    count = 0
    for paragraph in text.splitlines() or [""]:
        left, count = space, count + 1
        for word in paragraph.split():
            need = width(word, size, bold=bold)
            if need > left and left < space:
                left, count = space, count + 1
            if need > left:
                count += math.ceil(need / space) - 1
                need %= space
            left -= need + width(" ", size, bold=bold)
    return count


def shortened(text: str, space: float, size: float, most: int, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it takes more than `most` lines."""
    text = legal(text)
    if lines(text, space, size, bold=bold) <= most:
        return text
    return " ".join(wrap(text, space, size * NARROW, most, bold=bold))
