"""How a list that was cut short says how much is left, and which annex holds all of it."""

from collections.abc import Mapping

from app.report.draft import Draft


def left_over(draft: Draft, unit: str, n: int, annex: str) -> str:
    """`3 other gaps: annex “Gap register”`; no annex is named where it is not printed."""
    if n <= 0:
        return ""
    what = draft.words.count(unit, n)
    if not annex or not is_printed(draft, annex):
        return what
    return draft.words("label.see_annex", what=what, name=draft.words(f"section.{annex}"))


def kinds_of(draft: Draft, counts: Mapping[str, int]) -> list[str]:
    """`3 notes`, `1 decision`: what there is, by unit; what there is none of is not counted out."""
    return [draft.words.count(unit, n) for unit, n in counts.items() if n]


def is_printed(draft: Draft, part: str) -> bool:
    """A usual part of the report stands in it, unless somebody chose the parts without it."""
    chosen = draft.request.sections
    return chosen is None or part in chosen


def annex_name(draft: Draft, annex: str) -> str:
    """What to look for; empty where the annex is not printed."""
    return draft.words(f"section.{annex}") if is_printed(draft, annex) else ""
