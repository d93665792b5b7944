"""Which columns of a table mean what: a shipped mapping where one fits, else a guess to look at."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from app.domain.ids import QuestionId
from app.errors import ImportFailed
from app.exchange.inventory.cells import Patterns, fold_header, is_empty, says_nothing
from app.exchange.inventory.dates import parse_date
from app.exchange.inventory.mapping import (
    Columns,
    DateColumn,
    EvidenceColumn,
    Fields,
    InventoryMapping,
    LifecycleColumn,
    PersonalDataColumn,
    field_columns,
    find_mapping,
    shipped_names,
)
from app.exchange.inventory.table import Table
from app.exchange.inventory.words import EVIDENCE, HEADERS, LIFECYCLE, PERSONAL_DATA, PRESENCE

SAMPLE = 400
ENOUGH = 0.5
"""A column is proposed for a field from this confidence on."""
HEADER_WEIGHT = 0.6
"""Share of the header in a confidence; the look of the values is the rest."""
GUESSED = "guessed"

Looks = Mapping[str, Callable[[str], bool]]


class Proposal(Struct, frozen=True):
    """A mapping, how sure each field of it is (0 to 1), and the headers it leaves out."""

    mapping: InventoryMapping
    confidence: Mapping[str, float]
    shipped: bool
    unused: tuple[str, ...]


def match_columns(table: Table) -> Proposal:
    """The shipped mapping whose headers are all there (most of them wins), else a guess.

    Confidence of a guess: 0.6 times how alike the header is, plus 0.4 times the share of values
    that look right. Raises ImportFailed where no column looks like the name of a workflow.
    """
    fitting = [m for m in map(find_mapping, shipped_names()) if fits(m, table)]
    if fitting:
        mapping = max(fitting, key=lambda m: len(m.fits))
        return _proposal(table, mapping, dict.fromkeys(field_columns(mapping), 1.0), shipped=True)
    return _guess(table)


def fits(mapping: InventoryMapping, table: Table) -> bool:
    """All headers by which the mapping knows its kind of file are there."""
    return bool(mapping.fits) and all(table.column(header) is not None for header in mapping.fits)


def _proposal(
    table: Table, mapping: InventoryMapping, confidence: Mapping[str, float], *, shipped: bool
) -> Proposal:
    used = {table.column(h) for headers in field_columns(mapping).values() for h in headers}
    unused = tuple(h for i, h in enumerate(table.headers) if i not in used)
    return Proposal(mapping, confidence, shipped, unused)


def _guess(table: Table) -> Proposal:
    samples = [_sample(table, i) for i in range(len(table.headers))]
    looks = _looks()
    ranked = sorted(
        (
            (-_confidence(field, table.headers[i], samples[i], looks), order, i, field)
            for order, field in enumerate(HEADERS)
            for i in range(len(table.headers))
        ),
    )
    chosen: dict[str, int] = {}
    confidence: dict[str, float] = {}
    for minus, _, i, field in ranked:
        if -minus >= ENOUGH and field not in chosen and i not in chosen.values():
            chosen[field], confidence[field] = i, round(-minus, 2)
    if "name" not in chosen:
        raise ImportFailed(
            f"No column of {table.file} looks like the name of a workflow; nothing has been taken. "
            "Give a mapping that names the column."
        )
    headers = {field: table.headers[i] for field, i in chosen.items()}
    free = [i for i in range(len(table.headers)) if i not in chosen.values()]
    evidence = _guess_evidence(table, samples, free, confidence)
    mapping = InventoryMapping(name=GUESSED, fields=_fields(headers), evidence=tuple(evidence))
    return _proposal(table, mapping, confidence, shipped=False)


def _fields(headers: Mapping[str, str]) -> Fields:
    made: dict[str, Any] = {
        "lifecycle": LifecycleColumn,
        "personal_data": PersonalDataColumn,
        "go_live": DateColumn,
    }
    values: dict[str, Any] = {
        field: made[field](header) if field in made else Columns((header,))
        for field, header in headers.items()
    }
    return Fields(**values)


def _guess_evidence(
    table: Table, samples: list[list[str]], free: list[int], confidence: dict[str, float]
) -> list[EvidenceColumn]:
    """Columns that speak of a known kind of evidence and say yes, no or in progress."""
    known = Patterns(PRESENCE)
    found: list[EvidenceColumn] = []
    for key, title, question, words in EVIDENCE:
        for i in free:
            header = table.headers[i]
            share = _share(samples[i], lambda text: known.meaning(text) is not None)
            alike = max(_speaks_of(header, word) for word in words)
            sure = HEADER_WEIGHT * alike + (1 - HEADER_WEIGHT) * share
            if share >= ENOUGH and alike >= ENOUGH:
                found.append(EvidenceColumn(key, header, title, QuestionId(question)))
                confidence[f"evidence.{key}"] = round(sure, 2)
                free.remove(i)
                break
    return found


def _sample(table: Table, column: int) -> list[str]:
    """Filled cells, taken from the whole length of the table."""
    step = max(1, len(table.rows) // SAMPLE)
    return [row[column] for row in table.rows[::step] if not is_empty(row[column])]


def _confidence(field: str, header: str, sample: list[str], looks: Looks) -> float:
    alike = max(_likeness(header, known) for known in HEADERS[field])
    if alike < ENOUGH:
        return 0.0
    return HEADER_WEIGHT * alike + (1 - HEADER_WEIGHT) * _look(field, sample, looks)


def _likeness(header: str, known: str) -> float:
    """1 for equal words, else 0.9 times the words shared over all words of both."""
    own, other = fold_header(header).split(), fold_header(known).split()
    if own == other:
        return 1.0
    return 0.9 * len({*own} & {*other}) / len({*own} | {*other}) if own else 0.0


def _speaks_of(header: str, known: str) -> float:
    """Like likeness, but at least 0.75 where every word of `known` stands in the header."""
    inside = set(fold_header(known).split()) <= set(fold_header(header).split())
    return max(_likeness(header, known), 0.75 if inside else 0.0)


def _look(field: str, sample: list[str], looks: Looks) -> float:
    """Share of filled cells that look like the field, times how different names and ids are."""
    filled = [text for text in sample if not says_nothing(text)]
    right = _share(filled, looks.get(field, _is_short))
    if field in ("name", "source_id", "purpose") and filled:
        return right * len(set(filled)) / len(filled)
    return right


def _looks() -> Looks:
    lifecycle, personal = Patterns(LIFECYCLE), Patterns(PERSONAL_DATA)
    return {
        "source_id": lambda text: len(text) <= 40 and " " not in text.strip(),
        "purpose": lambda text: True,  # noqa: ARG005
        "lifecycle": lambda text: lifecycle.meaning(text) is not None,
        "personal_data": lambda text: personal.meaning(text) is not None,
        "go_live": lambda text: parse_date(text, "mdy") is not None,
    }


def _is_short(text: str) -> bool:
    return len(text) <= 200


def _share(texts: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts) if texts else 0.0
