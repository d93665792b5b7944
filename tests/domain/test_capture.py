"""A captured line: what is read, what is a puzzle, and that a text survives whatever is typed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.capture import Kind, Puzzle, capture
from app.domain.ids import PersonId, WorkflowId
from app.domain.landscape import Person, Workflow
from app.domain.planning import Severity
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def audit() -> Audit:
    return Audit(
        default_bank(),
        default_reference(),
        people={
            PersonId("p1"): Person("Adaeze Okafor"),
            PersonId("p2"): Person("Marek Novak"),
            PersonId("p3"): Person("Maria Novak"),
        },
        workflows={
            WorkflowId("w1"): Workflow("Invoice matching"),
            WorkflowId("w2"): Workflow("Claims triage"),
            WorkflowId("w3"): Workflow("Invoice"),
        },
    )


def test_every_token(audit: Audit) -> None:
    line = "no owner for routing #routing @claims !critical >Okafor ^2027-01-15"
    found = capture(line, audit, TODAY)
    assert found.kind is Kind.GAP
    assert found.text == "no owner for routing"
    assert found.stage == "routing"
    assert found.workflow == "w2"
    assert found.severity is Severity.CRITICAL
    assert found.owner == "p1"
    assert found.due == dt.date(2027, 1, 15)
    assert found.is_ready


@pytest.mark.parametrize(
    ("token", "workflow"),
    [
        ("@invoice", "w3"),  # The whole name goes before what begins with it.
        ('@"invoice m"', "w1"),
        ("@triage", "w2"),
        ("@w1", "w1"),
        ("@LAIM", "w2"),
    ],
)
def test_names_may_be_shortened(audit: Audit, token: str, workflow: str) -> None:
    assert capture(f"text {token}", audit, TODAY).workflow == workflow


def test_several_names_are_a_puzzle_with_the_names(audit: Audit) -> None:
    found = capture("ask >novak", audit, TODAY)
    assert found.owner is None
    assert found.puzzles == (Puzzle(">", "novak", ("Marek Novak", "Maria Novak")),)
    assert not found.is_ready


@pytest.mark.parametrize("token", ["@nothing", "#nowhere", "!soon", ">nobody-here", "^tomorrow"])
def test_a_token_that_names_nothing(audit: Audit, token: str) -> None:
    assert capture(f"text {token}", audit, TODAY).puzzles == (Puzzle(token[0], token[1:]),)


def test_days_from_now(audit: Audit) -> None:
    assert capture("text ^+14", audit, TODAY).due == dt.date(2026, 12, 7)


@pytest.mark.parametrize(
    ("line", "kind"), [("+ who pays?", Kind.PARKED), ("=stop the pilot", Kind.DECISION)]
)
def test_parked_items_and_decisions(audit: Audit, line: str, kind: Kind) -> None:
    found = capture(line, audit, TODAY)
    assert found.kind is kind
    assert found.text == line[1:].strip()


def test_the_last_of_two_counts(audit: Audit) -> None:
    assert capture("text !low !high", audit, TODAY).severity is Severity.HIGH


def test_signs_inside_words_are_text(audit: Audit) -> None:
    found = capture("costs > 100 and mail me@home #1-ranked? no", audit, TODAY)
    assert "me@home" in found.text
    assert "> 100" in found.text


@given(st.text(max_size=80))
def test_no_line_fails(line: str) -> None:
    audit = Audit(default_bank(), default_reference())
    found = capture(line, audit, TODAY)
    assert found.is_ready == bool(found.text and not found.puzzles)


def test_an_empty_line_is_not_ready(audit: Audit) -> None:
    assert not capture("  ", audit, TODAY).is_ready
    assert not replace(capture("x", audit, TODAY), text="").is_ready
