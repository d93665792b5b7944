"""Reads a question bank from a folder of TOML files, checks it, and writes one out for editing."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from shutil import rmtree
from typing import Any

import msgspec
import tomli_w
from msgspec import Struct

from app.domain.bank import (
    Action,
    Activity,
    Bank,
    Category,
    Lane,
    Mode,
    Question,
    Respondent,
    ScreenQuestion,
    Section,
    Stage,
    Step,
)
from app.errors import ExportFailed, ImportFailed
from app.exchange.bank_rules import Fault, content_faults, link_faults
from app.resource import resource

RECORDS: Mapping[str, type[Struct]] = {
    "categories": Category,
    "activities": Activity,
    "sections": Section,
    "respondents": Respondent,
    "questions": Question,
    "actions": Action,
    "stages": Stage,
    "screen": ScreenQuestion,
    "lanes": Lane,
    "modes": Mode,
}
OWN_FILE = {
    "questions": "questions.toml",
    "actions": "actions.toml",
    "stages": "stages.toml",
    "screen": "screening.toml",
    "lanes": "screening.toml",
    "modes": "modes.toml",
}
FRAME = "bank.toml"
FILES = (FRAME, *dict.fromkeys(OWN_FILE.values()))
NOT_TAKEN = "the bank has not been taken"
PATH = re.compile(r"(?P<why>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
PLACE = re.compile(r"\.(?P<list>\w+)(?:\[(?P<row>\d+)\])?\.?(?P<field>.*)")


def default_bank() -> Bank:
    """The bank the product ships."""
    return load_bank(resource("bank"))


def load_bank(folder: Path) -> Bank:
    """The bank in a folder: FILES, each holding fields of `Bank`.

    Cross-walk ids are checked against the shipped list, whoever wrote the bank. Raises
    ImportFailed, naming file, question and field.
    """
    verified = verified_crosswalk()
    raw: dict[str, Any] = {"crosswalk_sources": {k: v.source for k, v in verified.items()}}
    for name in FILES:
        raw |= _fields_of(name, read_toml(folder / name, NOT_TAKEN))
    for fault in _unknown_fields(raw):
        raise ImportFailed(_sentence(fault))
    try:
        bank = msgspec.convert(raw, Bank)
    except msgspec.ValidationError as error:
        raise ImportFailed(_sentence(_misfit(str(error), raw))) from None
    ids = {name: listed.ids for name, listed in verified.items()}
    for fault in chain(link_faults(bank), content_faults(bank, ids)):
        raise ImportFailed(_sentence(fault))
    return bank


def dump_bank(bank: Bank, folder: Path) -> None:
    """Write the bank so that `load_bank` gives the same value; never over files that are there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportFailed(f"{folder} is not an empty folder; nothing has been written there.")
    raw = plain(bank)
    part = folder.with_name(folder.name + ".part")
    try:
        part.mkdir(parents=True)
        for name in FILES:
            fields = {k: v for k, v in raw.items() if OWN_FILE.get(k, FRAME) == name}
            (part / name).write_text(tomli_w.dumps(fields), encoding="utf-8")
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as error:
        rmtree(part, ignore_errors=True)
        raise ExportFailed(
            f"The bank could not be written to {folder}: {error.strerror}."
        ) from error


class Listed(Struct, frozen=True):
    """The ids of one framework that were read in its source."""

    source: str
    ids: frozenset[str]


def verified_crosswalk() -> Mapping[str, Listed]:
    """Framework to the only ids a cross-walk may use."""
    raw = read_toml(resource("bank", "crosswalk.toml"), NOT_TAKEN)
    return msgspec.convert(raw, dict[str, Listed])


def read_toml(path: Path, outcome: str) -> dict[str, Any]:
    """A TOML file as a mapping. Raises ImportFailed in one sentence that ends with `outcome`."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ImportFailed(f"{path} cannot be read ({error.strerror}); {outcome}.") from None
    except UnicodeDecodeError:
        raise ImportFailed(f"{path.name} is not UTF-8 text; {outcome}.") from None
    except tomllib.TOMLDecodeError as error:
        raise ImportFailed(f"{path.name} is not valid TOML: {error}; {outcome}.") from None
    except RecursionError:
        raise ImportFailed(f"{path.name} is nested too deeply; {outcome}.") from None


def plain(value: Any) -> Any:
    """Structs as mappings without the fields that stand at their default."""
    if isinstance(value, Struct):
        fields = ((f, getattr(value, f.name)) for f in msgspec.structs.fields(value))
        return {f.name: plain(v) for f, v in fields if f.required or v != f.default}
    if isinstance(value, Mapping):
        return {key: plain(value[key]) for key in value}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return msgspec.to_builtins(value)


def _fields_of(name: str, raw: dict[str, Any]) -> dict[str, Any]:
    known = {f.name for f in msgspec.structs.fields(Bank)}
    for field in raw:
        home = OWN_FILE.get(field, FRAME) if field in known else None
        if home != name:
            where = f"belongs in {home}" if home else "is no field of a bank"
            raise ImportFailed(f"{name}: {field} {where}; {NOT_TAKEN}.")
    return raw


def _unknown_fields(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Fields a record does not have: a misspelt optional field would otherwise be lost."""
    for name, kind in RECORDS.items():
        known = set(kind.__struct_fields__)
        rows = raw.get(name, ())
        for row, record in enumerate(rows if isinstance(rows, list) else ()):
            if not isinstance(record, dict):
                continue
            steps = record.get("steps", ()) if kind is Question else ()
            inner = [s for s in steps if isinstance(s, dict)] if isinstance(steps, list) else []
            extra = set(record) - known
            extra |= {f"steps.{key}" for s in inner for key in set(s) - set(Step.__struct_fields__)}
            for field in sorted(extra):
                yield Fault(name, _id(raw, name, row), field, "is no field of it")


def _misfit(message: str, raw: Mapping[str, Any]) -> Fault:
    """A conversion error as a fault: its path becomes list, record and field."""
    found = PATH.fullmatch(message)
    why, path = (found["why"], found["path"] or "") if found else (message, "")
    place = PLACE.fullmatch(path)
    if place is None:
        return Fault("", "", path, why)
    record = _id(raw, place["list"], int(place["row"])) if place["row"] else ""
    return Fault(place["list"], record, place["field"], why)


def _id(raw: Mapping[str, Any], name: str, row: int) -> str:
    record = raw[name][row]
    found = record.get("id") if isinstance(record, dict) else None
    return found if isinstance(found, str) and found else f"number {row + 1}"


def _sentence(fault: Fault) -> str:
    """File, record, field and what is wrong, as one sentence."""
    where = [OWN_FILE.get(fault.field_of, FRAME), fault.field_of]
    where[1:] = [" ".join(part for part in (fault.field_of, fault.record) if part)]
    if fault.field:
        where.append(f"field {fault.field}")
    return f"{', '.join(part for part in where if part)}: {fault.why.rstrip('.')}; {NOT_TAKEN}."
