"""Annexes on the method: what the figure is, the reference set with its sources, standards."""

import datetime as dt
import re
from collections import Counter

from app.domain.conditions import entry_questions, golive_questions
from app.domain.ids import QuestionId
from app.domain.risk.relative import printed
from app.report.draft import Draft, number, plain
from app.report.model import Block, Line, Row, Section, Table, Text

GRADES = ("asserted", "explained", "documented", "observed")
LIMITS = 7
"""Sentences `method.limit_1` to `method.limit_7`."""


def method_annex(draft: Draft) -> Section:
    reference = draft.audit.reference
    names = draft.names
    limits = tuple(draft.say(f"method.limit_{i}") for i in range(1, LIMITS + 1))
    blocks: list[Block] = [
        Text("method", (draft.say("method.what", base=reference.base_rate),)),
        Text("method_states", (draft.say("method.states"),), draft.words("label.states")),
        _asked(draft),
        Text("method_ranges", (draft.say("method.ranges"),), draft.words("label.ranges")),
        _ladder(draft),
        _shares(draft),
        _trust(draft),
        _citations(draft),
        Text("limits", limits, draft.words("label.limits"), listed=True),
    ]
    heading = draft.say(
        "method.heading",
        title=names.known(reference.title),
        date=_dated(draft, reference.date),
        base=reference.base_rate,
    )
    lead: tuple[Line, ...] = (draft.say("method.source", source=names.known(reference.source)),)
    if not draft.is_withheld:
        lead = (*lead, _full_range(draft))
    return Section("method", draft.words("section.method"), heading, lead, tuple(blocks))


def _dated(draft: Draft, typed: str) -> str:
    """A day in the reader's language; what is no day stays as it was typed."""
    try:
        return draft.words.date(dt.date.fromisoformat(typed))
    except ValueError:
        return draft.names.known(typed)


def _full_range(draft: Draft) -> Line:
    found = draft.inputs.portfolio
    full = printed(found.risk, found.full_range)
    return draft.say("method.full_range", low=full.low, high=full.high)


def _asked(draft: Draft) -> Table:
    """Entry questions and go-live conditions in full."""
    columns = (
        draft.column("condition", 0.7),
        draft.column("question", 1.6),
        draft.column("needed", right=True),
    )
    rows = tuple(
        Row(
            f"{table}-{question.id}",
            (
                plain(f"{draft.short(question.id)} ({question.id})", detail=kind),
                plain(question.text),
                number(level, draft.words.figure(level)),
            ),
        )
        for table, questions in (
            ("entry", entry_questions(draft.audit.bank)),
            ("golive", golive_questions(draft.audit.bank)),
        )
        for question in questions
        if (level := question.phase1_at if table == "entry" else question.golive_at) is not None
        and (kind := draft.words(f"label.{table}_question"))
    )
    return Table("asked", draft.words("label.asked"), columns, rows)


def _ladder(draft: Draft) -> Table:
    reference, words = draft.audit.reference, draft.words
    columns = (draft.column("level", 1), draft.column("if_all", 1, right=True))
    rows = tuple(
        Row(f"level-{i}", (plain(draft.level(i)), number(chance, words.percent(chance))))
        for i, chance in enumerate(reference.ladder)
    )
    return Table("ladder", words("label.ladder"), columns, rows)


def _shares(draft: Draft) -> Table:
    words, reference = draft.words, draft.audit.reference
    columns = (draft.column("category", 1), draft.column("share", 1, right=True))
    titles = {category.id: category.title for category in draft.audit.bank.categories}
    rows = tuple(
        Row(category, (plain(titles.get(category, category)), number(share, words.percent(share))))
        for category, share in sorted(reference.shares.items(), key=lambda pair: -pair[1])
    )
    return Table("shares", words("label.shares"), columns, rows)


def _trust(draft: Draft) -> Table:
    words, reference = draft.words, draft.audit.reference
    columns = (draft.column("grade", 1), draft.column("counts", 1, right=True))
    rows = tuple(
        Row(grade, (plain(words(f"grade.{grade}")), number(trust, words.percent(trust))))
        for grade in GRADES
        if (trust := reference.trust.get(grade)) is not None
    )
    return Table("trust", words("label.trust"), columns, rows)


def _citations(draft: Draft) -> Table:
    columns = (draft.column("claim", 1), draft.column("found", 1), draft.column("used", 0.8))
    rows = tuple(
        Row(
            f"citation-{i}",
            (
                plain(draft.names.known(citation.claim)),
                plain(draft.names.known(citation.found)),
                plain(draft.names.known(citation.used)),
            ),
        )
        for i, citation in enumerate(draft.audit.reference.citations, 1)
    )
    return Table("citations", draft.words("label.citations"), columns, rows)


def standards_annex(draft: Draft) -> Section:
    """Each reference of the cross-walk with the questions related to it and their open gaps."""
    gaps = Counter(gap.question for gap in draft.inputs.gaps)
    found: dict[tuple[str, str], list[QuestionId]] = {}
    for question in draft.audit.bank.questions:
        for source, references in sorted(question.crosswalk.items()):
            for reference in references:
                found.setdefault((source, reference), []).append(question.id)
    columns = (
        draft.column("standard", 0.8),
        draft.column("reference", 0.9),
        draft.column("questions", 1.6),
        draft.column("open_gaps", 0.35, right=True),
    )
    rows = tuple(
        Row(
            f"{source}/{reference}",
            (
                plain(_standard(draft, source)),
                plain(reference),
                plain(", ".join(questions)),
                number(n := sum(gaps[q] for q in questions), draft.words.figure(n)),
            ),
        )
        for (source, reference), questions in sorted(
            found.items(), key=lambda item: (item[0][0], _numbered(item[0][1]))
        )
    )
    sources = sorted(draft.audit.bank.crosswalk_sources.items())
    read = tuple(draft.say("standards.read", text=text) for _, text in sources)
    blocks: tuple[Block, ...] = (
        Table("standards", draft.words("label.standards"), columns, rows),
        Text("standards_read", read, draft.words("label.standards_read"), listed=True),
    )
    heading = draft.say("standards.heading", n=len(rows), of=len(sources))
    lead = (draft.say("standards.rule"),)
    return Section(
        "standards", draft.words("section.standards"), heading, lead, blocks if rows else ()
    )


def _numbered(reference: str) -> tuple[tuple[int, int, str], ...]:
    """An order in which Art. 4 stands before Art. 10."""
    pieces = re.findall(r"\d+|\D+", reference)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces)


def _standard(draft: Draft, source: str) -> str:
    code = f"standard.{source}"
    return draft.words(code) if draft.words.has(code) else source
