"""What is written on each kind of wall: a headline, rows and a foot, before any size is known."""

from msgspec import Struct

from app.charts.palette import LEVEL_INKS, LEVELS
from app.domain.tally import Tally
from app.domain.wall import Asked, Blank, Counts, Dots, Levels, Lines, Ready, Waiting, Wall
from app.ui.page import translate


class Row(Struct, frozen=True):
    text: str
    mark: str = ""
    """A sign before the text, on `ground` in `ink`."""
    ground: str = "quiet_soft"
    ink: str = "ink"
    is_chosen: bool = False
    is_dim: bool = False
    count: tuple[int, int] | None = None
    """How many of how many; of none where there is nothing to count."""
    dots: tuple[int, ...] | None = None


class Sheet(Struct, frozen=True):
    headline: str = ""
    about: str = ""
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    """Names over the dots."""
    note: str = ""
    """Said last; it gives way where there is no room."""
    foot: str = ""
    """Said last and kept."""
    clock: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Sheet()

    def told(self) -> str:
        """All of it in one text, for people who have it read out."""
        rows = []
        for row in self.rows:
            parts = [row.mark, row.text]
            if row.count and row.count[1]:
                parts.append(n_of(*row.count))
            parts.extend(map(str, row.dots or ()))
            rows.append(" ".join(part for part in parts if part))
        parts = [self.about, self.headline, *rows, self.note, self.foot, self.clock]
        return "\n".join(part for part in parts if part)


def sheet_of(wall: Wall) -> Sheet:
    match wall:
        case Levels():
            note = translate("Ask to see: {0}").format(wall.ask_to_see) if wall.ask_to_see else ""
            return Sheet(wall.question, wall.about, _levels(wall.levels, wall.chosen), note=note)
        case Ready():
            foot = translate("{0} of {1} have voted").format(wall.voted, wall.seats)
            return Sheet(wall.question, wall.about, _levels(wall.levels, None), foot=foot)
        case Dots():
            return _dots(wall)
        case Lines():
            rows = tuple(Row(line, mark="•", ground="", ink="accent") for line in wall.lines)
            return Sheet(wall.heading, rows=rows, foot=_more(wall.more))
        case Counts():
            counted = tuple(Row(text, count=(n, of)) for text, n, of in wall.rows)
            return Sheet(wall.heading, wall.about, counted, foot=_more(wall.more))
        case Asked():
            choices = tuple(Row(c, mark="○", ground="", ink="accent") for c in wall.choices)
            clock = "" if wall.seconds is None else minutes(wall.seconds)
            return Sheet(wall.question, wall.about, choices, clock=clock)
        case Blank():
            return Sheet()
        case Waiting():
            return Sheet(
                about=translate("Nothing is on the wall."),
                note=translate("Questions, maps and lists appear here. Esc leaves the wall."),
            )


def _levels(levels: tuple[str, ...], chosen: int | None) -> tuple[Row, ...]:
    return tuple(
        Row(
            text,
            mark=str(level),
            ground=LEVELS[level],
            ink=LEVEL_INKS[level],
            is_chosen=level == chosen,
            is_dim=chosen is not None and level != chosen,
        )
        for level, text in enumerate(levels)
    )


def _dots(wall: Dots) -> Sheet:
    rows = tuple(Row(role, dots=levels) for role, levels in wall.roles)
    said = [_result(wall.result)]
    if wall.more:
        said.append(_more(wall.more))
    names = tuple(f"{n} {name}" for n, name in enumerate(wall.level_names))
    about = translate("{0} – round {1}") if wall.about else translate("{0}Round {1}")
    return Sheet(
        wall.question,
        about.format(wall.about, wall.round),
        rows,
        columns=names,
        foot=" ".join(said),
    )


def _result(found: Tally) -> str:
    """Median and range, never a mean; then who gave no level."""
    said = []
    if found.range:
        low, high = found.range
        said.append(
            translate("All say {0}.").format(low)
            if low == high
            else translate("Median {0}, from {1} to {2}.").format(found.median, low, high)
        )
    for count, text in (
        (found.unknown, translate("{0} don't know.")),
        (found.abstained, translate("{0} abstain.")),
        (found.not_applicable, translate("{0} say it does not apply.")),
    ):
        if count:
            said.append(text.format(count))
    return " ".join(said)


def _more(count: int) -> str:
    return translate("{0} more on the next page").format(count) if count else ""


def n_of(n: int, of: int) -> str:
    return translate("{0} of {1}").format(n, of)


def minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"
