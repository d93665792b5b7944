"""Lists to choose from in tables: closed sets in words, and records by name."""

from collections.abc import Callable, Iterator, Mapping
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
    """Records by name, with a blank first; one cell of thousands asks for one name.

    Only what is `offered` can be chosen; a name is given for every record.
    """

    def __init__(
        self, records: Mapping[Any, Any], offered: Callable[[Any], bool] = lambda _record: True
    ) -> None:
        self._records, self._offered = records, offered

    def __getitem__(self, id_: str) -> str:
        return self._records[id_].name if id_ else ""

    def __iter__(self) -> Iterator[str]:
        yield ""
        offered = (id_ for id_, record in self._records.items() if self._offered(record))
        yield from sorted(offered, key=lambda id_: (self[id_].casefold(), id_))

    def __len__(self) -> int:
        return sum(map(self._offered, self._records.values())) + 1


def people(audit: Audit) -> Mapping[str, str]:
    return Names(audit.people, lambda person: not person.is_seat)


def platforms(audit: Audit) -> Mapping[str, str]:
    return Names(audit.platforms)


def yes_or_no(words: Words) -> Choices:
    """For a fact that may be not recorded, which a tick cannot say."""
    made = {"": "", "True": words("fact.yes"), "False": words("fact.no")}
    return lambda _audit: made
