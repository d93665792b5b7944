"""What a session does when: timeboxes with their real times, and who must be there."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from app.domain.workshop import Timebox

KINDS: Final = (
    "opening",
    "last_time",
    "rate",
    "belief",
    "screen",
    "strips",
    "undisputed",
    "conditions",
    "core",
    "disputed",
    "decide",
    "close",
    "break",
)
"""What an item can be about; each has its title in the language's table `timebox`."""
NEARLY_OVER: Final = 0.8
"""Part of a timebox behind which the clock turns amber. Source: screens.md."""


class Agenda(Struct, frozen=True):
    """A template; titles of its items come from the language."""

    id: str
    items: tuple[Timebox, ...]

    @property
    def minutes(self) -> int:
        return planned(self.items)


class Pace(StrEnum):
    IN_TIME = "in_time"
    NEARLY_OVER = "nearly_over"
    OVER = "over"


def planned(items: Sequence[Timebox]) -> int:
    """Net minutes of all items."""
    return sum(item.minutes for item in items)


def current(items: Sequence[Timebox]) -> int | None:
    """Place of the item that was started and not ended."""
    return next((n for n, item in enumerate(items) if item.started and not item.ended), None)


def next_open(items: Sequence[Timebox]) -> int | None:
    """Place of the first item not started after those that were; what was passed over stays so."""
    last = max((n for n, item in enumerate(items) if item.started), default=-1)
    return last + 1 if last + 1 < len(items) else None


def elapsed(item: Timebox, now: dt.datetime) -> float:
    """Seconds since it was started, until its end where it has one; 0 before."""
    if item.started is None:
        return 0.0
    return max(0.0, ((item.ended or now) - item.started).total_seconds())


def pace(item: Timebox, now: dt.datetime) -> Pace:
    """How an item stands against its minutes; an item without any is never late."""
    room = item.minutes * 60
    spent = elapsed(item, now)
    if not room or spent < NEARLY_OVER * room:
        return Pace.IN_TIME
    return Pace.NEARLY_OVER if spent <= room else Pace.OVER


def as_line(item: Timebox, title: str) -> str:
    """`24 Owner strip`: minutes, where there are any, and the title."""
    return f"{item.minutes} {title}" if item.minutes else title


def from_lines(
    lines: Sequence[str], before: Sequence[Timebox], titles: Mapping[str, str]
) -> tuple[Timebox, ...]:
    """The items of typed lines; one that is known by its title keeps its kind and real times.

    `titles`: kind to its title in the language of the lines.
    """
    kinds = {title.casefold(): kind for kind, title in titles.items()}
    left = list(before)
    made = []
    for minutes, title in (_typed(line) for line in lines if line.strip()):
        wanted = title.casefold()
        same = [i for i in left if (i.title or titles.get(i.kind, "")).casefold() == wanted]
        if same:
            left.remove(same[0])
            made.append(replace(same[0], minutes=minutes))
        elif kind := kinds.get(wanted):
            made.append(Timebox(kind, minutes))
        else:
            made.append(Timebox(minutes=minutes, title=title))
    return tuple(made)


def _typed(line: str) -> tuple[int, str]:
    found = re.fullmatch(r"\s*(?:(\d{1,3})\s+)?(.*?)\s*", line)
    minutes, title = found.groups() if found else (None, line.strip())
    return int(minutes or 0), title


def go_on(items: Sequence[Timebox], place: int | None, now: dt.datetime) -> tuple[Timebox, ...]:
    """The running item ends now and the one at `place` starts; None only ends."""
    made = [replace(i, ended=now) if i.started and not i.ended else i for i in items]
    if place is not None:
        made[place] = replace(made[place], started=now, ended=None)
    return tuple(made)


def lengthened(items: Sequence[Timebox], place: int, minutes: int) -> tuple[Timebox, ...]:
    """One item with more or fewer minutes, never below one."""
    item = replace(items[place], minutes=max(1, items[place].minutes + minutes))
    return (*items[:place], item, *items[place + 1 :])
