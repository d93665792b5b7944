"""A captured line becomes a gap, a parked item or a decision, under an id that is free."""

import datetime as dt

import pytest

from app.domain.audit import Audit
from app.domain.capture import capture
from app.domain.edits.captures import keep_capture
from app.domain.edits.records import put
from app.domain.gaps import open_own_gaps, own_gaps
from app.domain.ids import ORGANISATION, SessionId
from app.domain.landscape import Person, Workflow
from app.domain.planning import OwnGap, Severity
from app.domain.workshop import Session
from app.errors import EditError
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

AT = dt.datetime(2026, 12, 14, 10, tzinfo=dt.UTC)
SESSION = SessionId("s1")


@pytest.fixture
def audit() -> Audit:
    audit = Audit(default_bank(), default_reference())
    audit = put(audit, "workflows", ("w",), Workflow("Invoice matching"))
    audit = put(audit, "people", ("ana",), Person("Ana Okafor"))
    return put(audit, "sessions", (SESSION,), Session("Workshop", AT.date()))


def kept(audit: Audit, line: str) -> Audit:
    return keep_capture(audit, capture(line, audit, AT.date()), SESSION, AT)


def test_a_line_becomes_a_gap_with_all_that_it_names(audit: Audit) -> None:
    after = kept(audit, "no owner for routing #routing @invoice !critical >okafor ^+14")
    assert after.own_gaps == {
        "gap-1": OwnGap(
            "no owner for routing", "w", "routing", Severity.CRITICAL, "ana",
            AT.date() + dt.timedelta(14), session=SESSION, at=AT,
        )
    }  # fmt: skip
    again = kept(after, "two price lists")
    assert again.own_gaps["gap-2"].target == ORGANISATION
    assert again.own_gaps["gap-2"].severity is Severity.MEDIUM


def test_a_plus_parks_and_an_equals_sign_asks_for_a_decision(audit: Audit) -> None:
    after = kept(kept(audit, "+ ask legal @invoice >okafor"), "= who signs off? @invoice ^+7")
    (parked,) = after.parking.values()
    assert (parked.text, parked.owner, parked.session) == (
        "Invoice matching: ask legal", "ana", SESSION,
    )  # fmt: skip
    (asked,) = after.decisions.values()
    assert (asked.text, asked.workflows, asked.verdict) == ("who signs off?", ("w",), None)
    assert after.own_gaps == {}


@pytest.mark.parametrize("line", ["", "#routing", "no owner @nowhere", "late ^tomorrow"])
def test_a_line_that_is_not_ready_is_refused(audit: Audit, line: str) -> None:
    with pytest.raises(EditError, match="Nothing was changed"):
        kept(audit, line)


def test_recorded_gaps_are_listed_worst_first_and_closed_ones_are_left_out(audit: Audit) -> None:
    for line in ("a", "b !critical", "c !low", "d !critical"):
        audit = kept(audit, line)
    audit = put(audit, "own_gaps", ("gap-2",), OwnGap("b", severity=Severity.CRITICAL, closed=True))
    assert [gap.text for _, gap in own_gaps(audit)] == ["b", "d", "a", "c"]
    assert [gap.text for _, gap in open_own_gaps(audit)] == ["d", "a", "c"]
