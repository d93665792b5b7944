"""What a room need not talk about and what it must: said alike, said differently, not known."""

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from app.domain.answers import Answer, Reply, Review
from app.domain.audit import Audit
from app.domain.disagreement import WIDE, counted
from app.domain.edits.answers import undisputed
from app.domain.ids import QuestionId, Target
from app.domain.replies import Case

Where: TypeAlias = tuple[Target, QuestionId]


class Discussion(Struct, frozen=True):
    """Answers that somebody gave and the room has not agreed on, each in one of four lists."""

    undisputed: tuple[Where, ...]
    """Levels that lie within one of each other: settled in one step."""
    differing: tuple[Where, ...]
    """Levels at least two apart."""
    unknown: tuple[Where, ...]
    """Everybody who spoke said that they don't know."""
    others: tuple[Where, ...]
    """Disputed by somebody, or a level against “does not apply”, or a copy to look at."""


def discussion(audit: Audit, cases: Iterable[Case]) -> Discussion:
    """Of all answers that these workflows stand on; each is counted once, by target and question.

    What was agreed, and what nobody said anything about, is in none of the lists.
    """
    found = [
        ((target, question), answer)
        for target, question, answer in counted(audit, cases)
        if answer.review is not Review.AGREED and (answer.settled or answer.individual)
    ]
    calm = set(undisputed(audit, {target for (target, _), _ in found}))
    lists: dict[str, list[Where]] = {name: [] for name in Discussion.__struct_fields__}
    for place, answer in found:
        lists["undisputed" if place in calm else _kind(answer)].append(place)
    return Discussion(**{name: tuple(places) for name, places in lists.items()})


def _kind(answer: Answer) -> str:
    said = [*answer.individual.values(), *([answer.settled] if answer.settled else [])]
    levels = [s.level for s in said if s.level is not None]
    if levels and max(levels) - min(levels) >= WIDE:
        return "differing"
    spoke = [s for s in said if s.reply is not Reply.ABSTAIN]
    is_unknown = bool(spoke) and all(s.reply is Reply.UNKNOWN for s in spoke)
    return "unknown" if is_unknown and answer.review is not Review.DISPUTED else "others"
