"""Annex of the words this report uses, as it means them."""

import unicodedata
from typing import Final

from msgspec import Struct

from app.report.draft import Draft, plain
from app.report.left_over import is_printed
from app.report.model import Row, Section, Table


class Term(Struct, frozen=True):
    """A word, and the parts of a report that use it; none means every report does."""

    key: str
    parts: tuple[str, ...] = ()


TERMS: Final = (
    Term("workflow"),
    Term("state"),
    Term("condition"),
    Term("entry_question"),
    Term("level"),
    Term("shown"),
    Term("unknown"),
    Term("not_asked"),
    Term("not_applicable"),
    Term("chance"),
    Term("range"),
    Term("starting_rate"),
    Term("hazard", ("apart", "workflow", "since")),
    Term("typical", ("apart", "workflow", "since", "method")),
    Term("reference", ("apart", "workflow", "disagreed", "method")),
    Term("discipline", ("apart", "workflow", "disagreed", "method")),
    Term("stage", ("middle", "workflow", "workflows")),
    Term("missing_middle", ("middle", "workflow")),
    Term("load", ("middle", "workflow", "method")),
    Term("gap", ("gaps", "lanes", "workflow", "since", "sheets")),
    Term("action", ("roadmap", "options", "workflow", "since", "sheets")),
    Term("phase", ("roadmap", "options")),
    Term("sme", ("roadmap", "options", "workflow")),
    Term("gate", ("roadmap",)),
    Term("person_day", ("roadmap", "options")),
    Term("source", ("context", "workflow")),
    Term("bare", ("context",)),
    Term("rule", ("policies", "workflow")),
    Term("evidence", ("evidence", "gaps", "cover", "method")),
    Term("confirmation", ("sign", "changed")),
    Term("snapshot", ("since",)),
    Term("promise", ("since", "sheets")),
    Term("asset", ("asset",)),
    Term("journal", ()),
)
"""In the alphabetical order of the report's language they stand in the annex."""


def glossary_annex(draft: Draft) -> Section:
    used = [
        term.key
        for term in TERMS
        if not term.parts or any(is_printed(draft, part) for part in term.parts)
    ]
    levels = ", ".join(f"{n}: {name}" for n, name in enumerate(draft.audit.bank.level_names))
    said = sorted(
        (
            (draft.words(f"term.{key}"), draft.words(f"meaning.{key}", levels=levels), key)
            for key in used
        ),
        key=lambda found: _in_order(found[0]),
    )
    columns = (draft.column("term", 0.5), draft.column("meaning", 2))
    rows = tuple(Row(key, (plain(name), plain(meaning))) for name, meaning, key in said)
    heading = draft.say("glossary.heading", n=len(rows))
    table = Table("glossary", draft.words("label.glossary"), columns, rows)
    return Section("glossary", draft.words("section.glossary"), heading, (), (table,))


def _in_order(name: str) -> str:
    """As a dictionary has it: letters without their marks, whatever the case."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
