"""Changes from a sheet: one step, typed, and refused where they contradict the record."""

import datetime as dt

import pytest

from app.domain.audit import Audit
from app.domain.bank import Scope
from app.domain.edits.plan import annotate_action, annotate_gap, exclude, pin
from app.domain.edits.read_back import (
    ActionStatus,
    Register,
    SheetEdit,
    action_status,
    held,
    take_sheet,
    usual_effort,
)
from app.domain.gaps import gaps
from app.domain.ids import ActionKey, GapKey, PersonId
from app.domain.planning import ActionNote, GapNote, Response, Severity
from app.domain.replies import active_cases
from app.errors import EditError
from app.exchange.sample import TODAY, sample_audit

DAY = dt.date(2027, 3, 4)
GAPS, ACTIONS = Register.GAPS, Register.ACTIONS


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


@pytest.fixture(scope="module")
def gap(audit: Audit) -> GapKey:
    return next(g.key for g in gaps(audit, active_cases(audit, TODAY)) if g.note is None)


@pytest.fixture(scope="module")
def action(audit: Audit) -> ActionKey:
    """A bank's action for a workflow that nobody has touched."""
    found = next(a for a in audit.bank.actions if a.scope is Scope.WORKFLOW)
    return ActionKey(f"{found.id}/{sorted(audit.workflows)[0]}")


def test_everything_of_a_gap_at_once(audit: Audit, gap: GapKey) -> None:
    person = sorted(audit.people)[0]
    given = {
        "owner": person,
        "due": DAY,
        "severity": "critical",
        "response": "accept",
        "accepted_until": DAY,
        "because": "It is cheap.",
        "note": "Look again.",
    }
    edits = [SheetEdit(GAPS, gap, field, value) for field, value in given.items()]
    after = take_sheet(audit, edits)
    assert after.gap_notes[gap] == GapNote(
        PersonId(person),
        DAY,
        Severity.CRITICAL,
        Response.ACCEPT,
        DAY,
        "It is cheap.",
        note="Look again.",
    )
    found = {g.key: g for g in gaps(after, active_cases(after, TODAY))}
    assert {field: held(after, found, GAPS, gap, field) for field in given} == given
    emptied = take_sheet(after, [SheetEdit(GAPS, gap, field, None) for field in given])
    assert emptied.gap_notes == audit.gap_notes


def test_owner_due_and_effort_of_an_action(audit: Audit, action: ActionKey) -> None:
    usual = usual_effort(audit, action)
    assert held(audit, {}, ACTIONS, action, "effort") == usual
    person = sorted(audit.people)[0]
    after = take_sheet(
        audit,
        [
            SheetEdit(ACTIONS, action, "owner", person),
            SheetEdit(ACTIONS, action, "due", DAY),
            SheetEdit(ACTIONS, action, "effort", 7.5),
        ],
    )
    assert after.action_notes[action] == ActionNote(person, DAY, 7.5)
    assert held(after, {}, ACTIONS, action, "effort") == 7.5
    assert usual_effort(audit, "A-NONE/x") is None


@pytest.mark.parametrize("status", [ActionStatus.DONE, ActionStatus.EXCLUDED, ActionStatus.OPEN])
@pytest.mark.parametrize("before", list(ActionStatus))
def test_every_status_can_be_reached(
    audit: Audit, action: ActionKey, before: ActionStatus, status: ActionStatus
) -> None:
    audit = {
        ActionStatus.OPEN: audit,
        ActionStatus.DONE: annotate_action(audit, action, done=True),
        ActionStatus.PINNED: pin(audit, action, 3),
        ActionStatus.EXCLUDED: exclude(audit, action),
    }[before]
    assert action_status(audit, action) is before
    after = take_sheet(audit, [SheetEdit(ACTIONS, action, "status", status.value)])
    assert action_status(after, action) is status


def test_an_action_is_pinned_in_the_roadmap_only(audit: Audit, action: ActionKey) -> None:
    edit = SheetEdit(ACTIONS, action, "status", "pinned")
    with pytest.raises(EditError, match="where its month is chosen"):
        take_sheet(audit, [edit])
    pinned = pin(audit, action, 3)
    assert take_sheet(pinned, [edit]) == pinned


def test_what_is_left_out_everywhere_stays_so(audit: Audit, action: ActionKey) -> None:
    left = exclude(audit, action.partition("/")[0])
    assert action_status(left, action) is ActionStatus.EXCLUDED
    with pytest.raises(EditError, match="every place"):
        take_sheet(left, [SheetEdit(ACTIONS, action, "status", "open")])


def test_an_emptied_status_is_open(audit: Audit, action: ActionKey) -> None:
    done = annotate_action(audit, action, done=True)
    after = take_sheet(done, [SheetEdit(ACTIONS, action, "status", None)])
    assert action_status(after, action) is ActionStatus.OPEN


@pytest.mark.parametrize(
    ("register", "field", "value"),
    [
        (ACTIONS, "effort", 0.0),
        (ACTIONS, "effort", -1.0),
        (ACTIONS, "due", dt.date(1900, 1, 1)),
        (ACTIONS, "owner", "stranger"),
        (GAPS, "owner", "stranger"),
        (GAPS, "due", dt.date(9999, 1, 1)),
    ],
)
def test_what_contradicts_the_record_is_refused(
    audit: Audit, gap: GapKey, action: ActionKey, register: Register, field: str, value: object
) -> None:
    key = gap if register is GAPS else action
    good = SheetEdit(ACTIONS, action, "effort", 4.0)
    with pytest.raises(EditError):
        take_sheet(audit, [good, SheetEdit(register, key, field, value)])  # type: ignore[arg-type]


def test_a_gap_that_is_none_is_not_held(audit: Audit, gap: GapKey) -> None:
    noted = annotate_gap(audit, gap, due=DAY)
    with pytest.raises(KeyError):
        held(noted, {}, GAPS, gap, "due")


def test_everything_of_a_recorded_gap_at_once(audit: Audit) -> None:
    own, person = Register.OWN_GAPS, sorted(audit.people)[0]
    key = next(iter(sorted(audit.own_gaps)))
    given = {
        "owner": person,
        "due": DAY,
        "severity": "low",
        "response": "fix",
        "because": "It is cheap.",
        "note": "Look again.",
        "status": "closed",
    }
    after = take_sheet(audit, [SheetEdit(own, key, f, v) for f, v in given.items()])
    for field, value in given.items():
        assert held(after, {}, own, key, field) == value
    assert after.own_gaps[key].closed
    opened = take_sheet(after, [SheetEdit(own, key, "status", "open")])
    assert not opened.own_gaps[key].closed
    emptied = take_sheet(after, [SheetEdit(own, key, "owner", None)])
    assert emptied.own_gaps[key].owner is None
    with pytest.raises(EditError, match="no severity"):
        take_sheet(audit, [SheetEdit(own, key, "severity", None)])
    with pytest.raises(KeyError):
        held(audit, {}, own, "nowhere", "owner")
