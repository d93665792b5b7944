"""What a session begins with: promised and not done, not known, parked; nothing that is over."""

import datetime as dt

from app.domain.audit import Audit
from app.domain.edits.records import amend, put
from app.domain.gaps import gaps
from app.domain.ids import ActionKey, ParkingId, PersonId
from app.domain.last_time import Left, LeftOpen, left_open
from app.domain.planning import ActionNote, GapNote, OwnGap, Response
from app.domain.replies import active_cases
from app.domain.workshop import ParkingItem
from app.exchange.sample import sample_audit

TODAY = dt.date(2026, 12, 14)
ZOE = PersonId("zoe")


def found(audit: Audit) -> list[LeftOpen]:
    return list(left_open(audit, active_cases(audit, TODAY)))


def keys(audit: Audit, kind: Left) -> set[str]:
    return {item.key for item in found(audit) if item.kind is kind}


def test_kinds_follow_each_other_and_dates_within_them() -> None:
    items = found(sample_audit())
    order = [tuple(Left).index(item.kind) for item in items]
    assert order == sorted(order)
    assert set(order) == set(range(4))
    for kind in Left:
        dues = [item.due or dt.date.max for item in items if item.kind is kind]
        assert dues == sorted(dues)


def test_an_action_is_open_until_it_is_done() -> None:
    audit = sample_audit()
    key = ActionKey(next(iter(sorted(keys(audit, Left.ACTION)))))
    assert audit.action_notes[key].owner
    audit = amend(audit, "action_notes", (key,), done=True)
    assert key not in keys(audit, Left.ACTION)
    audit = put(audit, "action_notes", (key,), ActionNote(note="nobody took it on"))
    assert key not in keys(audit, Left.ACTION)


def test_a_gap_counts_where_somebody_took_it_on_to_mend_it() -> None:
    audit = sample_audit()
    gap = next(g for g in gaps(audit, active_cases(audit, TODAY)) if not (g.not_known or g.note))
    assert gap.key not in keys(audit, Left.GAP)
    taken = put(audit, "gap_notes", (gap.key,), GapNote(owner=ZOE))
    assert gap.key in keys(taken, Left.GAP)
    accepted = GapNote(owner=ZOE, response=Response.ACCEPT, accepted_until=dt.date(2027, 6, 1))
    assert gap.key not in keys(put(audit, "gap_notes", (gap.key,), accepted), Left.GAP)


def test_a_gap_of_the_room_and_a_parked_item_stay_until_they_are_closed() -> None:
    audit = put(sample_audit(), "own_gaps", ("gap-9",), OwnGap("No rota", owner=ZOE))
    audit = put(audit, "parking", (ParkingId("scanner"),), ParkingItem("Who owns the scanner?"))
    assert "gap-9" in keys(audit, Left.GAP)
    assert "scanner" in keys(audit, Left.PARKED)
    audit = amend(audit, "own_gaps", ("gap-9",), closed=True)
    audit = amend(audit, "parking", (ParkingId("scanner"),), done=True)
    assert "gap-9" not in keys(audit, Left.GAP)
    assert "scanner" not in keys(audit, Left.PARKED)
