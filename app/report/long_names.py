"""Names too long for a table: cut wherever they stand, numbered, and whole in one annex."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from msgspec.structs import replace

from app.domain import disagreement
from app.domain.audit import Audit
from app.domain.ids import ORGANISATION, Target
from app.report.draft import Draft, cut, plain
from app.report.frame import HEAD_TEXT
from app.report.model import Brief, Row, Section, Table
from app.report.redaction import LongName, Names
from app.words import Words

NAME_SIGNS: Final = 72
"""Characters of a name that stand in a report, before its number."""
K = TypeVar("K", bound=str)


class _Shortener:
    """Cuts names and keeps what it cut; the same text of a kind keeps its number."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._found: dict[tuple[str, str], LongName] = {}

    @property
    def found(self) -> tuple[LongName, ...]:
        return tuple(self._found.values())

    def name(self, kind: str, text: str) -> str:
        """The name, or its beginning with the number under which the annex has it whole."""
        head = cut(text, NAME_SIGNS)
        if head == text:
            return text
        if (kind, text) not in self._found:
            short = self._words("label.name_cut", name=head, n=len(self._found) + 1)
            self._found[kind, text] = LongName(kind, short, text)
        return self._found[kind, text].short

    def group(self, kind: str, names: Mapping[K, str]) -> dict[K, str]:
        return {key: self.name(kind, text) for key, text in sorted(names.items())}


def shortened(door: Names, audit: Audit) -> Names:
    """The same door with every long name cut, and those that it cut."""
    short = _Shortener(door.words)
    people = short.group("person", door.people)
    targets = dict(door.targets)
    for kind, records in (
        ("workflow", audit.workflows),
        ("platform", audit.platforms),
        ("source", audit.sources),
        ("organisation", {ORGANISATION: None}),
    ):
        keys = [Target(str(key)) for key in records]
        targets |= short.group(kind, {key: targets[key] for key in keys})
    roles = {} if door.is_external else _roles(door, audit)
    return replace(
        door,
        people=people,
        targets=targets,
        units=short.group("unit", door.units),
        suppliers=short.group("supplier", door.suppliers),
        organisation=short.name("organisation", door.organisation),
        roles={role: short.name("role", text) for role, text in roles.items()},
        long=short.found,
    )


def _roles(door: Names, audit: Audit) -> Mapping[str, str]:
    found = {disagreement.role_of(audit, person) for person in audit.people}
    return {role: door.known(role) for role in sorted(found)}


def names_annex(draft: Draft) -> Section | None:
    """Every name that is cut elsewhere, whole; None where none is."""
    table = names_table(draft)
    if not table.rows:
        return None
    heading = draft.say("names.heading", n=len(table.rows))
    return Section("names", draft.words("section.names"), heading, (), (table,))


def names_table(draft: Draft) -> Table:
    """Kind, what is printed and the whole name."""
    columns = (
        draft.column("kind", 0.35),
        draft.column("name_printed", 1),
        draft.column("name_whole", 2.4),
    )
    found = (*draft.names.long, *_heads(draft))
    rows = tuple(
        Row(
            f"name-{n}",
            (plain(draft.words(f"kind.{name.kind}")), plain(name.short), plain(name.whole)),
        )
        for n, name in enumerate(found, 1)
    )
    return Table("names", draft.words("section.names"), columns, rows)


def _heads(draft: Draft) -> Iterator[LongName]:
    """Title and classification where the head of the page cuts them."""
    if draft.names.is_external:
        return
    organisation, brand = draft.audit.organisation, draft.request.brand
    classification = organisation.classification or brand.classification
    for kind, typed in (("title", organisation.title), ("classification", classification)):
        whole = draft.names.known(typed)
        short = cut(whole, HEAD_TEXT)
        if short != whole:
            yield LongName(kind, short, whole)


def pointed(draft: Draft, page: Brief) -> Brief:
    """Page 1 with a line that says where the names stand whole, if any is cut."""
    n = len(names_table(draft).rows)
    if not n:
        return page
    line = draft.say("names.cut", n=n, annex=draft.words("section.names"))
    return replace(page, care=replace(page.care, lines=(*page.care.lines, line)))
