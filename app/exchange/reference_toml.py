"""Reads and writes a reference set: the dated assumptions an estimate stands on, as TOML."""

from pathlib import Path

import msgspec
import tomli_w

from app.domain.bank import Citation, ReferenceSet
from app.domain.bank_texts import ReferenceTexts, reference_in_words
from app.errors import ExportFailed, ImportFailed
from app.exchange.bank_toml import plain, read_toml
from app.exchange.bank_translation import LANGUAGE
from app.exchange.reference_rules import faults
from app.resource import resource

NOT_TAKEN = "the reference set has not been taken"


def default_reference() -> ReferenceSet:
    """The reference set the product ships."""
    return load_reference(resource("bank", "reference-2026-1.toml"))


def reference_in(reference: ReferenceSet, language: str) -> ReferenceSet:
    """The set with the shipped texts of a language; itself where there are none.

    Raises ImportFailed where these texts cannot be read.
    """
    shipped = default_reference()
    for name in (language, language.split("-", maxsplit=1)[0]):
        path = resource("bank", name, "reference", f"{shipped.id}.toml")
        if LANGUAGE.fullmatch(language) and path.is_file():
            raw = read_toml(path, NOT_TAKEN)
            try:
                return reference_in_words(reference, shipped, msgspec.convert(raw, ReferenceTexts))
            except (msgspec.ValidationError, ValueError) as error:
                raise ImportFailed(f"{path.name}: {error}; {NOT_TAKEN}.") from None
    return reference


def load_reference(path: Path) -> ReferenceSet:
    """A checked reference set. Raises ImportFailed, naming file and field."""
    raw = read_toml(path, NOT_TAKEN)
    citations = raw.get("citations", ())
    extra = set(raw) - set(ReferenceSet.__struct_fields__)
    for citation in citations if isinstance(citations, list) else ():
        if isinstance(citation, dict):
            extra |= {f"citations.{k}" for k in set(citation) - set(Citation.__struct_fields__)}
    for field in sorted(extra):
        why = "is no field of a reference set"
        raise ImportFailed(f"{path.name}: {field} {why}; {NOT_TAKEN}.")
    try:
        reference = msgspec.convert(raw, ReferenceSet)
    except msgspec.ValidationError as error:
        raise ImportFailed(f"{path.name}: {error}; {NOT_TAKEN}.") from None
    for field, why in faults(reference):
        raise ImportFailed(f"{path.name}, field {field}: {why}; {NOT_TAKEN}.")
    return reference


def dump_reference(reference: ReferenceSet, path: Path) -> None:
    """Write the set so that `load_reference` gives the same value; never over a file."""
    if path.exists():
        raise ExportFailed(f"{path} is already there; nothing has been written.")
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(tomli_w.dumps(plain(reference)), encoding="utf-8")
        part.rename(path)
    except OSError as error:
        raise ExportFailed(f"{path} could not be written: {error.strerror}.") from error
