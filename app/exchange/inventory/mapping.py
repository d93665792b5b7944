"""Which column of an inventory means what, as a value and as a small TOML file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec
import tomli_w
from msgspec import Struct

from app.domain.answers import Presence
from app.domain.ids import QuestionId
from app.domain.landscape import Lifecycle, PersonalData
from app.errors import ImportFailed
from app.resource import resource

EVIDENCE_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
ENDING = ".toml"


class Columns(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Columns whose texts are put together, those with no text left out."""

    columns: tuple[str, ...]
    join: str = " / "
    ignore: tuple[str, ...] = ()
    """Texts that say nothing here; `*` stands for anything, as in every table of a mapping."""


class LifecycleColumn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Text to lifecycle; without a table common English words are understood."""

    column: str
    values: Mapping[str, Lifecycle] = {}


class PersonalDataColumn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    column: str
    values: Mapping[str, PersonalData] = {}


class DateColumn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    column: str
    order: Literal["", "mdy", "dmy"] = ""


class Fields(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Fields of a workflow; only the name must be given."""

    name: Columns
    source_id: Columns | None = None
    unit: Columns | None = None
    owner: Columns | None = None
    """A name; taken only where a person of the audit has exactly that name."""
    purpose: Columns | None = None
    lifecycle: LifecycleColumn | None = None
    personal_data: PersonalDataColumn | None = None
    go_live: DateColumn | None = None
    model: Columns | None = None
    provider: Columns | None = None


class ContextColumns(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A text about the data a workflow uses becomes a context source of that workflow."""

    columns: tuple[str, ...]
    place: str = ""
    """Column that says where the data is."""
    ignore: tuple[str, ...] = ()


class EvidenceColumn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A column that says whether something exists. It becomes evidence, never an answer."""

    id: str
    column: str
    title: str
    question: QuestionId | None = None
    """The question of the bank that the evidence bears on."""
    values: Mapping[str, Presence] = {}
    """Text to presence, before the common words; what neither knows is unknown."""


class InventoryMapping(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    name: str
    fields: Fields
    title: str = ""
    fits: tuple[str, ...] = ()
    """A file with all of these headers is taken to be of this kind."""
    boilerplate: tuple[str, ...] = ()
    """Texts repeated for form's sake: no purpose, no source and no evidence."""
    context: ContextColumns | None = None
    evidence: tuple[EvidenceColumn, ...] = ()


def load_mapping(path: Path) -> InventoryMapping:
    """A mapping from its file. Raises ImportFailed naming the file and the field at fault."""
    try:
        mapping = msgspec.convert(tomllib.loads(path.read_text("utf-8")), InventoryMapping)
    except OSError as error:
        raise ImportFailed(
            f"The mapping {path} could not be read ({error.strerror}); nothing has been taken. "
            f"Shipped mappings are: {', '.join(shipped_names())}."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _fault(path, f"it is no TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise _fault(path, str(error).replace("`$.", "`")) from error
    for fault in _faults(mapping):
        raise _fault(path, fault)
    return mapping


def dump_mapping(mapping: InventoryMapping) -> str:
    """The text of a mapping's file; loading it gives the same mapping."""
    return tomli_w.dumps(msgspec.to_builtins(mapping), multiline_strings=False)


def find_mapping(name: str) -> InventoryMapping:
    """A shipped mapping by its name, else the file of that path. Raises ImportFailed."""
    if name in shipped_names():
        return load_mapping(resource("mappings", name + ENDING))
    return load_mapping(Path(name))


def shipped_names() -> tuple[str, ...]:
    """Names of the mappings that come with the program, in alphabetical order."""
    return tuple(sorted(path.stem for path in resource("mappings").glob("*" + ENDING)))


def named_columns(mapping: InventoryMapping) -> tuple[str, ...]:
    """Every header the mapping names, each once."""
    return tuple(dict.fromkeys(header for _, header in _uses(mapping)))


def field_columns(mapping: InventoryMapping) -> Mapping[str, tuple[str, ...]]:
    """Our field to the headers it comes from; `evidence.ID` and `context` count as fields."""
    found: dict[str, tuple[str, ...]] = {}
    for field, header in _uses(mapping):
        found[field] = (*found.get(field, ()), header)
    return found


def _uses(mapping: InventoryMapping) -> Iterator[tuple[str, str]]:
    for field in Fields.__struct_fields__:
        use = getattr(mapping.fields, field)
        if isinstance(use, Columns):
            yield from ((field, header) for header in use.columns)
        elif use is not None:
            yield field, use.column
    if mapping.context is not None:
        yield from (("context", header) for header in mapping.context.columns)
        if mapping.context.place:
            yield "context", mapping.context.place
    yield from ((f"evidence.{each.id}", each.column) for each in mapping.evidence)


def _faults(mapping: InventoryMapping) -> Iterator[str]:
    if not mapping.fields.name.columns:
        yield "it names no column - at `fields.name.columns`"
    seen: set[str] = set()
    for i, each in enumerate(mapping.evidence):
        if not EVIDENCE_ID.fullmatch(each.id):
            yield f"only letters, digits, - and _ can be in an id - at `evidence[{i}].id`"
        if not each.title.strip():
            yield f"it is empty - at `evidence[{i}].title`"
        if each.id in seen:
            yield f"“{each.id}” is there twice - at `evidence[{i}].id`"
        seen.add(each.id)


def _fault(path: Path, why: str) -> ImportFailed:
    return ImportFailed(f"The mapping {path.name} cannot be used: {why}; nothing has been taken.")
