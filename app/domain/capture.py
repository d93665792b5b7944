"""One typed line as a gap, a parked item or a decision: `no owner #routing @invoice !critical`."""

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.ids import PersonId, StageId, WorkflowId
from app.domain.planning import Severity
from app.domain.sessions import named_people

TOKEN: Final = re.compile(r'(?<!\S)([#@!>^])("[^"]*"|“[^”]*”|\S+)')
WORDS: Final = re.compile(r"[\s\-_/]+")
QUOTES: Final = '"“”'

K = TypeVar("K")


class Kind(StrEnum):
    GAP = "gap"
    PARKED = "parked"
    DECISION = "decision"


PREFIXES: Final[Mapping[str, Kind]] = {"+": Kind.PARKED, "=": Kind.DECISION}
"""First sign of a line that is no gap."""


class Puzzle(Struct, frozen=True):
    """A token that names nothing, or several things: their names, at most five."""

    sign: str
    text: str
    among: tuple[str, ...] = ()


class Capture(Struct, frozen=True):
    """What a line says so far. It can be kept once it has a text and no puzzle."""

    kind: Kind
    text: str
    stage: StageId | None = None
    workflow: WorkflowId | None = None
    severity: Severity | None = None
    owner: PersonId | None = None
    due: dt.date | None = None
    puzzles: tuple[Puzzle, ...] = ()

    @property
    def is_ready(self) -> bool:
        return bool(self.text) and not self.puzzles


def capture(line: str, audit: Audit, today: dt.date) -> Capture:
    """Read a line: # stage, @ workflow, ! severity, > owner, ^ date (ISO, or +14 days).

    A name may be shortened to what only it begins with or contains, in any case; names with
    blanks stand in quotes. The last of two tokens of a kind counts.
    """
    line = line.strip()
    kind = PREFIXES.get(line[:1], Kind.GAP)
    body = line[1:] if kind is not Kind.GAP else line
    said = {sign: text.strip(QUOTES) for sign, text in TOKEN.findall(body)}
    puzzles: list[Puzzle] = []
    return Capture(
        kind=kind,
        text=" ".join(TOKEN.sub(" ", body).split()),
        stage=_named("#", said, {s.id: s.title for s in audit.bank.stages}, puzzles),
        workflow=_named("@", said, {w: r.name for w, r in audit.workflows.items()}, puzzles),
        severity=_named("!", said, {s: s.value for s in Severity}, puzzles),
        owner=_named(">", said, {p: r.name for p, r in named_people(audit).items()}, puzzles),
        due=_day(said, today, puzzles),
        puzzles=tuple(puzzles),
    )


def _named(
    sign: str, said: Mapping[str, str], names: Mapping[K, str], puzzles: list[Puzzle]
) -> K | None:
    """The one key that a token names; a puzzle where there is none or more than one."""
    if sign not in said:
        return None
    found = _matching(said[sign], names)
    if len(found) == 1:
        return next(iter(found))
    among = tuple(sorted(found.values(), key=str.casefold)[:5])
    puzzles.append(Puzzle(sign, said[sign], among))
    return None


def _matching(text: str, names: Mapping[K, str]) -> Mapping[K, str]:
    """Those of the best kind of match: the whole name or id, its beginning, a word's, a part."""
    wanted = text.casefold()
    plain = {key: name.casefold() for key, name in names.items()}
    matches = (
        [k for k, name in plain.items() if wanted in (name, str(k).casefold())],
        [k for k, name in plain.items() if name.startswith(wanted)],
        [k for k, name in plain.items() if any(w.startswith(wanted) for w in WORDS.split(name))],
        [k for k, name in plain.items() if wanted in name],
    )
    best: list[K] = next((found for found in matches if found), [])
    return {key: names[key] for key in best} if wanted else {}


def _day(said: Mapping[str, str], today: dt.date, puzzles: list[Puzzle]) -> dt.date | None:
    text = said.get("^")
    if text is None:
        return None
    if re.fullmatch(r"\+\d{1,3}", text):
        return today + dt.timedelta(days=int(text[1:]))
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        puzzles.append(Puzzle("^", text))
        return None
