"""Every text of every record, by the record's types: hidden where it must be, printed or told of
elsewhere."""

import html
import re
from collections.abc import Mapping
from typing import Any, Final

import pytest
from msgspec import json, to_builtins
from msgspec.structs import replace

from app.domain.answers import Proof, Said
from app.domain.audit import Audit
from app.domain.landscape import Deployment, ImportedRow, Person, StageRecord
from app.domain.workshop import EdgeCase, Snapshot
from app.exchange.bank_translation import bank_in
from app.exchange.reference_toml import reference_in
from app.report.brand import Brand
from app.report.build import build_minutes, build_report
from app.report.contents import KEYS, USUAL
from app.report.formats import MINUTES, RENDER
from app.report.inputs import Earlier, ReportInputs, in_words_of
from app.report.model import Audience, PageSize, ReportModel
from app.report.request import Request
from app.words import Words
from tests.report import packages, reading
from tests.report.everywhere import CODES, SECRET, Field, Secrets, secretive, typed_fields
from tests.report.inputs import TODAY, inputs_of
from tests.report.test_brand import png
from tests.report.variants import thin

KEPT: Final = frozenset[Field](
    {
        *((Deployment, "name"), (Deployment, "note"), (Snapshot, "name"), (Person, "role")),
        *((EdgeCase, "golden"), (EdgeCase, "note"), (EdgeCase, "text")),
        *((ImportedRow, "cells"), (ImportedRow, "file"), (ImportedRow, "source_id")),
        (ImportedRow, "values"),
        *((Said, "reason"), (Proof, "title"), (Proof, "place"), (Proof, "seen_by")),
        *((Proof, "result"), (StageRecord, "tool"), (StageRecord, "by_hand")),
    }
)
"""What a full report may leave to the file, or prints in part; it counts them in a sentence.
Proofs and reasons of single ballots are kept with the rounds of votes."""


@pytest.fixture(scope="module")
def secret(sample: Audit) -> tuple[ReportInputs, Secrets]:
    audit, secrets = secretive(thin(sample, 2, 4))
    then = replace(audit, decisions={}, own_gaps={}, action_notes={})
    at = next(iter(audit.snapshots.values())).at
    earlier = Earlier(next(iter(secrets.of)), at, then)
    return inputs_of(audit, earlier=earlier, file_name="Zqfile.plumb"), secrets


def report(
    inputs: ReportInputs,
    audience: Audience,
    language: str = "en",
    sections: frozenset[str] = frozenset(KEYS),
) -> ReportModel:
    brand = Brand(name="Zqname", footer="Zqfoot", logo=png(), classification="Zqclas")
    request = Request(audience, PageSize.A4, TODAY, sections, brand=brand)
    words = Words(language)
    spoken = in_words_of(
        inputs,
        bank_in(inputs.audit.bank, language),
        reference_in(inputs.audit.reference, language),
    )
    return build_report(spoken, request, words)


def unpacked(kind: str, body: bytes) -> str:
    """All that a file holds, packed parts and what belongs to no page included."""
    if kind == "pdf":
        return reading.everything(body)
    if kind in ("pptx", "docx", "xlsx"):
        return packages.everything(body)
    if kind == "csv":
        return " ".join(part.decode() for part in packages.parts(body).values())
    return html.unescape(body.decode())


def found_in(text: str) -> set[str]:
    return set(SECRET.findall(text))


def test_every_text_of_every_record_is_tried(secret: tuple[ReportInputs, Secrets]) -> None:
    """A new field of any record is typed text until somebody says that it is a code."""
    _, secrets = secret
    assert set(secrets.of.values()) == typed_fields()
    assert len(secrets.of) > 400
    assert all(name in kind.__struct_fields__ for kind, name in CODES | KEPT)


@pytest.mark.parametrize("kind", RENDER)
def test_an_external_file_holds_no_typed_word(
    kind: str, secret: tuple[ReportInputs, Secrets]
) -> None:
    model = report(secret[0], Audience.EXTERNAL)
    assert found_in(unpacked(kind, RENDER[kind](model))) == set()


@pytest.mark.parametrize("kind", RENDER)
def test_an_executive_file_names_nobody(kind: str, secret: tuple[ReportInputs, Secrets]) -> None:
    inputs, secrets = secret
    model = report(inputs, Audience.EXECUTIVE)
    found = found_in(unpacked(kind, RENDER[kind](model)))
    assert found & secrets.names == set()
    assert len(found) > 5


@pytest.mark.parametrize("audience", [Audience.EXECUTIVE, Audience.EXTERNAL])
@pytest.mark.parametrize("kind", MINUTES)
def test_minutes_are_redacted_as_reports_are(
    kind: str, audience: Audience, secret: tuple[ReportInputs, Secrets]
) -> None:
    inputs, secrets = secret
    model = build_minutes(inputs, Request(audience, date=TODAY), Words())
    found = found_in(unpacked(kind, RENDER[kind](model)))
    assert found & secrets.names == set()
    assert not found or audience is Audience.EXECUTIVE


@pytest.mark.parametrize("audience", [Audience.EXECUTIVE, Audience.EXTERNAL])
def test_pictures_and_german_words_give_nobody_away(
    audience: Audience, secret: tuple[ReportInputs, Secrets]
) -> None:
    """In the model itself, because nobody can search a picture made of points."""
    inputs, secrets = secret
    model = report(inputs, audience, "de")
    found = found_in(json.encode(to_builtins(model)).decode())
    assert found & secrets.names == set()
    assert not found or audience is Audience.EXECUTIVE


def test_nothing_typed_is_missing_without_a_line(sample: Audit) -> None:
    audit, secrets = secretive(thin(sample, 12, 5))
    model = report(inputs_of(audit), Audience.FULL)
    found = found_in(json.encode(to_builtins(model)).decode())
    missing = {field for word, field in secrets.of.items() if word not in found}
    assert missing - {(Person, "name")} <= KEPT
    assert {" ".join(secrets.people[p])[:6] for p in secrets.people} <= found
    annex = next(a for a in model.annexes if a.key == "record")
    said = annex.lead[0].text
    for words in ("edge case", "past deployment", "snapshot", "imported row", "reason"):
        assert words in said
    assert re.search(r"roles? of \d+ people", said)
    plain = report(inputs_of(sample), Audience.FULL, sections=USUAL)
    assert "rounds of votes" in next(a for a in plain.annexes if a.key == "record").lead[0].text


@pytest.mark.parametrize("kind", ["pdf", "html", "docx"])
def test_every_document_prints_what_the_model_prints(
    kind: str, secret: tuple[ReportInputs, Secrets]
) -> None:
    """Words of the pages, registers and attachments apart."""
    model = replace(report(secret[0], Audience.FULL), registers=())
    body = RENDER[kind](model)
    shown = " ".join(reading.pages(body)) if kind == "pdf" else unpacked(kind, body)
    data: Mapping[str, Any] = to_builtins(replace(model, registers=()))
    wanted = found_in(json.encode({k: data[k] for k in ("brief", "sections", "annexes")}).decode())
    keys = found_in(" ".join(re.findall(r'"key":"([^"]*)"', json.encode(data).decode())))
    assert {word for word in wanted if word[0] == "Z"} - found_in(shown) - keys == set()
