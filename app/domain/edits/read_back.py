"""What people changed in a sheet of gaps and actions, taken into the record in one step."""

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.edits.plan import annotate_action, annotate_gap, exclude, include, unpin
from app.domain.edits.ranges import refuse
from app.domain.edits.records import amend
from app.domain.gaps import Gap
from app.domain.ids import ActionKey, GapKey, OwnGapId
from app.domain.planning import ActionNote, GapNote, Response, Severity

Value = str | float | dt.date | None


class Register(StrEnum):
    """The registers whose cells can be read back."""

    GAPS = "gaps"
    ACTIONS = "actions"
    OWN_GAPS = "own_gaps"


class ActionStatus(StrEnum):
    OPEN = "open"
    DONE = "done"
    PINNED = "pinned"
    EXCLUDED = "excluded"


class GapStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class FieldKind(StrEnum):
    CHOICE = "choice"
    PERSON = "person"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"


OF_A_GAP: Final[Mapping[str, FieldKind]] = {
    "severity": FieldKind.CHOICE,
    "owner": FieldKind.PERSON,
    "due": FieldKind.DATE,
    "response": FieldKind.CHOICE,
    "accepted_until": FieldKind.DATE,
    "because": FieldKind.TEXT,
    "note": FieldKind.TEXT,
}
FIELDS: Final[Mapping[Register, Mapping[str, FieldKind]]] = {
    Register.GAPS: OF_A_GAP,
    Register.OWN_GAPS: {**OF_A_GAP, "status": FieldKind.CHOICE},
    Register.ACTIONS: {
        "owner": FieldKind.PERSON,
        "due": FieldKind.DATE,
        "effort": FieldKind.NUMBER,
        "status": FieldKind.CHOICE,
        "note": FieldKind.TEXT,
    },
}
"""Fields that can be read back, and what each holds."""


class SheetEdit(Struct, frozen=True):
    """One field of a gap or an action gets a value; None empties it."""

    register: Register
    key: str
    field: str
    value: Value


def held(
    audit: Audit, gaps: Mapping[GapKey, Gap], register: Register, key: str, field: str
) -> Value:
    """What the record says now, as a register prints it. KeyError for a gap that is none."""
    if register is Register.GAPS:
        gap = gaps[GapKey(key)]
        if field == "severity":
            return gap.severity.value
        return _plain(getattr(gap.note or GapNote(), field))
    if register is Register.OWN_GAPS:
        own = audit.own_gaps[OwnGapId(key)]
        if field == "status":
            return (GapStatus.CLOSED if own.closed else GapStatus.OPEN).value
        return _plain(getattr(own, field))
    if field == "status":
        return action_status(audit, key).value
    note = audit.action_notes.get(ActionKey(key), ActionNote())
    if field == "effort":
        return usual_effort(audit, key) if note.effort is None else note.effort
    return _plain(getattr(note, field))


def action_status(audit: Audit, key: str) -> ActionStatus:
    """Left out beats done, done beats pinned, as the plan has it."""
    if key in audit.plan.excluded or key.partition("/")[0] in audit.plan.excluded:
        return ActionStatus.EXCLUDED
    if audit.action_notes.get(ActionKey(key), ActionNote()).done:
        return ActionStatus.DONE
    return ActionStatus.PINNED if key in audit.plan.pins else ActionStatus.OPEN


def usual_effort(audit: Audit, key: str) -> float | None:
    """Person-days without an own estimate; None for an action that nobody knows."""
    action = key.partition("/")[0]
    for known in audit.bank.actions:
        if known.id == action:
            return sum(known.effort) / 2
    own = {str(name): record.effort for name, record in audit.own_actions.items()}
    return own.get(action)


def take_sheet(audit: Audit, edits: Iterable[SheetEdit]) -> Audit:
    """All edits at once, by record. Raises EditError where one contradicts the record."""
    fields: dict[tuple[Register, str], dict[str, Value]] = {}
    for edit in edits:
        fields.setdefault((edit.register, edit.key), {})[edit.field] = edit.value
    for (register, key), given in sorted(fields.items()):
        if register is Register.GAPS:
            audit = annotate_gap(audit, GapKey(key), **_typed(register, given))
        elif register is Register.OWN_GAPS:
            audit = _take_own_gap(audit, key, given)
        else:
            audit = _take_action(audit, key, given)
    return audit


def _take_own_gap(audit: Audit, key: str, given: Mapping[str, Value]) -> Audit:
    rest = {field: value for field, value in given.items() if field != "status"}
    if "severity" in rest and rest["severity"] is None:
        raise refuse("A gap recorded in the room has no severity.", "Choose one.")
    fields = _typed(Register.OWN_GAPS, rest)
    if "status" in given:
        fields["closed"] = given["status"] == GapStatus.CLOSED.value
    return amend(audit, "own_gaps", (key,), **fields)


def _take_action(audit: Audit, key: str, given: Mapping[str, Value]) -> Audit:
    rest = {field: value for field, value in given.items() if field != "status"}
    if rest:
        audit = annotate_action(audit, ActionKey(key), **_typed(Register.ACTIONS, rest))
    if "status" in given:
        audit = _set_status(audit, key, ActionStatus(str(given["status"] or ActionStatus.OPEN)))
    return audit


def _set_status(audit: Audit, key: str, status: ActionStatus) -> Audit:
    before = action_status(audit, key)
    if status is before:
        return audit
    if status is ActionStatus.PINNED:
        raise refuse(
            f"The action {key} cannot be pinned from a sheet.",
            "Pin it in the roadmap, where its month is chosen.",
        )
    if status is ActionStatus.EXCLUDED:
        return exclude(audit, key)
    if before is ActionStatus.EXCLUDED:
        if key not in audit.plan.excluded:
            raise refuse(
                f"The action {key} is left out for every place.",
                "Take it back into the roadmap there.",
            )
        audit = include(audit, key)
    done = status is ActionStatus.DONE
    if not done and key in audit.plan.pins:
        audit = unpin(audit, ActionKey(key))
    if audit.action_notes.get(ActionKey(key), ActionNote()).done != done:
        audit = annotate_action(audit, ActionKey(key), done=done)
    return audit


def _typed(register: Register, given: Mapping[str, Value]) -> dict[str, Any]:
    """Values as the notes hold them; an empty text instead of none."""
    found: dict[str, Any] = {}
    for field, value in given.items():
        if FIELDS[register][field] is FieldKind.TEXT:
            found[field] = value or ""
        elif value is not None and field == "severity":
            found[field] = Severity(str(value))
        elif value is not None and field == "response":
            found[field] = Response(str(value))
        else:
            found[field] = value
    return found


def _plain(value: Any) -> Value:
    """Empty texts are nothing, members of closed sets their values."""
    return value.value if isinstance(value, StrEnum) else value or None
