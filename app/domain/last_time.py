"""What earlier sessions left open: promised actions and gaps, things to find out, parked items."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.gaps import find_out, gaps, open_own_gaps
from app.domain.ids import ORGANISATION, ActionId, PersonId, Target
from app.domain.planning import GapNote, Response
from app.domain.replies import Case


class Left(StrEnum):
    """What it is, in the order in which it is gone through."""

    ACTION = "action"
    GAP = "gap"
    FIND_OUT = "find_out"
    PARKED = "parked"


class LeftOpen(Struct, frozen=True):
    """One thing of last time; `text` is the bank's or the room's own."""

    kind: Left
    text: str
    key: str
    target: Target = ORGANISATION
    owner: PersonId | None = None
    due: dt.date | None = None


def left_open(audit: Audit, cases: Iterable[Case]) -> tuple[LeftOpen, ...]:
    """Everything a session begins with: by kind, then by date; what has no date comes last.

    An action or a gap counts where somebody took it on; a question nobody could answer and an
    item that was parked count anyway. `cases`: the active workflows.
    """
    of = tuple(cases)
    found = (*_actions(audit), *_gaps(audit, of), *_own_gaps(audit), *_unknown(audit, of))
    order = tuple(Left)
    return tuple(
        sorted(
            (*found, *_parked(audit)),
            key=lambda i: (order.index(i.kind), i.due or dt.date.max, i.key),
        )
    )


def _actions(audit: Audit) -> Iterator[LeftOpen]:
    titles = {action.id: action.title for action in audit.bank.actions}
    for key, note in audit.action_notes.items():
        id_, _, target = key.partition("/")
        own = audit.own_actions.get(ActionId(id_))
        title = own.title if own else titles.get(ActionId(id_))
        if note.owner and not note.done and title:
            yield LeftOpen(Left.ACTION, title, key, Target(target), note.owner, note.due)


def _gaps(audit: Audit, cases: tuple[Case, ...]) -> Iterator[LeftOpen]:
    for gap in gaps(audit, cases):
        note = gap.note or GapNote()
        is_promised = note.owner and note.merged_into is None and not gap.not_known
        if is_promised and note.response in (None, Response.FIX):
            asked = audit.bank.question(gap.question)
            text = asked.gap or asked.text
            yield LeftOpen(Left.GAP, text, gap.key, gap.target, note.owner, note.due)


def _own_gaps(audit: Audit) -> Iterator[LeftOpen]:
    for key, gap in open_own_gaps(audit):
        if gap.owner and gap.response in (None, Response.FIX):
            yield LeftOpen(Left.GAP, gap.text, key, gap.target, gap.owner, gap.due)


def _unknown(audit: Audit, cases: tuple[Case, ...]) -> Iterator[LeftOpen]:
    for item in find_out(audit, cases):
        text = audit.bank.question(item.question).text
        key = f"{item.question}/{item.target}"
        yield LeftOpen(Left.FIND_OUT, text, key, item.target, item.who, item.by)


def _parked(audit: Audit) -> Iterator[LeftOpen]:
    for key, item in audit.parking.items():
        if not item.done:
            yield LeftOpen(Left.PARKED, item.text, key, owner=item.owner, due=item.due)
