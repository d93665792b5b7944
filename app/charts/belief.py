"""Where the room thinks failures come from, beside what the answers say and the reference."""

from collections.abc import Sequence

from msgspec import Struct

from app.charts.frame import WIDTH, row_name, rule
from app.charts.palette import ACCENT, CATEGORIES, INK, LINE, PAPER, SECOND, THIRD
from app.charts.scene import Box, Dot, Figures, Label, Mark, Rule, Scene
from app.words import Words

LEFT = 150.0
RIGHT = 322.0
TOP = 32.0
HEIGHT = 24.0


class BeliefRow(Struct, frozen=True):
    """Shares of one failure category, 0 to 1; `belief` is None where nobody voted."""

    key: str
    name: str
    belief: float | None
    evidence: float
    reference: float


def belief_chart(rows: Sequence[BeliefRow], words: Words) -> Scene:
    end = max(0.5, *(max(r.belief or 0, r.evidence, r.reference) for r in rows))

    def x(share: float) -> float:
        return LEFT + (RIGHT - LEFT) * share / end

    marks: list[Mark] = []
    bottom = TOP + HEIGHT * len(rows)
    for tenth in range(0, int(end * 10) + 1, 1 if end <= 0.5 else 2):
        place = x(tenth / 10)
        marks.append(Rule(place, TOP, place, bottom, LINE))
        marks.append(Label(place, TOP - 4, words.percent(tenth / 10), 6.8, THIRD, "middle"))
    marks += _legend(words)
    for i, row in enumerate(rows):
        y = TOP + HEIGHT * (i + 0.5)
        marks += row_name(0, y, LEFT - 16, row.name)
        marks.append(Rule(x(row.reference), y - 8, x(row.reference), y + 8, INK, 1.2))
        fill = CATEGORIES.get(row.key, ACCENT)
        marks.append(Dot(x(row.evidence), y, 4, fill, key=row.key))
        if row.belief is not None:
            marks.append(Box(x(row.belief) - 3.6, y - 3.6, 7.2, 7.2, PAPER, INK, key=row.key))
        marks.append(Label(RIGHT + 12, y + 2.6, _row_words(row, words), 7.2, SECOND))
        marks.append(rule(y + HEIGHT / 2))
    alt = words(
        "chart.belief.alt", summary="; ".join(f"{r.name}: {_row_words(r, words)}" for r in rows)
    )
    title = words("chart.belief.title")
    return Scene(WIDTH, bottom + 3, title, alt, tuple(marks), _figures(rows, words))


def _legend(words: Words) -> list[Mark]:
    return [
        Box(LEFT, 3, 7.2, 7.2, PAPER, INK),
        Label(LEFT + 11, 9.5, words("chart.belief.belief"), 7.2, SECOND),
        Dot(LEFT + 92, 6.6, 4, SECOND),
        Label(LEFT + 100, 9.5, words("chart.belief.evidence"), 7.2, SECOND),
        Rule(LEFT + 180, 1, LEFT + 180, 12, INK, 1.2),
        Label(LEFT + 186, 9.5, words("chart.belief.reference"), 7.2, SECOND),
    ]


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
