"""Lanes of the screen and points of exposure: they order lists and never feed the score."""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.answers import Screening, ScreenReply
from app.domain.bank import Bank
from app.domain.landscape import Audience, Autonomy, Influence, PersonalData, Workflow


class ScreenLane(StrEnum):
    """Ids of the bank's lanes, in the order of their rules."""

    STOP_OR_PAUSE = "stop_or_pause"
    LIVE_WITHOUT_COVER = "live_without_cover"
    DEFINE_OWNER_FIRST = "define_owner_first"
    AUDIT_FIRST = "audit_first"


OWNER, MEASURE, USED, EXPOSED, MISSED = 1, 2, 6, 7, 8
"""Places of the screening questions that a rule names by itself."""
COVER = (1, 3, 4, 5)

POINTS: Mapping[type[StrEnum], Mapping[StrEnum, int]] = {
    kind: {value: place for place, value in enumerate(kind)}
    for kind in (Autonomy, Audience, PersonalData, Influence)
}
"""0, 1 or 2 points by the place of the value."""


def lane(bank: Bank, screening: Screening, *, live: bool) -> ScreenLane:
    """The first lane whose rule holds; a reply nobody gave is not known. Source: scoring.md 2.8."""
    replies = _by_place(bank, screening)
    if replies[MISSED] is ScreenReply.NO or (
        replies[MEASURE] is ScreenReply.NO and replies[USED] is ScreenReply.NO
    ):
        return ScreenLane.STOP_OR_PAUSE
    if live and any(replies[n] is not ScreenReply.YES for n in COVER):
        return ScreenLane.LIVE_WITHOUT_COVER
    if replies[OWNER] is not ScreenReply.YES:
        return ScreenLane.DEFINE_OWNER_FIRST
    return ScreenLane.AUDIT_FIRST


def is_exposed(bank: Bank, screening: Screening) -> bool:
    """Comes first inside its lane: anything but a no to the question about exposure."""
    return _by_place(bank, screening)[EXPOSED] is not ScreenReply.NO


def is_screened(bank: Bank, screening: Screening) -> bool:
    """Every question has a reply; not known is one."""
    return all(q.id in screening.replies for q in bank.screen)


def order_in_lane(bank: Bank, screening: Screening, workflow: Workflow) -> tuple[bool, float]:
    """Sorts a lane: exposed ones first, then by yearly benefit, highest first."""
    return not is_exposed(bank, screening), -(workflow.yearly_benefit or 0.0)


def _by_place(bank: Bank, screening: Screening) -> dict[int, ScreenReply]:
    return {q.order: screening.replies.get(q.id, ScreenReply.UNKNOWN) for q in bank.screen}


MOST_EXPOSED = 8


def exposure(workflow: Workflow) -> int:
    """0 to 8 points for autonomy, audience, personal data, and money or hiring; orders lists only.

    What was not recorded counts nothing. Source: scoring.md 2.8.
    """
    influence = max(_points(workflow.money) or 0, _points(workflow.hiring) or 0)
    other = (workflow.autonomy, workflow.audience, workflow.personal_data)
    return influence + sum(_points(value) or 0 for value in other)


def exposure_parts(workflow: Workflow) -> tuple[tuple[tuple[str, int | None], ...], ...]:
    """The four parts of the exposure: fields with 0 to 2 points, None where not recorded.

    Of several fields in a part the highest counts.
    """
    parts = (("autonomy",), ("audience",), ("personal_data",), ("money", "hiring"))
    return tuple(tuple((f, _points(getattr(workflow, f))) for f in part) for part in parts)


def _points(value: StrEnum | None) -> int | None:
    return None if value is None else POINTS[type(value)][value]
