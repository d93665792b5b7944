"""The complete fictitious audit, read from its two source files and built through the edits."""

import csv
import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from app.domain.answers import Proof, Reply, Said
from app.domain.audit import COLLECTION, COLLECTIONS, Audit
from app.domain.bank import Grade
from app.domain.edits.answers import ask_to_find_out, dispute, note, propose, say, settle
from app.domain.edits.records import put
from app.domain.edits.workshop import confirm_answers, reveal_vote
from app.domain.ids import EvidenceId, PersonId, QuestionId, Target, VoteId, WorkflowId
from app.domain.workshop import Vote
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference
from app.resource import resource

TODAY: Final = dt.date(2026, 12, 14)
"""The day on which the sample stands."""
_LAST: Final = ("organisation", "plan")
"""They name people and actions, which come before."""
_VOTED: Final = ("votes", "confirmations")
"""Kept by edits of their own, after the answers."""


def sample_audit() -> Audit:
    """Twelve workflows, nine people, their answers, two sessions and a plan.

    Raises EditError if the source contradicts itself. Snapshots are left to whoever has a file:
    their bodies lie there.
    """
    source = tomllib.loads(resource("samples", "retail.toml").read_text("utf-8"))
    audit = Audit(bank=default_bank(), reference=default_reference())
    names = [c.name for c in COLLECTIONS if c.name in source]
    first = [n for n in names if n not in (*_LAST, *_VOTED)]
    for name in (*first, *_LAST):
        for keys, fields in _records(name, source[name]):
            kind = COLLECTION[name].kind
            audit = put(audit, name, keys, msgspec.convert(_filled(name, keys, fields), kind))
    with resource("samples", "retail-answers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            audit = _answer(audit, row)
    for key, fields in source["votes"].items():
        audit = reveal_vote(audit, VoteId(key), msgspec.convert(fields, Vote))
    for key, fields in source["confirmations"].items():
        person, at = PersonId(fields["person"]), fields["at"]
        audit = confirm_answers(audit, WorkflowId(key), person, at, note=fields.get("note", ""))
    return audit


def _records(name: str, value: Any, keys: tuple[str, ...] = ()) -> Iterator[Any]:
    """Keys and fields of every record in a table of the file."""
    if len(keys) == COLLECTION[name].depth:
        yield keys, value
    else:
        for key, inner in value.items():
            yield from _records(name, inner, (*keys, key))


def _filled(name: str, keys: tuple[str, ...], fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Evidence stands under its target in the file and does not repeat it."""
    return {"target": keys[0], **fields} if name == "evidence" else fields


def _answer(audit: Audit, row: Mapping[str, str]) -> Audit:
    """One line of the answers: what was agreed, what each person said, who finds out."""
    target, question = Target(row["target"]), QuestionId(row["question"])
    review, _, copied = row["review"].partition(" from ")
    for person, said in _people(row["people"]):
        audit = say(audit, target, question, person, said, mode="full")
    if row["level"]:
        said = _said(row["level"], row["grade"], row["proof"], row["reason"])
        if review == "proposed":
            source = Target(copied) if copied else None
            audit = propose(audit, target, question, said, mode="full", copied_from=source)
        else:
            audit = settle(audit, target, question, said, mode="full")
    if review == "disputed":
        audit = dispute(audit, target, question)
    if row["find_out"]:
        who, _, by = row["find_out"].partition(" ")
        date = dt.date.fromisoformat(by) if by else None
        audit = ask_to_find_out(audit, target, question, PersonId(who), date)
    return note(audit, target, question, row["note"]) if row["note"] else audit


def _people(text: str) -> Iterator[tuple[PersonId, Said]]:
    """`amara 2 explained / zoe ?`"""
    for part in filter(None, text.split(" / ")):
        person, level, *grade = part.split()
        yield PersonId(person), _said(level, grade[0] if grade else "", "", "")


def _said(level: str, grade: str, proof: str, reason: str) -> Said:
    if level == "?":
        return Said(Reply.UNKNOWN)
    if level == "n/a":
        return Said(Reply.NOT_APPLICABLE, reason=reason)
    backed = Grade(grade or "asserted")
    shown = _proof(backed, proof) if proof else None
    return Said(Reply.LEVEL, int(level), backed, shown, reason)


def _proof(grade: Grade, text: str) -> Proof:
    """`title | place | date | seen by` or `sample | result`, then `expires D`, `evidence ID`."""
    parts = [part.strip() for part in text.split("|")]
    named = dict(p.split(" ", 1) for p in parts if p.startswith(("expires ", "evidence ")))
    plain = [p for p in parts if not p.startswith(("expires ", "evidence "))]
    expires = dt.date.fromisoformat(named["expires"]) if "expires" in named else None
    evidence = EvidenceId(named["evidence"]) if "evidence" in named else None
    if grade is Grade.OBSERVED:
        sample, result = plain
        return Proof(sample=int(sample), result=result, expires=expires, evidence=evidence)
    title, place, date, seen_by = plain
    return Proof(
        title, place, dt.date.fromisoformat(date), seen_by, expires=expires, evidence=evidence
    )
