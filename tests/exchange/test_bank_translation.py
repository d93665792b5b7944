"""Reading the texts of a bank in another language, and what is said about broken ones."""

import shutil
from pathlib import Path

import pytest

from app.errors import ImportFailed
from app.exchange.bank_toml import default_bank
from app.exchange.bank_translation import load_bank_texts, read_bank_texts
from app.resource import resource
from app.words import Words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the German texts to break."""
    return Path(shutil.copytree(resource("bank", "de"), tmp_path / "de"))


def test_shipped_texts_are_read_by_language_with_or_without_a_region() -> None:
    found = read_bank_texts("de")
    assert found is not None
    assert found.language == "de"
    assert read_bank_texts("de-CH") == found
    assert len(found.questions) == 72
    assert len(found.actions) == 74
    assert len(found.questions["WF-01"]["levels"]) == 5


@pytest.mark.parametrize("language", ["en", "en-GB", "fr", "", "..", "de/..", "DE de"])
def test_a_language_without_texts_gives_none(language: str) -> None:
    assert read_bank_texts(language) is None


def test_texts_may_be_spread_over_files_and_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "rm"
    folder.mkdir()
    assert load_bank_texts(folder, default_bank()).questions == {}
    (folder / "one.toml").write_text('[questions.WF-01]\ntext = "Tge?"\n', encoding="utf-8")
    (folder / "two.toml").write_text('[questions.WF-01]\ngap = "Nagut"\n', encoding="utf-8")
    found = load_bank_texts(folder, default_bank())
    assert found.language == "rm"
    assert found.questions == {"WF-01": {"text": "Tge?", "gap": "Nagut"}}


BROKEN = [
    ("colour = 'red'", "colour: a bank has no such text"),
    ("version = '2'", "version: a bank has no such text"),
    ("questions = 'all'", "questions: a table is needed here"),
    ("facts = 'all'", "facts: a table is needed here"),
    ("[questions]\nWF-01 = 'Was?'", "questions WF-01: a table is needed here"),
    ("[questions.WF-99]\ntext = 'Was?'", "questions WF-99 text: the shipped bank has no such text"),
    ("[questions.WF-01]\nsection = 'x'", "questions WF-01 section: the shipped bank has no such"),
    ("[questions.WF-01]\nhint = 'x'", "questions WF-01 hint: the shipped bank has no such text"),
    ("[activities.routing]\nbasis = 'x'", "activities routing basis: the shipped bank has no such"),
    ("[facts]\nmoon = 'Voll?'", "facts moon: the shipped bank has no such text"),
    ("[questions.WF-01]\ntext = ' '", "questions WF-01 text: one text that is not empty is needed"),
    ("[questions.WF-01]\ntext = ['a']", "questions WF-01 text: one text that is not empty"),
    ("[questions.WF-01]\nlevels = 'a'", "questions WF-01 levels: 5 different texts are needed"),
    ("[questions.WF-01]\nlevels = ['a', 'b', 'c', 'd']", "levels: 5 different texts are needed"),
    ("[questions.WF-01]\nlevels = ['a', 'b', 'c', 'd', 'd']", "levels: 5 different texts"),
    ("[questions.WF-01]\nlevels = ['a', 'b', 'c', 'd', 'e', 'e']", "levels: 5 different texts"),
    ("[questions.WF-01]\nlevels = ['a', 'b', 'c', 'd', 5]", "levels: 5 different texts are needed"),
    ("level_names = ['a']", "frame level_names: 5 different texts are needed"),
    ("[questions", "not valid TOML"),
]


@pytest.mark.parametrize(("body", "said"), BROKEN)
def test_a_fault_is_named_by_file_record_and_field(tmp_path: Path, body: str, said: str) -> None:
    folder = tmp_path / "rm"
    folder.mkdir()
    (folder / "texts.toml").write_text(body, encoding="utf-8")
    with pytest.raises(ImportFailed) as caught:
        load_bank_texts(folder, default_bank())
    sentence = str(caught.value)
    assert sentence.startswith("texts.toml")
    assert said in sentence
    assert sentence.endswith("; the translation has not been taken.")


def test_a_text_given_twice_is_refused(folder: Path) -> None:
    (folder / "zz.toml").write_text('[actions.A-STOP]\ntitle = "Halt"\n', encoding="utf-8")
    with pytest.raises(ImportFailed, match=r"zz\.toml, actions A-STOP title: the text is given tw"):
        load_bank_texts(folder, default_bank())


def test_a_report_knows_the_translated_bank_by_its_title() -> None:
    """The report's few words for a question are used for the shipped bank only, told by title."""
    found = read_bank_texts("de")
    assert found is not None
    assert found.frame["title"] == Words("de")("short.bank")
