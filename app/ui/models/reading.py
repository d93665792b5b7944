"""What typed or pasted cells mean: values, people they name first, and what does not fit."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.edits.people import person_named
from app.domain.edits.ranges import check_values
from app.domain.ids import PersonId
from app.domain.landscape import Person
from app.errors import EditError
from app.ui.models.columns import Column, fitted, value_of
from app.ui.models.typed import refusal
from app.ui.page import translate

NAMED = 3
"""Cells or people that a sentence names before it counts the others."""


class Reading:
    """One block: each cell that does not fit is left out and named, the others are taken."""

    def __init__(self, audit: Audit, cells: int) -> None:
        self.audit = audit
        """With the people whom cells named so far."""
        self._before = audit
        self._is_alone = cells == 1
        self.refused: list[tuple[str, str]] = []
        """Where, and why."""

    @property
    def people(self) -> Mapping[PersonId, Person]:
        """Those who were not on the list before."""
        known = self._before.people
        return {id_: record for id_, record in self.audit.people.items() if id_ not in known}

    def refuse(self, row: int, why: str, column: str = "") -> None:
        place = translate("row {0}").format(row + 1)
        self.refused.append((f"{column}, {place}" if column else place, why))

    def values(
        self, columns: Sequence[Column], cells: Sequence[str], kind: Any, row: int
    ) -> dict[str, Any]:
        """Field to value for the cells of one row that fit."""
        fields = {f.name: f for f in msgspec.structs.fields(kind)}
        found = {}
        for column, text in zip(columns, cells, strict=False):
            if not column.is_editable:
                continue
            try:
                found[column.field] = fitted(self._meant(column, text), fields[column.field])
            except ValueError as error:
                self.refuse(row, str(error), column.title)
        return found

    def _meant(self, column: Column, text: str) -> Any:
        try:
            return value_of(column, self.audit, text)
        except ValueError:
            if not column.adds_people:
                raise
            self.audit, person = person_named(self.audit, text)
            return person

    def sound(
        self, record: Any, without: Any, fields: Mapping[str, Any], row: int, titles: dict[str, str]
    ) -> Any:
        """`record`, with the value of `without` where one cell of many cannot be right."""
        if self._is_alone:
            return record
        for name in fields:
            try:
                check_values(replace(without, **{name: getattr(record, name)}))
            except EditError as error:
                self.refuse(row, error.what.rstrip("."), titles.get(name, ""))
                record = replace(record, **{name: getattr(without, name)})
        return record

    def complaint(self, *, is_taken: bool) -> str:
        """Which cells were left out; empty where all were taken."""
        if not self.refused:
            return ""
        if self._is_alone and not is_taken:
            return refusal(self.refused[0][1])
        named = "; ".join(f"{where}: {why}" for where, why in self.refused[:NAMED])
        more = len(self.refused) - NAMED
        if more > 0:
            named = translate("{0}; and {1} more").format(named, more)
        if not is_taken:
            return translate("Nothing fits, and nothing was changed. {0}.").format(named)
        if len(self.refused) == 1:
            return translate("One cell was not taken, the rest was. {0}.").format(named)
        count = len(self.refused)
        return translate("{0} cells were not taken, the rest was. {1}.").format(count, named)

    def news(self) -> str:
        """Who was added to the people; empty where nobody was."""
        names = [record.name for record in self.people.values()]
        if not names:
            return ""
        said = ", ".join(names[:NAMED])
        if len(names) > NAMED:
            said = translate("{0} and {1} more").format(said, len(names) - NAMED)
        return translate("Added to the people: {0}. Undo takes everything back.").format(said)
