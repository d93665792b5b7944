"""A small audit and edits that diverge from it, for tests of merging and joining."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from app.domain.answers import Evidence, Reply, Said
from app.domain.audit import Audit
from app.domain.edits.answers import dispute, note, propose, say, settle, withdraw
from app.domain.edits.plan import pin
from app.domain.edits.records import put, remove
from app.domain.edits.workshop import cast_belief
from app.domain.ids import ActionKey, PersonId, QuestionId, Target, WorkflowId
from app.domain.landscape import ContextSource, Person, Platform, SourceLink, StageRecord, Workflow
from app.domain.workshop import EdgeCase, ParkingItem
from app.errors import EditError
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference

Edit = Callable[[Audit], Audit]
RT, GOV = QuestionId("RT-01"), QuestionId("GOV-02")
V, W = Target("v"), Target("w")


@cache
def base() -> Audit:
    audit = Audit(bank=default_bank(), reference=default_reference())
    for person in ("ana", "ben"):
        audit = put(audit, "people", (person,), Person(person))
    audit = put(audit, "platforms", ("p",), Platform("P", owner=PersonId("ben")))
    audit = put(audit, "sources", ("s",), ContextSource("S"))
    for key in ("v", "w"):
        audit = put(audit, "workflows", (key,), Workflow(key, owner=PersonId("ana")))
        audit = put(audit, "stages", (key, "routing"), StageRecord(owner=PersonId("ben")))
        audit = settle(audit, Target(key), RT, Said(Reply.LEVEL, 1))
    audit = put(audit, "links", ("v", "s"), SourceLink())
    return put(
        audit, "edge_cases", ("e",), EdgeCase(WorkflowId("v"), "Odd", expert=PersonId("ana"))
    )


def level(number: int) -> Said:
    return Said(Reply.LEVEL, number)


PEOPLE, TARGETS = st.sampled_from(["ana", "ben", "cat"]), st.sampled_from(["v", "w", "x"])


def _edit(edit: Callable[..., Audit], *parts: Any) -> st.SearchStrategy[Edit]:
    """An edit with drawn arguments; plain values stand for themselves."""
    drawn = st.tuples(*(p if isinstance(p, st.SearchStrategy) else st.just(p) for p in parts))
    return drawn.map(lambda arguments: lambda audit: edit(audit, *arguments))


KEY, LEVEL = st.sampled_from([RT, GOV]), st.integers(0, 4).map(level)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    _edit(put, "people", st.tuples(PEOPLE), st.sampled_from([Person("A"), Person("B", "Lead")])),
    _edit(
        put,
        "workflows",
        st.tuples(TARGETS),
        st.builds(Workflow, st.sampled_from(["N", "M"]), owner=PEOPLE.map(PersonId) | st.none()),
    ),
    _edit(put, "platforms", st.tuples(st.sampled_from(["p", "x"])), Platform("Q")),
    _edit(put, "sources", st.tuples(st.sampled_from(["s", "x"])), ContextSource("T")),
    _edit(put, "links", st.tuples(TARGETS, st.just("s")), st.builds(SourceLink, st.integers(1, 3))),
    _edit(
        put,
        "evidence",
        st.just(("w", "seen")),
        st.builds(Evidence, st.just(W), st.sampled_from(["One", "Two"])),
    ),
    _edit(settle, TARGETS.map(Target), KEY, LEVEL),
    _edit(say, TARGETS.map(Target), KEY, PEOPLE.map(PersonId), LEVEL),
    _edit(propose, TARGETS.map(Target), st.just(QuestionId("RT-02")), LEVEL),
    _edit(withdraw, TARGETS.map(Target), KEY),
    _edit(dispute, TARGETS.map(Target), KEY),
    _edit(note, TARGETS.map(Target), KEY, st.sampled_from(["", "One", "Two"])),
    _edit(
        cast_belief, PEOPLE.map(PersonId), st.sampled_from([{"data": 100.0}, {"adoption": 100.0}])
    ),
    _edit(pin, TARGETS.map(lambda t: ActionKey(f"A-STOP/{t}")), st.integers(1, 12)),
    _edit(put, "parking", st.just(("park-1",)), st.sampled_from(["A", "B"]).map(ParkingItem)),
    _edit(remove, "people", st.tuples(PEOPLE)),
    _edit(remove, "workflows", st.tuples(TARGETS)),
    _edit(remove, "sources", st.tuples(st.sampled_from(["s", "x"]))),
    _edit(remove, "platforms", st.tuples(st.sampled_from(["p", "x"]))),
)
MANY = st.lists(EDITS, max_size=7)


def done(audit: Audit, edits: Sequence[Edit]) -> Audit:
    """Edits that contradict the record are left out."""
    for edit in edits:
        try:
            audit = edit(audit)
        except EditError:
            continue
    return audit
