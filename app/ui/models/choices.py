"""Lists to choose from in tables: closed sets in words, and records by name."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from app.domain.audit import Audit
from app.ui.models.columns import Choices
from app.words import Words


def choices_of(words: Words, members: type[StrEnum], table: str) -> Choices:
    """Members of a closed set in words, with a blank for not recorded."""
    made = {"": "", **{member.value: words.of(member, table) for member in members}}
    return lambda _audit: made


class Names(Mapping[str, str]):
    """Records by name, with a blank first; one cell of thousands asks for one name."""

    def __init__(self, records: Mapping[Any, Any]) -> None:
        self._records = records

    def __getitem__(self, id_: str) -> str:
        return self._records[id_].name if id_ else ""

    def __iter__(self) -> Iterator[str]:
        yield ""
        yield from sorted(self._records, key=lambda id_: (self[id_].casefold(), id_))

    def __len__(self) -> int:
        return len(self._records) + 1


def people(audit: Audit) -> Mapping[str, str]:
    return Names(audit.people)


def platforms(audit: Audit) -> Mapping[str, str]:
    return Names(audit.platforms)


def yes_or_no(words: Words) -> Choices:
    """For a fact that may be not recorded, which a tick cannot say."""
    made = {"": "", "True": words("fact.yes"), "False": words("fact.no")}
    return lambda _audit: made
