"""The conditions map: how each go-live condition stands in each workflow."""

from collections.abc import Sequence

from msgspec import Struct

from app.charts.frame import MOST_ROWS, SMALL, TEXT, WIDTH, legend, others_row, row_name, rule
from app.charts.lettering import fit
from app.charts.palette import CONDITIONS, INK, LINE, PAPER, SECOND, THIRD
from app.charts.scene import Box, Figures, Label, Mark, Scene
from app.words import Words

NAMES = 138.0
TOTAL = 40.0
TOP = 86.0
HEIGHT = 18.5
LIGHT_ON = ("met", "not_met")


class CoverRow(Struct, frozen=True):
    """States are codes: met, said, not_met, not_known, not_asked, not_applicable."""

    key: str
    name: str
    detail: str
    states: tuple[str, ...]

    @property
    def held(self) -> int:
        return sum(state in ("met", "not_applicable") for state in self.states)


def cover_map(
    rows: Sequence[CoverRow], conditions: Sequence[str], words: Words, others: int = 0
) -> Scene:
    """Workflows × conditions; at most 20 rows, `others` counts those left out before."""
    shown = rows[:MOST_ROWS]
    others += len(rows) - len(shown)
    step = (WIDTH - NAMES - TOTAL) / len(conditions)
    marks: list[Mark] = [
        *legend(
            [
                (colour, words(f"chart.cover.{code}"), code == "not_asked")
                for code, colour in CONDITIONS.items()
            ],
            9,
        )
    ]
    for i, title in enumerate(conditions):
        x = NAMES + step * (i + 0.5) + 2.5
        marks.append(Label(x, TOP - 5, fit(title, 92, SMALL), SMALL, SECOND, turn=-50))
    marks.append(Label(WIDTH, TOP - 5, words("chart.cover.total"), SMALL, SECOND, "end", bold=True))
    marks.append(rule(TOP - 1))
    for i, row in enumerate(shown):
        y = TOP + HEIGHT * i
        marks += row_name(0, y + HEIGHT / 2, NAMES - 8, row.name, row.detail)
        for j, state in enumerate(row.states):
            marks += _cell(state, NAMES + step * j + 1, y + 1, step - 2, row.key, words)
        total = words("label.n_of_m", n=row.held, of=len(row.states))
        marks.append(Label(WIDTH, y + HEIGHT / 2 + 3, total, TEXT, anchor="end"))
        marks.append(rule(y + HEIGHT))
    bottom = TOP + HEIGHT * len(shown)
    if others:
        marks += others_row(bottom + 12, words.count("other_workflow", others))
        bottom += 16
    held = sum(row.held for row in rows)
    alt = words(
        "chart.cover.alt",
        rows=words.count("workflow", len(shown)),
        met=held,
        of=len(rows) * len(conditions),
    )
    figures = Figures(
        (words("label.workflow"), *conditions),
        tuple((r.name, *(words(f"chart.cover.{s}") for s in r.states)) for r in shown),
    )
    return Scene(WIDTH, bottom + 4, words("chart.cover.title"), alt, tuple(marks), figures)


def _cell(state: str, x: float, y: float, width: float, key: str, words: Words) -> list[Mark]:
    ink = PAPER if state in LIGHT_ON else INK
    if state in ("not_known", "not_asked", "not_applicable"):
        ink = THIRD
    box = Box(x, y, width, HEIGHT - 2, CONDITIONS[state], LINE, 2, state == "not_asked", key=key)
    text = words(f"chart.cover.short.{state}")
    return [box, Label(x + width / 2, y + 10.8, text, SMALL, ink, "middle", bold=True)]
