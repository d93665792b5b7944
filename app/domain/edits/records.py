"""Put, amend and remove any record; a contradiction raises EditError and changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.domain.answers import Confirmation, Evidence, Screening
from app.domain.audit import COLLECTION, Audit
from app.domain.changes import Change, apply
from app.domain.edits.ranges import check_id, check_values, refuse
from app.domain.edits.rules import check_question_fits, check_said
from app.domain.ids import ActionId, ActionKey, EvidenceId, GapKey, QuestionId, Target
from app.domain.landscape import Deployment
from app.domain.planning import GapNote, OwnAction, PlanSettings
from app.domain.references import Reference, cut, defined, is_defined, references
from app.domain.shapes import DEFINED_IN, KEY_KINDS, TARGETS
from app.domain.workshop import BeliefVote, Vote
from app.errors import EditError

ELSEWHERE: Mapping[str, str] = {
    "bank": "move the audit to another bank instead",
    "reference": "move the audit to another reference set instead",
    "answers": "settle, propose or withdraw the answer instead",
}
"""Collections with edits of their own, and what to do instead."""

Entry = tuple[str, tuple[str, ...], Any]
"""Collection, keys and record."""


def put(audit: Audit, collection: str, keys: tuple[str, ...], record: Any) -> Audit:
    """Add a record or replace it. Raises EditError where it contradicts the rest."""
    if collection == "evidence" and keys[1] not in audit.evidence.get(Target(keys[0]), {}):
        _check_evidence_id(keys[1], defined(audit, EvidenceId))
    check(audit, collection, keys, record)
    return place(audit, collection, keys, record)


def put_all(audit: Audit, entries: Iterable[Entry]) -> Audit:
    """Put many records in one go, as an import does; what comes first may be named later."""
    entries = list(entries)
    names = {name for name, _, _ in entries}
    draft = replace(audit, **{name: _copy(audit, name) for name in names})
    evidence = set(defined(audit, EvidenceId))
    for name, keys, record in entries:
        check(draft, name, keys, record)
        if name == "evidence" and keys[1] not in draft.evidence.get(Target(keys[0]), {}):
            _check_evidence_id(keys[1], evidence)
            evidence.add(keys[1])
        if not keys:
            draft = replace(draft, **{name: record})
            continue
        inside = getattr(draft, name)
        for key in keys[:-1]:
            inside = inside.setdefault(key, {})
        inside[keys[-1]] = record
    return draft


def amend(audit: Audit, collection: str, keys: tuple[str, ...], **fields: Any) -> Audit:
    """Change some fields of a record that exists."""
    record = found(audit, collection, keys)
    if record is None:
        raise _missing(collection, keys)
    return put(audit, collection, keys, replace(record, **fields))


def remove(audit: Audit, collection: str, keys: tuple[str, ...]) -> Audit:
    """Take a record out with everything that cannot stand without it.

    Fields that named it are emptied in the same step, so that one undo brings all of it back.
    """
    if not keys or collection in ELSEWHERE:
        to_do = ELSEWHERE.get(collection, "change its fields instead")
        raise refuse(f"The {collection} cannot be removed.", f"Please {to_do}.")
    if found(audit, collection, keys) is None:
        raise _missing(collection, keys)
    return close(audit, apply(audit, [Change(collection, keys, None, None)]))


def close(before: Audit, after: Audit) -> Audit:
    """`after` without anything that names a record which only `before` has."""
    while gone := _gone(before, after):
        before, after = after, replace(after, **cut(after, gone))
    return after


def found(audit: Audit, collection: str, keys: tuple[str, ...]) -> Any:
    """The record, or None."""
    value = getattr(audit, collection)
    for key in keys:
        value = value.get(key) if value is not None else None
    return value


def place(audit: Audit, collection: str, keys: tuple[str, ...], record: Any) -> Audit:
    """The audit with a record in its place (None takes it out), unchecked."""
    return apply(audit, [Change(collection, keys, None, record)])


def check(audit: Audit, collection: str, keys: tuple[str, ...], record: Any) -> None:
    """Raise EditError unless the record may stand under these keys."""
    _check_kind(collection, keys, record)
    if keys:
        _check_own_id(audit, collection, keys)
    check_values(record)
    before = found(audit, collection, keys)
    # A bank that was replaced may lack what an older record names: that does not lock the record.
    named = set(references(collection, keys, before)) if before is not None else set()
    for reference in references(collection, keys, record):
        if reference not in named and not is_defined(audit, reference):
            raise _unknown(reference)
    for category in _categories(record):
        if all(c.id != category for c in audit.bank.categories):
            raise refuse(f"The bank has no category “{category}”.", "Choose one of the bank's.")
    if type(record) in _RULES and record != before:
        _RULES[type(record)](audit, keys, record)


def _check_kind(collection: str, keys: tuple[str, ...], record: Any) -> None:
    """A wrong type or number of keys is a bug of the caller, not a person's mistake."""
    if collection in ELSEWHERE:
        raise refuse(f"The {collection} cannot be put.", f"Please {ELSEWHERE[collection]}.")
    kind = COLLECTION[collection]
    if not isinstance(record, kind.kind) or len(keys) != kind.depth:
        raise TypeError(f"{collection} takes {kind.depth} keys and a {kind.kind.__name__}")


def _check_own_id(audit: Audit, collection: str, keys: tuple[str, ...]) -> None:
    kind = KEY_KINDS[collection][-1]
    if DEFINED_IN.get(kind) != collection:
        return
    key = keys[-1]
    check_id(collection, key)
    others = [n for n in TARGETS if n != collection] if collection in TARGETS else []
    taken = next((name for name in others if key in getattr(audit, name)), None)
    if taken:
        raise refuse(f"The id “{key}” is already used in {taken}.", "Choose an id that is free.")
    if kind is ActionId and any(a.id == key for a in audit.bank.actions):
        raise refuse(f"The bank already has an action {key}.", "Choose another id.")


def _check_evidence_id(key: str, taken: Iterable[str]) -> None:
    """Proofs name evidence by its id alone."""
    if key in taken:
        raise refuse(
            f"The evidence id “{key}” is already used for another target.",
            "Choose an id that is free.",
        )


def _categories(record: Struct) -> Iterator[str]:
    if isinstance(record, BeliefVote):
        yield from sorted(record.points)
    elif isinstance(record, Deployment):
        yield from sorted({*record.failure_split, *record.multipliers})


def _check_pins(_audit: Audit, _keys: tuple[str, ...], plan: PlanSettings) -> None:
    for key, month in sorted(plan.pins.items()):
        if not 1 <= month <= plan.months:
            raise refuse(
                f"The action {key} is pinned to month {month} of {plan.months}.",
                "Move the pin into the plan or take it out.",
            )
        if key in plan.excluded or key.partition("/")[0] in plan.excluded:
            raise refuse(
                f"The action {key} is both pinned and excluded.", "Take one of the two back."
            )


def _check_gap(audit: Audit, keys: tuple[str, ...], note: GapNote) -> None:
    question, slash, target = keys[0].partition("/")
    if not slash or (note.merged_into and "/" not in note.merged_into):
        raise refuse("A gap that was recorded has no note.", "Change the recorded gap itself.")
    _check_fits(audit, Target(target), QuestionId(question))
    seen, onward = {GapKey(keys[0])}, note.merged_into
    while onward:
        if onward in seen:
            raise refuse(f"The gap {keys[0]} would be merged into itself.", "Choose another gap.")
        seen.add(onward)
        following = audit.gap_notes.get(onward)
        onward = following.merged_into if following else None


def _check_own_action(audit: Audit, keys: tuple[str, ...], action: OwnAction) -> None:
    key = keys[0]
    for question, level in sorted(action.closes.items()):
        _check_fits(audit, action.target, question)
        if not 1 <= level <= 4:
            raise refuse(f"{key} leads {question} to level {level}.", "Choose a level from 1 to 4.")
    own = {ActionKey(f"{i}/{a.target}"): a for i, a in audit.own_actions.items() if i != key}
    own[ActionKey(f"{key}/{action.target}")] = action
    waiting, seen = list(action.prereqs), set[ActionKey]()
    while waiting:
        needed = waiting.pop()
        if needed == f"{key}/{action.target}":
            raise refuse(f"{key} would wait for itself.", "Take out one of the prerequisites.")
        if needed in own and needed not in seen:
            seen.add(needed)
            waiting += own[needed].prereqs


def _check_evidence(audit: Audit, keys: tuple[str, ...], record: Evidence) -> None:
    if record.target != keys[0]:
        raise refuse(
            f"The evidence is kept for {keys[0]} and speaks of {record.target}.",
            "Keep it for the target it is about.",
        )
    if record.question:
        _check_fits(audit, record.target, record.question)


def _check_vote(audit: Audit, _keys: tuple[str, ...], record: Vote) -> None:
    if _check_fits(audit, record.target, record.question):
        for _, said in sorted(record.ballots.items()):
            check_said(audit, record.question, said)


def _check_fits(audit: Audit, target: Target, question: QuestionId) -> bool:
    """False where a bank that was replaced lost the question, which the record named before."""
    if not is_defined(audit, Reference("", (), QuestionId, question)):
        return False
    check_question_fits(audit, target, question)
    return True


def _check_screening(audit: Audit, _keys: tuple[str, ...], record: Screening) -> None:
    known = {q.id for q in audit.bank.screen}
    for question in sorted(record.replies):
        if question not in known:
            raise refuse(f"The bank has no screening question {question}.", "Check its id.")


def _check_confirmation(_audit: Audit, _keys: tuple[str, ...], record: Confirmation) -> None:
    if not record.fingerprint:
        raise refuse("The confirmation names no answers.", "Confirm the answers of the workflow.")


_RULES: Mapping[Any, Callable[[Audit, tuple[str, ...], Any], None]] = {
    PlanSettings: _check_pins,
    GapNote: _check_gap,
    OwnAction: _check_own_action,
    Evidence: _check_evidence,
    Vote: _check_vote,
    Screening: _check_screening,
    Confirmation: _check_confirmation,
}
"""What only this kind of record must obey."""


def _copy(audit: Audit, name: str) -> Any:
    value = getattr(audit, name)
    if COLLECTION[name].depth == 2:
        return {key: dict(group) for key, group in value.items()}
    return dict(value) if COLLECTION[name].depth else value


def _gone(before: Audit, after: Audit) -> dict[Any, frozenset[str]]:
    """Ids, by kind, that `before` defines and `after` does not."""
    gone: dict[Any, frozenset[str]] = {}
    for kind, name in DEFINED_IN.items():
        if getattr(before, name) is not getattr(after, name):
            gone[kind] = defined(before, kind) - defined(after, kind)
    gone[Target] = frozenset[str]().union(*(gone.get(KEY_KINDS[n][0], ()) for n in TARGETS))
    return {kind: ids for kind, ids in gone.items() if ids}


def _missing(collection: str, keys: tuple[str, ...]) -> EditError:
    return refuse(f"There is no {'/'.join(keys)} in {collection}.", "Check the id.")


def _unknown(reference: Reference) -> EditError:
    what = reference.kind.__name__.removesuffix("Id").lower()
    where = "/".join((reference.collection, *reference.keys))
    return refuse(
        f"There is no {what} “{reference.id}”, which {where} would name.",
        "Add it first, or choose another.",
    )
