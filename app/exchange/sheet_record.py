"""What a report's workbook says about itself in its hidden sheets."""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from app.domain.edits.read_back import FIELDS, Register
from app.errors import ImportFailed
from app.exchange.sheet_book import SheetBook

SCHEMA: Final = "plumbline-sheet/1"
CONTROL, COLUMNS, LISTS, WRITTEN = "_control", "_columns", "_lists", "_written"
KEY: Final = "plumbline:key"
EXTERNAL: Final = "external"


Texts = list[list[str]]


class Written(Struct, frozen=True):
    """What an open cell held: the record's value and the text that stood there."""

    value: str
    text: str


class SheetRecord(Struct, frozen=True):
    sequence: int
    chain_head: str
    audience: str
    sheets: Mapping[Register, str]
    """Register to the name of its sheet."""
    columns: Mapping[Register, Mapping[str, str]]
    """Register to its open fields with the headings they had."""
    choices: Mapping[tuple[Register, str], Mapping[str, str]]
    """Register and field to what may be chosen: plain text to code."""
    written: Mapping[tuple[Register, str, str], Written]
    """Register, record and field to what stood there; empty cells are left out."""
    keys: Mapping[Register, frozenset[str]]


def sheet_record(book: SheetBook, hash_at: Callable[[int], str | None]) -> SheetRecord:
    """The hidden sheets of a workbook. Raises ImportFailed in one sentence."""
    file = book.file
    if CONTROL not in book.names:
        raise ImportFailed(
            f"{file} carries no record of a Plumbline report, so it cannot be read back; nothing "
            "has been taken. Write the sheet with `report --format xlsx` and change that one."
        )
    control = {row[0]: row[1] for row in book.texts(CONTROL, 2)}
    _expect_ours(control, file)
    sequence = int(control["sequence"]) if control.get("sequence", "").isdecimal() else -1
    head = control.get("chain_head", "")
    if not head or hash_at(sequence) != head:
        raise ImportFailed(
            f"{file} was not made from this audit but from {control.get('file') or 'another one'}, "
            f"entry {sequence}; nothing has been taken. Read it back there, or write a sheet "
            "from this audit."
        )
    missing = [name for name in (COLUMNS, LISTS, WRITTEN) if name not in book.names]
    if missing:
        raise ImportFailed(
            f"{file} has lost its hidden sheet {missing[0]}, so nobody can tell what was changed; "
            "nothing has been taken. Use the workbook as the program wrote it."
        )
    written, keys = _written(book.texts(WRITTEN, 5))
    names, columns = _columns(book.texts(COLUMNS, 5))
    return SheetRecord(
        sequence,
        head,
        control.get("audience", ""),
        names,
        columns,
        _choices(book.texts(LISTS)),
        written,
        keys,
    )


def _expect_ours(control: Mapping[str, str], file: str) -> None:
    schema = control.get("schema", "")
    if schema != SCHEMA:
        raise ImportFailed(
            f"{file} was written as “{schema[:40]}” and this program reads {SCHEMA}; nothing has "
            "been taken. Read it back with the program that wrote it."
        )
    if control.get("audience") == EXTERNAL:
        raise ImportFailed(
            f"{file} was made for external readers: stand-in names cannot be read back; nothing "
            "has been taken. Change a sheet made for the audience full or executive."
        )


def _columns(
    rows: Texts,
) -> tuple[Mapping[Register, str], Mapping[Register, Mapping[str, str]]]:
    names: dict[Register, str] = {}
    columns: dict[Register, dict[str, str]] = {}
    for register, name, field, title, _ in (row[:5] for row in rows):
        if register in set(Register) and field in FIELDS[Register(register)]:
            names[Register(register)] = name
            columns.setdefault(Register(register), {})[field] = title
    return names, columns


def _choices(rows: Texts) -> Mapping[tuple[Register, str], Mapping[str, str]]:
    """Lists stand side by side, each with its codes to the right and its name on top."""
    found: dict[tuple[Register, str], dict[str, str]] = {}
    for at, name in enumerate(rows[0] if rows else ()):
        register, _, field = name.partition(".")
        if field and register in set(Register):
            pairs = ((row[at], row[at + 1]) for row in rows[1:] if at + 1 < len(row))
            found[Register(register), field] = {plain(t): code for t, code in pairs if t}
    return found


def _written(
    rows: Texts,
) -> tuple[Mapping[tuple[Register, str, str], Written], Mapping[Register, frozenset[str]]]:
    found: dict[tuple[Register, str, str], Written] = {}
    keys: dict[Register, set[str]] = {register: set() for register in Register}
    for register, key, field, value, text in (row[:5] for row in rows):
        if register in set(Register):
            found[Register(register), key, field] = Written(value, text)
            keys[Register(register)].add(key)
    return found, {register: frozenset(group) for register, group in keys.items()}


def plain(text: str) -> str:
    """What two texts of a list have in common, however they are spaced or capitalised."""
    return " ".join(text.split()).casefold()
