"""German words: the same codes and values as English, sound sentences, a report in German alone."""

import datetime as dt
import re
import string
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import Environment, meta
from msgspec import json
from msgspec.structs import replace

from app.domain.bank_texts import translated
from app.exchange.bank_toml import default_bank
from app.exchange.bank_translation import read_bank_texts
from app.exchange.reference_toml import reference_in
from app.exchange.sample import sample_audit
from app.report.build import build_report
from app.report.data import render_json
from app.report.model import Audience, PageSize, ReportModel, Table
from app.report.request import Request
from app.report.sentences import Sentences
from app.resource import resource
from app.words import Words, _flat
from tests.report.inputs import TODAY, inputs_of

FILTERS = ("number", "figure", "count", "percent", "listing", "initial", "date", "month", "word")
LISTS = {"areas", "parts", "kinds", "blamed"}
CODES = {
    "state": ["live_without_cover", "may_go_live", "may_build", "not_defined"],
    "severity": ["error", "warning", "hint"],
}
DISAGREES = re.compile(
    r"(?<!von )\b(1|ein|eine|einem|einen) (Workflows|Maßnahmen|Monate|Monaten|Entscheidungen|Fragen"
    r"|Lücken|Notizen|Bedingungen|Personen)\b",
    re.IGNORECASE,
)
"""One of something, counted as many; "von 1 Fragen" names a total and never occurs."""
FRAGMENT = 20
"""Characters from which a piece of an English sentence cannot be found by accident."""


def texts(language: str) -> dict[str, str]:
    return _flat(tomllib.loads(resource("i18n", f"{language}.toml").read_text("utf-8")))


ENGLISH, GERMAN = texts("en"), texts("de")
SENTENCES = sorted(code.removeprefix("say.") for code in ENGLISH if code.startswith("say."))
PLAIN = sorted(code for code in ENGLISH if not code.startswith("say."))


@pytest.fixture(scope="module")
def words() -> Words:
    return Words("de")


@pytest.fixture(scope="module")
def report(words: Words) -> ReportModel:
    """The sample in German, its bank included."""
    audit = sample_audit()
    found = read_bank_texts("de")
    assert found is not None
    audit = replace(
        audit,
        bank=translated(audit.bank, default_bank(), found),
        reference=reference_in(audit.reference, "de"),
    )
    return build_report(inputs_of(audit), Request(Audience.FULL, PageSize.A4, TODAY), words)


def test_every_code_has_a_german_text_and_none_is_left_over() -> None:
    assert sorted(set(ENGLISH) - set(GERMAN)) == []
    assert sorted(set(GERMAN) - set(ENGLISH)) == []


@pytest.mark.parametrize("code", PLAIN)
def test_a_german_text_takes_the_same_values(code: str) -> None:
    assert named(GERMAN[code]) == named(ENGLISH[code])


@pytest.mark.parametrize("key", SENTENCES)
def test_a_german_sentence_takes_the_same_values(key: str) -> None:
    assert variables(GERMAN[f"say.{key}"]) == variables(ENGLISH[f"say.{key}"])


@pytest.mark.parametrize("n", [0, 1, 2, 13])
@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_agrees_with_its_numbers(key: str, n: int, words: Words) -> None:
    for said in rendered(key, n, words):
        assert not DISAGREES.search(said), said
        assert not set("{}") & set(said), said


def test_numbers_money_and_dates_as_in_german(words: Words) -> None:
    assert words.figure(1234.5, 1) == "1.234,5"
    assert words.percent(0.125) == "13\u00a0%"
    assert words.money(243_000, "EUR") == "243.000\u00a0€"
    assert words.money(12_345_678, "CHF") == "12,3\u00a0Mio.\u00a0CHF"
    assert words.date(dt.date(2026, 11, 23)) == "23. November 2026"
    assert words.short_date(dt.date(2026, 11, 23)) == "23. Nov. 2026"
    assert words.listing(["a", "b", "c"]) == "a, b und c"
    assert words("finding.too_much_not_applicable", share=0.41).startswith("41\u00a0% der Fragen")


def test_a_noun_keeps_its_capital_inside_a_sentence(words: Words) -> None:
    assert words.inside(words("state.live_without_cover")) == "Live ohne Absicherung"
    assert Words().inside("Live without cover") == "live without cover"


def test_quotation_marks_are_german() -> None:
    wrong = [c for c, text in GERMAN.items() if text.count("„") != text.count("“") or "”" in text]
    assert wrong == []


STIFF = re.compile(
    r"beförder|füll\w* sie aus|Vermögenswirtschaft|\bVerfehlung|Trugbild"
    r"|erbeten|zwischen Mensch und Mensch|[Ff]raglich\w* (?:jährlich\w* )?Nutzen|Parkplatz"
    r"|Schnappsch|Lieferant|hinnehm|hingenommen|\bBelege?\b|[Bb]eweis|Ausleitung",
)
"""Words that no committee uses, or that are second words for one thing."""


def test_german_texts_use_the_words_people_use() -> None:
    found = read_bank_texts("de")
    assert found is not None
    bank = translated(default_bank(), default_bank(), found)
    lines = [*GERMAN.values(), *re.findall(r'"((?:[^"\\\\]|\\\\.)*)"', json.encode(bank).decode())]
    german = [line for line in lines if STIFF.search(line)]
    assert german == []


def test_a_german_report_holds_no_english_sentence_of_the_program(report: ReportModel) -> None:
    said = " ".join(render_json(report).decode().split())
    german = " ".join(GERMAN.values())
    # The sample's people typed one of the symptoms as it is offered.
    left = {
        piece
        for code, text in ENGLISH.items()
        for piece in pieces(text)
        if not code.startswith("symptom.") and piece in said and piece not in german
    }
    assert left == set()


def test_a_german_report_holds_no_english_text_of_the_shipped_set(report: ReportModel) -> None:
    """Nor of what was read for the standards, nor a date as machines write it."""
    said = " ".join(render_json(report).decode().split())
    audit = sample_audit()
    texts = [audit.reference.title, audit.reference.source]
    texts += [text for c in audit.reference.citations for text in (c.claim, c.found, c.used)]
    texts += audit.bank.crosswalk_sources.values()
    assert [text for text in texts if " ".join(text.split()).replace('"', '\\"') in said] == []
    method = next(annex for annex in report.annexes if annex.key == "method")
    assert method.heading.text.endswith("Referenzsatz 2026-1, 1. Januar 2026.")


def test_the_headings_of_a_german_report_are_german(report: ReportModel) -> None:
    found = [section.label for section in report.sections]
    assert found == [
        "2 · Die fehlende Mitte",
        "3 · Bedingungen für den Livegang",
        "4 · Was diese Workflows unterscheidet",
        "5 · Fahrplan",
        "6 · Möglichkeiten",
        "7 · Lücken, Entscheidungen und Menschen",
        "8 · Worüber wir uneins waren",
        "10 · Kontextquellen",
        "11 · Unverhandelbare Regeln",
        "12 · Von der Miete zum Eigentum",
    ]
    assert all(section.label.startswith("Anhang ") for section in report.annexes)
    conditions = next(b for b in report.sections[1].blocks if isinstance(b, Table))
    assert conditions.rows[0].cells[0].text == "Verantwortung"
    assert conditions.columns[-1].title == "Wer klärt es"
    assert "im Betrieb laufen ohne nötige Absicherung" in report.brief.heading.text


def named(text: str) -> set[tuple[str, str]]:
    parts = string.Formatter().parse(text)
    return {(name, spec or "") for _, name, spec, _ in parts if name is not None}


def environment() -> Environment:
    made = Environment(autoescape=True)
    made.filters.update(dict.fromkeys(FILTERS, str))
    return made


def variables(template: str) -> set[str]:
    return meta.find_undeclared_variables(environment().parse(template))


def rendered(key: str, n: int, words: Words) -> Iterator[str]:
    """The sentence with every number `n`, once for each code that it tells apart."""
    names = variables(GERMAN[f"say.{key}"])
    coded = next((name for name in CODES if name in names), None)
    for code in CODES.get(coded or "", [""]):
        values: dict[str, Any] = {name: ["a", "b"][:n] if name in LISTS else n for name in names}
        if coded:
            values[coded] = code
        if key == "control.heading":
            values["date"] = TODAY
        yield Sentences(words)(key, **values).text


def pieces(text: str) -> Iterator[str]:
    """What of a text stands in it whatever its values are."""
    literals = re.findall(r"'([^']+)'", text)
    for piece in [*re.split(r"\{\{.*?\}\}|\{%.*?%\}|\{.*?\}", text), *literals]:
        even = " ".join(piece.split()).strip(" .,:;")
        if len(even) >= FRAGMENT and " " in even:
            yield even
