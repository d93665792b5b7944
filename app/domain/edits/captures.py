"""Keep what was captured in one line as a gap, a parked item or a decision that is asked for."""

import datetime as dt
from collections.abc import Container

from app.domain.audit import Audit
from app.domain.capture import Capture, Kind
from app.domain.edits.ranges import refuse
from app.domain.edits.records import put
from app.domain.ids import ORGANISATION, SessionId, Target
from app.domain.planning import OwnGap, Severity
from app.domain.workshop import Decision, ParkingItem


def keep_capture(audit: Audit, taken: Capture, session: SessionId | None, at: dt.datetime) -> Audit:
    """Keep a line under the next free id: gaps with place and severity, the rest with its owner.

    A parked item has no workflow of its own, so a named one stands before its text. Raises
    EditError while the line has no text or names something that is not known.
    """
    if not taken.is_ready:
        names = ", ".join(f"{p.sign}{p.text}" for p in taken.puzzles)
        what = f"{names} is not known." if names else "The line has no text."
        raise refuse(what, "Go on typing, or take the sign out.")
    if taken.kind is Kind.PARKED:
        item = ParkingItem(_placed(audit, taken), taken.owner, taken.due, session)
        return put(audit, "parking", (free_id("park", audit.parking),), item)
    if taken.kind is Kind.DECISION:
        workflows = (taken.workflow,) if taken.workflow else ()
        asked = Decision(taken.text, taken.owner, taken.due, workflows=workflows, session=session)
        return put(audit, "decisions", (free_id("decision", audit.decisions),), asked)
    gap = OwnGap(
        taken.text,
        Target(taken.workflow) if taken.workflow else ORGANISATION,
        taken.stage,
        taken.severity or Severity.MEDIUM,
        taken.owner,
        taken.due,
        session=session,
        at=at,
    )
    return put(audit, "own_gaps", (free_id("gap", audit.own_gaps),), gap)


def free_id(stem: str, taken: Container[object]) -> str:
    """`gap-1`, `gap-2`, …: the first that is free."""
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _placed(audit: Audit, taken: Capture) -> str:
    workflow = audit.workflows.get(taken.workflow) if taken.workflow else None
    return f"{workflow.name}: {taken.text}" if workflow else taken.text
