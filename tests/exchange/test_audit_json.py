"""The whole audit as JSON: lossless for anything the record can hold, one sentence for the rest."""

import datetime as dt
import types
import typing
from collections.abc import Mapping
from enum import Enum
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from app.domain.answers import Answer, Reply, Said
from app.domain.audit import COLLECTIONS, Audit
from app.domain.bank import Bank, ReferenceSet
from app.domain.edits.ranges import check_values
from app.domain.ids import ActionKey, GapKey, QuestionId, SourceId, Target, WorkflowId
from app.domain.landscape import ContextSource, Person, Platform, Policy, SourceLink, Workflow
from app.domain.references import cut, dangling
from app.domain.workshop import BeliefVote, Session
from app.errors import EditError, ExportFailed, ImportFailed
from app.exchange.audit_json import audit_from_json, audit_to_json
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference
from app.exchange.sample import sample_audit

BANK, REFERENCE = default_bank(), default_reference()
DATES = st.dates(dt.date(1970, 1, 1), dt.date(2199, 12, 31))
IDS = st.sampled_from(["a", "é “x” ☃"])
KEYS = st.sampled_from(["RT-01/a", "A-OWNER/org"])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
ZONE = dt.UTC
SAID = st.one_of(
    st.builds(Said, st.just(Reply.LEVEL), st.integers(0, 4), reason=TEXT),
    st.builds(Said, st.sampled_from([Reply.UNKNOWN, Reply.NOT_APPLICABLE, Reply.ABSTAIN])),
)
SIMPLE: Mapping[Any, st.SearchStrategy[Any]] = {
    Said: SAID,
    BeliefVote: st.floats(0, 100).map(lambda p: BeliefVote({"data": p, "adoption": 100 - p})),
    str: TEXT,
    int: st.integers(1, 3),
    float: st.floats(0, 1, exclude_min=True, exclude_max=True),
    bool: st.booleans(),
    dt.date: DATES,
    dt.datetime: st.datetimes(dt.datetime(1970, 1, 2), dt.datetime(2199, 1, 1)).map(
        lambda at: at.replace(tzinfo=ZONE)
    ),
}

NAMED: Mapping[str, Struct] = {
    "people": Person("P"),
    "platforms": Platform("L"),
    "workflows": Workflow("W"),
    "sources": ContextSource("S"),
    "policies": Policy("R"),
    "sessions": Session("T", dt.date(2026, 5, 4)),
}
"""Records that others may refer to."""


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Values of any type of the record, read from the type itself."""
    if isinstance(kind, typing.NewType):
        return KEYS if kind in (GapKey, ActionKey) else IDS
    if kind in SIMPLE:
        return SIMPLE[kind]
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if a is type(None) else anything(a) for a in args))
    if origin is tuple:
        return st.lists(anything(args[0]), max_size=2).map(tuple)
    if origin is not None and issubclass(origin, Mapping):
        keys = anything(args[0]) if args[0] is not str else IDS
        return st.dictionaries(keys, anything(args[1]), max_size=2)
    if _is_enum(kind):
        return st.sampled_from(list(kind))
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{name: anything(hints[name]) for name in kind.__struct_fields__})


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def is_allowed(record: Struct) -> bool:
    try:
        check_values(record)
    except EditError:
        return False
    return True


@st.composite
def audits(draw: st.DrawFn) -> Audit:
    """Any record in any collection, as far as edits let single values in; nothing dangles."""
    fields: dict[str, Any] = {name: dict.fromkeys(("a", "é “x” ☃"), r) for name, r in NAMED.items()}
    for collection in draw(st.lists(st.sampled_from(COLLECTIONS[2:]), unique=True, max_size=5)):
        record = draw(anything(collection.kind))
        if not is_allowed(record):
            continue
        key = draw(KEYS if collection.name in ("gap_notes", "action_notes") else IDS)
        if collection.depth == 0:
            fields[collection.name] = record
        elif collection.depth == 1:
            fields[collection.name] = {**fields.get(collection.name, {}), key: record}
        else:
            fields[collection.name] = {key: {draw(IDS): record}}
    audit = Audit(BANK, REFERENCE, **fields)
    while loose := dangling(audit):
        gone: dict[Any, set[str]] = {}
        for reference in loose:
            gone.setdefault(reference.kind, set()).add(reference.id)
        audit = replace(audit, **cut(audit, {k: frozenset(v) for k, v in gone.items()}))
    return audit


@given(audits())
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_audit_comes_back_as_it_was(audit: Audit) -> None:
    written = audit_to_json(audit)
    again = audit_from_json(written)
    assert again == audit
    assert audit_to_json(again) == written


def test_order_of_insertion_does_not_show() -> None:
    one = {WorkflowId(i): Workflow(i) for i in ("b", "a", "c")}
    other = {WorkflowId(i): Workflow(i) for i in ("c", "b", "a")}
    first = audit_to_json(Audit(BANK, REFERENCE, workflows=one))
    assert first == audit_to_json(Audit(BANK, REFERENCE, workflows=other))
    assert first.startswith(b'{\n  "schema": "plumbline-audit",\n  "version": 1,\n')


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_json_cannot_hold_is_not_lost_silently(number: float) -> None:
    audit = Audit(BANK, REFERENCE, workflows={WorkflowId("w"): Workflow("W", cost=number)})
    with pytest.raises(ExportFailed, match="nothing has been written"):
        audit_to_json(audit)


def edited(path: str, value: Any) -> bytes:
    """A small sound audit with one value replaced or added."""
    audit = Audit(
        BANK,
        REFERENCE,
        workflows={WorkflowId("w"): Workflow("W")},
        answers={Target("w"): {QuestionId("RT-01"): Answer(settled=Said(Reply.LEVEL, 2))}},
    )
    raw = msgspec.json.decode(audit_to_json(audit))
    place = raw
    *steps, last = path.split("/")
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value
    return msgspec.json.encode(raw)


HOSTILE = [
    ("schema", "something-else", "not an audit but “something-else”"),
    ("version", 2, "version 2 and this program reads version 1"),
    ("version", 0, "version 0"),
    ("audit/workflows/w/name", 7, r"\$\.audit\.workflows\[\.\.\.\]\.name"),
    ("audit/workflows/w/name", "", "workflows.w: Name is empty"),
    ("audit/workflows/w/users", -1, "workflows.w: Users is -1"),
    ("audit/workflows/w/colour", "red", r"\$\.audit\.workflows\.w\.colour is unknown"),
    ("audit/workflows/w/platform", "p", "workflows.w: there is no “p”"),
    ("audit/workflow", {}, r"\$\.audit\.workflow is unknown"),
    ("audit/workflows", [], "Expected `object`"),
    ("audit/answers/w/RT-01/settled/level", 9, "answers.w.RT-01: “level” does not go with level 9"),
    ("audit/answers/w/RT-01/settled/level", None, "does not go with level None"),
    ("audit/answers/x", {"RT-01": {"note": "lost"}}, "answers.x.RT-01: there is no “x”"),
    ("audit/bank/questions/0/activity", "magic", "bank.questions.WF-01.activity"),
    ("audit/bank/actions/0/prereqs", ["A-OUTCOME"], "A-OUTCOME.prereqs"),
    ("audit/bank/questions/0/levels", ["a"], "levels"),
    ("audit/reference/base_rate", 1.0, "reference.base_rate"),
    ("audit/reference/shares", {"luck": 1.0}, "reference.shares"),
    ("audit/plan/months", 10**12, "plan: Months is"),
]


@pytest.mark.parametrize(("path", "value", "said"), HOSTILE)
def test_a_fault_is_one_sentence_with_its_path(path: str, value: Any, said: str) -> None:
    with pytest.raises(ImportFailed, match=said) as caught:
        audit_from_json(edited(path, value))
    assert "\n" not in str(caught.value)
    assert "nothing has been taken" in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\x00\xff",
        b"[" * 100_000,
        b'{"schema": "plumbline-audit", "version": 1}',
        b'{"schema": "plumbline-audit", "version": 1, "audit": ' + b'{"bank":' * 100_000,
        b'{"schema": "plumbline-audit", "version": 1, "x": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b'{"schema": "plumbline-audit", "version": "1", "audit": {}}',
        b"PK\x03\x04",
    ],
)
def test_what_is_no_audit_is_refused(data: bytes) -> None:
    with pytest.raises(ImportFailed, match="nothing has been taken"):
        audit_from_json(data)


def test_a_mark_at_the_start_is_no_fault() -> None:
    audit = Audit(BANK, REFERENCE)
    assert audit_from_json(b"\xef\xbb\xbf" + audit_to_json(audit)) == audit


def test_a_link_without_a_source_is_refused() -> None:
    links = {WorkflowId("w"): {SourceId("s"): SourceLink()}}
    workflows = {WorkflowId("w"): Workflow("W")}
    loose = Audit(BANK, REFERENCE, workflows=workflows, links=links)
    with pytest.raises(ImportFailed, match=r"links\.w\.s: there is no “s”"):
        audit_from_json(audit_to_json(loose))


def test_bank_and_reference_set_of_the_audit_come_with_it() -> None:
    own = replace(BANK, title="Own bank")
    rates = replace(REFERENCE, id="own", base_rate=0.75)
    again = audit_from_json(audit_to_json(Audit(own, rates)))
    assert isinstance(again.bank, Bank)
    assert isinstance(again.reference, ReferenceSet)
    assert (again.bank, again.reference) == (own, rates)


@pytest.mark.parametrize("key", ["a/b", "a\nb", " a", "org"])
def test_an_id_no_edit_would_take_is_refused(key: str) -> None:
    made = Audit(BANK, REFERENCE, workflows={WorkflowId(key): Workflow("W")})
    with pytest.raises(ImportFailed, match="id") as told:
        audit_from_json(audit_to_json(made))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("half", ["\\ud800", "\\uDC00", "\\ud83d\\ud83d\\ude00"])
def test_half_a_character_is_named_with_its_line(half: str) -> None:
    body = audit_to_json(sample_audit()).decode()
    line = body[: body.index("Quillmoor Group")].count("\n") + 1
    with pytest.raises(ImportFailed) as caught:
        audit_from_json(body.replace("Quillmoor Group", f"Quill{half}moor", 1).encode())
    sentence = str(caught.value)
    assert sentence.startswith(f"A text in line {line} holds half a character ({half[:6]})")
    assert "Nothing has been taken. Remove it there" in sentence


def test_a_whole_character_written_by_two_escapes_is_read() -> None:
    body = audit_to_json(sample_audit()).decode()
    body = body.replace("Quillmoor Group", "Quill\\ud83d\\ude00moor", 1)
    assert "Quill\U0001f600moor" in audit_from_json(body.encode()).organisation.name
