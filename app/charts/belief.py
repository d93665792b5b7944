"""Where the room thinks failures come from, beside what the answers say and the reference."""

from collections.abc import Sequence

from msgspec import Struct

from app.charts.frame import TEXT, WIDTH, row_name, rule
from app.charts.lettering import fit, width
from app.charts.palette import ACCENT, CATEGORIES, INK, LINE, PAPER, SECOND, THIRD
from app.charts.scene import Box, Dot, Figures, Label, Mark, Rule, Scene
from app.words import Words

TOP = 32.0
HEIGHT = 24.0
NAMES = 150.0
NARROW = 400.0
"""Points below which the words of a row stand over its marks."""
TALL = 40.0
SIZE = 7.5


class BeliefRow(Struct, frozen=True):
    """Shares of one failure category, 0 to 1; `belief` is None where nobody voted."""

    key: str
    name: str
    belief: float | None
    evidence: float
    reference: float


class Frame(Struct, frozen=True):
    """Where names, marks and words of a row stand."""

    space: float
    left: float
    right: float
    height: float
    is_narrow: bool
    end: float
    """Share at the right end of the axis."""

    def x(self, share: float) -> float:
        return self.left + (self.right - self.left) * share / self.end


def belief_chart(rows: Sequence[BeliefRow], words: Words, space: float = WIDTH) -> Scene:
    """`space` in points; where it is narrow the words stand over the marks."""
    frame = _frame(rows, words, space)
    said, top = _legend(words, space)
    top = max(TOP, top + 17)
    bottom = top + frame.height * len(rows)
    marks: list[Mark] = [*_grid(frame, top, bottom, words), *said]
    for i, row in enumerate(rows):
        marks += _row(frame, row, top + frame.height * i, words)
    alt = words(
        "chart.belief.alt", summary="; ".join(f"{r.name}: {_row_words(r, words)}" for r in rows)
    )
    title = words("chart.belief.title")
    return Scene(space, bottom + 3, title, alt, tuple(marks), _figures(rows, words))


def _frame(rows: Sequence[BeliefRow], words: Words, space: float) -> Frame:
    end = max(0.5, *(max(r.belief or 0, r.evidence, r.reference) for r in rows))
    said = max(width(_row_words(row, words), SIZE) for row in rows)
    right = space - said - 12
    if space < NARROW or right < NAMES + 90:
        return Frame(space, 10, space - 10, TALL, True, end)
    return Frame(space, NAMES, right, HEIGHT, False, end)


def _grid(frame: Frame, top: float, bottom: float, words: Words) -> list[Mark]:
    marks: list[Mark] = []
    for tenth in range(0, int(frame.end * 10) + 1, 1 if frame.end <= 0.5 else 2):
        place = frame.x(tenth / 10)
        marks.append(Rule(place, top, place, bottom, LINE))
        marks.append(Label(place, top - 4, words.percent(tenth / 10), SIZE, THIRD, "middle"))
    return marks


def _row(frame: Frame, row: BeliefRow, top: float, words: Words) -> list[Mark]:
    said, y = _row_words(row, words), top + frame.height / 2
    marks: list[Mark] = []
    if frame.is_narrow:
        y = top + frame.height - 11
        # The words cover the lines of the axis behind them.
        marks.append(Box(0, top + 1, frame.space, 20, PAPER))
        marks.append(Label(0, top + 9.5, fit(row.name, frame.space, TEXT), TEXT))
        marks.append(Label(0, top + 18.5, fit(said, frame.space, SIZE), SIZE, SECOND))
    else:
        marks += row_name(0, y, NAMES - 16, row.name)
        marks.append(Label(frame.right + 12, y + 2.6, said, SIZE, SECOND))
    place = frame.x(row.reference)
    marks.append(Rule(place, y - 8, place, y + 8, INK, 1.2))
    marks.append(Dot(frame.x(row.evidence), y, 4, CATEGORIES.get(row.key, ACCENT), key=row.key))
    if row.belief is not None:
        x = frame.x(row.belief)
        marks.append(Box(x - 3.6, y - 3.6, 7.2, 7.2, PAPER, INK, key=row.key))
    return [*marks, rule(top + frame.height, frame.space)]


def _legend(words: Words, space: float) -> tuple[list[Mark], float]:
    """What the three signs mean, and where the last line of it ends."""
    marks: list[Mark] = []
    x, y = 0.0, 9.5
    for name in ("belief", "evidence", "reference"):
        text = words(f"chart.belief.{name}")
        wide = 11 + width(text, SIZE)
        if x and x + wide > space:
            x, y = 0.0, y + 12
        signs: dict[str, Mark] = {
            "belief": Box(x, y - 6.5, 7.2, 7.2, PAPER, INK),
            "evidence": Dot(x + 4, y - 2.9, 4, SECOND),
            "reference": Rule(x + 4, y - 8.5, x + 4, y + 2.5, INK, 1.2),
        }
        marks += [signs[name], Label(x + 11, y, text, SIZE, SECOND)]
        x += wide + 14
    return marks, y


def _row_words(row: BeliefRow, words: Words) -> str:
    belief = "–" if row.belief is None else words.percent(row.belief)
    return words(
        "chart.belief.row",
        belief=belief,
        evidence=words.percent(row.evidence),
        reference=words.percent(row.reference),
    )


def _figures(rows: Sequence[BeliefRow], words: Words) -> Figures:
    header = (
        words("label.category"),
        *(words(f"chart.belief.{name}") for name in ("belief", "evidence", "reference")),
    )
    return Figures(
        header,
        tuple(
            (
                row.name,
                "–" if row.belief is None else words.percent(row.belief),
                words.percent(row.evidence),
                words.percent(row.reference),
            )
            for row in rows
        ),
    )
