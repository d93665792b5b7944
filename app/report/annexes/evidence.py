"""Annex of the evidence: what was seen, where, by whom, and which answers rest on it."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from app.domain.answers import Answer, Evidence, Presence, Proof, Said
from app.domain.audit import Audit
from app.domain.ids import EvidenceId, QuestionId, Target
from app.report.draft import Draft, plain
from app.report.model import Block, Cell, Column, Row, Section, Table, Text
from app.report.pages import facts
from app.report.redaction import Names

MOST_ANSWERS: Final = 48
"""Answers named beside one item; a cell may not run over a page."""
MOST_TEXTS: Final = 12
"""What its samples showed, likewise."""

Place = tuple[Target, QuestionId]


class Item(Struct, frozen=True):
    """One thing that was seen: a record of its own, or a proof typed beside answers."""

    title: str
    place: str
    date: dt.date | None
    seen_by: str
    about: Place | None = None
    presence: Presence = Presence.UNKNOWN
    texts: tuple[str, ...] = ()
    """What it shows: samples with their results, what stood in its source, a note."""
    expires: dt.date | None = None
    sha256: str = ""
    answers: tuple[Place, ...] = ()


def evidence_annex(draft: Draft) -> Section | None:
    """Every item; external readers get them without title, place, person, words and hash."""
    items = evidence_items(draft.audit, draft.names)
    if not items:
        return None
    resting = {place for item in items for place in item.answers}
    external, kept = draft.names.is_external, sum(bool(item.sha256) for item in items)
    heading = draft.say(
        "evidence.heading", n=len(items), answers=len(resting), kept=kept, external=external
    )
    lead = () if external else (draft.say("evidence.rule", kept=kept),)
    numbered = [(n, item) for n, item in enumerate(items, 1) if not external or _says(item)]
    rows = tuple(Row(f"evidence-{n}", _cells(draft, n, item)) for n, item in numbered)
    rest = len(items) - len(rows)
    note = draft.say("evidence.rest", n=rest, all=not rows).text if rest else ""
    title = draft.words("label.evidence")
    blocks: tuple[Block, ...] = (Table("evidence", title, _columns(draft), rows, note),)
    if not rows:
        blocks = (Text("evidence_rest", (draft.say("evidence.rest", n=rest, all=True),)),)
    return Section("evidence", draft.words("section.evidence"), heading, lead, blocks)


def _says(item: Item) -> bool:
    """More than that it was seen and that an answer rests on it."""
    return item.presence is not Presence.UNKNOWN or bool(item.expires) or not item.answers


def evidence_items(audit: Audit, names: Names) -> tuple[Item, ...]:
    """Records by target and id, then proofs that stand beside answers alone, by their words."""
    records = {
        (target, id_): _recorded(names, record)
        for target, group in sorted(audit.evidence.items())
        for id_, record in sorted(group.items())
    }
    by_id: dict[EvidenceId, tuple[Target, EvidenceId]] = {}
    for key in records:
        by_id.setdefault(key[1], key)
    typed: dict[tuple[str, str, str, str], Item] = {}
    for place, proof in _proofs(audit):
        record = by_id.get(proof.evidence) if proof.evidence else None
        if record:
            records[record] = _resting(names, records[record], place, proof)
            continue
        same = (proof.title, proof.place, str(proof.date), proof.seen_by)
        if not proof.title.strip():
            same = ("", *place, same[2])
        known = typed.get(same) or Item(proof.title, proof.place, proof.date, proof.seen_by)
        typed[same] = _resting(names, known, place, proof)
    return (*records.values(), *(typed[same] for same in sorted(typed)))


def _recorded(names: Names, record: Evidence) -> Item:
    original = record.original if record.original.strip() != record.title.strip() else ""
    texts = tuple(names.typed(t) for t in (original, record.note) if t.strip())
    return Item(
        record.title,
        record.place,
        record.date,
        record.seen_by,
        (record.target, record.question) if record.question else None,
        record.presence,
        texts,
        sha256=record.sha256,
    )


def _proofs(audit: Audit) -> Iterator[tuple[Place, Proof]]:
    for target, question, answer in facts.answers(audit):
        for said in _said(answer):
            if said.proof and said.proof != Proof():
                yield (target, question), said.proof


def _said(answer: Answer) -> Iterator[Said]:
    if answer.settled:
        yield answer.settled
    for _, said in sorted(answer.individual.items()):
        yield said


def _resting(names: Names, item: Item, place: Place, proof: Proof) -> Item:
    """The item with one more answer, and with what its sample showed."""
    shows = tuple(text for text in (_sample(names, proof),) if text and text not in item.texts)
    answers = item.answers if place in item.answers else (*item.answers, place)
    dates = [day for day in (item.expires, proof.expires) if day]
    return replace(
        item,
        texts=(*item.texts, *shows),
        answers=answers,
        expires=min(dates) if dates else None,
    )


def _sample(names: Names, proof: Proof) -> str:
    result = names.typed(proof.result)
    if proof.sample is None:
        return result
    size = names.words("label.sample", n=names.words.figure(proof.sample))
    return f"{size}: {result}" if result else size


def _untitled(draft: Draft, item: Item) -> str:
    """A sample that somebody checked is known by the question it was checked for."""
    if not item.answers:
        return draft.words("label.no_title")
    return draft.words("label.test_for", question=draft.asked(item.answers[0][1]))


def _columns(draft: Draft) -> tuple[Column, ...]:
    title, seen, shows, answers = (
        draft.column("evidence", 1.3),
        draft.column("seen_by", 0.6),
        draft.column("shows", 1),
        draft.column("resting", 1.1),
    )
    if draft.names.is_external:
        return title, draft.column("date", 0.6), shows, answers
    return title, draft.column("place", 0.7), seen, shows, answers


def _cells(draft: Draft, n: int, item: Item) -> tuple[Cell, ...]:
    date = draft.words.short_date(item.date) if item.date else ""
    if draft.names.is_external:
        name = draft.words("pseudonym.evidence", n=n)
        return plain(name), plain(date or "–"), _shows(draft, item), _answers(draft, item)
    hashed = draft.words("label.sha256", hash=item.sha256) if item.sha256 else ""
    return (
        plain(draft.names.typed(item.title) or _untitled(draft, item), detail=hashed),
        plain(draft.names.typed(item.place) or "–", detail=date),
        plain(draft.names.witness(item.seen_by) or "–"),
        _shows(draft, item),
        _answers(draft, item),
    )


def _shows(draft: Draft, item: Item) -> Cell:
    """Its presence and its samples; external readers learn the presence only."""
    parts = [] if draft.names.is_external else list(item.texts[:MOST_TEXTS])
    if len(item.texts) > MOST_TEXTS and not draft.names.is_external:
        parts.append(draft.words.count("other_text", len(item.texts) - MOST_TEXTS))
    if item.presence is not Presence.UNKNOWN:
        parts.insert(0, draft.words(f"presence.{item.presence.value}"))
    expires = ""
    if item.expires:
        past = item.expires < draft.date
        code = "label.expired_on" if past else "label.expires_on"
        expires = draft.words(code, date=draft.words.short_date(item.expires))
    return plain("; ".join(parts) or "–", detail=expires)


def _answers(draft: Draft, item: Item) -> Cell:
    """Questions by the place they were answered for."""
    about = ""
    if item.about:
        name = draft.names.target(item.about[0])
        about = draft.words("label.bears_on", question=item.about[1], target=name)
    if not item.answers:
        return plain(draft.words("label.no_answer_rests"), detail=about)
    places: dict[Target, list[QuestionId]] = {}
    for target, question in item.answers[:MOST_ANSWERS]:
        places.setdefault(target, []).append(question)
    named = [f"{draft.names.target(t)}: {', '.join(found)}" for t, found in places.items()]
    rest = len(item.answers) - MOST_ANSWERS
    if rest > 0:
        named.append(draft.words.count("other_answer", rest))
    return plain("; ".join(named), detail=about if item.about not in item.answers else "")
