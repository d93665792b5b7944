"""The shipped reference set, reading and writing one, and what is said about a broken one."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from app.domain.bank import Citation, Grade
from app.errors import ExportFailed, ImportFailed
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import (
    default_reference,
    dump_reference,
    load_reference,
    reference_in,
)
from app.resource import resource


def test_shipped_set_has_the_constants_of_the_method() -> None:
    """Source: scoring.md 2.1 to 2.7."""
    found = default_reference()
    assert found.base_rate == 0.80
    assert found.ladder == (0.95, 0.80, 0.60, 0.40, 0.20)
    assert found.upper_levels == (0.25, 0.10, 0.04)
    assert [found.trust[grade] for grade in Grade] == [0.60, 0.75, 0.90, 1.00]
    assert (found.settled, found.correlation) == (0.75, 0.5)
    assert (found.base_sigma, found.ladder_sigma, found.share_weight) == (0.40, 0.25, 20.0)
    assert (found.draws, found.seed, found.rates) == (4096, 20260101, (0.3, 0.5, 0.8))
    assert set(found.shares) == {c.id for c in default_bank().categories}


def test_every_citation_says_what_was_found_and_what_for() -> None:
    citations = default_reference().citations
    assert len(citations) == 7
    assert all(c.claim and c.found and c.used for c in citations)


def test_set_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    dump_reference(default_reference(), path)
    assert load_reference(path) == default_reference()
    with pytest.raises(ExportFailed, match="already there"):
        dump_reference(default_reference(), path)


BROKEN = [
    ("base_rate = 0.80", "base_rate = 1.0", "base_rate"),
    ("base_rate = 0.80", "base_rate = nan", "base_rate"),
    ("base_rate = 0.80", 'base_rate = "high"', "base_rate"),
    ("base_rate = 0.80", "base_rates = 0.80", "base_rates"),
    ("base_rate = 0.80", "base_rate = 0.999", "upper_levels"),
    ("capability = 0.15", "capability = 0.16", "shares"),
    ("ladder = [0.95, 0.80", "ladder = [0.80, 0.95", "ladder"),
    ("[0.25, 0.10, 0.04]", "[0.25, 0.70, 0.14]", "upper_levels"),
    ("asserted = 0.60", "asserted = 0.80", "trust"),
    ("asserted = 0.60", "rumoured = 0.60", "trust"),
    ("draws = 4096", "draws = 1", "draws"),
    ("seed = 20260101", "seed = -1", "seed"),
    ("correlation = 0.5", "correlation = 1.5", "correlation"),
    ("rates = [0.3, 0.5, 0.8]", "rates = [0.3, 0.5, 1.0]", "rates"),
    ('found = "A forecast', 'fund = "A forecast', "fund"),
]


@pytest.mark.parametrize(("old", "new", "field"), BROKEN)
def test_a_fault_is_named_by_file_and_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    text = resource("bank", "reference-2026-1.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "own.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ImportFailed) as caught:
        load_reference(path)
    sentence = str(caught.value)
    assert sentence.startswith("own.toml")
    assert field in sentence
    assert sentence.endswith("; the reference set has not been taken.")


def test_the_shipped_set_is_read_in_german_and_an_own_one_as_typed() -> None:
    shipped = default_reference()
    german = reference_in(shipped, "de-CH")
    assert german.title == "Referenzsatz 2026-1"
    assert replace(german, title=shipped.title, source=shipped.source, citations=()) == replace(
        shipped, citations=()
    )
    for theirs, ours in zip(german.citations, shipped.citations, strict=True):
        assert not {theirs.claim, theirs.found, theirs.used} & {ours.claim, ours.found, ours.used}
    own = Citation("We tried twelve.", shipped.citations[0].found, "All of it.")
    mixed = replace(shipped, title="Ours", citations=(own, *shipped.citations[2:]))
    read = reference_in(mixed, "de")
    assert read.title == "Ours"
    assert read.citations[0] == replace(own, found=german.citations[0].found)
    assert read.citations[1:] == german.citations[2:]


@pytest.mark.parametrize("language", ["en", "fr", "..", "de/..", ""])
def test_a_language_without_a_set_leaves_it(language: str) -> None:
    assert reference_in(default_reference(), language) == default_reference()
