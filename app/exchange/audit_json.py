"""The whole audit as JSON: readable, in a stable order, lossless both ways."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from app.domain.answers import Reply, Said
from app.domain.audit import COLLECTIONS, Audit
from app.domain.edits.ranges import check_id, check_values
from app.domain.references import dangling, records
from app.domain.shapes import DEFINED_IN, KEY_KINDS
from app.errors import EditError, ExportFailed, ImportFailed
from app.exchange.bank_rules import link_faults
from app.exchange.reference_rules import faults as reference_faults

SCHEMA = "plumbline-audit"
VERSION = 1
NOT_TAKEN = "nothing has been taken"
HALF: Final = re.compile(
    rb"\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f][0-9a-f]{2})|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}",
    re.IGNORECASE,
)
"""One escape of a pair without the other."""


class Header(Struct, frozen=True):
    schema: str
    version: int


class Whole(Struct, frozen=True):
    schema: str
    version: int
    audit: Audit


def audit_to_json(audit: Audit) -> bytes:
    """UTF-8 JSON with schema name and version; equal audits give equal bytes.

    Fields stand in the order of their types, ids are sorted. Raises ExportFailed where JSON cannot
    hold a value, such as a number that is not finite, instead of losing it.
    """
    whole = Whole(SCHEMA, VERSION, audit)
    try:
        packed = msgspec.json.encode(whole, order="deterministic")
        same = msgspec.json.decode(packed, type=Whole) == whole
    except (msgspec.MsgspecError, UnicodeError, ValueError, RecursionError) as error:
        raise ExportFailed(f"The audit cannot be written as JSON: {error}.") from error
    if not same:
        raise ExportFailed(
            "The audit holds a number that JSON cannot hold; nothing has been written. "
            "`check` shows which one."
        )
    return msgspec.json.format(packed, indent=2) + b"\n"


def audit_from_json(data: bytes) -> Audit:
    """The audit of `audit_to_json`. Raises ImportFailed in one sentence that names the path."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        header = msgspec.json.decode(data, type=Header)
        if header.schema != SCHEMA:
            raise ImportFailed(f"This is not an audit but “{header.schema[:80]}”; {NOT_TAKEN}.")
        if header.version != VERSION:
            raise ImportFailed(
                f"The audit was written as version {header.version} and this program reads version "
                f"{VERSION}; {NOT_TAKEN}. Restore it with the program that wrote it."
            )
        audit = msgspec.json.decode(data, type=Whole).audit
        lost = _lost(msgspec.json.decode(data), msgspec.to_builtins(Whole(SCHEMA, VERSION, audit)))
    except (msgspec.MsgspecError, UnicodeError, ValueError) as error:
        why = _half_a_character(data) or f"This is not an audit: {error}; {NOT_TAKEN}."
        raise ImportFailed(why) from error
    except RecursionError as error:
        raise ImportFailed(f"The file is nested too deeply; {NOT_TAKEN}.") from error
    fault = f"${lost} is unknown" if lost else _fault(audit)
    if fault:
        raise ImportFailed(f"The audit is not sound: {' '.join(fault.split())}; {NOT_TAKEN}.")
    return audit


def _half_a_character(data: bytes) -> str:
    """A sentence where a text holds one half of a pair that only together is a character."""
    found = HALF.search(data)
    if not found:
        return ""
    line = data.count(b"\n", 0, found.start()) + 1
    return (
        f"A text in line {line} holds half a character ({found[0].decode()}), which no file can "
        f"keep; it may come from a damaged copy or a wrong encoding. {NOT_TAKEN.capitalize()}. "
        "Remove it there or write the whole character, and try again."
    )


def _lost(raw: Any, kept: Any) -> str:
    """Path of the first field that reading left out: a newer or misspelt one must not vanish."""
    if isinstance(raw, dict) and isinstance(kept, dict):
        for key, value in raw.items():
            if key not in kept:
                return f".{key}"
            found = _lost(value, kept[key])
            if found:
                return f".{key}{found}"
    elif isinstance(raw, list) and isinstance(kept, list):
        for row, (value, own) in enumerate(zip(raw, kept, strict=True)):
            found = _lost(value, own)
            if found:
                return f"[{row}]{found}"
    return ""


def _fault(audit: Audit) -> str:
    """What no edit would have let into the record, with its path; empty where there is none."""
    for broken in link_faults(audit.bank):
        path = ".".join(part for part in (broken.field_of, broken.record, broken.field) if part)
        return f"$.audit.bank.{path}: {broken.why}"
    for field, why in reference_faults(audit.reference):
        return f"$.audit.reference.{field}: {why}"
    if set(audit.reference.shares) != {c.id for c in audit.bank.categories}:
        return "$.audit.reference.shares: other categories than the bank's"
    for collection in COLLECTIONS[2:]:
        for keys, record in records(audit, collection.name):
            why = _id_fault(collection.name, keys) or _value_fault(record)
            if why:
                return f"$.audit.{'.'.join((collection.name, *keys))}: {why}"
    for reference in dangling(audit):
        path = ".".join((reference.collection, *reference.keys))
        return f"$.audit.{path}: there is no “{reference.id}”"
    return ""


def _id_fault(collection: str, keys: tuple[str, ...]) -> str:
    if not keys or DEFINED_IN.get(KEY_KINDS[collection][-1]) != collection:
        return ""
    try:
        check_id(collection, keys[-1])
    except EditError as error:
        return _why(error)
    return ""


def _why(error: EditError) -> str:
    return str(error).partition(" Nothing was changed.")[0].rstrip(".")


def _value_fault(record: Struct) -> str:
    try:
        check_values(record)
    except EditError as error:
        return _why(error)
    for said in _spoken(record):
        level = said.level if said.level is not None else -1
        if (said.reply is Reply.LEVEL) != (0 <= level <= 4):
            return f"“{said.reply}” does not go with level {said.level}"
    return ""


def _spoken(record: Struct) -> list[Said]:
    fields = (getattr(record, name) for name in record.__struct_fields__)
    parts = [v for f in fields for v in (f.values() if isinstance(f, Mapping) else (f,))]
    return [part for part in parts if isinstance(part, Said)]
