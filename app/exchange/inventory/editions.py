"""Which inventory a file is an edition of, which of two is older, and what a later one lacks."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePath
from typing import Final

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.edits.imports import MissingRow
from app.domain.ids import WorkflowId
from app.domain.landscape import ImportedRow, Lifecycle
from app.exchange.inventory.cells import fold_header
from app.exchange.inventory.mapping import find_mapping, shipped_names

_WHEN: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?([0-2]\d|3[01]))?)?(?!\d)"
)
_VERSION: Final = re.compile(r"(?<![^\W_])v?\d+(?![^\W_])")
ENOUGH: Final = 0.5
"""Share of an earlier file's workflows in a later one from which both are the same inventory."""


class Edition(Struct, frozen=True):
    """`when` is year, month and day, as far as they are known; families are folded words."""

    file: str
    when: tuple[int, ...] = ()
    families: frozenset[str] = frozenset()

    def is_older(self, other: "Edition") -> bool:
        """By the part of the date both have: 2025 is not older than March 2025."""
        both = min(len(self.when), len(other.when))
        return self.when[:both] < other.when[:both]


class Earlier(Struct, frozen=True):
    """One file that was imported before, with the rows that still come from it."""

    edition: Edition
    rows: tuple[ImportedRow, ...]


def edition(file: str, headers: Iterable[str]) -> Edition:
    """Date and family by the file's name; where it has no date, by the shipped mapping it fits."""
    own, families = _dated(PurePath(file).stem)
    folded = {fold_header(header) for header in headers}
    kinds = [find_mapping(name) for name in shipped_names()]
    fitting = [k for k in kinds if k.fits and {fold_header(h) for h in k.fits} <= folded]
    found = {families} if families else set()
    if fitting:
        kind = max(fitting, key=lambda k: len(k.fits))
        when, family = _dated(kind.name)
        own = own or when
        found.add(family)
    return Edition(file, own, frozenset(found))


def earlier_files(audit: Audit) -> tuple[Earlier, ...]:
    """What was imported before, by file name. A blank cell has no header, so all rows are asked."""
    rows: dict[str, list[ImportedRow]] = defaultdict(list)
    for key in sorted(audit.imports):
        row = audit.imports[key]
        if row.workflow in audit.workflows:
            rows[row.file].append(row)
    return tuple(
        Earlier(edition(file, {h for row in found for h in row.cells}), tuple(found))
        for file, found in sorted(rows.items())
    )


def missing_rows(
    audit: Audit, now: Edition, before: Iterable[Earlier], found: Collection[WorkflowId]
) -> tuple[MissingRow, ...]:
    """Workflows of earlier editions that a file lacks, by file and row; retired ones are settled.

    `found` holds the workflows that rows of the file were recognised as. Files that are newer than
    this one, or another inventory, say nothing about what is missing here.
    """
    present = frozenset(found)
    return tuple(
        MissingRow(row.workflow, row.file, row.row)
        for each in before
        if not now.is_older(each.edition) and _is_same_inventory(now, each, present)
        for row in sorted(each.rows, key=lambda r: (r.row, r.workflow))
        if row.workflow not in present
        and audit.workflows[row.workflow].lifecycle is not Lifecycle.RETIRED
    )


def newer_files(now: Edition, before: Iterable[Earlier]) -> Mapping[WorkflowId, Edition]:
    """Workflows whose last import was a newer edition than this one."""
    return {
        row.workflow: each.edition
        for each in before
        if now.is_older(each.edition)
        for row in each.rows
    }


def _is_same_inventory(now: Edition, earlier: Earlier, present: frozenset[WorkflowId]) -> bool:
    """Named alike with at least one workflow in common, or with enough of them."""
    shared = sum(row.workflow in present for row in earlier.rows)
    if earlier.edition.file == now.file or earlier.edition.families & now.families:
        return shared > 0
    return shared >= ENOUGH * len(earlier.rows)


def _dated(name: str) -> tuple[tuple[int, ...], str]:
    """The last date in a name, and what is left of it without dates, numbers and versions."""
    plain = name.casefold()
    dates = [tuple(int(part) for part in found if part) for found in _WHEN.findall(plain)]
    left = _VERSION.sub(" ", _WHEN.sub(" ", plain))
    return max(dates, default=()), fold_header(left)
