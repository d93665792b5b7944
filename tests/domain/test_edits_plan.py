"""Settings, pins, exclusions and remarks of the plan."""

import datetime as dt

import pytest

from app.domain.audit import Audit
from app.domain.changes import diff
from app.domain.edits.plan import (
    annotate_action,
    annotate_gap,
    exclude,
    include,
    pin,
    set_plan,
    unpin,
)
from app.domain.ids import ActionKey, GapKey, PersonId
from app.domain.planning import GapNote, Response
from app.errors import EditError
from app.exchange.sample import sample_audit

STOP = ActionKey("A-STOP/returns")


@pytest.fixture(scope="module")
def audit() -> Audit:
    return sample_audit()


def test_settings_change_one_by_one(audit: Audit) -> None:
    after = set_plan(audit, capacity=60.0, start=dt.date(2027, 2, 1))
    assert (after.plan.capacity, after.plan.pins) == (60.0, audit.plan.pins)


def test_a_pin_lies_inside_the_plan(audit: Audit) -> None:
    assert pin(audit, STOP, 12).plan.pins[STOP] == 12
    with pytest.raises(EditError, match="month 13 of 12"):
        pin(audit, STOP, 13)
    with pytest.raises(EditError, match="month 2 of 1"):
        set_plan(audit, months=1)
    with pytest.raises(EditError, match="both pinned and excluded"):
        pin(audit, ActionKey("A-CONSULT/tenders"), 3)


def test_unpin_and_include_take_back_only_what_is_there(audit: Audit) -> None:
    assert STOP not in unpin(audit, STOP).plan.pins
    assert include(audit, "A-CONSULT/tenders").plan.excluded == ()
    with pytest.raises(EditError, match="not pinned"):
        unpin(audit, ActionKey("A-STOP/delivery"))
    with pytest.raises(EditError, match="not excluded"):
        include(audit, "A-STOP")


def test_excluding_an_action_everywhere_takes_its_pins(audit: Audit) -> None:
    kept = ActionKey("A-APPROVAL/complaints")
    after = exclude(pin(audit, kept, 2), "A-STOP")
    assert after.plan.excluded == ("A-CONSULT/tenders", "A-STOP")
    assert STOP not in after.plan.pins
    assert after.plan.pins[kept] == 2
    assert exclude(after, "A-STOP") is after
    with pytest.raises(EditError, match="no action “A-GHOST”"):
        exclude(audit, "A-GHOST")


def test_remarks_on_gaps_and_actions_come_and_go(audit: Audit) -> None:
    gap = GapKey("GOV-11/returns")
    after = annotate_gap(audit, gap, owner=PersonId("zoe"), response=Response.FIX)
    assert after.gap_notes[gap] == GapNote(owner=PersonId("zoe"), response=Response.FIX)
    back = annotate_gap(after, gap, owner=None, response=None)
    assert diff(audit, back) == ()
    done = annotate_action(audit, STOP, done=True)
    assert done.action_notes[STOP].done
    assert done.action_notes[STOP].owner == "amara"
    with pytest.raises(EditError, match="no person “ghost”"):
        annotate_gap(audit, gap, owner=PersonId("ghost"))
    with pytest.raises(EditError, match="more than 0"):
        annotate_action(audit, STOP, effort=0)
