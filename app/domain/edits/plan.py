"""Shape the plan: settings, pins, exclusions, and what people add to gaps and actions."""

from typing import Any

from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.edits.ranges import refuse
from app.domain.edits.records import amend, place, put
from app.domain.ids import ActionKey, GapKey
from app.domain.planning import ActionNote, GapNote


def set_plan(audit: Audit, **fields: Any) -> Audit:
    """Change fields of PlanSettings: start, months, capacity, roles, cover_first."""
    return amend(audit, "plan", (), **fields)


def pin(audit: Audit, action: ActionKey, month: int) -> Audit:
    """The action must be finished in this month (1 to the plan's months)."""
    return set_plan(audit, pins={**audit.plan.pins, action: month})


def unpin(audit: Audit, action: ActionKey) -> Audit:
    if action not in audit.plan.pins:
        raise refuse(f"The action {action} is not pinned.", "Check its key.")
    return set_plan(audit, pins={k: m for k, m in audit.plan.pins.items() if k != action})


def exclude(audit: Audit, action: str) -> Audit:
    """Leave an action out: by its key for one target, or by its id for every target.

    Its pins go with it.
    """
    if action in audit.plan.excluded:
        return audit
    pins = {
        key: month
        for key, month in audit.plan.pins.items()
        if action not in (key, key.partition("/")[0])
    }
    return set_plan(audit, pins=pins, excluded=(*audit.plan.excluded, action))


def include(audit: Audit, action: str) -> Audit:
    """Take an exclusion back."""
    if action not in audit.plan.excluded:
        raise refuse(f"The action {action} is not excluded.", "Check its key.")
    return set_plan(audit, excluded=tuple(a for a in audit.plan.excluded if a != action))


def annotate_gap(audit: Audit, gap: GapKey, **fields: Any) -> Audit:
    """Change fields of a gap's note; a note that says nothing any more is taken out."""
    after = replace(audit.gap_notes.get(gap, GapNote()), **fields)
    return _annotate(audit, "gap_notes", gap, after, GapNote())


def annotate_action(audit: Audit, action: ActionKey, **fields: Any) -> Audit:
    """Change fields of an action's note. `done` closes no gap: a new answer does."""
    after = replace(audit.action_notes.get(action, ActionNote()), **fields)
    return _annotate(audit, "action_notes", action, after, ActionNote())


def _annotate(audit: Audit, collection: str, key: str, after: Any, empty: Any) -> Audit:
    if after != empty:
        return put(audit, collection, (key,), after)
    return place(audit, collection, (key,), None) if key in getattr(audit, collection) else audit
