"""Exactly what an audience is not shown, before anything leaves the room."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from app.domain.answers import Reply
from app.domain.audit import Audit
from app.domain.ids import ORGANISATION, Target
from app.domain.sessions import named_people
from app.domain.symptoms import symptoms
from app.report.annexes.evidence import evidence_items
from app.report.brand import Brand
from app.report.glyphs import Glyphs
from app.report.model import Audience, Column, ReportModel, Row, Table
from app.report.model import Cell as TableCell
from app.report.redaction import Names, names
from app.words import Words

NAMED: Final = ("person", "workflow", "platform", "source", "unit", "supplier")
"""Kinds of records that have stand-in names."""
KINDS: Final = (
    *("note", "decision", "dissent", "parked", "recorded", "evidence", "remark", "reason"),
    *("fact", "rule", "own_action", "upgrade", "person_role", "session_title"),
)
"""Kinds of typed texts, in the order in which they are told."""
NUMBERED: Final = ("rule",)
"""Kinds of which external readers read a number each; all else is left out."""

SOURCE_FACTS: Final = (
    *("kind", "system", "freshness_wanted", "freshness_real"),
    *("cleanliness", "structure", "access"),
)
OWN_WORDS: Final = (
    ("remark", "gap_notes", ("because",)),
    ("fact", "sources", SOURCE_FACTS),
    ("fact", "workflows", ("model",)),
    ("rule", "policies", ("text",)),
    ("own_action", "own_actions", ("title", "role", "done_when")),
    ("upgrade", "upgrades", ("before", "after", "reason", "effect")),
)
"""Kind, collection and fields of texts that stand in tables."""


class Hidden(Struct, frozen=True):
    """One thing an audience does not read as it was recorded, and what stands instead."""

    kind: str
    was: str
    instead: str


class Typed(Struct, frozen=True):
    """What somebody typed in one record."""

    kind: str
    texts: tuple[str, ...]
    witness: str = ""
    """Somebody named who need not be on the list of people."""


def hidden(audit: Audit, model: ReportModel, words: Words) -> tuple[str, ...]:
    """Sentences for the report's own audience; none where everything is printed as recorded."""
    people = len(named_people(audit))
    if model.audience is Audience.FULL:
        return ()
    if model.audience is Audience.EXECUTIVE:
        return (words("hides.shortened", n=people),) if people else ()
    plain = _door(audit, Audience.FULL, words)
    counts = Counter(typed.kind for typed in typed_texts(audit, plain))
    sentences = (
        ("hides.stand_ins", _listed(_named(audit), words)),
        ("hides.left_out", _listed({kind: counts[kind] for kind in KINDS}, words)),
    )
    return tuple(words(code, items=items) for code, items in sentences if items)


def redactions(
    audit: Audit, audience: Audience, words: Words, brand: Brand | None = None
) -> tuple[Hidden, ...]:
    """One for each record that has another name, then one for each text, kind by kind."""
    if audience is Audience.FULL:
        return ()
    door, plain = _door(audit, audience, words), _door(audit, Audience.FULL, words)
    found = [h for h in _renamed(audit, plain, door) if h.was and h.was != h.instead]
    if audience is Audience.EXTERNAL:
        found += _frame(audit, words, brand or Brand())
    return (*found, *_texts(audit, plain, door))


def by_kind(found: tuple[Hidden, ...], words: Words) -> tuple[tuple[str, tuple[Hidden, ...]], ...]:
    """The same under a heading for each kind, with its count: `39 notes`."""
    groups: dict[str, list[Hidden]] = {}
    for each in found:
        groups.setdefault(each.kind, []).append(each)
    return tuple(
        (_heading(kind, len(group), words), tuple(group)) for kind, group in groups.items()
    )


def _heading(kind: str, n: int, words: Words) -> str:
    return words.count(kind, n) if kind in (*NAMED, *KINDS) else words(f"kind.{kind}")


def redaction_table(found: tuple[Hidden, ...], audience: Audience, words: Words) -> Table:
    """The same as a table: what, as recorded, as this audience reads it."""
    columns = tuple(
        Column(key, words(f"label.{key}"), share)
        for key, share in (("kind", 0.5), ("as_recorded", 1.0), ("as_read", 1.0))
    )
    rows = tuple(
        Row(
            f"hidden-{n}",
            tuple(TableCell(t) for t in (words(f"kind.{h.kind}"), h.was, h.instead)),
        )
        for n, h in enumerate(found, 1)
    )
    audience_name = words(f"audience.{audience.value}")
    return Table("redaction", words("label.redaction", audience=audience_name), columns, rows)


def typed_texts(audit: Audit, plain: Names) -> Iterator[Typed]:
    """Everything typed that a full report prints; each record counts once."""
    for note in _notes(audit):
        yield from _typed("note", note)
    for _, decision in sorted(audit.decisions.items()):
        yield from _typed("decision", decision.text, decision.unblocks, decision.note)
        for dissent in decision.dissent:
            yield from _typed("dissent", dissent.text)
    for _, vote in sorted(audit.votes.items()):
        for dissent in vote.dissent:
            yield from _typed("dissent", dissent.text)
    for _, item in sorted(audit.parking.items()):
        yield from _typed("parked", item.text)
    for _, gap in sorted(audit.own_gaps.items()):
        yield from _typed("recorded", gap.text, gap.because, gap.note)
    for seen in evidence_items(audit, plain):
        title = seen.title if seen.title.strip() else plain.words("label.no_title")
        yield Typed("evidence", (title, seen.place, *seen.texts), seen.seen_by)
    for kind, texts in _others(audit):
        yield from _typed(kind, *texts)


def _typed(kind: str, *texts: str) -> Iterator[Typed]:
    if any(text.strip() for text in texts):
        yield Typed(kind, texts)


def _door(audit: Audit, audience: Audience, words: Words) -> Names:
    return names(audit, audience, words, Glyphs().clean)


def _renamed(audit: Audit, plain: Names, door: Names) -> Iterator[Hidden]:
    """Every record with a name of its own, in the order of the stand-in names."""
    for person in sorted(named_people(audit)):
        yield Hidden("person", plain.person(person), door.person(person))
    groups: tuple[tuple[str, Mapping[Any, Any]], ...] = (
        ("workflow", audit.workflows),
        ("platform", audit.platforms),
        ("source", audit.sources),
    )
    for kind, records in groups:
        for key in sorted(records):
            yield Hidden(kind, plain.target(Target(key)), door.target(Target(key)))
    for unit in sorted(plain.units):
        yield Hidden("unit", plain.unit(unit), door.unit(unit))
    for supplier in sorted(plain.suppliers):
        yield Hidden("supplier", plain.supplier(supplier), door.supplier(supplier))
    if audit.organisation.name:
        yield Hidden("organisation", plain.target(ORGANISATION), door.target(ORGANISATION))


def _frame(audit: Audit, words: Words, brand: Brand) -> Iterator[Hidden]:
    """What stands on every page, and the names that stand on none."""
    frame = audit.organisation
    if frame.title:
        yield Hidden("title", frame.title, words("label.report_title"))
    if frame.classification or brand.classification:
        was = frame.classification or brand.classification
        yield Hidden("classification", was, words("label.pseudonymised"))
    yield Hidden("file", words("kind.file_name"), words("label.left_out"))
    for kind, text in (("brand", brand.name), ("footer", brand.footer)):
        if text:
            yield Hidden(kind, text, words("label.left_out"))
    if brand.logo:
        yield Hidden("logo", words("kind.picture"), words("label.left_out"))


def _texts(audit: Audit, plain: Names, door: Names) -> Iterator[Hidden]:
    """External readers get no typed text; for executive ones names in it are replaced."""
    found: dict[str, list[Typed]] = {kind: [] for kind in KINDS}
    for typed in typed_texts(audit, plain):
        found[typed.kind].append(typed)
    for kind, group in found.items():
        for n, typed in enumerate(group, 1):
            was, instead = _read(typed, plain), _read(typed, door)
            if door.is_external:
                code = f"pseudonym.{kind}" if kind in NUMBERED else "label.left_out"
                instead = door.words(code, n=n)
            # Executive readers read no role but in the name that is told above.
            if was != instead and (door.is_external or kind != "person_role"):
                yield Hidden(kind, was, instead)


def _read(typed: Typed, door: Names) -> str:
    parts = (*map(door.known, typed.texts), door.witness(typed.witness))
    return "; ".join(part for part in parts if part.strip())


def _notes(audit: Audit) -> Iterator[str]:
    """The notes that the annex of the record prints."""
    frame = audit.organisation
    yield frame.decision_wanted
    yield "; ".join(symptom.text for symptom in symptoms(audit))
    yield frame.note
    flat: tuple[Mapping[Any, Any], ...] = (
        *(audit.workflows, audit.platforms, audit.sources),
        *(audit.gap_notes, audit.action_notes, audit.sessions, audit.people),
        *(audit.screening, audit.confirmations),
    )
    for records in flat:
        yield from (record.note for _, record in sorted(records.items()))
    grouped: tuple[Mapping[Any, Mapping[Any, Any]], ...] = (
        audit.stages,
        audit.answers,
        audit.links,
    )
    for groups in grouped:
        for _, group in sorted(groups.items()):
            yield from (record.note for _, record in sorted(group.items()))
    for _, rules in sorted(audit.enforcement.items()):
        yield from (f"{found.result} {found.note}".strip() for _, found in sorted(rules.items()))


def _others(audit: Audit) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Reasons, remarks and facts in people's own words."""
    for kind, records, fields in OWN_WORDS:
        for _, record in sorted(getattr(audit, records).items()):
            yield kind, _fields(record, fields)
    for _, stages in sorted(audit.stages.items()):
        for _, stage in sorted(stages.items()):
            yield "fact", _fields(stage, ("tool", "by_hand"))
    for _, answers in sorted(audit.answers.items()):
        for _, answer in sorted(answers.items()):
            said = answer.settled
            if said and said.reply is Reply.NOT_APPLICABLE:
                yield "reason", (said.reason,)
    for _, named in sorted(named_people(audit).items()):
        yield "person_role", (named.role,)
    for _, session in sorted(audit.sessions.items()):
        yield "session_title", (session.title,)


def _fields(record: Any, fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(getattr(record, field) for field in fields)


def _named(audit: Audit) -> dict[str, int]:
    workflows = audit.workflows.values()
    return {
        "person": len(named_people(audit)),
        "workflow": len(audit.workflows),
        "platform": len(audit.platforms),
        "source": len(audit.sources),
        "unit": len({w.unit for w in workflows if w.unit}),
        "supplier": len({w.provider for w in workflows if w.provider}),
    }


def _listed(counts: Mapping[str, int], words: Words) -> str:
    return words.listing(words.count(unit, n) for unit, n in counts.items() if n)
