"""The parts of a report in their order: which stand in it and who writes each; control is last."""

import string
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from app.errors import ExportFailed
from app.report.annexes.changed import changed_annex
from app.report.annexes.control import control_annex
from app.report.annexes.evidence import evidence_annex
from app.report.annexes.glossary import glossary_annex
from app.report.annexes.method import method_annex, standards_annex
from app.report.annexes.pictures import pictures_annex
from app.report.annexes.record import record_annex
from app.report.annexes.register import find_out_annex, gaps_annex, waived_annex, workflows_annex
from app.report.annexes.sheets import owner_sheets
from app.report.annexes.sign import sign_page
from app.report.annexes.since import since_annex
from app.report.draft import Draft
from app.report.long_names import names_annex
from app.report.minutes.parts import minutes_annex
from app.report.model import Control, Section
from app.report.pages.apart import apart_page
from app.report.pages.asset import asset_page
from app.report.pages.context import context_page
from app.report.pages.cover import cover_page
from app.report.pages.disagreed import disagreed_page
from app.report.pages.lanes import lanes_page
from app.report.pages.middle import middle_page
from app.report.pages.options import options_page
from app.report.pages.policies import policies_page
from app.report.pages.roadmap import roadmap_page
from app.report.pages.workflow_pages import workflow_pages
from app.words import Words

Writer = Callable[[Draft], Section | Sequence[Section] | None]
"""None, or no section, where the audit has nothing to say about it."""


class Part(Struct, frozen=True):
    """One selectable part: the key people name, and what writes its sections."""

    key: str
    write: Writer
    is_usual: bool = True
    """Printed unless somebody chose the parts."""
    title: str = ""
    """Code of its name under `section`, where that is not the key."""


PAGES: Final = (
    Part("middle", middle_page),
    Part("cover", cover_page, title="conditions"),
    Part("apart", apart_page),
    Part("roadmap", roadmap_page),
    Part("options", options_page),
    Part("lanes", lanes_page),
    Part("disagreed", disagreed_page),
    Part("workflow", workflow_pages),
    Part("context", context_page),
    Part("policies", policies_page),
    Part("asset", asset_page),
)
ANNEXES: Final = (
    Part("workflows", workflows_annex),
    Part("gaps", gaps_annex),
    Part("find_out", find_out_annex),
    Part("waived", waived_annex),
    Part("record", record_annex),
    Part("minutes", minutes_annex, is_usual=False),
    Part("evidence", evidence_annex),
    Part("changed", changed_annex),
    Part("since", since_annex),
    Part("method", method_annex),
    Part("standards", standards_annex),
    Part("glossary", glossary_annex),
    Part("sign", sign_page),
    Part("sheets", owner_sheets, is_usual=False),
)
PICTURES: Final = "pictures"
"""The figures behind the pictures: written from the pages that were chosen."""
LETTERS: Final = string.ascii_uppercase
KEYS: Final = (*(p.key for p in PAGES), *(p.key for p in ANNEXES), PICTURES)


USUAL: Final = frozenset({*(p.key for p in (*PAGES, *ANNEXES) if p.is_usual), PICTURES})
"""What stands in a report unless somebody chose the parts."""


def titles(words: Words) -> tuple[tuple[str, str], ...]:
    """Every part that can be chosen, in the order of the report, with what it is called."""
    named = [(part.key, part.title or part.key) for part in (*PAGES, *ANNEXES)]
    named.append((PICTURES, PICTURES))
    return tuple((key, words(f"section.{code}").rpartition("· ")[2]) for key, code in named)


def check_keys(keys: frozenset[str]) -> frozenset[str]:
    """The same keys. ExportFailed names those that no report has."""
    unknown = sorted(keys - set(KEYS))
    if unknown:
        raise ExportFailed(
            f"No report has the parts {', '.join(unknown)}; nothing was written. "
            f"Choose from {', '.join(KEYS)}."
        )
    return keys


def pages(draft: Draft) -> tuple[Section, ...]:
    return tuple(section for group in _written(draft, PAGES) for section in group)


def annexes(draft: Draft, before: tuple[Section, ...], made: Control) -> tuple[Section, ...]:
    """The chosen annexes, a letter for each part; `before` are the pages with the pictures."""
    found = list(_written(draft, ANNEXES))
    if _is_chosen(draft, PICTURES, usual=True) and (section := pictures_annex(draft, before)):
        found.append((section,))
    if section := names_annex(draft):
        found.append((section,))
    found.append((control_annex(draft, made),))
    return tuple(lettered(draft, n, section) for n, group in enumerate(found) for section in group)


def lettered(draft: Draft, n: int, section: Section) -> Section:
    """The section under the n-th letter from A; after Z come AA, AB, …"""
    letter = LETTERS[n] if n < len(LETTERS) else LETTERS[n // 26 - 1] + LETTERS[n % 26]
    return replace(section, label=draft.words("section.annex", letter=letter, name=section.label))


def _written(draft: Draft, parts: Sequence[Part]) -> Iterator[Sequence[Section]]:
    """The sections of each part that has something to say."""
    for part in parts:
        if _is_chosen(draft, part.key, usual=part.is_usual):
            made = part.write(draft)
            if isinstance(made, Section):
                yield (made,)
            elif made:
                yield made


def _is_chosen(draft: Draft, key: str, *, usual: bool) -> bool:
    chosen = draft.request.sections
    return usual if chosen is None else key in chosen
