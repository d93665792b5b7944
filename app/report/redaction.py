"""Names and typed text on their way into the report; nothing typed reaches it by another door."""

import re
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
from app.domain.name_forms import Named, NameForms, bank_words
from app.report.model import Audience
from app.words import Words

SHORTEST_PLACE: Final = 3
MAIL: Final = re.compile(r"(?:mailto:)?[\w.+%'’-]*\w@\w[\w-]*(?:\.[\w-]+)+")


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
    forms: NameForms = NameForms({})
    own_words: tuple[str, ...] = ()
    """Names of places: a word in one of them that is also part of a person's name stays there."""
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
        """The text with every known name that this audience may not read replaced.

        So is every e-mail address, whoever it belongs to: most hold a name.
        """
        text = self.clean(text)
        if self.audience is Audience.FULL:
            return text
        for name, instead in self.places:
            if name in text:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _literal(instead), text)
        text = MAIL.sub(_literal(self.words("pseudonym.mail")), text)
        parts: list[str] = []
        done = 0
        for found in self.named(text):
            parts += (text[done : found.start], self._instead(found))
            done = found.end
        return "".join((*parts, text[done:]))

    def named(self, text: str) -> Iterator[Named]:
        """Where people are named who are not shown."""
        for found in self.forms.find(text):
            if not (found.is_part and self._is_own_word(text, found)):
                yield found

    def _instead(self, found: Named) -> str:
        if len(found.people) > 1:
            return self.words("pseudonym.somebody")
        return self.people[PersonId(found.people[0])]

    def _is_own_word(self, text: str, found: Named) -> bool:
        """Part of the name of a place, as Stores is in "Stores returns"; not so in "Stores's"."""
        if text[found.end : found.end + 2] in ("'s", "’s"):
            return False
        word = text[found.start : found.end]
        return any(
            match.start() <= found.start and found.end <= match.end()
            for name in self.own_words
            if word in name
            for match in re.finditer(re.escape(name), text)
        )


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
    known = {str(person): record.name for person, record in audit.people.items()}
    forms = NameForms(known, bank_words(audit.bank))
    door = Names(audience, words, clean, people, initials, forms, _own_words(audit), places)
    if not external:
        # A role that holds a known name keeps only the initials.
        people = {p: initials[p] if any(door.named(t)) else t for p, t in people.items()}
        door = replace(door, people=people)
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
        if len(text) > SHORTEST_PLACE:
            yield text, found[text]


def _literal(text: str) -> str:
    return text.replace("\\", r"\\")


def _own_words(audit: Audit) -> tuple[str, ...]:
    """Names of places that have a word of some person's name."""
    texts = {audit.organisation.name}
    for workflow in audit.workflows.values():
        texts |= {workflow.name, workflow.unit, workflow.provider}
    texts |= {record.name for record in audit.platforms.values()}
    texts |= {record.name for record in audit.sources.values()}
    parts = {part for person in audit.people.values() for part in person.name.split()}
    return tuple(sorted(text for text in texts if any(part in text for part in parts)))
