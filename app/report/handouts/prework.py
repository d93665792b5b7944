"""One person's questions before a session, on paper, with boxes to tick."""

import datetime as dt
from typing import Any, Final

from app.domain.bank import Grade
from app.domain.prework import PersonSheet, SheetItem
from app.report.handouts.typesetting import frame, typeset
from app.report.model import PageSize
from app.words import Words

TEMPLATE: Final = "prework.typ"


def render_prework(sheet: PersonSheet, words: Words, page: PageSize, day: dt.date) -> bytes:
    """The sheet as a tagged PDF; the same sheet and day give the same bytes. ExportFailed."""
    return typeset(TEMPLATE, prework_data(sheet, words, page), day)


def prework_data(sheet: PersonSheet, words: Words, page: PageSize) -> dict[str, Any]:
    """What the template needs; it computes nothing."""
    of = len(sheet.items)
    heading, whom, due = sheet_lines(sheet, words)
    return {
        **frame(" · ".join(part for part in (sheet.title, heading) if part), page, words),
        "heading": heading,
        "whom": whom,
        "due": due,
        "rule": sheet.level_rule,
        "names": list(sheet.level_names),
        "how": words("prework.how"),
        "grades": [words.of(grade, "grade") for grade in Grade],
        "labels": {key: words(f"prework.{key}") for key in ("shown", "note_short", "unknown")},
        "items": [_item(item, n, of, words) for n, item in enumerate(sheet.items, 1)],
    }


def sheet_lines(sheet: PersonSheet, words: Words) -> tuple[str, str, str]:
    """What stands on top of a sheet, on paper and on screen: heading, addressee, deadline."""
    count = words.count("question", len(sheet.items))
    return (
        words("prework.title", questions=count),
        _addressee(sheet, words),
        _deadline(sheet, words),
    )


def _addressee(sheet: PersonSheet, words: Words) -> str:
    if sheet.role:
        return words("prework.for_role", name=sheet.name, role=sheet.role)
    return words("prework.for", name=sheet.name)


def _deadline(sheet: PersonSheet, words: Words) -> str:
    """The day asked for, else the day of the session."""
    if sheet.due:
        return words("prework.due", date=words.date(sheet.due))
    if sheet.session:
        return words("prework.before", date=words.date(sheet.session))
    return words("prework.open")


def _item(item: SheetItem, n: int, of: int, words: Words) -> dict[str, Any]:
    asked = item.question
    waived = words("prework.waived")
    if item.may_waive and asked.na_when:
        waived = words("prework.waived_when", when=asked.na_when)
    return {
        "number": words("prework.number", n=words.figure(n), of=words.figure(of)),
        "place": item.place or words("prework.everything"),
        "id": asked.id,
        "text": asked.text,
        "why": asked.why,
        "levels": list(asked.levels),
        "waived": waived if item.may_waive else "",
    }
