"""FIELD=VALUE words turned into typed values of a record."""

import types
import typing
from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

import click
import msgspec

from app.commands.naming import person_id, platform_id, source_id, workflow_id
from app.domain.audit import COLLECTION, Audit
from app.domain.ids import NOBODY, ORGANISATION, PersonId, PlatformId, Target, WorkflowId

WORDS = {"yes": True, "no": False, "true": True, "false": False}


class Kind(msgspec.Struct, frozen=True):
    """A kind of record as the command line names it, and the kinds of its ids in order."""

    collection: str
    ids: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    "organisation": Kind("organisation"),
    "plan": Kind("plan"),
    "platform": Kind("platforms", ("platform",)),
    "person": Kind("people", ("person",)),
    "workflow": Kind("workflows", ("workflow",)),
    "source": Kind("sources", ("source",)),
    "link": Kind("links", ("workflow", "source")),
    "stage": Kind("stages", ("workflow", "stage")),
    "policy": Kind("policies", ("policy",)),
    "evidence": Kind("evidence", ("target", "evidence")),
    "upgrade": Kind("upgrades", ("upgrade",)),
    "deployment": Kind("deployments", ("deployment",)),
    "decision": Kind("decisions", ("decision",)),
    "parking": Kind("parking", ("parking",)),
    "gap": Kind("own_gaps", ("gap",)),
}
ENFORCEMENT = Kind("enforcement", ("policy", "workflow"))


def address(audit: Audit, kind: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Collection and keys of KIND ID. Two ids are written FIRST/SECOND; `policy P/W` is the
    enforcement of policy P in workflow W. A kind of which there is one takes any id."""
    known = KINDS[kind]
    if not known.ids:
        return known.collection, ()
    if kind == "policy" and "/" in text and text not in audit.policies:
        policy, workflow = _split(ENFORCEMENT, kind, text)
        return ENFORCEMENT.collection, (workflow_id(audit, workflow), policy)
    parts = _split(known, kind, text)
    if len(parts) == 1:
        return known.collection, parts
    return known.collection, tuple(
        _existing(audit, name, part) for name, part in zip(known.ids, parts, strict=True)
    )


def _split(kind: Kind, name: str, text: str) -> tuple[str, ...]:
    if len(kind.ids) == 1:
        return (text,)
    parts = tuple(text.rsplit("/", 1))
    if len(parts) != 2 or not all(parts):
        shape = "/".join(word.upper() for word in kind.ids)
        raise click.UsageError(f"The id of a {name} is written {shape}, not “{text}”.")
    return parts


def _existing(audit: Audit, name: str, text: str) -> str:
    if name == "workflow":
        return workflow_id(audit, text)
    if name == "source":
        return source_id(audit, text)
    if name == "target":
        return target(audit, text)
    return text


def target(audit: Audit, text: str) -> Target:
    """`org`, or a workflow, platform or source by id or exact name."""
    if text == ORGANISATION:
        return ORGANISATION
    for records in (audit.workflows, audit.platforms, audit.sources):
        if text in records:
            return Target(text)
    return Target(workflow_id(audit, text))


def typed(audit: Audit, collection: str, pairs: tuple[str, ...]) -> dict[str, Any]:
    """The values of FIELD=VALUE words. UsageError names an unknown field or a wrong value."""
    hints = get_type_hints(COLLECTION[collection].kind)
    found: dict[str, Any] = {}
    for pair in pairs:
        field, equals, text = pair.partition("=")
        if not equals or field not in hints:
            raise click.UsageError(
                f"“{pair}” is not FIELD=VALUE with one of these fields: {', '.join(hints)}."
            )
        try:
            found[field] = _value(audit, hints[field], text)
        except (msgspec.ValidationError, ValueError) as error:
            raise click.UsageError(f"{field}: “{text}” does not fit: {error}.") from None
    return found


def _value(audit: Audit, hint: Any, text: str) -> Any:
    is_union = get_origin(hint) in (typing.Union, types.UnionType)
    options = get_args(hint) if is_union else (hint,)
    if type(None) in options and text.strip() in ("", "none"):
        return None
    plain = next(o for o in options if o is not type(None))
    if plain is PersonId:
        return NOBODY if text == NOBODY else person_id(audit, text)
    if plain is PlatformId:
        return platform_id(audit, text)
    if plain is WorkflowId:
        return workflow_id(audit, text)
    if plain is Target:
        return target(audit, text)
    if get_origin(plain) in (tuple, Mapping):
        return msgspec.convert(_structured(audit, plain, text), plain, strict=False)
    if plain is bool:
        text = str(WORDS.get(text.lower(), text)).lower()
    return msgspec.convert(text, plain, strict=False)


def _structured(audit: Audit, hint: Any, text: str) -> Any:
    """JSON, or `a; b` for a list, or `key=value; key=value` for a table."""
    if text.lstrip().startswith(("[", "{")):
        return msgspec.json.decode(text.encode())
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if get_origin(hint) is tuple:
        ids = get_args(hint)[0] is WorkflowId
        return [workflow_id(audit, part) if ids else part for part in parts]
    pairs = [part.rpartition("=") for part in parts]
    if not all(key for key, _, _ in pairs):
        raise ValueError("write KEY=VALUE; KEY=VALUE")
    return {key.strip(): value.strip() for key, _, value in pairs}
