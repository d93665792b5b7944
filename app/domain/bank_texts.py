"""The texts of a bank in another language, laid over it without touching anybody's own wording."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from app.domain.bank import Bank, Citation, ReferenceSet

Text = str | tuple[str, ...]
Texts = Mapping[str, Text]
"""Field of a record to its text."""

FRAME_TEXTS: Final = ("title", "level_names", "level_rule", "unknown_rule")
KEYED_TEXTS: Final = ("facts", "crosswalk_sources")
"""Tables of a bank that give one text by key."""
RECORD_TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "categories": ("title",),
    "activities": ("title",),
    "stages": ("title", "if_missing"),
    "sections": ("title",),
    "questions": (
        *("text", "levels", "hint", "why", "basis", "na_when", "evidence"),
        *("good_sign", "bad_sign", "weight_note", "gap"),
    ),
    "actions": ("title", "role", "done_when", "outside_cost"),
    "modes": ("title", "label", "text", "minutes_for"),
    "screen": ("text", "decides"),
    "lanes": ("title", "rule"),
    "respondents": ("label",),
}
"""List of a bank to the fields of its records that people read; all else is code or figure."""


class BankTexts(Struct, frozen=True):
    """The texts of one language: by id of the record, then by field; what is absent stays as is."""

    language: str
    frame: Texts = {}
    facts: Mapping[str, str] = {}
    crosswalk_sources: Mapping[str, str] = {}
    categories: Mapping[str, Texts] = {}
    activities: Mapping[str, Texts] = {}
    stages: Mapping[str, Texts] = {}
    sections: Mapping[str, Texts] = {}
    questions: Mapping[str, Texts] = {}
    actions: Mapping[str, Texts] = {}
    modes: Mapping[str, Texts] = {}
    screen: Mapping[str, Texts] = {}
    lanes: Mapping[str, Texts] = {}
    respondents: Mapping[str, Texts] = {}


class ReferenceTexts(Struct, frozen=True, forbid_unknown_fields=True):
    """The texts of a reference set in another language; citations in the same order."""

    title: str
    source: str
    citations: tuple[Citation, ...]


def translated(bank: Bank, shipped: Bank, texts: BankTexts) -> Bank:
    """The bank in the language of `texts`, which are translations of `shipped`.

    A text is replaced only where it is the shipped one, so an organisation's own wording stays as
    it was written; of five levels each one is compared for itself. Roles are replaced by name,
    whichever action has them, because capacity is counted by role. Ids, weights, conditions and
    order stay, so every score stays.
    """
    roles = role_names(shipped, texts)
    changes: dict[str, Any] = {
        name: _records(getattr(bank, name), getattr(shipped, name), getattr(texts, name), name)
        for name in RECORD_TEXTS
    }
    changes["actions"] = tuple(
        replace(action, role=roles.get(action.role, action.role)) for action in changes["actions"]
    )
    changes |= _replaced(bank, shipped, texts.frame, FRAME_TEXTS)
    for table in KEYED_TEXTS:
        ours, theirs, said = (getattr(each, table) for each in (bank, shipped, texts))
        changes[table] = {
            key: _chosen(text, theirs.get(key, ""), said.get(key, text))
            for key, text in ours.items()
        }
    return replace(bank, language=texts.language, **changes)


def reference_in_words(
    own: ReferenceSet, shipped: ReferenceSet, said: ReferenceTexts
) -> ReferenceSet:
    """The set in the language of `said`, which translates `shipped`; figures and id stay.

    A text that is not the shipped one stays as somebody typed it.
    """
    known = {shipped.title: said.title, shipped.source: said.source}
    for english, other in zip(shipped.citations, said.citations, strict=True):
        known |= {getattr(english, f): getattr(other, f) for f in Citation.__struct_fields__}
    citations = tuple(
        Citation(*(known.get(text, text) for text in (c.claim, c.found, c.used)))
        for c in own.citations
    )
    title, source = (known.get(text, text) for text in (own.title, own.source))
    return replace(own, title=title, source=source, citations=citations)


def role_names(shipped: Bank, texts: BankTexts) -> Mapping[str, str]:
    """Shipped role to its name in the other language; for roles that stand outside a bank, too."""
    found: dict[str, str] = {}
    for action in shipped.actions:
        role = texts.actions.get(action.id, {}).get("role")
        if isinstance(role, str):
            found.setdefault(action.role, role)
    return found


def _records(
    ours: Iterable[Any], shipped: Iterable[Any], texts: Mapping[str, Texts], name: str
) -> tuple[Any, ...]:
    by_id = {record.id: record for record in shipped}
    fields = tuple(field for field in RECORD_TEXTS[name] if field != "role")
    return tuple(
        replace(own, **_replaced(own, by_id[own.id], texts.get(own.id, {}), fields))
        if own.id in by_id
        else own
        for own in ours
    )


def _replaced(own: Any, shipped: Any, texts: Texts, fields: Iterable[str]) -> dict[str, Text]:
    return {
        field: _chosen(getattr(own, field), getattr(shipped, field), texts[field])
        for field in fields
        if field in texts
    }


def _chosen(own: Any, shipped: Any, text: Any) -> Any:
    """The translation where the own text is the shipped one, line by line where it has several."""
    if isinstance(own, tuple):
        return tuple(_chosen(*lines) for lines in zip(own, shipped, text, strict=True))
    return text if own == shipped else own
