"""What to bring to a session, person by person: to print, and as text for a mail."""

import datetime as dt
from typing import Any, Final

from app.domain.bringing import Bring, Bringer, BringList
from app.report.handouts.typesetting import frame, typeset
from app.report.model import PageSize
from app.words import Words

TEMPLATE: Final = "bring_list.typ"
WIDTH: Final = 76
"""Characters of a line, which every mail program shows unbroken."""


def render_bring_list(found: BringList, words: Words, page: PageSize, day: dt.date) -> bytes:
    """The list as a tagged PDF; the same list and day give the same bytes. ExportFailed."""
    return typeset(TEMPLATE, bring_data(found, words, page), day)


def render_bring_text(found: BringList, words: Words) -> bytes:
    """The list as plain text, UTF-8, with lines short enough for a mail."""
    title = _title(found, words)
    lines = [*_wrapped(title, ""), "=" * min(WIDTH, len(title))]
    for lead in _lead(found, words):
        lines += _wrapped(lead, "")
    for bringer in found.bringers:
        whom = _whom(bringer, words)
        lines += ["", *_wrapped(whom, ""), "-" * min(WIDTH, len(whom))]
        for item in bringer.items:
            lines += _wrapped(f"[ ] {item.question.evidence}", "    ")
            lines += _wrapped(f"    {_about(item, words)}", "    ")
    return ("\r\n".join(_plain(line) for line in lines) + "\r\n").encode()


def bring_data(found: BringList, words: Words, page: PageSize) -> dict[str, Any]:
    """What the template needs; it computes nothing."""
    return {
        **frame(_title(found, words), page, words),
        "heading": words("bring.title"),
        "lead": _lead(found, words),
        "groups": [
            {
                "whom": _whom(bringer, words),
                "items": [
                    {
                        "text": item.question.evidence,
                        "about": _about(item, words),
                    }
                    for item in bringer.items
                ],
            }
            for bringer in found.bringers
        ],
    }


def _title(found: BringList, words: Words) -> str:
    if found.title:
        return words("bring.title_of", title=" ".join(found.title.split()))
    return words("bring.title")


def _lead(found: BringList, words: Words) -> list[str]:
    session = [words("bring.session", date=words.date(found.session))] if found.session else []
    names = words("bring.workflows", names=words.listing(found.workflows))
    return [*session, words("bring.lead"), *([names] if found.workflows else [])]


def _whom(bringer: Bringer, words: Words) -> str:
    name = " ".join(bringer.name.split())
    if bringer.person is None:
        return words("bring.nobody", name=name)
    return f"{name}, {' '.join(bringer.role.split())}" if bringer.role else name


def _about(item: Bring, words: Words) -> str:
    """`RT-01, condition. For Invoices and Returns`."""
    known = f"{item.question.id}, {words('bring.condition')}" if item.is_condition else ""
    where = words("bring.places", names=words.listing(item.places)) if item.places else ""
    return ". ".join(part for part in (known or item.question.id, where) if part)


def _wrapped(text: str, indent: str) -> list[str]:
    """Lines of at most WIDTH characters where words allow it; indented from the second on."""
    start = text[: len(text) - len(text.lstrip())]
    lines, line = [], start
    for word in text.split():
        wider = f"{line} {word}" if line.strip() else line + word
        if len(wider) > WIDTH and line.strip():
            lines.append(line)
            line = indent + word
        else:
            line = wider
    return [*lines, line]


def _plain(text: str) -> str:
    """One line: a name cannot begin another one or steer the program that shows it."""
    return "".join(sign if sign.isprintable() else f"[U+{ord(sign):04X}]" for sign in text)
