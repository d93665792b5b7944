"""What the wall shows: a published view made of plain texts, without names, votes or risk.

The presenter window draws one of these values and knows nothing else, so that what must not be
on the wall cannot be in its widgets.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from app.domain.answers import Reply, Review, Said
from app.domain.audit import Audit
from app.domain.ids import PersonId, QuestionId, Target
from app.domain.tally import Tally, tally

T = TypeVar("T")
MOST_ROWS: Final = 7
"""Rows people at the back can take in. Source: screens.md."""


class Levels(Struct, frozen=True, tag="levels"):
    """A question with its five worded levels; `chosen` once the answer is settled."""

    question: str
    about: str
    levels: tuple[str, ...]
    ask_to_see: str = ""
    chosen: int | None = None


class Dots(Struct, frozen=True, tag="dots"):
    """A revealed round: role to the levels given, then median and range; never a name or mean."""

    question: str
    about: str
    level_names: tuple[str, ...]
    roles: tuple[tuple[str, tuple[int, ...]], ...]
    result: Tally
    round: int
    more: int = 0
    """Roles that stand on a following page."""


class Lines(Struct, frozen=True, tag="lines"):
    """A heading and at most seven lines; `more` counts those that stand on a following page."""

    heading: str
    lines: tuple[str, ...]
    more: int = 0


class Counts(Struct, frozen=True, tag="counts"):
    """A heading and rows of a label with how many of how many, for bars as long as the share."""

    heading: str
    about: str
    rows: tuple[tuple[str, int, int], ...]
    more: int = 0


class Asked(Struct, frozen=True, tag="asked"):
    """A question without levels: for screening, the opening round, or a silent round's clock."""

    question: str
    about: str = ""
    choices: tuple[str, ...] = ()
    seconds: int | None = None
    """Seconds left of a silent round."""


class Ready(Struct, frozen=True, tag="ready"):
    """A vote under way: the question, and how many of the seats have voted. No vote is shown."""

    question: str
    about: str
    levels: tuple[str, ...]
    voted: int
    seats: int


class Blank(Struct, frozen=True, tag="blank"):
    """Nothing but the ground."""


class Waiting(Struct, frozen=True, tag="waiting"):
    """Nothing was published yet, which is not the same as a wall that somebody darkened."""


Wall: TypeAlias = Levels | Dots | Lines | Counts | Asked | Ready | Blank | Waiting


def question_wall(audit: Audit, target: Target, question: QuestionId) -> Levels:
    """The question as it is asked; its level only once the room has settled it."""
    asked = audit.bank.question(question)
    answer = audit.answers.get(target, {}).get(question)
    settled = answer.settled if answer and answer.review is Review.AGREED else None
    level = settled.level if settled and settled.reply is Reply.LEVEL else None
    return Levels(asked.text, place_name(audit, target), asked.levels, asked.evidence, level)


def ready_wall(audit: Audit, target: Target, question: QuestionId, voted: int, seats: int) -> Ready:
    asked = audit.bank.question(question)
    return Ready(asked.text, place_name(audit, target), asked.levels, voted, seats)


def dots_wall(
    audit: Audit,
    target: Target,
    question: QuestionId,
    ballots: Mapping[PersonId, Said],
    round_: int,
    no_role: str,
) -> Dots:
    """A revealed round by role; people without a role stand together under `no_role`."""
    roles: dict[str, list[int]] = {}
    for person, said in sorted(ballots.items()):
        record = audit.people.get(person)
        name = record.role if record and record.role else no_role
        group = roles.setdefault(name, [])
        if said.level is not None:
            group.append(said.level)
    shown = tuple((name, tuple(sorted(levels))) for name, levels in sorted(roles.items()))
    asked = audit.bank.question(question)
    return Dots(
        asked.text,
        place_name(audit, target),
        audit.bank.level_names,
        shown,
        tally(ballots),
        round_,
    )


def pages(heading: str, lines: Sequence[str]) -> tuple[Lines, ...]:
    """A list in pages of seven; one page where it is empty."""
    starts = range(0, max(len(lines), 1), MOST_ROWS)
    return tuple(
        Lines(heading, tuple(lines[n : n + MOST_ROWS]), max(0, len(lines) - n - MOST_ROWS))
        for n in starts
    )


def paged(wall: Wall) -> tuple[Wall, ...]:
    """What stands on one page after the other where there are more rows than people take in."""
    match wall:
        case Lines():
            return pages(wall.heading, wall.lines)
        case Counts():
            starts = range(0, max(len(wall.rows), 1), MOST_ROWS)
            return tuple(replace(wall, rows=r, more=m) for r, m in _cut(wall.rows, starts))
        case Dots():
            starts = range(0, max(len(wall.roles), 1), MOST_ROWS)
            return tuple(replace(wall, roles=r, more=m) for r, m in _cut(wall.roles, starts))
        case _:
            return (wall,)


def _cut(rows: tuple[T, ...], starts: range) -> Iterator[tuple[tuple[T, ...], int]]:
    for n in starts:
        yield rows[n : n + MOST_ROWS], max(0, len(rows) - n - MOST_ROWS)


def place_name(audit: Audit, target: Target) -> str:
    """Name of what is asked about; empty for the organisation."""
    names: Mapping[str, str] = {
        str(key): record.name
        for group in (audit.workflows, audit.platforms, audit.sources)
        for key, record in group.items()
        if str(key) == target
    }
    return names.get(target, "")
