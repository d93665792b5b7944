"""Names and typed text on their way into the report; nothing typed reaches it by another door."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from app.charts.frame import initials_of
from app.domain.audit import Audit
from app.domain.ids import (
    NOBODY,
    ORGANISATION,
    PersonId,
    PlatformId,
    SourceId,
    Target,
    WorkflowId,
)
from app.report.model import Audience
from app.words import Words

SHORTEST_PART: Final = 3


class LongName(Struct, frozen=True):
    """A name that is cut: its kind, how it stands in a document, and the whole of it."""

    kind: str
    short: str
    whole: str


class Names(Struct, frozen=True):
    """What each record is called for one audience. Source: report.md, redaction table."""

    audience: Audience
    words: Words
    clean: Callable[[str], str]
    people: Mapping[PersonId, str]
    initials: Mapping[PersonId, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    targets: Mapping[Target, str] = {}
    keys: Mapping[Target, str] = {}
    units: Mapping[str, str] = {}
    suppliers: Mapping[str, str] = {}
    organisation: str = ""
    roles: Mapping[str, str] = {}
    """Long roles as they are printed; every other one passes through `known`."""
    long: tuple[LongName, ...] = ()
    """Names that `long_names.shortened` has cut."""

    @property
    def is_external(self) -> bool:
        return self.audience is Audience.EXTERNAL

    def person(self, person: PersonId | None, missing: str = "label.not_recorded") -> str:
        if person is None:
            return self.words(missing)
        if person == NOBODY:
            return self.words("label.nobody")
        return self.people.get(person) or self.words("label.not_recorded")

    def short(self, person: PersonId) -> str:
        """Initials for a cell of a map."""
        return self.initials.get(person, self.words("chart.unknown"))

    def target(self, target: Target | WorkflowId | SourceId | PlatformId) -> str:
        """Name of a workflow, source, platform or of the organisation."""
        return self.targets.get(Target(target), self.words("label.not_recorded"))

    def key(self, target: Target | WorkflowId | SourceId | PlatformId) -> str:
        """An id that gives nothing away to this audience."""
        return self.keys.get(Target(target), "")

    def unit(self, unit: str) -> str:
        return self.units.get(unit, "")

    def role(self, role: str) -> str:
        """What a person is in the organisation; external readers are told no role."""
        return "" if self.is_external else self.roles.get(role) or self.known(role)

    def supplier(self, supplier: str) -> str:
        return self.suppliers.get(supplier, "")

    def typed(self, text: str) -> str:
        """Free text as this audience may read it; external readers are told that it is left out."""
        if not text.strip():
            return ""
        if self.is_external:
            return self.words("label.left_out")
        return self.known(text)

    def witness(self, text: str) -> str:
        """Somebody named in a text, whom the list of people need not hold."""
        told = self.typed(text)
        if self.audience is Audience.EXECUTIVE and told and told == self.clean(text):
            return initials_of(told)
        return told

    def known(self, text: str) -> str:
        """The text with every known name that this audience may not read replaced."""
        text = self.clean(text)
        for name, instead in self.places:
            if name in text:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _literal(instead), text)
        for pattern, instead in self.patterns:
            text = pattern.sub(instead, text)
        return text


def names(audit: Audit, audience: Audience, words: Words, clean: Callable[[str], str]) -> Names:
    """The door for one audit and audience; `clean` makes a text printable."""
    external = audience is Audience.EXTERNAL
    order = {person: i for i, person in enumerate(sorted(audit.people), 1)}
    initials = {
        p: words("pseudonym.initials", n=order[p]) if external else initials_of(clean(r.name))
        for p, r in audit.people.items()
    }
    if audience is Audience.FULL:
        people = {p: clean(record.name) for p, record in audit.people.items()}
        return _with_places(Names(audience, words, clean, people, initials), audit)
    if external:
        people = {p: words("pseudonym.person", n=order[p]) for p in audit.people}
        places = tuple(_places(audit, words))
    else:
        people = {
            p: ", ".join(t for t in (clean(r.role), initials[p]) if t)
            for p, r in audit.people.items()
        }
        places = ()
    patterns = tuple(_patterns(audit, people))
    if not external:
        people = {p: _replaced(text, patterns, initials[p]) for p, text in people.items()}
    door = Names(audience, words, clean, people, initials, patterns, places)
    return _with_places(door, audit)


def _with_places(door: Names, audit: Audit) -> Names:
    """The same door with targets, units and suppliers named."""
    external, words = door.is_external, door.words
    targets: dict[Target, str] = {}
    keys: dict[Target, str] = {ORGANISATION: str(ORGANISATION)}
    groups = (
        ("workflow", {Target(i): r.name for i, r in audit.workflows.items()}),
        ("platform", {Target(i): r.name for i, r in audit.platforms.items()}),
        ("source", {Target(i): r.name for i, r in audit.sources.items()}),
    )
    for kind, records in groups:
        for n, target in enumerate(sorted(records), 1):
            pseudonym = words(f"pseudonym.{kind}", n=n)
            targets[target] = pseudonym if external else door.known(records[target])
            keys[target] = f"{kind}-{n}" if external else str(target)
    typed = audit.organisation.name
    name = words("pseudonym.organisation") if external else door.known(typed)
    targets[ORGANISATION] = name or words("label.organisation")
    units = sorted({w.unit for w in audit.workflows.values() if w.unit})
    suppliers = sorted({w.provider for w in audit.workflows.values() if w.provider})
    return replace(
        door,
        targets=targets,
        keys=keys,
        units=_called(units, "unit", door),
        suppliers=_called(suppliers, "supplier", door),
        organisation=name,
    )


def _called(texts: Iterable[str], kind: str, door: Names) -> dict[str, str]:
    return {
        text: door.words(f"pseudonym.{kind}", n=n) if door.is_external else door.known(text)
        for n, text in enumerate(texts, 1)
    }


def _patterns(
    audit: Audit, people: Mapping[PersonId, str]
) -> Iterable[tuple[re.Pattern[str], str]]:
    """Whole names first, then given and family names that are no word of the audit's own."""
    own_words = _own_words(audit)
    whole: list[tuple[str, str]] = []
    parts: list[tuple[str, str]] = []
    for person, record in sorted(audit.people.items()):
        name = " ".join(unicodedata.normalize("NFC", record.name).split())
        if not name:
            continue
        whole.append((name, people[person]))
        pieces = name.split()
        if len(pieces) > 1 and all(piece[0].isupper() or not piece.isascii() for piece in pieces):
            parts += [
                (piece, people[person])
                for piece in pieces
                if len(piece) >= SHORTEST_PART and piece.casefold() not in own_words
            ]
    for name, instead in sorted(whole, key=lambda pair: -len(pair[0])):
        text = r"\s+".join(re.escape(piece) for piece in name.split())
        yield re.compile(rf"(?<!\w){text}(?!\w)", re.IGNORECASE), _literal(instead)
    for piece, instead in sorted(parts, key=lambda pair: -len(pair[0])):
        yield re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)"), _literal(instead)


def _places(audit: Audit, words: Words) -> Iterator[tuple[str, str]]:
    """Names of places, for texts that come with a bank or reference set of one's own."""
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("workflow", (audit.workflows[w].name for w in sorted(audit.workflows))),
        ("platform", (audit.platforms[p].name for p in sorted(audit.platforms))),
        ("source", (audit.sources[s].name for s in sorted(audit.sources))),
        ("unit", sorted({w.unit for w in audit.workflows.values() if w.unit})),
        ("supplier", sorted({w.provider for w in audit.workflows.values() if w.provider})),
    )
    found = {audit.organisation.name: words("pseudonym.organisation")}
    for kind, texts in groups:
        for n, text in enumerate(texts, 1):
            found.setdefault(text, words(f"pseudonym.{kind}", n=n))
    for text in sorted(found, key=lambda name: (-len(name), name)):
        if len(text) > SHORTEST_PART:
            yield text, found[text]


def _literal(text: str) -> str:
    return text.replace("\\", r"\\")


def _replaced(text: str, patterns: Iterable[tuple[re.Pattern[str], str]], instead: str) -> str:
    """A role that holds a known name keeps only the initials."""
    return instead if any(pattern.search(text) for pattern, _ in patterns) else text


def _own_words(audit: Audit) -> set[str]:
    texts = [audit.organisation.name]
    texts += [person.role for person in audit.people.values()]
    for workflow in audit.workflows.values():
        texts += [workflow.name, workflow.unit, workflow.provider]
    texts += [record.name for record in audit.platforms.values()]
    texts += [record.name for record in audit.sources.values()]
    return {word.casefold() for text in texts for word in re.findall(r"\w+", text)}
