"""Reads the texts of the shipped bank in another language from resources/bank/<language>."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from app.domain.bank import Bank
from app.domain.bank_texts import (
    FRAME_TEXTS,
    KEYED_TEXTS,
    RECORD_TEXTS,
    BankTexts,
    Text,
    translated,
)
from app.errors import ImportFailed
from app.exchange.bank_toml import default_bank, read_toml
from app.resource import resource

NOT_TAKEN: Final = "the translation has not been taken"
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")


def read_bank_texts(language: str) -> BankTexts | None:
    """The shipped texts of a language, else of the language without its region, else None.

    Raises ImportFailed as `load_bank_texts` does.
    """
    if not LANGUAGE.fullmatch(language):
        return None
    for name in (language, language.split("-", maxsplit=1)[0]):
        folder = resource("bank", name)
        if folder.is_dir():
            return load_bank_texts(folder, default_bank())
    return None


def bank_in(bank: Bank, language: str) -> Bank:
    """The bank with the shipped texts of a language; itself where it is that or there are none.

    Raises ImportFailed as `load_bank_texts` does.
    """
    texts = read_bank_texts(language)
    if texts is None or texts.language == bank.language:
        return bank
    return translated(bank, default_bank(), texts)


def load_bank_texts(folder: Path, shipped: Bank) -> BankTexts:
    """The texts in the TOML files of a folder, whose name is the language.

    A file holds texts of the bank's frame, tables by key such as `facts`, and tables by id such
    as `[questions.WF-01]`. Raises ImportFailed, naming file, record and field, for an id or field
    that the shipped bank does not have, another number of lines, an empty text, and a text that
    is given twice.
    """
    names = ("frame", *KEYED_TEXTS, *RECORD_TEXTS)
    found: dict[str, Any] = {name: {} for name in names}
    for path in sorted(folder.glob("*.toml")):
        for table, record, field, text in _entries(path.name, read_toml(path, NOT_TAKEN)):
            place = found[table].setdefault(record, {}) if record else found[table]
            where = " ".join(part for part in (table, record, field) if part)
            if field in place:
                raise _failed(path.name, where, "the text is given twice")
            place[field] = _text(path.name, where, text, _english(shipped, table, record, field))
    return BankTexts(language=folder.name, **found)


def _entries(name: str, raw: Mapping[str, Any]) -> Iterator[tuple[str, str, str, object]]:
    """Table, record, field and text of all in a file; frame and keyed texts have no record."""
    for table, value in raw.items():
        if table in FRAME_TEXTS:
            yield "frame", "", table, value
        elif table not in (*KEYED_TEXTS, *RECORD_TEXTS):
            raise _failed(name, table, "a bank has no such text")
        elif not isinstance(value, dict):
            raise _failed(name, table, "a table is needed here")
        elif table in KEYED_TEXTS:
            yield from ((table, "", key, text) for key, text in value.items())
        else:
            for record, texts in value.items():
                if not isinstance(texts, dict):
                    raise _failed(name, f"{table} {record}", "a table is needed here")
                yield from ((table, record, field, text) for field, text in texts.items())


def _english(shipped: Bank, table: str, record: str, field: str) -> Text | None:
    """The text that is translated; None where the shipped bank has none there."""
    if table == "frame":
        return getattr(shipped, field) or None
    if table in KEYED_TEXTS:
        found: Mapping[str, str] = getattr(shipped, table)
        return found.get(field)
    english = next((r for r in getattr(shipped, table) if r.id == record), None)
    return getattr(english, field) or None if english and field in RECORD_TEXTS[table] else None


def _text(name: str, where: str, text: object, english: Text | None) -> Text:
    if english is None:
        raise _failed(name, where, "the shipped bank has no such text")
    if isinstance(english, str):
        if isinstance(text, str) and text.strip():
            return text
        raise _failed(name, where, "one text that is not empty is needed")
    lines = tuple(text) if isinstance(text, list) else ()
    full = all(isinstance(line, str) and line.strip() for line in lines)
    if not full or not len(set(lines)) == len(lines) == len(english):
        raise _failed(name, where, f"{len(english)} different texts are needed")
    return lines


def _failed(name: str, where: str, why: str) -> ImportFailed:
    return ImportFailed(f"{name}, {where}: {why}; {NOT_TAKEN}.")
