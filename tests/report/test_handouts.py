"""Pre-work, bring list and room pack on paper: tagged, lawful, complete, the same bytes."""

import io
from itertools import pairwise

import pikepdf
import pytest
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.bringing import bring_list
from app.domain.ids import PersonId
from app.domain.landscape import Person
from app.domain.prework import person_sheet
from app.errors import ExportFailed
from app.exchange.bank_translation import bank_in
from app.exchange.sample import TODAY
from app.report.handouts.bring_list import WIDTH, render_bring_list, render_bring_text
from app.report.handouts.prework import render_prework
from app.report.handouts.room_pack import render_room_pack
from app.report.handouts.typesetting import count_pages
from app.report.model import PageSize
from app.words import Words
from tests.report.reading import elements, evened, pages
from tests.report.variants import HOSTILE

LUKASZ = PersonId("lukasz")
KINDS = ("prework", "bring", "room")


def rendered(kind: str, audit: Audit, language: str = "en", page: PageSize = PageSize.A4) -> bytes:
    words = Words(language)
    audit = replace(audit, bank=bank_in(audit.bank, language))
    if kind == "prework":
        return render_prework(person_sheet(audit, LUKASZ, TODAY, None), words, page, TODAY)
    if kind == "bring":
        return render_bring_list(bring_list(audit, TODAY, (), TODAY), words, page, TODAY)
    return render_room_pack(audit, words, page, TODAY)


@pytest.fixture(scope="module")
def made(sample: Audit) -> dict[str, bytes]:
    return {kind: rendered(kind, sample) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_that_it_is_tagged_and_lawful(kind: str, made: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(made[kind])) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).startswith("en")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        xmp = root.Metadata.read_bytes().decode()
        assert len(document.pages) == count_pages(made[kind])
    assert "pdfuaid:part>1<" in xmp
    assert "pdfaid:part>3<" in xmp
    assert "pdfaid:conformance>A<" in xmp


@pytest.mark.parametrize("kind", KINDS)
def test_headings_start_at_one_and_tables_have_heads(kind: str, made: dict[str, bytes]) -> None:
    found = elements(made[kind])
    levels = [int(e.kind[1]) for e in found if e.kind in ("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    heads = [e for e in found if e.kind == "TH"]
    assert all(e.has_scope for e in heads)
    assert bool(heads) == (kind == "room")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_audit_and_day_give_the_same_bytes(
    kind: str, made: dict[str, bytes], sample: Audit
) -> None:
    assert rendered(kind, sample) == made[kind]


def test_paper_is_letter_where_that_is_wanted(sample: Audit) -> None:
    for kind in KINDS:
        with pikepdf.open(io.BytesIO(rendered(kind, sample, page=PageSize.LETTER))) as document:
            boxes = {tuple(float(side) for side in page.MediaBox) for page in document.pages}
        assert boxes == {(0.0, 0.0, 612.0, 792.0)}


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_sheet_holds_every_question_with_its_five_levels(language: str, sample: Audit) -> None:
    audit = replace(sample, bank=bank_in(sample.bank, language))
    sheet = person_sheet(audit, LUKASZ, TODAY, None)
    shown = evened(" ".join(pages(rendered("prework", sample, language)))).replace(" ", "")
    words = Words(language)
    for text in (
        *sheet.level_names,
        words("prework.before", date=words.date(TODAY)),
        *(t for i in sheet.items for t in (i.question.text, i.question.why, *i.question.levels)),
    ):
        assert evened(text).replace(" ", "") in shown
    found = elements(rendered("prework", sample, language))
    assert sum(e.kind == "H2" for e in found) == len(sheet.items)
    assert sum(e.kind == "LI" for e in found) == 5 * len(sheet.items)


def test_the_bring_list_says_the_same_on_paper_and_in_the_mail(
    made: dict[str, bytes], sample: Audit
) -> None:
    found = bring_list(sample, TODAY, (), TODAY)
    text = render_bring_text(found, Words()).decode()
    shown = evened(" ".join(pages(made["bring"]))).replace(" ", "")
    mail = "".join(text.split())
    for bringer in found.bringers:
        assert "".join(bringer.name.split()) in mail
        for item in bringer.items:
            assert "".join(item.question.evidence.split()) in mail
            assert "".join(item.question.evidence.split()) in shown
    assert max(map(len, text.splitlines())) <= WIDTH
    assert text.endswith("\r\n")


def test_the_room_pack_holds_cards_posters_people_ballots_and_agenda(
    made: dict[str, bytes], sample: Audit
) -> None:
    found = pages(made["room"])
    assert len(found) == 10
    cards = " ".join(found[:4])
    for text in (*"01234?/", *sample.bank.level_names, "I abstain"):
        assert text in cards
    assert all(stage.title in found[4] for stage in sample.bank.stages)
    assert all(name in found[5] for name in sample.bank.level_names)
    for person in sample.people.values():
        assert person.name in found[6]
        assert person.role in found[6]
    assert found[7].count("0 1 2 3 4") == 8
    assert "Only what is disputed" in found[9]
    assert "Net time: 150 minutes" in found[9]


def test_without_a_session_there_is_no_agenda_and_without_people_no_name(sample: Audit) -> None:
    bare = replace(sample, sessions={}, attendance={}, people={})
    found = pages(rendered("room", bare))
    assert len(found) == 8
    assert "Agenda" not in " ".join(found)
    seats = {PersonId(f"s{n}"): Person(f"Seat {n}", seat=n, is_seat=True) for n in range(3)}
    assert "Seat 1" not in pages(rendered("room", replace(bare, people=seats)))[6]


@pytest.mark.parametrize("text", [*HOSTILE, "Donaudampfschifffahrt" * 20])
def test_no_text_stops_a_handout(text: str, sample: Audit) -> None:
    bank = sample.bank
    questions = tuple(
        replace(q, text=text, why=text, evidence=text, levels=(text,) * 5) if n % 9 == 0 else q
        for n, q in enumerate(bank.questions)
    )
    audit = replace(
        sample,
        bank=replace(bank, questions=questions),
        organisation=replace(sample.organisation, title=text),
        people={p: replace(r, name=text, role=text) for p, r in sample.people.items()},
        workflows={w: replace(r, name=text[:300]) for w, r in sample.workflows.items()},
        sessions={s: replace(r, title=text) for s, r in sample.sessions.items()},
    )
    for kind in KINDS:
        body = rendered(kind, audit)
        assert count_pages(body) > 1
        shown = " ".join(pages(body))
        if any(ord(sign) > 0xFFFF for sign in text):
            assert "written by" in shown
    assert all(
        line.isprintable()
        for line in render_bring_text(bring_list(audit, TODAY), Words()).decode().split("\r\n")
    )


def test_a_name_of_ten_thousand_characters_is_printed_whole(sample: Audit) -> None:
    long = "long " * 2000
    people = {**sample.people, LUKASZ: replace(sample.people[LUKASZ], name=long)}
    audit = replace(sample, people=people)
    for kind in ("prework", "room"):
        assert " ".join(pages(rendered(kind, audit))).count("long") >= 2000
    questions = tuple(
        replace(q, levels=(*q.levels[:4], long)) if q.id == "GOV-03" else q
        for q in sample.bank.questions
    )
    longer = replace(sample, bank=replace(sample.bank, questions=questions))
    assert " ".join(pages(rendered("prework", longer))).count("long") >= 2000


def test_a_pdf_that_cannot_be_read_back_is_an_error(made: dict[str, bytes]) -> None:
    with pytest.raises(ExportFailed, match="cannot be read back"):
        count_pages(made["room"][:500])
